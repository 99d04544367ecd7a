"""Routes of consents, and of one customer's privacy panel."""

from typing import Annotated

from fastapi import Depends

from app.api.messages.consents import (
    AskAtDesk,
    AskReceipt,
    ConsentCounts,
    CustomerAtDesk,
    CustomerPrivacy,
    OfCustomer,
    ReceiptFile,
    RecordConsent,
)
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice.privacy.at_desk import customer_at_desk
from app.backoffice.privacy.consent_counts import consent_counts
from app.backoffice.privacy.consents import receipt_of, record_consent
from app.backoffice.privacy.panel import customer_privacy

router = office_router("/v1/privacy")
Who = Annotated[Asking, Depends(asking)]


@router.post("/customer")
def panel(who: Who, body: OfCustomer) -> CustomerPrivacy:
    """How one customer's purposes stand."""
    return customer_privacy(who.office, who.session, body.record)


@router.post("/customer/at-desk")
def at_desk(who: Who, body: AskAtDesk) -> CustomerAtDesk:
    """Show a customer their page at a desk."""
    return customer_at_desk(who.office, who.session, body.number)


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
