"""What the console asks of a session about contacts (`app.session.contacts.Contacts`)."""

from typing import Protocol

from app.domain.call_back import CallBack
from app.session.shown_contacts import ContactChoice, ContactInHand, ContactKept, ShownContacts, ShownStanding


class ContactUseCases(Protocol):
    """The wrap-up of visits, those before, and who waits. Those that ask the office block."""

    def outcomes(self) -> tuple[ContactChoice, ...]:
        """How a visit may end; nobody is asked."""

    def tags(self) -> tuple[ContactChoice, ...]:
        """What a visit may be about; nobody is asked."""

    def read_call_back(self, text: str) -> CallBack | None:
        """What a person typed as the time to call back; nobody is asked. Raises CallBackError."""

    def check_call_back(self, call_back: CallBack) -> CallBack:
        """Give it back if it may be promised now; nobody is asked. Raises CallBackError."""

    def now(self) -> CallBack:
        """The day and the minute by the office's clock; nobody is asked."""

    def begin(self, record: str, call: str = "") -> ContactInHand:
        """A contact that begins now; nothing is kept yet."""

    def next_state(self, contact: ContactInHand) -> ContactInHand:
        """The same under the next number; nobody is asked. The order of these calls is the order of the states."""

    def keep(self, contact: ContactInHand) -> ContactKept:
        """Keep what was chosen so far, from `next_state`; or bring a finished contact back."""

    def finish(self, contact: ContactInHand) -> ContactKept:
        """End the visit; the contact is from `next_state`."""

    def of(self, record: str) -> ShownContacts:
        """A customer's contacts."""

    def standing(self) -> ShownStanding:
        """Who waits for this person, and whom they have served today."""
