"""What the rules of the exposure ledger flag in 30 days, for somebody who may see it, and what was said to it.

The rules are pure (`app/domain/exposures/rules.py`); they are given the lines of those people alone whom the viewer may
see, so a supervisor's flags tell of no other team.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, and_, func, or_, select

from app.api.messages.exposures import (
    AcknowledgeFlag,
    AnswerMark,
    FlagMark,
    RaisedFlag,
    RaisedFlags,
    Thresholds,
    ThresholdState,
)
from app.backoffice import exposure_answers as answers
from app.backoffice import schema
from app.backoffice.card_gate import kept
from app.backoffice.exposure_lines import caller_reasons
from app.backoffice.exposure_scope import READ_EVENT, look, must_see, names_of, numbers_of, of_watched
from app.backoffice.exposure_span import since_of
from app.backoffice.exposure_thresholds import changed, thresholds_now
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.exposures.measure import Fired
from app.domain.exposures.row import DENIED_EVENT, OPENED_EVENTS, REFUSED_EVENTS, Row, row_of
from app.domain.exposures.rules import flags, specs
from app.domain.exposures.words import Rule

DAYS = 30
MOST_FLAGS = 300
_audit = schema.audit.c
_COLUMNS = ("number", "at_ms", "event", "outcome", "actor", "acting_with", "record", "reason", "reference", "detail")


def rows_of(office: OpenOffice, db: Connection, session: Session) -> list[Row]:
    """The lines of 30 days that the rules are given."""
    events = sorted({*OPENED_EVENTS, *REFUSED_EVENTS, DENIED_EVENT})
    opened = and_(_audit.event.in_(sorted(OPENED_EVENTS)), _audit.outcome != "refused")
    refused = or_(_audit.outcome == "refused", _audit.event == DENIED_EVENT)
    query = select(*(_audit[name] for name in _COLUMNS)).where(
        _audit.event.in_(events),
        or_(opened, refused),
        _audit.at_ms >= since_of(office, DAYS),
        of_watched(office, session, with_denied=True),
    )
    return [row for row in map(row_of, db.execute(query)) if row is not None]


def raised(office: OpenOffice, session: Session, opening: bytes) -> RaisedFlags:
    """The flags that this person may see, what waits first.

    Raises:
        NotAllowedError: code `role`.
    """
    look(office, session, opening)
    with office.database.reading() as db:
        rows = rows_of(office, db, session)
        fired, own = _fired(office, db, rows), _own_openings(session, rows)
        said, seen = answers.answers_since(db, since_of(office, DAYS)), _seen(db, session, opening)
        names = names_of(db)
        numbers = numbers_of(office, db, session, [f.measure.subject for f in fired if _is_of_customer(f)])
        found = [_flag(office, db, session, f, own, said, names | numbers, seen) for f in fired]
    found.sort(key=lambda flag: flag.answer is not None and flag.answer.value >= flag.value)
    return RaisedFlags(flags=tuple(found[:MOST_FLAGS]), left_off=max(0, len(found) - MOST_FLAGS))


def _fired(office: OpenOffice, db: Connection, rows: Sequence[Row]) -> list[Fired]:
    hours, policy = office.policy.office_hours, office.policy
    return flags(rows, hours, caller_reasons(policy), thresholds_now(db))


def _own_openings(session: Session, rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.agent == session.name and row.shows]


def _is_own(session: Session, fired: Fired, own: Iterable[Row]) -> bool:
    """Whether a flag is about this person, or about a customer whom they opened in its stretch themselves."""
    m = fired.measure
    if not _is_of_customer(fired):
        return m.subject == session.name
    return any(row.record == m.subject and m.since_ms <= row.at_ms < m.until_ms for row in own)


def _is_of_customer(fired: Fired) -> bool:
    return fired.measure.rule is Rule.SAME_CUSTOMER


def _seen(db: Connection, session: Session, opening: bytes) -> int:
    """Number of the person's last opening of the ledger before this one, 0 for none."""
    mine = (_audit.actor == session.name, _audit.event == READ_EVENT, _audit.outcome == "ok")
    query = select(func.max(_audit.number)).where(*mine, _audit.reference != opening.hex())
    return int(db.execute(query).scalar() or 0)


