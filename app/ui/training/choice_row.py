"""One answer of a question: its digit, its words over as many lines as they need, a check where it is chosen."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from app.ui.saying import filled
from app.ui.theme.fonts import BODY, SMALL, Weight
from app.ui.theme.icons import draw_icon
from app.ui.theme.look import Look

LEFT, RIGHT, AIR, LEAST = 44, 40, 9, 38
"""Px of the design: before and after the words, above and below them, and the least height."""
_WRAPPED = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextWordWrap.value


class ChoiceRow(QAbstractButton):
    """An answer."""

    def __init__(self, look: Look, text: str, digit: int) -> None:
        super().__init__()
        self._look, self.digit = look, digit
        self.setCheckable(True)
        self.setObjectName(f"choice_{digit}")
        self.setText(text)
        self.setAccessibleName(filled("{}, {}", digit, text))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Room for some words; the height follows the width."""
        return QSize(self._look.px(320), self.heightForWidth(self._look.px(320)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As high as its words are now."""
        return QSize(self._look.px(160), self.heightForWidth(max(self.width(), self._look.px(320))))

    def hasHeightForWidth(self) -> bool:  # noqa: N802 (Qt's name)
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 (Qt's name)
        """So many px."""
        room = max(40, width - self._look.px(LEFT) - self._look.px(RIGHT))
        metrics = QFontMetrics(self._look.font(BODY, Weight.MEDIUM))
        words = metrics.boundingRect(0, 0, room, 10_000, _WRAPPED, self.text()).height()
        return max(self._look.px(LEAST), words + 2 * self._look.px(AIR))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Key cap, words, and a check where chosen."""
        del event
        painter, look = QPainter(self), self._look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        role = "selected" if self.isChecked() else "hover" if self.underMouse() else ""
        painter.setPen(QPen(look.colour("accent" if self.isChecked() else "line"), 1))
        painter.setBrush(look.colour(role) if role else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(rect, 6, 6)
        size = look.px(18)
        cap = QRectF(look.px(12), (self.height() - size) / 2, size, size)
        painter.setPen(QPen(look.colour("line_strong"), 1))
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(look.colour("ink"))
        painter.setFont(look.font(SMALL, Weight.MEDIUM))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, str(self.digit))
        painter.setFont(look.font(BODY, Weight.MEDIUM if self.isChecked() else Weight.REGULAR))
        words = QRectF(self.rect()).adjusted(look.px(LEFT), 0, -look.px(RIGHT), 0)
        painter.drawText(words, _WRAPPED, self.text())
        if self.isChecked():
            icon = look.px(16)
            place = QRectF(self.width() - look.px(28), (self.height() - icon) / 2, icon, icon)
            draw_icon(painter, "check", look.colour("accent"), place)
        painter.end()
