"""The answer of a search."""

from array import array
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """Ids in order, and how long it took in milliseconds."""

    ids: "array[int]"
    ms: float
