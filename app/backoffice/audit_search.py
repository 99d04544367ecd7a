"""Looking into the log: entries that fit, the newest first, a page at a time, with an answer in a moment.

A page goes on behind the last key (time, number), never by an offset. One index leads: that of the word that fits the
fewest entries. Of what it gives, one request looks at so many entries and no more; where few of them fit the other
words, the answer is short and says where to go on, so that it stays quick in a log of any length.
"""

import json
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, text, tuple_

from app.api.messages.audit import AuditDetail, AuditFound, AuditKey, AuditQuery, AuditRow, CheckpointMark
from app.api.messages.since import all_said
from app.auth.audit_chain import AuditEntry
from app.backoffice import schema
from app.backoffice.audit_read import READ, need_reader, tell_once
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.domain.errors import InputRefusedError

LOOKS_AT = 20_000
"""So many entries one request looks at."""
_FIRST_LOOK = 4
"""Times a page's rows: so many entries it looks at first."""
_LOG = schema.audit.c
_NEWEST_FIRST = (_LOG.at_ms.desc(), _LOG.number.desc())
_Condition = ColumnElement[bool]


def search(office: OpenOffice, session: Session, query: AuditQuery, *, looks_at: int = LOOKS_AT) -> AuditFound:
    """A page of what fits. Each search is an entry itself: who looked, and for what.

    A page that goes on needs such an entry of its session and the same words; where there is none it is a search.

    Raises:
        NotAllowedError: the role does not read the log.
        AuditUnwritableError: that entry cannot be written, so nothing is shown.
    """
    need_reader(office, session)
    what = _told(office, query)
    if query.before is None:
        with office.writing() as db:
            office.log.append(db, READ, **what, **session.log_fields())
    else:
        tell_once(office, session, **what)
    with office.database.reading() as db:
        return _page(db, query, looks_at)


def detail(office: OpenOffice, session: Session, number: int) -> AuditDetail:
    """One entry, the hash before it, and the first checkpoint at or after it. The first of a session is an entry.

    Raises:
        NotAllowedError: the role does not read the log.
        InputRefusedError: there is no such entry.
        AuditUnwritableError: that entry cannot be written, so nothing is shown.
    """
    need_reader(office, session)
    tell_once(office, session, detail="by=entry")
    with office.database.reading() as db:
        found = office.log.page(db, max(0, number - 2), 2)
        mark = office.log.checkpoint_at_or_after(db, number)
    entry = next((e for e in found if e.number == number), None)
    if entry is None:
        raise InputRefusedError(f"The log has no entry {number}.", code="no_entry")
    before = next((e.hash for e in found if e.number == number - 1), None if number > 1 else office.log.first_hash)
    return AuditDetail(
        row=_row(entry),
        previous=before,
        checkpoint=CheckpointMark(number=mark.number, hash=mark.hash, signature=mark.signature) if mark else None,
    )


def _told(office: OpenOffice, query: AuditQuery) -> dict[str, str]:
    """What the entry of a search says: which words, and of whom; a subject stands where a subject stands.

    What was typed is not told. The reference is a keyed hash of all of it, by which a next page is known.
    """
    with all_said():
        words = query.model_dump(exclude_defaults=True, exclude={"limit", "before"})
    same = office.log.keyed_hash(json.dumps(words, sort_keys=True))
    return {"record": query.record, "reference": same, "detail": f"by={'+'.join(sorted(words)) or 'all'}"}


def _page(db: Connection, query: AuditQuery, looks_at: int) -> AuditFound:
    """What fits, of at most so many entries; a person's entries and those made with them come together."""
    branches = [_LOG.actor == query.actor, _rare("acting_with", query.actor)] if query.actor else [None]
    parts = [_branch(db, query, branch, looks_at) for branch in branches]
    stops = [stop for _rows, stop in parts if stop is not None]
    stop = max(stops, key=lambda key: (key.at_ms, key.number), default=None)
    rows = sorted((row for found, _stop in parts for row in found), key=lambda e: (e.at_ms, e.number), reverse=True)
    kept = [e for e in rows if stop is None or (e.at_ms, e.number) >= (stop.at_ms, stop.number)]
    once = list({e.number: e for e in kept}.values())
    if len(once) > query.limit:
        once = once[: query.limit]
        stop = _key(once[-1])
    return AuditFound(rows=tuple(_row(e) for e in once), next=stop)


