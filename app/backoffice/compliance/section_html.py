"""A document of sections as one HTML file."""

from html import escape

from app.backoffice.compliance.report_html import facts_table, page
from app.domain.compliance.sections import Section, SectionedDocument


def html_of(document: SectionedDocument) -> bytes:
    """The file."""
    sections = "".join(map(_section, document.sections))
    body = f"""<h1>{escape(document.title)}</h1>
<p class="about">{escape(document.about)}</p>
{facts_table(document.facts)}
{sections}"""
    return page(f"{document.title} · {document.office_name}", document.language, body)


def _section(section: Section) -> str:
    texts = "".join(f"<p>{escape(text)}</p>\n" for text in section.texts)
    return f"<h2>{escape(section.heading)}</h2>\n{texts}{_table(section)}"


def _table(section: Section) -> str:
    if not section.columns:
        return ""
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in section.columns)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n" for row in section.rows)
    return f"<table><tr>{heads}</tr>\n{rows}</table>\n"
