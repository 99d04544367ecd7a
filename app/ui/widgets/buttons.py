"""Buttons by what they mean: primary, secondary, danger (outlined, never the default), quiet, link, row, square.

A button whose work runs keeps the focus, says what it does, and takes no press: disabled, it would lose the focus to
whatever stands next to it.
"""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton

from app.ui.saying_widgets import words_of
from app.ui.theme.fonts import BODY, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.labels import repolish

_ICON_ROLE = {
    "primary": "on_accent",
    "danger": "danger",
    "link": "accent",
    "secondary": "ink",
    "segment": "ink2",
    "chip": "accent",
}

RING = 2
"""Width of the focus ring in px, and of the gap inside it on a filled button."""


class Button(QPushButton):
    """A push button of the design.

    Attributes:
        kind: primary, secondary, danger, quiet, link, row, square, segment or chip.
    """

    def __init__(self, look: Look, text: str, kind: str = "secondary", *, icon: str = "", name: str = "") -> None:
        super().__init__()
        self.setText(text)
        self._look, self.kind, self._icon, self._role = look, kind, icon, ""
        self._words = ""
        self.setProperty("kind", kind)
        small = kind in ("link", "row", "quiet", "segment", "chip", "filter")
        weight = Weight.SEMIBOLD if kind == "primary" else Weight.MEDIUM
        self.setFont(look.font(SMALL if small else BODY, weight))
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        if name:
            self.setObjectName(name)
        if icon:
            self.set_glyph(icon)

    def set_glyph(self, icon: str, role: str = "") -> None:
        """Show another icon, in the kind's colour or that of a role."""
        self._icon, self._role = icon, role
        size = 14 if self.kind in ("row", "link", "chip", "filter") else 16
        gap = 0 if self.kind == "square" else 3
        self.setIcon(self._look.icon(icon, role or _ICON_ROLE.get(self.kind, "ink2"), size, gap))
        size = self._look.px(size)
        self.setIconSize(QSize(size + gap, size))

    def set_kind(self, kind: str) -> None:
        """Mean something else: its colours follow."""
        self.kind = kind
        self.setProperty("kind", kind)
        repolish(self)
        self.redress()

    def redress(self) -> None:
        """Another theme: another colour of the icon."""
        if self._icon:
            self.set_glyph(self._icon, self._role)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Return presses it as Space does; Qt itself does so in dialogs alone."""
        if self.is_busy and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            return
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """A filled button sets its ring off by a gap, or the ring would be lost on the fill."""
        super().paintEvent(event)
        if self.kind != "primary" or not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._look.colour("surface"), RING))
        inset = RING * 1.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 4, 4)
        painter.end()

    def set_words(self, text: str) -> None:
        """Change the text and the accessible name together."""
        self.setText(text)
        self.setAccessibleName(text)

    @property
    def is_busy(self) -> bool:
        """Whether its work runs."""
        return bool(self._words)

    def set_busy(self, words: str = "") -> None:
        """Its work runs, which these words say; without words it is ready again."""
        if words and not self._words:
            self._words = words_of(self)
            self.set_words(words)
            announce(self, words)
        elif not words and self._words:
            before, self._words = self._words, ""
            self.set_words(before)
        self.setProperty("busy", bool(words))
        repolish(self)

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802 (Qt's name)
        """Where a press counts: nowhere while its work runs."""
        return not self.is_busy and super().hitButton(pos)

    def set_lit(self, lit: bool) -> None:
        """Outline it because its row has the focus."""
        if bool(self.property("lit")) == lit:
            return
        self.setProperty("lit", lit)
        if self._icon:
            self.set_glyph(self._icon, "accent" if lit else "")
        repolish(self)
