"""Reporting a suspicion: one press on what it looks like, and it is reported; words are welcome and not needed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.incidents.words import Suspicion
from app.session.shown import Reason
from app.ui.console.reason_popover import add_head
from app.ui.console.reason_rows import ReasonRow
from app.ui.privacy.incidents.words import suspicion_name
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.popover import Popover
from app.ui.widgets.strips import Message

WIDTH, WORDS, LONGEST = 440, 56, 2000


class ReportPopover(Popover):
    """The form.

    Args:
        look: colours.
        anchor: where it belongs.
        sentence: what becomes of a report; none: it goes at once.
        has_drill: whether somebody may call it a drill.

    Signals:
        sent: what is suspected, words, whether it is a drill.
    """

    sent = Signal(object, str, bool)

    def __init__(self, look: Look, anchor: QWidget, sentence: str = "", *, has_drill: bool = True) -> None:
        super().__init__(look, anchor, look.panel(WIDTH), name="report_popover")
        title = self.tr("Report a suspicion")
        self.setAccessibleName(title)
        sentence = sentence or self.tr(
            "Press what it looks like: it goes to the privacy officer at once. Nobody is blamed for a false alarm."
        )
        self._sentence = add_head(look, self.column, "siren", title, sentence)
        self.words = QPlainTextEdit()
        self.words.setObjectName("report_words")
        self.words.setFont(look.font())
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(look.px(WORDS))
        self.words.setPlaceholderText(self.tr("What you saw, if you want to say more"))
        self.words.setAccessibleName(self.tr("What you saw"))
        self.column.addWidget(self.words)
        self.column.addSpacing(6)
        self.drill = Button(look, self.tr("This is a drill"), "filter", name="report_drill")
        self.drill.setCheckable(True)
        self.drill.toggled.connect(self._on_drill)
        self.drill.setVisible(has_drill)
        self.column.addWidget(self.drill, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addSpacing(6 if has_drill else 0)
        self.rows: list[ReasonRow] = []
        for digit, suspicion in enumerate(Suspicion, start=1):
            row = ReasonRow(look, Reason(suspicion.value, suspicion_name(suspicion)), digit)
            row.setObjectName(f"report_{suspicion.value}")
            row.setCheckable(False)
            row.clicked.connect(lambda _on=False, what=suspicion: self._send(what))
            self.rows.append(row)
            self.column.addWidget(row)
        self.column.addSpacing(4)
        self.error = Message(look, "danger", "report_error")
        self.column.addWidget(self.error)
        self._is_sending = False

    def focus_first(self) -> None:
        """Unfold with the first suspicion in focus: Return or its digit reports it."""
        self.unfold(self.rows[0])

    def refuse(self, sentence: str) -> None:
        """It was not taken; what was typed stays."""
        self._is_sending = False
        self.error.say(sentence)
        self.fit()

    def shut(self, sentence: str) -> None:
        """Nothing can be reported now: say what to do, before anybody types."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        for widget in (self._sentence, self.words, self.drill, *self.rows):
            widget.hide()
        self.refuse(sentence)

    def _on_drill(self, is_on: bool) -> None:
        self.drill.setProperty("lit", is_on)
        self.drill.set_kind("filter")

    def _send(self, suspicion: Suspicion) -> None:
        words = self.words.toPlainText().strip()
        if self._is_sending:
            return
        if len(words) > LONGEST:
            self.refuse(self.tr("Write plain text, at most 2,000 characters."))
            return
        self._is_sending = True
        self.error.say("")
        self.sent.emit(suspicion, words, self.drill.isChecked())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Digits and Return report, arrows go from row to row."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key, focus = Qt.Key(event.key()), self.focusWidget()
        at = event.key() - Qt.Key.Key_1
        if key in steps and focus in self.rows:
            where = (self.rows.index(focus) + steps[key]) % len(self.rows)
            self.rows[where].setFocus(Qt.FocusReason.TabFocusReason)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and focus in self.rows and not event.isAutoRepeat():
            focus.click()
        elif (
            0 <= at < len(self.rows)
            and focus is not self.words
            and self.rows[at].isVisible()
            and not event.isAutoRepeat()
        ):
            self.rows[at].click()
        else:
            super().keyPressEvent(event)
