"""When to call back: a day and a time are typed, or a day is chosen. What is meant is said under the field."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.call_back import CallBack, CallBackError
from app.ui.console.call_back_words import call_back_words, fault_words
from app.ui.console.contact_use_cases import ContactUseCases
from app.ui.saying import joined
from app.ui.theme.fonts import BODY, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import repolish, set_ink, text_label
from app.ui.widgets.popover import Popover

WIDTH = 300
IN_DAYS = (1, 3, 7)


class CallBackPopover(Popover):
    """A field, and days to choose.

    Signals:
        chosen: the call-back, or None for none.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, anchor: QWidget, contacts: ContactUseCases, current: CallBack | None) -> None:
        super().__init__(look, anchor, look.panel(WIDTH), name="call_back_popover")
        self._contacts = contacts
        self.setAccessibleName(self.tr("Call back"))
        self.column.addWidget(text_label(look, self.tr("Call back"), size=BODY, weight=Weight.SEMIBOLD))
        self.column.addSpacing(8)
        self.edit = QLineEdit()
        self.edit.setObjectName("call_back_text")
        self.edit.setFont(look.font())
        self.edit.setMaxLength(24)
        self.edit.setPlaceholderText(self.tr("Day and time: 12/3 10:00"))
        self.edit.setAccessibleName(self.tr("Day and time to call back, by the office’s clock"))
        self.edit.textEdited.connect(lambda _text: self._show_meant())
        self.edit.returnPressed.connect(self._take)
        self.edit.installEventFilter(self)
        self.column.addWidget(self.edit)
        self.column.addSpacing(4)
        self._meant = text_label(look, "", ink="ink2", size=SMALL, wrap=True)
        self._meant.setObjectName("call_back_meant")
        self._meant.setMinimumHeight(look.px(16))
        self.column.addWidget(self._meant)
        self.column.addSpacing(4)
        self.buttons: list[Button] = []
        self._add_days(look)
        if current is not None:
            self._add(look, self.tr("No call back"), "no_call_back", lambda: None, "x")
        self.unfold(self.edit)

    def _add_days(self, look: Look) -> None:
        now = self._contacts.now()
        names = {1: self.tr("Tomorrow"), 3: self.tr("In three days"), 7: self.tr("In a week")}
        for days in IN_DAYS:
            day = CallBack(now.day + timedelta(days=days))
            self._add(look, joined(", ", names[days], call_back_words(day)), f"in_{days}_days", partial(_self, day))

    def _add(self, look: Look, words: str, name: str, make: Callable[[], CallBack | None], icon: str = "") -> None:
        button = Button(look, words, "row", icon=icon or "calendar", name=name)
        button.clicked.connect(lambda: self._choose(make()))
        button.installEventFilter(self)
        self.buttons.append(button)
        self.column.addWidget(button)

    def _show_meant(self) -> None:
        self._say_wrong("")
        try:
            meant = self._contacts.read_call_back(self.edit.text())
        except CallBackError:
            self._meant.setText("")
        else:
            self._meant.setText(call_back_words(meant) if meant is not None else "")

    def _say_wrong(self, sentence: str) -> None:
        set_ink(self._meant, "danger" if sentence else "ink2")
        self.edit.setProperty("wrong", bool(sentence))
        repolish(self.edit)
        if sentence:
            self._meant.setText(sentence)
            self.edit.setAccessibleDescription(sentence)
        self.fit()

    def _take(self) -> None:
        """Return: what was typed, if it is a day to come."""
        try:
            meant = self._contacts.read_call_back(self.edit.text())
        except CallBackError as error:
            self._say_wrong(fault_words(error.fault))
            return
        self._choose(meant)

    def _choose(self, call_back: CallBack | None) -> None:
        self.chosen.emit(call_back)
        self.finish()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Arrows go from the field to the days and back."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            stops: list[QWidget] = [self.edit, *self.buttons]
            if step is not None and watched in stops:
                at = stops.index(watched)
                stops[(at + step) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)


def _self(call_back: CallBack) -> CallBack | None:
    return call_back
