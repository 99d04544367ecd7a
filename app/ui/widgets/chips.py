"""Small marks: chips, key caps, badges, the round initials of a person."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.ui.theme.fonts import BODY, FIGURES, SMALL, VALUES, Weight
from app.ui.theme.look import Look
from app.ui.widgets.labels import icon_label, text_label


class Chip(QFrame):
    """A word in a small box, with an icon where the tone needs a second sign."""

    def __init__(self, look: Look, text: str, *, tone: str = "", icon: str = "", values: bool = False) -> None:
        super().__init__()
        self.setProperty("kind", "chip")
        self.setProperty("tone", tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(7, 1, 7, 1)
        row.setSpacing(5)
        if icon:
            row.addWidget(icon_label(look, icon, tone or "ink2", 14))
        ink = tone or "ink2"
        self.label = text_label(
            look, text, ink=ink, size=SMALL, weight=Weight.MEDIUM, features=VALUES if values else FIGURES
        )
        row.addWidget(self.label)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:  # noqa: N802 (as QLabel has it)
        """Change the word."""
        self.label.setText(text)


def key_cap(look: Look, text: str) -> QLabel:
    """A key of the keyboard, as printed on it."""
    label = text_label(look, text, ink="ink", size=SMALL, weight=Weight.MEDIUM)
    label.setProperty("kind", "key")
    label.setFixedHeight(look.px(18))
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setMinimumWidth(look.px(18))
    label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return label


def badge(look: Look, text: str) -> QLabel:
    """A count on the accent colour."""
    label = text_label(look, text, ink="on_accent", size=SMALL, weight=Weight.SEMIBOLD, features=FIGURES)
    label.setProperty("kind", "badge")
    label.setFixedHeight(look.px(18))
    label.setMinimumWidth(look.px(18))
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label


class Avatar(QWidget):
    """A person's initials in a circle; says nothing to a reader, the name beside it does."""

    def __init__(self, look: Look, name: str, size: int = 28) -> None:
        super().__init__()
        self._look, self._size = look, size
        self._initials = initials_of(name)
        self.setFixedSize(look.px(size), look.px(size))

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """A square."""
        return QSize(self._look.px(self._size), self._look.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the circle."""
        painter, look = QPainter(self), self._look.drawn
        rect = self._look.draws(painter, self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_initials(painter, look, rect, self._initials)
        painter.end()


def initials_of(name: str) -> str:
    """The first letters of the first and the last word of a name."""
    words = [word for word in name.split() if word]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def paint_initials(painter: QPainter, look: Look, circle: QRectF, initials: str) -> None:
    """A person's initials in a circle, in px of the design."""
    painter.setPen(QPen(look.colour("accent_line"), 1))
    painter.setBrush(look.colour("accent_soft"))
    painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.setFont(look.font(SMALL - 1 if circle.width() < 32 else BODY + 3, Weight.SEMIBOLD))
    painter.setPen(look.colour("accent"))
    painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, initials)
