"""A document on A4, by reportlab, without Qt: lines of text in the bundled Inter, hairlines, and bars of plots.

The same input gives the same bytes: reportlab writes no time and no random name of its own. Text is drawn as text, so a
document can be searched and read aloud; nothing in it is a link, a picture or markup. reportlab is imported when the
first document is made.

Invariant: reportlab runs Python files of a person's home and of the module path when it is imported
(`~/.reportlab_mods`, `~/.reportlab_settings`); here their names are taken before.
"""

import sys
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any, Final, NamedTuple

from app.domain.compliance.plot import Style, Texture, rising_lines

A4: Final = (595.28, 841.89)
"""Width and height in points."""
LEFT, TOP, BOTTOM = 48.0, 54.0, 58.0
WIDTH: Final = A4[0] - 2 * LEFT
INK, QUIET, HAIR = 0.10, 0.40, 0.84
"""Shades of grey, 0 is black. Quiet text on white has a contrast of 5.7 to 1."""
LEADING: Final = 1.36
_STROKE: Final = 0.028
"""For reportlab the bundled font has its regular weight alone: strong text gets an outline, in parts of its size."""
_FONT: Final = "Inter"
_TAKEN: Final = ("reportlab_mods", "reportlab_settings", "reportlab.local_rl_mods", "reportlab.local_rl_settings")
_making = threading.RLock()
"""reportlab keeps its fonts and their subsets for the whole process."""


class _Text(NamedTuple):
    x: float
    y: float
    text: str
    size: float
    ink: float
    strong: bool


class _Rule(NamedTuple):
    x: float
    y: float
    width: float


