"""When somebody who was erased may come back: the words for why, pure.

The hashes that keep people out hold no value, so whoever lets one back in names that person by a value that one person
alone has, and the second person names them again.
"""

from enum import StrEnum
from typing import Final

from app.domain.erasure.suppression import NUMBER
from app.domain.kinds import Kind


class BackBecause(StrEnum):
    """The ground on which somebody's data is processed again (UU PDP article 20)."""

    CONTRACT = "contract"
    """They are a customer again (article 20 (2) b)."""
    CONSENT = "consent"
    """They have agreed anew (article 20 (2) a)."""
    LEGAL_DUTY = "legal_duty"
    """A law demands it (article 20 (2) c)."""
    SOMEBODY_ELSE = "somebody_else"
    """The hashes keep out a person who was never erased: a number was given out again."""


class NamedBy(StrEnum):
    """By what a person is named: each is one person's alone."""

    NUMBER = NUMBER
    NIK = Kind.NIK.value
    NPWP = Kind.NPWP.value
    PASSPORT = Kind.PASSPORT.value


MOST_A_DAY: Final = 20
"""So often one person may name somebody within a day: who was erased is told by no list, and not by trying either."""
