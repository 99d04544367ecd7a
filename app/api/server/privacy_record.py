"""Routes of the record of processing activities."""

from typing import Annotated

from fastapi import Depends

from app.api.messages.privacy_record import AskRecordPdf, FieldUses, RecordPdf
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice.privacy.field_uses import uses_of_fields
from app.backoffice.privacy.records import record_document

router = office_router("/v1/privacy/record")
Who = Annotated[Asking, Depends(asking)]


@router.post("/pdf")
def make_pdf(who: Who, body: AskRecordPdf) -> RecordPdf:
    """The record as a document."""
    pdf, entry = record_document(who.office, who.session, body.language, body.form)
    return RecordPdf(pdf=pdf, entry=entry)


@router.get("/uses")
def uses(who: Who) -> FieldUses:
    """Which fields are used."""
    return uses_of_fields(who.office, who.session)
