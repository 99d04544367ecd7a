"""Figures and reasons of the exposure ledger, counted by SQL over the log; bars and heat map are its neighbours."""

import re
from collections import Counter

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from app.api.messages.exposures import LedgerOverview, LedgerScope, ReasonTally
from app.backoffice import schema
from app.backoffice.exposure_bars import bars_of, by_slot, heat_of, middle, usual_total
from app.backoffice.exposure_scope import look, names_of, of_watched, watched
from app.backoffice.exposure_span import Span, shown
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.domain.data_class import DataClass
from app.domain.exposures.row import CALL_MARKS, UNLOCK_REASON

_CHECK = re.compile(r"(?:check|call)=([0-9a-f]{32})")
_GRANTED = frozenset({"approved", "used", "revoked"})
_audit = schema.audit.c


def overview(office: OpenOffice, session: Session, scope: LedgerScope) -> LedgerOverview:
    """Figures and plots.

    Raises:
        NotAllowedError: code `role` or `not_watched`.
    """
    look(office, session, scope.opening)
    span = Span.of(office, scope.days)
    theirs = of_watched(office, session, scope.agent)
    mine = theirs if scope.data_class is None else and_(theirs, _audit.data_class == scope.data_class.value)
    people = [scope.agent] if scope.agent else sorted(watched(office, session))
    with office.database.reading() as db:
        counts = by_slot(db, span, mine)
        bars, usual = bars_of(span, counts), usual_total(span, counts)
        median, known = _median(db, span, mine)
        calls = [_calls(db, people, theirs, *stretch) for stretch in span.with_before()]
        states = _unlock_states(db, span, people, scope.data_class)
        heat = heat_of(db, span, mine, names_of(db))
        reasons = _reasons(db, span, mine)
        others = _others(db, span, mine)
    return LedgerOverview(
        now_ms=span.now_ms,
        exposures=sum(sum(bar.counts.values()) for bar in bars),
        usual=usual,
        median_ms=median,
        known=known,
        calls=calls[0][0],
        verified_alone=calls[0][1],
        before_calls=calls[1][0],
        before_verified_alone=calls[1][1],
        granted=states["granted"],
        refused=states["refused"],
        expired=states["expired"],
        used=others["use"],
        lookups=others["lookup"],
        bars=bars,
        heat=heat,
        reasons=reasons,
    )


def _median(db: Connection, span: Span, mine: ColumnElement[bool]) -> tuple[float | None, int]:
    """Median of the milliseconds that values stood open, and of how many that is known."""
    ends = schema.view_ends.c
    query = (
        select(ends.shown_ms)
        .join_from(schema.view_ends, schema.audit, _audit.number == ends.entry)
        .where(shown(), mine, _audit.at_ms >= span.since_ms)
        .order_by(ends.shown_ms)
    )
    values = list(db.execute(query).scalars())
    return (middle(values) if values else None), len(values)


def _calls(
    db: Connection, people: list[str], theirs: ColumnElement[bool], since_ms: int, until_ms: int | None
) -> tuple[int, int]:
    """Identity checks of a stretch in which something was asked, and how many went without any exposure."""
    checks, answers = schema.caller_checks.c, schema.caller_answers.c
    asked = exists(select(answers.id).where(answers.check_id == checks.id))
    ended = until_ms if until_ms is not None else 2**62
    query = select(checks.id).where(checks.account.in_(people), asked, checks.started_ms.between(since_ms, ended - 1))
    calls = {row.id.hex() for row in db.execute(query)}
    marked = or_(*(_audit.detail.contains(mark, autoescape=True) for mark in CALL_MARKS))
    details = select(_audit.detail).where(shown(), theirs, marked, _audit.at_ms.between(since_ms, ended - 1))
    opened = {match[1] for text in db.execute(details).scalars() if (match := _CHECK.search(text))}
    return len(calls), len(calls - opened)


def _unlock_states(db: Connection, span: Span, people: list[str], data_class: DataClass | None) -> Counter[str]:
    table = schema.unlocks.c
    query = select(table.state, table.until_ms, func.count().label("n")).where(
        table.agent.in_(people), table.asked_ms >= span.since_ms
    )
    if data_class is not None:
        query = query.where(table.data_class == data_class.value)
    found: Counter[str] = Counter()
    for row in db.execute(query.group_by(table.state, table.until_ms)):
        if row.state in _GRANTED:
            found["granted"] += row.n
        elif row.state == "refused":
            found["refused"] += row.n
        elif row.state == "expired" or (row.state == "waiting" and row.until_ms < span.now_ms):
            found["expired"] += row.n
    return found


def _reasons(db: Connection, span: Span, mine: ColumnElement[bool]) -> tuple[ReasonTally, ...]:
    """Reasons; of an unlocked value the one that stands with its request."""
    query = (
        select(_audit.reason, _audit.reference, func.count().label("n"))
        .where(shown(), mine, _audit.at_ms >= span.since_ms)
        .group_by(_audit.reason, _audit.reference)
    )
    rows = db.execute(query).all()
    asked = reasons_asked(db, [row.reference for row in rows if row.reason == UNLOCK_REASON])
    found: Counter[tuple[str, bool]] = Counter()
    for row in rows:
        code = asked.get(row.reference, row.reason) if row.reference else row.reason
        found[code, bool(row.reference)] += row.n
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(ReasonTally(code=code, is_ask=is_ask, count=n) for (code, is_ask), n in ordered)


def reasons_asked(db: Connection, references: list[str]) -> dict[str, str]:
    """The reasons of unlock requests, by the request's id in hex."""
    table, found = schema.unlocks.c, dict[str, str]()
    ids = [bytes.fromhex(reference) for reference in sorted({r for r in references if r})]
    for at in range(0, len(ids), 500):
        for row in db.execute(select(table.id, table.reason).where(table.id.in_(ids[at : at + 500]))):
            found[row.id.hex()] = row.reason
    return found


def _others(db: Connection, span: Span, mine: ColumnElement[bool]) -> Counter[str]:
    """Uses and lookups: nothing was shown."""
    query = (
        select(_audit.event, func.count().label("n"))
        .where(_audit.event.in_(("use", "lookup")), _audit.outcome != "refused", mine, _audit.at_ms >= span.since_ms)
        .group_by(_audit.event)
    )
    return Counter({row.event: row.n for row in db.execute(query)})
