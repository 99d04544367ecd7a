"""How many customers agreed to what: the last word of each, over everybody, by purpose."""

from sqlalchemy import func, select

from app.api.messages.consents import ConsentCount, ConsentCounts
from app.backoffice import schema
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.office import OpenOffice
from app.backoffice.privacy.duty_gate import must_have
from app.backoffice.privacy_schema import consents
from app.backoffice.sessions import Session
from app.domain.privacy.consent import asks_for_consent
from app.domain.privacy.duties import Duty


def consent_counts(office: OpenOffice, session: Session) -> ConsentCounts:
    """Counts by purpose; numbers alone, so they are of every queue.

    Raises:
        NotAllowedError: code `role_privacy`.
    """
    must_have(session, Duty.READ_CONSENTS)
    last = select(func.max(consents.c.number)).group_by(consents.c.record, consents.c.purpose)
    query = select(consents.c.purpose, consents.c.given, func.count()).where(consents.c.number.in_(last))
    with acting_for(OFFICE), office.database.reading() as db:
        rows = db.execute(query.group_by(consents.c.purpose, consents.c.given)).all()
        customers = db.execute(select(func.count()).select_from(schema.customers)).scalar_one()
    counted = {(purpose, given): n for purpose, given, n in rows}
    lines = tuple(
        ConsentCount(
            purpose=one.name, given=counted.get((one.name, True), 0), withdrawn=counted.get((one.name, False), 0)
        )
        for one in asks_for_consent(office.inventory)
    )
    return ConsentCounts(counts=lines, customers=customers, by=session.name)
