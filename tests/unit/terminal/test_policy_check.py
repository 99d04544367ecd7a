"""`tirai policy check`: a policy is good, or refused with its line; what it lets out of the screen is said."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.domain.policy import PolicyError
from app.resource_files import resource_text

SHIPPED = resource_text("policy", "default.toml")


def checked(*words: str) -> tuple[int, str, BaseException | None]:
    done = CliRunner().invoke(app, ["policy", "check", *words])
    return done.exit_code, done.stdout, done.exception


def exception(begins: float, ends: float) -> str:
    times = [datetime.fromtimestamp(time.time() + s, UTC).isoformat() for s in (begins, ends)]
    return f'[capture_exception]\nfrom = {times[0]}\nuntil = {times[1]}\nreason = "Remote support"\n'


def test_that_the_policy_in_force_is_good_and_lets_nothing_out() -> None:
    code, said, _ = checked()
    assert code == 0
    assert "Copied to the clipboard: nothing." in said
    assert json.loads(checked("--json")[1])["capture_exception"] == "none"


@pytest.mark.parametrize(("begins", "ends", "state"), [(-60, 60, "holds"), (-90, -60, "over"), (60, 90, "not_yet")])
def test_that_an_exception_is_told_with_its_state(tmp_path: Path, begins: float, ends: float, state: str) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(exception(begins, ends) + SHIPPED.replace("classes = []", 'classes = ["contact"]', 1))
    told = json.loads(checked(str(file), "--json")[1])
    assert (told["capture_exception"], told["copied"]) == (state, ["contact"])
    assert "Remote support" in checked(str(file))[1]


def test_that_one_without_an_end_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text('[capture_exception]\nfrom = 2026-12-01T09:00:00Z\nreason = "Remote support"\n' + SHIPPED)
    code, _said, error = checked(str(file))
    assert code != 0
    assert isinstance(error, PolicyError)
    assert (error.line, error.exit_code) == (1, 3)
    assert "without an end" in error.reason


def test_that_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    code, _said, error = checked(str(tmp_path / "none.toml"))
    assert code != 0
    assert "cannot be read" in str(error)
