"""A note as it is kept: masks in the place of finds, but for those that may stay as typed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.domain.kept_find import MOST_KEPT, KeptFind
from app.scanner.find import NEVER_KEPT, Find, What
from app.scanner.scan import masked, scan


@dataclass(frozen=True, slots=True, repr=False)
class KeptText:
    """What is kept.

    Attributes:
        text: the note.
        stays: kind and reason of each find that stays, in order.
    """

    text: str
    stays: tuple[tuple[What, str], ...]


def as_kept(text: str, keeps: Iterable[KeptFind], lets: Callable[[str, str], bool]) -> KeptText:
    """A note as it is kept.

    Args:
        text: as typed.
        keeps: the finds that are to stay; a find is one of them if its text is. Beyond `MOST_KEPT` none stays, however
            often the same text stands there: each is an entry of the log.
        lets: whether a reason (its code) lets a kind of find stay. Cards and card codes never do, whatever it says.
    """
    reasons = {keep.text: keep.reason for keep in keeps}
    away: list[Find] = []
    stays: list[tuple[What, str]] = []
    for find in scan(text):
        reason = reasons.get(text[find.start : find.end])
        is_full = len(stays) >= MOST_KEPT
        if reason is None or is_full or find.what in NEVER_KEPT or not lets(reason, find.what.value):
            away.append(find)
        else:
            stays.append((find.what, reason))
    return KeptText(masked(text, away), tuple(stays))
