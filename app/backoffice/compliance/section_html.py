"""A document of sections as one HTML file."""

from html import escape

from app.backoffice.compliance.report_html import facts_table, page, section_html
from app.domain.compliance.sections import SectionedDocument


def html_of(document: SectionedDocument) -> bytes:
    """The file."""
    sections = "".join(map(section_html, document.sections))
    body = f"""<h1>{escape(document.title)}</h1>
<p class="about">{escape(document.about)}</p>
{facts_table(document.facts)}
{sections}"""
    return page(f"{document.title} · {document.office_name}", document.language, body)
