"""Data keys move to the newest class key: the office hands out boxes in chunks and keeps what comes back.

The office opens none of them. A holder's session seals D to the newest version; the new box lies beside the old one
until *another* session has opened it against its check, and then takes its place. Each chunk is one transaction, so a
kill at any moment loses at most the chunk in hand.

Invariant: an old box goes only in exchange for a box whose bytes another session has named good. The other session is
another person's wherever the book shows one who could do it: one holder alone cannot make a value unreadable.
"""

from collections import Counter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, func, select

from app.api.messages.rotation import Boxed, Checked, Chunk, Resealed, Taken
from app.auth.resealing import ROTATED, checked_body, resealed_body
from app.backoffice import schema
from app.backoffice.class_versions import drop_unused_grants
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session, check_session_signature
from app.crypto.derive import sha256
from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError, NotAllowedError, VerificationError
from app.domain.role import Role

_keys = schema.data_keys.c
_NOTHING: dict[str, Any] = {"next_version": None, "next_box": None, "next_account": None, "next_session": None}


def chunk_to_reseal(office: OpenOffice, session: Session, data_class: DataClass, limit: int) -> Chunk:
    """Boxes of older versions, the oldest first; not those that this session could not open.

    Raises:
        NotAllowedError: the role passes no class keys on, or the book does not show the class.
    """
    _may_reseal(office, session, data_class)
    newest = office.book.class_version(data_class)
    waiting = _waiting(data_class, newest)
    mine = (*waiting, (_keys.stuck_session.is_(None)) | (_keys.stuck_session != session.id))
    query = select(schema.data_keys).where(*mine).order_by(_keys.version, _keys.batch).limit(limit)
    with office.database.reading() as db:
        boxes = tuple(_boxed(r, r.version, r.box) for r in db.execute(query))
        return Chunk(version=newest, boxes=boxes, left=_count(db, waiting))


def take_resealed(office: OpenOffice, session: Session, request: Resealed) -> Taken:
    """Keep new boxes beside the old ones.

    Raises:
        NotAllowedError: role, class or signature.
        VerificationError: the class has got a newer key meanwhile.
        InputRefusedError: something else than a box.
    """
    data_class = DataClass(request.data_class)
    _may_reseal(office, session, data_class)
    pairs = [(b.batch, b.box) for b in request.boxes]
    body = resealed_body(office.id, session.id, request.data_class, request.version, pairs, request.stuck)
    check_session_signature(session, request.signature, body)
    with office.writing() as db:
        _check_newest(office, data_class, request.version)
        taken = _put_beside(db, session, request)
        stuck = _mark_stuck(db, session, data_class, request)
        detail = f"version={request.version} boxes={taken} stuck={stuck}"
        outcome = "failed" if stuck else "ok"
        office.log.append(
            db, "class.reseal", outcome, data_class=data_class.value, detail=detail, **session.log_fields()
        )
    return Taken(taken=taken)


def _put_beside(db: Connection, session: Session, request: Resealed) -> int:
    """Put the boxes beside the old ones that still wait; how many: what somebody else did meanwhile does not count."""
    boxes = {b.batch: b.box for b in request.boxes}
    where = (_keys.batch.in_(boxes), *_waiting(DataClass(request.data_class), request.version))
    query = select(_keys.batch, func.length(_keys.box).label("size")).where(*where)
    sizes: dict[bytes, int] = {row.batch: row.size for row in db.execute(query)}
    if any(len(boxes[batch]) != size for batch, size in sizes.items()):
        raise InputRefusedError("This is not a box of a data key.")
    if sizes:
        new = {"next_version": request.version, "next_account": session.name, "next_session": session.id}
        update = schema.data_keys.update().where(_keys.batch == bindparam("b_batch"))
        update = update.values(next_box=bindparam("b_box"), stuck_session=None, **new)
        db.execute(update, [{"b_batch": batch, "b_box": boxes[batch]} for batch in sizes])
    return len(sizes)


def _mark_stuck(db: Connection, session: Session, data_class: DataClass, request: Resealed) -> int:
    if not request.stuck:
        return 0
    where = (_keys.batch.in_(request.stuck), *_waiting(data_class, request.version))
    return db.execute(schema.data_keys.update().where(*where).values(stuck_session=session.id)).rowcount


def chunk_to_check(office: OpenOffice, session: Session, data_class: DataClass, limit: int) -> Chunk:
    """New boxes that this session may judge.

    Raises:
        NotAllowedError: the role passes no class keys on, or the book does not show the class.
    """
    _may_reseal(office, session, data_class)
    where = _to_check(office, session, data_class)
    query = select(schema.data_keys).where(*where).order_by(_keys.batch).limit(limit)
    with office.database.reading() as db:
        boxes = tuple(_boxed(r, r.next_version, r.next_box) for r in db.execute(query))
        return Chunk(version=office.book.class_version(data_class), boxes=boxes, left=_count(db, where))


