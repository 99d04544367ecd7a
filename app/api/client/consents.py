"""The client's calls of consents and one customer's privacy panel."""

from app.api.client.client import ApiClient
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

_SENDING_S = 45.0
"""Longer than IT's program may take (`[page] timeout_s`)."""


def panel(client: ApiClient, record: bytes) -> CustomerPrivacy:
    """How one customer's purposes stand."""
    return client.call("POST", "/v1/privacy/customer", CustomerPrivacy, OfCustomer(record=record), again=True)


def at_desk(client: ApiClient, number: str) -> CustomerAtDesk:
    """The customer who has a number, for their page at a desk."""
    return client.call("POST", "/v1/privacy/customer/at-desk", CustomerAtDesk, AskAtDesk(number=number))


def send_page(client: ApiClient, whom: SendPage) -> SentPage:
    """Have a customer sent a link to their page; asked once, since each one that is sent is another one."""
    return client.call("POST", "/v1/privacy/customer/page", SentPage, whom, timeout_s=_SENDING_S)


def record_consent(client: ApiClient, request: RecordConsent) -> ReceiptFile:
    """Write down what a customer said."""
    return client.call("POST", "/v1/privacy/consents", ReceiptFile, request, again=True)


def receipt(client: ApiClient, request: AskReceipt) -> ReceiptFile:
    """A receipt once more."""
    return client.call("POST", "/v1/privacy/consents/receipt", ReceiptFile, request, again=True)


def counts(client: ApiClient) -> ConsentCounts:
    """How many agreed to what."""
    return client.call("GET", "/v1/privacy/consents/counts", ConsentCounts)
