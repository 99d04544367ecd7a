"""A letter on paper. Pure: the same letter and time give the same bytes."""

from datetime import UTC, datetime

from app.backoffice.paper import LEADING, QUIET, WIDTH, Head, Paper, wrapped
from app.domain.letter import Letter

_TITLE, _BODY, _SMALL = 17.0, 10.0, 8.5
_LABELS = 132.0
_PAGE = {"en": "Page {n} of {total}", "id": "Halaman {n} dari {total}"}


def letter_pdf(letter: Letter, made_ms: int) -> bytes:
    """The letter as a PDF.

    Args:
        letter: what it says.
        made_ms: when, ms since 1970.
    """
    paper = Paper()
    if letter.mark:
        paper.block(0, letter.mark, _TITLE, WIDTH, strong=True)
        paper.on_turn = lambda: paper.block(0, letter.mark, _BODY, WIDTH, strong=True)
        paper.space(10)
    paper.block(0, letter.sender, _BODY, WIDTH, ink=QUIET)
    paper.space(6)
    paper.block(0, letter.title, _TITLE, WIDTH, strong=True)
    paper.space(10)
    for name, text in letter.facts:
        lines = wrapped(text, _BODY, WIDTH - _LABELS)
        paper.need(_BODY * LEADING * len(lines))
        paper.text(0, name, _BODY, ink=QUIET)
        for line in lines:
            paper.text(_LABELS, line, _BODY)
            paper.space(_BODY * LEADING)
        paper.space(2)
    for paragraph in letter.paragraphs:
        paper.space(9)
        for line in paragraph.split("\n"):
            paper.block(0, line, _BODY, WIDTH)
    paper.space(22)
    paper.block(0, letter.closing, _BODY, WIDTH)
    made = datetime.fromtimestamp(made_ms // 1000, UTC).strftime("%Y%m%d%H%M%S+00'00'")
    head = Head(letter.title, letter.sender, letter.mark or letter.title, letter.language, made)
    foot = " · ".join(part for part in (letter.mark, letter.sender) if part)
    return paper.pdf(head, lambda n, total: (foot, _PAGE[letter.language].format(n=n, total=total)))
