"""A session manager's question is answered once the session is over, and a signal to stop is heard while Qt waits."""

import os
import signal
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import SIGNAL
from pytestqt.qtbot import QtBot

from app.ui.application import TiraiApplication
from app.ui.system_stop import LogoutWatch, StopSignals
from tests.ui.conftest import Signed


@pytest.fixture
def at(console: Callable[..., Signed]) -> Signed:
    return console()


def test_that_a_logout_is_answered_when_note_and_session_are_done(qapp: TiraiApplication, at: Signed) -> None:
    window = at.window
    assert window.console is not None
    window.console.desk_panel.note.edit.setPlainText("half a sentence")
    watch = LogoutWatch(qapp, lambda: window.end_session("os_logout"), lambda: window.has_session)
    watch.on_asked()
    assert at.desk.ended == ["os_logout"], "before the answer, not after it"
    assert not window.has_session
    assert [receipt.cause for receipt in at.receipts] == ["os_logout"]
    assert "half a sentence" in [text for _record, _note, text in at.desk.saved]
    watch.deleteLater()


def test_that_a_logout_without_a_session_is_answered_at_once(qapp: TiraiApplication) -> None:
    ended: list[str] = []
    watch = LogoutWatch(qapp, lambda: ended.append("asked"), lambda: False)
    watch.on_asked()
    assert ended == []
    watch.deleteLater()


def test_that_the_session_managers_question_reaches_it(qapp: TiraiApplication) -> None:
    question = SIGNAL("commitDataRequest(QSessionManager&)")
    before = qapp.receivers(question)
    watch = LogoutWatch(qapp, lambda: None, lambda: False)
    assert qapp.receivers(question) == before + 1
    watch.deleteLater()


@pytest.fixture
def untouched() -> Iterator[None]:
    handler = signal.getsignal(signal.SIGUSR1)
    yield
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGUSR1, handler)


def test_that_a_signal_is_heard_once_while_qt_waits(qtbot: QtBot, qapp: TiraiApplication, untouched: None) -> None:
    stops = StopSignals([signal.SIGUSR1], qapp)
    heard: list[int] = []
    stops.stopped.connect(heard.append)
    for _ in range(3):
        os.kill(os.getpid(), signal.SIGUSR1)
    qtbot.waitUntil(lambda: bool(heard))
    os.kill(os.getpid(), signal.SIGUSR1)
    qtbot.wait(20)
    assert heard == [signal.SIGUSR1]
    stops.deleteLater()


def test_that_what_was_ignored_before_stays_ignored(qapp: TiraiApplication, untouched: None) -> None:
    """`nohup` ignores a closed terminal."""
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    stops = StopSignals([signal.SIGUSR1], qapp)
    assert signal.getsignal(signal.SIGUSR1) is signal.SIG_IGN
    stops.deleteLater()
