"""Which fields of a customer a person may change or empty by hand. Pure; what a role edits stands in the policy."""

from enum import StrEnum

from app.domain.field import Field
from app.domain.inventory import Inventory
from app.domain.kinds import Kind

KEPT_ELSEWHERE = frozenset({Kind.NUMBER, Kind.TICKET, Kind.QUEUE, Kind.MONEY, Kind.DATE})
"""Open fields of these kinds come from the systems that keep them: an import changes them, no person here."""


def is_edited_by_hand(field: Field, inventory: Inventory) -> bool:
    """Whether a person may change it at all, whatever their role."""
    if field.name in (inventory.record.number, inventory.record.queue):
        return False
    return field.is_sealed or field.kind not in KEPT_ELSEWHERE


def is_typed_for_a_new_customer(field: Field, inventory: Inventory) -> bool:
    """Whether a person may say it when they make a customer: the number and the queue, too."""
    named = (inventory.record.number, inventory.record.queue)
    return field.name in named or is_edited_by_hand(field, inventory)


class WhyEmptied(StrEnum):
    """Why a value is taken away: it is not this customer's, or the customer does not want it kept any more."""

    WRONG = "wrong"
    WITHDRAWN = "withdrawn"


def can_be_emptied(field: Field, inventory: Inventory) -> bool:
    """Whether a person may take its value away and leave nothing there: not where the inventory requires one."""
    return not field.required and is_edited_by_hand(field, inventory)
