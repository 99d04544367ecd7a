"""A document of sections as a PDF. Pure: the same document gives the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from app.backoffice.paper import INK, LEADING, QUIET, WIDTH, Head, Paper, width_of, wrapped
from app.domain.compliance.sections import Section, SectionedDocument

SMALL, BODY, HEADING, TITLE = 8.5, 9.5, 12.0, 21.0
_LABELS, _GAP = 128.0, 8.0


def pdf_of(document: SectionedDocument) -> bytes:
    """The document as a PDF."""
    return _Writing(document).pdf()


@dataclass(slots=True)
class _Writing:
    document: SectionedDocument
    paper: Paper = field(default_factory=Paper)

    def pdf(self) -> bytes:
        document, paper = self.document, self.paper
        paper.block(0, document.title, TITLE, WIDTH, strong=True)
        paper.space(2)
        paper.block(0, document.about, BODY, WIDTH, ink=QUIET)
        paper.space(8)
        for label, text in document.facts:
            paper.text(0, label, BODY, ink=QUIET)
            paper.block(_LABELS, text, BODY, WIDTH - _LABELS)
            paper.space(1)
        for section in document.sections:
            draw_section(paper, section)
        made = datetime.fromtimestamp(document.made_ms // 1000, UTC).strftime("%Y%m%d%H%M%S+00'00'")
        head = Head(document.title, document.office_name, document.about, document.language, made)
        left = f"{document.office_name} · {document.title}"
        return paper.pdf(head, lambda n, total: (left, document.page.format(n=n, total=total)))


def draw_section(paper: Paper, section: Section) -> None:
    """A heading, paragraphs, and a table where there is one."""
    paper.space(12)
    paper.need(80)
    paper.block(0, section.heading, HEADING, WIDTH, strong=True)
    paper.space(3)
    for text in section.texts:
        paper.block(0, text, BODY, WIDTH)
        paper.space(3)
    if section.columns:
        _table(paper, section)


def _table(paper: Paper, section: Section) -> None:
    widths = _widths([section.columns, *section.rows])

    def columns() -> None:
        _cells(paper, section.columns, widths, QUIET)

    columns()
    paper.on_turn = columns
    for row in section.rows:
        _cells(paper, row, widths, INK)
    paper.on_turn = lambda: None


def _widths(rows: Sequence[tuple[str, ...]]) -> list[float]:
    """Of each column: one that needs less than its share has what it needs, the others share the rest."""
    needs = [max(width_of(text, SMALL) for text in column) + _GAP + 0.5 for column in zip(*rows, strict=True)]
    widths: dict[int, float] = {}
    while len(widths) < len(needs):
        share = (WIDTH - sum(widths.values())) / (len(needs) - len(widths))
        small = {at: need for at, need in enumerate(needs) if at not in widths and need <= share}
        if not small or len(widths) + len(small) == len(needs):
            return [widths.get(at, share) for at in range(len(needs))]
        widths |= small
    return [widths[at] for at in range(len(needs))]


def _cells(paper: Paper, texts: tuple[str, ...], widths: list[float], ink: float) -> None:
    cells = [wrapped(text, SMALL, width - _GAP) for text, width in zip(texts, widths, strict=True)]
    height = max(map(len, cells)) * SMALL * LEADING + 6
    if ink != QUIET:
        paper.need(height)
    top = paper.y
    for number, lines in enumerate(cells):
        paper.y = top + 3
        for text in lines:
            paper.text(sum(widths[:number]), text, SMALL, ink=ink)
            paper.space(SMALL * LEADING)
    paper.y = top + height
    paper.rule()
