"""The status bar: what must be read is never cut; calm things go first, and come back with the room."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.ui.application import TiraiApplication
from app.ui.capture.guard import CaptureState
from app.ui.console.status_bar import StatusBar
from app.ui.theme.look import Look


def shown(bar: StatusBar) -> dict[str, QLabel]:
    named = [label for label in bar.findChildren(QLabel) if label.objectName().endswith("_state")]
    return {label.objectName(): label for label in named if label.isVisible() and label.text()}


@pytest.fixture
def bar(qtbot: QtBot, qapp: TiraiApplication, look: Look) -> StatusBar:
    bar = StatusBar(look)
    qtbot.addWidget(bar)
    bar.resize(1366, 26)
    bar.show()
    bar.show_filled(4_812, 4_812)
    return bar


def settle(qtbot: QtBot, bar: StatusBar, width: int) -> None:
    bar.resize(width, 26)
    qtbot.wait(30)


def test_that_what_must_be_read_is_never_cut(qtbot: QtBot, bar: StatusBar) -> None:
    bar.show_system(hears_locks=False, hears_sleep=False)
    bar.show_open(1)
    bar.show_copied(20)
    bar.show_capture(CaptureState.EXCEPTED, "27 Nov, 18:00")
    settle(qtbot, bar, 1180)
    labels = shown(bar)
    assert {"system_state", "open_state", "clipboard_state", "capture_state"} <= labels.keys()
    assert all(label.width() >= label.sizeHint().width() for label in labels.values())
    assert not bar._caps.isVisible()


def test_that_calm_things_come_back_with_the_room(qtbot: QtBot, bar: StatusBar) -> None:
    settle(qtbot, bar, 700)
    assert not bar._caps.isVisible()
    settle(qtbot, bar, 1366)
    assert bar._caps.isVisible()
    assert {"cache_state", "connection_state", "capture_state"} <= shown(bar).keys()


def test_that_what_is_not_wanted_stays_away(qtbot: QtBot, bar: StatusBar) -> None:
    bar.show_caps(False)
    bar.show_no_customers()
    settle(qtbot, bar, 700)
    settle(qtbot, bar, 1900)
    assert not bar._caps.isVisible()
    assert "cache_state" not in shown(bar)
