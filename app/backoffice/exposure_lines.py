"""The table beneath the plots of the exposure ledger: each opening or refusal, the newest first, page by page."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, false, func, not_, or_, select

from app.api.messages.exposures import AskLines, Line, Lines
from app.backoffice import schema
from app.backoffice.exposure_figures import reasons_asked
from app.backoffice.exposure_scope import look, names_of, numbers_of, of_watched
from app.backoffice.exposure_span import shown, since_of
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.domain.data_class import DataClass
from app.domain.exposures.row import (
    CALL_MARKS,
    DENIED_EVENT,
    NO_REFUSALS,
    OPENED_EVENTS,
    REFUSED_EVENTS,
    UNLOCK_REASON,
    row_of,
)
from app.domain.exposures.words import ClosedBy, ExposureKind
from app.domain.policy import Policy

_audit, _ends = schema.audit.c, schema.view_ends.c
Logged = Row[tuple[Any, ...]]
_REQUESTS_BEFORE_MS = 24 * 3600 * 1000
DENIED = "denied"
"""Stands for a refusal's code where a supervisor has denied the request."""


def caller_reasons(policy: Policy) -> frozenset[str]:
    """Reasons for a reveal that take a caller."""
    return frozenset(reason.code for reason in policy.reveal_reasons if reason.needs_caller)


def lines(office: OpenOffice, session: Session, asked: AskLines) -> Lines:
    """One page of the table.

    Raises:
        NotAllowedError: code `role` or `not_watched`.
    """
    look(office, session, asked.opening)
    agent = asked.person or asked.agent
    mine = of_watched(office, session, agent, with_denied=asked.refused)
    if asked.person and asked.agent and asked.person != asked.agent:
        mine = false()
    with office.database.reading() as db:
        wanted = and_(mine, *_narrowed(office, db, asked))
        rows = db.execute(_page(wanted, asked)).all()
        total = db.execute(select(func.count()).select_from(schema.audit).where(wanted)).scalar_one()
        found = _lines(office, db, session, rows[: asked.limit])
    more = len(rows) > asked.limit
    return Lines(lines=found, total=total, before=found[-1].entry if more else None)


def _page(wanted: ColumnElement[bool], asked: AskLines) -> Select[Any]:
    page = select(schema.audit, _ends.shown_ms, _ends.cause).join_from(
        schema.audit, schema.view_ends, _ends.entry == _audit.number, isouter=True
    )
    page = page.where(wanted).order_by(_audit.number.desc()).limit(asked.limit + 1)
    return page if asked.before is None else page.where(_audit.number < asked.before)


def _narrowed(office: OpenOffice, db: Connection, asked: AskLines) -> list[ColumnElement[bool]]:
    since_ms = since_of(office, asked.days)
    parts = [_refused() if asked.refused else _opened(asked.kind), _audit.at_ms >= max(since_ms, asked.since_ms or 0)]
    if asked.until_ms is not None:
        parts.append(_audit.at_ms < asked.until_ms)
    if asked.data_class is not None:
        parts.append(_audit.data_class == asked.data_class.value)
    if asked.reason:
        parts.append(_of_reason(db, since_ms, asked.reason))
    if asked.record:
        parts.append(_audit.record == asked.record)
    if asked.hour is not None:
        parts.append(_at_hour(office, since_ms, asked.hour))
    if asked.off_hours:
        stretches = office.policy.office_hours.off_stretches(since_ms, office.clock.now_ms() + 1)
        parts.append(_within(stretches))
    if asked.no_call:
        marked = or_(*(_audit.detail.contains(mark, autoescape=True) for mark in CALL_MARKS))
        own = and_(_audit.event == "reveal", _audit.reference == "")
        parts.append(and_(own, _audit.reason.in_(sorted(caller_reasons(office.policy))), not_(marked)))
    return parts


