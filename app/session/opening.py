"""What is opened at a desk: fields that the role may open, or a supervisor did; and what is told of them afterwards."""

import time
from collections.abc import Sequence

from app.api.client import decisions
from app.api.messages.reveals import AskUnlock, CopyNotice, OwnRequest
from app.domain.capture_exception import CaptureException
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.domain.exposures.words import ClosedBy
from app.domain.policy import ReasonFor
from app.domain.quota import Shut
from app.domain.reading import reading_form
from app.session.call_log import CallLog
from app.session.identity import Identity, new_id
from app.session.open_cache import OpenCache
from app.session.revealing import OpenedValue, reveal_own, reveal_unlocked
from app.session.shown import Action, Budget, Reason, RequestState, Revealed, Secret, UnlockAsked
from app.session.shown_why import ShownWhy
from app.session.view_ends import VIEW_ENDS_ITEM, ViewEnds
from app.session.why_masked import why_masked


class Opening:
    """The part of a desk that masked fields are opened at."""

    def __init__(self, identity: Identity, cache: OpenCache, language: str, *, is_resumed: bool) -> None:
        """Open for this person.

        Args:
            identity: who signed in.
            cache: knows the fields, and what was not told before a lock.
            language: of labels, `en` or `id`.
            is_resumed: calls may have begun before a lock.
        """
        self._identity, self._open, self._language = identity, cache, language
        self._calls = CallLog(identity.client, is_resumed=is_resumed)
        self._view_ends = ViewEnds(identity.client, cache.items.get(VIEW_ENDS_ITEM))
        exception = identity.policy.capture_exception
        self._excepted = exception if exception is not None and exception.holds(time.time()) else None

    def reasons(self, action: Action, data_class: DataClass, field: str = "") -> tuple[Reason, ...]:
        """The reasons that policy offers.

        Args:
            action: for what.
            data_class: of what.
            field: its name; a reason for a purpose that the field is not kept for is left out: the office refuses it.
        """
        policy = self._identity.policy
        if action is Action.ASK:
            offered = policy.reasons_to_ask(self._identity.role, data_class)
        else:
            offered = policy.reasons(ReasonFor.REVEAL, data_class)
        if field:
            purposes = ("", *self._open.inventory.field(field).purposes)
            offered = tuple(reason for reason in offered if reason.purpose in purposes)
        callers = data_class in policy.caller_check.required_for
        return tuple(Reason(r.code, r.label(self._language), r.needs_text, callers and r.needs_caller) for r in offered)

    def reveal(self, record: str, field: str, reason: str, text: str = "") -> Revealed:
        """Open one field that the role may open, for 30 s.

        Raises:
            NotAllowedError: the office refuses.
            OfficeAwayError: there is no reveal while offline.
        """
        data_class = self._open.inventory.field(field).data_class
        self._calls.tell()
        opened = reveal_own(self._identity, bytes.fromhex(record), field, data_class, reason, text)
        return self._revealed(field, opened, self._label(ReasonFor.REVEAL, data_class, reason))

    def _revealed(self, field: str, opened: OpenedValue, reason: str, opened_by: str = "") -> Revealed:
        declared, policy = self._open.inventory.field(field), self._identity.policy
        secret, may_copy = Secret(reading_form(declared.kind, opened.value)), declared.data_class in policy.copied
        is_settled = declared.data_class in self._identity.office_policy.copied and not may_copy
        return Revealed(secret, policy.view_s, reason, opened_by, may_copy, opened.entry, is_settled)

    def note_calls(self, keys: Sequence[str]) -> None:
        """A softphone says that these calls are on; nobody is asked now."""
        self._calls.now(keys if self._identity.policy.may_see_customers(self._identity.role) else ())

    def tell_calls(self) -> None:
        """Have the office write down which calls have begun and ended.

        Raises:
            OfficeAwayError: it does not answer; the next beat, opening or call tells it.
        """
        self._calls.tell()

    def view_closed(self, entry: int, shown_s: float, cause: ClosedBy) -> None:
        """A value has closed, which the office hears with the next beat; nobody is asked now.

        Args:
            entry: `Revealed.entry` or `ShownNote.entry`.
            shown_s: for how long it stood open.
            cause: why it closed.
        """
        self._view_ends.closed(entry, shown_s, cause)

    def copied(self, record: str, field: str) -> None:
        """Have it written down that a revealed value is about to be copied.

        Raises:
            NotAllowedError: policy does not let it be copied.
            OfficeAwayError: it cannot be written down; nothing is to be copied.
        """
        self._identity.client.copied(CopyNotice(record=bytes.fromhex(record), field=field))

    @property
    def clipboard_s(self) -> int:
        """So many seconds a copied value stays in the clipboard."""
        return self._identity.policy.clipboard_s

    @property
    def capture_exception(self) -> CaptureException | None:
        """IT's exception to the block of screen capture, if this session has begun under it."""
        return self._excepted

    def _label(self, what: ReasonFor, data_class: DataClass, code: str) -> str:
        offered = self._identity.policy.reasons(what, data_class)
        return next((r.label(self._language) for r in offered if r.code == code), code)

    def ask(self, record: str, field: str, reason: str, text: str) -> UnlockAsked:
        """Ask a supervisor for one field.

        Raises:
            NotAllowedError: the role may not ask, or the words are missing.
        """
        request = new_id()
        asked = AskUnlock(request=request, record=bytes.fromhex(record), field=field, reason=reason, words=text)
        answer = self._identity.client.ask_unlock(asked)
        return next(_asked(r) for r in answer.requests if r.id == request)

    def deciders(self, record: str, data_class: DataClass) -> int:
        """How many who may decide on a request about this customer are at work now."""
        return decisions.deciders(self._identity.client, bytes.fromhex(record)).online.get(data_class.value, 0)

    def withdraw(self, request: str) -> None:
        """Take an own request back."""
        self._identity.client.withdraw(bytes.fromhex(request))

    def requests(self) -> list[UnlockAsked]:
        """Own requests that wait or were just decided."""
        return [_asked(r) for r in self._identity.client.own_requests().requests]

    def open_unlocked(self, request: str) -> Revealed:
        """Open what a supervisor opened for this session, once.

        Raises:
            NotAllowedError: it is over or used.
        """
        own = next((r for r in self._identity.client.own_requests().requests if r.id.hex() == request), None)
        if own is None:
            raise NotAllowedError("No supervisor has opened this field for you.", code="unlock")
        data_class = self._open.inventory.field(own.field).data_class
        self._calls.tell()
        opened = reveal_unlocked(self._identity, own, data_class)
        return self._revealed(own.field, opened, "", own.decided_name)

    def why_masked(self, field: str) -> ShownWhy:
        """Why a field is masked, and what it is kept for, from policy and inventory.

        Raises:
            KeyError: no such field.
        """
        identity = self._identity
        return why_masked(self._open.inventory, identity.policy, identity.role, field, self._language)

    def budgets(self) -> dict[DataClass, Budget]:
        """What is left of this shift, by the classes that the role reveals."""
        return {
            DataClass(c.data_class): Budget(
                c.used, c.shift, c.pace_used, c.pace_count, c.pace_s, Shut(c.shut) if c.shut else None, c.wait_s,
                c.needs_code,
            )
            for c in self._identity.client.quota().classes
        }  # fmt: skip


def _asked(request: OwnRequest) -> UnlockAsked:
    return UnlockAsked(
        id=request.id.hex(),
        record=request.record.hex(),
        field=request.field,
        state=RequestState(request.state),
        asked_at=request.asked_ms / 1000,
        until=request.until_ms / 1000,
        decided_by=request.decided_name,
        why=request.why,
        deciders=request.deciders,
    )
