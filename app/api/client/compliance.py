"""The client's calls of the office's proof. The whole log is read for each, so they are given time."""

from app.api.client.client import ApiClient
from app.api.client.paths import in_path
from app.api.messages.compliance import (
    AskComplianceDocument,
    AskControls,
    AskPack,
    ComplianceDocument,
    Controls,
    ProofFar,
)
from app.api.messages.compliance_figures import ComplianceFigures
from app.api.messages.wire import Done

LOOK_TIMEOUT_S = 120.0


def controls(client: ApiClient, request: AskControls) -> Controls:
    """Each control as it stands now."""
    return client.call("POST", "/v1/privacy/compliance/controls", Controls, request, timeout_s=LOOK_TIMEOUT_S)


def how_far(client: ApiClient, request: bytes) -> ProofFar:
    """How far it is what this session waits for, by its id."""
    return client.call("GET", f"/v1/privacy/compliance/looks/{in_path(request)}", ProofFar)


def stop(client: ApiClient, request: bytes) -> None:
    """Have the office stop; what is made or unknown is left as it is."""
    client.call("DELETE", f"/v1/privacy/compliance/looks/{in_path(request)}", Done)


def figures(client: ApiClient) -> ComplianceFigures:
    """How the office has kept its duties over the months; each customer's dates are read for it."""
    return client.call("GET", "/v1/privacy/compliance/figures", ComplianceFigures, timeout_s=LOOK_TIMEOUT_S)


def document(client: ApiClient, request: AskComplianceDocument) -> ComplianceDocument:
    """A document; each stands in the log, so it is never sent twice by itself."""
    return client.call("POST", "/v1/privacy/compliance/document", ComplianceDocument, request, timeout_s=LOOK_TIMEOUT_S)


def pack(client: ApiClient, request: AskPack) -> ComplianceDocument:
    """All of it in one signed file; as `document`."""
    return client.call("POST", "/v1/privacy/compliance/pack", ComplianceDocument, request, timeout_s=LOOK_TIMEOUT_S)
