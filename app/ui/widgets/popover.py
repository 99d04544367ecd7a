"""Popovers: children of the window, not windows; never over the row they belong to (ui.md section 1, rule 10).

Where a window is too low for one below or above its row, it stands at the side where it covers least of the row: not
its name, and where there is a choice not its action; a bar of the window is covered only where the popover is higher
than all between the bars.

A clear sheet under the popover takes clicks beside it and closes it. Tab stays inside; Esc gives the focus back.
"""

import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QVBoxLayout, QWidget

from app.ui.accessible import DialogNode, heard_as, ornament
from app.ui.theme.look import Look
from app.ui.theme.rescale import fix_panel

MARGIN, GAP, NO_LIMIT = 8, 6, 16_777_215
TOP_BAR, BOTTOM_BAR = "session_bar", "status_bar"
"""Bars of the window by name, which no popover covers."""


class _ClearSheet(QWidget):
    pressed = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """A click beside the popover closes it."""
        self.pressed.emit()


class Popover(QFrame):
    """A card over the window, anchored to a widget.

    Attributes:
        column: the layout for its content.
        begins_at_anchor: whether left edges are aligned, where that leaves it in the window; else right ones.

    Signals:
        dismissed: closed by Esc, a click beside it or its Cancel.
        folded: closed, in whichever way.
    """

    dismissed = Signal()
    folded = Signal()

    def __init__(self, look: Look, anchor: QWidget, width: int, *, name: str = "") -> None:
        window = anchor.window()
        super().__init__(window)
        self._window = window
        self._sheet = _ClearSheet(window)
        self._anchor = anchor
        self._kept: tuple[QWidget, ...] = ()
        self.begins_at_anchor = False
        self.setObjectName(name)
        self.setProperty("ground", "popover")
        fix_panel(self, look, width)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 14, 16, 14)
        self.column.setSpacing(0)
        self._sheet.pressed.connect(self.dismiss)
        if not look.is_contrast:
            shadow = QGraphicsDropShadowEffect(self)
            shadow.setBlurRadius(28)
            shadow.setOffset(0, 8)
            shadow.setColor(QColor(0, 0, 0, 46))
            self.setGraphicsEffect(shadow)

    def unfold(self, first: QWidget | None = None) -> None:
        """Show it below its anchor, else above or beside it, and focus its first control."""
        window = self._window
        self._sheet.setGeometry(window.rect())
        self._sheet.show()
        self._sheet.raise_()
        self.adjustSize()
        self.place()
        self.show()
        self.raise_()
        (first or self).setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self) -> None:
        """Stand below the anchor, edges aligned; else above it; at its side where neither has room."""
        window = self._window
        anchor = QRect(self._anchor.mapTo(window, QPoint(0, 0)), self._anchor.size())
        height = self._height()
        self.setFixedHeight(height)
        highest, lowest = self._room(height)
        begins = anchor.left() if self.begins_at_anchor else anchor.right() - self.width()
        left = max(MARGIN, min(begins, window.width() - self.width() - MARGIN))
        below, above = max(anchor.bottom() + GAP, highest), anchor.top() - GAP - height
        if below <= lowest:
            self.move(left, below)
        elif above >= highest:
            self.move(left, min(above, lowest))
        else:
            beside = anchor.center().y() - height // 2
            self.move(self._side_of(anchor), max(highest, min(beside, lowest)))

    def retranslate(self) -> None:
        """Other words: what it holds takes other room."""
        self.fit()

    def redress(self) -> None:
        """Another size of the text: what it holds is higher, or less high."""
        self.fit()

    def _room(self, height: int) -> tuple[int, int]:
        """The highest and the lowest place of its top edge between the bars; higher where it is too high for that."""
        window = self._window
        first, last = 0, window.height()
        over, under = window.findChild(QWidget, TOP_BAR), window.findChild(QWidget, BOTTOM_BAR)
        if over is not None and over.isVisible():
            first = over.mapTo(window, QPoint(0, over.height())).y()
        if under is not None and under.isVisible():
            last = under.mapTo(window, QPoint(0, 0)).y()
        lowest = last - MARGIN - height
        return max(MARGIN, min(first + MARGIN, window.height() - MARGIN - height)), lowest

    def _side_of(self, anchor: QRect) -> int:
        """The left edge at that side of the anchor where less of it is covered; the right side if both are alike.

        What is to stay visible comes first: a side that covers it is taken only where the other one covers it, too.
        """
        right = min(anchor.right() + GAP, self._window.width() - self.width() - MARGIN)
        left = max(MARGIN, anchor.left() - GAP - self.width())
        hides_right, hides_left = self._hides(right), self._hides(left)
        if hides_right != hides_left:
            return min((hides_right, right), (hides_left, left))[1]
        return right if anchor.right() - right <= left + self.width() - anchor.left() else left

    def keep_clear(self, *widgets: QWidget) -> None:
        """Do not stand over these, such as the name and the action of the row; the first one counts most."""
        self._kept = widgets

    def _hides(self, left: int) -> tuple[bool, ...]:
        """Whether each of what is to stay visible lies under it, if its left edge stands there."""
        hidden = []
        for kept in self._kept:
            if shiboken6.isValid(kept) and kept.isVisible():
                first = kept.mapTo(self._window, QPoint(0, 0)).x()
                width = min(kept.width(), kept.sizeHint().width()) if kept.sizeHint().isValid() else kept.width()
                hidden.append(left < first + width and first < left + self.width())
        return tuple(hidden)

    def fit(self) -> None:
        """What it holds has grown or shrunk: take the height for it, and stand anew."""
        if self.isVisible():
            self.setMinimumHeight(0)
            self.setMaximumHeight(NO_LIMIT)
            self.adjustSize()
            self.place()

    def _height(self) -> int:
        """Wrapped text needs the height that goes with the width; the size hint does not know it."""
        self.column.invalidate()
        if self.column.hasHeightForWidth():
            return self.column.totalHeightForWidth(self.width())
        return self.sizeHint().height()

    def step_aside(self) -> None:
        """Be hidden for a while, as it is; its work is not done."""
        self.hide()
        self._sheet.hide()

    def come_back(self) -> None:
        """Be there again."""
        self.unfold()

    def dismiss(self) -> None:
        """Close it and give the focus back to its row."""
        if self.isVisible():
            self._fold()
            self.dismissed.emit()

    def finish(self) -> None:
        """Close it because its work is done."""
        self._fold()

    def _fold(self) -> None:
        self.hide()
        self._sheet.hide()
        self._anchor.setFocus(Qt.FocusReason.PopupFocusReason)
        self.folded.emit()
        self._sheet.deleteLater()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, N802 (Qt's names)
        """Tab goes round inside."""
        stops = [
            child
            for child in self.findChildren(QWidget)
            if child.isVisible() and child.isEnabled() and child.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        if not stops:
            return True
        current = self.focusWidget()
        index = stops.index(current) if current in stops else -1
        step = 1 if next else -1
        stops[(index + step) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True


heard_as("Popover", DialogNode)
heard_as("_ClearSheet", ornament)
