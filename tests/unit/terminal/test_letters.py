"""`tirai privacy letters`: which letters are made, what is said of them, and a Stop in between."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.domain.errors import InputRefusedError
from app.session.privacy.shown_incidents import SavedLetters
from app.terminal import letters


class FakeLetters:
    """What a session makes of them."""

    def __init__(self) -> None:
        self.made: list[tuple[bytes, Path]] = []
        self.stopped = False

    def order_of(self, number: int) -> bytes:
        if number != 7:
            raise InputRefusedError("There is no order of this number.", code="no_order")
        return b"order"

    def incident_of(self, number: int) -> bytes:
        return b"incident"

    def of_order(self, order: bytes, path: Path, tell: Callable[[int, int], object]) -> int:
        tell(1, 2)
        if self.stopped:
            raise KeyboardInterrupt
        self.made.append((order, path))
        return 2

    def of_incident(self, incident: bytes, path: Path, tell: Callable[[int, int], object]) -> SavedLetters:
        self.made.append((incident, path))
        return SavedLetters(3, 1)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeLetters:
    fake = FakeLetters()

    @contextmanager
    def person(*_who: object) -> Iterator[SimpleNamespace]:
        yield SimpleNamespace(letters=fake)

    monkeypatch.setattr(letters, "person", person)
    return fake


def said(*words: str) -> str:
    done = CliRunner().invoke(app, ["privacy", "letters", *words], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def test_that_letters_of_an_order_and_of_an_incident_go_into_a_file(fake: FakeLetters, tmp_path: Path) -> None:
    path = tmp_path / "letters.zip"
    assert "2 letters, saved as" in said("erasure", "7", "--output", str(path))
    assert "Customers who are gone: 1." in said("incident", "3", "--output", str(path))
    assert fake.made == [(b"order", path), (b"incident", path)]
    told = json.loads(said("incident", "3", "--output", str(path), "--json"))
    assert told == {"ok": True, "file": str(path), "letters": 3, "gone": 1}


def test_that_ctrl_c_stops_and_an_unknown_number_is_refused(fake: FakeLetters, tmp_path: Path) -> None:
    fake.stopped = True
    done = CliRunner().invoke(app, ["privacy", "letters", "erasure", "7", "--output", str(tmp_path / "l.zip")])
    assert done.exit_code == 130
    with pytest.raises(InputRefusedError):
        said("erasure", "8", "--output", str(tmp_path / "l.zip"))
    assert fake.made == []
