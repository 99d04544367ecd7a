"""Windows and macOS: what recorded messages and names mean. The systems themselves are not here, and that is said."""

import queue
import sys

import pytest

from app.domain.system_events import Followed, SystemEvent, SystemEvents
from app.system import macos, windows
from app.system.choice import events_of_this_system
from app.system.linux import LinuxEvents
from app.system.macos import MacEvents
from app.system.windows import WindowsEvents

PATIENCE_S = 120.0

RECORDED_WINDOWS = [
    # WM_POWERBROADCAST: suspend; status change; resume by itself; resume by the person, which follows it
    (0x0218, 0x0004, 0, SystemEvent.SLEEP),
    (0x0218, 0x000A, 0, None),
    (0x0218, 0x0012, 0, SystemEvent.AWAKE),
    (0x0218, 0x0007, 0, None),
    # WM_WTSSESSION_CHANGE, for session 1: lock, unlock, console connect and disconnect, remote disconnect, log-off
    (0x02B1, 0x0007, 1, SystemEvent.SCREEN_LOCKED),
    (0x02B1, 0x0008, 1, None),
    (0x02B1, 0x0001, 1, None),
    (0x02B1, 0x0002, 1, SystemEvent.USER_SWITCHED),
    (0x02B1, 0x0004, 1, SystemEvent.USER_SWITCHED),
    (0x02B1, 0x0006, 1, SystemEvent.LOGOUT),
    # WM_QUERYENDSESSION: shutdown, log-off (also as a negative LPARAM); WM_ENDSESSION and WM_PAINT mean nothing here
    (0x0011, 0, 0, SystemEvent.SHUTDOWN),
    (0x0011, 0, 0x80000000, SystemEvent.LOGOUT),
    (0x0011, 0, -0x80000000, SystemEvent.LOGOUT),
    (0x0016, 1, 0, None),
    (0x000F, 0, 0, None),
]


@pytest.mark.parametrize(("message", "w_parameter", "l_parameter", "event"), RECORDED_WINDOWS)
def test_that_a_window_message_means(
    message: int, w_parameter: int, l_parameter: int, event: SystemEvent | None
) -> None:
    assert windows.event_of(message, w_parameter, l_parameter) is event


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("NSWorkspaceWillSleepNotification", SystemEvent.SLEEP),
        ("NSWorkspaceDidWakeNotification", SystemEvent.AWAKE),
        ("NSWorkspaceSessionDidResignActiveNotification", SystemEvent.USER_SWITCHED),
        ("NSWorkspaceSessionDidBecomeActiveNotification", None),
        ("NSWorkspaceWillPowerOffNotification", SystemEvent.SHUTDOWN),
        ("com.apple.screenIsLocked", SystemEvent.SCREEN_LOCKED),
        ("com.apple.screenIsUnlocked", None),
        ("NSWorkspaceDidMountNotification", None),
    ],
)
def test_that_a_notification_means(name: str, event: SystemEvent | None) -> None:
    assert macos.event_of(name) is event


def test_that_messages_are_told_in_their_order() -> None:
    told: list[SystemEvent] = []
    on_windows, on_a_mac = WindowsEvents(lambda: None), MacEvents(lambda: None)
    on_windows._tell = on_a_mac._tell = told.append
    for message, w_parameter, l_parameter, _event in RECORDED_WINDOWS:
        on_windows.answer(message, w_parameter, l_parameter)
    assert told == [event for *_message, event in RECORDED_WINDOWS if event]
    told.clear()
    for name in ("com.apple.screenIsLocked", "NSWorkspaceWillSleepNotification", "something else"):
        on_a_mac.hear(name)
    assert told == [SystemEvent.SCREEN_LOCKED, SystemEvent.SLEEP]


@pytest.mark.skipif(sys.platform != "linux", reason="here it would be followed")
@pytest.mark.parametrize("kind", [WindowsEvents, MacEvents])
def test_that_on_another_system_nothing_is_heard_and_that_is_said(kind: type[WindowsEvents] | type[MacEvents]) -> None:
    told: queue.Queue[Followed] = queue.Queue()
    events: SystemEvents = kind(lambda: None)
    events.follow(lambda _event: None, told.put)
    assert told.get(timeout=PATIENCE_S) == Followed()
    events.hold()
    events.close()


@pytest.mark.parametrize(
    ("platform", "kind"), [("linux", LinuxEvents), ("win32", WindowsEvents), ("darwin", MacEvents)]
)
def test_that_each_system_has_its_own_way(monkeypatch: pytest.MonkeyPatch, platform: str, kind: type[object]) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert isinstance(events_of_this_system(lambda: None), kind)
