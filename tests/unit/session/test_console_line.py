"""The words between programs of one OS user and an open console; whoever does not speak them is no console."""

import json
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import patience
from app.session import console_line
from app.session.console_line import (
    LONGEST,
    LONGEST_TEXT,
    MOST_CONSOLES,
    Answer,
    Ask,
    answer_line,
    ask,
    consoles_in,
    is_plain,
    read_ask,
    socket_name,
)
from tests.ordinary_user import ordinary_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    with ordinary_folder() as folder:
        yield folder


@contextmanager
def console(path: Path, serve: Callable[[socket.socket], object]) -> Iterator[None]:
    """A stand-in console that takes one caller."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(str(path))
        listener.listen(4)

        def stand() -> None:
            with suppress(OSError):
                line, _address = listener.accept()
                with line:
                    serve(line)

        threading.Thread(target=stand, daemon=True).start()
        yield


def test_that_a_question_comes_out_as_it_went_in() -> None:
    question = Ask("call_start", {"call": "a84b4c76e66710@pbx.example"})
    assert read_ask(question.to_line().removesuffix(b"\n")) == question
    assert len(Ask("call_start", {"call": "\U0001f4de" * LONGEST_TEXT}).to_line()) > LONGEST, "refused as too long"
    assert len(Ask("call_start", {"call": "é" * LONGEST_TEXT}).to_line()) <= LONGEST


@pytest.mark.parametrize(
    "line",
    [
        b"", b"raise", b"null", b"[]", b"7", b'"raise"', b"{}", b'{"does": 7}', b'{"does": "open the office"}',
        b'{"does": "raise", "call": "a"}', b'{"does": "call_start", "phone": "0812"}', b'{"does": ["raise"]}',
        b'{"does": "call_start", "call": null}', b'{"does": "call_start", "call": {"a": 1}}', b"\xff\xfe\x00",
        b'{"does": "call_start", "call": "a\\u0000b"}', b'{"does": "call_start", "call": "a\\nb"}',
        b'{"does": "call_start", "call": "a\\u202eb"}', b'{"does": "call_start", "call": "\\ud800"}',
        b'{"does": "call_start", "call": "' + b"a" * (LONGEST_TEXT + 1) + b'"}', b"[" * 900, b"9" * 1_000,
    ],
)  # fmt: skip
def test_that_anything_else_is_no_question(line: bytes) -> None:
    assert read_ask(line) is None


@given(st.binary(max_size=LONGEST))
def test_that_no_line_breaks_it(line: bytes) -> None:
    question = read_ask(line)
    assert question is None or question.does in console_line.QUESTIONS


@given(st.text())
def test_that_a_plain_text_is_short_and_has_no_control_signs(text: str) -> None:
    if is_plain(text):
        assert len(text) <= LONGEST_TEXT
        assert not any(ord(sign) < 32 for sign in text)


def test_that_an_answer_is_heard(folder: Path) -> None:
    heard: list[bytes] = []

    def serve(line: socket.socket) -> None:
        heard.append(line.recv(LONGEST))
        line.sendall(answer_line(Answer.ON))

    with console(folder / "c", serve):
        assert ask(folder / "c", Ask("call_start", {"call": "a1"})) is Answer.ON
    assert json.loads(heard[0]) == {"does": "call_start", "call": "a1"}


@pytest.mark.parametrize(
    "said",
    [b"", b"here\n", b'{"answer": "yes"}\n', b'{"answer": 1}\n', b'{"answer": "on"}', b"x" * 100_000, b"\n", b"[]\n"],
)
def test_that_whoever_answers_otherwise_is_no_console(
    folder: Path, said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not said:  # who hangs up without a word is tried again until then
        monkeypatch.setattr(patience, "CALLER_S", 0.1)

    def serve(line: socket.socket) -> None:
        line.recv(LONGEST)
        line.sendall(said)

    with console(folder / "c", serve):
        assert ask(folder / "c", Ask("state")) is None


def test_that_a_console_that_says_nothing_or_little_by_little_is_not_waited_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "CALLER_S", 0.1)
    enough = threading.Event()

    def drip(line: socket.socket) -> None:
        while not enough.wait(0.02):
            line.sendall(b" ")

    with console(folder / "c", drip):
        assert ask(folder / "c", Ask("state")) is None
        enough.set()


def test_that_a_console_whose_queue_is_full_is_not_waited_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "CALLER_S", 0.1)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as busy, socket.socket(socket.AF_UNIX) as first:
        busy.bind(str(folder / "c"))
        busy.listen(0)
        first.connect(str(folder / "c"))
        assert ask(folder / "c", Ask("state")) is None


def test_that_a_link_a_file_and_a_strangers_socket_are_not_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def serve(line: socket.socket) -> None:
        line.recv(LONGEST)
        line.sendall(answer_line(Answer.ON))

    (folder / "file").write_text("")
    (folder / "link").symlink_to(folder / "c")
    assert ask(folder / "nothing", Ask("state")) is None
    assert ask(folder / "file", Ask("state")) is None
    with console(folder / "c", serve):
        assert ask(folder / "link", Ask("state")) is None
        with monkeypatch.context() as stranger:
            stranger.setattr(os, "getuid", lambda: 4_242)
            assert ask(folder / "c", Ask("state")) is None
        assert ask(folder / "c", Ask("state")) is Answer.ON, "the control"


def test_that_a_stranger_behind_a_socket_of_ours_gets_no_word(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[bytes] = []
    monkeypatch.setattr(console_line, "is_own", lambda _line: False)
    with console(folder / "c", lambda line: heard.append(line.recv(LONGEST))):
        assert ask(folder / "c", Ask("call_start", {"call": "a1"})) is None
    assert not any(heard)


def test_that_the_name_of_a_socket_holds_no_account_and_bears_any(folder: Path) -> None:
    assert "ratna" not in socket_name("ratna")
    assert socket_name(" Ratna ") == socket_name("ratna")
    assert "/" not in socket_name("../../etc/passwd")


def test_that_consoles_are_found_by_name_and_not_without_end(folder: Path) -> None:
    for nth in range(MOST_CONSOLES + 5):
        (folder / f"{socket_name(str(nth))}.sock").touch()
    (folder / "office.sock").touch()
    found = consoles_in(folder)
    assert len(found) == MOST_CONSOLES
    assert folder / "office.sock" not in found
    assert consoles_in(folder / "nowhere") == []
