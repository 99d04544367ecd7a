"""The reasons of a popover: rows with a digit key each, one of them chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from app.session.shown import Reason
from app.ui.saying import filled
from app.ui.theme.fonts import BODY, SMALL, Weight
from app.ui.theme.icons import draw_icon
from app.ui.theme.look import Look

ROW = 32
WORDS, CHECK, EDGE = 38, 34, 12
"""Where the words begin; the room behind them with a check, and without."""


class ReasonRow(QAbstractButton):
    """One reason."""

    def __init__(self, look: Look, reason: Reason, digit: int) -> None:
        super().__init__()
        self._look, self.reason, self.digit = look, reason, digit
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFixedHeight(look.px(ROW))
        self.setObjectName(f"reason_{reason.code}")
        self.setText(reason.label)
        self.setAccessibleName(filled("{}, {}", digit, reason.label))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Room for the words when chosen."""
        metrics = QFontMetricsF(self._look.font(BODY, Weight.MEDIUM))
        words = metrics.horizontalAdvance(self.text())
        return QSize(round(words) + self._look.px(WORDS + self._behind() + 2), self._look.px(ROW))

    def _behind(self) -> int:
        """Room behind the words: only a row that stays chosen has a check there."""
        return CHECK if self.isCheckable() else EDGE

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Key cap, words, and a check where chosen."""
        painter, look = QPainter(self), self._look.drawn
        rect = self._look.draws(painter, self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = "selected" if self.isChecked() else "hover" if self.underMouse() else ""
        if role:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour(role))
            painter.drawRoundedRect(rect, 5, 5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.colour("focus"), 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5)
        self._paint_cap(painter, QRectF(10, (ROW - 18) / 2, 18, 18))
        font = look.font(BODY, Weight.MEDIUM if self.isChecked() else Weight.REGULAR)
        painter.setFont(font)
        painter.setPen(self._look.colour("ink"))
        room = rect.adjusted(WORDS, 0, -self._behind(), 0)
        words = QFontMetricsF(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        if self.isChecked():
            draw_icon(painter, "check", self._look.colour("accent"), QRectF(rect.right() - 27, 8, 16, 16))
        painter.end()

    def _paint_cap(self, painter: QPainter, cap: QRectF) -> None:
        painter.setPen(QPen(self._look.colour("line_strong"), 1))
        painter.setBrush(self._look.colour("surface"))
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(self._look.drawn.font(SMALL, Weight.MEDIUM))
        painter.setPen(self._look.colour("ink"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, str(self.digit))


class ReasonRows(QWidget):
    """All reasons that policy offers; the first is chosen, if nothing is sent by it.

    Signals:
        changed: another reason is chosen.
        picked: a digit key chose one: go on at once.
    """

    changed = Signal()
    picked = Signal()

    def __init__(self, look: Look, reasons: Sequence[Reason], *, chooses_first: bool = True) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Reason"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.rows = [ReasonRow(look, reason, at) for at, reason in enumerate(reasons[:9], start=1)]
        for row in self.rows:
            column.addWidget(row)
            row.toggled.connect(lambda _on: self.changed.emit())
        if self.rows and chooses_first:
            self.rows[0].setChecked(True)

    def chosen(self) -> Reason | None:
        """The reason chosen."""
        return next((row.reason for row in self.rows if row.isChecked()), None)

    def choose(self, code: str) -> None:
        """Choose a reason by its code; an unknown one changes nothing."""
        for row in self.rows:
            if row.reason.code == code:
                row.setChecked(True)

    def take_digit(self, event: QKeyEvent) -> bool:
        """Choose by a digit key; False if the key is none of ours."""
        digit = event.key() - Qt.Key.Key_0
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers != Qt.KeyboardModifier.NoModifier or not 1 <= digit <= len(self.rows):
            return False
        row = self.rows[digit - 1]
        row.setChecked(True)
        row.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.picked.emit()
        return True
