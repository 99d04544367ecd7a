"""The console's side of requests of data subjects: taking one down, the register, what is done about one."""

import re
from datetime import datetime
from pathlib import Path

from app.api.client import subject_requests as calls
from app.api.client.client import ApiClient
from app.api.messages.subject_requests import (
    AttachRequest,
    CheckIdentity,
    CloseRequest,
    DecideProposal,
    DetachRequest,
    LetterSent,
    LiftHolds,
    OpenRequest,
    ProposeOutcome,
    SubjectRequest,
)
from app.domain.errors import InputRefusedError
from app.domain.inventory import Inventory
from app.domain.subject_requests.clock import TERMS, standing
from app.domain.subject_requests.steps import may_open, may_second, may_work
from app.domain.subject_requests.words import IdentityCheck, Proposal, RefusalReason, RequestState, SentBy
from app.domain.two_languages import TwoLanguages
from app.session.identity import Identity, new_id
from app.session.privacy.bundles import save_bundle
from app.session.privacy.shown_requests import NewRequest, RequestListing, ShownRequest, TakenRequest
from app.session.shown_who_saw import Language
from app.storage.new_file import write_new_file

_REFERENCE = re.compile("[A-Za-z0-9./_-]{0,40}")


class CustomerRequests:
    """What one session does about requests.

    Args:
        identity: who signed in.
        inventory: has the purposes.
        language: of labels, `en` or `id`.
    """

    def __init__(self, identity: Identity, inventory: Inventory, language: str) -> None:
        self._identity, self._inventory, self._language = identity, inventory, language

    @property
    def may_take(self) -> bool:
        """Whether the role takes requests down; the office decides again."""
        return may_open(self._identity.role)

    @property
    def may_look(self) -> bool:
        """Whether the role sees the register."""
        return may_work(self._identity.role) or may_second(self._identity.role)

    def purposes(self) -> tuple[tuple[str, str], ...]:
        """Name and label of each purpose."""
        return tuple((one.name, self._label(one.name)) for one in self._inventory.purposes)

    def new_request(self) -> str:
        """The id of a request that is about to be written down."""
        return new_id().hex()

    def take(self, wish: NewRequest) -> TakenRequest:
        """Write one down; the same again is the same request.

        Raises:
            NotAllowedError: code `role` or `not_in_queue`.
            InputRefusedError: code `purposes`, `words`, `kind` or `no_words`.
        """
        answer = calls.open_request(
            self._client,
            OpenRequest(
                id=bytes.fromhex(wish.id),
                record=bytes.fromhex(wish.record) or None,
                kind=wish.kind,
                channel=wish.channel,
                hours_ago=wish.hours_ago,
                purposes=wish.purposes,
                words=wish.words,
            ),
        )
        return TakenRequest(answer.number, self._at(answer.due_ms))

    def register(self) -> RequestListing:
        """The register, as this person sees it.

        Raises:
            NotAllowedError: code `role`.
        """
        answer = calls.register(self._client)
        shown = tuple(self._shown(one, answer.now_ms) for one in answer.requests)
        return RequestListing(shown, answer.left_off, may_work(self._identity.role))

    def words(self, request: str) -> str:
        """What the person wrote; reading it stands in the log."""
        return calls.words(self._client, bytes.fromhex(request)).words

    # what is done about one ------------------------------------------------------------------------------------------
    def check_identity(self, request: str, revision: int, how: IdentityCheck) -> None:
        """Keep how the identity was checked."""
        calls.check_identity(self._client, bytes.fromhex(request), CheckIdentity(revision=revision, identity=how))

    def attach(self, request: str, revision: int, number: str, how: IdentityCheck) -> None:
        """Say whose customer's it was found to be, and how that was made sure of."""
        said = AttachRequest(revision=revision, customer_number=number, identity=how)
        calls.attach(self._client, bytes.fromhex(request), said)

    def detach(self, request: str, revision: int) -> None:
        """Say that this was wrong; it is nobody's again."""
        calls.detach(self._client, bytes.fromhex(request), DetachRequest(revision=revision))

    def propose_refusal(self, request: str, revision: int, reason: RefusalReason) -> None:
        """Propose a refusal; a second person decides."""
        calls.propose(self._client, bytes.fromhex(request), ProposeOutcome(revision=revision, refusal=reason))

    def propose_copy(self, request: str, revision: int) -> None:
        """Propose a copy of the data; a second person decides."""
        calls.propose(self._client, bytes.fromhex(request), ProposeOutcome(revision=revision))

    def decide(self, request: str, revision: int, *, is_approved: bool) -> None:
        """Decide as the second person; code `step_up` wants a fresh code first."""
        said = DecideProposal(revision=revision, is_approved=is_approved)
        calls.decide(self._client, bytes.fromhex(request), said)

    def end(self, request: str, revision: int) -> None:
        """It is answered; a restriction, objection or withdrawal holds its purposes from now on."""
        calls.end(self._client, bytes.fromhex(request), CloseRequest(revision=revision, state=RequestState.DONE))

    def take_back(self, request: str, revision: int) -> None:
        """Its subject takes it back."""
        said = CloseRequest(revision=revision, state=RequestState.TAKEN_BACK)
        calls.end(self._client, bytes.fromhex(request), said)

    def lift(self, request: str, revision: int) -> None:
        """Free what it holds."""
        calls.lift(self._client, bytes.fromhex(request), LiftHolds(revision=revision))

    def letter_sent(self, request: str, way: SentBy, days_ago: int, reference: str) -> None:
        """Say that its letter went out.

        Raises:
            NotAllowedError: code `role`, `no_request`, `not_ended` or `no_letter`.
            InputRefusedError: code `too_early`, or `reference`: it has another form.
        """
        if not _REFERENCE.fullmatch(reference):
            raise InputRefusedError("A reference has letters, digits and . / _ - alone.", code="reference")
        said = LetterSent(way=way, days_ago=days_ago, reference=reference)
        calls.sent(self._client, bytes.fromhex(request), said)

    def save_letter(self, request: str, language: Language, path: Path, *, is_large: bool = False) -> None:
        """Have the letter made, in large print if so wanted, and write it into a new file of the person's own.

        Raises:
            NotAllowedError: code `role`, `no_request` or `not_ended`.
            FileRefusedError: it cannot be written there; nothing half-written is left.
        """
        write_new_file(path, calls.letter(self._client, bytes.fromhex(request), language, is_large=is_large).pdf)

    def save_bundle(self, request: ShownRequest, path: Path) -> int:
        """Make the copy of the data that was granted, and write it; the number of its entry in the log.

        Raises:
            TiraiError: see `app.session.privacy.bundles.save_bundle`.
        """
        key, record = bytes.fromhex(request.id), bytes.fromhex(request.record)
        return save_bundle(self._identity, self._inventory, key, record, request.revision, path)

    @property
    def _client(self) -> ApiClient:
        return self._identity.client

    def _shown(self, one: SubjectRequest, now_ms: int) -> ShownRequest:
        account, role = self._identity.account, self._identity.role
        waits = one.proposal is not Proposal.NONE and one.state is RequestState.OPEN
        is_granted = one.grant_until_ms is not None and one.proposed_by == account and now_ms < one.grant_until_ms
        return ShownRequest(
            id=one.id.hex(),
            number=one.number,
            record=one.record.hex() if one.record is not None else "",
            customer=" ".join(part for part in (one.customer_number, one.customer_name) if part),
            queue=one.queue,
            kind=one.kind,
            channel=one.channel,
            purposes=tuple(map(self._label, one.purposes)),
            held=tuple(map(self._label, one.held)),
            received_at=self._at(one.received_ms),
            due_at=self._at(one.due_ms),
            opened_by=one.opened_by,
            term=TERMS[one.kind],
            standing=standing(one.received_ms, one.opened_ms, one.ended_ms, now_ms),
            state=one.state,
            revision=one.revision,
            identity=one.identity,
            identity_by=one.identity_by,
            proposal=one.proposal,
            proposed_by=one.proposed_by,
            refusal=one.refusal,
            decided_by=one.decided_by,
            may_decide=waits and may_second(role) and one.proposed_by != account,
            grant_until=self._at(one.grant_until_ms) if is_granted and one.grant_until_ms is not None else None,
            bundled_at=self._at(one.bundle_ms) if one.bundle_ms is not None else None,
            ended_at=self._at(one.ended_ms) if one.ended_ms is not None else None,
            ended_by=one.ended_by,
            letter_at=self._at(one.letter_ms) if one.letter_ms is not None else None,
            order=one.order,
            order_state=one.order_state,
            attached_by=one.attached_by,
            way=one.way,
            sent_by=one.sent_by,
            sent_at=self._at(one.sent_ms) if one.sent_ms is not None else None,
            sent_reference=one.sent_reference,
            sent_told_by=one.sent_told_by,
            attached_at=self._at(one.attached_ms) if one.attached_ms is not None else None,
        )

    def _label(self, purpose: str) -> str:
        """A purpose in both languages; one that the inventory has no more by its name."""
        found = {one.name: one for one in self._inventory.purposes}.get(purpose)
        return TwoLanguages(found.label_en, found.label_id, self._language) if found is not None else purpose

    def _at(self, at_ms: int) -> datetime:
        return self._identity.policy.office_hours.local(at_ms)
