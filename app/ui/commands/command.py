"""One command: what it is called, what it does, and why it cannot be done now."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from app.ui.shortcuts import SHORTCUTS, Shortcut, cap_for, words_for

_TABLE = {shortcut.does: shortcut for shortcut in SHORTCUTS}


class Nearness(StrEnum):
    """Where a command belongs; the palette shows the nearest first."""

    RECORD = "record"
    SCREEN = "screen"
    EVERYWHERE = "everywhere"


def always() -> str:
    """Nothing stands in the way."""
    return ""


@dataclass(frozen=True, slots=True)
class Command:
    """A command.

    Attributes:
        does: its name in the table of shortcuts; another name for one that the table does not have (a row's).
        act: does it, on the GUI thread, at once.
        why_not: why it cannot be done now, as a sentence in the language of the screen; empty: it can.
        words, english: other words than the table's, in the language of the screen and in English; no customer's data.
        cap: the key cap of a command that the table has under another name.
        icon: another sign than the table's.
        hint: a few grey words beside it.
        nearness: where it belongs.
        is_quiet: whether the palette shows it only once something is typed.
    """

    does: str
    act: Callable[[], object] = field(compare=False)
    why_not: Callable[[], str] = field(default=always, compare=False)
    words: str = ""
    english: str = ""
    cap: str = ""
    icon: str = ""
    hint: str = ""
    nearness: Nearness = Nearness.EVERYWHERE
    is_quiet: bool = False

    @property
    def line(self) -> Shortcut | None:
        """Its line in the table."""
        return _TABLE.get(self.does)

    @property
    def shown_words(self) -> str:
        """What it is called, in the language of the screen."""
        return self.words or (words_for(self.does) if self.line is not None else self.does)

    @property
    def english_words(self) -> str:
        """What it is called in English."""
        return self.english or (self.line.words if self.line is not None else self.words)

    @property
    def shown_cap(self) -> str:
        """Its key; empty where it has none."""
        return self.cap or (cap_for(self.does) if self.line is not None else "")

    @property
    def shown_icon(self) -> str:
        """Its sign."""
        return self.icon or (self.line.icon if self.line is not None else "") or "command"
