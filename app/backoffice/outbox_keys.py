"""The office's half of what outboxes say about customers: a key per console session, out of which erased ones are cut.

A console seals each entry about a customer under that customer's key of its session, too
(`app/auth/outbox_payload.py`). While the session lives its root lies here and in the memory of its console. When it
ends, what was erased meanwhile is cut out; what is erased later is cut out by the order. So an entry about an erased
customer that lies at a workstation which is away opens no more, and the words about everybody else wait there.

A key goes when its session has said its last word, all of its entries are here and none is kept sealed, or a year after
its end: so long an outbox may take. None is in a backup (docs/recovery.md).
"""

from collections.abc import Sequence
from secrets import token_bytes
from typing import Any, Final

from sqlalchemy import Connection, Row, exists, func, select

from app.auth.outbox_entry import OutboxEntry
from app.auth.outbox_payload import unbound
from app.backoffice import schema
from app.backoffice.acting import for_the_office
from app.backoffice.erasure_tables import erasure_subjects
from app.crypto.derive import KEY_BYTES
from app.crypto.errors import SealError
from app.crypto.puncture import PuncturedKey
from app.domain.erasure.words import Fate

KEPT_MS: Final = 365 * 86_400_000
TABLE = schema.outbox_keys
_subjects, _sessions = erasure_subjects.c, schema.sessions.c


def new_key(db: Connection, session: bytes) -> bytes:
    """The root of a session that begins; call it with its row there."""
    root = token_bytes(KEY_BYTES)
    db.execute(TABLE.insert().values(session=session, nodes=PuncturedKey.of_root(root).packed(), change=_now(db)))
    return root


def root_of(db: Connection, session: bytes) -> bytes | None:
    """The root again, for a session that is resumed; None: it began before there were any.

    Raises:
        SealError: it is not whole: the session was over before.
    """
    key = _key(db, session)
    if key is None:
        return None
    if key.root is None:
        raise SealError("the key of this outbox is not whole")
    return key.root


def payload_of(db: Connection, office: bytes, entry: OutboxEntry) -> bytes:
    """What an entry says.

    Raises:
        SealError: it opens no more.
    """
    return unbound(_key(db, entry.session), office, entry.session, entry.payload)


def session_over(db: Connection, session: bytes) -> None:
    """A session is over: cut out who was erased while it lived; call it in the transaction in which it ends."""
    row = db.execute(select(TABLE).where(TABLE.c.session == session)).first()
    if row is not None:
        _cut(db, [row], _now(db))


def is_due(db: Connection) -> bool:
    """Whether a key of a session that is over opens still what is about somebody who was erased."""
    over = select(TABLE.c.change).join(schema.sessions, _sessions.id == TABLE.c.session)
    oldest = db.execute(select(func.min(over.where(_sessions.ended_ms.is_not(None)).subquery().c.change))).scalar()
    return oldest is not None and bool(_erased(db, oldest))


def cut_out(db: Connection, now_ms: int) -> int:
    """Cut erased customers out of the keys of all sessions that are over, and drop keys whose time is over.

    Returns:
        How many keys changed.
    """
    over = select(TABLE).join(schema.sessions, _sessions.id == TABLE.c.session)
    rows = db.execute(over.where(_sessions.ended_ms.is_not(None))).all()
    old = select(_sessions.id).where(_sessions.ended_ms < now_ms - KEPT_MS)
    gone = db.execute(TABLE.delete().where(TABLE.c.session.in_(old))).rowcount
    return _cut(db, rows, _now(db)) + gone


def drop_if_done(db: Connection, session: bytes) -> None:
    """Forget the key of a session that is over, if nothing of it is to come or kept as it came."""
    boxes, entries = schema.outboxes.c, schema.outbox_entries.c
    is_over = exists().where(_sessions.id == session, _sessions.ended_ms.is_not(None))
    is_told = exists().where(boxes.session == session, boxes.is_closed, boxes.taken >= boxes.told)
    is_kept = exists().where(entries.session == session, entries.sealed.is_not(None))
    db.execute(TABLE.delete().where(TABLE.c.session == session, is_over, is_told, ~is_kept))


def _cut(db: Connection, rows: Sequence[Row[Any]], now: int) -> int:
    changed = 0
    for row in rows:
        records = _erased(db, row.change)
        if records:
            left = PuncturedKey.unpacked(row.nodes).without(records).packed()
            here = TABLE.update().where(TABLE.c.session == row.session)
            changed += db.execute(here.values(nodes=left, change=now)).rowcount
    return changed


def _erased(db: Connection, since: int) -> list[bytes]:
    """Who went whole since a change."""
    went = (_subjects.fate == Fate.ERASED.value, _subjects.fields == "", _subjects.change > since)
    with for_the_office(db):
        return list(db.execute(select(_subjects.record).where(*went)).scalars())


def _key(db: Connection, session: bytes) -> PuncturedKey | None:
    nodes = db.execute(select(TABLE.c.nodes).where(TABLE.c.session == session)).scalar()
    return None if nodes is None else PuncturedKey.unpacked(nodes)


def _now(db: Connection) -> int:
    """Number of the newest change of a customer: by it erasures are told apart in time."""
    counters = schema.change_counters.c
    return int(db.execute(select(counters.number).where(counters.name == schema.CUSTOMERS_COUNTER)).scalar() or 0)
