"""The drawer's page on one request: its clock, what is known of it, and what may be done now."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.privacy.means import LARGE_PRINT
from app.domain.subject_requests.words import (
    BUNDLES,
    IDENTIFIES_OUTSIDERS,
    REFUSALS,
    IdentityCheck,
    Proposal,
    RefusalReason,
    RequestKind,
    RequestState,
)
from app.session.privacy.shown_requests import ShownRequest
from app.ui.accounts.facts import Question, empty, fact, focus_newest, heading, newest, section
from app.ui.console.search_bar import Picker
from app.ui.privacy.customer.words import means_name
from app.ui.privacy.keeping.words import state_name as order_state_name
from app.ui.privacy.requests.sending import SentQuestion
from app.ui.privacy.requests.whose import DetachQuestion, WhoseQuestion
from app.ui.privacy.requests.words import (
    channel_name,
    clock_sign,
    clock_words,
    identity_name,
    kind_name,
    refusal_name,
    sent_name,
    state_name,
    term_words,
)
from app.ui.saying import filled, joined
from app.ui.theme.fonts import SMALL
from app.ui.theme.look import Look
from app.ui.widgets.answering import AnsweringPage
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip
from app.ui.widgets.labels import line, text_label
from app.ui.widgets.strips import Message, Strip
from app.ui.words import day_and_time, day_and_year

PROPOSE_REFUSAL, ATTACH, DETACH, SENT = "propose_refusal", "attach", "detach", "sent"
_FIRST = {PROPOSE_REFUSAL: "refusal_reason", ATTACH: "attach_number", DETACH: "detach_now", SENT: "sent_way"}
"""Where a question takes the keys."""


class RequestDetail(AnsweringPage):
    """One request. It is made anew with each listing; a question in hand stays.

    Args:
        look: colours.

    Signals:
        wanted: the button that was pressed, and what is wanted, by a word: `words`, `end`, `take_back`, `lift`,
            `detach`, `approve`, `deny`, `copy`, `bundle`, `letter_en`, `letter_id`.
        identity_wanted: the button, and how the identity was checked.
        refusal_wanted: the button, and the reason.
        sent_wanted: the button, by which way a letter went out, how many days ago, and the reference.
        attach_wanted: the button, a customer's number, and how it was found that it is theirs.
    """

    wanted = Signal(object, str)
    identity_wanted = Signal(object, object)
    refusal_wanted = Signal(object, object)
    attach_wanted = Signal(object, str, object)
    sent_wanted = Signal(object, object, int, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.request: ShownRequest | None = None
        self._may_work, self._asked, self._words = False, "", ""
        self._typed = ""
        self.is_large = False
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
        self.error = Message(look, "danger", "request_error")
        column.addWidget(self.error)
        self.done = Message(look, "ok", "request_done")
        column.addWidget(self.done)
        column.addStretch(1)

    def show_request(self, request: ShownRequest, *, may_work: bool) -> None:
        """Show a request; another one than before drops question, words and sentences."""
        if self.request is None or self.request.id != request.id:
            self._asked, self._words, self._typed = "", "", ""
            self.is_large = request.way == LARGE_PRINT
            self.clear()
        elif self.request == request:
            return
        elif self.request.revision != request.revision:
            self._asked = ""
        self.request, self._may_work = request, may_work
        self._fill()

    def show_nothing(self) -> None:
        """No request is looked at."""
        self.request, self._asked, self._words, self._typed = None, "", "", ""
        self.clear()
        empty(self._facts)

    def show_words(self, words: str) -> None:
        """What the person asked for in their words."""
        self._words = words or self.tr("Nothing was written down, or it went with its customer.")
        self._fill()

    def say(self, sentence: str) -> None:
        """Say what was done."""
        self.error.say("")
        self.done.say(sentence)

    def close_question(self) -> bool:
        """Take a question back; whether one was asked."""
        if not self._asked:
            return False
        asked, self._asked = self._asked, ""
        self._fill()
        focus_newest(self, f"ask_{asked}")
        return True

    # filling -------------------------------------------------------------------------------------------------------
    def _fill(self) -> None:
        one = self.request
        if one is None:
            return
        focus = self.focusWidget()
        focused = focus.objectName() if focus is not None and focus.hasFocus() else ""
        empty(self._facts)
        self._add_facts(one)
        if one.state is RequestState.OPEN:
            self._add_open(one)
        elif self._may_work:
            self._add_ended(one)
        self.set_working(self._works)
        if focused:
            focus_newest(self, focused)

    def _add_facts(self, one: ShownRequest) -> None:
        look, facts = self._look, self._facts
        title = self.tr("No. {n}: {kind}").format(n=one.number, kind=kind_name(one.kind))
        nobody = self.tr("No customer of ours") if one.is_outsiders else self.tr("The customer is gone")
        facts.addLayout(heading(look, title, one.customer or nobody))
        sign, tone = clock_sign(one.standing)
        chip = Chip(look, clock_words(one.standing), tone=tone, icon=sign)
        facts.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        facts.addWidget(line())
        facts.addLayout(fact(look, self.tr("State"), state_name(one)))
        received = joined(", ", channel_name(one.channel), day_and_time(one.received_at.timestamp()))
        facts.addLayout(fact(look, self.tr("Received"), received))
        facts.addLayout(fact(look, self.tr("Due"), day_and_time(one.due_at.timestamp())))
        facts.addLayout(fact(look, self.tr("Term"), term_words(one)))
        facts.addLayout(fact(look, self.tr("Taken by"), one.opened_by))
        if one.purposes:
            facts.addLayout(fact(look, self.tr("Purposes"), joined(", ", *one.purposes)))
        if one.held:
            facts.addLayout(fact(look, self.tr("Held now"), joined(", ", *one.held)))
        if one.identity is not None:
            said = joined(", ", identity_name(one.identity), one.identity_by)
            facts.addLayout(fact(look, self.tr("Identity"), said))
        if one.attached_at is not None:
            said = joined(", ", one.attached_by, day_and_time(one.attached_at.timestamp()))
            facts.addLayout(fact(look, self.tr("Found to be theirs by"), said))
        if one.refusal is not None:
            facts.addLayout(fact(look, self.tr("Reason"), refusal_name(one.refusal)))
        self._add_course(one)
        if self._words:
            facts.addWidget(section(look, self.tr("In the person’s words")))
            facts.addWidget(text_label(look, self._words, wrap=True))
        else:
            self._offer(self.tr("Show what was asked for"), "quiet", "text-quote", "words")

    def _add_course(self, one: ShownRequest) -> None:
        """Who proposed, decided and ended it, and what answers it."""
        look, facts = self._look, self._facts
        is_sent_back = one.state is RequestState.OPEN and one.proposal is Proposal.NONE and one.kind not in BUNDLES
        decided = self.tr("Sent back by") if is_sent_back else self.tr("Decided by")
        for label, who in ((self.tr("Proposed by"), one.proposed_by), (decided, one.decided_by)):
            if who:
                facts.addLayout(fact(look, label, who))
        if one.ended_at is not None:
            said = joined(", ", one.ended_by, day_and_time(one.ended_at.timestamp()))
            facts.addLayout(fact(look, self.tr("Ended"), said))
        self._add_sent(one)
        if one.order and one.order_state is not None:
            said = joined(", ", filled("{}", one.order), order_state_name(one.order_state))
            facts.addLayout(fact(look, self.tr("Order to erase"), said))

    def _add_sent(self, one: ShownRequest) -> None:
        if one.sent_at is not None and one.sent_by is not None:
            how = joined(", ", sent_name(one.sent_by), day_and_year(one.sent_at.date()), one.sent_told_by)
            self._facts.addLayout(fact(self._look, self.tr("Letter sent"), how))
        if one.sent_reference:
            self._facts.addLayout(fact(self._look, self.tr("Consignment"), one.sent_reference))

    def _add_open(self, one: ShownRequest) -> None:
        self._facts.addWidget(line())
        if one.may_decide:
            what = self.tr("A refusal waits for you as the second person.")
            if one.proposal is Proposal.EXPORT:
                what = self.tr("A copy of this person’s data waits for you as the second person.")
            self._facts.addWidget(text_label(self._look, what, wrap=True))
            self._offer(self.tr("Approve"), "primary", "check", "approve")
            self._offer(self.tr("Send back"), "secondary", "undo-2", "deny")
        elif one.proposal is not Proposal.NONE:
            words = self.tr("Another privacy officer or a supervisor decides.")
            self._facts.addWidget(text_label(self._look, words, ink="ink2", size=SMALL, wrap=True))
        if self._may_work:
            self._add_work(one)

    def _add_work(self, one: ShownRequest) -> None:
        if one.identity is None:
            self._facts.addWidget(section(self._look, self.tr("Identity")))
            self._facts.addWidget(self._ask_identity(one))
        elif one.proposal is Proposal.NONE:
            self._add_answers(one)
        if one.proposal is Proposal.NONE:
            self._add_whose(one)
            if self._asked == PROPOSE_REFUSAL:
                self._facts.addWidget(self._ask_refusal(one))
            else:
                self._ask_button(self.tr("Refuse…"), "danger", "ban", PROPOSE_REFUSAL)
        self._offer(self.tr("The person takes it back"), "quiet", "undo-2", "take_back")

    def _add_whose(self, one: ShownRequest) -> None:
        """Whose it is: somebody who was no customer may be one, and who was found may be the wrong one."""
        if one.is_outsiders and self._asked == ATTACH:
            self._facts.addWidget(self._ask_whose())
        elif one.is_outsiders:
            self._ask_button(self.tr("It is a customer’s…"), "secondary", "user-check", ATTACH)
        elif one.attached_at is not None and self._asked == DETACH:
            self._facts.addWidget(self._ask_detach(one))
        elif one.attached_at is not None:
            self._ask_button(self.tr("It is not this customer’s…"), "quiet", "undo-2", DETACH)

    def _add_answers(self, one: ShownRequest) -> None:
        if one.is_outsiders:
            words = self.tr("Look the person up in the console first, by each whole number or address they gave.")
            self._facts.addWidget(text_label(self._look, words, ink="ink2", size=SMALL, wrap=True))
            self._offer(self.tr("Nothing is held: it is answered"), "primary", "check", "end")
            return
        if one.kind in BUNDLES:
            if one.grant_until is not None:
                until = self.tr("Granted until {t}.").format(t=day_and_time(one.grant_until.timestamp()))
                self._facts.addWidget(text_label(self._look, until, wrap=True))
                self._offer(self.tr("Make the copy…"), "primary", "package", "bundle")
            elif one.bundled_at is None:
                self._offer(self.tr("Propose a copy of the data"), "primary", "package", "copy")
            if one.bundled_at is None:
                return
        before = ""
        if one.kind is RequestKind.ERASURE and not one.order:
            words = self.tr("First propose the erasure on its own page, with this number: {n}. It takes two people.")
            before = words.format(n=one.number)
        elif one.kind is RequestKind.CORRECTION:
            before = self.tr("First correct the field on the customer’s card.")
        if before:
            self._facts.addWidget(text_label(self._look, before, ink="ink2", size=SMALL, wrap=True))
        self._offer(self.tr("It is answered"), "primary", "check", "end")

    def _add_ended(self, one: ShownRequest) -> None:
        self._facts.addWidget(line())
        self._add_letter(one)
        if one.held:
            is_restriction = one.kind is RequestKind.RESTRICTION
            words = self.tr("Lift the restriction") if is_restriction else self.tr("Free the held purposes")
            self._offer(words, "secondary", "lock-open", "lift")

    def _add_letter(self, one: ShownRequest) -> None:
        """The letter as its reader wants it, and that it went out."""
        look, facts = self._look, self._facts
        if one.way:
            words = self.tr("This customer was last spoken with in this way: {way}. Write to them so, too.")
            facts.addWidget(Strip(look, words.format(way=means_name(one.way)), "info", name="request_way"))
        large = Button(look, self.tr("In large print"), "filter", name="large_print")
        large.setCheckable(True)
        large.setChecked(self.is_large)
        large.toggled.connect(self._set_large)
        facts.addWidget(large, 0, Qt.AlignmentFlag.AlignLeft)
        self._offer(self.tr("Letter in Indonesian…"), "secondary", "file-text", "letter_id")
        self._offer(self.tr("Letter in English…"), "secondary", "file-text", "letter_en")
        if one.letter_at is None:
            return
        made = self.tr("First made {t}.").format(t=day_and_time(one.letter_at.timestamp()))
        facts.addWidget(text_label(look, made, ink="ink2", size=SMALL, wrap=True))
        if self._asked == SENT:
            question = SentQuestion(look, self._typed, self._keep_typed, self.close_question)
            question.answered.connect(self.sent_wanted)
            facts.addWidget(question)
        else:
            words = self.tr("It went out again…") if one.sent_at is not None else self.tr("It went out…")
            self._ask_button(words, "secondary", "send", SENT)

    def _set_large(self, is_large: bool) -> None:
        self.is_large = is_large

    def _offer(self, words: str, kind: str, icon: str, what: str) -> None:
        name = what if what.startswith("letter") else f"{what}_request"
        button = Button(self._look, words, kind, icon=icon, name=name)
        button.clicked.connect(lambda: self.wanted.emit(button, what))
        self._facts.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _ask_button(self, words: str, kind: str, icon: str, what: str) -> None:
        button = Button(self._look, words, kind, icon=icon, name=f"ask_{what}")
        button.clicked.connect(lambda: self._ask(what))
        self._facts.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _ask(self, what: str) -> None:
        self._asked, self._typed = what, ""
        self.clear()
        self._fill()
        focus_newest(self, _FIRST[what])
        QTimer.singleShot(0, self, lambda: self._see(_FIRST[what]))

    def _see(self, name: str) -> None:
        """Once the question has its place, all of it is seen."""
        first = newest(self, name)
        if first is not None and (question := first.parentWidget()) is not None:
            self.ensureWidgetVisible(question)

    def _ask_identity(self, request: ShownRequest) -> Question:
        question = Question("identity_question")
        how = Picker(self._look)
        how.setObjectName("identity_how")
        how.setAccessibleName(self.tr("How the identity was checked"))
        for one in (one for one in IdentityCheck if not request.is_outsiders or one in IDENTIFIES_OUTSIDERS):
            how.addItem(identity_name(one), one)
        question.column.addWidget(how)
        button = Button(self._look, self.tr("The identity is checked"), "secondary", icon="user-check", name="identify")
        button.clicked.connect(lambda: self.identity_wanted.emit(button, IdentityCheck(how.currentData())))
        question.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return question

    def _ask_whose(self) -> Question:
        question = WhoseQuestion(self._look, self._typed, self._keep_typed, self.close_question)
        question.answered.connect(self.attach_wanted)
        return question

    def _keep_typed(self, typed: str) -> None:
        self._typed = typed

    def _ask_detach(self, one: ShownRequest) -> Question:
        question = DetachQuestion(self._look, is_copied=one.bundled_at is not None, on_cancel=self.close_question)
        question.answered.connect(lambda button: self.wanted.emit(button, "detach"))
        return question

    def _ask_refusal(self, one: ShownRequest) -> Question:
        question = Question("refusal_question")
        words = self.tr("The law knows these reasons. A second person decides, and the letter names the article.")
        question.column.addWidget(text_label(self._look, words, wrap=True))
        reason = Picker(self._look)
        reason.setObjectName("refusal_reason")
        reason.setAccessibleName(self.tr("Why it is refused"))
        for code in RefusalReason:
            fits = (code is RefusalReason.NOT_IDENTIFIED) == (one.identity is None)
            if code in REFUSALS[one.kind] and fits:
                reason.addItem(refusal_name(code), code)
        question.column.addWidget(reason)
        button = Button(self._look, self.tr("Propose the refusal"), "danger", name="propose_refusal_now")
        button.clicked.connect(lambda: self.refusal_wanted.emit(button, RefusalReason(reason.currentData())))
        question.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        cancel = Button(self._look, self.tr("Cancel"), "quiet", name="cancel_question")
        cancel.clicked.connect(self.close_question)
        question.column.addWidget(cancel, 0, Qt.AlignmentFlag.AlignLeft)
        return question


def title_of(request: ShownRequest) -> str:
    """A request in a few words, for what is said elsewhere."""
    return filled("{} {}", kind_name(request.kind), request.number)
