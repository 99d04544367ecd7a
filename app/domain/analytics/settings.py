"""What an analytics export holds, and how coarse: columns with their generalisation, and the least k and l.

Invariants: only columns of which many people share a value can be named: a birth year, a place, a choice, a date's
year, an amount's band. No name, number, ticket, address or free text ever is. Every column of an export is either one
that outsiders may know (*quasi*) or the one that they should not learn (*sensitive*); there is no third sort. The
settings have one text, which two people sign.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.errors import InputRefusedError
from app.domain.field import Field
from app.domain.inventory import Inventory
from app.domain.kinds import Kind

LEAST_K, MOST_K, LEAST_L, MOST_L, MOST_QUASI = 3, 1_000, 2, 20, 6
LEAST_T, MOST_T, USUAL_T = 5, 99, 30
"""Hundredths. Demo customers lose some percent at 0.30 and a fifth of a fine table at 0.20 (ADR 0067)."""
"""Below k = 3 whoever is one of two knows the other."""
LONGEST_TEXT = 400


class Level(StrEnum):
    """How coarse a column is."""

    AS_IS = "as_is"
    YEAR = "year"
    FIVE_YEARS = "five_years"
    TEN_YEARS = "ten_years"
    BAND = "band"
    """Amounts between 1, 2 and 5 times powers of ten."""


YEARS: Final = (Level.YEAR, Level.FIVE_YEARS, Level.TEN_YEARS)
_BY_KIND: Mapping[Kind, tuple[Level, ...]] = {
    Kind.BIRTH_DATE: YEARS,
    Kind.DATE: YEARS,
    Kind.MONEY: (Level.BAND,),
    Kind.CITY: (Level.AS_IS,),
    Kind.CHOICE: (Level.AS_IS,),
    Kind.TEXT: (Level.AS_IS,),
    Kind.QUEUE: (Level.AS_IS,),
}
_COLUMN = r"[a-z][a-z0-9_]{0,39}:[a-z_]{1,20}"
_TEXT: Final = re.compile(
    rf"k=(\d{{1,4}}) l=(\d{{1,3}})(?: t=(\d{{1,2}}))? quasi=({_COLUMN}(?:,{_COLUMN})*) sensitive=({_COLUMN})"
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a field, and how coarse it is."""

    field: str
    level: Level

    def __str__(self) -> str:
        """As it stands in the settings' text."""
        return f"{self.field}:{self.level}"


@dataclass(frozen=True, slots=True)
class Settings:
    """One export's settings.

    Attributes:
        k: so many people share each combination of the quasi columns, at least.
        l: so many different values of the sensitive column does each of these groups have, at least.
        quasi: what outsiders may know of a person.
        sensitive: what they should not learn.
        most_t: no group's sensitive values are further from everybody's than this, in hundredths; 100: no bound.
    """

    k: int
    l: int  # noqa: E741  (the measure's own name)
    quasi: tuple[Column, ...]
    sensitive: Column
    most_t: int = 100

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, in the order of the file."""
        return (*self.quasi, self.sensitive)

    @property
    def text(self) -> str:
        """The text that two people sign."""
        quasi = ",".join(map(str, self.quasi))
        bound = f" t={self.most_t}" if self.most_t < 100 else ""
        return f"k={self.k} l={self.l}{bound} quasi={quasi} sensitive={self.sensitive}"


def levels_of(field: Field) -> tuple[Level, ...]:
    """How coarse a field may stand in an export; empty: not at all."""
    if field.kind is Kind.BIRTH_DATE:
        return _BY_KIND[field.kind]  # its mask shows the year and no more
    if field.is_sealed or (field.kind is Kind.TEXT and not field.is_filter):
        return ()
    return _BY_KIND.get(field.kind, ())


def read_settings(untrusted: str, inventory: Inventory) -> Settings:
    """The settings of a text.

    Raises:
        InputRefusedError: code `export_settings`: it is none, or names what an export may not hold.
    """
    match = _TEXT.fullmatch(untrusted) if len(untrusted) <= LONGEST_TEXT else None
    if match is None:
        raise _refused("These are no settings of an export.")
    quasi = tuple(_column(part, inventory) for part in match[4].split(","))
    most_t = int(match[3]) if match[3] is not None else 100
    settings = Settings(int(match[1]), int(match[2]), quasi, _column(match[5], inventory), most_t)
    if match[3] is not None and not LEAST_T <= most_t <= MOST_T:
        raise _refused(f"t is {LEAST_T} to {MOST_T} hundredths.")
    if not LEAST_K <= settings.k <= MOST_K or not LEAST_L <= settings.l <= min(MOST_L, settings.k):
        raise _refused(f"k is {LEAST_K} to {MOST_K}, and l {LEAST_L} to {MOST_L}, at most k.")
    names = [column.field for column in settings.columns]
    if len(quasi) > MOST_QUASI or len(set(names)) != len(names):
        raise _refused(f"Name at most {MOST_QUASI} columns beside the sensitive one, each once.")
    return settings


def bounds_of(text: str) -> tuple[int, int, int]:
    """k, l and the most t of a text that was taken as settings once, whatever the inventory is now.

    Raises:
        ValueError: it is no such text.
    """
    match = _TEXT.fullmatch(text)
    if match is None:
        raise ValueError("these are no settings of an export")
    return int(match[1]), int(match[2]), int(match[3] or 100)


def _column(text: str, inventory: Inventory) -> Column:
    name, _, level = text.partition(":")
    allowed = levels_of(inventory.field(name)) if inventory.has(name) else ()
    if level not in allowed:
        raise _refused(f"{name} cannot stand in an export as {level}: it tells of one person, or is not there.")
    return Column(name, Level(level))


def _refused(sentence: str) -> InputRefusedError:
    return InputRefusedError(sentence, code="export_settings")
