"""A letter on paper. Pure: the same letter and time give the same bytes."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime
from math import inf

from app.backoffice.paper import INK, LEADING, QUIET, WIDTH, Head, Paper, wrapped
from app.domain.letter import Letter

_TITLE, _BODY = 17.0, 10.0
_LARGE_TITLE, _LARGE_BODY = 24.0, 18.0
"""Large print begins at 16 to 18 points in the guides of associations of the blind; the foot of a page stays small."""
_LABELS = 132.0
_PAGE = {"en": "Page {n} of {total}", "id": "Halaman {n} dari {total}"}


def letter_pdf(letter: Letter, made_ms: int, *, is_large: bool = False) -> bytes:
    """The letter as a PDF.

    Args:
        letter: what it says.
        made_ms: when, ms since 1970.
        is_large: in large print.
    """
    return letters_pdf([letter], made_ms, is_large=is_large)


def letters_pdf(letters: Sequence[Letter], made_ms: int, *, is_large: bool = False) -> bytes:
    """Letters of one sender in one PDF, each beginning on a page of its own; pages are counted in each.

    Args:
        letters: at least one; the first one names the document.
        made_ms: when, ms since 1970.
        is_large: in large print.
    """
    paper, begins = Paper(), list[int]()
    for letter in letters:
        if begins:
            paper.on_turn = lambda: None
            paper.need(inf)
        begins.append(paper.pages)
        _write(paper, letter, is_large=is_large)
    first = letters[0]
    made = datetime.fromtimestamp(made_ms // 1000, UTC).strftime("%Y%m%d%H%M%S+00'00'")
    head = Head(first.title, first.sender, first.mark or first.title, first.language, made)

    def foot(n: int, total: int) -> tuple[str, str]:
        at = bisect_right(begins, n) - 1
        letter, until = letters[at], begins[at + 1] if at + 1 < len(begins) else total + 1
        said = " · ".join(part for part in (letter.mark, letter.sender) if part)
        return said, _PAGE[letter.language].format(n=n - begins[at] + 1, total=until - begins[at])

    return paper.pdf(head, foot)


def _write(paper: Paper, letter: Letter, *, is_large: bool) -> None:
    title, body = (_LARGE_TITLE, _LARGE_BODY) if is_large else (_TITLE, _BODY)
    if letter.mark:
        paper.block(0, letter.mark, title, WIDTH, strong=True)
        paper.on_turn = lambda: paper.block(0, letter.mark, body, WIDTH, strong=True)
        paper.space(10)
    paper.block(0, letter.sender, body, WIDTH, ink=_quiet(is_large=is_large))
    paper.space(6)
    paper.block(0, letter.title, title, WIDTH, strong=True)
    paper.space(10)
    for name, text in letter.facts:
        _write_fact(paper, name, text, is_large=is_large)
    for paragraph in letter.paragraphs:
        paper.space(9)
        for line in paragraph.split("\n"):
            paper.block(0, line, body, WIDTH)
    paper.space(22)
    for line in letter.closing.split("\n"):
        paper.block(0, line, body, WIDTH)


def _write_fact(paper: Paper, name: str, text: str, *, is_large: bool) -> None:
    """A name and beside it what it is; in large print below it, since there is no room for two columns."""
    if is_large:
        paper.need(2 * _LARGE_BODY * LEADING)
        paper.block(0, name, _LARGE_BODY, WIDTH, strong=True)
        paper.block(0, text, _LARGE_BODY, WIDTH)
        paper.space(6)
        return
    lines = wrapped(text, _BODY, WIDTH - _LABELS)
    paper.need(_BODY * LEADING * len(lines))
    paper.text(0, name, _BODY, ink=QUIET)
    for line in lines:
        paper.text(_LABELS, line, _BODY)
        paper.space(_BODY * LEADING)
    paper.space(2)


def _quiet(*, is_large: bool) -> float:
    """Whoever needs large print needs the full contrast, too."""
    return INK if is_large else QUIET
