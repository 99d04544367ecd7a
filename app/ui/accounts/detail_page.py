"""The drawer's page on one account: what it is, what runs, and what may be done with it."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.session.accounts import Account, AccountState, ResetReason
from app.ui.accounts.account_columns import queues_text
from app.ui.accounts.facts import Question, class_chips, empty, fact, focus_newest, newest, person, section
from app.ui.accounts.words import reset_reason, state_name, state_sentence, state_sign, when
from app.ui.console.search_bar import Picker
from app.ui.saying import joined
from app.ui.theme.fonts import SMALL
from app.ui.theme.look import Look
from app.ui.widgets.answering import AnsweringPage
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip
from app.ui.widgets.labels import line, text_label
from app.ui.widgets.strips import Message
from app.ui.words import clock_time, minutes_seconds, role_name

SAID_MS = 30_000
"""How long what was done is said: it is not the last word for ever."""
_ANY = (ResetReason.LOST_PASSWORD, ResetReason.LOST_AUTHENTICATOR, ResetReason.STOLEN, ResetReason.AFTER_RECOVERY)


class DetailPage(AnsweringPage):
    """One account. It is made anew with each listing; a question in hand stays.

    Args:
        look: colours.
        is_administrator: whether the person changes accounts, or only looks and releases.

    Signals:
        edit_wanted, code_wanted, end_wanted, release_wanted: the button that was pressed.
        close_wanted: the button of the question that was answered.
        reset_wanted: that button, and the reason.
        focus_lost: the button that had the focus is not offered any more.
    """

    edit_wanted = Signal(object)
    code_wanted = Signal(object)
    end_wanted = Signal(object)
    release_wanted = Signal(object)
    close_wanted = Signal(object)
    reset_wanted = Signal(object, str)
    focus_lost = Signal()

    def __init__(self, look: Look, *, is_administrator: bool) -> None:
        super().__init__()
        self._look, self._is_administrator = look, is_administrator
        self.account: Account | None = None
        self._asked = ""
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        body.setProperty("ground", "none")
        self.setWidget(body)
        column = QVBoxLayout(body)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(0)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(9)
        column.addLayout(self._facts)
        column.addSpacing(12)
        self.error = Message(look, "danger", "account_error")
        column.addWidget(self.error)
        self.done = Message(look, "ok", "account_done")
        column.addWidget(self.done)
        column.addStretch(1)
        self._said = QTimer(self, interval=SAID_MS, singleShot=True)
        self._said.timeout.connect(lambda: self.done.say(""))

    def show_account(self, account: Account) -> None:
        """Show an account; another one than before drops question and sentences."""
        if self.account is None or self.account.account != account.account:
            self._asked = ""
            self.error.say("")
            self.done.say("")
        elif self.account == account:
            return
        self.account = account
        self._fill()

    def say(self, sentence: str) -> None:
        """Say what was done; the question is answered."""
        self._asked = ""
        self.error.say("")
        self.done.say(sentence)
        self._said.start()
        self._fill()

    def _fill(self) -> None:
        account = self.account
        if account is None:
            return
        focus = self.focusWidget()
        focused = focus.objectName() if focus is not None and focus.hasFocus() else ""
        empty(self._facts)
        self._fill_with(account)
        self.set_working(self._works)
        if focused and newest(self, focused) is not focus:
            focus_newest(self, focused)
        elif focused:
            self.focus_lost.emit()

    def _fill_with(self, account: Account) -> None:
        look, facts = self._look, self._facts
        facts.addLayout(person(look, account.display_name, account.account))
        sign, tone = state_sign(account)
        chip = Chip(look, state_name(account), tone="" if tone == "ink3" else tone, icon=sign)
        facts.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        if sentence := state_sentence(account):
            facts.addWidget(text_label(look, sentence, ink="ink2", size=SMALL, wrap=True))
        facts.addWidget(line())
        facts.addLayout(fact(look, self.tr("Role"), role_name(account.role)))
        facts.addLayout(fact(look, self.tr("Queues"), queues_text(account.queues) or "–"))
        facts.addLayout(fact(look, self.tr("Last sign-in"), when(account.last_sign_in or 0)))
        self._add_classes(account)
        self._add_tries(account)
        self._add_sessions(account)
        if self._is_administrator:
            self._add_actions(account)

    def _add_classes(self, account: Account) -> None:
        look = self._look
        if account.held:
            self._facts.addLayout(fact(look, self.tr("Holds"), class_chips(look, account.held)))
        if account.missing:
            self._facts.addLayout(fact(look, self.tr("Waits for"), class_chips(look, account.missing, "warn")))
            words = self.tr("Somebody who holds a class hands it over, in the session bar under New colleagues.")
            self._facts.addWidget(text_label(look, words, ink="ink2", size=SMALL, wrap=True))

    def _add_tries(self, account: Account) -> None:
        if not account.failed and not account.is_throttled:
            return
        words = self.tr("{n} in a row at this workstation").format(n=account.failed)
        wait_s = max(account.wait_s, account.codes_wait_s)
        if wait_s and not account.until_released:
            words += ". " + self.tr("The next is judged in {t}.").format(t=minutes_seconds(wait_s))
        self._facts.addLayout(fact(self._look, self.tr("Failed tries"), words))
        if account.is_throttled and not account.is_self:
            button = Button(self._look, self.tr("Let them try again"), "secondary", icon="timer-reset", name="release")
            button.clicked.connect(lambda: self.release_wanted.emit(button))
            self._facts.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_sessions(self, account: Account) -> None:
        if not account.sessions:
            return
        self._facts.addWidget(line())
        self._facts.addWidget(section(self._look, self.tr("Running sessions")))
        kinds = {
            "console": self.tr("Console"),
            "approval": self.tr("Approval at the desk"),
            "command": self.tr("Command"),
            "replace": self.tr("New authenticator"),
        }
        for session in account.sessions:
            since = self.tr("{seat}, since {t}").format(seat=session.seat, t=clock_time(session.started_at))
            self._facts.addLayout(fact(self._look, kinds.get(session.kind, session.kind), since))
        if self._is_administrator and not account.is_self:
            button = Button(self._look, self.tr("End these sessions"), "secondary", icon="log-out", name="end_sessions")
            button.clicked.connect(lambda: self.end_wanted.emit(button))
            self._facts.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    # what may be done ----------------------------------------------------------------------------------------------
    def _add_actions(self, account: Account) -> None:
        self._facts.addWidget(line())
        if account.is_self:
            words = self.tr("This is your own account. Another administrator changes it.")
            self._facts.addWidget(text_label(self._look, words, ink="ink2", size=SMALL, wrap=True))
            return
        if self._asked:
            self._facts.addWidget(self._ask_close() if self._asked == "close" else self._ask_reset(account))
            return
        reopen = account.state is AccountState.CLOSED
        waits = account.state is AccountState.RESET
        reset = self.tr("Open again…") if reopen else self.tr("New activation code…") if waits else self.tr("Reset…")
        offers = (
            (account.may_change, self.tr("Role and queues…"), "secondary", "pencil", "edit_account"),
            (account.may_have_code, self.tr("New activation code"), "secondary", "key-round", "new_code"),
            (account.may_be_reset, reset, "secondary", "rotate-ccw", "ask_reset"),
            (account.may_close, self.tr("Close account…"), "danger", "ban", "ask_close"),
        )
        for may, words, kind, icon, name in offers:
            if may:
                button = Button(self._look, words, kind, icon=icon, name=name)
                button.clicked.connect(lambda _checked=False, b=button: self._on_action(b))
                self._facts.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if account.held_alone and account.state is AccountState.ACTIVE:
            words = self.tr("Nobody else holds a class of this account, so it cannot be closed.")
            self._facts.addWidget(text_label(self._look, words, ink="ink2", size=SMALL, wrap=True))
        elif account.is_last_administrator:
            words = self.tr("This is the last administrator, so the account cannot be closed.")
            self._facts.addWidget(text_label(self._look, words, ink="ink2", size=SMALL, wrap=True))

    def _on_action(self, button: Button) -> None:
        match button.objectName():
            case "edit_account":
                self.edit_wanted.emit(button)
            case "new_code":
                self.code_wanted.emit(button)
            case question:
                self._asked = question.removeprefix("ask_")
                self.clear()
                self._fill()
                self._focus_question()

    def _focus_question(self) -> None:
        names = ("reset_reason", "cancel_question") if self._asked == "reset" else ("cancel_question",)
        if (first := focus_newest(self, *names)) is not None:
            self.ensureWidgetVisible(first)

    def _ask_close(self) -> Question:
        question = Question("close_question")
        words = self.tr(
            "Close this account? Its sessions end at once, and its classes and keys go. "
            "Notes and log entries stay. To open it again takes a second person."
        )
        question.column.addWidget(text_label(self._look, words, wrap=True))
        button = Button(self._look, self.tr("Close account"), "danger", name="close_account")
        button.clicked.connect(lambda: self.close_wanted.emit(button))
        question.column.addLayout(self._foot(button))
        return question

    def _ask_reset(self, account: Account) -> Question:
        question = Question("reset_question")
        words = self.tr(
            "A reset voids password, authenticator and keys. You get an activation code for the person, "
            "which works once a second person has confirmed. Nobody sees or sets a password."
        )
        if account.state is AccountState.RESET:
            words = self.tr(
                "A new code takes a second person again: whoever has it becomes this person, and colleagues would hand "
                "them classes."
            )
            if account.code_until is not None:
                words = joined(" ", words, self.tr("The old code works until the new one is confirmed."))
        question.column.addWidget(text_label(self._look, words, wrap=True))
        picker = Picker(self._look)
        picker.setObjectName("reset_reason")
        picker.setAccessibleName(self.tr("Why"))
        for reason in reasons_for(account):
            picker.addItem(reset_reason(reason), reason)
        question.column.addWidget(picker)
        button = Button(self._look, self.tr("Ask a second person"), "primary", name="propose_reset")
        button.clicked.connect(lambda: self.reset_wanted.emit(button, str(picker.currentData())))
        question.column.addLayout(self._foot(button))
        return question

    def _foot(self, button: Button) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addStretch(1)
        cancel = Button(self._look, self.tr("Cancel"), "quiet", name="cancel_question")
        cancel.clicked.connect(self._on_cancelled)
        foot.addWidget(cancel)
        foot.addWidget(button)
        return foot

    def close_question(self) -> bool:
        """Take a question back; whether one was asked."""
        if not self._asked:
            return False
        self._on_cancelled()
        return True

    def _on_cancelled(self) -> None:
        asked, self._asked = self._asked, ""
        self._fill()
        focus_newest(self, f"ask_{asked}")


def reasons_for(account: Account) -> tuple[ResetReason, ...]:
    """Why an account as it stands may be reset, the likeliest first."""
    if account.state is AccountState.CLOSED:
        return (ResetReason.OPEN_AGAIN,)
    if account.state is AccountState.RESET:
        return (ResetReason.CODE_LOST, ResetReason.AFTER_RECOVERY)
    if account.is_shut_out:
        return tuple(sorted(_ANY, key=lambda reason: reason is not ResetReason.AFTER_RECOVERY))
    return _ANY
