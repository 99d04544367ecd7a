"""The data inventory: the one file that declares every field. What it does not declare is never collected.

Invariants of an `Inventory`, which its reader judges (`inventory_reader`): names and labels lead to one field each;
open fields have no mask and sealed ones always have; no sealed field is searched by text; specific data (UU PDP
article 4) is sealed; record roles name open fields; the class `note` is not declared, because notes have it by nature.
"""

from dataclasses import dataclass

from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError
from app.domain.field import (
    Field,
    LegalBasis,
    MaskChoice,
    PdpCategory,
    Purpose,
    Retention,
    RetentionStart,
    Search,
)
from app.domain.privacy.declared import NOT_SAID, Controller, Recipient
from app.domain.retention.rules import DeclaredRule

__all__ = [
    "Field",
    "Inventory",
    "InventoryError",
    "LegalBasis",
    "MaskChoice",
    "PdpCategory",
    "Purpose",
    "RecordRoles",
    "Retention",
    "RetentionStart",
    "Search",
]

FIRST_NOTICE = "1"
"""The privacy notice of an inventory that names none."""


class InventoryError(InputRefusedError):
    """The data inventory is refused.

    Attributes:
        line: the line of the file, from 1.
        reason: what is wrong there, in one sentence.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"Data inventory, line {line}: {reason}", code="inventory")
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class RecordRoles:
    """Which open field plays which part in lists and heads. All but number and name may be empty: no such field."""

    number: str
    name: str
    city: str = ""
    queue: str = ""
    ticket: str = ""
    last_contact: str = ""
    contract_end: str = ""


@dataclass(frozen=True, slots=True)
class Inventory:
    """All declared fields, in the order of the file.

    Attributes:
        digest: SHA-256 of the file's text (UTF-8); names this version of the inventory.
        notice: code of the privacy notice that customers are told of when their data is taken down.
        recipients: who outside gets data for a purpose.
        controller: who answers for the data, as far as the file says.
        retention_rules: how long classes and purposes want fields kept, at least and at most.
        guardian_field: the sealed field that is filled for customers under age only; empty: there is none.
    """

    title: str
    fields: tuple[Field, ...]
    purposes: tuple[Purpose, ...]
    record: RecordRoles
    digest: bytes
    text: str
    notice: str = FIRST_NOTICE
    recipients: tuple[Recipient, ...] = ()
    controller: Controller = NOT_SAID
    retention_rules: tuple[DeclaredRule, ...] = ()
    guardian_field: str = ""

    def field(self, name: str) -> Field:
        """The field of this name.

        Raises:
            KeyError: the inventory does not declare it.
        """
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def has(self, name: str) -> bool:
        """Whether the inventory declares a field of this name."""
        return any(field.name == name for field in self.fields)

    def purpose(self, name: str) -> Purpose:
        """The purpose of this name.

        Raises:
            KeyError: the inventory does not declare it.
        """
        for purpose in self.purposes:
            if purpose.name == name:
                return purpose
        raise KeyError(name)

    @property
    def open_fields(self) -> tuple[Field, ...]:
        """Fields whose values are shown as they are."""
        return self.in_class(DataClass.OPEN)

    @property
    def sealed_fields(self) -> tuple[Field, ...]:
        """Fields whose values are encrypted to a class."""
        return tuple(field for field in self.fields if field.is_sealed)

    @property
    def place_of_last_contact(self) -> int | None:
        """Which of the open fields says when the customer was last in contact; None: none does."""
        names = [field.name for field in self.open_fields]
        return names.index(self.record.last_contact) if self.record.last_contact in names else None

    @property
    def searchable(self) -> tuple[Field, ...]:
        """Open fields that are found by their words."""
        return tuple(field for field in self.fields if field.search is Search.TEXT)

    def in_class(self, data_class: DataClass) -> tuple[Field, ...]:
        """Fields of this class."""
        return tuple(field for field in self.fields if field.data_class is data_class)
