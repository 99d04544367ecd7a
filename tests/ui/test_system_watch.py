"""What the operating system says locks the console or ends its session, whatever the person is at."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.system_events import Followed, SystemEvent
from app.session.lock_place import LockWord
from tests.ui import fake_desk
from tests.ui.conftest import Signed, named
from tests.ui.fake_system import FakeEvents

E = SystemEvent


@pytest.fixture
def system() -> FakeEvents:
    return FakeEvents()


@pytest.fixture
def at(console: Callable[..., Signed], system: FakeEvents) -> Signed:
    desk = fake_desk.FakeDesk(count=300)
    desk.idle_lock_s = 300
    signed = console(desk)
    signed.window.follow_system(system)
    return signed


@pytest.mark.parametrize("event", [E.SCREEN_LOCKED, E.USER_SWITCHED, E.SLEEP])
def test_that_the_systems_lock_locks_with_its_cause(
    qtbot: QtBot, at: Signed, system: FakeEvents, event: SystemEvent
) -> None:
    words: list[LockWord] = []
    assert at.window.console is not None
    at.window.console.locked.connect(words.append)
    at.now += 70
    system.tell(event)
    qtbot.waitUntil(lambda: bool(words))
    assert [(cause, unused_s) for cause, _place, unused_s in at.desk.locks] == [(event.value, 70)]
    assert at.desk.ended == []


def test_that_a_second_word_of_the_system_changes_nothing(qtbot: QtBot, at: Signed, system: FakeEvents) -> None:
    assert at.window.console is not None
    words: list[LockWord] = []
    at.window.console.locked.connect(words.append)
    for event in (E.SCREEN_LOCKED, E.SLEEP, E.SCREEN_LOCKED):
        system.tell(event)
    qtbot.waitUntil(lambda: bool(words))
    assert [cause for cause, _place, _unused in at.desk.locks] == ["screen_locked"]


@pytest.mark.parametrize("event", [E.SHUTDOWN, E.LOGOUT])
def test_that_the_systems_end_ends_the_session_with_its_cause(
    qtbot: QtBot, at: Signed, system: FakeEvents, event: SystemEvent
) -> None:
    system.tell(event)
    qtbot.waitUntil(lambda: bool(at.receipts))
    assert at.desk.ended == [event.value]


def test_that_an_open_session_holds_the_machine_and_a_door_does_not(
    qtbot: QtBot, console: Callable[..., Signed], system: FakeEvents
) -> None:
    signed = console()
    assert system.holds == 0
    signed.window.follow_system(system)
    assert system.holds == 1


def test_that_what_comes_while_somebody_is_let_in_counts_once_the_console_is_there(
    qtbot: QtBot, at: Signed, system: FakeEvents
) -> None:
    window = at.window
    window._console = None
    window.system._is_open = False
    window.show_sign_in()
    system.tell(E.SCREEN_LOCKED)
    qtbot.wait(20)
    assert at.desk.locks == [], "nobody is here"
    window.system.enter()
    system.tell(E.SLEEP)
    qtbot.wait(20)
    window._on_signed_in(at.desk)
    qtbot.waitUntil(lambda: bool(at.desk.locks))
    assert [cause for cause, _place, _unused in at.desk.locks] == ["sleep"]


def test_that_what_is_not_heard_is_said_and_what_is_heard_is_not(qtbot: QtBot, at: Signed, system: FakeEvents) -> None:
    def said() -> list[str]:
        assert at.window.console is not None
        labels = at.window.console.status.findChildren(QLabel, "system_state")
        return [label.text() for label in labels if label.isVisible()]

    system.told(Followed(sleep=True, session=True))
    qtbot.wait(20)
    assert said() == []
    system.told(Followed())
    qtbot.waitUntil(lambda: bool(said()))
    label = named(at.window, "system_state")
    assert isinstance(label, QLabel)
    assert "Ctrl+L" in label.text()
    system.told(Followed(screen=True))
    qtbot.waitUntil(lambda: "sleep" in label.text())


def test_that_a_console_whose_office_died_locks(qtbot: QtBot, at: Signed) -> None:
    assert at.window.console is not None
    at.now += 40
    at.window.console.pulse.over.emit("office_lost")
    qtbot.waitUntil(lambda: bool(at.desk.locks))
    assert [(cause, unused_s) for cause, _place, unused_s in at.desk.locks] == [("office_lost", 40)]
    assert at.desk.ended == []


@pytest.mark.parametrize("cause", ["session_over", "cache_lost", "ended_by_administrator"])
def test_that_what_cannot_go_on_ends(qtbot: QtBot, at: Signed, cause: str) -> None:
    assert at.window.console is not None
    at.window.console.pulse.over.emit(cause)
    qtbot.waitUntil(lambda: at.desk.ended == [cause])
    assert at.desk.locks == []


def test_that_a_clock_that_was_set_back_locks_at_the_next_look_and_at_once_after_a_sleep(
    qtbot: QtBot, at: Signed, system: FakeEvents
) -> None:
    console = at.window.console
    assert console is not None
    console.leaving.look_at_clock()
    assert at.desk.locks == []
    assert console.clocks.machine.isActive()
    at.desk.is_clock_set_back = True
    system.tell(E.AWAKE)
    qtbot.waitUntil(lambda: bool(at.desk.locks))
    assert [cause for cause, _place, _unused in at.desk.locks] == ["clock_set_back"]
    assert not console.clocks.machine.isActive()
