"""What a data subject may ask for, through which channel, and for which lawful reasons it may be refused.

A refusal names one of these reasons and nothing in free words: the law knows exceptions, not opinions.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class RequestKind(StrEnum):
    """Which right somebody uses."""

    ACCESS = "access"
    CORRECTION = "correction"
    RESTRICTION = "restriction"
    OBJECTION = "objection"
    WITHDRAWAL = "withdrawal"
    PORTABILITY = "portability"
    ERASURE = "erasure"


class Channel(StrEnum):
    """How the request came."""

    PHONE = "phone"
    EMAIL = "email"
    LETTER = "letter"
    IN_PERSON = "in_person"
    WEB = "web"


class IdentityCheck(StrEnum):
    """How it was found that the request is the subject's own."""

    CALLER = "caller"
    """By the identity check of a call."""
    DOCUMENT = "document"
    """By a document that was shown."""
    KNOWN_ADDRESS = "known_address"
    """It came from an address that the customer's data has, and was confirmed there."""
    REPRESENTATIVE = "representative"
    """By a parent, guardian or attorney, with proof."""


class RequestState(StrEnum):
    """What became of a request."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


class Proposal(StrEnum):
    """What waits for a second person."""

    NONE = ""
    REFUSAL = "refusal"
    EXPORT = "export"


class RefusalReason(StrEnum):
    """Why the law lets a request be refused."""

    DEFENCE = "defence"
    LAW_ENFORCEMENT = "law_enforcement"
    STATE_INTEREST = "state_interest"
    FINANCIAL_SUPERVISION = "financial_supervision"
    STATISTICS = "statistics"
    SAFETY = "safety"
    OTHER_PERSON = "other_person"
    NATIONAL_SECURITY = "national_security"
    KEPT_BY_LAW = "kept_by_law"
    NOT_IDENTIFIED = "not_identified"


class SentBy(StrEnum):
    """By which way an answer went to its subject."""

    POST = "post"
    EMAIL = "email"
    HANDED_OVER = "handed_over"
    READ_ALOUD = "read_aloud"
    """Read to somebody who does not read it (UU PDP art. 26); the letter is theirs none the less."""


_EXCEPTIONS: Final = frozenset(
    {
        RefusalReason.DEFENCE,
        RefusalReason.LAW_ENFORCEMENT,
        RefusalReason.STATE_INTEREST,
        RefusalReason.FINANCIAL_SUPERVISION,
        RefusalReason.STATISTICS,
    }
)
"""UU PDP art. 15: exceptions to articles 8, 9, 10(1), 11 and 13, each only under a law."""
_HARM: Final = frozenset({RefusalReason.SAFETY, RefusalReason.OTHER_PERSON, RefusalReason.NATIONAL_SECURITY})
"""UU PDP art. 33: access and change are refused where they would do this."""
_ALWAYS: Final = frozenset({RefusalReason.NOT_IDENTIFIED})

REFUSALS: Final[Mapping[RequestKind, frozenset[RefusalReason]]] = {
    RequestKind.ACCESS: _HARM | _ALWAYS,
    RequestKind.CORRECTION: _HARM | _ALWAYS,
    RequestKind.RESTRICTION: _EXCEPTIONS | _ALWAYS,
    RequestKind.OBJECTION: _EXCEPTIONS | _ALWAYS,
    RequestKind.WITHDRAWAL: _EXCEPTIONS | _ALWAYS,
    RequestKind.PORTABILITY: _EXCEPTIONS | _HARM | _ALWAYS,
    RequestKind.ERASURE: _EXCEPTIONS | {RefusalReason.KEPT_BY_LAW} | _ALWAYS,
}
"""Which reasons there are for which kind; PP 71/2019 art. 15 adds for erasure that a law demands to keep the data."""

NAMES_PURPOSES: Final = frozenset({RequestKind.RESTRICTION, RequestKind.OBJECTION, RequestKind.WITHDRAWAL})
"""Kinds that are about purposes of the inventory; the others are about all data of the person."""
NEEDS_PURPOSES: Final = frozenset({RequestKind.RESTRICTION, RequestKind.WITHDRAWAL})
"""Kinds that are about nothing without a purpose. An objection that names none is to automated decisions alone (UU PDP
art. 10); one that names some is to these uses, too, and holds them."""
HOLDS: Final = NAMES_PURPOSES
"""Kinds after which no work is done any more under the purposes that they name."""
OF_OUTSIDERS: Final = frozenset(
    {RequestKind.ACCESS, RequestKind.CORRECTION, RequestKind.PORTABILITY, RequestKind.ERASURE}
)
"""What somebody may ask for who is no customer: whatever is about all data of a person."""
IDENTIFIES_OUTSIDERS: Final = frozenset({IdentityCheck.DOCUMENT, IdentityCheck.REPRESENTATIVE})
"""How they are identified: nothing is known of them that a call or an address could be compared with."""
BUNDLES: Final = frozenset({RequestKind.ACCESS, RequestKind.PORTABILITY})
"""Kinds that are answered with a copy of the data, made under an export grant."""
