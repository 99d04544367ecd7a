"""The console's socket and who comes to it: garbage, a flood, silence, strangers; and the softphone among them."""

import socket
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain import patience
from app.session import console_line as words
from app.session.console_line import LONGEST, Answer, Ask, ask
from app.ui.console_line import AT_ONCE, MOST_CALLERS, ConsoleLine
from tests.ordinary_user import ordinary_folder
from tests.ui.test_one_window import is_closed


class Console:
    """Listens, and remembers what it was asked."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "console.sock"
        self.asked: list[Ask] = []
        self.line = ConsoleLine(self._answer)
        assert self.line.listen(self.path)

    def _answer(self, question: Ask) -> Answer:
        self.asked.append(question)
        return Answer.ON


@pytest.fixture
def folder() -> Iterator[Path]:
    with ordinary_folder() as folder:
        yield folder


@pytest.fixture
def console(qtbot: QtBot, folder: Path) -> Iterator[Console]:
    made = Console(folder)
    yield made
    made.line.close()
    made.line.deleteLater()


@pytest.fixture
def caller(console: Console) -> Iterator[Callable[[], socket.socket]]:
    """Makes callers who have said nothing yet."""
    with ExitStack() as lines:

        def call() -> socket.socket:
            line = lines.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
            line.setblocking(False)
            line.connect(str(console.path))
            return line

        yield call


def asked(path: Path, call: str = "a1") -> list[Answer | None]:
    """Ask from another thread, as a softphone does from another process."""
    answers: list[Answer | None] = []
    threading.Thread(target=lambda: answers.append(ask(path, Ask("call_start", {"call": call}))), daemon=True).start()
    return answers


def test_that_the_socket_is_its_owners_alone_and_goes_with_the_console(console: Console) -> None:
    assert stat.S_IMODE(console.path.lstat().st_mode) == 0o600
    console.line.close()
    assert not console.path.exists()


def test_that_a_softphone_is_answered(qtbot: QtBot, console: Console) -> None:
    answers = asked(console.path)
    qtbot.waitUntil(lambda: answers == [Answer.ON])
    assert [(a.does, a.texts) for a in console.asked] == [("call_start", {"call": "a1"})]


def test_that_a_link_in_the_way_is_replaced_and_not_followed(folder: Path) -> None:
    victim = folder / "victim"
    victim.write_text("stays")
    (folder / "console.sock").symlink_to(victim)
    made = Console(folder)
    assert victim.read_text() == "stays"
    assert made.path.is_socket()
    made.line.close()


def test_that_where_it_cannot_listen_it_says_so(folder: Path) -> None:
    (folder / "console.sock").mkdir()
    line = ConsoleLine(lambda _question: Answer.ON)
    assert not line.listen(folder / "console.sock")
    assert not line.is_listening


@pytest.mark.parametrize("said", [b"\n", b"garbage\n", b"\x00" * 100 + b"\n", b'{"does":"open"}\n', b"[[[[\n"])
def test_that_garbage_is_refused_and_reaches_nobody(
    qtbot: QtBot, console: Console, caller: Callable[[], socket.socket], said: bytes
) -> None:
    line = caller()
    line.sendall(said)
    qtbot.waitUntil(lambda: is_closed(line))
    assert console.asked == []


def test_that_a_megabyte_without_an_end_is_not_read_and_holds_nobody_up(
    qtbot: QtBot, console: Console, caller: Callable[[], socket.socket]
) -> None:
    line = caller()
    sent = line.send(b"a" * 1_000_000)
    assert sent > LONGEST
    qtbot.waitUntil(lambda: is_closed(line))
    answers = asked(console.path)
    qtbot.waitUntil(lambda: answers == [Answer.ON])
    assert len(console.asked) == 1


def test_that_a_question_in_pieces_is_answered_and_what_follows_it_is_not_read(
    qtbot: QtBot, console: Console, caller: Callable[[], socket.socket]
) -> None:
    line = caller()
    first, second = Ask("call_start", {"call": "a1"}).to_line(), Ask("call_end").to_line()
    line.sendall(first[:9])
    qtbot.waitUntil(lambda: len(console.line._callers) == 1)
    line.sendall(first[9:] + second)
    qtbot.waitUntil(lambda: is_closed(line))
    assert [a.does for a in console.asked] == ["call_start"]


def test_that_whoever_says_nothing_is_let_go(
    qtbot: QtBot, console: Console, caller: Callable[[], socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "CALLER_S", 0.0)
    line = caller()
    line.sendall(b'{"does"')
    qtbot.waitUntil(lambda: is_closed(line))
    assert not console.line._look.isActive(), "and nobody looks any more"


def test_that_a_thousand_who_stand_there_keep_nobody_from_asking(qtbot: QtBot, console: Console) -> None:
    """The flood goes on beside the question; the event loop turns, and the softphone has its answer."""
    enough = threading.Event()

    def flood() -> None:
        with ExitStack() as lines:
            stood = 0
            while stood < 1_000 and not enough.is_set():
                line = lines.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
                line.settimeout(60)
                with suppress(OSError):
                    line.connect(str(console.path))
                    stood += 1
                    continue
                enough.wait(0.001)
            came.append(stood)
            enough.wait(60)

    came: list[int] = []
    turns: list[int] = []
    assert console.line._notifier is not None
    console.line._notifier.activated.connect(lambda: turns.append(len(console.line._callers)))
    threading.Thread(target=flood, daemon=True).start()
    answers = asked(console.path)
    qtbot.waitUntil(lambda: answers == [Answer.ON])
    qtbot.waitUntil(lambda: came == [1_000])
    again = asked(console.path)
    qtbot.waitUntil(lambda: again == [Answer.ON])
    enough.set()
    assert len(turns) > 1_000 // AT_ONCE, "it takes a handful of callers and goes back to the loop"
    assert max(turns) <= MOST_CALLERS


def test_that_a_stranger_gets_no_answer(
    qtbot: QtBot, console: Console, caller: Callable[[], socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "is_own", lambda _line: False)
    line = caller()
    line.sendall(Ask("call_start").to_line())
    qtbot.waitUntil(lambda: is_closed(line))
    assert console.asked == []


def test_that_a_caller_who_hangs_up_before_the_answer_harms_nobody(
    qtbot: QtBot, console: Console, caller: Callable[[], socket.socket]
) -> None:
    line = caller()
    line.sendall(Ask("call_end").to_line())
    line.close()
    qtbot.waitUntil(lambda: len(console.asked) == 1)
    answers = asked(console.path)
    qtbot.waitUntil(lambda: answers == [Answer.ON])
