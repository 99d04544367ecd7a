"""When somebody who comes in is somebody who was erased: judged by keyed hashes of whole values, never by values.

A customer number or a national identity number is one person's; a telephone number, an address for mail or an account
may be a household's. So the first kind speaks for itself, and of the others it takes two: else the erasure of one
would keep a spouse out.
"""

from collections.abc import Iterable
from typing import Final

from app.domain.kinds import Kind

NUMBER: Final = "number"
"""Stands for the customer number beside the kinds of sealed fields."""
OF_ONE_PERSON: Final = frozenset({NUMBER, Kind.NIK.value, Kind.PASSPORT.value, Kind.NPWP.value})
SHARED_NEEDED: Final = 2


def is_same_person(kinds: Iterable[str]) -> bool:
    """Whether what matches, by kind, is enough to say that it is the same person."""
    matched = set(kinds)
    return bool(matched & OF_ONE_PERSON) or len(matched) >= SHARED_NEEDED