def _opened(kind: ExposureKind | None) -> ColumnElement[bool]:
    """Openings of a kind; of every kind that shows something, where none is chosen."""
    if kind is None:
        return shown()
    (event,) = (name for name, known in OPENED_EVENTS.items() if known is _event_kind(kind))
    opened = and_(_audit.event == event, _audit.outcome != "refused")
    if event != "reveal":
        return opened
    return and_(opened, _audit.reference != "" if kind is ExposureKind.UNLOCK else _audit.reference == "")


def _event_kind(kind: ExposureKind) -> ExposureKind:
    return ExposureKind.REVEAL if kind is ExposureKind.UNLOCK else kind


def _refused() -> ColumnElement[bool]:
    own = and_(_audit.event.in_(REFUSED_EVENTS), _audit.outcome == "refused", _audit.reason.not_in(sorted(NO_REFUSALS)))
    return or_(own, and_(_audit.event == DENIED_EVENT, _audit.outcome == "ok"))


def _of_reason(db: Connection, since_ms: int, code: str) -> ColumnElement[bool]:
    """Openings for a reason; an unlocked one has its reason with the request, which is a little older."""
    table = schema.unlocks.c
    asked = select(table.id).where(table.reason == code, table.asked_ms >= since_ms - _REQUESTS_BEFORE_MS)
    references = [request.hex() for request in db.execute(asked).scalars()]
    return or_(_audit.reason == code, and_(_audit.reason == UNLOCK_REASON, _audit.reference.in_(references)))


def _at_hour(office: OpenOffice, since_ms: int, hour: int) -> ColumnElement[bool]:
    """In this hour of each day of the office."""
    hours, stretches = office.policy.office_hours, []
    day, today = hours.local(since_ms).date(), hours.local(office.clock.now_ms()).date()
    while day <= today:
        stretches.append((hours.hour_ms(day, hour), hours.hour_ms(day, hour + 1)))
        day += timedelta(days=1)
    return _within(stretches)


def _within(stretches: Sequence[tuple[int, int]]) -> ColumnElement[bool]:
    return or_(false(), *(and_(_audit.at_ms >= start, _audit.at_ms < end) for start, end in stretches))


def _lines(office: OpenOffice, db: Connection, session: Session, rows: Sequence[Logged]) -> tuple[Line, ...]:
    names, takes = names_of(db), caller_reasons(office.policy)
    numbers = numbers_of(office, db, session, [row.record for row in rows])
    asked = reasons_asked(db, [row.reference for row in rows if row.reason == UNLOCK_REASON])
    return tuple(_line(row, names, numbers, asked, takes) for row in rows)


def _line(
    logged: Logged,
    names: dict[str, str],
    numbers: dict[str, str],
    asked: dict[str, str],
    takes: frozenset[str],
) -> Line:
    row = row_of(logged)
    if row is None:
        raise AssertionError("the query lets openings and refusals through, and nothing else")
    is_denied = logged.event == DENIED_EVENT
    code = DENIED if is_denied else logged.reason
    supervisor = logged.actor if is_denied else logged.acting_with
    return Line(
        entry=logged.number,
        at_ms=logged.at_ms,
        agent=row.agent,
        agent_name=names.get(row.agent, row.agent),
        seat="" if is_denied else logged.seat,
        kind=row.kind,
        field=logged.field,
        data_class=DataClass(logged.data_class) if logged.data_class else None,
        number=numbers.get(logged.record, ""),
        record=logged.record,
        reason="" if row.refused else asked.get(logged.reference, logged.reason),
        is_ask=row.kind is ExposureKind.UNLOCK,
        opened_by=names.get(supervisor, supervisor) if row.kind is ExposureKind.UNLOCK else "",
        shown_ms=logged.shown_ms,
        cause=ClosedBy(logged.cause) if logged.cause else None,
        on_call=row.on_call,
        takes_caller=not row.refused and row.kind is ExposureKind.REVEAL and logged.reason in takes,
        refused=code if row.refused else "",
    )
