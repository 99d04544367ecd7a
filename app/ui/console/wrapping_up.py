"""The visit in hand: begun with the customer on the card, kept as it is chosen, finished, and brought back.

What was begun and not finished is kept as such when another customer is shown: it waits for its person. Each state gets
its number here, on the GUI thread, in the order in which it came to be, whichever thread sends it first.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.call_back import CallBackError
from app.domain.errors import NotAllowedError
from app.session.lock_place import NoteInHand
from app.session.shown import ShownCustomer
from app.session.shown_contacts import ContactInHand, ContactKept, ShownContacts
from app.ui.console.call_back_words import fault_words
from app.ui.console.contact_use_cases import ContactUseCases
from app.ui.console.note_editor import NoteEditor
from app.ui.console.wrap_up_panel import WrapUpPanel
from app.ui.tasks import Tasks
from app.ui.undoing import Undoing

KEEP_AFTER_MS = 600


@dataclass(frozen=True, slots=True)
class FinishedVisit:
    """What was finished last, and can be brought back.

    Attributes:
        contact: as it was finished.
        customer: id in the cache.
        name: of the customer.
        note: as it is kept, or None: no undo brings back a number that was saved with it.
    """

    contact: ContactInHand
    customer: int
    name: str
    note: NoteInHand | None


class WrappingUp(QObject):
    """Joins the panel to the session.

    Attributes:
        call_mark: digest of the call that is on, or empty.

    Signals:
        finished: a visit is over (`FinishedVisit`).
        read: the contacts of the customer on the card (`ShownContacts`).
        waits: a state is in the outbox, and why the office did not take it.
        failed: an exception of a call.
    """

    finished = Signal(object)
    read = Signal(object)
    waits = Signal(object)
    failed = Signal(object)

    def __init__(
        self, contacts: ContactUseCases, tasks: Tasks, panel: WrapUpPanel, note: NoteEditor, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._contacts, self._tasks, self._panel, self._note = contacts, tasks, panel, note
        self._undoing = Undoing(self)
        self.call_mark: Callable[[], str] = lambda: ""
        self._customer: ShownCustomer | None = None
        self._given: ContactInHand | None = None
        self._kept: ContactInHand | None = None
        self._back: tuple[ContactInHand, NoteInHand | None] | None = None
        self._is_finishing = self._is_sent = False
        self._pause = QTimer(self, interval=KEEP_AFTER_MS, singleShot=True)
        self._pause.timeout.connect(self.keep_now)
        panel.chosen.connect(self._on_chosen)
        panel.finish_wanted.connect(self.finish)

    def use_undoing(self, undoing: Undoing) -> None:
        """Where choices can be taken back."""
        self._undoing = undoing

    # the visit -----------------------------------------------------------------------------------------------------
    @property
    def in_hand(self) -> ContactInHand | None:
        """The visit as it is now, with the note that was written in it."""
        contact, note = self._panel.contact, self._note.for_a_lock()
        if contact is None or note is None:
            return contact
        return replace(contact, note=note.id if note.text.strip() else "")

    @property
    def is_begun(self) -> bool:
        """Whether something was chosen or written."""
        contact = self.in_hand
        return contact is not None and (contact != self._given or bool(contact.note))

    def leave(self) -> None:
        """Another customer, or none, is about to be shown; before the note goes."""
        self.keep_now()
        if self._panel.contact is not None:
            self._undoing.forget(self._panel.contact.id)
        self._customer = self._given = self._kept = None
        self._is_finishing = self._is_sent = False
        self._panel.button.set_busy()
        self._panel.show_contact(None)

    def show_customer(self, customer: ShownCustomer) -> None:
        """A visit of this customer begins; or one that was brought back goes on."""
        self._customer = customer
        back, self._back = self._back, None
        if back is not None and back[0].record == customer.record:
            self._take(*back)
        else:
            self._begin(self._contacts.begin(customer.record, self.call_mark()))
        self.look_again()

    def _begin(self, contact: ContactInHand) -> None:
        self._given = self._kept = contact
        self._panel.show_contact(contact)

    def _take(self, contact: ContactInHand, note: NoteInHand | None) -> None:
        """A visit that was finished and is taken back: all that was chosen is there."""
        self._begin(contact)
        if note is not None:
            self._note.go_on(note)

    def for_a_lock(self) -> ContactInHand | None:
        """The visit as it is now, if something was chosen or written; none whose finish is on its way already."""
        return self.in_hand if self.is_begun and not self._is_sent else None

    def go_on(self, contact: ContactInHand | None) -> None:
        """Go on with the visit that was in hand before a lock; it is kept already."""
        if contact is not None and self._customer is not None and contact.record == self._customer.record:
            self._panel.show_contact(contact)
            self._kept = contact

    def look_again(self) -> None:
        """Ask for the customer's contacts."""
        customer = self._customer
        if customer is not None:
            record = customer.record
            self._tasks.run(
                lambda: self._contacts.of(record),
                lambda found: self._on_read(record, found),
                self.failed.emit,
                owner=self,
            )

    def _on_read(self, record: str, found: ShownContacts) -> None:
        """What was not finished goes on; a promise that holds is there to be kept or changed."""
        if self._customer is None or self._customer.record != record:
            return
        self.read.emit(found)
        contact = self._panel.contact
        if contact is None or contact != self._given or self._is_finishing:
            return
        if found.unfinished is not None:
            if found.unfinished.id != contact.id:
                self._begin(found.unfinished)
        elif found.promised is not None and not contact.call_back_day:
            now = self._contacts.now()
            if (found.promised.day, found.promised.at_text) > (now.day, now.at_text):
                self._begin(contact.with_call_back(found.promised))

    # keeping -------------------------------------------------------------------------------------------------------
    def _on_chosen(self, after: ContactInHand, before: ContactInHand) -> None:
        self._pause.start()
        words = self.tr("The wrap-up is as it was before.")
        self._undoing.did(words, lambda: self._set(before), lambda: self._set(after), after.id)

    def _set(self, contact: ContactInHand) -> None:
        if self._panel.contact is not None and self._panel.contact.id == contact.id:
            self._panel.show_contact(contact)
            self._pause.start()

    def keep_now(self) -> None:
        """Keep what was begun and is not kept yet."""
        self._pause.stop()
        contact = self.in_hand
        if contact is None or self._is_finishing or not self.is_begun or contact == self._kept:
            return
        self._kept = contact
        numbered = self._numbered(contact)
        self._tasks.run(
            lambda: self._contacts.keep(numbered), self._on_kept, lambda e: self._on_not_kept(contact, e), owner=self
        )

    def _numbered(self, contact: ContactInHand) -> ContactInHand:
        """The next state; a call that came in the midst of the visit belongs to it."""
        return self._contacts.next_state(replace(contact, call=contact.call or self.call_mark()))

    def _on_kept(self, kept: ContactKept) -> None:
        if kept.why is not None:
            self.waits.emit(kept.why)

    def _on_not_kept(self, contact: ContactInHand, error: Exception) -> None:
        if self._kept == contact:
            self._kept = self._given
        self.failed.emit(error)

    # finishing -----------------------------------------------------------------------------------------------------
    def finish(self) -> None:
        """End the visit, once what it needs is chosen and the note is kept."""
        contact = self.in_hand
        if contact is None or self._is_finishing:
            return
        if not contact.outcome:
            self._panel.ask_outcome()
            return
        promised = contact.call_back
        if promised is None and self._panel.needs_call_back():
            self._panel.ask_call_back(self.tr("This outcome needs a day to call back."))
            return
        try:
            if promised is not None:
                self._contacts.check_call_back(promised)
        except CallBackError as error:
            self._panel.ask_call_back(fault_words(error.fault))
            return
        self._pause.stop()
        self._is_finishing = True
        self._panel.button.set_busy(self.tr("Finishing…"))
        self._note.when_kept(self._finish_now)

    def _finish_now(self) -> None:
        contact, customer = self.in_hand, self._customer
        if contact is None or customer is None or not self._is_finishing:
            return
        numbered = self._numbered(contact)
        self._is_sent = True
        note = self._note.for_a_lock()

        def finish() -> tuple[FinishedVisit, ContactKept]:
            kept = self._contacts.finish(numbered)
            masked = note.without_numbers() if note is not None else None
            return FinishedVisit(numbered, customer.id, customer.name, masked), kept

        self._tasks.run(
            finish,
            lambda done: self._on_finished(*done),
            self._on_not_finished,
            owner=self,
        )

    def _on_finished(self, visit: FinishedVisit, kept: ContactKept) -> None:
        contact = self._panel.contact
        self._on_kept(kept)
        if contact is None or contact.id != visit.contact.id:
            return  # another customer is shown already
        self._given = self._kept = replace(contact, note=visit.contact.note)
        self._end_visit(contact.id)
        self.finished.emit(visit)

    def _end_visit(self, contact: str) -> None:
        self._is_finishing = self._is_sent = False
        self._panel.button.set_busy()
        self._undoing.forget(contact)
        self._customer = None
        self._panel.show_contact(None)

    def _on_not_finished(self, error: Exception) -> None:
        self._is_finishing = self._is_sent = False
        self._panel.button.set_busy()
        code = error.code if isinstance(error, NotAllowedError) else ""
        if code == "outcome":
            self._panel.ask_outcome()
        elif code == "call_back":
            self._panel.ask_call_back(self.tr("This outcome needs a day to come."))
        else:
            self.failed.emit(error)

    # bringing back -------------------------------------------------------------------------------------------------
    def bring_back(self, visit: FinishedVisit, then: Callable[[int], object]) -> None:
        """Take a finish back: the visit is not over any more.

        Args:
            visit: what was finished.
            then: shows its customer, by the id.
        """
        numbered = self._contacts.next_state(visit.contact)

        def back(kept: ContactKept) -> None:
            self._on_kept(kept)
            self._back = (numbered, visit.note)
            then(visit.customer)

        self._tasks.run(lambda: self._contacts.keep(numbered), back, self.failed.emit, owner=self)
