"""Text on screen. Every label here shows plain text: a name that looks like markup is a name."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from app.ui.accessible import heard_as, ornament, plain_text
from app.ui.theme.fonts import BODY, Weight
from app.ui.theme.look import Look


def text_label(
    look: Look,
    text: str = "",
    *,
    ink: str = "ink",
    size: int = BODY,
    weight: int = Weight.REGULAR,
    features: tuple[str, ...] = (),
    wrap: bool = False,
) -> QLabel:
    """A label of plain text in a role's colour."""
    label = QLabel()
    label.setText(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(look.font(size, weight, features))
    label.setProperty("ink", ink)
    label.setWordWrap(wrap)
    return label


def set_ink(label: QLabel, role: str) -> None:
    """Give a label another colour role."""
    if label.property("ink") != role:
        label.setProperty("ink", role)
        repolish(label)


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at a widget's properties again; it would take the font of the first polish back."""
    style, font = widget.style(), widget.font()
    style.unpolish(widget)
    style.polish(widget)
    if widget.font() != font:
        widget.setFont(font)
    widget.update()


class IconLabel(QLabel):
    """An icon that says nothing of its own; the words beside it do. It follows the theme."""

    def __init__(self, look: Look, name: str, ink: str, size: int) -> None:
        super().__init__()
        self._look, self._name, self._ink, self._size = look, name, ink, size
        self.redress()

    def show_icon(self, name: str, ink: str) -> None:
        """Show another icon, in the colour of a role."""
        self._name, self._ink = name, ink
        self.redress()

    def redress(self) -> None:
        """Another theme, or another size of the text."""
        self.setFixedSize(self._look.px(self._size), self._look.px(self._size))
        self.setPixmap(self._look.pixmap(self._name, self._ink, self._size))


def icon_label(look: Look, name: str, ink: str = "ink2", size: int = 16) -> IconLabel:
    """An icon beside words."""
    return IconLabel(look, name, ink, size)


def line(vertical: bool = False) -> QFrame:
    """A hairline."""
    frame = QFrame()
    frame.setProperty("line", "v" if vertical else "h")
    return frame


class ElidedLabel(QWidget):
    """One line of plain text that ends in … when there is no room; the whole text is its accessible name."""

    def __init__(
        self,
        look: Look,
        text: str = "",
        *,
        ink: str = "ink",
        size: int = BODY,
        weight: int = Weight.REGULAR,
        features: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self._look, self._ink = look, ink
        self._font = (size, weight, features)
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def setText(self, text: str) -> None:  # noqa: N802 (as QLabel has it)
        """Show another text."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def redress(self) -> None:
        """Another size of the text."""
        self.updateGeometry()
        self.update()

    def set_ink(self, role: str) -> None:
        """Show it in another colour role."""
        self._ink = role
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """The whole text on one line."""
        metrics = QFontMetricsF(self._look.font(*self._font))
        return QSize(round(metrics.horizontalAdvance(self._text)) + 2, round(metrics.height()) + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """A few characters."""
        return QSize(24, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw what fits."""
        painter = QPainter(self)
        font = self._look.font(*self._font)
        painter.setFont(font)
        painter.setPen(self._look.colour(self._ink))
        text = QFontMetricsF(font).elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()


heard_as("IconLabel", ornament)
heard_as("ElidedLabel", plain_text)
