"""The answer of a search."""

from array import array
from dataclasses import dataclass

FEW = 20_000
"""Of so many customers a whole search takes no longer than a person can notice."""
FIRST_FOUND = 200
"""So many come first of more: a few screens of the list."""


@dataclass(frozen=True, slots=True)
class Found:
    """Ids in order, and how long it took in milliseconds."""

    ids: "array[int]"
    ms: float
