"""A compliance report as a PDF. Pure: the same document gives the same bytes."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from app.backoffice.compliance.plots_pdf import draw_plot
from app.backoffice.compliance.report_document import ReportDocument
from app.backoffice.compliance.section_pdf import draw_section
from app.backoffice.paper import INK, LEADING, QUIET, WIDTH, Head, Paper, wrapped
from app.domain.compliance.controls import Source
from app.domain.compliance.finding import Finding, tallies

SMALL, BODY, HEADING, TITLE = 8.5, 9.5, 12.0, 21.0
_LABELS = 128.0
_COLUMNS = (("article", 0.0, 66.0), ("asks", 74.0, 156.0), ("state", 236.0, 74.0), ("evidence", 314.0, WIDTH - 314.0))
_TALLY = ((0.0, "column.source"), (220.0, "met"), (300.0, "not_met"))


def pdf_of(document: ReportDocument) -> bytes:
    """The document as a PDF."""
    return _Writing(document).pdf()


@dataclass(slots=True)
class _Writing:
    """Writes one document."""

    document: ReportDocument
    paper: Paper = field(default_factory=Paper)

    def pdf(self) -> bytes:
        document, words = self.document, self.document.words
        self._head()
        self._overview()
        self._over_time()
        for source in Source:
            self._source(source)
        for section in document.learned():
            draw_section(self.paper, section)
        made = datetime.fromtimestamp(document.made_ms // 1000, UTC).strftime("%Y%m%d%H%M%S+00'00'")
        head = Head(words.text("title"), document.office_name, words.text("about"), words.language, made)
        left = f"{document.office_name} · {words.text('title')}"
        return self.paper.pdf(head, lambda n, total: (left, words.text("page", n=n, total=total)))

    def _head(self) -> None:
        words, paper = self.document.words, self.paper
        paper.block(0, words.text("title"), TITLE, WIDTH, strong=True)
        paper.space(2)
        paper.block(0, words.text("about"), BODY, WIDTH, ink=QUIET)
        paper.space(8)
        for label, text in self.document.facts():
            paper.text(0, label, BODY, ink=QUIET)
            paper.block(_LABELS, text, BODY, WIDTH - _LABELS)
            paper.space(1)
        paper.space(8)

    def _overview(self) -> None:
        words, paper = self.document.words, self.paper
        self._heading(words.text("overview"))
        for x, key in _TALLY:
            paper.text(x, words.text(key), SMALL, ink=QUIET)
        paper.space(SMALL * LEADING + 4)
        paper.rule()
        for one in tallies(self.document.findings):
            paper.space(3)
            for (x, _key), text in zip(_TALLY, (one.source.label, str(one.met), str(one.not_met)), strict=True):
                paper.text(x, text, BODY)
            paper.space(BODY * LEADING + 3)
            paper.rule()
        paper.space(12)

    def _over_time(self) -> None:
        document, paper = self.document, self.paper
        paper.need(200)
        self._heading(document.texts.text("over_time"))
        paper.block(0, document.texts.text("over_time.about"), BODY, WIDTH, ink=QUIET)
        paper.space(8)
        for name, series in document.plots():
            draw_plot(paper, name, series, document.texts)

    def _source(self, source: Source) -> None:
        rows = [one for one in self.document.findings if one.control.source is source]
        if not rows:
            return
        self.paper.need(90)
        self._heading(source.label)
        self._columns()
        self.paper.on_turn = self._columns
        for row in rows:
            self._row(row)
        self.paper.on_turn = lambda: None
        self.paper.space(12)

    def _columns(self) -> None:
        for key, x, _width in _COLUMNS:
            self.paper.text(x, self.document.words.text(f"column.{key}"), SMALL, ink=QUIET)
        self.paper.space(SMALL * LEADING + 4)
        self.paper.rule()

    def _row(self, row: Finding) -> None:
        document, paper, is_met = self.document, self.paper, row.found.is_met
        state = document.words.text("met" if is_met else "not_met")
        texts = (row.control.article, row.control.text(document.words.language), state, document.evidence(row))
        cells = [wrapped(text, SMALL, width) for text, (_key, _x, width) in zip(texts, _COLUMNS, strict=True)]
        times = wrapped(document.moment(row), SMALL - 1, _COLUMNS[3][2])
        height = max(*map(len, cells[:3]), len(cells[3]) + len(times)) * SMALL * LEADING + 6
        paper.need(height)
        top = paper.y
        for lines, (key, x, _width) in zip(cells, _COLUMNS, strict=True):
            paper.y = top + 3
            for text in lines:
                paper.text(x, text, SMALL, ink=INK, strong=key == "state" and not is_met)
                paper.space(SMALL * LEADING)
        for text in times:  # below the evidence, which is the last column
            paper.text(_COLUMNS[3][1], text, SMALL - 1, ink=QUIET)
        paper.y = top + height
        paper.rule()

    def _heading(self, text: str) -> None:
        self.paper.block(0, text, HEADING, WIDTH, strong=True)
        self.paper.space(3)
