"""The popover before a field is used and not shown: what will be done, a reason and a code where they are wanted.

Where several actions fit a field, another popover has one of them chosen first.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.session.shown import Reason, ShownAct
from app.ui.console.check_first import CheckFirst
from app.ui.console.reason_rows import ReasonRows
from app.ui.theme.fonts import BODY, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import key_cap
from app.ui.widgets.code_row import CodeRow
from app.ui.widgets.labels import icon_label, line, text_label
from app.ui.widgets.popover import Popover
from app.ui.words import in_a_sentence

WIDTH, WIDEST, TEXT_MIN, TEXT_MAX = 380, 480, 10, 200


def add_head(look: Look, column: QVBoxLayout, icon: str, title: str, sentence: str) -> None:
    """Icon, title, Esc, and one sentence."""
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addWidget(icon_label(look, icon, "accent"))
    head.addWidget(text_label(look, title, size=BODY, weight=Weight.SEMIBOLD, wrap=True), 1)
    head.addWidget(key_cap(look, "Esc"))
    column.addLayout(head)
    column.addSpacing(3)
    column.addWidget(text_label(look, sentence, ink="ink2", size=SMALL, wrap=True))
    column.addSpacing(10)


class ChooseActPopover(Popover):
    """Which of several actions.

    Signals:
        chosen: the action.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, anchor: QWidget, label: str, icon: str, acts: Sequence[ShownAct]) -> None:
        super().__init__(look, anchor, WIDTH, name="choose_act")
        self._acts = {act.code: act for act in acts}
        title = self.tr("Use {field}, without showing it").format(field=in_a_sentence(label))
        self.setAccessibleName(title)
        add_head(look, self.column, icon, title, self.tr("Choose what is to be done."))
        self.rows = ReasonRows(look, [Reason(act.code, act.label) for act in acts])
        self.rows.setAccessibleName(self.tr("Action"))
        self.rows.picked.connect(self._choose)
        for row in self.rows.rows:
            row.clicked.connect(self._choose)
        self.column.addWidget(self.rows)

    def focus_first(self) -> None:
        """Unfold with the first action in focus."""
        self.unfold(self.rows.rows[0])

    def _choose(self) -> None:
        chosen = self.rows.chosen()
        if chosen is not None and self.isVisible():
            self.finish()
            self.chosen.emit(self._acts[chosen.code])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Digits choose, Return takes what is chosen, Esc closes."""
        if self.rows.take_digit(event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
            return
        super().keyPressEvent(event)


class ActPopover(Popover):
    """One action, before it is taken.

    Signals:
        confirmed: the reason's code and its text; both empty where none is wanted. Where a code is asked for,
            `code_given` comes first.
        code_given: a fresh code; answered by `refuse` or `go_on`.
        check_wanted: the caller is to be identified first.
    """

    confirmed = Signal(str, str)
    code_given = Signal(str)
    check_wanted = Signal()

    def __init__(
        self,
        look: Look,
        anchor: QWidget,
        label: str,
        icon: str,
        act: ShownAct,
        reasons: Sequence[Reason],
        *,
        is_identified: bool,
    ) -> None:
        super().__init__(look, anchor, WIDTH, name="act_popover")
        self._look, self._act, self._is_identified = look, act, is_identified
        title = self.tr("{action}: {field}").format(action=act.label, field=in_a_sentence(label))
        self.setAccessibleName(title)
        sentence = self.tr("A program gets this field. It is used, not shown, and written down with your name.")
        add_head(look, self.column, icon, title, sentence)
        self.reasons = ReasonRows(look, reasons, chooses_first=False)  # what was sent does not come back
        self.reasons.setVisible(bool(reasons))
        self.reasons.changed.connect(self._on_reason_changed)
        self.reasons.picked.connect(self._confirm)
        self.column.addWidget(self.reasons)
        if reasons:
            self.setFixedWidth(max(WIDTH, min(WIDEST, self.reasons.sizeHint().width() + 34)))
        self._text = self._make_text()
        self.column.addWidget(self._text)
        self.check_first = CheckFirst(look)
        self.check_first.wanted.connect(self._on_check_wanted)
        self.column.addWidget(self.check_first)
        self.code = CodeRow(look, name="act_code")
        self.code.setContentsMargins(0, 8, 0, 4)
        self.code.changed.connect(self._judge)
        self.code.entered.connect(self._confirm)
        self.code.hide()
        self.column.addWidget(self.code)
        self.column.addSpacing(6)
        self.column.addWidget(line())
        self.column.addSpacing(10)
        self.column.addLayout(self._make_foot())
        self._on_reason_changed()

    def _make_text(self) -> QLineEdit:
        text = QLineEdit()
        text.setObjectName("act_text")
        text.setMaxLength(TEXT_MAX)
        text.setFont(self._look.font())
        text.setPlaceholderText(self.tr("Why, in 10 characters or more; no customer data"))
        text.setAccessibleName(self.tr("Why it is done"))
        text.textChanged.connect(lambda _text: self._judge())
        text.returnPressed.connect(self._confirm)
        text.hide()
        return text

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addStretch(1)
        cancel = Button(self._look, self.tr("Cancel"), "quiet", name="cancel_act")
        cancel.clicked.connect(self.dismiss)
        foot.addWidget(cancel)
        self.do = Button(self._look, self._act.label, "primary", name="confirm_act")
        self.do.clicked.connect(self._confirm)
        foot.addWidget(self.do)
        return foot

    def ask_code(self) -> None:
        """Policy wants a fresh code for this class."""
        self.code.show()
        self._judge()
        self.fit()

    def choose(self, reason: str, text: str) -> None:
        """Choose a reason again, with its text."""
        self.reasons.choose(reason)
        self._text.setText(text)

    def refuse(self, sentence: str) -> None:
        """The office did not take the code; another can be typed."""
        self.code.refuse(sentence)
        self.fit()

    def go_on(self) -> None:
        """Everything is there: do it, once: a line edit hands its Return on to the popover."""
        if not self.isVisible():
            return
        reason = self.reasons.chosen()
        self.finish()
        self.confirmed.emit(reason.code if reason else "", self._text.text().strip() if self._needs_text() else "")

    def focus_first(self) -> None:
        """Unfold with the first reason in focus, or the button that does it; never where the caller comes first."""
        first = self.reasons.rows[0] if self.reasons.rows else self.do
        self.unfold(self.check_first.action if self._is_unchecked() and not self.reasons.rows else first)

    def _needs_text(self) -> bool:
        reason = self.reasons.chosen()
        return reason is not None and reason.needs_text

    def _is_unchecked(self) -> bool:
        reason = self.reasons.chosen()
        needs = self._act.needs_caller or (reason is not None and reason.needs_caller)
        return needs and not self._is_identified

    def _on_reason_changed(self) -> None:
        needs, unchecked = self._needs_text(), self._is_unchecked()
        if needs == self._text.isHidden() or unchecked == self.check_first.isHidden():
            self._text.setVisible(needs)
            self.check_first.setVisible(unchecked)
            self.fit()
        self._judge()

    def _on_check_wanted(self) -> None:
        self.dismiss()
        self.check_wanted.emit()

    def _judge(self) -> None:
        coded = self.code.isHidden() or (self.code.is_complete() and self.code.boxes.isEnabled())
        said = not self._needs_text() or len(self._text.text().strip()) >= TEXT_MIN
        given = not self.reasons.rows or self.reasons.chosen() is not None
        self.do.setEnabled(given and said and coded and not self._is_unchecked())

    def _confirm(self) -> None:
        if self.reasons.rows and self.reasons.chosen() is None:
            self.reasons.rows[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self._needs_text() and not self._text.text():
            self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.do.isEnabled() and self.code.isHidden():
            self.go_on()
        elif self.do.isEnabled():
            code = self.code.take()
            self._judge()
            self.code_given.emit(code)
        elif not self.code.isHidden() and not self._is_unchecked():
            self.code.focus_boxes()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Digits choose a reason, Return does it, Esc closes."""
        if self.reasons.take_digit(event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._confirm()
            return
        super().keyPressEvent(event)
