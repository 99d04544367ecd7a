"""Fields that nobody uses: what the log tells of, what it is too young for, and what no log can tell."""

import pytest

from app.domain.inventory_reader import load_inventory
from app.domain.privacy.unused import DAYS, Usage, field_uses, since_ms
from app.resource_files import resource_text

INVENTORY = load_inventory(resource_text("inventory", "customer.toml"))
DAY = 86_400_000
NOW = 400 * DAY


def usage(field: str, used: dict[str, tuple[int, int]], log_since: int | None) -> Usage:
    return next(one.usage for one in field_uses(INVENTORY, used, log_since, NOW) if one.field == field)


def test_that_a_sealed_field_without_use_is_named_once_the_log_is_old_enough() -> None:
    assert usage("npwp", {}, 0) is Usage.UNUSED
    assert usage("npwp", {"npwp": (1, NOW - DAY)}, 0) is Usage.USED
    assert usage("npwp", {"nik": (1, NOW - DAY)}, 0) is Usage.UNUSED


@pytest.mark.parametrize("log_since", [None, NOW, NOW - (DAYS - 1) * DAY])
def test_that_a_young_log_names_nobody(log_since: int | None) -> None:
    assert usage("npwp", {}, log_since) is Usage.TOO_EARLY
    assert Usage.UNUSED not in {one.usage for one in field_uses(INVENTORY, {}, log_since, NOW)}


def test_that_the_log_says_nothing_of_open_fields() -> None:
    assert usage("city", {}, 0) is Usage.UNKNOWN
    assert {one.field for one in field_uses(INVENTORY, {}, 0, NOW)} == {field.name for field in INVENTORY.fields}
    assert since_ms(NOW) == NOW - DAYS * DAY
