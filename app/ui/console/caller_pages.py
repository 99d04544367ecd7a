"""What stands in the card's place while it is not clear who calls: which of several it is, or a new contact.

Invariant: what is typed into a new contact stays until it is saved or discarded, whatever comes in between. There is
one for each call, and one without.
"""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QObject, Signal

from app.session.callers import Caller
from app.session.calls import call_key
from app.session.shown import ShownRow
from app.session.shown_new_contact import KnownContactsError, NewContactRefusedError
from app.ui.console.caller_chooser import CallerChooser
from app.ui.console.caller_words import lookup_refused
from app.ui.console.new_contact_card import NewContactCard
from app.ui.console.work_area import WorkArea
from app.ui.faults import fault_of
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases
from app.ui.widgets.announce import announce

NO_CALL = ""
Typed = tuple[tuple[str, str], ...]
Page = CallerChooser | NewContactCard


class CallerPages(QObject):
    """The pages of one console.

    Signals:
        picked: who calls: a `Caller`, or None for a contact without a call, and the customer's `ShownRow`.
        aside: a page was put aside; its `Caller`, or None.
        dropped: a new contact is not wanted; its `Caller`, or None.
        made: a customer is new.
    """

    picked = Signal(object, object)
    aside = Signal(object)
    dropped = Signal(object)
    made = Signal()

    def __init__(self, look: Look, desk: DeskUseCases, tasks: Tasks, area: WorkArea, parent: QObject) -> None:
        super().__init__(parent)
        self._look, self._desk, self._tasks, self._area = look, desk, tasks, area
        self._page: Page | None = None
        self._caller: Caller | None = None
        self._cards: dict[str, NewContactCard] = {}
        self._kept: dict[str, Typed] = {}
        self._requests: dict[str, tuple[str, dict[str, str]]] = {}

    @property
    def is_open(self) -> bool:
        """Whether a page stands in the card's place."""
        return self._page is not None

    def is_needed(self, on: Collection[str]) -> bool:
        """Whether a page is open that may not go by itself: something is typed into it, or its call is on.

        Args:
            on: the calls that are on.
        """
        page, call = self._page, self._caller.call if self._caller is not None else NO_CALL
        has_words = isinstance(page, NewContactCard) and (page.is_changed or page.caller is None)
        return page is not None and (has_words or call in on)

    def leave_over(self, on: Collection[str]) -> None:
        """A page that asked about a call which is over goes, if nothing is typed into it."""
        caller, page = self._caller, self._page
        if page is None or caller is None or caller.call == call_key("") or self.is_needed(on):
            return
        focus = page.window().focusWidget()
        had_focus = focus is not None and page.isAncestorOf(focus)
        self._close()
        self._drop_card(caller.call)
        if had_focus:
            self._area.card.focus_rows()

    @property
    def drafts(self) -> int:
        """How many new contacts have something typed in them and are not in front."""
        return sum(card.is_changed and card is not self._page for card in self._cards.values()) + len(self._kept)

    # pages ---------------------------------------------------------------------------------------------------------
    def choose(self, caller: Caller, rows: Sequence[ShownRow]) -> None:
        """Several customers have this number."""
        title = self.tr("{n} customers have this number: {mask}").format(n=len(rows), mask=caller.mask)
        page = CallerChooser(self._look, rows, title, may_make=self._desk.new_contacts.may_make)
        page.nobody.connect(lambda: self.begin_contact(caller))
        self._ask(page, caller, rows)

    def _ask_known(self, card: NewContactCard, rows: Sequence[ShownRow]) -> None:
        """Somebody has the number of a contact that was about to be made."""
        title = self.tr("Somebody has this number already. Is it one of them?")
        page = CallerChooser(self._look, rows, title, may_make=True)
        page.nobody.connect(lambda: self._save_known(card))
        self._ask(page, card.caller, rows)

    def _ask(self, page: CallerChooser, caller: Caller | None, rows: Sequence[ShownRow]) -> None:
        by_id = {row.id: row for row in rows}
        page.chosen.connect(lambda id_: self._on_chosen(caller, by_id[id_]))
        self._show(page, caller)
        announce(page, page.accessibleName())

    def _on_chosen(self, caller: Caller | None, row: ShownRow) -> None:
        self._close()
        self._drop_card(caller.call if caller is not None else NO_CALL)
        self.picked.emit(caller, row)

    def has_card(self, caller: Caller) -> bool:
        """Whether a new contact of this caller is begun."""
        return caller.call in self._cards and self._cards[caller.call].caller == caller

    def begin_contact(self, caller: Caller | None) -> None:
        """The card of a new contact, with what was typed into it."""
        call = caller.call if caller is not None else NO_CALL
        card = self._cards.get(call)
        if card is None:
            card = NewContactCard(self._look, self._desk.new_contacts.form(), caller)
            card.bring_back(dict(self._kept.pop(call, ())))
            card.save_wanted.connect(self.save)
            card.dropped.connect(self._drop)
            self._cards[call] = card
            self._ask_notice(card)
        self._show(card, caller)
        announce(card, card.accessibleName())

    def _ask_notice(self, card: NewContactCard) -> None:
        """Which notice to tell of; without an answer the office refuses another one when the contact is made."""
        self._tasks.run(
            self._desk.new_contacts.ask_notice,
            lambda code: card.show_notice(code) if self._is_known(card) else None,
            lambda _error: None,
            owner=self,
        )

    def begin_draft(self) -> None:
        """The first new contact that has something typed in it."""
        call = next((call for call, card in self._cards.items() if card.is_changed), None)
        if call is not None:
            self.begin_contact(self._cards[call].caller)
        elif self._kept:
            call, typed = self._kept.popitem()
            self._kept[NO_CALL] = self._kept.get(NO_CALL, typed)  # its call is over: without a number
            self.begin_contact(None)

    def _show(self, page: Page, caller: Caller | None) -> None:
        self._close()
        self._page, self._caller = page, caller
        self._area.card.cover_with(page, page.focus_first)
        self._area.desk_panel.setEnabled(False)  # note and wrap-up are the other customer's
        page.focus_first()

    def _close(self) -> None:
        page, self._page = self._page, None
        if page is not None:
            self._area.card.uncover()
            self._area.desk_panel.setEnabled(True)
            if isinstance(page, CallerChooser):
                page.deleteLater()

    def put_aside(self) -> bool:
        """Show the card again; what is typed stays. Whether there was a page."""
        if self._page is None:
            return False
        page, caller = self._page, self._caller
        self._close()
        if isinstance(page, NewContactCard) and not page.is_changed:
            self._drop_card(caller.call if caller is not None else NO_CALL)
        self.aside.emit(caller)
        return True

    def _drop(self) -> None:
        caller = self._caller
        self._close()
        self._drop_card(caller.call if caller is not None else NO_CALL)
        self.dropped.emit(caller)

    def _drop_card(self, call: str) -> None:
        card = self._cards.pop(call, None)
        self._requests.pop(call, None)
        if card is not None:
            card.forget()
            card.deleteLater()

    # making --------------------------------------------------------------------------------------------------------
    @property
    def can_save(self) -> bool:
        """Whether a new contact is in front."""
        return isinstance(self._page, NewContactCard)

    def save(self) -> None:
        """Make the contact that is in front."""
        card = self._page
        if isinstance(card, NewContactCard) and not card.save.is_busy and not card.focus_missing():
            self._make(card, known=False)

    def _save_known(self, card: NewContactCard) -> None:
        self.begin_contact(card.caller)
        self._make(card, known=True)

    def _make(self, card: NewContactCard, *, known: bool) -> None:
        making, values, call = self._desk.new_contacts, card.values(), self._call_of(card)
        request, before = self._requests.get(call, ("", {}))
        if not request or before != values:
            request = making.new_request()
            self._requests[call] = (request, values)
        card.set_working(True)
        self._tasks.run(
            lambda: self._desk.rows([making.make(request, values, known=known)])[0],
            lambda row: self._on_made(card, row),
            lambda error: self._on_not_made(card, error),
            owner=self,
        )

    def _call_of(self, card: NewContactCard) -> str:
        return card.caller.call if card.caller is not None else NO_CALL

    def _is_known(self, card: NewContactCard) -> bool:
        return self._cards.get(self._call_of(card)) is card

    def _on_made(self, card: NewContactCard, row: ShownRow) -> None:
        if not self._is_known(card):
            return
        if self._page is card:
            self._close()
        caller = card.caller
        self._drop_card(self._call_of(card))
        self.made.emit()
        self.picked.emit(caller, row)

    def _on_not_made(self, card: NewContactCard, error: Exception) -> None:
        if not self._is_known(card):
            return
        card.set_working(False)
        card.show_notice(self._desk.new_contacts.form().notice)
        if isinstance(error, NewContactRefusedError):
            card.refuse(error.fields)
        elif isinstance(error, KnownContactsError) and error.ids:
            self._tasks.run(
                lambda: self._desk.rows(error.ids),
                lambda rows: self._ask_known(card, rows),
                lambda other: card.say(fault_of(other).sentence),
                lane="cache",
                owner=self,
            )
        else:
            card.say(lookup_refused(error))

    # locks ---------------------------------------------------------------------------------------------------------
    def typed(self) -> tuple[tuple[str, Typed], ...]:
        """What is typed into new contacts, by call: for a lock."""
        typed = {call: card.typed() for call, card in self._cards.items() if card.is_changed}
        return tuple((self._kept | typed).items())

    def bring_back(self, typed: Sequence[tuple[str, Typed]]) -> None:
        """After a lock; each comes back with its card."""
        self._kept = dict(typed)
