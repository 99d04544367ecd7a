"""What a person does with a sealed field: reveal, ask, withdraw, open, close; and how its row follows."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QObject, Signal

from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.domain.exposures.words import ClosedBy
from app.domain.quota import Shut, is_near
from app.domain.training.rule import RULES
from app.session.errors import SignInAnswerError
from app.session.shown import Action, Budget, Reason, RequestState, ShownCustomer, UnlockAsked
from app.ui.clipboard.keeper import ClipboardKeeper
from app.ui.console.ask_popover import AskPopover
from app.ui.console.budgets import Budgets
from app.ui.console.customer_card import CustomerCard
from app.ui.console.field_acting import FieldActing
from app.ui.console.field_editing import FieldEditing
from app.ui.console.field_opener import FieldOpener
from app.ui.console.field_row import FieldRow, Offer
from app.ui.console.request_news import RequestNews, called
from app.ui.console.request_watch import RequestWatch
from app.ui.console.reveal_popover import RevealPopover
from app.ui.faults import fault_of
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases
from app.ui.widgets.announce import announce
from app.ui.widgets.popover import Popover
from app.ui.words import minutes_seconds

NOT_IDENTIFIED = "not_identified"
OFF_HOURS = "off_hours"
"""The reason for that, as the policy has it."""
NEEDS_CODE = ("step_up", "off_hours_code")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A reveal that was asked for; no value."""

    row: FieldRow
    record: str
    reason: str
    text: str


