"""The drawer's page on an edit: what changes, old and new in words, its TOML on request; propose, confirm or refuse."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.domain.data_class import DataClass
from app.domain.policy import Access, Policy
from app.domain.policy_difference import Change, ChangeKind
from app.domain.role import Role
from app.session.policies import Edit, WaitingEdit
from app.ui.accounts.facts import fact, heading
from app.ui.enrolment.fields import labelled
from app.ui.policy.change_row import change_row
from app.ui.policy.page import Page
from app.ui.policy.words import version_name, why_not_words
from app.ui.theme.fonts import SMALL
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import line, text_label
from app.ui.widgets.strips import Message
from app.ui.words import day_and_time

LONGEST_WHY = 400
_LINES_HEIGHT, _LINE, _AROUND = 200, 16, 36
"""Px of the design: at most so high, of each line, and of edges and the bar that scrolls."""


class DifferencePage(Page):
    """An edit that is being made, or one that waits.

    Signals:
        propose_wanted: button, why.
        confirm_wanted, drop_wanted: the button that was pressed.
        forget_wanted: the edit that is being made is dropped.
        text_wanted: the edit as a text.
    """

    propose_wanted = Signal(object, str)
    confirm_wanted = Signal(object)
    drop_wanted = Signal(object)
    forget_wanted = Signal()
    text_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "difference_page")
        self.waiting: WaitingEdit | None = None
        self.draft: Edit | None = None

    def show_draft(self, edit: Edit) -> None:
        """Show an edit that nobody has proposed yet."""
        self.waiting, self.draft = None, edit
        self.begin()
        look, facts = self._look, self.facts
        facts.addLayout(heading(look, self.tr("Your edit"), self.tr("Nothing of it is in force yet.")))
        self._add_changes(edit)
        if not edit.changes:
            self._foot_of_draft()
            return
        facts.addWidget(line())
        why = QLineEdit()
        why.setObjectName("edit_why")
        why.setFont(look.font())
        why.setMaxLength(LONGEST_WHY)
        label = self.tr("Why")
        why.setAccessibleName(label)
        facts.addLayout(labelled(look, label, why))
        words = self.tr("A supervisor or a privacy officer confirms it. Both need a fresh code.")
        facts.addWidget(text_label(look, words, ink="ink2", size=SMALL, wrap=True))
        propose = self.button(self.tr("Propose"), "primary", "propose_edit", "check")

        def send() -> None:
            if not why.text().strip():
                self.refuse(self.tr("Say why, for whoever confirms it."))
                why.setFocus()
                return
            self.propose_wanted.emit(propose, why.text().strip())

        propose.clicked.connect(send)
        why.returnPressed.connect(send)
        self._foot_of_draft()

    def _foot_of_draft(self) -> None:
        self.button(self.tr("As text"), "quiet", "edit_as_text").clicked.connect(self.text_wanted)
        self.button(self.tr("Drop it"), "danger", "forget_edit").clicked.connect(self.forget_wanted)
        self.foot.addStretch(1)

    def show_waiting(self, waiting: WaitingEdit) -> None:
        """Show an edit that waits for its second person."""
        if waiting == self.waiting:
            return
        self.waiting, self.draft = waiting, None
        self.begin()
        look, facts = self._look, self.facts
        facts.addLayout(heading(look, version_name(waiting.number), self.tr("Waits for a second person.")))
        who = self.tr("{name} ({account}), {t}").format(
            name=waiting.proposed_by_name, account=waiting.proposed_by, t=day_and_time(waiting.at)
        )
        facts.addLayout(fact(look, self.tr("Proposed by"), who))
        facts.addLayout(fact(look, self.tr("Why"), waiting.why))
        facts.addLayout(fact(look, self.tr("Good until"), day_and_time(waiting.until)))
        facts.addWidget(line())
        self._add_changes(waiting.edit)
        facts.addWidget(line())
        if waiting.why_not is not None:
            facts.addWidget(text_label(look, why_not_words(waiting.why_not), ink="ink2", wrap=True))
        else:
            words = self.tr("It is in force at once. Confirm only if you want each of these changes.")
            facts.addWidget(text_label(look, words, ink="ink2", wrap=True))
            confirm = self.button(self.tr("Confirm"), "primary", "confirm_edit", "check")
            confirm.clicked.connect(lambda: self.confirm_wanted.emit(confirm))
        if waiting.may_drop:
            words = self.tr("Take back") if waiting.is_own else self.tr("Refuse")
            drop = self.button(words, "danger", "drop_edit")
            drop.clicked.connect(lambda: self.drop_wanted.emit(drop))
        self.button(self.tr("Back"), "quiet", "leave_edit").clicked.connect(self.left)
        self.foot.addStretch(1)

    def forget(self) -> None:
        """Nothing is shown here any more."""
        self.waiting = self.draft = None
        self.begin()

    def _add_changes(self, edit: Edit) -> None:
        look, facts = self._look, self.facts
        if not edit.changes:
            facts.addWidget(text_label(look, self.tr("This changes nothing."), ink="ink2"))
            return
        for change in edit.changes:
            facts.addLayout(change_row(look, change))
            if leaves_other(edit.policy, change):
                facts.addWidget(self._warning(self.tr('Only "Other" is left to ask with. Add reasons.')))
        lines = QPlainTextEdit("\n".join(edit.lines))
        lines.setObjectName("toml_lines")
        lines.setAccessibleName(self.tr("What changes, as TOML"))
        lines.setReadOnly(True)
        lines.setTabChangesFocus(True)
        lines.setFont(look.font(SMALL))
        lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        lines.setFixedHeight(look.px(min(_LINES_HEIGHT, _LINE * len(edit.lines) + _AROUND)))
        toggle = Button(look, self.tr("Lines of TOML"), "link", name="show_toml")
        facts.addWidget(toggle, 0, Qt.AlignmentFlag.AlignLeft)
        facts.addWidget(lines)
        lines.hide()
        toggle.clicked.connect(lambda: _turn(lines))

    def _warning(self, words: str) -> Message:
        message = Message(self._look, "warn", "only_other")
        message.say(words)
        return message


def leaves_other(policy: Policy, change: Change) -> bool:
    """Whether a role comes to ask for a class with the reason `other` alone."""
    if change.kind is not ChangeKind.ACCESS or change.new is not Access.ASK:
        return False
    reasons = policy.reasons_to_ask(Role(change.of[0]), DataClass(change.of[1]))
    return [reason.code for reason in reasons] == ["other"]


def _turn(widget: QWidget) -> None:
    widget.setVisible(widget.isHidden())
