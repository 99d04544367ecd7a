"""How easily a password would be guessed, while it is typed: four bars and a word; it refuses nothing."""

from typing import Protocol

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.ui.saying import said
from app.ui.saying_widgets import words_of
from app.ui.theme.fonts import SMALL
from app.ui.theme.look import Look
from app.ui.widgets.labels import text_label

BARS, BAR, GAP, HEIGHT = 4, 34, 4, 6
_ROLES = ("danger", "danger", "warn", "ok", "ok")


class Strength(Protocol):
    """How easily a password is guessed, as the session judges it."""

    @property
    def score(self) -> int:
        """0 (at once) to 4 (very hard)."""

    @property
    def hint(self) -> str:
        """What makes it easy: words, names, keyboard, repeats, sequence, date; or empty."""


class _Bars(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self.score = look, -1
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Four bars."""
        return QSize(self._look.px(BARS * BAR + (BARS - 1) * GAP), self._look.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Fill as many as the score says."""
        painter = QPainter(self)
        self._look.draws(painter, self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at in range(BARS):
            lit = at < max(1, self.score) and self.score >= 0
            bar, role = QRectF(at * (BAR + GAP), 0, BAR, HEIGHT), _ROLES[max(self.score, 0)] if lit else "line"
            if lit or not self._look.is_contrast:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._look.colour(role))
            else:  # on black a grey bar looks like a full one
                painter.setPen(QPen(self._look.colour(role), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                bar.adjust(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(bar, 3, 3)
        painter.end()


class StrengthBar(QWidget):
    """Bars, a word, and what would make the password harder to guess."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self._bars = _Bars(look)
        row.addWidget(self._bars, 0, Qt.AlignmentFlag.AlignVCenter)
        self.words = text_label(look, "", ink="ink2", size=SMALL)
        self.words.setObjectName("strength")
        row.addWidget(self.words, 1)

    def show_strength(self, strength: Strength | None) -> None:
        """Show a judgement, or none while nothing is typed."""
        self._bars.score = -1 if strength is None else strength.score
        self._bars.update()
        self.words.setText("" if strength is None else self._sentence(strength))
        self.setAccessibleName(words_of(self.words))

    @said
    def _sentence(self, strength: Strength) -> str:
        levels = (
            self.tr("Guessed at once"),
            self.tr("Easy to guess"),
            self.tr("Could be guessed"),
            self.tr("Hard to guess"),
            self.tr("Very hard to guess"),
        )
        hints = {
            "words": self.tr("common words stand in it"),
            "names": self.tr("a name stands in it"),
            "keyboard": self.tr("keys that lie side by side"),
            "repeats": self.tr("it repeats itself"),
            "sequence": self.tr("letters or digits in a row"),
            "date": self.tr("a date stands in it"),
        }
        hint = hints.get(strength.hint, "") if strength.score < 3 else ""
        return levels[strength.score] + (f": {hint}" if hint else "")
