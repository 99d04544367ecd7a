"""The record of processing activities as a document of the office: its entry is in the log before it is made."""

from sqlalchemy import func, select

from app.backoffice import schema
from app.backoffice.acting import for_the_office
from app.backoffice.class_grants import display_names
from app.backoffice.office import OpenOffice
from app.backoffice.privacy.duty_gate import must_have
from app.backoffice.privacy.record_html import html_of
from app.backoffice.privacy.record_pdf import RecordDocument, pdf_of
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.domain.access_words import AccessWords
from app.domain.privacy.duties import Duty
from app.domain.privacy.processing_record import processing_record
from app.domain.privacy.record_words import RecordSaid

MADE = "privacy.record_made"


def record_document(office: OpenOffice, session: Session, language: str, form: str = "pdf") -> tuple[bytes, int]:
    """The record as it stands now, and the number of its entry.

    Raises:
        NotAllowedError: code `role_privacy`. The refusal stands in the log.
        AuditUnwritableError: the entry cannot be written; nothing is made.
    """
    with refusals_logged(office, session, MADE):
        must_have(session, Duty.READ_RECORD)
    said = RecordSaid(processing_record(office.inventory), office.inventory, office.policy, language)
    with office.writing() as db:
        made_ms = office.clock.now_ms()
        detail = f"language={language} inventory={office.inventory.digest.hex()[:16]}"
        entry = office.log.append(db, MADE, detail=detail, **session.log_fields())
        made_by = display_names(db).get(session.name, session.name)
        with for_the_office(db):  # how much there is, in whichever queue
            imports = select(func.count()).where(schema.imports.c.committed, schema.imports.c.kind == "import")
            counts = (
                db.execute(imports).scalar_one(),
                db.execute(select(func.count(schema.collected.c.id))).scalar_one(),
            )
    made_at = AccessWords(language, office.inventory, office.policy).moment(made_ms)
    document = RecordDocument(office.plate.name, said, made_by, made_at, made_ms, *counts)
    return html_of(document) if form == "html" else pdf_of(document), entry
