"""Who is calling: answers are compared in the office, nothing is opened; and whole values find their customer.

One `CallerChecks` per desk. A check belongs to one call; what was typed leaves this process with the request, and is
kept nowhere, not even as the history of a search.
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.api.client import caller_checks as calls
from app.api.messages.caller_checks import BeginCheck, CallerAnswer, CheckedField, CheckState, Lookup
from app.domain.caller_check import How
from app.domain.inventory import Inventory
from app.session.identity import Identity, new_id


@dataclass(frozen=True, slots=True)
class ShownCheckField:
    """One field whose answer may be compared.

    Attributes:
        name: the field's name; label and mask stand on the card.
        label: in the person's language.
        counts: whether policy counts it.
        typed, by_eye: how it has matched in this call.
        tries_left: how often it may still be tried in this call.
    """

    name: str
    label: str
    counts: bool
    typed: bool
    by_eye: bool
    tries_left: int

    @property
    def matched(self) -> bool:
        """Whether it has matched."""
        return self.typed or self.by_eye


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """An identity check as its panel shows it.

    Attributes:
        record: whose, hex.
        fields: in the order of the policy.
        matched: whether the last answer matched.
        is_identified: whether the caller counts as identified.
        done, need: matches that count, and how many it takes.
        tries_left_today: of this customer, over all fields and people.
        until: until when it counts, seconds since 1970.
    """

    record: str
    fields: tuple[ShownCheckField, ...]
    matched: bool
    is_identified: bool
    done: int
    need: int
    tries_left_today: int
    until: float


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

    def _say(self, answer: CallerAnswer) -> ShownCheck:
        if self._check is None:
            raise RuntimeError("a check begins before its answers")
        return self._shown(calls.answer_check(self._identity.client, self._check.check, answer))

    def _shown(self, state: CheckState) -> ShownCheck:
        self._check = state
        rule = self._identity.policy.caller_check
        return ShownCheck(
            record=state.record.hex(),
            fields=tuple(self._field(field) for field in state.fields),
            matched=state.matched,
            is_identified=state.is_identified,
            done=min(rule.need, rule.counted(_matched(state))),
            need=rule.need,
            tries_left_today=state.tries_left_today,
            until=state.until_ms / 1000,
        )

    def _field(self, field: CheckedField) -> ShownCheckField:
        label = self._inventory.field(field.field).label(self._language)
        return ShownCheckField(field.field, label, field.counts, field.typed, field.by_eye, field.tries_left)


def _matched(state: CheckState) -> dict[str, set[How]]:
    return {
        f.field: {how for how, it_is in ((How.TYPED, f.typed), (How.BY_EYE, f.by_eye)) if it_is} for f in state.fields
    }
