"""What one setting of the machine policy is: its key, its type, what it may be, and which way it may go."""

from dataclasses import dataclass
from enum import StrEnum

Value = bool | int | str | tuple[str, ...]


class Kind(StrEnum):
    """Types of values: TOML's, the registry's and a property list's follow from them."""

    BOOL = "boolean"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"
    TEXTS = "list of texts"


class Tighter(StrEnum):
    """Which way a value takes something away. A value that gives more than the program itself does is refused."""

    NONE = "none"
    """A matter of taste or of place."""
    LOWER = "lower"
    OFF = "off"
    ON = "on"
    MORE = "more"


class Level(StrEnum):
    """How much a value counts."""

    MANDATORY = "mandatory"
    """Nobody at the workstation changes it."""
    RECOMMENDED = "recommended"
    """What holds until a person chooses."""


class Group(StrEnum):
    """Groups of settings, as pages and templates order them."""

    OFFICE = "office"
    SESSION = "session"
    SCREEN = "screen"
    LEAVING = "leaving"
    DESK = "desk"
    PROGRAM = "program"


MANDATORY_ONLY = frozenset({Level.MANDATORY})
RECOMMENDED_ONLY = frozenset({Level.RECOMMENDED})
BOTH = frozenset(Level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting.

    Attributes:
        key: its name in files, registry and property lists.
        kind: its type.
        group: where pages put it.
        title, title_id: what it is called, in English and Indonesian.
        text, text_id: what it does, in one or two sentences.
        default: what holds where nobody says anything; None: what a person chooses, or nothing.
        tighter: which way it may go.
        levels: how it may be given.
        choices: what a choice, or each text of a list, may be; empty: any.
        least, most: of a number; of texts in a list the most.
        unit: of a number.
    """

    key: str
    kind: Kind
    group: Group
    title: str
    title_id: str
    text: str
    text_id: str
    default: Value | None = None
    tighter: Tighter = Tighter.NONE
    levels: frozenset[Level] = MANDATORY_ONLY
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    unit: str = ""
