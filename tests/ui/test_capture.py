"""Every top-level window is kept out of captures, from before it is shown on; IT's exception; what a person is told.

Windows and macOS are not run here: fakes of their libraries write down what they are asked.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QComboBox, QDialog, QMenu, QMessageBox, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from app.domain.capture_exception import CaptureException
from app.ui.application import TiraiApplication
from app.ui.capture.block import (
    SHARING_NONE,
    SHARING_READ_ONLY,
    WDA_EXCLUDEFROMCAPTURE,
    WDA_MONITOR,
    WDA_NONE,
    MacBlock,
    WindowsBlock,
    block_of_this_system,
)
from app.ui.capture.guard import CaptureGuard, CaptureState
from app.ui.console.status_bar import StatusBar
from app.ui.main_window import MainWindow
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.ui.conftest import named
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_door import FakeSignIn


@dataclass
class Block:
    """A system that takes what it is told, or refuses."""

    takes: bool = True
    is_dependable: bool = True
    asked: list[tuple[int, bool]] = field(default_factory=list)

    def apply(self, window: int, *, blocked: bool) -> bool:
        self.asked.append((window, blocked))
        return self.takes


@dataclass
class Clock:
    now: float = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def guarded(qapp: TiraiApplication) -> Iterator[Callable[..., tuple[CaptureGuard, Block, Clock]]]:
    made: list[CaptureGuard] = []

    def make(takes: bool = True) -> tuple[CaptureGuard, Block, Clock]:
        block, clock = Block(takes), Clock()
        made.append(CaptureGuard(qapp, block, clock=clock))
        return made[-1], block, clock

    yield make
    for guard in made:
        qapp.removeEventFilter(guard)


kept: list[QWidget] = []


@pytest.fixture(autouse=True)
def nothing_stays() -> Iterator[None]:
    yield
    kept.clear()


def shown(widget: QWidget, qtbot: QtBot) -> int:
    kept.append(widget)  # pytest-qt holds it weakly
    qtbot.addWidget(widget)
    widget.show()
    handle = widget.windowHandle()
    assert handle is not None
    return int(handle.winId())


Guarded = Callable[..., tuple[CaptureGuard, Block, Clock]]


NO_SCREEN = "This plugin does not support (grabbing the keyboard|raise|propagateSizeHints)"


@pytest.mark.attack("A24")
@pytest.mark.qt_log_ignore(NO_SCREEN, extend=True)
@pytest.mark.parametrize("make", [QWidget, QDialog, QMessageBox, QMenu])
def test_that_each_kind_of_window_is_blocked(guarded: Guarded, qtbot: QtBot, make: type[QWidget]) -> None:
    guard, block, _clock = guarded()
    assert (shown(make(), qtbot), True) in block.asked
    assert all(blocked for _window, blocked in block.asked)
    assert guard.state is CaptureState.BLOCKED


@pytest.mark.qt_log_ignore(NO_SCREEN, extend=True)
def test_that_popups_of_boxes_and_tool_tips_are_blocked(guarded: Guarded, qtbot: QtBot) -> None:
    _guard, block, _clock = guarded()
    box = QComboBox()
    box.addItems(["one", "two"])
    first = shown(box, qtbot)
    before = {window for window, _ in block.asked}
    box.showPopup()
    QToolTip.showText(QPoint(10, 10), "a tip", box)
    qtbot.waitUntil(QToolTip.isVisible)
    visible = {int(window.winId()) for window in QGuiApplication.allWindows() if window.isVisible()}
    assert len(visible - before) >= 2, "the control: a list and a tip"
    assert visible <= {window for window, blocked in block.asked if blocked}
    assert first in visible
    box.hidePopup()
    QToolTip.hideText()


def test_that_a_window_is_blocked_before_it_is_shown(guarded: Guarded, qtbot: QtBot) -> None:
    _guard, block, _clock = guarded()
    widget = QWidget()
    qtbot.addWidget(widget)
    native = int(widget.winId())
    assert not widget.isVisible()
    assert (native, True) in block.asked


@pytest.mark.parametrize("again", ["minimised", "hidden", "another_native_window"])
def test_that_it_is_blocked_anew(guarded: Guarded, qtbot: QtBot, again: str) -> None:
    _guard, block, _clock = guarded()
    widget = QWidget()
    shown(widget, qtbot)
    block.asked.clear()
    if again == "minimised":
        widget.showMinimized()
        widget.showNormal()
    elif again == "hidden":
        widget.hide()
        widget.show()
    else:
        widget.destroy()
        widget.create()
        widget.show()
    handle = widget.windowHandle()
    assert handle is not None
    assert (int(handle.winId()), True) in block.asked


def test_that_windows_that_stand_already_are_blocked(qapp: TiraiApplication, guarded: Guarded, qtbot: QtBot) -> None:
    native = shown(QWidget(), qtbot)
    _guard, block, _clock = guarded()
    assert (native, True) in block.asked


def test_that_a_refusal_for_a_shown_window_is_the_state(guarded: Guarded, qtbot: QtBot) -> None:
    guard, block, _clock = guarded(takes=False)
    widget = QWidget()
    shown(widget, qtbot)
    assert guard.state.value == "refused"
    block.takes = True
    widget.hide()
    widget.show()
    assert guard.state is CaptureState.BLOCKED


def test_that_events_inside_windows_are_left_alone(guarded: Guarded, qtbot: QtBot) -> None:
    guard, block, _clock = guarded()
    widget = QWidget()
    inner = QWidget(widget)
    shown(widget, qtbot)
    block.asked.clear()
    inner.hide()
    inner.show()
    assert not guard.eventFilter(inner, QEvent(QEvent.Type.MouseMove))
    assert block.asked == []


# IT's exception


def exception(clock: Clock, *, begins: float = -60, ends: float = 3600) -> CaptureException:
    return CaptureException(clock.now + begins, clock.now + ends, "Remote support, ticket 4711")


def test_that_an_exception_lifts_it_for_its_time_and_no_longer(guarded: Guarded, qtbot: QtBot) -> None:
    guard, block, clock = guarded()
    native = shown(QWidget(), qtbot)
    guard.allow(exception(clock))
    assert block.asked[-1] == (native, False) or (native, False) in block.asked
    assert guard.state.value == "excepted"
    later = shown(QWidget(), qtbot)
    assert (later, False) in block.asked
    clock.now += 3600
    guard.look()
    assert guard.state is CaptureState.BLOCKED
    assert {(native, True), (later, True)} <= set(block.asked[-4:])


@pytest.mark.parametrize(("begins", "ends"), [(-7200, -3600), (3600, 7200)])
def test_that_one_that_is_over_or_not_yet_lifts_nothing(
    guarded: Guarded, qtbot: QtBot, begins: float, ends: float
) -> None:
    guard, block, clock = guarded()
    shown(QWidget(), qtbot)
    guard.allow(exception(clock, begins=begins, ends=ends))
    assert guard.state is CaptureState.BLOCKED
    assert all(blocked for _window, blocked in block.asked)


def test_that_it_ends_with_the_session_and_is_seen_while_it_holds(
    qapp: TiraiApplication, guarded: Guarded, qtbot: QtBot, look: Look, tasks: Tasks
) -> None:
    guard, block, clock = guarded()
    desk = FakeDesk(count=30)
    desk.capture_exception = exception(clock)
    window = MainWindow(
        FakeSignIn(desk),
        look=look,
        tasks=tasks,
        on_signed_in=lambda _desk: None,
        on_ended=lambda _receipt: None,
        on_approval_wanted=lambda: None,
        capture=guard,
    )
    native = shown(window, qtbot)
    window._on_signed_in(desk)
    qtbot.waitUntil(lambda: any(w.isVisible() for w in window.findChildren(QWidget, "capture_state")))
    state = named(window, "capture_state")
    assert "IT lets screenshots through until" in state.text()  # type: ignore[attr-defined]
    assert (native, False) in block.asked
    screen = window.console
    assert screen is not None
    screen.end("signed_out")
    qtbot.waitUntil(lambda: guard.exception is None)
    assert (native, True) in block.asked[-3:]


# the systems


class User32:
    """A user32 that knows some affinities."""

    def __init__(self, *known: int) -> None:
        self.known, self.calls = known, list[tuple[int, int]]()

    def SetWindowDisplayAffinity(self, window: object, affinity: object) -> int:  # noqa: N802
        self.calls.append((window.value, affinity.value))  # type: ignore[attr-defined]
        return int(affinity.value in self.known)  # type: ignore[attr-defined]


def test_that_windows_is_asked_to_exclude_and_older_ones_to_blacken() -> None:
    new, old, none = User32(WDA_NONE, WDA_MONITOR, WDA_EXCLUDEFROMCAPTURE), User32(WDA_NONE, WDA_MONITOR), User32()
    assert WindowsBlock(new).apply(0x1234_5678_9ABC, blocked=True)
    assert new.calls == [(0x1234_5678_9ABC, WDA_EXCLUDEFROMCAPTURE)]
    assert WindowsBlock(old).apply(7, blocked=True)
    assert old.calls == [(7, WDA_EXCLUDEFROMCAPTURE), (7, WDA_MONITOR)]
    assert WindowsBlock(new).apply(7, blocked=False)
    assert new.calls[-1] == (7, WDA_NONE)
    assert not WindowsBlock(none).apply(7, blocked=True)


class Cocoa:
    """An Objective-C runtime with one window behind a view."""

    def __init__(self, window: int) -> None:
        self.window, self.sent = window, list[tuple[int, str, tuple[object, ...]]]()

    def class_named(self, name: str) -> int:
        return len(name)

    def send(self, receiver: int, selector: str, *arguments: int | bytes) -> int:
        self.sent.append((receiver, selector, arguments))
        return self.window if selector == "window" else 0


def test_that_macos_is_asked_to_share_nothing() -> None:
    cocoa = Cocoa(window=99)
    block = MacBlock(cocoa, "14.6.1")
    assert block.apply(7, blocked=True)
    assert block.apply(7, blocked=False)
    assert [told for told in cocoa.sent if told[1] == "setSharingType:"] == [
        (99, "setSharingType:", (SHARING_NONE,)),
        (99, "setSharingType:", (SHARING_READ_ONLY,)),
    ]
    assert not MacBlock(Cocoa(window=0), "14.6.1").apply(7, blocked=True), "a view without a window yet"


@pytest.mark.parametrize(
    ("version", "dependable"), [("13.0", True), ("14.6.1", True), ("15.0", False), ("26.1", False)]
)
def test_that_newer_macos_is_asked_and_not_counted_on(version: str, dependable: bool) -> None:
    assert MacBlock(Cocoa(1), version).is_dependable is dependable


@pytest.mark.attack("A24")
def test_that_linux_has_no_way_and_says_so(qapp: TiraiApplication, look: Look) -> None:
    assert block_of_this_system("linux") is None
    assert qapp.capture.state is CaptureState.UNAVAILABLE
    bar = StatusBar(look)
    assert bar.capture_words == "Screen capture block: not available here"


def test_that_each_state_has_its_words(qapp: TiraiApplication, look: Look) -> None:
    bar, said = StatusBar(look), set()
    for state in CaptureState:
        bar.show_capture(state, "27 Nov, 18:00")
        said.add(bar.capture_words)
    assert len(said) == len(CaptureState)
    assert any("27 Nov, 18:00" in words for words in said)


def test_that_the_platform_of_these_tests_can_be_captured(qtbot: QtBot) -> None:
    """The control of the honest state: on this system a window's picture is there for the taking."""
    widget = QWidget()
    shown(widget, qtbot)
    picture: QImage = widget.grab().toImage()
    assert not picture.isNull()