def take_checked(office: OpenOffice, session: Session, request: Checked) -> Taken:
    """Let good new boxes take the place of the old ones, and drop bad ones.

    Raises:
        NotAllowedError: role, class or signature.
        VerificationError: the class has got a newer key meanwhile.
    """
    data_class = DataClass(request.data_class)
    _may_reseal(office, session, data_class)
    good, bad = [(b.batch, b.digest) for b in request.good], [(b.batch, b.digest) for b in request.bad]
    body = checked_body(office.id, session.id, request.data_class, request.version, good, bad)
    check_session_signature(session, request.signature, body)
    with office.writing() as db:
        _check_newest(office, data_class, request.version)
        judged = _named(office, db, session, data_class, good)
        _take_place(db, judged)
        wrong = _named(office, db, session, data_class, bad)
        _drop_bad(office, db, session, wrong)
        if judged:
            detail = f"version={request.version} boxes={len(judged)}"
            office.log.append(db, "class.check", data_class=data_class.value, detail=detail, **session.log_fields())
        drop_unused_grants(office, db, data_class)
    return Taken(taken=len(judged) + len(wrong))


Key = Row[tuple[object, ...]]


def _named(
    office: OpenOffice, db: Connection, session: Session, data_class: DataClass, pairs: list[tuple[bytes, bytes]]
) -> list[Key]:
    """The rows of a class that this session may judge and whose new box is the very one it speaks of."""
    digests = dict(pairs)
    query = select(schema.data_keys).where(_keys.batch.in_(digests), *_to_check(office, session, data_class))
    return [row for row in db.execute(query) if sha256(row.next_box) == digests[row.batch]]


def _take_place(db: Connection, rows: list[Key]) -> None:
    if not rows:
        return
    update = schema.data_keys.update().where(_keys.batch == bindparam("b_batch"))
    new = update.values(version=bindparam("b_version"), box=bindparam("b_box"), stuck_session=None, **_NOTHING)
    db.execute(new, [{"b_batch": r.batch, "b_version": r.next_version, "b_box": r.next_box} for r in rows])


def _drop_bad(office: OpenOffice, db: Connection, session: Session, rows: list[Key]) -> None:
    """The old box stays, and the log says whose new box was bad, and who found it so."""
    for row in rows:
        db.execute(schema.data_keys.update().where(_keys.batch == row.batch).values(_NOTHING))
    for (account, sealer), count in Counter((r.next_account, r.next_session) for r in rows).items():
        office.log.append(
            db,
            "class.check",
            "failed",
            acting_with=account,
            data_class=rows[0].data_class,
            reference=sealer.hex(),
            detail=f"boxes={count}",
            **session.log_fields(),
        )


def forget_unchecked(db: Connection, data_class: DataClass) -> None:
    """Drop new boxes of a version that is not the newest any more; the old boxes are there."""
    where = (_keys.data_class == data_class.value, _keys.next_version.is_not(None))
    db.execute(schema.data_keys.update().where(*where).values(_NOTHING))


def _waiting(data_class: DataClass, newest: int) -> tuple[ColumnElement[bool], ...]:
    return (_keys.data_class == data_class.value, _keys.version < newest, _keys.next_version.is_(None))


def _to_check(office: OpenOffice, session: Session, data_class: DataClass) -> tuple[ColumnElement[bool], ...]:
    """New boxes of another session; of another person, where the book shows one."""
    newest = office.book.class_version(data_class)
    where: tuple[ColumnElement[bool], ...] = (
        _keys.data_class == data_class.value,
        _keys.version < newest,
        _keys.next_version == newest,
    )
    if _somebody_else(office, session, data_class):
        where = (*where, _keys.next_account != session.name)
    return (*where, _keys.next_session != session.id)


def _somebody_else(office: OpenOffice, session: Session, data_class: DataClass) -> bool:
    return any(
        entry.name != session.name
        and entry.state == "active"
        and entry.role != Role.RECOVERY
        and office.policy.may_grant_classes(Role(entry.role))
        and data_class in office.book.granted(entry.name)
        for entry in office.book.accounts()
    )


def _may_reseal(office: OpenOffice, session: Session, data_class: DataClass) -> None:
    """Boxes of all queues leave the office here, so only those work on them who pass class keys on anyway."""
    if not office.policy.may_grant_classes(session.role):
        raise NotAllowedError("Only those who pass class keys on seal data keys anew.", code="role")
    if data_class not in office.book.granted(session.name):
        raise NotAllowedError("You do not hold this class.", code="no_class_key")


def _check_newest(office: OpenOffice, data_class: DataClass, version: int) -> None:
    if version != office.book.class_version(data_class):
        raise VerificationError("This class has got a newer key meanwhile; begin again.", code=ROTATED)


def _boxed(row: Key, version: int, box: bytes) -> Boxed:
    return Boxed(batch=row.batch, version=version, box=box, check=row.check)


def _count(db: Connection, where: tuple[ColumnElement[bool], ...]) -> int:
    return db.execute(select(func.count()).select_from(schema.data_keys).where(*where)).scalar_one()
