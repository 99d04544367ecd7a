"""What the scanner tells of a find."""

from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """Kinds of finds."""

    CARD = "card"
    CARD_CODE = "card_code"
    """The three or four digits that prove a card in hand (CVV, CVC, CID): never kept (PCI DSS 3.3.1)."""
    NIK = "nik"
    NATIONAL_ID = "national_id"
    """Another country's number of a person."""
    FAMILY_CARD = "family_card"
    """Nomor Kartu Keluarga."""
    NPWP = "npwp"
    BPJS = "bpjs"
    PASSPORT = "passport"
    PHONE = "phone"
    EMAIL = "email"
    ACCOUNT = "account"
    BIRTH_DATE = "birth_date"
    PLATE = "plate"


NEVER_KEPT = frozenset({What.CARD, What.CARD_CODE})
"""No reason lets these through."""


@dataclass(frozen=True, slots=True)
class Find:
    """A number of a person.

    Attributes:
        what: its kind.
        start: index of its first character.
        end: index after its last one.
        mask: what stands in its place on saving.
    """

    what: What
    start: int
    end: int
    mask: str
