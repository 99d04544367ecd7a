"""The desk approval: a supervisor decides on requests in a short-lived process without a cache."""

import contextlib

from app.api.messages.door import SignedIn
from app.api.messages.reveals import ApproveUnlock, RefuseUnlock, WaitingRequest
from app.auth.session_card import SessionCard
from app.auth.unlock_grant import UnlockGrant
from app.crypto import hpke
from app.crypto.grants import unlock_info
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError, TiraiError
from app.domain.field import Field
from app.domain.inventory import load_inventory
from app.domain.mask import Mask
from app.domain.policy import ReasonFor
from app.session.identity import Identity, boxed
from app.session.people import person_of
from app.session.shown import Person, UnlockWaiting
from app.storage import sealing


class Approval:
    """A supervisor's signed-in approval."""

    def __init__(self, identity: Identity, answer: SignedIn, language: str = "en") -> None:
        """Approve as this identity."""
        self._identity = identity
        self._inventory = load_inventory(answer.inventory)
        self._language = language
        self._seen: dict[str, WaitingRequest] = {}
        self.person: Person = person_of(identity, answer)

    def waiting(self) -> list[UnlockWaiting]:
        """Requests that this person may decide, the oldest first."""
        answer = self._identity.client.waiting_requests()
        self._seen = {request.id.hex(): request for request in answer.requests}
        return [self._shown(request) for request in answer.requests]

    def _shown(self, request: WaitingRequest) -> UnlockWaiting:
        field = self._field(request)
        reasons = {r.code: r for r in self._identity.policy.reasons(ReasonFor.ASK, field.data_class)}
        reason = reasons[request.reason].label(self._language) if request.reason in reasons else request.reason
        return UnlockWaiting(
            id=request.id.hex(),
            agent=request.agent,
            agent_name=request.agent_name,
            seat=request.card.seat,
            number=request.number,
            record=request.record.hex(),
            field=request.field,
            field_label=field.label(self._language),
            data_class=field.data_class,
            mask=Mask(*request.mask),
            reason=reason,
            words=request.words,
            asked_at=request.asked_ms / 1000,
            until=request.until_ms / 1000,
        )

    def _field(self, request: WaitingRequest) -> Field:
        """The field as *this* console's inventory has it.

        Raises:
            NotAllowedError: the inventory does not declare it in that class.
        """
        known = self._inventory.has(request.field)
        if not known or self._inventory.field(request.field).data_class.value != request.data_class:
            raise NotAllowedError("The request names a field that the inventory does not declare.", code="no_field")
        return self._inventory.field(request.field)

    def approve(self, request: str, usable_s: int) -> None:
        """Open exactly this field of this record for the asking session.

        Args:
            request: id of a request from `waiting`, whose record and field stood on the screen.
            usable_s: how long the grant may be used.

        Raises:
            NotAllowedError: own request, a class not held, over, or a stale step-up.
            SealError: the agent's session card was not signed by the agent.
        """
        seen = self._of(request)
        if seen.agent == self._identity.account:
            raise NotAllowedError("You cannot decide your own request.", code="own_request")
        data_class = self._field(seen).data_class
        if not self._identity.policy.may_decide(self._identity.role, data_class):
            raise NotAllowedError("Your role does not decide on this class.", code="class_not_held")
        now_ms = self._identity.client.waiting_requests().now_ms
        self._identity.client.approve(seen.id, self._grant(seen, data_class, now_ms + usable_s * 1000))

    def _of(self, request: str) -> WaitingRequest:
        if request not in self._seen:
            raise NotAllowedError("This request was decided already, or is over.", code="expired")
        return self._seen[request]

    def _grant(self, seen: WaitingRequest, data_class: DataClass, expiry_ms: int) -> ApproveUnlock:
        """Check the agent's card, open D, seal E to the session, sign the grant."""
        identity = self._identity
        identity.follow_book()
        mark = seen.card
        card = SessionCard(seen.agent, mark.session, mark.kem, mark.sign, mark.seat, mark.end_ms)
        card.check(identity.office, identity.book.active(seen.agent).sign, mark.signature)
        ctx = sealing.value_context(identity.office, seen.record, seen.field, data_class.value, seen.package.salt)
        if seen.package.data_class != data_class.value:
            raise NotAllowedError("The request names a field of another class.", code="no_field")
        half = sealing.own_half(identity.office, identity.class_secret(seen.package), boxed(seen.package), ctx)
        sealed = hpke.seal(mark.kem, half, unlock_info(identity.office, seen.id, mark.session, ctx))
        views = identity.policy.unlock_views
        grant = UnlockGrant(
            seen.id, seen.agent, mark.session, seen.record, seen.field, seen.package.salt, expiry_ms, views, sealed
        )
        signature = identity.sign_as_account(grant.body(identity.office))
        return ApproveUnlock(
            expiry_ms=expiry_ms, views=views, salt=seen.package.salt, sealed_half=sealed, signature=signature
        )

    def deny(self, request: str, why: str) -> None:
        """Refuse a request with a reason for the agent.

        Raises:
            NotAllowedError: it was decided already.
        """
        self._identity.client.refuse(self._of(request).id, RefuseUnlock(why=why))

    def step_up(self, code: str) -> None:
        """Give a fresh code.

        Raises:
            SignInAnswerError: it is wrong or used.
        """
        self._identity.client.step_up(code)

    def end(self) -> None:
        """End the approval's session; an office that is away ends it by the lease."""
        with contextlib.suppress(TiraiError):
            self._identity.leave("signed_out")
