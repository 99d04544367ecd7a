"""What every widget is handed to draw itself with: tokens, fonts, icons, sizes. No global.

One object for the life of a window. Its theme and its sizes can change under it (`wear`, `take`); whoever keeps a
picture, a font or a height of them has a `redress` that makes it anew. It is called for the widgets that stand, and is
no event handler: those also run for a widget that is half gone.

Sizes of the design go through `px`, heights of rows through `row`: both follow the size of the text, rows the density,
too. Edges and the spaces between things do not grow. A painter that places things by hand draws in px of the
design with the look `drawn`, on a painter that `draws` has scaled.
"""

from functools import cache
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QIcon, QPainter, QPixmap

from app.domain.display import Display
from app.ui.theme.fonts import BODY, Weight, make_font, measures
from app.ui.theme.icons import icon_pixmap
from app.ui.theme.tokens import ThemeName, Tokens, load_tokens

COMFORT = 6
"""By how many px of the design a comfortable row is higher than a compact one (ui.md section 2)."""


@runtime_checkable
class Redressed(Protocol):
    """A widget that keeps a picture, a font or a height."""

    def redress(self) -> None:
        """Make it anew as the look is now."""


class Look:
    """The look in force.

    Attributes:
        tokens: colours and measures.
        scale: device pixels per logical pixel, for icons and pleats that are kept as pixmaps.
        still: reduced motion; states swap at once.
        text: size of the text, 1 to 2; sizes and rows follow it.
        comfort: px of the design that each row is higher than the compact one.
    """

    def __init__(self, tokens: Tokens, scale: float = 1.0, still: bool = False) -> None:
        self.tokens, self.scale, self.still = tokens, scale, still
        self.text, self.comfort = 1.0, 0
        self._drawn: Look | None = None

    def wear(self, theme: ThemeName) -> None:
        """Change into another theme; the caller puts its style sheet on."""
        self.tokens = load_tokens(theme)
        self._drawn = None

    def take(self, display: Display, *, still: bool = False) -> None:
        """Change sizes and motion; the caller tells the widgets that stand."""
        self.text, self.comfort = display.text / 100, COMFORT if display.density == "comfortable" else 0
        self.still = still or display.motion == "still"
        self._drawn = None

    @classmethod
    def of(cls, theme: str, *, scale: float = 1.0, still: bool = False) -> "Look":
        """The look of a theme by its name, `light`, `dark` or `contrast`."""
        return cls(load_tokens(ThemeName(theme)), scale, still)

    # sizes ---------------------------------------------------------------------------------------------------------
    def px(self, size: float) -> int:
        """A size of the design in px of the screen, at the size of the text in force."""
        return round(size * self.text)

    def panel(self, width: int) -> int:
        """Width in px of a panel, drawer or card that is so wide in the design."""
        return panel_width(width, self.text)

    def row(self, size: int) -> int:
        """Height in px of a row that is so high in the compact design."""
        return self.px(size + self.comfort)

    @property
    def drawn(self) -> "Look":
        """The same look at 100 %, for a painter that is scaled; its pixmaps are as sharp as the screen."""
        if self._drawn is None:
            self._drawn = Look(self.tokens, self.scale * self.text, self.still)
            self._drawn.comfort = self.comfort
        return self._drawn

    def draws(self, painter: QPainter, rect: QRect | QRectF) -> QRectF:
        """Have a painter draw in px of the design; the rectangle in those."""
        rect = QRectF(rect)
        if self.text == 1.0:
            return rect
        painter.scale(self.text, self.text)
        return QRectF(rect.x() / self.text, rect.y() / self.text, rect.width() / self.text, rect.height() / self.text)

    # colours, fonts, icons -----------------------------------------------------------------------------------------
    def colour(self, role: str, alpha: float = 1.0) -> QColor:
        """The colour of a role."""
        return self.tokens.colour(role, alpha)

    def hex(self, role: str) -> str:
        """The colour of a role as text."""
        return self.tokens.hex(role)

    def font(self, size: int = BODY, weight: int = Weight.REGULAR, features: tuple[str, ...] = ()) -> QFont:
        """One font of the design, at the size of the text in force."""
        return make_font(self.px(size), weight, features)

    def metrics(self, size: int = BODY, weight: int = Weight.REGULAR, features: tuple[str, ...] = ()) -> QFontMetricsF:
        """Its measures."""
        return measures(self.px(size), weight, features)

    def pixmap(self, name: str, role: str, size: int = 16) -> QPixmap:
        """An icon in the colour of a role; `size` is the design's."""
        return icon_pixmap(name, self.hex(role), self.px(size), self.scale)

    def icon(self, name: str, role: str, size: int = 16, gap: int = 0) -> QIcon:
        """An icon for a button, one look in every state; `gap` px of air at its right, before the words."""
        return QIcon(_icon(name, self.hex(role), self.hex("ink3"), self.px(size), gap, self.scale))

    @property
    def is_contrast(self) -> bool:
        """Whether the high-contrast theme is in force: lines instead of washes and shadows."""
        return self.tokens.theme is ThemeName.CONTRAST


@cache
def _icon(name: str, ink: str, disabled: str, size: int, gap: int, scale: float) -> QIcon:
    """A card has fifty buttons, and most of them the same few icons."""
    icon = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled, QIcon.Mode.Active, QIcon.Mode.Selected):
        drawn = icon_pixmap(name, disabled if mode is QIcon.Mode.Disabled else ink, size, scale)
        icon.addPixmap(_padded(drawn, size, gap, scale) if gap else drawn, mode)
    return icon


def _padded(drawn: QPixmap, size: int, gap: int, scale: float) -> QPixmap:
    padded = QPixmap(round((size + gap) * scale), round(size * scale))
    padded.setDevicePixelRatio(scale)
    padded.fill(Qt.GlobalColor.transparent)
    painter = QPainter(padded)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return padded


def panel_width(width: int, text: float) -> int:
    """A panel grows half as fast as the text (1 to 2).

    At 200 % on a screen of 1366 px a drawer twice as wide would leave nothing beside it; its words wrap instead.
    """
    return round(width * (1 + (text - 1) / 2))
