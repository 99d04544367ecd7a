"""Whether a customer may be under age, from what the office knows without opening anything (UU PDP article 25).

The field for a child's guardian is filled, or the birth year that a mask leaves says so. In the year of the eighteenth
birthday the mask does not tell, and only the guardian's field does.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from app.domain.inventory import Inventory
from app.domain.kinds import Kind

OF_AGE: Final = 18


def may_be_under_age(inventory: Inventory, masks: Mapping[str, Sequence[object]], year: int) -> bool:
    """Judge by masks.

    Args:
        inventory: its fields.
        masks: the customer's, by field: text before the pleats, text after them.
        year: the current one.
    """
    if inventory.guardian_field and inventory.guardian_field in masks:
        return True
    births = (field.name for field in inventory.sealed_fields if field.kind is Kind.BIRTH_DATE)
    years = (str(part) for name in births for part in masks.get(name, ())[:2])
    return any(text.isdecimal() and len(text) == 4 and int(text) > year - OF_AGE for text in years)
