"""The tokens of the design, read once: colour by role, measures in logical pixels.

Invariant: no screen and no painter names a colour; it asks for a role. A role that is missing is an error at once.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from PySide6.QtGui import QColor

from app.resource_files import resource_text


class ThemeName(StrEnum):
    """The themes that ship."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme's values.

    Attributes:
        theme: which theme.
        colours: hex by role, for example `ink2`.
        sizes: logical pixels by name, for example `row`.
        motion: milliseconds by name.
        watermark_alpha: opacity of the watermark, 0 to 1.
    """

    theme: ThemeName
    colours: dict[str, str]
    sizes: dict[str, int]
    motion: dict[str, int]
    watermark_alpha: float

    def hex(self, role: str) -> str:
        """The colour of a role as `#RRGGBB`. Raises KeyError for a role that the design does not have."""
        return self.colours[role]

    def colour(self, role: str, alpha: float = 1.0) -> QColor:
        """The colour of a role, with an opacity from 0 to 1."""
        return QColor(_made(self.colours[role], alpha))


@cache
def _made(colour: str, alpha: float) -> QColor:
    """Read once: a frame of a table asks for hundreds."""
    made = QColor(colour)
    made.setAlphaF(alpha)
    return made


def load_tokens(theme: ThemeName) -> Tokens:
    """Read the tokens of one theme."""
    data: dict[str, Any] = json.loads(resource_text("themes", "tokens.json"))
    return Tokens(
        theme=theme,
        colours=data["colour"][theme.value],
        sizes={name: value for name, value in data["size"].items() if isinstance(value, int)},
        motion={name: value for name, value in data["motion"].items() if isinstance(value, int)},
        watermark_alpha=data["watermark"][f"alpha_{theme.value}"],
    )
