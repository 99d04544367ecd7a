"""The draft of an impact assessment (UU PDP article 34), filled from the inventory and from the office as it is now.

Nothing in it is true of every office: what the inventory does not say is not said, and what people have to judge is an
empty cell.
"""

from sqlalchemy import func, select

from app.auth.book import State
from app.backoffice import schema
from app.backoffice.compliance.look import Look
from app.domain.compliance.controls import Source
from app.domain.compliance.document_words import DocumentWords
from app.domain.compliance.finding import Finding
from app.domain.compliance.sections import Section
from app.domain.privacy.processing_record import processing_record
from app.domain.privacy.record_words import RecordSaid
from app.domain.role import Role


def assessment_sections(look: Look, rows: tuple[Finding, ...], language: str) -> tuple[Section, ...]:
    """The draft in a language.

    Args:
        look: the office.
        rows: its controls as they stand.
        language: `en` or `id`.
    """
    words, record = DocumentWords(language), processing_record(look.inventory)
    said = RecordSaid(record, look.inventory, look.policy, language)
    activities = said.activities()
    law = tuple(one for one in rows if one.control.source is Source.UU_PDP)
    return (
        Section(words.text("dpia.why"), (_specific(look, words), _scale(look, words))),
        Section(
            words.text("dpia.activities"),
            columns=tuple(words.text(f"dpia.{key}") for key in ("purpose", "grounds", "data", "recipients", "kept")),
            rows=tuple((one.purpose, one.bases, one.data, one.recipients, one.kept) for one in activities),
        ),
        Section(words.text("dpia.opens"), columns=(words.text("class"), words.text("person")), rows=said.opens()),
        _controls(words, "dpia.risks", tuple(one for one in law if not one.found.is_met)),
        _controls(words, "dpia.measures", tuple(one for one in law if one.found.is_met)),
        Section(words.text("dpia.gaps"), said.gaps() or (words.text("none"),)),
        Section(
            words.text("dpia.judgement"),
            (words.text("dpia.judge"),),
            tuple(words.text(f"dpia.{key}") for key in ("purpose", "need", "severity", "further")),
            tuple((one.purpose, *(words.text("line"),) * 3) for one in activities),
        ),
        Section(words.text("review.sign"), (words.text("name_date"),)),
    )


def _specific(look: Look, words: DocumentWords) -> str:
    names = ", ".join(field.label(words.language) for field in processing_record(look.inventory).specific)
    return words.text("dpia.specific", names=names) if names else words.text("dpia.no_specific")


def _scale(look: Look, words: DocumentWords) -> str:
    customers = look.db.execute(select(func.count(schema.customers.c.id))).scalar_one()
    accounts = [one for one in look.book.accounts() if one.state == State.ACTIVE and one.role != Role.RECOVERY]
    return words.text("dpia.scale", customers=customers, accounts=len(accounts)) + words.text("line")


def _controls(words: DocumentWords, heading: str, rows: tuple[Finding, ...]) -> Section:
    columns = tuple(words.text(f"dpia.{key}") for key in ("article", "asks", "shown"))
    lines = tuple(
        (one.control.article, one.control.text(words.language), one.found.text(words.language)) for one in rows
    )
    return Section(words.text(heading), columns=columns, rows=lines)
