"""A compliance report as one HTML file: no script, nothing from elsewhere, each text escaped."""

from html import escape

from app.backoffice.compliance.plots_html import STYLE as PLOTS
from app.backoffice.compliance.plots_html import plot_html
from app.backoffice.compliance.report_document import ReportDocument
from app.domain.compliance.controls import Source
from app.domain.compliance.finding import Finding, tallies
from app.domain.compliance.sections import Section

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """
body { font: 15px/1.5 Inter, "Segoe UI", system-ui, sans-serif; color: #1c1b19; background: #fff; margin: 2rem auto;
       max-width: 62rem; padding: 0 1.5rem; }
h1 { font-size: 1.9rem; margin: 0 0 .2rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .4rem; }
p.about { color: #5b5853; margin: 0 0 1rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top;
        padding: .45rem .8rem .45rem 0; border-bottom: 1px solid #dedad3; }
th { font-weight: 600; color: #5b5853; font-size: .85rem; } table.facts th { width: 11rem; }
table.counts { width: auto; } table.counts th:first-child { padding-right: 3rem; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; } td.article { white-space: nowrap; width: 5.5rem; }
td.state { width: 8.5rem; font-weight: 600; } .met { color: #14633f; } .not { color: #9a2f1d; }
td.asks { width: 40%; } td time { display: block; color: #5b5853; font-size: .8rem; }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } }
"""


def html_of(document: ReportDocument) -> bytes:
    """The file."""
    words = document.words
    rows = "".join(_source(document, source) for source in Source)
    learned = "".join(map(section_html, document.learned()))
    body = f"""<h1>{escape(words.text("title"))}</h1>
<p class="about">{escape(words.text("about"))}</p>
{facts_table(document.facts())}
<h2>{escape(words.text("overview"))}</h2>
{_overview(document)}
{_over_time(document)}
{rows}{learned}"""
    return page(f"{words.text('title')} · {document.office_name}", words.language, body)


def page(title: str, language: str, body: str) -> bytes:
    """A whole page; `body` is HTML whose texts were escaped."""
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{STYLE}{PLOTS}</style>
</head>
<body>
{body}
</body>
</html>
""".encode()


def facts_table(facts: tuple[tuple[str, str], ...]) -> str:
    """Labels and texts."""
    rows = "".join(f'<tr><th scope="row">{escape(label)}</th><td>{escape(text)}</td></tr>\n' for label, text in facts)
    return f'<table class="facts">{rows}</table>'


def _overview(document: ReportDocument) -> str:
    words = document.words
    head = f'<th scope="col">{escape(words.text("column.source"))}</th>'
    head += "".join(f'<th scope="col" class="n">{escape(words.text(key))}</th>' for key in ("met", "not_met"))
    rows = "".join(
        f'<tr><th scope="row">{escape(one.source.label)}</th><td class="n met">{one.met}</td>'
        f'<td class="n not">{one.not_met}</td></tr>\n'
        for one in tallies(document.findings)
    )
    return f'<table class="counts"><tr>{head}</tr>\n{rows}</table>'


def _over_time(document: ReportDocument) -> str:
    texts = document.texts
    about = f'<p class="about">{escape(texts.text("over_time.about"))}</p>'
    plots = "".join(plot_html(name, series, texts) for name, series in document.plots())
    return f"<h2>{escape(texts.text('over_time'))}</h2>\n{about}\n{plots}"


def section_html(section: Section) -> str:
    """A heading, paragraphs, and a table where there is one."""
    texts = "".join(f"<p>{escape(text)}</p>\n" for text in section.texts)
    return f"<h2>{escape(section.heading)}</h2>\n{texts}{_table(section)}"


def _table(section: Section) -> str:
    if not section.columns:
        return ""
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in section.columns)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n" for row in section.rows)
    return f"<table><tr>{heads}</tr>\n{rows}</table>\n"


def _source(document: ReportDocument, source: Source) -> str:
    rows = [one for one in document.findings if one.control.source is source]
    if not rows:
        return ""
    heads = "".join(
        f'<th scope="col">{escape(document.words.text(f"column.{key}"))}</th>'
        for key in ("article", "asks", "state", "evidence")
    )
    lines = "".join(_row(document, one) for one in rows)
    return f"<h2>{escape(source.label)}</h2>\n<table><tr>{heads}</tr>\n{lines}</table>\n"


def _row(document: ReportDocument, row: Finding) -> str:
    words, is_met = document.words, row.found.is_met
    state = words.text("met" if is_met else "not_met")
    return (
        f'<tr><td class="article">{escape(row.control.article)}</td>'
        f'<td class="asks">{escape(row.control.text(words.language))}</td>'
        f'<td class="state {"met" if is_met else "not"}">{escape(state)}</td>'
        f"<td>{escape(document.evidence(row))}<time>{document.moment(row)}</time></td></tr>\n"
    )
