"""The search field, the queue picker and the switch between list and table. Found by what is typed, as it is typed."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QStyledItemDelegate, QVBoxLayout, QWidget

from app.domain.whole_value import Looks, looks_like
from app.ui.shortcuts import cap_for, words_for
from app.ui.theme.fonts import Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import key_cap
from app.ui.widgets.labels import icon_label, repolish

TYPING_PAUSE_MS, ROOM_BESIDE_WORDS = 40, 56


class Picker(QComboBox):
    """A combo box with our arrow."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFont(look.font(weight=Weight.MEDIUM))
        self.setItemDelegate(QStyledItemDelegate(self))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the arrow over the style's empty one."""
        super().paintEvent(event)
        painter = QPainter(self)
        arrow, edge = self._look.pixmap("chevron-down", "ink2" if self.isEnabled() else "ink3", 14), self._look.px(14)
        painter.drawPixmap(self.width() - edge - 9, (self.height() - edge) // 2, arrow)
        painter.end()


class SearchBar(QWidget):
    """Search, queue, face.

    Signals:
        changed: what is looked for changed; read `text()` and `queue()`.
        entered: Return or Down in the search field: go to what was found.
        whole_entered: Return on what looks like a whole number or address: the office may know whose it is.
        face_wanted: the other face, list or table, is wanted.
    """

    changed = Signal()
    entered = Signal()
    whole_entered = Signal(str)
    face_wanted = Signal()

    def __init__(self, look: Look, queues: Sequence[str], *, is_table: bool = False) -> None:
        super().__init__()
        self._look = look
        self._pause = QTimer(self, interval=TYPING_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.changed)
        box = QHBoxLayout(self) if is_table else QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self._make_field(is_table), 1 if is_table else 0)
        row = QHBoxLayout()
        row.setSpacing(6)
        self._picker = self._make_picker(queues, is_table)
        row.addWidget(self._picker, 0 if is_table else 1)
        row.addWidget(self._make_switch(is_table))
        box.addLayout(row)

    def _make_field(self, is_table: bool) -> QFrame:
        frame = QFrame()
        frame.setProperty("field", True)
        frame.setFixedHeight(self._look.px(34))
        row = QHBoxLayout(frame)
        row.setContentsMargins(9, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(icon_label(self._look, "search", "ink2"))
        self.edit = QLineEdit()
        self.edit.setObjectName("table_search" if is_table else "search")
        self.edit.setProperty("bare", True)
        self.edit.setFont(self._look.font())
        self.edit.setMaxLength(200)
        self.edit.setPlaceholderText(self.tr("Name, number, phone, ticket"))
        self.edit.setAccessibleName(
            self.tr("Find by name, customer number, city or ticket; or by a whole phone, NIK or card number")
        )
        self.edit.textChanged.connect(lambda _text: self._pause.start())
        self.edit.installEventFilter(self)
        row.addWidget(self.edit, 1)
        self._cap = key_cap(self._look, cap_for("find"))
        row.addWidget(self._cap)
        self._frame = frame
        return frame

    def _make_picker(self, queues: Sequence[str], is_table: bool) -> Picker:
        picker = Picker(self._look)
        picker.setObjectName("table_queue" if is_table else "queue")
        picker.setAccessibleName(self.tr("Queue"))
        picker.addItem(self.tr("All my queues"), None)
        for queue in queues:
            picker.addItem(queue, queue)
        picker.setMinimumWidth(self._look.px(180) if is_table else 0)
        picker.currentIndexChanged.connect(lambda _index: self.changed.emit())
        return picker

    def _make_switch(self, is_table: bool) -> Button:
        switch = Button(self._look, "", "square", icon="layout-list" if is_table else "table-2")
        switch.setObjectName("show_list" if is_table else "show_table")
        switch.setAccessibleName(words_for("list_or_table"))
        switch.setFixedWidth(self._look.px(28))
        switch.setFixedHeight(self._look.px(28))
        switch.clicked.connect(self.face_wanted)
        return switch

    def _fit_cap(self) -> None:
        """The key stands there where the words leave room for it."""
        words = self.edit.fontMetrics().horizontalAdvance(self.edit.placeholderText())
        room = self._frame.width() - self._cap.sizeHint().width() - self._look.px(ROOM_BESIDE_WORDS)
        self._cap.setVisible(words <= room)

    def retranslate(self) -> None:
        """Longer words, or shorter."""
        self._fit_cap()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Another width."""
        super().resizeEvent(event)
        self._fit_cap()

    def text(self) -> str:
        """What is looked for."""
        return self.edit.text()

    def queue(self) -> str | None:
        """The queue picked, or None for all of one's own."""
        data = self._picker.currentData()
        return data if isinstance(data, str) else None

    def _is_whole(self) -> bool:
        return looks_like(self.text()) is Looks.WHOLE

    def forget(self) -> None:
        """Empty the field for good: nothing that was looked up comes back by an undo. Nobody is told."""
        self.edit.blockSignals(True)
        self.edit.setText("")
        self.edit.blockSignals(False)

    def look_for(self, text: str, queue: str | None) -> None:
        """Look for this from now on; nobody is told."""
        for widget in (self.edit, self._picker):
            widget.blockSignals(True)
        self.edit.setText(text)
        self._picker.setCurrentIndex(max(0, self._picker.findData(queue)))
        for widget in (self.edit, self._picker):
            widget.blockSignals(False)

    def copy_from(self, other: "SearchBar") -> None:
        """Look for what the other face looks for."""
        for widget in (self.edit, self._picker):
            widget.blockSignals(True)
        self.edit.setText(other.text())
        self._picker.setCurrentIndex(other._picker.currentIndex())
        for widget in (self.edit, self._picker):
            widget.blockSignals(False)

    def focus_search(self) -> None:
        """Put the focus into the search field, all of it selected."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Down and Return go to the list; the frame shows the focus."""
        if watched is self.edit and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._frame.setProperty("lit", event.type() == QEvent.Type.FocusIn)
            repolish(self._frame)
        if watched is self.edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._is_whole():
                self.whole_entered.emit(self.text())
                return True
            if plain and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit()
                return True
        return super().eventFilter(watched, event)
