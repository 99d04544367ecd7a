"""Several customers have the number of whoever calls: who of them is it? Stands in the card's place.

A digit or a click opens one; arrows go up and down, Enter takes the line with the focus, Esc puts the question aside.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.session.shown import ShownRow
from app.ui.saying import joined
from app.ui.theme.fonts import BODY, SMALL, VALUES, Weight
from app.ui.theme.look import Look
from app.ui.widgets.labels import text_label
from app.ui.words import shown_text

ROW, CAP, INSET, MOST_DIGITS = 48, 18, 20, 9


class ChoiceRow(QAbstractButton):
    """One customer, or none of them."""

    def __init__(
        self, look: Look, digit: str, name: str, number: str, more: str, take_key: Callable[[QKeyEvent], bool]
    ) -> None:
        super().__init__()
        self._take_key = take_key
        self._look, self._digit, self._name, self._number, self._more = look, digit, name, number, more
        self.setFixedHeight(look.px(ROW))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(joined(", ", name, number, more))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """The list is asked first: a button of Qt's, and what scrolls it, would take the arrows."""
        if not self._take_key(event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """A line of the list."""
        return QSize(self._look.px(320), self._look.px(ROW))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Digit, name and number, and under them where the customer is."""
        painter, drawn = QPainter(self), self._look.drawn
        rect = self._look.draws(painter, self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("selected" if self.hasFocus() else "hover"))
            painter.drawRoundedRect(rect, 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.colour("focus"), 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        if self._digit:
            self._paint_cap(painter, QRectF(12, (ROW - CAP) / 2, CAP, CAP))
        room, left = rect.width() - 42 - 14, rect.left() + 42
        upper, lower = QRectF(left, 6, room, 19), QRectF(left, 25, room, 17)
        if not self._more:
            upper = QRectF(left, 0, room, ROW)
        value = drawn.font(SMALL, Weight.MEDIUM, VALUES)
        number_room = QFontMetricsF(value).horizontalAdvance(self._number)
        painter.setFont(value)
        painter.setPen(self._look.colour("ink2"))
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._number)
        self._paint(painter, upper.adjusted(0, 0, -number_room - 10, 0), self._name, "ink", Weight.MEDIUM, BODY)
        self._paint(painter, lower, self._more, "ink2", Weight.REGULAR, SMALL)
        painter.end()

    def _paint(self, painter: QPainter, rect: QRectF, text: str, role: str, weight: Weight, size: int) -> None:
        font = self._look.drawn.font(size, weight)
        painter.setFont(font)
        painter.setPen(self._look.colour(role))
        words = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_cap(self, painter: QPainter, cap: QRectF) -> None:
        painter.setPen(QPen(self._look.colour("line_strong"), 1))
        painter.setBrush(self._look.colour("surface"))
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(self._look.drawn.font(SMALL, Weight.MEDIUM))
        painter.setPen(self._look.colour("ink"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._digit)


class CallerChooser(QWidget):
    """The question.

    Signals:
        chosen: the id of the customer who calls.
        nobody: it is none of them.
    """

    chosen = Signal(int)
    nobody = Signal()

    def __init__(self, look: Look, customers: Sequence[ShownRow], title: str, *, may_make: bool) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("caller_chooser")
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(INSET, 16, INSET, 12)
        column.setSpacing(4)
        column.addWidget(text_label(look, title, weight=Weight.SEMIBOLD, wrap=True))
        how = self.tr("Ask who calls. Each of them is written down as found.")
        column.addWidget(text_label(look, how, ink="ink2", size=SMALL, wrap=True))
        column.addSpacing(8)
        self.rows: list[ChoiceRow] = []
        sheet = QWidget()
        sheet.setProperty("ground", "none")
        lines = QVBoxLayout(sheet)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        for at, customer in enumerate(customers, start=1):
            last = self.tr("last contact {day}").format(day=shown_text("date", customer.last_contact))
            parts = (customer.city, customer.queue, customer.ticket, last if customer.last_contact else "")
            more = "  ·  ".join(part for part in parts if part)
            row = self._add(lines, str(at) if at <= MOST_DIGITS else "", customer.name, customer.number, more)
            row.clicked.connect(partial(self._choose, customer.id))
        if may_make:
            row = self._add(lines, "0", self.tr("None of them: a new contact"), "", "")
            row.clicked.connect(lambda _checked=False: self.nobody.emit())
        lines.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(sheet)
        self._scroll = scroll
        column.addWidget(scroll, 1)

    def _add(self, lines: QVBoxLayout, digit: str, name: str, number: str, more: str) -> ChoiceRow:
        row = ChoiceRow(self._look, digit, name, number, more, self._take_key)
        row.setObjectName(f"choice_{digit or len(self.rows) + 1}")
        self.rows.append(row)
        lines.addWidget(row)
        return row

    def _choose(self, customer: int, _checked: bool = False) -> None:
        self.chosen.emit(customer)

    def focus_first(self) -> None:
        """Put the focus on the first line."""
        self._go(0)

    def _go(self, at: int) -> None:
        row = self.rows[max(0, min(len(self.rows) - 1, at))]
        for other in self.rows:
            other.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other is row else Qt.FocusPolicy.ClickFocus)
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(row, 0, 8)

    def _take_key(self, event: QKeyEvent) -> bool:
        """Digits, arrows, Enter; whether the key was one of ours."""
        at = next((at for at, row in enumerate(self.rows) if row.hasFocus()), 0)
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        digit = event.text() if plain and event.text().isdecimal() else ""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -len(self.rows), Qt.Key.Key_End: len(self.rows)}
        if digit:
            for row in self.rows:
                if row.objectName() == f"choice_{digit}":
                    row.click()
                    break
        elif plain and key in step:
            self._go(at + step[Qt.Key(key)])
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.rows[at].click()
        else:
            return False
        return True
