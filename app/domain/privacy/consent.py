"""Consent as a ledger: what a customer said to a purpose, and whether work for it is open to them now.

Nothing is ever changed in it; the newest word counts, and where consent and withdrawal fall together, withdrawal
(UU PDP articles 9 and 40). Pure: events, the inventory and what restricts a customer go in, a state comes out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.field import Field, LegalBasis, Purpose
from app.domain.inventory import Inventory
from app.domain.privacy.declared import ConsentFrom
from app.domain.privacy.grounds import needs_consent
from app.domain.privacy.purpose_state import PurposeState


class Said(StrEnum):
    """What was said to a purpose."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class Channel(StrEnum):
    """How it was said."""

    SPOKEN = "spoken"
    """On a call; the recording's reference is kept."""
    DESK = "desk"
    """In person, on a screen or on paper at a desk."""
    LETTER = "letter"
    WEB = "web"
    """On the customer's own page."""


class Speaker(StrEnum):
    """Who said it (UU PDP articles 25 and 26)."""

    SELF = "self"
    GUARDIAN = "guardian"
    """A parent or guardian, for a child."""
    ASSISTED = "assisted"
    """A person with a disability, in the way of communication that suits them."""
    CARER = "carer"
    """The guardian of a person with a disability, with that person."""


class Limit(StrEnum):
    """What stands against work for a purpose beside consent."""

    RESTRICTED = "restricted"
    """Postponed or limited on the customer's request (article 11)."""
    OBJECTED = "objected"
    """Objected to (article 10, or to a legitimate interest)."""
    WITHDRAWN = "withdrawn"
    """Consent withdrawn by a request (articles 9, 40)."""


@dataclass(frozen=True, slots=True)
class ConsentEvent:
    """One word of a customer.

    Attributes:
        number: its place in the ledger.
        purpose: to what.
        said: which word.
        at_ms: when, by the office's clock.
    """

    number: int
    purpose: str
    said: Said
    at_ms: int


@dataclass(frozen=True, slots=True)
class Restriction:
    """What limits work for a customer under one purpose."""

    purpose: str
    limit: Limit


@dataclass(frozen=True, slots=True)
class Standing:
    """All that decides about one customer.

    Attributes:
        events: of the ledger.
        restrictions: that hold now.
        is_imported: whether the record came with an import; then a source may answer for its consents.
    """

    events: tuple[ConsentEvent, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    is_imported: bool = True


def last_word(events: Iterable[ConsentEvent], purpose: str) -> ConsentEvent | None:
    """The word that counts for a purpose: the newest; at the same instant a withdrawal; None: none was said.

    A consent counts only if it came after each withdrawal in the ledger *and* by the clock: one that is written down
    behind a withdrawal of the same millisecond, at another gateway say, opens nothing.
    """
    own = [event for event in events if event.purpose == purpose]
    withdrawn = [event for event in own if event.said is Said.WITHDRAWN]
    after = [
        event
        for event in own
        if event.said is Said.GIVEN and all(e.number < event.number and e.at_ms < event.at_ms for e in withdrawn)
    ]
    counting = after or withdrawn
    return max(counting, key=lambda event: (event.at_ms, event.number), default=None)


def state_of(purpose: Purpose, field: Field | None, standing: Standing) -> PurposeState:
    """How a purpose stands for a customer.

    Args:
        purpose: which.
        field: the field in hand; None: the purpose itself, as if it rested on consent.
        standing: what is known of the customer.
    """
    limits = {restriction.limit for restriction in standing.restrictions if restriction.purpose == purpose.name}
    for limit in Limit:
        if limit in limits:
            return PurposeState(limit.value)
    if field is not None and not needs_consent(field, purpose):
        return PurposeState.BASIS
    word = last_word(standing.events, purpose.name)
    if word is not None:
        return PurposeState.GIVEN if word.said is Said.GIVEN else PurposeState.WITHDRAWN
    stated = standing.is_imported and purpose.consent is ConsentFrom.SOURCES
    return PurposeState.SOURCES if stated else PurposeState.MISSING


@dataclass(frozen=True, slots=True)
class PurposeVerdict:
    """Whether a field may be worked with, and for what.

    Attributes:
        purpose: the first one that is open, or the one that shuts it.
        state: how that one stands.
    """

    purpose: Purpose
    state: PurposeState


def judge(inventory: Inventory, field: Field, standing: Standing, wanted: str = "") -> PurposeVerdict:
    """Judge work with a field.

    Args:
        inventory: its purposes.
        field: which.
        standing: what is known of the customer.
        wanted: the purpose that the work is for, if its reason says so; else any of the field's.

    Raises:
        KeyError: the inventory has no such purpose.
    """
    purposes = [inventory.purpose(name) for name in ((wanted,) if wanted else field.purposes)]
    verdicts = [PurposeVerdict(purpose, state_of(purpose, field, standing)) for purpose in purposes]
    return next((one for one in verdicts if one.state.is_open), verdicts[0])


def asks_for_consent(inventory: Inventory) -> tuple[Purpose, ...]:
    """The purposes that a customer is asked about: those of which something rests on consent."""
    return tuple(purpose for purpose in inventory.purposes if _rests_on_consent(inventory, purpose))


def _rests_on_consent(inventory: Inventory, purpose: Purpose) -> bool:
    fields = (field for field in inventory.fields if purpose.name in field.purposes)
    return purpose.basis is LegalBasis.CONSENT or any(needs_consent(field, purpose) for field in fields)


def fields_under_consent(inventory: Inventory, purpose: Purpose) -> Sequence[Field]:
    """The fields that a customer's word to a purpose opens and shuts."""
    return [field for field in inventory.fields if purpose.name in field.purposes and needs_consent(field, purpose)]
