"""New colleagues: accounts that wait for their class keys; a supervisor hands them over with a fresh code."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from app.session.shown import NewColleague
from app.ui.accounts.facts import empty
from app.ui.saying import filled
from app.ui.theme.fonts import BODY, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Avatar, Chip, key_cap
from app.ui.widgets.code_boxes import CodeBoxes
from app.ui.widgets.labels import ElidedLabel, icon_label, line, text_label
from app.ui.widgets.popover import Popover
from app.ui.widgets.strips import Message
from app.ui.words import class_name, role_name

WIDTH = 420
SMALLEST = 24
"""A target is no lower (WCAG 2.2, 2.5.8), in px."""


class ColleaguesPopover(Popover):
    """The list, the code, Grant.

    Signals:
        granted: the account and the code; answered by `refuse`, `go_on` or `finish`.
    """

    granted = Signal(str, str)

    def __init__(self, look: Look, anchor: QWidget, colleagues: Sequence[NewColleague]) -> None:
        super().__init__(look, anchor, WIDTH, name="colleagues_popover")
        self._look = look
        self.setAccessibleName(self.tr("New colleagues"))
        self.column.setContentsMargins(18, 16, 18, 16)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(icon_label(look, "user-plus", "accent"))
        head.addWidget(text_label(look, self.tr("New colleagues"), size=BODY, weight=Weight.SEMIBOLD), 1)
        head.addWidget(key_cap(look, "Esc"))
        self.column.addLayout(head)
        self.column.addSpacing(4)
        sentence = self.tr("You hand them the keys of the classes below. It is written down with your name.")
        self.column.addWidget(text_label(look, sentence, ink="ink2", size=SMALL, wrap=True))
        self.column.addSpacing(10)
        self._rows = QVBoxLayout()
        self.column.addLayout(self._rows)
        self._list(colleagues)
        self._done = Message(look, "ok", "grant_done")
        self.column.addWidget(self._done)
        self.column.addSpacing(10)
        self.column.addWidget(line())
        self.column.addSpacing(10)
        label = self.tr("A fresh code from your authenticator")
        self.column.addWidget(text_label(look, label, ink="ink2", size=SMALL, weight=Weight.MEDIUM))
        self.column.addSpacing(4)
        self.code = CodeBoxes(look, name="grant_code")
        self.code.textChanged.connect(lambda _text: self._judge())
        self.code.returnPressed.connect(self._confirm)
        self.column.addWidget(self.code)
        self.column.addSpacing(4)
        self._error = Message(look, "danger", "grant_error")
        self.column.addWidget(self._error)
        self.column.addSpacing(10)
        self.column.addLayout(self._make_foot())
        self._judge()

    def _list(self, colleagues: Sequence[NewColleague]) -> None:
        empty(self._rows)
        self._choices = QButtonGroup(self)
        for at, colleague in enumerate(colleagues):
            row = self._make_colleague(colleague, first=at == 0)
            self._rows.addWidget(row)
            row.show()  # else it counts for nothing before the loop has turned

    def _make_colleague(self, colleague: NewColleague, *, first: bool) -> QWidget:
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 5, 0, 5)
        row.setSpacing(9)
        choice = QRadioButton()
        choice.setObjectName(f"colleague_{colleague.account}")
        choice.setProperty("account", colleague.account)
        choice.setAccessibleName(filled("{}, {}", colleague.display_name, role_name(colleague.role)))
        choice.setMinimumHeight(SMALLEST)
        choice.setChecked(first)
        self._choices.addButton(choice)
        row.addWidget(choice)
        row.addWidget(Avatar(self._look, colleague.display_name))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(ElidedLabel(self._look, colleague.display_name, weight=Weight.MEDIUM))
        under = filled("{}  ·  {}", role_name(colleague.role), colleague.account)
        names.addWidget(ElidedLabel(self._look, under, ink="ink2", size=SMALL))
        names.addSpacing(3)
        names.addLayout(self._make_classes(colleague))
        row.addLayout(names, 1)
        return widget

    def _make_classes(self, colleague: NewColleague) -> QHBoxLayout:
        """The classes below the name: five of them fit."""
        chips = QHBoxLayout()
        chips.setSpacing(4)
        for data_class in colleague.classes:
            chips.addWidget(Chip(self._look, class_name(data_class)), 0, Qt.AlignmentFlag.AlignVCenter)
        chips.addStretch(1)
        return chips

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        cancel = Button(self._look, self.tr("Cancel"), "quiet", name="cancel_grant")
        cancel.clicked.connect(self.dismiss)
        foot.addWidget(cancel)
        self.grant = Button(self._look, self.tr("Grant"), "primary", name="grant")
        self.grant.clicked.connect(self._confirm)
        foot.addWidget(self.grant)
        return foot

    def focus_first(self) -> None:
        """Unfold with the code in focus."""
        self.unfold(self.code)

    def go_on(self, colleagues: Sequence[NewColleague], sentence: str) -> None:
        """One is done; the next is chosen and has the focus, since each takes a code of its own."""
        self._list(colleagues)
        self._done.say(sentence)
        self.grant.set_busy()
        self._set_typing(True)
        self.code.clear()
        self._judge()
        self.fit()
        chosen = self._choices.checkedButton()
        (chosen or self.code).setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """The office refused; another code can be typed."""
        self.grant.set_busy()
        self._set_typing(True)
        self.code.clear()
        self.code.set_wrong(True)
        self._error.say(sentence)
        self.fit()
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_typing(self, may: bool) -> None:
        for widget in (self.code, *self._choices.buttons()):
            widget.setEnabled(may)

    def _account(self) -> str:
        button = self._choices.checkedButton()
        return str(button.property("account")) if button is not None else ""

    def _judge(self) -> None:
        self.grant.setEnabled(self.code.is_complete() and bool(self._account()))

    def _confirm(self) -> None:
        if self.grant.is_busy or not self.grant.isEnabled():
            return
        code = self.code.text()
        self.grant.set_busy(self.tr("Granting…"))
        self.setFocus(Qt.FocusReason.OtherFocusReason)  # not Cancel, for a Return too many
        self._set_typing(False)
        self._error.say("")
        self._done.say("")
        self.granted.emit(self._account(), code)
