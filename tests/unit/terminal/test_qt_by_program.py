"""Qt's plug-ins loaded by a fresh program, as where nothing can be forked (Windows)."""

import sys

import pytest

from app.domain.errors import WorkstationError
from app.terminal.checks import qt


def test_that_a_fresh_program_answers_as_a_child_does() -> None:
    assert qt.asked_program("offscreen").startswith("ok Qt ")


def test_that_one_which_does_not_load_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert qt.platforms({"DISPLAY": ":0"}) == ("offscreen", "windows")
    monkeypatch.setattr(qt, "own_program", lambda: [sys.executable, "-c", "raise SystemExit(1)"])
    with pytest.raises(WorkstationError) as refusal:
        qt.qt_platform("windows")
    assert refusal.value.code == "Q1"


def test_that_one_which_is_slow_is_not_called_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(qt, "own_program", lambda: [sys.executable, "-c", "import time; time.sleep(60)"])
    monkeypatch.setattr(qt, "_PROGRAM_S", 0.2)
    with pytest.raises(WorkstationError, match="did not answer"):
        qt.qt_platform("windows")
