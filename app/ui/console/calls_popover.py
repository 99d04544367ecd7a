"""The other calls: who is held, who waits, and for how long. A digit, or Enter, talks on that one."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.session.calls import Call, CallState
from app.ui.calls import Calls
from app.ui.saying_widgets import words_of
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import key_cap
from app.ui.widgets.labels import text_label
from app.ui.widgets.popover import Popover
from app.ui.words import minutes_seconds

WIDTH, SECOND_MS = 340, 1000


class CallsPopover(Popover):
    """A line for each other call.

    Signals:
        chosen: the call to talk on (`Call`).
    """

    chosen = Signal(object)

    def __init__(self, look: Look, anchor: QWidget, calls: Calls) -> None:
        super().__init__(look, anchor, WIDTH, name="calls_popover")
        self._calls, self._shown = calls, calls.others
        self._times: list[QLabel] = []
        self.lines: list[Button] = []
        self.setAccessibleName(self.tr("Other calls"))
        self.column.addWidget(text_label(look, self.tr("Other calls"), weight=Weight.SEMIBOLD))
        self.column.addSpacing(8)
        for at, call in enumerate(self._shown, start=1):
            self.column.addLayout(self._line(look, at, call))
        calls.changed.connect(self._on_changed)
        second = QTimer(self, interval=SECOND_MS)
        second.timeout.connect(self._show_times)
        second.start()
        self._show_times()
        self.unfold(self.lines[0])

    def _line(self, look: Look, at: int, call: Call) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(key_cap(look, str(at)))
        button = Button(look, self._calls.name_of(call) or self.tr("Unknown caller"), "row", name=f"call_{at}")
        button.clicked.connect(partial(self._choose, at - 1))
        self.lines.append(button)
        line.addWidget(button, 1)
        time = text_label(look, "", ink="ink2", size=SMALL, features=FIGURES)
        self._times.append(time)
        line.addWidget(time)
        return line

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """A digit takes its call; arrows go up and down."""
        digit, plain = event.text(), not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and digit.isdecimal() and 1 <= int(digit) <= len(self.lines):
            self._choose(int(digit) - 1)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def _choose(self, at: int, _checked: bool = False) -> None:
        call = self._shown[at]
        self.dismiss()
        self.chosen.emit(call)

    def _on_changed(self) -> None:
        """Another set of calls: what is listed here is not true any more."""
        if self._calls.others != self._shown:
            self.dismiss()

    def _show_times(self) -> None:
        for call, line, time in zip(self._shown, self.lines, self._times, strict=True):
            words = self.tr("waits {t}") if call.state is CallState.WAITS else self.tr("on hold {t}")
            time.setText(words.format(t=minutes_seconds(self._calls.stands_s(call))))
            line.setAccessibleDescription(words_of(time))
