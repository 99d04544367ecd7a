"""A customer's own page, shown at a desk: whose it is, by number, with an entry that it was shown."""

from contextlib import suppress

from sqlalchemy import select

from app.api.messages.consents import CustomerAtDesk
from app.backoffice import schema
from app.backoffice.customers import visible
from app.backoffice.office import OpenOffice
from app.backoffice.privacy.duty_gate import must_have
from app.backoffice.privacy.panel import customer_privacy
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.domain.errors import NotAllowedError
from app.domain.privacy.duties import Duty
from app.sources.records import BadCellError, normalise

EVENT = "page.shown"


def customer_at_desk(office: OpenOffice, session: Session, untrusted_number: str) -> CustomerAtDesk:
    """The customer of the account's queues who has this number.

    Raises:
        NotAllowedError: code `role_privacy` or `no_customer`. Logged.
        AuditUnwritableError: the entry cannot be written.
    """
    with refusals_logged(office, session, EVENT):
        must_have(session, Duty.RECORD_CONSENT)
        record = record_of_number(office, session, untrusted_number)
        answer = CustomerAtDesk(record=record, privacy=customer_privacy(office, session, record))
        with office.writing() as db:
            office.log.append(db, EVENT, record=record.hex(), **session.log_fields())
    return answer


def record_of_number(office: OpenOffice, session: Session, untrusted_number: str) -> bytes:
    """The record of the customer of the account's queues who has this number.

    Raises:
        NotAllowedError: code `no_customer`.
    """
    table, kind = schema.customers.c, office.inventory.field(office.inventory.record.number).kind
    with suppress(BadCellError), office.database.reading() as db:
        number = normalise(kind, untrusted_number) or ""
        record: bytes | None = db.execute(visible(session, select(table.record)).where(table.number == number)).scalar()
        if record is not None:
            return record
    raise NotAllowedError("No customer of your queues has this number.", code="no_customer")
