"""A person at a terminal of an office whose clock moves: nobody waits for an authenticator's next code."""

import contextlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Self
from unittest.mock import patch

import pytest

from app.storage.places import Places
from tests.demo import people
from tests.demo.terminal import LONGEST_S, Terminal
from tests.office.ends import end_office
from tests.office.moved_clock import MovedClock


class MovedTime:
    """What the authenticators take for the `time` module: who waits for a code moves the office's clock."""

    def __init__(self, clock: MovedClock) -> None:
        self._clock = clock

    def time(self) -> float:
        return self._clock.now_ms() / 1000

    def sleep(self, seconds: float) -> None:
        self._clock.pass_s(seconds)


class MovedTerminal(Terminal):
    """Commands on one home, whose office follows the test's clock (`tests/office/programs/moved_tirai.py`)."""

    def __init__(self, home: Path, environment: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(home, environment)
        self.clock = MovedClock()
        self.clock.lead_others(home)
        self.typed_code_lasts_s = LONGEST_S  # however slow the machine is
        self._code_lasts_s = LONGEST_S
        monkeypatch.setattr(people, "time", MovedTime(self.clock))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        """The office that its commands have started would wait for the next one by a clock that nobody moves."""
        with patch.dict(os.environ, self.environment), contextlib.suppress(OSError):  # none lives
            end_office(Places.find(self.home))

    def command(self, *words: str) -> list[str]:
        """The command line of `tirai WORDS`."""
        return [sys.executable, "-m", "tests.office.programs.moved_tirai", *words, "--home", str(self.home)]

    def fresh_code(self, person: people.DemoPerson) -> str:
        """A code that lasts as long as one can."""
        return person.authenticator.fresh_code(LONGEST_S)
