"""Having a link sent to its customer: whoever asks learns that it was sent and until when it is good, and nothing else.

Links are made and settled in transactions of their own; between them IT's program works, and holds no connection. A
link that was not sent is void at once, and counts as one of the day: what fails is not tried without end.
"""

from collections.abc import Callable

from app.backoffice.customer_page.links import NewLink, make_link
from app.backoffice.customer_page.store import digest_of
from app.backoffice.gateways import database_now_ms
from app.backoffice.office import OpenOffice
from app.backoffice.page_tables import page_links
from app.backoffice.privacy.at_desk import record_of_number
from app.backoffice.privacy.duty_gate import must_have
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.domain.errors import NotAllowedError, WorkstationError
from app.domain.privacy.duties import Duty

EVENT = "page.sent"
SendLink = Callable[[NewLink], None]
"""Sends one by IT's program.

Raises:
    PageNotSentError: it did not, and why.
"""


class PageNotSentError(WorkstationError):
    """The program that sends pages did not do it."""

    def __init__(self, message: str, *, code: str = "page_not_sent") -> None:
        super().__init__(message, code=code)


def link_to_send(
    office: OpenOffice, session: Session, record: bytes | None, number: str, *, is_offered: bool
) -> tuple[bytes, NewLink]:
    """Make a link that is about to be sent; whose it is, and the link.

    Args:
        office: the open office.
        session: who asks.
        record: whose; or None, and
        number: the customer's number.
        is_offered: whether this office sends pages at all.

    Raises:
        NotAllowedError: code `role_privacy`, `not_in_queue`, `no_customer`, `page_not_offered`, or `links`. Logged.
        InputRefusedError: code `no_page_notice`. Logged.
    """
    with refusals_logged(office, session, EVENT, record=record.hex() if record is not None else ""):
        must_have(session, Duty.RECORD_CONSENT)
        if record is None:
            record = record_of_number(office, session, number)
        if not is_offered:
            raise NotAllowedError(
                "This office sends no pages: IT sets that up at a gateway ([page]). Show the page at this desk: "
                "tirai privacy page show NUMBER --loopback",
                code="page_not_offered",
            )
    return record, make_link(office, session, record)


def settle(office: OpenOffice, session: Session, record: bytes, link: NewLink, failed: str = "") -> None:
    """Write down what became of a link; one that was not sent opens nothing from now on.

    Args:
        office: the open office.
        session: who asked.
        record: whose.
        link: which.
        failed: code of why it was not sent; empty: it was.
    """
    digest = digest_of(link.token)
    with office.writing() as db:
        if failed:
            void = page_links.update().where(page_links.c.digest == digest)
            db.execute(void.values(expires_ms=database_now_ms(db, office.clock)))
        said = {"record": record.hex(), "reference": digest.hex()[:32], "reason": failed}
        office.log.append(db, EVENT, "failed" if failed else "ok", **said, **session.log_fields())
