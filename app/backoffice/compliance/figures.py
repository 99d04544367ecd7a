"""The figures of the office's proof over time: requests, consents, what has to go, and training. Numbers alone."""

from collections import Counter

from sqlalchemy import Connection, func, select

from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.office import OpenOffice
from app.backoffice.privacy.duty_gate import must_have
from app.backoffice.privacy_schema import consents
from app.backoffice.refused import refusals_logged
from app.backoffice.retention.clock import today
from app.backoffice.retention.to_come import due_days
from app.backoffice.sessions import Session
from app.backoffice.subject_tables import subject_requests
from app.backoffice.training.report import everybody, learners_of
from app.domain.compliance.figures import (
    COUNTS,
    ENDS_SOON,
    LACKING,
    MONTHS_AHEAD,
    Figures,
    Part,
    Series,
    month_after,
    month_begins_ms,
    months_back,
    requests_by_month,
)
from app.domain.privacy.consent import asks_for_consent
from app.domain.privacy.duties import Duty
from app.domain.training.lesson import LESSONS

READ = "compliance.read"


def figures(office: OpenOffice, session: Session) -> Figures:
    """How the office has kept its duties over the months, and what is ahead; over every queue.

    Raises:
        NotAllowedError: code `role_privacy`. The refusal stands in the log.
    """
    with refusals_logged(office, session, READ):
        must_have(session, Duty.PROVE)
    with acting_for(OFFICE), office.database.reading() as db:
        return figures_of(office, db, office.clock.now_ms())


def figures_of(office: OpenOffice, db: Connection, now_ms: int) -> Figures:
    """The same over a connection that acts for the office."""
    zone = office.policy.office_hours.zone
    months, table = months_back(now_ms, zone), subject_requests.c
    query = select(table.received_ms, table.due_ms, table.ended_ms).where(
        table.received_ms >= month_begins_ms(months[0], zone)
    )
    rows = ((row.received_ms, row.due_ms, row.ended_ms) for row in db.execute(query))
    return Figures(
        requests=requests_by_month(rows, months, now_ms, zone),
        consents=_consents(office, db, months),
        ahead=_ahead(office, db),
        training=_training(office, db, now_ms),
    )


def _consents(office: OpenOffice, db: Connection, months: tuple[str, ...]) -> Series:
    """Consents in force at the end of each month: the last word of each customer until then."""
    zone, purposes = office.policy.office_hours.zone, asks_for_consent(office.inventory)
    found = Counter[tuple[str, str]]()
    for month in months:
        end_ms = month_begins_ms(month_after(month), zone)
        last = select(func.max(consents.c.number)).where(consents.c.at_ms < end_ms)
        last = last.group_by(consents.c.record, consents.c.purpose)
        query = select(consents.c.purpose, func.count()).where(consents.c.number.in_(last), consents.c.given)
        for purpose, count in db.execute(query.group_by(consents.c.purpose)):
            found[purpose, month] = count
    parts = (Part(one.name, tuple(found[one.name, month] for month in months)) for one in purposes)
    return Series(months, tuple(parts))


def _ahead(office: OpenOffice, db: Connection) -> Series:
    """Values that have to go, by month; what is due already counts for this one."""
    day, _doubt = today(office, db)
    this = f"{day:%Y-%m}"
    months = tuple(month_after(this, by) for by in range(MONTHS_AHEAD))
    found = Counter[str]()
    for due_day, count in due_days(db, office.inventory).items():
        found[f"{max(due_day, day):%Y-%m}"] += count
    return Series(months, (Part("ahead", tuple(found[month] for month in months)),))


def _training(office: OpenOffice, db: Connection, now_ms: int) -> Series:
    """People by lesson, of those whose role needs it."""
    found = Counter[tuple[str, str]]()
    for learner in learners_of(office, db, everybody(office), now_ms):
        for one in learner.lessons:
            state = LACKING if one.is_due(now_ms) else ENDS_SOON if one.ends_soon(now_ms) else COUNTS
            found[state, one.lesson] += 1
    parts = tuple(Part(state, tuple(found[state, code] for code in LESSONS)) for state in (COUNTS, ENDS_SOON, LACKING))
    return Series(LESSONS, parts)
