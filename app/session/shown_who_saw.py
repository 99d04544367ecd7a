"""Who saw my data, as a screen is given it: words and numbers, nothing sealed."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.domain.access import AccessKind, AccessList

Language = Literal["en", "id"]
"""Of the list and of the document, whatever language the console has."""


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days of the office's calendar; None is open."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class FoundAccesses:
    """What the office answered: one customer, by their record in hex, and the accesses to their data."""

    record: str
    accesses: AccessList


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One access in words; `entry` is the number of its entry in the log."""

    entry: str
    time: str
    who: str
    what: str
    why: str
    how: str
    kind: AccessKind


@dataclass(frozen=True, slots=True)
class ShownDay:
    """The accesses of one day, the newest first."""

    heading: str
    lines: tuple[ShownLine, ...]


@dataclass(frozen=True, slots=True)
class ShownWhoSaw:
    """One customer's list.

    Attributes:
        record: whose, hex.
        number: their customer number.
        summary: `31 times, 6 people, 4 reasons`.
        remarks: what is to be said beneath it.
        days: the newest first.
        columns: what the parts of a line are called: time, who, what, why, how, entry.
        times: how many accesses are in `days`.
        total: how many there are.
    """

    record: str
    number: str
    summary: str
    remarks: tuple[str, ...]
    days: tuple[ShownDay, ...]
    columns: tuple[str, ...]
    times: int
    total: int


@dataclass(frozen=True, slots=True)
class SavedPdf:
    """A document that was written.

    Attributes:
        path: where it lies now; no wipe removes it.
        entry: of the log, that tells of it.
        size_bytes: how large it is.
    """

    path: str
    entry: int
    size_bytes: int
