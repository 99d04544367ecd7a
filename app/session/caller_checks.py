"""Who is calling: answers are compared in the office, nothing is opened; and whole values find their customer.

One `CallerChecks` per desk. A check belongs to one call; what was typed leaves this process with the request, and is
kept nowhere, not even as the history of a search.
"""

from collections.abc import Callable

from app.api.client import caller_checks as calls
from app.api.messages.caller_checks import BeginCheck, CallerAnswer, CheckedField, CheckState, Lookup
from app.domain.caller_check import How
from app.domain.errors import WorkstationError
from app.domain.inventory import Inventory
from app.session.identity import Identity, new_id
from app.session.shown import ShownCheck, ShownCheckField, ShownCustomer


class CallerChecks:
    """The identity check of the call in hand."""

    def __init__(
        self, identity: Identity, inventory: Inventory, language: str, ids_of: Callable[[list[str]], list[int]]
    ) -> None:
        """Check for this identity.

        Args:
            identity: who signed in.
            inventory: names and labels of fields.
            language: of labels.
            ids_of: the cache's ids of records, hex; those that are not there are left out.
        """
        self._identity, self._inventory, self._language, self._ids_of = identity, inventory, language, ids_of
        self._check: CheckState | None = None

    def wanted(self, customer: ShownCustomer) -> ShownCheck:
        """The check of a customer before anything was asked; nothing is sent, and nothing is logged."""
        policy = self._identity.policy
        kept = {f.name: f.label for _, fields in customer.sections for f in fields if f.mask is not None}
        fields = tuple(
            ShownCheckField(name, kept[name], True, False, False, policy.verify_tries_call)
            for name in policy.caller_check.fields
            if name in kept
        )
        need, ticks = policy.caller_check.need, policy.caller_check.by_eye_max
        tries, today = policy.verify_tries_call, policy.verify_tries_day
        return ShownCheck(customer.record, fields, True, False, 0, need, tries, ticks, today)

    def begin(self, record: str) -> ShownCheck:
        """Begin the check of a caller who says to be this customer; one about another customer is over.

        Raises:
            NotAllowedError: the customer is not in the person's queues.
            OfficeAwayError: nothing is checked while offline.
        """
        key = bytes.fromhex(record)
        request = BeginCheck(check=new_id(), record=key)
        return self._shown(calls.begin_check(self._identity.client, request))

    def answer(self, field: str, text: str) -> ShownCheck:
        """Have what the caller says compared; begin first.

        Raises:
            NotAllowedError: code `tries`, `tries_day`, `check_over`, `empty` or `no_verify`.
            InputRefusedError: what was typed cannot be a value of this kind; it costs no try.
        """
        return self._say(CallerAnswer(field=field, how=How.TYPED, text=text))

    def tick(self, field: str) -> ShownCheck:
        """What the caller says is what the mask shows.

        Raises:
            NotAllowedError: see `answer`.
        """
        return self._say(CallerAnswer(field=field, how=How.BY_EYE))

    def end(self) -> None:
        """The call is over: whoever calls next is not identified."""
        if self._check is not None:
            calls.end_check(self._identity.client)
            self._check = None

    def look_up(self, text: str) -> list[int]:
        """Ids of the customers of this cache who have this whole value.

        Raises:
            InputRefusedError: code `not_whole`.
            NotAllowedError: code `lookups_pace`, `lookups_shift` or `role`.
        """
        found = calls.look_up(self._identity.client, Lookup(text=text))
        return self._ids_of([record.hex() for record in found.records])

    def look_up_caller(self, number: str) -> list[int]:
        """Ids of the customers of this cache whose phone number this is.

        Args:
            number: of whoever calls, E.164.

        Raises:
            InputRefusedError: code `not_whole`.
            NotAllowedError: code `lookups_pace`, `lookups_shift` or `role`.
            WorkstationError: code `filling`: somebody has it who has not come into the cache yet.
        """
        found = calls.look_up(self._identity.client, Lookup(text=number, of_caller=True))
        ids = self._ids_of([record.hex() for record in found.records])
        if found.records and not ids:
            raise WorkstationError("Customers are still being fetched. Try again in a moment.", code="filling")
        return ids

    def _say(self, answer: CallerAnswer) -> ShownCheck:
        if self._check is None:
            raise RuntimeError("a check begins before its answers")
        return self._shown(calls.answer_check(self._identity.client, self._check.check, answer))

    def _shown(self, state: CheckState) -> ShownCheck:
        self._check = state
        policy, fields = self._identity.policy, tuple(self._field(field) for field in state.fields)
        return ShownCheck(
            record=state.record.hex(),
            fields=fields,
            matched=state.matched,
            is_identified=state.is_identified,
            done=min(policy.caller_check.need, policy.caller_check.counted(_matched(state))),
            need=policy.caller_check.need,
            tries=policy.verify_tries_call,
            ticks_max=policy.caller_check.by_eye_max,
            tries_left_today=state.tries_left_today,
        )

    def _field(self, field: CheckedField) -> ShownCheckField:
        label = self._inventory.field(field.field).label(self._language)
        return ShownCheckField(field.field, label, field.counts, field.typed, field.by_eye, field.tries_left)


def _matched(state: CheckState) -> dict[str, set[How]]:
    return {
        f.field: {how for how, it_is in ((How.TYPED, f.typed), (How.BY_EYE, f.by_eye)) if it_is} for f in state.fields
    }
