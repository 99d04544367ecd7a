"""How many values a sealed field can have for somebody who sees its mask: the inventory check's estimate.

Whoever holds the office's master key and database can compare guesses with a field's tags (`protection.md` section 8),
so a field with tags and fewer than 2^40 candidates falls by trying. Estimates, rounded to help and not to prove: they
count what the form of a kind allows; open fields narrow further (a name guesses an e-mail address, a birth date a
NIK). Free text has no form and is not estimated. Pure; nothing here reads a value.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.field import Field, MaskChoice, Search
from app.domain.inventory import Inventory
from app.domain.kinds import Kind

FEW_BITS = 40
"""Below 2^40 candidates a field is guessable (`decisions.md`): at a million tries a second 2^40 take 13 days."""

_DISTRICTS = 7_300
"""Kecamatan of Indonesia, the first six digits of a NIK."""
_BIRTH_DAYS = 36_525
_NIK_HIDDEN = _DISTRICTS * 2 * _BIRTH_DAYS * 9_999
_NPWP_HIDDEN = 10**8 * 400 * 10
"""Eight free digits and a check digit, a tax office, and rarely a branch."""
_PHONE_HIDDEN = 50 * (10**6 + 10**7 + 10**8 + 10**9)
"""Fifty mobile prefixes, then six to nine digits."""
_EMAIL_HIDDEN = 10**4 * 10**4 * 20 * 20
"""Two names, twenty ways to write them, twenty providers."""

_HIDDEN: Mapping[Kind, int] = {
    Kind.NAME: 10**4 * 10**4,
    Kind.NUMBER: 10**8,
    Kind.TICKET: 10**8,
    Kind.QUEUE: 50,
    Kind.CITY: 514,
    Kind.CHOICE: 20,
    Kind.PHONE: _PHONE_HIDDEN,
    Kind.EMAIL: _EMAIL_HIDDEN,
    Kind.ADDRESS: 514 * 10**4 * 300,
    Kind.NIK: _NIK_HIDDEN,
    Kind.NPWP: _NPWP_HIDDEN + _NIK_HIDDEN,
    Kind.PASSPORT: 26 * 10**7,
    Kind.PAN: 1_000 * 10**9,
    Kind.ACCOUNT: 10**10,
    Kind.BIRTH_DATE: _BIRTH_DAYS,
    Kind.DATE: _BIRTH_DAYS,
    Kind.MONEY: 10**6,
}
"""Candidates of a kind when nothing is shown. A card: a thousand issuers, nine digits, a check digit."""

_SHOWN: Mapping[Kind, int] = {
    Kind.PHONE: _PHONE_HIDDEN // 100,
    Kind.EMAIL: _EMAIL_HIDDEN // (26 * 5),
    Kind.ADDRESS: 10**4 * 300,
    Kind.NIK: _NIK_HIDDEN // 9_999,
    Kind.NPWP: 10**8 * 40 + _NIK_HIDDEN // 9_999,
    Kind.PAN: 10**5,
    Kind.ACCOUNT: 10**8,
    Kind.BIRTH_DATE: 366,
}
"""Candidates that are left beside what the mask of the kind shows (`masks.py`); other kinds show nothing."""


@dataclass(frozen=True, slots=True)
class Guess:
    """How guessable a sealed field is.

    Attributes:
        candidates: about how many values it can have, or None for free text.
        has_tags: whether lookup or verify tags are kept, which guesses can be compared with.
    """

    field: Field
    candidates: int | None
    has_tags: bool

    @property
    def bits(self) -> float | None:
        """The candidates as a power of two."""
        return None if self.candidates is None else math.log2(self.candidates)

    @property
    def is_guessable(self) -> bool:
        """Whether guesses can be compared, and are fewer than 2^40 or of unknown number."""
        return self.has_tags and (self.bits is None or self.bits < FEW_BITS)


def guesses(inventory: Inventory) -> tuple[Guess, ...]:
    """An estimate for each sealed field, in the inventory's order."""
    return tuple(
        Guess(field, candidates_of(field), field.verify or field.search is Search.EXACT)
        for field in inventory.sealed_fields
    )


def candidates_of(field: Field) -> int | None:
    """About how many values a field can have beside its mask, or None for free text."""
    if field.mask is MaskChoice.KIND and field.kind in _SHOWN:
        return _SHOWN[field.kind]
    return _HIDDEN.get(field.kind)
