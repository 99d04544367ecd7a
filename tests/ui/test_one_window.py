"""The same account again raises the first window; whoever is gone, silent or a stranger raises nothing."""

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain import patience
from app.session import console_line
from app.session.console_line import Ask, socket_name
from app.ui.main_window import MainWindow
from app.ui.one_window import OneWindow, raise_other
from app.ui.sign_in.screen import SignInScreen
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.ordinary_user import ordinary_folder
from tests.ui.conftest import named
from tests.ui.fake_door import FakeSignIn


@pytest.fixture
def folder() -> Iterator[Path]:
    with ordinary_folder() as folder:
        yield folder


def is_closed(line: socket.socket) -> bool:
    """Whether the other end hung up; never waits."""
    try:
        return line.recv(8) == b""
    except BlockingIOError:
        return False
    except ConnectionResetError:  # it hung up with words unread
        return True


Make = Callable[[str], OneWindow]


@pytest.fixture
def stand(folder: Path) -> Iterator[Make]:
    made: list[OneWindow] = []

    def stand(account: str) -> OneWindow:
        made.append(OneWindow(folder.joinpath, account=account))
        return made[-1]

    yield stand
    for one in made:
        one.leave()


def asked(path: Path) -> list[bool]:
    """Ask from another thread, as a door does."""
    answers: list[bool] = []
    threading.Thread(target=lambda: answers.append(raise_other(path)), daemon=True).start()
    return answers


@pytest.mark.attack("A32")
def test_that_the_first_window_is_raised_and_nobody_signs_in_twice(
    qtbot: QtBot, look: Look, tasks: Tasks, folder: Path, stand: Make
) -> None:
    first = stand("Ratna.Dewanti")
    raised: list[bool] = []
    first.raise_wanted.connect(lambda: raised.append(True))
    door = FakeSignIn()
    window = MainWindow(
        door,
        look=look,
        tasks=tasks,
        on_signed_in=lambda _desk: None,
        on_ended=lambda _receipt: None,
        on_approval_wanted=lambda: None,
        one_window=OneWindow(folder.joinpath),
    )
    qtbot.addWidget(window)
    window.show()
    screen = window.centralWidget()
    assert isinstance(screen, SignInScreen)
    screen.form.account.setText("ratna.dewanti ")
    screen.form.password.edit.setText("a long pass phrase")
    screen.form.code.setText("731904")
    qtbot.waitUntil(lambda: bool(raised))
    qtbot.waitUntil(lambda: "brought to the front" in screen.form.error.text())
    assert not door.tries, "nothing was asked of the office"
    assert screen.form.password.text() == ""


def test_that_another_account_signs_in_as_ever(
    qtbot: QtBot, look: Look, tasks: Tasks, folder: Path, stand: Make
) -> None:
    stand("hendra.kusuma")
    signed: list[object] = []
    window = MainWindow(
        FakeSignIn(),
        look=look,
        tasks=tasks,
        on_signed_in=signed.append,
        on_ended=lambda _receipt: None,
        on_approval_wanted=lambda: None,
        one_window=OneWindow(folder.joinpath),
    )
    qtbot.addWidget(window)
    window.show()
    screen = window.centralWidget()
    assert isinstance(screen, SignInScreen)
    screen.form.account.setText("ratna.dewanti")
    screen.form.password.edit.setText("a long pass phrase")
    screen.form.code.setText("731904")
    if screen.form.button.isEnabled():
        QTest.mouseClick(named(screen, "sign_in"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(signed))


def test_that_a_console_that_is_gone_is_not_asked_and_its_place_is_taken(
    qtbot: QtBot, folder: Path, stand: Make
) -> None:
    path = folder / socket_name("ratna")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as dead:
        dead.bind(str(path))
    assert path.exists()
    assert not raise_other(path)
    again = stand("ratna")
    with qtbot.waitSignal(again.raise_wanted):
        answers = asked(path)
    qtbot.waitUntil(lambda: answers == [True])


def test_that_a_window_that_does_not_answer_is_taken_for_gone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "CALLER_S", 0.05)
    path = folder / "silent"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as silent:
        silent.bind(str(path))
        silent.listen(1)
        assert not raise_other(path)


def test_that_other_words_and_strangers_raise_nothing(
    qtbot: QtBot, folder: Path, stand: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = stand("ratna")
    raised: list[bool] = []
    one.raise_wanted.connect(lambda: raised.append(True))
    path = folder / socket_name("ratna")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.connect(str(path))
        line.sendall(b"other\n")
        line.setblocking(False)
        qtbot.waitUntil(lambda: is_closed(line))
    monkeypatch.setattr(console_line, "is_own", lambda _line: False)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.connect(str(path))
        line.sendall(Ask("raise").to_line())
        line.setblocking(False)
        qtbot.waitUntil(lambda: is_closed(line))
    assert not raised


def test_that_the_name_of_the_socket_holds_no_account() -> None:
    assert "ratna" not in socket_name("ratna")
    assert socket_name(" Ratna ") == socket_name("ratna")
