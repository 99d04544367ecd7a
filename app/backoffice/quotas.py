"""Limits of what a person opens by their own right: the quota of a shift, the pace, the hours of work.

What was opened is counted in the log itself, in the transaction that appends the next entry: nothing else is believed,
nothing else can be reset (`app/backoffice/shift_log.py` reads it). So it follows the account over sign-ins,
workstations and restarts. What a supervisor has unlocked does not count, since somebody decided on it; the notes of a
customer count once, in the class `note`.

Invariant: a clock that is set back opens nothing, and nothing is won by putting it right again. Entries are taken in
the order of their numbers, from the first one of this shift on, sign-ins among them; each is as late as the latest
before it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from app.api.messages.reveals import ClassQuota, Quotas
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session, needs_step_up
from app.backoffice.shift_log import TELLS_TIME
from app.domain.data_class import SEALED_CLASSES, DataClass
from app.domain.errors import NotAllowedError
from app.domain.off_hours import Outside, begins_in_ms
from app.domain.policy import Access
from app.domain.quota import SHIFT_S, Shut, Standing, judge

_audit = schema.audit.c

_SENTENCES = {
    Shut.QUOTA: "All reveals of this class and shift are used; ask a supervisor.",
    Shut.PACE: "That was fast. Wait a little, or ask a supervisor for this field.",
    Shut.HOURS: "It is outside the hours of work; a supervisor decides on this field.",
}
_NOTES_SENTENCES = {
    Shut.QUOTA: "All notes that you may open in this shift were opened; a supervisor reads them for you.",
    Shut.PACE: "That was fast. Wait a little before you open the next notes.",
    Shut.HOURS: "It is outside the hours of work, and notes stay shut then.",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How a person stands with a class.

    Attributes:
        standing: with the quota.
        shut: why the next field is refused, or nothing; hours come before quota and pace.
        needs_code: whether it is outside the hours of work, where the role opens with a fresh code.
        wait_ms: until it opens again by itself, or 0.
    """

    standing: Standing
    shut: Shut | None
    needs_code: bool
    wait_ms: int


def check_limits(office: OpenOffice, db: Connection, session: Session, data_class: DataClass) -> None:
    """Refuse what is beyond a person's quota, pace or hours, in the transaction that releases and writes down.

    Raises:
        NotAllowedError: code `quota`, `quota_pace`, `off_hours` or `off_hours_code`; of notes `notes_quota` and so on.
    """
    limits = limits_of(office, db, session, data_class)
    is_note = data_class is DataClass.NOTE
    if limits.shut is not None:
        sentences = _NOTES_SENTENCES if is_note else _SENTENCES
        raise NotAllowedError(sentences[limits.shut], code=f"notes_{limits.shut}" if is_note else limits.shut.value)
    if limits.needs_code:
        try:
            needs_step_up(office, session)
        except NotAllowedError as error:
            text = "Outside the hours of work this needs a fresh code from your authenticator."
            raise NotAllowedError(text, code="off_hours_code") from error


def limits_of(office: OpenOffice, db: Connection, session: Session, data_class: DataClass) -> Limits:
    """How a person stands with a class that their role reveals."""
    now = office.clock.now_ms()
    opened = office.shifts.opened(db, session.name, now - SHIFT_S * 1000)
    return _limits(office, session, data_class, opened, now)


def is_shut(office: OpenOffice, db: Connection, session: Session, data_class: DataClass) -> bool:
    """Whether a person may not open now what their role reveals: then it can be asked for."""
    return limits_of(office, db, session, data_class).shut is not None


def quotas_of(office: OpenOffice, session: Session) -> Quotas:
    """How the person stands with each class that their role reveals."""
    policy, now = office.policy, office.clock.now_ms()
    with office.database.reading() as db:
        opened = office.shifts.opened(db, session.name, now - SHIFT_S * 1000)
    found = []
    for data_class in SEALED_CLASSES:
        if policy.access(session.role, data_class) is Access.REVEAL:
            limits = _limits(office, session, data_class, opened, now)
            found.append(_message(data_class, limits))
    return Quotas(classes=tuple(found))


def _limits(
    office: OpenOffice, session: Session, data_class: DataClass, opened: Collection[tuple[str, int]], now_ms: int
) -> Limits:
    policy = office.policy
    mine = [at_ms for name, at_ms in opened if name == data_class]
    standing = judge(policy.quotas[session.role, data_class], mine, now_ms)
    outside = Outside.OPEN if policy.office_hours.is_work(now_ms) else policy.off_hours[session.role]
    if outside is Outside.ASK:
        return Limits(standing, Shut.HOURS, False, begins_in_ms(policy.office_hours, now_ms))
    return Limits(standing, standing.shut, outside is Outside.CODE, standing.wait_ms)


def _message(data_class: DataClass, limits: Limits) -> ClassQuota:
    standing = limits.standing
    return ClassQuota(
        data_class=data_class.value,
        used=standing.used,
        shift=standing.quota.shift,
        pace_used=standing.pace_used,
        pace_count=standing.quota.pace_count,
        pace_s=standing.quota.pace_s,
        shut=limits.shut or "",
        wait_s=-(-limits.wait_ms // 1000),
        needs_code=limits.needs_code,
    )


def shift_begin(db: Connection, account: str, since_ms: int, *more: str) -> int | None:
    """Number of the first entry of an account in this shift that tells the time; of these further events, too.

    Whatever stands behind it belongs to the shift, whichever time it names: a clock may have been set back meanwhile.
    """
    tells_time = (_audit.actor == account, _audit.event.in_((*TELLS_TIME, *more)))
    return db.execute(select(func.min(_audit.number)).where(*tells_time, _audit.at_ms > since_ms)).scalar()
