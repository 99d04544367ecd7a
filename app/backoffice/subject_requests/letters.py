"""The letter about a request that has ended; that it was made stands in the log, and its first time in the register."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Row

from app.api.messages.subject_requests import AskLetter
from app.backoffice.erasure.asked_by import orders_for
from app.backoffice.letter_paper import letter_pdf
from app.backoffice.letter_sender import sender_of
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.backoffice.subject_requests.holds import lifted_at
from app.backoffice.subject_requests.outsiders import NOBODY
from app.backoffice.subject_requests.rows import RequestRow, customer_of, found_row, log
from app.backoffice.subject_tables import subject_requests
from app.domain.access_words import AccessWords
from app.domain.erasure.words import OrderState
from app.domain.errors import NotAllowedError
from app.domain.subject_requests.letters import Answered, letter_about
from app.domain.subject_requests.steps import may_work
from app.domain.subject_requests.words import RefusalReason, RequestKind, RequestState

MADE = "request.letter"


def make_letter(office: OpenOffice, session: Session, request: bytes, asked: AskLetter) -> bytes:
    """The letter as a PDF, in `en` or `id`, in large print for whom small letters shut out (UU PDP art. 26).

    Raises:
        NotAllowedError: code `role`, `no_request`, or `not_ended`. Logged.
    """
    with refusals_logged(office, session, MADE, reference=request.hex()):
        if not may_work(session.role):
            raise NotAllowedError("Only privacy officers write letters about requests.", code="role")
        with office.writing() as db:
            row = found_row(office, db, session, request)
            if row.ended_ms is None:
                raise NotAllowedError("End the request first.", code="not_ended")
            customer, now = customer_of(db, row.record), office.clock.now_ms()
            number = str(customer.number) if customer is not None else ""
            if row.letter_ms is None:
                db.execute(subject_requests.update().where(subject_requests.c.id == row.id).values(letter_ms=now))
            order = orders_for(db, [row]).get(bytes(row.id))
            lifted_ms = lifted_at(db, row.id)
            language, large = asked.language, " print=large" if asked.is_large else ""
            log(office, db, session, MADE, row, detail=f"language={language}{large}" + _order_said(order))
    words = AccessWords(language, office.inventory, office.policy)
    answered = replace(_answered(office, row, number, language, order), lifted_ms=lifted_ms)
    letter = letter_about(answered, sender_of(office), language, words.moment)
    return letter_pdf(letter, now, is_large=asked.is_large)


def _order_said(order: Row[Any] | None) -> str:
    return f" order={order.number}" if order is not None else ""


def _answered(
    office: OpenOffice, row: RequestRow, customer_number: str, language: str, order: Row[Any] | None
) -> Answered:
    is_over = order is not None and order.state == OrderState.DONE
    names = {purpose.name: purpose for purpose in office.inventory.purposes}
    labels = (
        names[name].label_id if language == "id" else names[name].label_en
        for name in row.purposes.split()
        if name in names
    )
    return Answered(
        number=row.number,
        customer_number=customer_number,
        kind=RequestKind(row.kind),
        purposes=tuple(labels),
        received_ms=row.received_ms,
        due_ms=row.due_ms,
        ended_ms=row.ended_ms,
        state=RequestState(row.state),
        refusal=RefusalReason(row.refusal) if row.refusal else None,
        order=order.number if order is not None and is_over else 0,
        erased_ms=order.ended_ms if order is not None and is_over else 0,
        is_outsiders=row.record == NOBODY,
    )
