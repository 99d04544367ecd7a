"""The drawer's page on what waits for a second person: who asked, what happens, Confirm, Refuse, Take back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.session.proposals import Waiting
from app.ui.accounts.account_columns import queues_text
from app.ui.accounts.facts import class_chips, empty, fact, focus_newest, heading
from app.ui.accounts.words import reset_reason, waiting_title, when, why_not_confirm
from app.ui.saying import filled, joined
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import line, text_label
from app.ui.widgets.strips import Message, Strip
from app.ui.words import class_name, role_name


class ProposalPage(QWidget):
    """One proposal.

    Signals:
        confirm_wanted, drop_wanted: the button that was pressed.
        left: back.
    """

    confirm_wanted = Signal(object)
    drop_wanted = Signal(object)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.waiting: Waiting | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(0)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(9)
        column.addLayout(self._facts)
        column.addSpacing(12)
        self.error = Message(look, "danger", "proposal_error")
        column.addWidget(self.error)
        column.addSpacing(4)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(6)
        column.addLayout(self._foot)
        column.addStretch(1)

    def show_waiting(self, waiting: Waiting) -> None:
        """Show a proposal."""
        if waiting != self.waiting:
            self.waiting = waiting
            self.error.say("")
            self._fill(waiting)

    def refuse(self, sentence: str) -> None:
        """Say why it was not done."""
        self.error.say(sentence)

    def clear(self) -> None:
        """A new try begins."""
        self.error.say("")

    def set_working(self, works: bool) -> None:
        """While the office is asked nothing else is pressed here."""
        for button in self.findChildren(Button):
            button.setEnabled(button.is_busy or not works)

    def _fill(self, waiting: Waiting) -> None:
        look, facts = self._look, self._facts
        empty(facts)
        facts.addLayout(heading(look, waiting_title(waiting)))
        asked = self.tr("{name} ({account}), {t}").format(
            name=waiting.proposed_by_name, account=waiting.proposed_by, t=when(waiting.proposed_at)
        )
        facts.addLayout(fact(look, self.tr("Asked by"), asked))
        facts.addLayout(fact(look, self.tr("Good until"), when(waiting.until)))
        if waiting.data_class is None:
            self._fill_reset(waiting)
        else:
            facts.addLayout(fact(look, self.tr("Class"), class_name(waiting.data_class)))
            facts.addLayout(fact(look, self.tr("Version"), str(waiting.version)))
            words = self.tr(
                "Data keys made from now on are sealed to the new key. Those of before are moved to it in the "
                "consoles of holders; whoever had the old key could open what they had copied until then."
            )
            facts.addWidget(text_label(look, words, ink="ink2", wrap=True))
        facts.addWidget(line())
        if waiting.why_not is not None:
            facts.addWidget(text_label(look, why_not_confirm(waiting.why_not), ink="ink2", wrap=True))
        self._fill_foot(waiting)

    def _fill_reset(self, waiting: Waiting) -> None:
        look, facts = self._look, self._facts
        facts.addLayout(fact(look, self.tr("Account"), filled("{} ({})", waiting.display_name, waiting.account)))
        if waiting.role is not None:
            place = filled("{}, {}", role_name(waiting.role), queues_text(waiting.queues))
            facts.addLayout(fact(look, self.tr("Role"), place))
        facts.addLayout(fact(look, self.tr("Why"), reset_reason(waiting.reason)))
        if waiting.loses:
            facts.addLayout(fact(look, self.tr("Loses"), class_chips(look, waiting.loses, "warn")))
        if waiting.last_holder_of:
            names = joined(", ", *(class_name(c) for c in waiting.last_holder_of))
            words = self.tr("Nobody else holds {classes}. Only the recovery kit opens it afterwards.")
            facts.addWidget(Strip(look, words.format(classes=names), "danger"))
        words = self.tr("Confirm only if you have made sure yourself who asks: seen the person, or called them back.")
        facts.addWidget(text_label(look, words, ink="ink2", wrap=True))

    def _fill_foot(self, waiting: Waiting) -> None:
        foot = self._foot
        empty(foot)
        if waiting.why_not is None:
            confirm = Button(self._look, self.tr("Confirm"), "primary", icon="check", name="confirm_proposal")
            confirm.clicked.connect(lambda: self.confirm_wanted.emit(confirm))
            foot.addWidget(confirm)
        if waiting.is_own or waiting.why_not is None:
            words = self.tr("Take back") if waiting.is_own else self.tr("Refuse")
            drop = Button(self._look, words, "danger", name="drop_proposal")
            drop.clicked.connect(lambda: self.drop_wanted.emit(drop))
            foot.addWidget(drop)
        back = Button(self._look, self.tr("Back"), "quiet", name="leave_proposal")
        back.clicked.connect(self.left)
        foot.addWidget(back)
        foot.addStretch(1)

    def focus_first(self) -> None:
        """Focus Back: a decision is never under the finger."""
        focus_newest(self, "leave_proposal")
