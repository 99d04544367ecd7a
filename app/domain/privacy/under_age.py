"""Whether a customer may be under age, from what the office knows without opening anything (UU PDP article 25).

The birth year that a mask leaves says so. In the year of the eighteenth birthday, and where no birth year is known, the
field for a child's guardian decides: it is filled for children alone. Once the birth year says that a customer is of
age the field says nothing any more: a guardian's right ends by itself, whoever forgot to empty the field.
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
    if any(born > year - OF_AGE for born in _birth_years(inventory, masks)):
        return True
    if is_of_age(inventory, masks, year):
        return False
    return bool(inventory.guardian_field) and inventory.guardian_field in masks


def is_of_age(inventory: Inventory, masks: Mapping[str, Sequence[object]], year: int) -> bool:
    """Whether a customer is surely of age: nobody consents for them as for a child.

    Args:
        inventory: its fields.
        masks: the customer's, by field: text before the pleats, text after them.
        year: the current one; somebody whose eighteenth birthday is in it may not have had it.
    """
    years = _birth_years(inventory, masks)
    return bool(years) and all(born < year - OF_AGE for born in years)


def _birth_years(inventory: Inventory, masks: Mapping[str, Sequence[object]]) -> tuple[int, ...]:
    births = (field.name for field in inventory.sealed_fields if field.kind is Kind.BIRTH_DATE)
    texts = (str(part) for name in births for part in masks.get(name, ())[:2])
    return tuple(int(text) for text in texts if text.isdecimal() and len(text) == 4)
