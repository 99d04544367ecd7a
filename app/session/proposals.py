"""Entries of the book that need two people, as a console sees them: proposed, waiting, confirmed, refused, withdrawn.

Before a person confirms, this console checks the first one's signature against the book, and signs what it was shown.
A class key is proposed by a holder, whose console made it, and confirmed by an administrator; never the other way
round, or the administrator would know it.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.api.client import accounts as calls
from app.api.messages.book import SignatureMark
from app.api.messages.proposals import Propose, Proposed, SealedTo, WaitingProposal
from app.auth.book import BookError, Kind, Proposal, Signature, State
from app.auth.book_entry import class_parts
from app.auth.book_messages import entry_message, proposal_message, proposal_of
from app.auth.book_rules import RESETTING
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.domain.role import Role
from app.session.identity import Identity


class Purpose(StrEnum):
    """What a proposal is for."""

    RESET = "reset"
    CLASS_KEY = "class_key"


class WhyNot(StrEnum):
    """Why somebody may not confirm a proposal."""

    OWN = "own"
    ONESELF = "oneself"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that waits for its second person.

    Attributes:
        id: hex.
        purpose: a reset (also the opening of a closed account), or a class key.
        account: whose reset, else empty.
        display_name: the person's name, as the office's table says; show the account name beside it.
        role, queues: of that account.
        was_closed: whether the reset opens a closed account again.
        loses: of a reset: classes that the account holds now and will not.
        last_holder_of: of those, the ones that only the recovery kit opens afterwards.
        data_class, version: of a class key.
        reason: a word: one of `ResetReason`, or rotation.
        proposed_by, proposed_by_name: the first person.
        proposed_at, until: seconds since 1970.
        why_not: why this person may not confirm it; None: they may, with a fresh code.
    """

    id: str
    purpose: Purpose
    account: str
    display_name: str
    role: Role | None
    queues: tuple[str, ...]
    was_closed: bool
    loses: tuple[DataClass, ...]
    last_holder_of: tuple[DataClass, ...]
    data_class: DataClass | None
    version: int
    reason: str
    proposed_by: str
    proposed_by_name: str
    proposed_at: float
    until: float
    why_not: WhyNot | None

    @property
    def is_own(self) -> bool:
        """Whether this person proposed it and may withdraw it."""
        return self.why_not is WhyNot.OWN


