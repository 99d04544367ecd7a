"""Hands rounds to a play of kills (`console_play.py`, `kill_play.py`)."""

import contextlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.security.directing import Director, directed

NOTHING: dict[str, list[str]] = {"entries": [], "files": []}


class Play:
    """Rounds in, results out."""

    def __init__(self, director: Director) -> None:
        self._director = director
        self.installed: bool = director.hello["installed"]

    def round(self, who: str, after: str, longest_s: float) -> dict[str, Any]:
        """Kill `who` at a random moment of the `longest_s` seconds after the play has come to `after`."""
        order = {"who": who, "after": after, "delay_s": random.uniform(0, longest_s)}
        return {"order": order, **self._director.order(order)}


@contextlib.contextmanager
def playing(program: str, size: int) -> Iterator[Play]:
    """Run a play of this folder, sized for so many rounds or accounts, until the block is left."""
    with directed(Path(__file__).with_name(program), str(size), reads_memory=False) as director:
        yield Play(director)
