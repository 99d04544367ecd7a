"""Data classes: who may ever open a value is decided by the class it is sealed to."""

from enum import StrEnum


class DataClass(StrEnum):
    """The class of a field, as the data inventory declares it."""

    OPEN = "open"
    CONTACT = "contact"
    IDENTITY = "identity"
    FINANCIAL = "financial"
    SPECIAL = "special"
    NOTE = "note"
    """Free text about a customer. Never declared by an inventory; notes have it by nature."""

    @property
    def is_sealed(self) -> bool:
        """Whether values of this class are encrypted to it. Only *open* is not."""
        return self is not DataClass.OPEN


SEALED_CLASSES: tuple[DataClass, ...] = tuple(c for c in DataClass if c.is_sealed)
FIELD_CLASSES: tuple[DataClass, ...] = tuple(c for c in DataClass if c is not DataClass.NOTE)
