"""The compliance report as a use case of the office: looked at now, its entry in the log before it leaves."""

from typing import Literal

from app.backoffice.acting import for_the_office
from app.backoffice.class_grants import display_names
from app.backoffice.compliance.evidence import Tell, findings, nobody_waits, pieces
from app.backoffice.compliance.figures import figures_of
from app.backoffice.compliance.look import Look
from app.backoffice.compliance.report_document import ReportDocument
from app.backoffice.compliance.report_html import html_of
from app.backoffice.compliance.report_pdf import pdf_of
from app.backoffice.letter_sender import sender_of
from app.backoffice.office import OpenOffice
from app.backoffice.privacy.duty_gate import must_have
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.backoffice.training.report import everybody, report_of
from app.domain.access_words import AccessWords
from app.domain.compliance.figure_texts import FigureTexts
from app.domain.compliance.finding import Finding
from app.domain.compliance.report_words import ReportWords
from app.domain.privacy.duties import Duty

MADE = "compliance.report_made"
Form = Literal["html", "pdf"]
_PARTS = 2
"""Of a report beside its controls: figures and training."""


def controls_now(office: OpenOffice, session: Session, tell: Tell = nobody_waits) -> tuple[Finding, ...]:
    """Each control as it stands now; `tell` as in `findings`.

    Raises:
        NotAllowedError: code `role_privacy`. The refusal stands in the log.
    """
    with refusals_logged(office, session, "compliance.read"):
        must_have(session, Duty.PROVE)
    with office.database.reading() as db, for_the_office(db):
        return findings(Look.at(office, db), tell)


def report(
    office: OpenOffice, session: Session, language: str, form: Form, tell: Tell = nobody_waits
) -> tuple[bytes, int]:
    """The report as a document, and the number of its entry; `tell` as in `findings`.

    Raises:
        NotAllowedError: code `role_privacy`. The refusal stands in the log.
        AuditUnwritableError: the entry cannot be written; nothing is made.
    """
    document = report_document(office, session, language, tell)
    return (html_of(document) if form == "html" else pdf_of(document)), document.entry


def report_document(
    office: OpenOffice, session: Session, language: str, tell: Tell = nobody_waits, *, more: int = 0
) -> ReportDocument:
    """What a report is made of: looked at first, so that its own entry does not count as a look at the log."""
    with refusals_logged(office, session, "compliance.read"):
        must_have(session, Duty.PROVE)
    with office.database.reading() as db, for_the_office(db):
        look = Look.at(office, db)
        rows, seen, total = findings(look, tell, more=_PARTS + more), pieces(), pieces() + _PARTS + more
        tell(seen, total)
        figures = figures_of(office, db, look.now_ms)
        tell(seen + 1, total)
        learning = report_of(office, db, everybody(office), look.now_ms)
    tell(seen + _PARTS, total)
    met = sum(one.found.is_met for one in rows)
    with office.writing() as db:
        made_ms = office.clock.now_ms()
        detail = f"language={language} met={met} controls={len(rows)}"
        entry = office.log.append(db, MADE, detail=detail, **session.log_fields())
        made_by = display_names(db).get(session.name, session.name)
        is_postgres = db.dialect.name == "postgresql"
    made_at = AccessWords(language, office.inventory, office.policy).moment(made_ms)
    return ReportDocument(
        office_name=sender_of(office).full_name,
        office=office.id.hex(),
        is_postgres=is_postgres,
        findings=rows,
        figures=figures,
        learning=learning,
        made_by=made_by,
        made_at=made_at,
        made_ms=made_ms,
        entry=entry,
        words=ReportWords(language),
        texts=FigureTexts(language, office.inventory),
    )