class _Bar(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    style: Style


_Mark = _Text | _Rule | _Bar


@dataclass(frozen=True, slots=True)
class Head:
    """What a document says of itself beside its pages.

    Attributes:
        title, author, subject: for whoever lists documents.
        language: `en` or `id`.
        made: when, as `20261127142500+07'00'`.
    """

    title: str
    author: str
    subject: str
    language: str
    made: str


@dataclass(slots=True)
class Paper:
    """Pages that are written from top to bottom.

    Attributes:
        on_turn: called at the top of each further page, to say again what its lines belong to.
        y: points from the top of the page.
    """

    on_turn: Callable[[], object] = lambda: None
    y: float = TOP
    _pages: list[list[_Mark]] = field(default_factory=lambda: [[]])

    @property
    def left(self) -> float:
        """Points that are left on this page."""
        return A4[1] - BOTTOM - self.y

    @property
    def pages(self) -> int:
        """How many there are until here; the last one is written on."""
        return len(self._pages)

    def need(self, height: float) -> None:
        """Begin another page where so many points are not left."""
        if self.left < height:
            self._pages.append([])
            self.y = TOP
            self.on_turn()

    def text(
        self, x: float, text: str, size: float, *, ink: float = INK, strong: bool = False, to_right: bool = False
    ) -> None:
        """One line here; `y` stays.

        Args:
            x: points from the left edge of the text; of its right end if `to_right`.
            text: plain.
            size: of the letters, points.
            ink: shade.
            strong: heavier.
            to_right: it ends at x.
        """
        text = _printable(text)
        at = x - width_of(text, size) if to_right else x
        self._pages[-1].append(_Text(LEFT + at, self.y + size, text, size, ink, strong))

    def block(self, x: float, text: str, size: float, width: float, *, ink: float = INK, strong: bool = False) -> None:
        """Lines of text that fit a width, below each other; `y` goes on."""
        for line in wrapped(text, size, width):
            self.need(size * LEADING)
            self.text(x, line, size, ink=ink, strong=strong)
            self.y += size * LEADING

    def rule(self, x: float = 0.0, width: float = WIDTH) -> None:
        """A hairline here."""
        self._pages[-1].append(_Rule(LEFT + x, self.y, width))

    def bar(self, x: float, y: float, width: float, height: float, style: Style) -> None:
        """A bar of a plot, from its upper left corner; `y` of the paper stays."""
        self._pages[-1].append(_Bar(LEFT + x, y, width, height, style))

    def space(self, height: float) -> None:
        """Leave so many points."""
        self.y += height

    def pdf(self, head: Head, foot: Callable[[int, int], tuple[str, str]]) -> bytes:
        """The document.

        Args:
            head: what it says of itself.
            foot: left and right foot of a page, by its number and how many there are.
        """
        with _making:
            canvas, target = _new_canvas(head)
            for number, page in enumerate(self._pages, start=1):
                for mark in (*page, *_foot_of(foot(number, len(self._pages)))):
                    _draw(canvas, mark)
                canvas.showPage()
            canvas.save()
        return target.getvalue()


def wrapped(text: str, size: float, width: float) -> list[str]:
    """The lines of a text that fit a width; a word that is longer than a line is broken."""
    lines, line = [], ""
    for word in _printable(text).split():
        longer = f"{line} {word}" if line else word
        if width_of(longer, size) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while width_of(word, size) > width:
            fits = next(n for n in range(len(word), 0, -1) if n == 1 or width_of(word[:n], size) <= width)
            lines.append(word[:fits])
            word = word[fits:]  # noqa: PLW2901 (what is left of it)
        line = word
    return [*lines, line] if line or not lines else lines


def width_of(text: str, size: float) -> float:
    """Points that a text takes."""
    return float(_font().stringWidth(text, size))


def _printable(text: str) -> str:
    """Plain text in composed form; control signs become spaces."""
    whole = unicodedata.normalize("NFC", text)
    return "".join(" " if unicodedata.category(sign).startswith("C") else sign for sign in whole)


def _foot_of(foot: tuple[str, str]) -> tuple[_Text, _Text]:
    size, y = 8.0, A4[1] - 30
    left, right = (_printable(part) for part in foot)
    at_right = LEFT + WIDTH - width_of(right, size)
    return _Text(LEFT, y, left, size, QUIET, False), _Text(at_right, y, right, size, QUIET, False)


def _draw(canvas: Any, mark: _Mark) -> None:
    if isinstance(mark, _Rule):
        canvas.setStrokeGray(HAIR)
        canvas.setLineWidth(0.5)
        canvas.line(mark.x, A4[1] - mark.y, mark.x + mark.width, A4[1] - mark.y)
        return
    if isinstance(mark, _Bar):
        _draw_bar(canvas, mark)
        return
    line = canvas.beginText(mark.x, A4[1] - mark.y)
    line.setFont(_FONT, mark.size)
    line.setFillGray(mark.ink)
    if mark.strong:
        canvas.setLineWidth(mark.size * _STROKE)
        line.setStrokeGray(mark.ink)
        line.setTextRenderMode(2)
    line.textOut(mark.text)
    if mark.strong:
        line.setTextRenderMode(0)  # what comes after would have outlines, too
    canvas.drawText(line)


def _draw_bar(canvas: Any, mark: _Bar) -> None:
    """Its edge, and its texture cut at the edge."""
    colour, bottom = (
        tuple(int(mark.style.colour[at : at + 2], 16) / 255 for at in (0, 2, 4)),
        A4[1] - mark.y - mark.height,
    )
    canvas.saveState()
    canvas.setFillColorRGB(*colour)
    canvas.setStrokeColorRGB(*colour)
    path = canvas.beginPath()
    path.rect(mark.x, bottom, mark.width, mark.height)
    canvas.clipPath(path, stroke=0, fill=int(mark.style.texture is Texture.SOLID))
    canvas.setLineWidth(1.1)
    if mark.style.texture is Texture.RISING:
        for line in rising_lines(mark.x, bottom, mark.width, mark.height, 3.2):
            canvas.line(*line)
    elif mark.style.texture is Texture.LEVEL:
        for at in range(int(mark.height / 3) + 1):
            canvas.line(mark.x, bottom + 1.5 + at * 3, mark.x + mark.width, bottom + 1.5 + at * 3)
    elif mark.style.texture is Texture.DOTTED:
        for row in range(int(mark.height / 3) + 1):
            for at in range(int(mark.width / 3) + 1):
                canvas.circle(mark.x + 1.5 + at * 3, bottom + 1.5 + row * 3, 0.8, stroke=0, fill=1)
    canvas.restoreState()
    canvas.setStrokeColorRGB(*colour)
    canvas.setLineWidth(0.6)
    canvas.rect(mark.x, bottom, mark.width, mark.height, stroke=1, fill=0)


def _new_canvas(head: Head) -> tuple[Any, BytesIO]:
    _font()
    from reportlab.pdfgen.canvas import Canvas

    target = BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1, pageCompression=1, initialFontName=_FONT, lang=head.language)
    canvas.setTitle(head.title)
    canvas.setAuthor(head.author)
    canvas.setSubject(head.subject)
    canvas.setCreator("Tirai")
    canvas.setProducer("Tirai")
    canvas.setDateFormatter(lambda *_epoch: f"D:{head.made}")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas, target


_fonts: dict[str, Any] = {}


def _font() -> Any:
    """The bundled font, known to reportlab from the first call on."""
    with _making:
        if _FONT not in _fonts:
            _fonts[_FONT] = _load_font()
        return _fonts[_FONT]


def _load_font() -> Any:
    for name in _TAKEN:
        sys.modules.setdefault(name, ModuleType(name))
    import fontpkg_inter
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    files = (Path(fontpkg_inter.__file__).parent / "files").glob("Inter*.ttf")
    upright = next(path for path in sorted(files) if "Italic" not in path.name)
    font = TTFont(_FONT, str(upright))
    pdfmetrics.registerFont(font)
    return font
