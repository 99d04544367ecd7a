"""What every widget is handed to draw itself with: tokens, fonts, icons. No global.

One object for the life of a window. Its theme can change under it (`wear`); whoever keeps a picture in its colours has
a `redress` that draws it anew. It is called for the widgets that stand, and is no event handler: those also run for a
widget that is half gone.
"""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap

from app.ui.theme.fonts import BODY, Weight, make_font
from app.ui.theme.icons import icon_pixmap
from app.ui.theme.tokens import ThemeName, Tokens, load_tokens


@runtime_checkable
class Redressed(Protocol):
    """A widget that keeps a picture."""

    def redress(self) -> None:
        """Draw it anew in the colours of now."""


class Look:
    """The look in force.

    Attributes:
        tokens: colours and measures.
        scale: device pixels per logical pixel, for icons and pleats that are kept as pixmaps.
        still: reduced motion; states swap at once.
    """

    def __init__(self, tokens: Tokens, scale: float = 1.0, still: bool = False) -> None:
        self.tokens, self.scale, self.still = tokens, scale, still

    def wear(self, theme: ThemeName) -> None:
        """Change into another theme; the caller puts its style sheet on."""
        self.tokens = load_tokens(theme)

    @classmethod
    def of(cls, theme: str, *, scale: float = 1.0, still: bool = False) -> "Look":
        """The look of a theme by its name, `light`, `dark` or `contrast`."""
        return cls(load_tokens(ThemeName(theme)), scale, still)

    def colour(self, role: str, alpha: float = 1.0) -> QColor:
        """The colour of a role."""
        return self.tokens.colour(role, alpha)

    def hex(self, role: str) -> str:
        """The colour of a role as text."""
        return self.tokens.hex(role)

    def font(self, size: int = BODY, weight: int = Weight.REGULAR, features: tuple[str, ...] = ()) -> QFont:
        """One font of the design."""
        return make_font(size, weight, features)

    def pixmap(self, name: str, role: str, size: int = 16) -> QPixmap:
        """An icon in the colour of a role."""
        return icon_pixmap(name, self.hex(role), size, self.scale)

    def icon(self, name: str, role: str, size: int = 16, gap: int = 0) -> QIcon:
        """An icon for a button, one look in every state; `gap` px of air at its right, before the words."""
        icon = QIcon()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled, QIcon.Mode.Active, QIcon.Mode.Selected):
            drawn = self.pixmap(name, "ink3" if mode is QIcon.Mode.Disabled else role, size)
            icon.addPixmap(self._padded(drawn, size, gap) if gap else drawn, mode)
        return icon

    def _padded(self, drawn: QPixmap, size: int, gap: int) -> QPixmap:
        padded = QPixmap(round((size + gap) * self.scale), round(size * self.scale))
        padded.setDevicePixelRatio(self.scale)
        padded.fill(Qt.GlobalColor.transparent)
        painter = QPainter(padded)
        painter.drawPixmap(0, 0, drawn)
        painter.end()
        return padded

    @property
    def is_contrast(self) -> bool:
        """Whether the high-contrast theme is in force: lines instead of washes and shadows."""
        return self.tokens.theme is ThemeName.CONTRAST
