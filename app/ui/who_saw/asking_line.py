"""What a list is about: the customer's number, the days, and the language in which it speaks."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.session.shown_who_saw import Days, Language
from app.ui.console.search_bar import Picker
from app.ui.language import Language as Spoken
from app.ui.language import spoken
from app.ui.theme.look import Look
from app.ui.who_saw.period import Period, days_of, period_name
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow_row import FlowRow, together
from app.ui.widgets.labels import repolish, text_label
from app.ui.widgets.strips import Message

NUMBER_WIDTH, PERIOD_WIDTH, DAY_WIDTH = 210, 204, 128
LANGUAGES: tuple[Language, ...] = ("en", "id")


class AskingLine(QWidget):
    """One line; two where the text is large.

    Signals:
        wanted: look; read `number` and `days`.
        language_changed: the list is to speak another language; nobody is asked.
    """

    wanted = Signal()
    language_changed = Signal()

    def __init__(self, look: Look, today: Callable[[], date] = date.today) -> None:
        super().__init__()
        self._look, self._today = look, today
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = FlowRow(8)
        column.addWidget(row)
        self._edit = self._make_edit("who_saw_number", self.tr("Customer number"), NUMBER_WIDTH)
        self._period = Picker(look)
        self._period.setObjectName("who_saw_period")
        self._period.setAccessibleName(self.tr("Period"))
        self._period.setFixedWidth(look.px(PERIOD_WIDTH))
        for period in Period:
            self._period.addItem(period_name(period), period.value)
        self._first = self._make_edit("who_saw_first", self.tr("First day"), DAY_WIDTH)
        self._last = self._make_edit("who_saw_last", self.tr("Last day"), DAY_WIDTH)
        self.show_list = Button(look, self.tr("Show"), "primary", name="who_saw_show")
        for widget in (self._edit, self._period, together(self._first, self._last), self.show_list):
            row.add(widget)
        speaks = together(text_label(look, self.tr("List in"), ink="ink2"), self._make_languages(look))
        row.add(speaks, ends=True)
        self.error = Message(look, "danger", "who_saw_error")
        column.addWidget(self.error)
        self._period.currentIndexChanged.connect(lambda _index: self._on_period_changed())
        self.show_list.clicked.connect(self.wanted)
        self._on_period_changed()

    def _make_edit(self, name: str, words: str, width: int) -> QLineEdit:
        edit = QLineEdit()
        edit.setObjectName(name)
        edit.setAccessibleName(words)
        edit.setPlaceholderText(words)
        edit.setFixedWidth(self._look.px(width))
        edit.setMaxLength(64)
        edit.returnPressed.connect(self.wanted)
        edit.textEdited.connect(lambda _text: self.say_wrong("", None))
        return edit

    def _make_languages(self, look: Look) -> QFrame:
        segments = QFrame()
        segments.setProperty("kind", "segments")
        row = QHBoxLayout(segments)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        self._languages = QButtonGroup(self)
        for at, language in enumerate(LANGUAGES):
            button = Button(look, Spoken(language).own_name, "segment", name=f"who_saw_in_{language}")
            button.setCheckable(True)
            button.setChecked(language == spoken().value)
            self._languages.addButton(button, at)
            row.addWidget(button)
        self._languages.idClicked.connect(lambda _id: self.language_changed.emit())
        return segments

    def _on_period_changed(self) -> None:
        is_chosen = self._period.currentData() == Period.CHOSEN.value
        for edit in (self._first, self._last):
            edit.setEnabled(is_chosen)
        self.say_wrong("", None)

    @property
    def number(self) -> str:
        """What was typed as the customer's number."""
        return self._edit.text().strip()

    def set_number(self, number: str) -> None:
        """Show whose list it is."""
        self._edit.setText(number)
        self.say_wrong("", None)

    @property
    def language(self) -> Language:
        """In which language the list speaks."""
        return LANGUAGES[max(0, self._languages.checkedId())]

    def days(self) -> Days | None:
        """Which days; None where what was typed is no day, which is said."""
        period = Period(self._period.currentData())
        days = days_of(period, self._first.text(), self._last.text(), self._today())
        if days is None:
            self.say_wrong(self.tr("Type days as 27/11/2026 or 2026-11-27."), self._first)
        return days

    def say_wrong(self, sentence: str, edit: QLineEdit | None) -> None:
        """A sentence below the line, and the field that it is about; an empty one takes it back."""
        self.error.say(sentence)
        for one in (self._edit, self._first, self._last):
            if one.property("wrong") != (one is edit):
                one.setProperty("wrong", one is edit)
                repolish(one)
        if edit is not None:
            edit.setFocus()
            edit.selectAll()

    def refuse_number(self, sentence: str) -> None:
        """The number is nobody's."""
        self.say_wrong(sentence, self._edit)

    def focus_number(self) -> None:
        """Put the focus into the number."""
        self._edit.setFocus()
        self._edit.selectAll()

    def forget(self) -> None:
        """Leave nothing that was typed."""
        for edit in (self._edit, self._first, self._last):
            edit.clear()
        self.say_wrong("", None)
