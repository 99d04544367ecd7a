"""The client's calls about erasing customers and legal holds."""

from app.api.client.client import ApiClient
from app.api.client.paths import in_path
from app.api.messages.erasure import (
    ApproveErasure,
    AskCustomer,
    AskNotices,
    Certificate,
    CertificatePdf,
    CustomerMark,
    EachNotices,
    ErasureDetail,
    ErasureProposed,
    ErasureRows,
    Holds,
    HoldSet,
    ProposeErasure,
    SayNoticesKept,
    SetHold,
)
from app.api.messages.wire import Done


def orders(client: ApiClient) -> ErasureRows:
    """All orders."""
    return client.call("GET", "/v1/erasures", ErasureRows)


def order(client: ApiClient, key: bytes) -> ErasureDetail:
    """One order with its customers."""
    return client.call("GET", f"/v1/erasures/{in_path(key)}", ErasureDetail)


def customer(client: ApiClient, request: AskCustomer) -> CustomerMark:
    """Which customer has a number."""
    return client.call("POST", "/v1/erasures/customer", CustomerMark, request)


def propose(client: ApiClient, request: ProposeErasure) -> ErasureProposed:
    """Propose an order."""
    return client.call("POST", "/v1/erasures", ErasureProposed, request)


def approve(client: ApiClient, key: bytes, request: ApproveErasure) -> None:
    """Approve an order."""
    client.call("POST", f"/v1/erasures/{in_path(key)}/approve", Done, request)


def drop(client: ApiClient, key: bytes) -> None:
    """Withdraw or refuse an order."""
    client.call("DELETE", f"/v1/erasures/{in_path(key)}", Done)


def letters(client: ApiClient, key: bytes, request: AskNotices) -> EachNotices:
    """The next letters to the people of an order; each stands in the log, so it is never sent twice by itself."""
    return client.call("POST", f"/v1/erasures/{in_path(key)}/letters", EachNotices, request, timeout_s=60.0)


def letters_kept(client: ApiClient, key: bytes, said: SayNoticesKept) -> None:
    """They lie in a file."""
    client.call("POST", f"/v1/erasures/{in_path(key)}/letters/kept", Done, said)


def certificate(client: ApiClient, key: bytes) -> Certificate:
    """The certificate of an order."""
    return client.call("GET", f"/v1/erasures/{in_path(key)}/certificate", Certificate)


def certificate_pdf(client: ApiClient, key: bytes, language: str) -> CertificatePdf:
    """The same on paper, in `en` or `id`."""
    return client.call("GET", f"/v1/erasures/{in_path(key)}/certificate/{language}", CertificatePdf)


def holds(client: ApiClient) -> Holds:
    """Holds that stand."""
    return client.call("GET", "/v1/holds", Holds)


def set_hold(client: ApiClient, request: SetHold) -> HoldSet:
    """Hold a customer."""
    return client.call("POST", "/v1/holds", HoldSet, request)


def lift_hold(client: ApiClient, key: bytes) -> None:
    """Lift a hold."""
    client.call("DELETE", f"/v1/holds/{in_path(key)}", Done)
