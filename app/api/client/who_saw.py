"""The client's calls of "who saw my data"."""

from app.api.client.client import ApiClient
from app.api.client.paths import in_path
from app.api.messages.who_saw import AskWhoSaw, AskWhoSawPdf, PdfHowFar, WhoSaw, WhoSawPdf
from app.api.messages.wire import Done

PDF_TIMEOUT_S = 180.0
"""The office reads its whole log first, some 30 s for a million entries."""


def who_saw(client: ApiClient, request: AskWhoSaw) -> WhoSaw:
    """The accesses to one customer's data; never sent twice by itself, since each asking stands in the log."""
    return client.call("POST", "/v1/who-saw", WhoSaw, request)


def who_saw_pdf(client: ApiClient, request: AskWhoSawPdf) -> WhoSawPdf:
    """The same as a document."""
    return client.call("POST", "/v1/who-saw/pdf", WhoSawPdf, request, timeout_s=PDF_TIMEOUT_S)


def pdf_how_far(client: ApiClient, request: bytes) -> PdfHowFar:
    """How far a document of this session is, by its id."""
    return client.call("GET", f"/v1/who-saw/pdf/{in_path(request)}", PdfHowFar)


def stop_pdf(client: ApiClient, request: bytes) -> None:
    """Have the office stop making it; one that is made or unknown is left as it is."""
    client.call("DELETE", f"/v1/who-saw/pdf/{in_path(request)}", Done)
