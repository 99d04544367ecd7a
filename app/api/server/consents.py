"""Routes of consents, and of one customer's privacy panel."""

import asyncio
from typing import Annotated

from fastapi import Depends
from fastapi.concurrency import run_in_threadpool

from app.api.messages.consents import (
    AskAtDesk,
    AskReceipt,
    ConsentCounts,
    CustomerAtDesk,
    CustomerPrivacy,
    OfCustomer,
    ReceiptFile,
    RecordConsent,
    SendPage,
    SentPage,
)
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice.customer_page.sending import link_to_send, settle
from app.backoffice.privacy.at_desk import customer_at_desk
from app.backoffice.privacy.consent_counts import consent_counts
from app.backoffice.privacy.consents import receipt_of, record_consent
from app.backoffice.privacy.panel import customer_privacy
from app.domain.errors import TiraiError

router = office_router("/v1/privacy")
Who = Annotated[Asking, Depends(asking)]


@router.post("/customer")
def panel(who: Who, body: OfCustomer) -> CustomerPrivacy:
    """How one customer's purposes stand."""
    shown = customer_privacy(who.office, who.session, body.record)
    sends = who.service.send_page is not None and shown.may_record and bool(shown.notice)
    return shown.model_copy(update={"sends_page": sends})


@router.post("/customer/at-desk")
def at_desk(who: Who, body: AskAtDesk) -> CustomerAtDesk:
    """Show a customer their page at a desk."""
    return customer_at_desk(who.office, who.session, body.number)


@router.post("/customer/page")
async def send_page(who: Who, body: SendPage) -> SentPage:
    """Have a customer sent a link to their page; the program runs beside the threads that answer others."""
    send = who.service.send_page
    record, link = await run_in_threadpool(
        link_to_send, who.office, who.session, body.record, body.number, is_offered=send is not None
    )
    assert send is not None, "it is refused otherwise"
    failed = "fault"
    try:
        await asyncio.to_thread(send, link)
        failed = ""
    except TiraiError as e:
        failed = e.code
        raise
    finally:
        await run_in_threadpool(settle, who.office, who.session, record, link, failed)
    return SentPage(expires_ms=link.expires_ms)


@router.post("/consents")
def record(who: Who, body: RecordConsent) -> ReceiptFile:
    """Write down what a customer said; the receipt."""
    return ReceiptFile(text=record_consent(who.office, who.session, body))


@router.post("/consents/receipt")
def receipt(who: Who, body: AskReceipt) -> ReceiptFile:
    """A receipt once more."""
    return ReceiptFile(text=receipt_of(who.office, who.session, body.record, body.id))


@router.get("/consents/counts")
def counts(who: Who) -> ConsentCounts:
    """How many agreed to what."""
    return consent_counts(who.office, who.session)
