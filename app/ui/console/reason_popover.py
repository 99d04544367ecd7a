"""What the popovers before a reveal and before a use share: a reason, its words, the caller first, a fresh code."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.session.shown import Reason
from app.ui.console.check_first import CheckFirst
from app.ui.console.reason_rows import ReasonRows
from app.ui.theme.fonts import BODY, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import key_cap
from app.ui.widgets.code_row import CodeRow
from app.ui.widgets.labels import icon_label, line, text_label
from app.ui.widgets.popover import Popover

WIDTH, WIDEST, TEXT_MIN, TEXT_MAX = 380, 480, 10, 200


def add_head(look: Look, column: QVBoxLayout, icon: str, title: str, sentence: str) -> QLabel:
    """Icon, title, Esc, and one sentence, whose label is given back."""
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addWidget(icon_label(look, icon, "accent"))
    head.addWidget(text_label(look, title, size=BODY, weight=Weight.SEMIBOLD, wrap=True), 1)
    head.addWidget(key_cap(look, "Esc"))
    column.addLayout(head)
    column.addSpacing(3)
    label = text_label(look, sentence, ink="ink2", size=SMALL, wrap=True)
    column.addWidget(label)
    column.addSpacing(10)
    return label


class ReasonPopover(Popover):
    """Asks for what is wanted before something is done.

    Args:
        look: colours.
        anchor: the row.
        name: `reveal` or `act`; the names of the parts begin or end with it.
        icon: beside the title.
        title: what is to be done.
        sentence: what that means.
        reasons: to choose from; none where none is wanted.
        button: words of the button that does it.
        is_identified: whether the caller is.
        needs_caller: whether it needs one whatever the reason.
        chooses_first: whether the first reason is chosen beforehand.

    Signals:
        confirmed: the reason's code and its words; both empty where none is wanted. Where a code is asked for,
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
        name: str,
        icon: str,
        title: str,
        sentence: str,
        reasons: Sequence[Reason],
        button: str,
        *,
        is_identified: bool,
        needs_caller: bool = False,
        chooses_first: bool = True,
    ) -> None:
        super().__init__(look, anchor, WIDTH, name=f"{name}_popover")
        self._look, self._is_identified, self._needs_caller = look, is_identified, needs_caller
        self.setAccessibleName(title)
        add_head(look, self.column, icon, title, sentence)
        self.reasons = ReasonRows(look, reasons, chooses_first=chooses_first)
        self.reasons.changed.connect(self._on_reason_changed)
        self.reasons.picked.connect(self._on_reason_picked)
        self.column.addWidget(self.reasons)
        self.reasons.setVisible(bool(reasons))  # never before it has a place: it would be a window of its own
        if reasons:
            wanted = self.reasons.sizeHint().width() + 34
            self.setFixedWidth(max(look.panel(WIDTH), min(look.panel(WIDEST), wanted)))
        self._text = self._make_text(f"{name}_text")
        self.column.addSpacing(4)
        self.column.addWidget(self._text)
        self.check_first = CheckFirst(look)
        self.check_first.wanted.connect(self._on_check_wanted)
        self.column.addWidget(self.check_first)
        self.code = CodeRow(look, name=f"{name}_code")
        self.code.setContentsMargins(0, 8, 0, 4)
        self.code.changed.connect(self._judge)
        self.code.entered.connect(self._confirm)
        self.code.hide()
        self.column.addWidget(self.code)
        self.column.addSpacing(6)
        self.column.addWidget(line())
        self.column.addSpacing(10)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(4)
        self.foot.addStretch(1)
        cancel = Button(look, self.tr("Cancel"), "quiet", name=f"cancel_{name}")
        cancel.clicked.connect(self.dismiss)
        self.foot.addWidget(cancel)
        self.do = Button(look, button, "primary", name=f"confirm_{name}")
        self.do.clicked.connect(self._confirm)
        self.foot.addWidget(self.do)
        self.column.addLayout(self.foot)
        self._on_reason_changed()

    def _make_text(self, name: str) -> QLineEdit:
        text = QLineEdit()
        text.setObjectName(name)
        text.setMaxLength(TEXT_MAX)
        text.setFont(self._look.font())
        text.setPlaceholderText(self.tr("Why, in 10 characters or more; no customer data"))
        text.setAccessibleName(self.tr("Why"))
        text.textChanged.connect(lambda _text: self._judge())
        text.returnPressed.connect(self._confirm)
        text.hide()
        return text

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
        """Whether a caller is needed, and was not identified."""
        reason = self.reasons.chosen()
        return not self._is_identified and (self._needs_caller or (reason is not None and reason.needs_caller))

    def _on_reason_changed(self) -> None:
        needs, unchecked = self._needs_text(), self._is_unchecked()
        if needs == self._text.isHidden() or unchecked == self.check_first.isHidden():
            self._text.setVisible(needs)
            self.check_first.setVisible(unchecked)
            self.fit()
        self._judge()

    def _on_reason_picked(self) -> None:
        if self._needs_text():
            self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._confirm()

    def _on_check_wanted(self) -> None:
        self.dismiss()
        self.check_wanted.emit()

    def _judge(self) -> None:
        coded = self.code.isHidden() or (self.code.is_complete() and self.code.boxes.isEnabled())
        given = not self.reasons.rows or self.reasons.chosen() is not None
        self.do.setEnabled(given and self._has_words() and coded and not self._is_unchecked())

    def _has_words(self) -> bool:
        return not self._needs_text() or len(self._text.text().strip()) >= TEXT_MIN

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
        elif self._has_words() and not self.code.isHidden() and not self._is_unchecked():
            self.code.focus_boxes()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Digits choose a reason, Return does it, Esc closes."""
        if self.reasons.take_digit(event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._confirm()
            return
        super().keyPressEvent(event)