class Proposals:
    """Proposals of one office."""

    def __init__(self, identity: Identity) -> None:
        """Work as this identity."""
        self._identity = identity
        self._seen: dict[str, WaitingProposal] = {}

    def waiting(self) -> tuple[Waiting, ...]:
        """What waits, the oldest first; what nobody of the book has signed is left out.

        Raises:
            NotAllowedError: neither administrator nor supervisor.
        """
        self._identity.follow_book()
        self._seen = {}
        shown = []
        for message in calls.waiting_proposals(self._identity.client).proposals:
            try:
                shown.append(self._shown(message))
            except (BookError, ValueError):  # also words that no book has, whoever signed them
                continue
            self._seen[message.id.hex()] = message
        return tuple(shown)

    def propose(
        self,
        proposal: Proposal,
        reason: str,
        *,
        slot_key: bytes | None = None,
        grants: tuple[SealedTo, ...] = (),
    ) -> Proposed:
        """Sign a proposal and have the office keep it.

        Args:
            proposal: what the entry will say.
            reason: what for, a word of the log.
            slot_key: of a reset: what its activation code gives.
            grants: of a class key: the key sealed to whom the book shows holding the class.

        Raises:
            NotAllowedError: role, or `step_up`.
            InputRefusedError: code `waits`, or it is none that the book would take.
        """
        identity = self._identity
        mark = proposal.signed_by(identity.office, identity.account, identity.keys.seed)
        request = Propose(
            proposal=proposal_message(proposal),
            signature=SignatureMark(signer=mark.signer, value=mark.value),
            reason=reason,
            slot_key=slot_key,
            grants=grants,
        )
        return calls.propose(identity.client, request)

    def confirm(self, proposal: str) -> Waiting:
        """Sign the entry of a proposal that `waiting` has shown.

        Raises:
            NotAllowedError: code `own`, `oneself`, `role`, `over` (withdrawn, refused, expired), or `step_up`.
            BookError: the book refuses it: the first person or the account has changed since, or (code
                `holders_changed`) others hold the class than when its key was sealed.
        """
        message = self._of(proposal)
        shown = self._shown(message)
        if shown.why_not is not None:
            raise NotAllowedError(_WORDS[shown.why_not], code=shown.why_not.value)
        self._identity.signing_into_book(lambda: self._confirm(message))
        return shown

    def _confirm(self, message: WaitingProposal) -> None:
        """Check the first person's signature against the book as it stands, then sign at the place that is next."""
        identity, proposal, mark = self._identity, proposal_of(message.proposal), _mark(message)
        identity.book.check_proposal(proposal, mark)
        if proposal.kind is Kind.CLASS:
            identity.book.check_class_key(proposal)
        draft = identity.book.draft_of(proposal)
        entry = draft.signed(identity.office, [(identity.account, identity.keys.seed)], [mark])
        identity.book.check_next(entry)
        calls.confirm_proposal(identity.client, message.id, entry_message(entry))

    def drop(self, proposal: str) -> None:
        """Withdraw an own proposal, or refuse somebody else's.

        Raises:
            NotAllowedError: code `role` or `over`.
        """
        calls.drop_proposal(self._identity.client, self._of(proposal).id)

    def _of(self, proposal: str) -> WaitingProposal:
        if proposal not in self._seen:
            raise NotAllowedError("This proposal was decided already, or its time is over.", code="over")
        return self._seen[proposal]

    def _shown(self, message: WaitingProposal) -> Waiting:
        """A proposal in words of the book.

        Raises:
            BookError: its signature is not that of somebody active, or the book has no such account.
            ValueError: a role, a class or a version that no book has.
        """
        book, proposal = self._identity.book, proposal_of(message.proposal)
        by = book.check_proposal(proposal, _mark(message))
        old = book.account(proposal.name) if proposal.kind is Kind.ACCOUNT else None
        if proposal.kind is Kind.ACCOUNT and (old is None or proposal.state != State.RESET):
            raise BookError("the book has no account of which this would be a reset")
        data_class, version = class_parts(proposal.name) if proposal.kind is Kind.CLASS else (None, 0)
        return Waiting(
            id=message.id.hex(),
            purpose=Purpose.RESET if old else Purpose.CLASS_KEY,
            account=proposal.name if old else "",
            display_name=message.display_name,
            role=Role(proposal.role) if old else None,
            queues=proposal.queues,
            was_closed=old is not None and old.state == State.CLOSED,
            loses=ordered(book.granted(proposal.name)) if old else (),
            last_holder_of=ordered(book.held_alone(proposal.name)) if old else (),
            data_class=data_class,
            version=version,
            reason=message.reason,
            proposed_by=by,
            proposed_by_name=message.proposed_by_name,
            proposed_at=message.proposed_ms / 1000,
            until=message.until_ms / 1000,
            why_not=self._why_not(proposal, by),
        )

    def _why_not(self, proposal: Proposal, by: str) -> WhyNot | None:
        identity = self._identity
        if by == identity.account:
            return WhyNot.OWN
        if proposal.kind is Kind.CLASS:
            return None if identity.role is Role.ADMINISTRATOR else WhyNot.ROLE
        if proposal.name == identity.account:
            return WhyNot.ONESELF
        return None if identity.role.value in RESETTING else WhyNot.ROLE


_WORDS = {
    WhyNot.OWN: "Somebody else has to confirm what you proposed.",
    WhyNot.ONESELF: "Nobody confirms a reset of their own account.",
    WhyNot.ROLE: "Your role does not confirm this.",
}


def _mark(message: WaitingProposal) -> Signature:
    return Signature(message.signature.signer, message.signature.value)


def ordered(classes: frozenset[DataClass]) -> tuple[DataClass, ...]:
    """Classes in the order of the enumeration."""
    return tuple(c for c in DataClass if c in classes)