def _branch(
    db: Connection, query: AuditQuery, actor: _Condition | None, looks_at: int
) -> tuple[list[AuditEntry], AuditKey | None]:
    """What fits by one leading index, and the key behind which to go on.

    It looks at few entries first, and at four times as many each time that they were too few: a page that fills soon
    costs little, one that does not fill stops at `looks_at`.
    """
    found: list[AuditEntry] = []
    size, left, place = min(looks_at, query.limit * _FIRST_LOOK), looks_at, query.before
    while True:
        wanted = query.model_copy(update={"before": place, "limit": query.limit - len(found)})
        more, place = _step(db, wanted, actor, min(size, left))
        found += more
        left -= min(size, left)
        if len(found) == query.limit:
            return found, _key(found[-1])
        if place is None or not left:
            return found, place
        size *= 4


def _step(
    db: Connection, query: AuditQuery, actor: _Condition | None, looks_at: int
) -> tuple[list[AuditEntry], AuditKey | None]:
    """What fits of so many entries of the leading index, and the last of these; None where it ends."""
    lead, rest = _conditions(query, actor)
    most = looks_at if rest else query.limit
    keys = _keys(lead, most).subquery()
    joined = select(schema.audit).join(keys, keys.c.number == _LOG.number).where(*rest)
    found = _entries(db, joined.order_by(*_NEWEST_FIRST).limit(query.limit))
    if not rest or len(found) == query.limit:
        return found, _key(found[-1]) if len(found) == query.limit else None
    if db.execute(select(func.count()).select_from(keys)).scalar_one() < most:
        return found, None
    last = db.execute(select(keys).order_by(keys.c.at_ms, keys.c.number).limit(1)).one()
    return found, AuditKey(at_ms=last.at_ms, number=last.number)


def _keys(lead: list[_Condition], most: int) -> Select[tuple[int, int]]:
    return select(_LOG.at_ms, _LOG.number).where(*lead).order_by(*_NEWEST_FIRST).limit(most)


def _conditions(query: AuditQuery, actor: _Condition | None) -> tuple[list[_Condition], list[_Condition]]:
    """What the leading index answers, and the rest.

    Fewest first: a subject, a person by whom somebody acted, a refusal, a class, a person, an event.
    """
    by_word: list[_Condition] = []
    if query.record:
        by_word.append(_LOG.record == query.record)
    rest: list[_Condition] = []
    for column, word in (("outcome", query.outcome), ("data_class", query.data_class)):
        if word in schema.USUAL_IN_AUDIT[column]:
            rest += [_LOG[column] == word] if word else []
        elif word:
            by_word.append(_rare(column, word))
    if actor is not None:
        by_word.append(actor & (_LOG.event == query.event) if query.event else actor)
    elif query.event:
        by_word.append(_LOG.event == query.event)
    everywhere: list[_Condition] = []
    if query.before is not None:
        everywhere.append(tuple_(_LOG.at_ms, _LOG.number) < tuple_(query.before.at_ms, query.before.number))
    if query.since_ms is not None:
        everywhere.append(_LOG.at_ms >= query.since_ms)
    if query.until_ms is not None:
        everywhere.append(_LOG.at_ms < query.until_ms)
    if query.first is not None or query.last is not None:
        return _numbers(query) + everywhere, by_word + rest
    return by_word[:1] + everywhere, by_word[1:] + rest


def _numbers(query: AuditQuery) -> list[_Condition]:
    low, high = query.first or 1, query.last if query.last is not None else query.first
    return [_LOG.number >= low, *([_LOG.number <= high] if high is not None else [])]


def _rare(column: str, value: str) -> _Condition:
    """A condition that the index of what is not usual answers; it has to be named again."""
    return and_(_LOG[column] == value, text(schema.rare_in_audit(column)))


def _entries(db: Connection, query: Select[Any]) -> list[AuditEntry]:
    return [AuditEntry(**row._mapping) for row in db.execute(query)]


def _key(entry: AuditEntry) -> AuditKey:
    return AuditKey(at_ms=entry.at_ms, number=entry.number)


def _row(entry: AuditEntry) -> AuditRow:
    return AuditRow(**{name: getattr(entry, name) for name in AuditRow.model_fields})
