"""How a person likes the screens: theme, rows, size of the text, motion. Words without a person.

What is read from a file is judged value by value: one that is not offered counts as not said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

THEMES: Final = ("system", "light", "dark", "contrast")
DENSITIES: Final = ("compact", "comfortable")
TEXT_SIZES: Final = (100, 110, 125, 150, 175, 200)
"""Size of the text in percent of the design's."""
MOTIONS: Final = ("system", "still")


@dataclass(frozen=True, slots=True)
class Display:
    """What a person chose.

    Attributes:
        theme: of `THEMES`; `system` follows the desktop.
        density: of `DENSITIES`; comfortable rows are higher.
        text: of `TEXT_SIZES`, percent.
        motion: of `MOTIONS`; `still` moves nothing, `system` does as the desktop says.
    """

    theme: str = "system"
    density: str = "compact"
    text: int = 100
    motion: str = "system"


def display_of(said: Mapping[str, object]) -> Display:
    """What a table of a file says, as far as it is on offer; the design's values for the rest."""
    return Display(
        theme=_one_of(said.get("theme"), THEMES),
        density=_one_of(said.get("density"), DENSITIES),
        text=_size(said.get("text")),
        motion=_one_of(said.get("motion"), MOTIONS),
    )


def _one_of(said: object, offered: tuple[str, ...]) -> str:
    return said if isinstance(said, str) and said in offered else offered[0]


def _size(said: object) -> int:
    return said if type(said) is int and said in TEXT_SIZES else TEXT_SIZES[0]
