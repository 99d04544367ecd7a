"""The reveal popover: one sentence, a reason by digit key, a code where policy wants one, the quota, Open (ui.md 5)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.session.shown import Reason
from app.ui.console.check_first import CheckFirst
from app.ui.console.reason_rows import ReasonRows
from app.ui.theme.fonts import BODY, FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import key_cap
from app.ui.widgets.code_row import CodeRow
from app.ui.widgets.labels import icon_label, line, set_ink, text_label
from app.ui.widgets.popover import Popover
from app.ui.words import in_a_sentence

WIDTH, WIDEST, TEXT_MIN, TEXT_MAX = 380, 480, 10, 200


class RevealPopover(Popover):
    """Asks for the reason of a reveal.

    Signals:
        confirmed: the reason's code and the text of *other*. Where a code is asked for, `code_given` comes first.
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
        reasons: Sequence[Reason],
        seconds: int = 30,
        *,
        is_identified: bool = True,
    ) -> None:
        super().__init__(look, anchor, WIDTH, name="reveal_popover")
        self._is_identified = is_identified
        self.setAccessibleName(self.tr("Reveal {field}").format(field=label))
        self._look = look
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(icon_label(look, "eye", "accent"))
        title = self.tr("Reveal {field}").format(field=in_a_sentence(label))
        head.addWidget(text_label(look, title, size=BODY, weight=Weight.SEMIBOLD), 1)
        head.addWidget(key_cap(look, "Esc"))
        self.column.addLayout(head)
        self.column.addSpacing(3)
        sentence = self.tr("Opens for {n} seconds and is written down with your name.").format(n=seconds)
        self.column.addWidget(text_label(look, sentence, ink="ink2", size=SMALL, wrap=True))
        self.column.addSpacing(10)
        self.reasons = ReasonRows(look, reasons)
        self.reasons.changed.connect(self._on_reason_changed)
        self.reasons.picked.connect(self._on_reason_picked)
        self.column.addWidget(self.reasons)
        self.setFixedWidth(max(WIDTH, min(WIDEST, self.reasons.sizeHint().width() + 34)))
        self._text = self._make_text()
        self.column.addSpacing(4)
        self.column.addWidget(self._text)
        self.check_first = CheckFirst(look)
        self.check_first.wanted.connect(self._on_check_wanted)
        self.column.addWidget(self.check_first)
        self.code = CodeRow(look, name="reveal_code")
        self.code.setContentsMargins(0, 8, 0, 4)
        self.code.changed.connect(self._judge)
        self.code.entered.connect(self._confirm)
        self.code.hide()
        self.column.addWidget(self.code)
        self.column.addSpacing(6)
        self.column.addWidget(line())
        self.column.addSpacing(10)
        self.column.addLayout(self._make_foot(seconds))
        self._on_reason_changed()

    def _make_text(self) -> QLineEdit:
        text = QLineEdit()
        text.setObjectName("reveal_text")
        text.setMaxLength(TEXT_MAX)
        text.setFont(self._look.font())
        text.setPlaceholderText(self.tr("Why, in 10 characters or more; no customer data"))
        text.setAccessibleName(self.tr("Why you open it"))
        text.textChanged.connect(lambda _text: self._judge())
        text.returnPressed.connect(self._confirm)
        text.hide()
        return text

    def _make_foot(self, seconds: int) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(4)
        self._quota = text_label(self._look, "", ink="ink2", size=SMALL, features=FIGURES, wrap=True)
        self._quota.setObjectName("reveals_used")
        foot.addWidget(self._quota, 1)
        cancel = Button(self._look, self.tr("Cancel"), "quiet", name="cancel_reveal")
        cancel.clicked.connect(self.dismiss)
        foot.addWidget(cancel)
        self.open_button = Button(self._look, self.tr("Open {n} s").format(n=seconds), "primary", name="confirm_reveal")
        self.open_button.clicked.connect(self._confirm)
        foot.addWidget(self.open_button)
        return foot

    def show_budget(self, words: str, *, is_near: bool) -> None:
        """Say how many reveals of this shift are used; in the warning colour, and aloud, once it is nearly all."""
        self._quota.setText(words)
        set_ink(self._quota, "warn" if is_near else "ink2")
        self.setAccessibleDescription(words if is_near else "")

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
        """The code was right: open, once: a line edit hands its Return on to the popover."""
        if not self.isVisible():
            return
        reason = self.reasons.chosen()
        self.finish()
        if reason is not None:
            self.confirmed.emit(reason.code, self._words(reason))

    def _words(self, reason: Reason) -> str:
        return self._text.text().strip() if reason.needs_text else ""

    def focus_first(self) -> None:
        """Unfold with the first reason in focus."""
        self.unfold(self.reasons.rows[0] if self.reasons.rows else self.open_button)

    def _needs_text(self) -> bool:
        reason = self.reasons.chosen()
        return reason is not None and reason.needs_text

    def _on_reason_changed(self) -> None:
        needs, unchecked = self._needs_text(), self._is_unchecked()
        if needs == self._text.isHidden() or unchecked == self.check_first.isHidden():
            self._text.setVisible(needs)
            self.check_first.setVisible(unchecked)
            self.fit()
        self._judge()

    def _is_unchecked(self) -> bool:
        """Whether the chosen reason needs a caller who has not been identified."""
        reason = self.reasons.chosen()
        return reason is not None and reason.needs_caller and not self._is_identified

    def _on_check_wanted(self) -> None:
        self.dismiss()
        self.check_wanted.emit()

    def _judge(self) -> None:
        coded = self.code.isHidden() or (self.code.is_complete() and self.code.boxes.isEnabled())
        chosen = self.reasons.chosen() is not None and not self._is_unchecked()
        self.open_button.setEnabled(chosen and self._has_words() and coded)

    def _has_words(self) -> bool:
        return not self._needs_text() or len(self._text.text().strip()) >= TEXT_MIN

    def _on_reason_picked(self) -> None:
        if self._needs_text():
            self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._confirm()

    def _confirm(self) -> None:
        if self.open_button.isEnabled() and self.code.isHidden():
            self.go_on()
        elif self.open_button.isEnabled():
            code = self.code.take()
            self._judge()
            self.code_given.emit(code)
        elif self._has_words() and not self.code.isHidden():
            self.code.focus_boxes()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Digits choose, Return opens, Esc closes."""
        if self.reasons.take_digit(event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._confirm()
            return
        super().keyPressEvent(event)
