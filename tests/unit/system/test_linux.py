"""What the login manager and the screen savers say, over real message buses; the programs on them are fakes."""

import os
import queue
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.domain.system_events import Followed, SystemEvent
from app.system.linux import LinuxEvents
from app.system.screen_savers import NAMES
from tests.desktop import Desktop, fake_desktop
from tests.keyring_session import missing_programs, private_bus

PATIENCE_S = 120.0
THREADS = {"login-manager", "screen-savers", "hold-up"}

pytestmark = pytest.mark.skipif(bool(missing_programs()), reason="no message bus here")


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with private_bus(tmp_path_factory.mktemp("bus")) as session, fake_desktop(session) as it:
        yield it


def until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.005)


class Heard:
    """A listener, and what it heard."""

    def __init__(self) -> None:
        self.events: queue.Queue[SystemEvent] = queue.Queue()
        self.followed: queue.Queue[Followed] = queue.Queue()
        self.gave_up: queue.Queue[bool] = queue.Queue()
        self.linux = LinuxEvents(lambda: self.gave_up.put(True), give_up_s=0.2)

    def follow(self, until: Followed) -> None:
        self.linux.follow(self.events.put, self.followed.put)
        while self.followed.get(timeout=PATIENCE_S) != until:
            pass

    def wait_closed(self, *names: str) -> None:
        until(lambda: not [t for t in threading.enumerate() if t.name in (names or THREADS)])

    def next(self) -> SystemEvent:
        return self.events.get(timeout=PATIENCE_S)


@pytest.fixture
def heard(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    for name in ("DBUS_SYSTEM_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.setenv(name, desktop.environment[name])
    it = Heard()
    it.follow(Followed(sleep=True, session=True, screen=True))
    yield it
    it.linux.close()
    it.wait_closed()
    desktop("wake")


@pytest.mark.attack("A2")
@pytest.mark.parametrize(
    ("order", "event"),
    [
        ("sleep", SystemEvent.SLEEP),
        ("shutdown", SystemEvent.SHUTDOWN),
        ("wake", SystemEvent.AWAKE),
        ("lock", SystemEvent.SCREEN_LOCKED),
        ("hint", SystemEvent.SCREEN_LOCKED),
        ("switch", SystemEvent.USER_SWITCHED),
        ("close", SystemEvent.LOGOUT),
        ("remove", SystemEvent.LOGOUT),
    ],
)
def test_that_the_login_manager_is_heard(heard: Heard, desktop: Desktop, order: str, event: SystemEvent) -> None:
    desktop(order)
    assert heard.next() is event


@pytest.mark.parametrize("name", NAMES)
def test_that_each_desktops_screen_saver_is_heard(heard: Heard, desktop: Desktop, name: str) -> None:
    desktop("saver", name=name, active=False)
    desktop("saver", name=name)
    assert heard.next() is SystemEvent.SCREEN_LOCKED
    assert heard.events.empty(), "a screen that is lit again says nothing"


@pytest.mark.attack("A2")
def test_that_an_open_session_holds_sleep_and_shutdown_and_lets_go(heard: Heard, desktop: Desktop) -> None:
    assert desktop("held") == {"held": []}
    heard.linux.hold()
    until(lambda: bool(desktop("held")["held"]))
    assert desktop("held")["held"] == [{"pid": os.getpid(), "what": "sleep:shutdown", "mode": "delay"}]
    heard.linux.let_go()
    until(lambda: not desktop("held")["held"])
    assert desktop("released")["released"][-1]["memory"], "the control: a process that lives on is told from a gone one"


def test_that_a_machine_that_may_not_be_held_up_is_said(heard: Heard, desktop: Desktop) -> None:
    """It would sleep before the console has locked."""
    desktop("refuse", yes=True)
    try:
        heard.linux.hold()
        assert heard.followed.get(timeout=PATIENCE_S) == Followed(sleep=False, session=True, screen=True)
    finally:
        desktop("refuse", yes=False)


def test_that_no_other_program_gets_the_descriptor(heard: Heard, desktop: Desktop) -> None:
    heard.linux.hold()
    until(lambda: heard.linux._held is not None)
    assert heard.linux._held is not None
    assert not os.get_inheritable(heard.linux._held)


def test_that_a_sleep_that_had_begun_when_the_session_opened_is_heard(heard: Heard, desktop: Desktop) -> None:
    desktop("sleep")
    assert heard.next() is SystemEvent.SLEEP
    heard.linux.hold()
    assert heard.next() is SystemEvent.SLEEP


def test_that_a_process_that_is_still_there_gives_up_and_one_that_woke_does_not(heard: Heard, desktop: Desktop) -> None:
    heard.linux._give_up_s = 3600.0
    heard.linux.hold()
    until(lambda: heard.linux._held is not None)
    desktop("sleep")
    assert heard.next() is SystemEvent.SLEEP
    waiting = heard.linux._patience
    assert waiting is not None
    desktop("wake")
    assert heard.next() is SystemEvent.AWAKE
    waiting.join(PATIENCE_S)
    assert not waiting.is_alive()
    assert heard.gave_up.empty()
    heard.linux._give_up_s = 0.0
    desktop("shutdown")
    assert heard.gave_up.get(timeout=PATIENCE_S)


def test_that_nobody_gives_up_where_no_session_is_open(heard: Heard, desktop: Desktop) -> None:
    desktop("sleep")
    assert heard.next() is SystemEvent.SLEEP
    assert heard.linux._patience is None


def test_that_a_stranger_on_the_bus_locks_and_ends_nobody(heard: Heard, desktop: Desktop) -> None:
    """A match rule holds no signal back that is sent straight to a connection: who sent it has to be asked."""
    assert desktop("stranger", to=[os.getpid()])["told"] >= 1, "the control: the listener was spoken to"
    desktop("switch")
    assert heard.next() is SystemEvent.USER_SWITCHED, "the stranger came first, and was not heard"


def test_that_somebody_elses_session_is_no_matter(heard: Heard, desktop: Desktop) -> None:
    desktop("other")
    desktop("switch")
    assert heard.next() is SystemEvent.USER_SWITCHED, "the other one's lock and end came first"


def test_that_one_who_lets_go_before_the_machine_has_answered_holds_nothing(heard: Heard, desktop: Desktop) -> None:
    heard.linux.hold()
    heard.linux.let_go()
    heard.wait_closed("hold-up")
    until(lambda: not desktop("held")["held"])
    assert heard.linux._held is None


def test_that_without_a_bus_that_is_said_and_nothing_breaks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'nobody'}")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    it = Heard()
    it.follow(Followed())
    assert not it.followed.get(timeout=PATIENCE_S).hears_locks
    it.linux.hold()
    it.linux.let_go()


def test_that_a_bus_without_a_login_manager_is_no_login_manager(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with private_bus(tmp_path) as session:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", session["DBUS_SESSION_BUS_ADDRESS"])
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", session["DBUS_SESSION_BUS_ADDRESS"])
        it = Heard()
        it.follow(Followed(screen=True))
        assert it.followed.empty() or it.followed.get() == Followed(screen=True)
        it.linux.close()
        it.wait_closed()


def test_that_a_bus_that_goes_away_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    it = Heard()
    with private_bus(tmp_path) as session, fake_desktop(session) as desktop:
        for name in ("DBUS_SYSTEM_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS"):
            monkeypatch.setenv(name, desktop.environment[name])
        it.follow(Followed(sleep=True, session=True, screen=True))
    while it.followed.get(timeout=PATIENCE_S) != Followed():
        pass
