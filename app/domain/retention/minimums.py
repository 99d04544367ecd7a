"""How long data of a class, or for a purpose, is kept at least: what a law asks for, beside a field's own longest time.

Permenkominfo 20/2016, article 15 (3), asks for five years where no law of the sector says otherwise, UU PDP article 43
for an end once data is not needed: a field has both, and an inventory in which they contradict each other is refused.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Minimums:
    """Months, by name of a class and of a purpose."""

    classes: Mapping[str, int] = field(default_factory=dict)
    purposes: Mapping[str, int] = field(default_factory=dict)

    def months(self, data_class: str, purposes: Iterable[str]) -> int:
        """How many months a field of this class and these purposes is kept at least; the longest of them."""
        return max((self.classes.get(data_class, 0), *(self.purposes.get(p, 0) for p in purposes)), default=0)


NO_MINIMUMS: Final = Minimums(MappingProxyType({}), MappingProxyType({}))
