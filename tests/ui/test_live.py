"""A console hears what changes; what it missed while it heard nothing it asks for once it hears again."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.api.client import live_line
from app.api.server.feed import Topic
from app.domain.errors import WorkstationError
from app.ui.console import live
from app.ui.console.live import EVERYTHING, OPEN, Live
from app.ui.tasks import Tasks
from tests.ui.fake_desk import FakeDesk

Changed = Callable[[frozenset[str]], object]


class Desk(FakeDesk):
    """Keeps who listens, and is away as often as a test says."""

    def __init__(self) -> None:
        super().__init__(count=3)
        self.listeners: list[tuple[Changed, Callable[[], object]]] = []
        self.is_away = 0

    def watch_changes(self, on_change: Changed, on_end: Callable[[], object]) -> None:
        if self.is_away:
            self.is_away -= 1
            raise WorkstationError("The office does not answer.")
        self.listeners.append((on_change, on_end))


def test_that_everything_is_all_that_an_office_tells() -> None:
    assert {str(topic) for topic in Topic} == EVERYTHING
    assert OPEN == live_line.OPEN


@pytest.mark.parametrize("away", [0, 2])
def test_that_everything_is_asked_for_once_a_stream_that_ended_is_heard_again(
    qtbot: QtBot, tasks: Tasks, monkeypatch: pytest.MonkeyPatch, away: int
) -> None:
    monkeypatch.setattr(live, "AGAIN_MS", 1)
    desk, parent = Desk(), QObject()
    hears = Live(desk, tasks, parent)
    told: list[object] = []
    hears.changed.connect(told.append)
    hears.start()
    qtbot.waitUntil(lambda: len(desk.listeners) == 1)
    desk.listeners[0][0](frozenset({OPEN}))
    desk.listeners[0][0](frozenset({"unlocks"}))
    qtbot.waitUntil(lambda: bool(told))
    assert told == [{"unlocks"}], "the first stream has missed nothing"
    desk.is_away = away
    desk.listeners[0][1]()
    qtbot.waitUntil(lambda: len(desk.listeners) == 2)
    assert told == [{"unlocks"}], "a stream that does not stand yet might miss what changes after the question"
    desk.listeners[1][0](frozenset({OPEN}))
    qtbot.waitUntil(lambda: len(told) == 2)
    assert (desk.is_away, told[1]) == (0, EVERYTHING)
    desk.listeners[1][0](frozenset({"accounts"}))
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told[2] == {"accounts"}
    hears.stop()
