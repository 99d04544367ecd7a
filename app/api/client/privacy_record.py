"""The client's calls of the record of processing activities."""

from app.api.client.client import ApiClient
from app.api.messages.privacy_record import AskRecordPdf, FieldUses, RecordPdf

PDF_TIMEOUT_S = 60.0


def record_pdf(client: ApiClient, request: AskRecordPdf) -> RecordPdf:
    """The record as a document; each stands in the log, so it is never sent twice by itself."""
    return client.call("POST", "/v1/privacy/record/pdf", RecordPdf, request, timeout_s=PDF_TIMEOUT_S)


def field_uses(client: ApiClient) -> FieldUses:
    """Which fields are used."""
    return client.call("GET", "/v1/privacy/record/uses", FieldUses)
