"""How a purpose stands for one customer: by itself, since the first window waits for the sentences about it."""

from enum import StrEnum


class PurposeState(StrEnum):
    """How a purpose stands for one customer and one field."""

    BASIS = "basis"
    """Open: it rests on something else than consent."""
    GIVEN = "given"
    """Open: the customer has agreed, and the office has the receipt."""
    SOURCES = "sources"
    """Open: whoever imported the data answers for the consent; the office has no receipt."""
    MISSING = "missing"
    WITHDRAWN = "withdrawn"
    RESTRICTED = "restricted"
    OBJECTED = "objected"

    @property
    def is_open(self) -> bool:
        """Whether work for the purpose goes on."""
        return self in {PurposeState.BASIS, PurposeState.GIVEN, PurposeState.SOURCES}
