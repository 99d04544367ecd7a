"""Six boxes for a code: one edit to the keyboard and to readers, six boxes to the eye (ui.md section 8)."""

from PySide6.QtCore import QEvent, QRectF, QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegularExpressionValidator,
)
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from app.ui.theme.fonts import TITLE, VALUES, Weight
from app.ui.theme.look import Look

DIGITS, HEIGHT, GAP, MIDDLE_GAP = 6, 40, 9, 14
ASCII_DIGITS = "0123456789"


def digits_only(text: str) -> str:
    """The ASCII digits of a pasted text, at most six."""
    return "".join(c for c in text if c in ASCII_DIGITS)[:DIGITS]


class CodeBoxes(QLineEdit):
    """An edit for six digits; paste takes the digits out of whatever was copied.

    Signals:
        completed: the sixth digit is there.
    """

    completed = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None, *, name: str = "code") -> None:
        super().__init__(parent)
        self._look = look
        self._wrong = False
        self.setObjectName(name)
        self.setMaxLength(DIGITS)
        self.setValidator(QRegularExpressionValidator(QRegularExpression(r"[0-9]{0,6}"), self))
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhNoPredictiveText)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look.px(HEIGHT))
        self.setAccessibleName(self.tr("Code from your authenticator, six digits"))
        self.textChanged.connect(self._on_text_changed)

    def set_wrong(self, wrong: bool) -> None:
        """Edge the boxes as refused, or not."""
        self._wrong = wrong
        self.update()

    def clear(self) -> None:
        """Empty the boxes; `QLineEdit.clear` would let Undo bring the digits back."""
        self.setText("")

    def is_complete(self) -> bool:
        """Whether six digits are there."""
        return len(self.text()) == DIGITS

    def _on_text_changed(self, text: str) -> None:
        if text:
            self._wrong = False
        self.update()
        if len(text) == DIGITS:
            self.completed.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Paste keeps the digits alone; the caret stays at the end; a seventh digit begins another code."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.take(QGuiApplication.clipboard().text())
            return
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home):
            return
        if self.is_complete() and len(event.text()) == 1 and event.text() in ASCII_DIGITS:
            self.clear()
        super().keyPressEvent(event)
        self.update()

    def take(self, text: str) -> None:
        """Fill the boxes with the digits of a text."""
        digits = digits_only(text)
        if digits:
            self.setText(digits)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Focus without moving the caret into the middle."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.setCursorPosition(len(self.text()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """No selection by dragging."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """No selection by double click."""

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Repaint when enabled or not."""
        super().changeEvent(event)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Boxes of 38."""
        return QSize(self._look.px(280), self._look.px(HEIGHT))

    def _boxes(self) -> list[QRectF]:
        width = (self.width() / self._look.text - 4 * GAP - MIDDLE_GAP) / DIGITS
        lefts = [i * (width + GAP) + (MIDDLE_GAP - GAP if i >= DIGITS // 2 else 0) for i in range(DIGITS)]
        return [QRectF(left, 0, width, HEIGHT) for left in lefts]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw six boxes, the digits, and a caret in the next one."""
        painter = QPainter(self)
        self._look.draws(painter, self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._look.drawn.font(TITLE, Weight.REGULAR, VALUES))
        text = self.text()
        current = min(len(text), DIGITS - 1) if self.hasFocus() else -1
        for index, box in enumerate(self._boxes()):
            self._paint_box(painter, box, text[index : index + 1], index == current)
        painter.end()

    def _paint_box(self, painter: QPainter, box: QRectF, digit: str, current: bool) -> None:
        role = "focus" if current else "danger" if self._wrong else "line_strong" if self.isEnabled() else "line"
        width = 2 if current else 1  # a wrong one's colour alone would hide where the focus is
        painter.setPen(QPen(self._look.colour(role), width))
        painter.setBrush(self._look.colour("surface" if self.isEnabled() else "bg"))
        inset = width / 2
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 6, 6)
        painter.setPen(self._look.colour("ink" if self.isEnabled() else "ink3"))
        if digit:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, digit)
        elif current:
            x = round(box.center().x())
            painter.fillRect(QRectF(x, box.top() + 11, 1, HEIGHT - 22), self._look.colour("ink"))
