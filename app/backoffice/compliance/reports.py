"""The compliance report as a use case of the office: looked at now, its entry in the log before it leaves."""

from typing import Literal

from app.backoffice.acting import for_the_office
from app.backoffice.class_grants import display_names
from app.backoffice.compliance.evidence import findings
from app.backoffice.compliance.look import Look
from app.backoffice.compliance.report_document import ReportDocument
from app.backoffice.compliance.report_html import html_of
from app.backoffice.compliance.report_pdf import pdf_of
from app.backoffice.office import OpenOffice
from app.backoffice.privacy.duty_gate import must_have
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.domain.access_words import AccessWords
from app.domain.compliance.finding import Finding
from app.domain.compliance.report_words import ReportWords
from app.domain.privacy.duties import Duty

MADE = "compliance.report_made"
Form = Literal["html", "pdf"]


def controls_now(office: OpenOffice, session: Session) -> tuple[Finding, ...]:
    """Each control as it stands now.

    Raises:
        NotAllowedError: code `role_privacy`. The refusal stands in the log.
    """
    with refusals_logged(office, session, "compliance.read"):
        must_have(session, Duty.PROVE)
    with office.database.reading() as db, for_the_office(db):
        return findings(Look.at(office, db))


def report(office: OpenOffice, session: Session, language: str, form: Form) -> tuple[bytes, int]:
    """The report as a document, and the number of its entry.

    Raises:
        NotAllowedError: code `role_privacy`. The refusal stands in the log.
        AuditUnwritableError: the entry cannot be written; nothing is made.
    """
    document = report_document(office, session, language)
    return (html_of(document) if form == "html" else pdf_of(document)), document.entry


def report_document(office: OpenOffice, session: Session, language: str) -> ReportDocument:
    """What a report is made of: looked at first, so that its own entry does not count as a look at the log."""
    rows = controls_now(office, session)
    met = sum(one.found.is_met for one in rows)
    with office.writing() as db:
        made_ms = office.clock.now_ms()
        detail = f"language={language} met={met} controls={len(rows)}"
        entry = office.log.append(db, MADE, detail=detail, **session.log_fields())
        made_by = display_names(db).get(session.name, session.name)
        is_postgres = db.dialect.name == "postgresql"
    made_at = AccessWords(language, office.inventory, office.policy).moment(made_ms)
    name, words = office.plate.name, ReportWords(language)
    return ReportDocument(name, office.id.hex(), is_postgres, rows, made_by, made_at, made_ms, entry, words)
