"""The drawer's page on one workstation: what it told, who is there, what was ordered, and what may be done with it."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.session.workstations import WipeOrder, WipeReason, Workstation, WorkstationState
from app.ui.accounts.facts import Question, empty, fact, focus_newest, heading, newest, section
from app.ui.saying import joined
from app.ui.theme.fonts import SMALL
from app.ui.theme.look import Look
from app.ui.widgets.answering import AnsweringPage
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip
from app.ui.widgets.labels import line, text_label
from app.ui.widgets.strips import Message
from app.ui.words import clock_time, day_and_time
from app.ui.workstations.check_lines import check_lines
from app.ui.workstations.posture_lines import posture_line
from app.ui.workstations.wipe_question import WipeQuestion
from app.ui.workstations.words import (
    check_words,
    known_words,
    machine_words,
    order_sentence,
    order_sign,
    order_state,
    policy_words,
    proved_words,
    state_name,
    state_sign,
    wipe_reason,
)

SAID_MS = 30_000
"""How long what was done is said: it is not the last word for ever."""
SHOWN_ORDERS = 5


class DetailPage(AnsweringPage):
    """One workstation. It is made anew with each listing; a question in hand stays.

    Args:
        look: colours.

    Signals:
        wipe_wanted: the button of the question that was answered, and the reason.
        revoke_wanted, allow_wanted: the button that was pressed.
        focus_lost: the button that had the focus is not offered any more.
    """

    wipe_wanted = Signal(object, object)
    revoke_wanted = Signal(object)
    allow_wanted = Signal(object)
    focus_lost = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.workstation: Workstation | None = None
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
        self.error = Message(look, "danger", "workstation_error")
        column.addWidget(self.error)
        self.done = Message(look, "ok", "workstation_done")
        column.addWidget(self.done)
        column.addStretch(1)
        self._said = QTimer(self, interval=SAID_MS, singleShot=True)
        self._said.timeout.connect(lambda: self.done.say(""))

    def show_workstation(self, workstation: Workstation) -> None:
        """Show a workstation; another one than before drops question and sentences."""
        if self.workstation is None or self.workstation.id != workstation.id:
            self._asked = ""
            self.clear()
        elif self.workstation == workstation:
            return
        self.workstation = workstation
        self._fill()

    def say(self, sentence: str) -> None:
        """Say what was done; the question is answered."""
        self._asked = ""
        self.error.say("")
        self.done.say(sentence)
        self._said.start()
        self._fill()

    def _fill(self) -> None:
        one = self.workstation
        if one is None:
            return
        focus = self.focusWidget()
        focused = focus.objectName() if focus is not None and focus.hasFocus() else ""
        empty(self._facts)
        self._add_facts(one)
        self._add_check(one)
        self._add_posture(one)
        self._add_sessions(one)
        self._add_orders(one)
        self._add_actions(one)
        self.set_working(self._works)
        if focused and newest(self, focused) is not focus:
            focus_newest(self, focused)
        elif focused:
            self.focus_lost.emit()

    def _add_facts(self, one: Workstation) -> None:
        look, facts = self._look, self._facts
        under = self.tr("{id}, the one you sit at") if one.is_here else "{id}"
        facts.addLayout(heading(look, one.name, under.format(id=one.id[:8])))
        sign, tone = state_sign(one)
        chip = Chip(look, state_name(one), tone="" if tone == "ink3" else tone, icon=sign)
        facts.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        if one.state is WorkstationState.REVOKED and one.changed_at is not None:
            words = self.tr("Revoked by {name}, {t}. Nobody signs in from it.")
            said = words.format(name=one.changed_by, t=day_and_time(one.changed_at))
            facts.addWidget(text_label(look, said, ink="ink2", size=SMALL, wrap=True))
        if one.twice_at is not None:
            words = self.tr(
                "Two computers have the key of this workstation; one came in between the other’s, last {t}. Revoke it, "
                "have its keyring’s entry removed on both, and enrol each anew."
            )
            said = words.format(t=day_and_time(one.twice_at))
            facts.addWidget(text_label(look, said, ink="danger", size=SMALL, wrap=True))
        facts.addWidget(line())
        facts.addLayout(fact(look, self.tr("Last seen"), day_and_time(one.last_seen)))
        facts.addLayout(fact(look, self.tr("First seen"), day_and_time(one.first_seen)))
        facts.addLayout(fact(look, self.tr("Known"), known_words(one)))
        if one.invited_by:
            facts.addLayout(fact(look, self.tr("Invited by"), one.invited_by))
        facts.addLayout(fact(look, self.tr("Key proved"), proved_words(one)))
        facts.addLayout(fact(look, self.tr("Version"), one.version or "–"))
        facts.addLayout(fact(look, self.tr("Policy"), policy_words(one)))
        facts.addLayout(fact(look, self.tr("Set by IT there"), machine_words(one)))
        facts.addLayout(fact(look, self.tr("Self-check"), check_words(one)))

    def _add_check(self, one: Workstation) -> None:
        if not one.check_parts:
            return
        self._facts.addWidget(line())
        self._facts.addWidget(section(self._look, self.tr("Self-check, part by part")))
        for shown in check_lines(self._look, one):
            self._facts.addLayout(shown)

    def _add_posture(self, one: Workstation) -> None:
        self._facts.addWidget(line())
        self._facts.addWidget(section(self._look, self.tr("Protection by its own system")))
        for part in one.posture:
            self._facts.addLayout(posture_line(self._look, part))
        if not one.posture:
            words = self.tr("No console there has told anything yet.")
            self._facts.addWidget(text_label(self._look, words, ink="ink2", size=SMALL, wrap=True))

    def _add_sessions(self, one: Workstation) -> None:
        if not one.sessions:
            return
        self._facts.addWidget(line())
        self._facts.addWidget(section(self._look, self.tr("Running sessions")))
        kinds = {
            "console": self.tr("Console"),
            "approval": self.tr("Approval at the desk"),
            "command": self.tr("Command"),
            "replace": self.tr("New authenticator"),
        }
        for session in one.sessions:
            locked = self.tr("{kind}, locked, since {t}") if session.is_locked else self.tr("{kind}, since {t}")
            words = locked.format(kind=kinds.get(session.kind, session.kind), t=clock_time(session.started_at))
            self._facts.addLayout(fact(self._look, session.display_name, words))

    def _add_orders(self, one: Workstation) -> None:
        if not one.orders:
            return
        self._facts.addWidget(line())
        self._facts.addWidget(section(self._look, self.tr("Wipes")))
        for order in one.orders[:SHOWN_ORDERS]:
            self._facts.addLayout(self._order(order))

    def _order(self, order: WipeOrder) -> QLayout:
        look, column = self._look, QVBoxLayout()
        column.setSpacing(3)
        sign, tone = order_sign(order)
        column.addWidget(Chip(look, order_state(order), tone=tone, icon=sign), 0, Qt.AlignmentFlag.AlignLeft)
        words = self.tr("{t}, by {name}: {reason}")
        said = words.format(t=day_and_time(order.at), name=order.by, reason=wipe_reason(order.reason))
        column.addWidget(text_label(look, said, size=SMALL, wrap=True))
        column.addWidget(text_label(look, order_sentence(order), ink="ink2", size=SMALL, wrap=True))
        return column

    # what may be done ----------------------------------------------------------------------------------------------
    def _add_actions(self, one: Workstation) -> None:
        self._facts.addWidget(line())
        if self._asked:
            self._facts.addWidget(self._ask_wipe(one) if self._asked == "wipe" else self._ask_revoke())
            return
        offers = (
            (one.may_wipe, self.tr("Wipe…"), "danger", "eraser", "ask_wipe"),
            (one.may_revoke, self.tr("Revoke…"), "danger", "ban", "ask_revoke"),
            (one.state is WorkstationState.REVOKED, self.tr("Allow again"), "secondary", "rotate-ccw", "allow"),
        )
        for may, words, kind, icon, name in offers:
            if may:
                button = Button(self._look, words, kind, icon=icon, name=name)
                button.clicked.connect(lambda _checked=False, b=button: self._on_action(b))
                self._facts.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if not one.may_wipe:
            words = self.tr("No session has left anything here that is not proved wiped.")
            self._facts.addWidget(text_label(self._look, words, ink="ink2", size=SMALL, wrap=True))

    def _on_action(self, button: Button) -> None:
        if button.objectName() == "allow":
            self.allow_wanted.emit(button)
            return
        self._asked = button.objectName().removeprefix("ask_")
        self.clear()
        self._fill()
        name = "wipe_question_reason" if self._asked == "wipe" else "cancel_question"
        if (first := focus_newest(self, name)) is not None:
            self.ensureWidgetVisible(first)

    def _ask_wipe(self, one: Workstation) -> Question:
        words = self.tr(
            "Wipe this workstation? Sessions there end at once, and their local copies are destroyed as soon as it "
            "hears of it. What waits in an outbox stays."
        )
        if one.is_here:
            words = joined(" ", words, self.tr("Your own session goes on."))
        button = (self.tr("Wipe"), "wipe_now")
        return WipeQuestion(self._look, "wipe_question", words, button, self._on_wipe, self._on_cancelled)

    def _on_wipe(self, button: Button, reason: WipeReason) -> None:
        self.wipe_wanted.emit(button, reason)

    def _ask_revoke(self) -> Question:
        question = Question("revoke_question")
        words = self.tr(
            "Revoke this workstation? Nobody signs in from it until it is allowed again. What runs there ends, and "
            "what was left there is wiped."
        )
        question.column.addWidget(text_label(self._look, words, wrap=True))
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addStretch(1)
        cancel = Button(self._look, self.tr("Cancel"), "quiet", name="cancel_question")
        cancel.clicked.connect(self._on_cancelled)
        button = Button(self._look, self.tr("Revoke"), "danger", name="revoke_now")
        button.clicked.connect(lambda: self.revoke_wanted.emit(button))
        foot.addWidget(cancel)
        foot.addWidget(button)
        question.column.addLayout(foot)
        return question

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