class FieldActions(QObject):
    """Joins the card's rows to the office.

    Signals:
        lit: whether something is open may have changed.
        approval_wanted: a supervisor at this desk wants to sign in.
        failed: an exception nobody here could answer.
        check_wanted: the caller is to be identified before a field opens.
    """

    lit = Signal()
    approval_wanted = Signal()
    failed = Signal(object)
    check_wanted = Signal()
    learn_wanted = Signal(str)

    def __init__(
        self,
        look: Look,
        desk: DeskUseCases,
        tasks: Tasks,
        card: CustomerCard,
        clipboard: ClipboardKeeper,
        is_identified: Callable[[], bool],
    ) -> None:
        super().__init__(card)
        self._clipboard, self._is_identified = clipboard, is_identified
        card.copy_wanted.connect(self._on_copy_wanted)
        card.verify_wanted.connect(self._on_verify_wanted)
        self._look, self._desk, self._tasks, self._card = look, desk, tasks, card
        self._away = False
        self._popover: Popover | None = None
        self._opened_by = ""
        self._news = RequestNews()
        self._asked_for: dict[tuple[str, str], str] = {}
        self._deciders_of = ("", DataClass.OPEN)
        self._was_anybody = True
        self._revealing: _Wanted | None = None
        self.budgets = Budgets(desk.budgets, tasks, self)
        self.budgets.changed.connect(self._on_budgets_changed)
        self.opener = FieldOpener(desk, tasks, self)
        self.watch = RequestWatch(desk, tasks, self)
        self.acting = FieldActing(look, desk, tasks, card, is_identified, self._hold)
        self.acting.check_wanted.connect(self.check_wanted)
        self.acting.failed.connect(self.failed)
        self.editing = FieldEditing(look, desk, tasks, card)
        self.editing.check_wanted.connect(self.check_wanted)
        self.editing.failed.connect(self.failed)
        card.act_wanted.connect(self._on_act_wanted)
        card.wanted.connect(self._on_offer_wanted)
        card.ran_out.connect(self._on_ran_out)
        card.shut.connect(self.refresh)
        card.supervisor_wanted.connect(self.approval_wanted)
        self.opener.opened.connect(self._on_opened)
        self.opener.closed.connect(self._on_closed)
        self.opener.failed.connect(self._on_open_failed)
        self.opener.missed.connect(self.failed)
        self.opener.given_up.connect(self._on_given_up)
        self.watch.changed.connect(self._on_requests_changed)
        self.watch.failed.connect(self._on_failed)

    # state ---------------------------------------------------------------------------------------------------------
    @property
    def is_open(self) -> bool:
        """Whether a field is open or opening."""
        return self.opener.is_open

    def show_customer(self, customer: ShownCustomer, *, away: bool) -> None:
        """Another card: its rows follow the requests that are known."""
        self._away = away
        self._show_check_away()
        self._card.fault.say("")
        self.acting.dress()
        self.editing.show_customer(customer.record, away=away)
        self._on_budgets_changed()

    def show_away(self, away: bool) -> None:
        """The back office is away, or back."""
        self._away = away
        self._show_check_away()
        self.editing.show_away(away)
        for row in self._card.rows():
            if not row.is_busy:
                row.show_rest()
        self.refresh()

    def _show_check_away(self) -> None:
        if self._card.check is not None:
            self._card.check.show_away(self._away)

    def close(self, cause: ClosedBy = ClosedBy.PERSON) -> None:
        """Shut the open field and the popover."""
        if self._popover is not None and shiboken6.isValid(self._popover):
            self._popover.dismiss()
        self._popover = None
        self.opener.close(cause)

    def _on_ran_out(self) -> None:
        self.opener.close(ClosedBy.TIME)

    def stop(self) -> None:
        """The session ends."""
        self.close(ClosedBy.SESSION)
        self.editing.stop()
        self.budgets.stop()
        self.watch.stop()

    def take_changes(self, topics: frozenset[str]) -> None:
        """The office told that something changed."""
        self.editing.presence.take_changes(topics)
        if "unlocks" in topics:
            self.watch.poll()
            self._look_who_decides()

    def _on_requests_changed(self) -> None:
        """What a supervisor closed again closes at once."""
        if self._opened_by and self.watch.is_revoked(self._opened_by):
            self.opener.close(ClosedBy.REVOKED)
        self.refresh()
        for words, now in self._news.of(self.watch.known(), self._called):
            announce(self._card, words, now=now)

    def _called(self, request: UnlockAsked) -> str:
        """Field and customer of a request in a sentence; one of before a lock may be known by its card alone."""
        customer, row = self._card.customer, self._card.row(request.field)
        if customer is not None and row is not None and customer.record == request.record:
            return called(row.field.label, customer.number)
        return self._asked_for.get((request.record, request.field), self.tr("Your request for another customer"))

    def refresh(self) -> None:
        """Let each row show how its request stands."""
        customer = self._card.customer
        if customer is None:
            return
        tells = True
        for row in self._card.rows():
            if row.is_busy:
                continue
            if self._away:
                row.show_offline(tells=tells)
                tells = False
            else:
                self._show_request(row, self.watch.of(customer.record, row.field.name))
        self._show_waiting_strip()

    def _show_request(self, row: FieldRow, request: UnlockAsked | None) -> None:
        if request is None:
            return
        if request.state is RequestState.WAITING:
            ago = minutes_seconds(time.time() - request.asked_at)
            row.show_requested(self.tr("Asked {t} ago").format(t=ago))
        elif request.state is RequestState.APPROVED:
            left = max(0, int(request.until - time.time()))
            words = self.tr("Open within {n} s, by {name}")  # a narrow row cuts the name, not the time
            row.show_granted(words.format(name=request.decided_by or self.tr("a supervisor"), n=left))
        elif request.state is RequestState.REFUSED:
            row.show_refused(self.tr("Refused: {reason}").format(reason=request.why or self.tr("no reason given")))
        elif request.state is RequestState.EXPIRED:
            over = (
                self.tr("The unlock is over. Ask again.") if request.decided_by else self.tr("The request has expired")
            )
            row.show_refused(over)
        elif request.state is RequestState.ASKED_BACK:
            row.show_asked_back(
                self.tr("{name} asks: {question}").format(name=request.decided_by, question=request.why)
            )
        elif request.state is RequestState.REVOKED:
            row.show_refused(self.tr("{name} closed this field").format(name=request.decided_by))
        elif row.offer is Offer.WITHDRAW or row.offer is Offer.OPEN:
            row.show_rest()

    def _show_waiting_strip(self) -> None:
        waiting = self.watch.waiting()
        if not waiting:
            self._card.strip.say("")
            return
        ago = minutes_seconds(time.time() - min(request.asked_at for request in waiting))
        there = min((request.deciders for request in waiting if request.deciders is not None), default=None)
        if there == 0:
            words = self.tr("Nobody who may decide is here yet; your request waits. Asked {t} ago.")
        elif there is None:
            words = self.tr("Waiting for a supervisor, asked {t} ago.")
        else:
            words = self.tr("Waiting for a supervisor, {n} online, asked {t} ago.")
        self._card.strip.say(words.format(t=ago, n=there))
        if there is not None and (there > 0) is not self._was_anybody:
            self._was_anybody = there > 0
            came, gone = (
                self.tr("Somebody who may decide is signed in now"),
                self.tr("Nobody who may decide is signed in"),
            )
            announce(self._card, came if there else gone)

    # offers --------------------------------------------------------------------------------------------------------
    def _on_offer_wanted(self, row: FieldRow, offer: str) -> None:
        customer = self._card.customer
        if customer is None:
            return
        self._card.fault.say("")
        request = self.watch.of(customer.record, row.field.name)
        if offer == Offer.CLOSE.value:
            self.opener.close()
        elif offer == Offer.STOP.value:
            self.acting.stop()
        elif offer == Offer.LEARN.value:
            self.learn_wanted.emit(row.field.lesson or RULES)
        elif offer == Offer.REVEAL.value or (offer == Offer.ASK.value and row.field.action is Action.REVEAL):
            self._prepare_reveal(row, customer.record)
        elif offer == Offer.ASK.value:
            self._prepare_ask(row, customer.record)
        elif offer == Offer.WITHDRAW.value and request is not None:
            self.watch.withdraw(request)
        elif offer == Offer.OPEN.value and request is not None:
            self._revealing = None
            self.opener.open_unlocked(row, request)

    def _on_act_wanted(self, row: FieldRow) -> None:
        """What is open shuts first: a field is used or shown, not both at once."""
        self.close()
        self.acting.begin(row)

    def _on_copy_wanted(self, row: FieldRow) -> None:
        """Written down first, then copied; what was shut meanwhile is not."""
        customer, field, turn = self._card.customer, row.field.name, self.opener.turn
        if customer is None or row is not self.opener.row:
            return
        record = customer.record

        def copy(_done: None) -> None:
            if turn == self.opener.turn and self._is_current(row, record):
                seconds = self._desk.clipboard_s
                if row.curtain.copy_to(lambda text: self._clipboard.put(text, seconds)):
                    announce(row, self.tr("Copied; the clipboard is cleared in {n} seconds").format(n=seconds))

        self._tasks.run(lambda: self._desk.copied(record, field), copy, self.failed.emit, owner=self)

    def _on_verify_wanted(self, row: FieldRow) -> None:
        """To the identity check, with a field for this one where policy asks for others."""
        self.close()
        self._card.fault.say("")
        panel, name = self._card.check, row.field.name
        if panel is None:
            self._card.fault.say(self.tr("Nothing of this customer is compared here. A supervisor can decide."))
        elif self._away:
            announce(row, self.tr("No checks while offline"))
        elif name in panel.cells and not panel.has_open(name):
            announce(row, panel.cells[name].edit.accessibleDescription())
        else:
            panel.add(row.field)
            panel.focus_check(name)

    def _prepare_reveal(self, row: FieldRow, record: str, again: _Wanted | None = None) -> None:
        """Ask for the reason, and for a code where policy wants one or the office just did (`again`)."""
        self.close(ClosedBy.ANOTHER)
        data_class = row.field.data_class

        def read() -> tuple[tuple[Reason, ...], Mapping[DataClass, Budget], bool]:
            budgets, coded = self._desk.budgets(), again is not None or self._desk.needs_code(data_class)
            off_hours = data_class in budgets and budgets[data_class].needs_code and not self._desk.is_code_fresh
            return self._desk.reasons(Action.REVEAL, data_class, row.field.name), budgets, coded or off_hours

        def show(answer: tuple[tuple[Reason, ...], Mapping[DataClass, Budget], bool]) -> None:
            if not self._is_current(row, record):
                return
            reasons, budgets, coded = answer
            self.budgets.take(budgets)
            budget = self.budgets.of(data_class)
            if budget.shut is not None:
                self._prepare_ask(row, record)
                return
            popover = RevealPopover(self._look, row, row.field.label, reasons, is_identified=self._is_identified())
            popover.check_wanted.connect(self.check_wanted)
            popover.show_budget(self.budgets.used_words(budget), is_near=is_near(budget.used, budget.shift))
            popover.confirmed.connect(lambda reason, text: self._reveal(_Wanted(row, record, reason, text)))
            popover.code_given.connect(lambda code: self._step_up(popover, code))
            if coded:
                popover.ask_code()
            self._hold(row, popover)
            popover.focus_first()
            if again is not None:
                popover.choose(again.reason, again.text)
                popover.code.focus_boxes()

        self._tasks.run(read, show, self._on_failed, owner=self)

    def _on_budgets_changed(self) -> None:
        """What is shut for this person offers Ask, until it is open again."""
        self._card.show_shut(self.budgets.shut)
        self.refresh()

    def _step_up(self, popover: RevealPopover, code: str) -> None:
        def refused(error: Exception) -> None:
            if isinstance(error, SignInAnswerError):
                popover.refuse(fault_of(error).sentence)
            else:
                popover.dismiss()
                self._on_failed(error)

        self._tasks.run(lambda: self._desk.step_up(code), lambda _none: popover.go_on(), refused, owner=popover)

    def _reveal(self, wanted: _Wanted) -> None:
        self._revealing = wanted
        self.opener.reveal(wanted.row, wanted.record, wanted.reason, wanted.text)

    def _prepare_ask(self, row: FieldRow, record: str) -> None:
        self.close(ClosedBy.ANOTHER)
        field = row.field
        customer = self._card.customer
        name = called(field.label, customer.number) if customer is not None else field.label

        def show(reasons: tuple[Reason, ...]) -> None:
            if not self._is_current(row, record):
                return
            known = self._is_identified()
            panel = self._card.check
            why = self.budgets.shut_words(self.budgets.of(field.data_class))
            popover = AskPopover(
                self._look,
                row,
                field.label,
                field.data_class,
                reasons,
                is_identified=known,
                why=why,
                can_check=panel is not None and panel.has_open(field.name),
            )
            popover.check_wanted.connect(self.check_wanted)
            if self.budgets.of(field.data_class).shut is Shut.HOURS:
                popover.choose(OFF_HOURS)
            popover.verify_wanted.connect(lambda: self._on_verify_wanted(row))
            popover.confirmed.connect(send)
            self._hold(row, popover)
            popover.focus_first()
            self._deciders_of = (record, field.data_class)
            self._look_who_decides()

        def send(reason: str, words: str, here: bool) -> None:
            then = self.approval_wanted.emit if here else _nothing
            self._asked_for[record, field.name] = name
            self.watch.ask(record, field.name, reason, words, then)

        self._tasks.run(
            lambda: self._desk.reasons(Action.ASK, field.data_class, field.name), show, self._on_failed, owner=self
        )

    def _look_who_decides(self) -> None:
        """Say in the request that is being written whether anybody is there who may decide; now and on each change."""
        popover = self._popover
        if not isinstance(popover, AskPopover) or not shiboken6.isValid(popover):
            return
        record, data_class = self._deciders_of
        self._tasks.run(
            lambda: self._desk.deciders(record, data_class),
            popover.show_deciders,
            lambda _error: None,  # whoever sends hears why it cannot be sent
            owner=popover,
        )

    def _hold(self, row: FieldRow, popover: Popover) -> None:
        self._popover = popover
        popover.keep_clear(row.name_label, row.button)
        row.set_chosen(True)
        popover.folded.connect(lambda: row.set_chosen(False) if shiboken6.isValid(row) else None)

    def _is_current(self, row: FieldRow, record: str) -> bool:
        customer = self._card.customer
        return shiboken6.isValid(row) and customer is not None and customer.record == record

    @property
    def has_main_action(self) -> bool:
        """Whether a request is being written."""
        return isinstance(self._popover, AskPopover) and shiboken6.isValid(self._popover) and self._popover.isVisible()

    def take_main_action(self) -> None:
        """Ctrl+Return: send the request that is being written."""
        if isinstance(self._popover, AskPopover) and shiboken6.isValid(self._popover):
            self._popover.take_main_action()

    # answers -------------------------------------------------------------------------------------------------------
    def _on_opened(self) -> None:
        request, self._revealing = self.opener.request, None
        if request is not None:
            self._opened_by = request.id
            self.watch.used(request)
        else:
            self.budgets.look_again()
        row = self.opener.row
        if row is not None:
            text = self.tr("{field}, open, {n} seconds")
            announce(row, text.format(field=row.field.label, n=row.curtain.seconds_left()))
        self.lit.emit()

    def _on_closed(self) -> None:
        self._opened_by = ""
        self.watch.rest()
        announce(self._card, self.tr("closed"))
        self.lit.emit()
        self.refresh()

    def _on_open_failed(self, error: Exception) -> None:
        self.lit.emit()
        wanted, self._revealing = self._revealing, None
        code = error.code if isinstance(error, NotAllowedError) else ""
        if wanted is not None and self._is_current(wanted.row, wanted.record):
            if code in NEEDS_CODE:
                self._prepare_reveal(wanted.row, wanted.record, wanted)
                return
            if code in list(Shut):
                self._prepare_reveal(wanted.row, wanted.record)
        self._on_failed(error)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, NotAllowedError) and error.code == NOT_IDENTIFIED:
            self._send_to_check()
        else:
            self.failed.emit(error)

    def _send_to_check(self) -> None:
        """The office wants an identified caller; the call may have ended meanwhile."""
        self._card.fault.say(self.tr("Check who is calling first; then this field opens."))
        self.check_wanted.emit()

    def _on_given_up(self) -> None:
        self._card.fault.say(self.tr("The back office took too long. Nothing was opened here; try again."))


def _nothing() -> None:
    """A request was sent; nothing follows."""
