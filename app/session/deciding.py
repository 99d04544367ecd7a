"""Deciding on other people's requests: see what waits, open one field for one session, refuse, ask back, close again.

The console of whoever decides opens the data key and seals one half to the asking session; the value never comes here.
Used by the desk approval and by the approvals of a signed-in supervisor alike.
"""

from app.api.client import decisions as calls
from app.api.messages.decisions import OpenGrant, PastRequest
from app.api.messages.reveals import ApproveUnlock, RefuseUnlock, SessionCardMark, WaitingRequest
from app.auth.session_card import SessionCard
from app.auth.unlock_grant import UnlockGrant
from app.crypto import hpke
from app.crypto.derive import sha256
from app.crypto.grants import unlock_info
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.domain.field import Field
from app.domain.inventory import Inventory
from app.domain.mask import Mask
from app.domain.policy import ReasonFor
from app.session.identity import Identity, boxed
from app.session.shown import AgentPast, OpenUnlock, PastUnlock, RequestState, UnlockLimits, UnlockWaiting
from app.storage import sealing


class Deciding:
    """What one person may decide."""

    def __init__(self, identity: Identity, inventory: Inventory, language: str) -> None:
        """Decide as this identity."""
        self._identity, self._inventory, self._language = identity, inventory, language
        self._seen: dict[str, WaitingRequest] = {}

    @property
    def limits(self) -> UnlockLimits:
        """How long policy lets an unlock be used, how often, and how long each view lasts."""
        policy = self._identity.policy
        return UnlockLimits(policy.unlock_s, policy.unlock_views, policy.view_s)

    def waiting(self) -> list[UnlockWaiting]:
        """Requests that this person may decide, the oldest first.

        What was shown first of a request is what is decided on: one that reads otherwise now was altered. One whose
        field this inventory does not declare, in that class, is left out: it keeps no other from being decided.
        """
        answer = self._identity.client.waiting_requests()
        before, self._seen = self._seen, {}
        for request in answer.requests:
            first = before.get(request.id.hex(), request)
            self._seen[request.id.hex()] = first.model_copy(
                update={"card": request.card, "is_identified": request.is_identified}
            )
        return [self._shown(request) for request in self._seen.values() if self._is_declared(request)]

    def _shown(self, request: WaitingRequest) -> UnlockWaiting:
        field = self._field(request)
        return UnlockWaiting(
            id=request.id.hex(),
            agent=request.agent,
            agent_name=request.agent_name,
            seat=request.seat,
            number=request.number,
            record=request.record.hex(),
            field=request.field,
            field_label=field.label(self._language),
            data_class=field.data_class,
            mask=Mask(*request.mask),
            reason=self._reason(request.reason, request.data_class),
            words=request.words,
            asked_at=request.asked_ms / 1000,
            until=request.until_ms / 1000,
            is_identified=request.is_identified,
            is_asker_locked=request.card is None,
        )

    def _field(self, request: WaitingRequest) -> Field:
        """The field as *this* console's inventory has it.

        Raises:
            NotAllowedError: the inventory does not declare it in that class.
        """
        if not self._is_declared(request):
            raise NotAllowedError("The request names a field that the inventory does not declare.", code="no_field")
        return self._inventory.field(request.field)

    def _is_declared(self, request: WaitingRequest) -> bool:
        known = self._inventory.has(request.field)
        return known and self._inventory.field(request.field).data_class.value == request.data_class

    def approve(self, request: str, usable_s: int) -> None:
        """Open exactly this field of this record for the asking session.

        Args:
            request: id of a request from `waiting`, whose record and field stood on the screen.
            usable_s: how long the grant may be used.

        Raises:
            NotAllowedError: own request, a class not held, over, a stale step-up, the agent's console is locked, or
                the request was altered since it was shown.
            SealError: the agent's session card was not signed by the agent.
        """
        seen = self._of(request)
        if seen.agent == self._identity.account:
            raise NotAllowedError("You cannot decide your own request.", code="own_request")
        data_class = self._field(seen).data_class
        if not self._identity.policy.may_decide(self._identity.role, data_class):
            raise NotAllowedError("Your role does not decide on this class.", code="class_not_held")
        answer = self._identity.client.waiting_requests()
        now = next((one for one in answer.requests if one.id == seen.id), seen)
        if _what(now) != _what(seen):
            raise NotAllowedError("This request was altered after it was shown.", code="altered")
        card = now.card if now is not seen else seen.card  # of the process that asks now; it may have been resumed
        if card is None:
            raise NotAllowedError("The agent's console is locked. Approve once they are back.", code="asker_locked")
        self._identity.client.approve(seen.id, self._grant(seen, card, data_class, answer.now_ms + usable_s * 1000))

    def _of(self, request: str) -> WaitingRequest:
        if request not in self._seen:
            raise NotAllowedError("This request was decided already, or is over.", code="expired")
        return self._seen[request]

    def _grant(
        self, seen: WaitingRequest, mark: SessionCardMark, data_class: DataClass, expiry_ms: int
    ) -> ApproveUnlock:
        """Check the agent's card, open D, seal E to the session, sign the grant."""
        identity = self._identity
        identity.follow_book()
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
            expiry_ms=expiry_ms,
            views=views,
            salt=seen.package.salt,
            sealed_half=sealed,
            sealed_to=sha256(mark.kem),
            signature=signature,
        )

    def deny(self, request: str, why: str) -> None:
        """Refuse a request with a reason for the agent.

        Raises:
            NotAllowedError: it was decided already.
        """
        self._identity.client.refuse(self._of(request).id, RefuseUnlock(why=why))

    def ask_back(self, request: str, question: str) -> None:
        """Ask the agent something instead of deciding; they ask anew with the answer.

        Raises:
            NotAllowedError: it was decided already.
        """
        calls.ask_back(self._identity.client, self._of(request).id, question)

    def revoke(self, request: str) -> None:
        """Close an unlock that is open.

        Raises:
            NotAllowedError: code `not_open`: it is over already.
        """
        calls.revoke(self._identity.client, bytes.fromhex(request))

    def desk(self) -> tuple[list[OpenUnlock], list[PastUnlock]]:
        """What is open now, and what was decided in a day, the newest first."""
        desk = calls.decision_desk(self._identity.client)
        return [self._open(grant) for grant in desk.open], [self._past(past) for past in desk.decided]

    def past(self, request: str) -> AgentPast:
        """What to know of the agent behind a request that waits.

        Raises:
            NotAllowedError: it was decided already.
        """
        past = calls.agent_past(self._identity.client, bytes.fromhex(request))
        return AgentPast(
            today=past.today,
            usual=(past.usual_low, past.usual_high),
            same_customer=past.same_customer,
            refused_week=past.refused_week,
            last_refused=None if past.last_refused_ms is None else past.last_refused_ms / 1000,
            asked=past.asked,
            granted=past.granted,
            refused=past.refused,
            expired=past.expired,
            last=tuple(self._past(one) for one in past.last),
        )

    def _open(self, grant: OpenGrant) -> OpenUnlock:
        return OpenUnlock(
            id=grant.id.hex(),
            agent_name=grant.agent_name,
            seat=grant.seat,
            number=grant.number,
            field_label=self._label(grant.field),
            until=grant.until_ms / 1000,
            is_on_screen=grant.is_on_screen,
            decided_by=grant.decided_name,
        )

    def _past(self, past: PastRequest) -> PastUnlock:
        return PastUnlock(
            id=past.id.hex(),
            agent_name=past.agent_name,
            number=past.number,
            field_label=self._label(past.field),
            reason=self._reason(past.reason, past.data_class),
            state=RequestState(past.state),
            at=past.at_ms / 1000,
            decided_by=past.decided_name,
            by_oneself=past.decided_by == self._identity.account,
        )

    def _label(self, field: str) -> str:
        return self._inventory.field(field).label(self._language) if self._inventory.has(field) else field

    def _reason(self, code: str, data_class: str) -> str:
        if data_class not in set(DataClass):
            return code
        reasons = self._identity.policy.reasons(ReasonFor.ASK, DataClass(data_class))
        return next((r.label(self._language) for r in reasons if r.code == code), code)


def _what(request: WaitingRequest) -> tuple[object, ...]:
    """What a request is about: what stood on the screen, and the value that is meant."""
    return (
        request.agent,
        request.number,
        request.record,
        request.field,
        request.data_class,
        request.reason,
        request.words,
        request.package.salt,
    )
