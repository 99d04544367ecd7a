"""Access review, impact assessment and evidence pack as use cases of the office: each stands in the log first."""

import json
import platform
import sqlite3
from dataclasses import asdict

from sqlalchemy import Connection

import app
from app.api.messages.since import all_said
from app.api.messages.wire import Message
from app.auth.book_messages import entry_message
from app.auth.evidence_pack import AUDIT, BOOK, POLICY, packed
from app.backoffice import log_proof, schema
from app.backoffice.acting import for_the_office
from app.backoffice.class_grants import display_names
from app.backoffice.compliance import section_html, section_pdf
from app.backoffice.compliance.access_review import review_sections
from app.backoffice.compliance.assessment import assessment_sections
from app.backoffice.compliance.evidence import Tell, findings, nobody_waits
from app.backoffice.compliance.look import Look
from app.backoffice.compliance.on_log import ASSESSMENT_MADE, REVIEW_MADE
from app.backoffice.compliance.report_html import html_of
from app.backoffice.compliance.report_pdf import pdf_of
from app.backoffice.compliance.reports import Form, report_document
from app.backoffice.letter_sender import sender_of
from app.backoffice.office import OpenOffice
from app.backoffice.privacy.duty_gate import must_have
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.domain.access_words import AccessWords
from app.domain.compliance.document_words import DocumentWords
from app.domain.compliance.finding import Finding
from app.domain.compliance.sections import SectionedDocument
from app.domain.privacy.duties import Duty

PACKED = "compliance.packed"


def review(
    office: OpenOffice, session: Session, language: str, form: Form, tell: Tell = nobody_waits
) -> tuple[bytes, int]:
    """The access review, and the number of its entry; `tell` as in `findings`.

    Raises:
        NotAllowedError: code `role_privacy`. The refusal stands in the log.
        AuditUnwritableError: the entry cannot be written; nothing is made.
    """
    document, entry = _made(office, session, "review", language, tell=tell)
    return _in_form(document, form), entry


def assessment(
    office: OpenOffice, session: Session, language: str, form: Form, tell: Tell = nobody_waits
) -> tuple[bytes, int]:
    """The impact assessment's draft, and the number of its entry; `tell` as in `findings`.

    Raises:
        NotAllowedError: code `role_privacy`. The refusal stands in the log.
        AuditUnwritableError: the entry cannot be written; nothing is made.
    """
    document, entry = _made(office, session, "dpia", language, tell=tell)
    return _in_form(document, form), entry


def pack(office: OpenOffice, session: Session, language: str, tell: Tell = nobody_waits) -> tuple[bytes, int]:
    """All of it in one signed file, and the number of its entry; `tell` as in `findings`.

    Raises:
        NotAllowedError: code `role_privacy`. The refusal stands in the log.
        VerificationError: code `log`: the log does not hold, so nothing is proved by it.
        AuditUnwritableError: the entry cannot be written; nothing is made.
    """
    report = report_document(office, session, language, tell, more=1)
    log_proof.check_whole(office)
    files = {
        "report.html": html_of(report),
        "report.pdf": pdf_of(report),
        "controls.json": _json([_row(one) for one in report.findings]),
        "figures.json": _json({name: asdict(series) for name, series in report.plots()}),
        "training.json": _json(_whole(report.learning)),
        POLICY: office.policy.text.encode(),
        "inventory.toml": office.inventory.text.encode(),
        "versions.json": _json(_versions(office)),
    }
    for name, kind in (("access-review", "review"), ("impact-assessment", "dpia")):
        document, _entry = _made(office, session, kind, language, report.findings)
        files[f"{name}.html"] = section_html.html_of(document)
    with office.writing() as db:
        entry = office.log.append(db, PACKED, detail=f"language={language}", **session.log_fields())
        made_by = display_names(db).get(session.name, session.name)
        files[BOOK] = _json([_whole(entry_message(one)) for one in office.book.entries])
        files[AUDIT] = _json(_proof(office, db))
    facts = {
        "office": office.id.hex(), "root": office.plate.root.hex(), "office_name": office.plate.name,
        "made_by": made_by, "made_ms": office.clock.now_ms(), "entry": entry,
    }  # fmt: skip
    return packed(files, facts, office.id, office.keys.checkpoint_seed), entry


def _proof(office: OpenOffice, db: Connection) -> dict[str, object]:
    """Length and head of the log as it stands now, signed."""
    number, head = office.log.head(db)
    office.log.checkpoint(db)
    mark = office.log.checkpoint_at_or_after(db, number)
    assert mark is not None, "it was signed just now"
    return {"entries": number, "head": head.hex(), "signature": mark.signature.hex()}


def _versions(office: OpenOffice) -> dict[str, object]:
    return {
        "tirai": app.__version__, "schema": schema.SCHEMA_VERSION, "python": platform.python_version(),
        "system": platform.system(), "sqlite": sqlite3.sqlite_version, "policy": office.book.policy_version,
        "inventory": office.inventory.digest.hex(),
    }  # fmt: skip


def _row(one: Finding) -> dict[str, object]:
    return {
        "source": one.control.source.value, "article": one.control.article, "evidence": one.control.evidence,
        "asks": one.control.en, "met": one.found.is_met, "shown": one.found.en, "at_ms": one.at_ms,
    }  # fmt: skip


def _whole(message: Message) -> dict[str, object]:
    with all_said():
        return message.model_dump(mode="json")


def _json(what: object) -> bytes:
    return json.dumps(what, ensure_ascii=False, indent=1).encode()


def _in_form(document: SectionedDocument, form: Form) -> bytes:
    return section_html.html_of(document) if form == "html" else section_pdf.pdf_of(document)


_EVENTS = {"review": REVIEW_MADE, "dpia": ASSESSMENT_MADE}


def _made(
    office: OpenOffice,
    session: Session,
    kind: str,
    language: str,
    rows: tuple[Finding, ...] = (),
    tell: Tell = nobody_waits,
) -> tuple[SectionedDocument, int]:
    words = DocumentWords(language)
    with refusals_logged(office, session, _EVENTS[kind]):
        must_have(session, Duty.PROVE)
    with office.database.reading() as db, for_the_office(db):
        look = Look.at(office, db)
        if kind == "dpia" and not rows:
            rows = findings(look, tell)
        sections = review_sections(look, language) if kind == "review" else assessment_sections(look, rows, language)
    with office.writing() as db:
        made_ms = office.clock.now_ms()
        entry = office.log.append(db, _EVENTS[kind], detail=f"language={language}", **session.log_fields())
        made_by = display_names(db).get(session.name, session.name)
    made_at = AccessWords(language, office.inventory, office.policy).moment(made_ms)
    facts = (
        (words.text("office"), sender_of(office).full_name),
        (words.text("made"), made_at),
        (words.text("made_by"), made_by),
        (words.text("entry"), str(entry)),
    )
    return SectionedDocument(
        title=words.text(f"{kind}.title"),
        about=words.text(f"{kind}.about"),
        language=words.language,
        office_name=sender_of(office).full_name,
        made_ms=made_ms,
        facts=facts,
        sections=sections,
        page=words.text("page", n="{n}", total="{total}"),
    ), entry
