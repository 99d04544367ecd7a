"""Contacts of one session: the wrap-up of each visit, those before it, and who waits.

What the office does not take is sealed to it and waits in the outbox, behind the note of the same visit.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from app.api.client import contacts as calls
from app.api.messages.contacts import OpenContact, PastContact, SaveContact, WrapUp
from app.auth.contact_entry import ContactState, contact_payload
from app.auth.outbox_entry import EntryKind
from app.domain import call_back as call_backs
from app.domain.call_back import CallBack, kept_call_back
from app.domain.errors import InputRefusedError, NotAllowedError, TiraiError
from app.domain.wrap_up import WrapWord, offered
from app.session.errors import SessionOverError
from app.session.identity import Identity, new_id
from app.session.outbox import Outbox
from app.session.shown_contacts import (
    ContactChoice,
    ContactInHand,
    ContactKept,
    ShownContact,
    ShownContacts,
    ShownStanding,
    Waiting,
)


class Contacts:
    """The contacts that this person has."""

    def __init__(
        self, identity: Identity, outbox: Outbox, language: str, ids_of: Callable[[list[str]], list[int]]
    ) -> None:
        """Work as this identity.

        Args:
            identity: who signed in.
            outbox: of the session.
            language: of labels.
            ids_of: the cache's ids of records, hex; those that are not there are left out.
        """
        self._identity, self._outbox, self._language, self._ids_of = identity, outbox, language, ids_of
        self._revisions: dict[str, int] = {}

    def outcomes(self) -> tuple[ContactChoice, ...]:
        """How a visit may end, in the order of the policy."""
        return self._choices(self._identity.policy.outcomes)

    def tags(self) -> tuple[ContactChoice, ...]:
        """What a visit may be about."""
        return self._choices(self._identity.policy.tags)

    def _choices(self, words: Sequence[WrapWord]) -> tuple[ContactChoice, ...]:
        return tuple(ContactChoice(w.code, w.label(self._language), w.needs_call_back) for w in offered(words))

    def read_call_back(self, text: str) -> CallBack | None:
        """What a person typed as the time to call back, by the office's clock; None for nothing.

        Raises:
            CallBackError: it is none.
        """
        return call_backs.typed_call_back(text, self._identity.policy.office_hours, self._now_ms())

    def check_call_back(self, call_back: CallBack) -> CallBack:
        """Give it back if it may be promised now.

        Raises:
            CallBackError: it is over.
        """
        return call_backs.judge(call_back, self._identity.policy.office_hours, self._now_ms())

    def now(self) -> CallBack:
        """The day and the minute by the office's clock."""
        local = self._identity.policy.office_hours.local(self._now_ms())
        return CallBack(local.date(), local.time().replace(second=0, microsecond=0))

    @staticmethod
    def _now_ms() -> int:
        return round(time.time() * 1000)

    @staticmethod
    def begin(record: str, call: str = "") -> ContactInHand:
        """A contact that begins now; nothing is kept yet.

        Args:
            record: whose, hex.
            call: digest of the call's id, if one is on.
        """
        return ContactInHand(new_id().hex(), record, time.time(), call=call)

    def keep(self, contact: ContactInHand) -> ContactKept:
        """Keep what was chosen so far, not finished; or bring a finished one back.

        Args:
            contact: from `next_state`.

        Raises:
            NotAllowedError: the office does not take it.
            OutboxUnwritableError: neither office nor outbox can take it now.
        """
        return self._save(contact, None)

    def finish(self, contact: ContactInHand) -> ContactKept:
        """End the visit: whoever calls next is not identified.

        Args:
            contact: from `next_state`.

        Raises:
            NotAllowedError, OutboxUnwritableError: see `keep`.
        """
        return self._save(contact, self._now_ms())

    def next_state(self, contact: ContactInHand) -> ContactInHand:
        """The same under the next number, which no other state of it has; nobody is asked.

        Whoever keeps states in several threads takes the numbers in one, in the order in which they came to be.
        """
        revision = max(contact.revision, self._revisions.get(contact.id, 0)) + 1
        self._revisions[contact.id] = revision
        return replace(contact, revision=revision)

    def _save(self, contact: ContactInHand, ended_ms: int | None) -> ContactKept:
        chosen = WrapUp(
            outcome=contact.outcome,
            tags=contact.tags,
            call_back_day=contact.call_back_day,
            call_back_at=contact.call_back_at,
        )
        request = SaveContact(
            contact=bytes.fromhex(contact.id),
            record=bytes.fromhex(contact.record),
            revision=contact.revision,
            started_ms=round(contact.started_at * 1000),
            ended_ms=ended_ms,
            wrap_up=chosen,
            note=bytes.fromhex(contact.note) or None,
            call=contact.call,
        )
        try:
            calls.save_contact(self._identity.client, request)
        except InputRefusedError:
            raise
        except TiraiError as error:
            if isinstance(error, NotAllowedError) and not isinstance(error, SessionOverError):
                raise
            self.keep_for_later(contact, ended_ms)
            return ContactKept(contact, error)
        return ContactKept(contact)

    def keep_for_later(self, contact: ContactInHand, ended_ms: int | None = None) -> None:
        """Put this very state into the outbox.

        Raises:
            OutboxUnwritableError: it is not kept.
        """
        state = ContactState(
            bytes.fromhex(contact.record), contact.revision, round(contact.started_at * 1000), ended_ms or 0,
            contact.outcome, contact.tags, contact.call_back_day, contact.call_back_at,
            bytes.fromhex(contact.note), contact.call,
        )  # fmt: skip
        self._outbox.keep(EntryKind.CONTACT, contact_payload(state), bytes.fromhex(contact.id))

    def of(self, record: str) -> ShownContacts:
        """A customer's contacts.

        Raises:
            NotAllowedError: the customer is not in the person's queues.
            OfficeAwayError: they are not here.
        """
        found = calls.contacts_of(self._identity.client, bytes.fromhex(record))
        past = tuple(self._shown(contact) for contact in found.past)
        unfinished = _in_hand(found.unfinished) if found.unfinished is not None else None
        return ShownContacts(past, past[0].call_back if past else None, unfinished)

    def standing(self) -> ShownStanding:
        """Who waits for this person, and whom they have served today.

        Raises:
            OfficeAwayError: the office does not answer.
        """
        found = calls.standing(self._identity.client)
        due = [(one.record.hex(), kept_call_back(one.day, one.at), one.is_own) for one in found.due]
        known = {record for record, _, _ in due}
        late = [(one.record.hex(), None, True) for one in found.unfinished if one.record.hex() not in known]
        waiting = [self._waiting(*one) for one in (*due, *late)]
        served = frozenset(self._ids_of([record.hex() for record in found.served]))
        return ShownStanding(tuple(one for one in waiting if one is not None), served)

    def _waiting(self, record: str, call_back: CallBack | None, is_own: bool) -> Waiting | None:
        ids = self._ids_of([record])
        return Waiting(ids[0], record, call_back, is_own) if ids else None

    def _shown(self, contact: PastContact) -> ShownContact:
        chosen, policy = contact.wrap_up, self._identity.policy
        return ShownContact(
            contact.contact.hex(),
            contact.name,
            contact.ended_ms / 1000,
            self._label(policy.outcomes, chosen.outcome),
            tuple(self._label(policy.tags, tag) for tag in chosen.tags),
            kept_call_back(chosen.call_back_day, chosen.call_back_at),
            contact.note.hex() if contact.note is not None else "",
            contact.was_call,
        )

    def _label(self, words: Sequence[WrapWord], code: str) -> str:
        """Retired words have their label still; one that no policy knows stands as its code."""
        return next((word.label(self._language) for word in words if word.code == code), code)


def _in_hand(contact: OpenContact) -> ContactInHand:
    chosen = contact.wrap_up
    return ContactInHand(
        contact.contact.hex(), contact.record.hex(), contact.started_ms / 1000, contact.revision, chosen.outcome,
        chosen.tags, chosen.call_back_day, chosen.call_back_at,
        contact.note.hex() if contact.note is not None else "", contact.call,
    )  # fmt: skip
