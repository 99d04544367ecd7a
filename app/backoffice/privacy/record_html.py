"""The record of processing as one HTML file: no script, nothing from elsewhere, each text escaped. Pure."""

from collections.abc import Iterable, Sequence
from html import escape

from app.backoffice.compliance.report_html import facts_table, page
from app.backoffice.privacy.record_pdf import RecordDocument, facts_of
from app.domain.privacy.record_words import ActivityLine, RecordSaid


def html_of(document: RecordDocument) -> bytes:
    """The file."""
    said = document.said
    words = said.words
    gaps = said.gaps() or (words.text("gaps.none"),)
    fields = [
        (one.label, one.data_class, one.category, one.purposes, one.bases, one.recipients, one.least, one.kept)
        for one in said.fields()
    ]
    keys = ("field", "class", "category", "purposes", "basis", "recipients", "least", "kept")
    columns = [words.text(f"column.{key}") for key in keys]
    activities = "".join(_activity(document, one) for one in said.activities())
    body = f"""<h1>{escape(words.text("title"))}</h1>
<p class="about">{escape(words.text("law"))}</p>
{facts_table(facts_of(document))}
<h2>{escape(words.text("gaps"))}</h2>
{"".join(f"<p>{escape(text)}</p>" for text in gaps)}
{activities}
<h2>{escape(words.text("fields"))}</h2>
{_table(columns, fields)}
{_times(said)}
<h2>{escape(words.text("opens"))}</h2>
{facts_table(said.opens())}"""
    return page(f"{words.text('title')} · {document.office_name}", words.language, body)


def _times(said: RecordSaid) -> str:
    texts = said.times()
    head = f"<h2>{escape(said.words.text('times'))}</h2>" if texts else ""
    return head + "".join(f"<p>{escape(text)}</p>" for text in texts)


def _activity(document: RecordDocument, one: ActivityLine) -> str:
    words = document.said.words
    facts = [
        (words.text("activity.basis"), one.bases or words.text("not_said")),
        (words.text("activity.data"), one.data),
        (words.text("activity.recipients"), one.recipients),
        (words.text("activity.kept"), one.kept),
    ]
    if one.consent:
        facts.append((words.text("activity.consent"), one.consent))
    return f"<h2>{escape(one.purpose)}</h2>\n{facts_table(tuple(facts))}"


def _table(columns: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in columns)
    lines = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n" for row in rows)
    return f"<table><tr>{heads}</tr>\n{lines}</table>\n"