def _flag(
    office: OpenOffice,
    db: Connection,
    session: Session,
    fired: Fired,
    own: Iterable[Row],
    said: answers.Answers,
    names: dict[str, str],
    seen: int,
) -> RaisedFlag:
    m = fired.measure
    answer = said.to(m.rule, m.subject, m.since_ms, m.until_ms)
    mark = None
    if answer is not None:
        by, comment = answer.acknowledged_by, answers.comment_of(office, db, answer)
        name = names.get(by, by)
        mark = AnswerMark(by=by, by_name=name, at_ms=answer.at_ms, comment=comment, value=answer.value)
    return RaisedFlag(
        rule=m.rule,
        subject=m.subject,
        name=names.get(m.subject, "" if _is_of_customer(fired) else m.subject),
        since_ms=m.since_ms,
        until_ms=m.until_ms,
        value=m.value,
        threshold=fired.threshold,
        usual=fired.usual,
        exposures=m.exposures,
        no_call=m.no_call,
        agents=m.agents,
        days=m.days,
        is_own=_is_own(session, fired, own),
        is_unseen=m.last_entry > seen,
        answer=mark,
    )


def acknowledge(office: OpenOffice, session: Session, said: AcknowledgeFlag) -> None:
    """Take what somebody says to a flag that they may see; it is kept without cards.

    Raises:
        NotAllowedError: code `role`; `no_flag`: there is none such now; `own_flag`: it is about themselves,
            or about a customer whom they opened themselves;
            `acknowledged`: somebody was first. Logged.
        InputRefusedError: code `comment`: it is no line of printable text. Logged.
    """
    what = {"detail": f"rule={said.rule.value}"}
    with refusals_logged(office, session, answers.ACKNOWLEDGE, **what):
        must_see(office, session)
        if not said.comment.strip() or not said.comment.isprintable():
            raise InputRefusedError("Write one line of text.", code="comment")
        said = said.model_copy(update={"comment": kept(said.comment)})
        with office.database.reading() as db:  # the rules take their time, and nobody waits to write for them
            is_own = _must_be_raised(office, db, session, said)
        if is_own:
            raise NotAllowedError("This flag is about you; somebody else looks at it.", code="own_flag")
        with office.writing() as db:
            known = answers.answers_since(db, said.since_ms).to(said.rule, said.subject, said.since_ms, said.until_ms)
            if known is not None and known.value >= said.value:
                raise NotAllowedError("Somebody else has acknowledged this already.", code="acknowledged")
            answers.store_answer(office, db, session, said)


def _must_be_raised(office: OpenOffice, db: Connection, session: Session, mark: FlagMark) -> bool:
    """Nobody acknowledges more than they were shown, or ahead of time. Whether it is their own."""
    rows = rows_of(office, db, session)
    for fired in _fired(office, db, rows):
        m = fired.measure
        same = (m.rule, m.subject) == (mark.rule, mark.subject) and m.value >= mark.value
        if same and m.since_ms <= mark.since_ms and mark.until_ms <= m.until_ms:
            return _is_own(session, fired, _own_openings(session, rows))
    raise NotAllowedError("There is no such flag now. Look again.", code="no_flag")


def erase_comment(office: OpenOffice, session: Session, mark: FlagMark) -> None:
    """Erase what somebody wrote to a flag.

    Raises:
        NotAllowedError: code `role` or `no_comment`. Logged.
    """
    what = {"detail": f"rule={mark.rule.value}"}
    with refusals_logged(office, session, answers.ERASE, **what), office.writing() as db:
        must_see(office, session)
        answers.erase_comment(office, db, session, mark)


def thresholds(office: OpenOffice, session: Session, opening: bytes) -> Thresholds:
    """Every threshold, with how often each value would have fired in 30 days for what this person may see.

    Raises:
        NotAllowedError: code `role`.
    """
    look(office, session, opening)
    with office.database.reading() as db:
        now, rows, names = changed(db), rows_of(office, db, session), names_of(db)
    hours, states = office.policy.office_hours, []
    for spec in specs(caller_reasons(office.policy)):
        row = now.get(spec.rule)
        by = row.changed_by if row else ""
        states.append(
            ThresholdState(
                rule=spec.rule,
                value=row.value if row else spec.default,
                default=spec.default,
                least=spec.least,
                most=spec.most,
                version=row.version if row else 0,
                changed_by=names.get(by, by),
                changed_ms=row.changed_ms if row else None,
                fired=spec.would_fire(spec.measures(rows, hours)),
            )
        )
    return Thresholds(thresholds=tuple(states))
