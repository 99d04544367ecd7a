"""Fields that are collected and that nobody uses: limited collection (UU PDP article 27) proposes to stop with them.

The log knows each time a sealed value was opened, used or compared. Open fields lie in the copy that each console keeps
for lists, search and cards: a card that is shown asks nobody, so no entry of the log and no purpose of an opening tells
whether anybody read them, and they stay unknown. A count of cards would be the console's own word, and a card shows all
of them at once: it would call every open field used. And a log that is younger than the time asked about tells of
nothing that lies before it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.inventory import Inventory

DAYS: Final = 90
_DAY_MS: Final = 86_400_000


class Usage(StrEnum):
    """What is known of a field's use."""

    USED = "used"
    UNUSED = "unused"
    """Sealed, and nobody opened, used or compared it in all that time: stop collecting it?"""
    TOO_EARLY = "too_early"
    """Not used so far, and the log is too young to say more."""
    UNKNOWN = "unknown"
    """Open: shown as it is."""


@dataclass(frozen=True, slots=True)
class FieldUse:
    """One field.

    Attributes:
        field: its name.
        usage: what is known.
        times: how often within the time.
        last_ms: when last, if within it.
    """

    field: str
    usage: Usage
    times: int
    last_ms: int | None


def field_uses(
    inventory: Inventory, used: Mapping[str, tuple[int, int]], log_since_ms: int | None, now_ms: int
) -> tuple[FieldUse, ...]:
    """What is known of each field, in the order of the inventory.

    Args:
        inventory: its fields.
        used: by name, how often a field was used within the time, and when last.
        log_since_ms: when the log begins; None: it is empty.
        now_ms: the office's clock.
    """
    is_old = log_since_ms is not None and now_ms - log_since_ms >= DAYS * _DAY_MS
    found = []
    for field in inventory.fields:
        times, last = used.get(field.name, (0, 0))
        if not field.is_sealed:
            usage = Usage.UNKNOWN
        elif times:
            usage = Usage.USED
        else:
            usage = Usage.UNUSED if is_old else Usage.TOO_EARLY
        found.append(FieldUse(field.name, usage, times if field.is_sealed else 0, last if times else None))
    return tuple(found)


def since_ms(now_ms: int) -> int:
    """From when on uses are counted."""
    return now_ms - DAYS * _DAY_MS
