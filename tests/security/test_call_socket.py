"""T3, A25: a console during a call, with the product's own processes and the real `tirai call` (`call_play.py`).

Nobody looks at the console: its customers are covered, not locked; the call's end locks, and so does the maximum of
policy, whatever is said of calls. The socket that hears of calls answers its own OS user alone, is confused by nothing,
and can do nothing else than delay that lock.
"""

import os
import socket
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.security.call_play import NOTE
from tests.security.directing import Director, directed

pytestmark = pytest.mark.slow  # real processes

PLAY = Path(__file__).with_name("call_play.py")


@pytest.fixture(scope="module")
def director() -> Iterator[Director]:
    with directed(PLAY, reads_memory=False) as it:
        yield it


class OnCall:
    """One whole story: called, covered, back, covered, hung up, locked."""

    def __init__(self, director: Director) -> None:
        self._director = director
        self.nobody = self.tirai("start")
        self.begun = director.ask("begin", account="ratna")
        self.ready = self.wait("ready")
        (self.path,) = Path(self.begun["runtime"]).glob("console-*.sock")
        self.mode = self.path.lstat().st_mode
        self.started = self.tirai("start", "--call-id", "a84b4c76e66710@pbx")
        self.wait("on_call")
        self.again = self.tirai("start", "--call-id", "a84b4c76e66710@pbx")
        self.hostile = director.ask("hostile")
        self.stranger = asked_by_root(self.path, b'{"does": "call_start", "call": "strangers"}\n')
        self.say("rest")
        self.covered = self.wait("covered")
        self.second = self.tirai("start", "--call-id", "b2")
        self.say("back")
        self.uncovered = self.wait("uncovered")
        self.one_ended = self.tirai("end", "--call-id", "b2")
        self.say("rest")
        self.covered_again = self.wait("covered", 2)
        self.ended = self.tirai("end")
        self.locked = self.wait("console", 2)
        self.at_lock = self.tirai("start")
        self.left = director.ask("left")

    def tirai(self, *words: str, **more: Any) -> dict[str, Any]:
        return self._director.ask("tirai", words=words, **more)

    def say(self, name: str) -> None:
        self._director.ask("say", name=name)

    def wait(self, event: str, nth: int = 1) -> dict[str, Any]:
        told = self._director.ask("wait", event=event, nth=nth)
        assert told["event"] == event, told
        return told


def asked_by_root(path: Path, words: bytes) -> bytes | None:
    """What a console answers to another OS user who reached its socket all the same; None: nobody here can."""
    if os.geteuid() != 0:
        return None
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(60)
        line.connect(str(path))
        try:
            line.sendall(words)
            return line.recv(64)
        except (BrokenPipeError, ConnectionResetError):
            return b""


@pytest.fixture(scope="module")
def story(director: Director) -> OnCall:
    return OnCall(director)


def test_that_a_softphone_needs_no_password_and_is_told_what_came_of_it(story: OnCall) -> None:
    assert story.nobody["code"] == 5
    assert "No console is open here" in story.nobody["err"]
    for told in (story.started, story.again, story.second):
        assert (told["code"], told["out"]) == (0, "The console knows that a call is on.\n")
    for told in (story.one_ended, story.ended):
        assert (told["code"], told["out"]) == (0, "The console knows that the call has ended.\n")
    assert story.at_lock["code"] == 0
    assert "The console is locked" in story.at_lock["out"]


@pytest.mark.attack("A25")
def test_that_during_a_call_an_unattended_console_shows_no_customer_and_does_not_lock(story: OnCall) -> None:
    name = story.ready["name"]
    assert name in story.ready["shown"], "the control: readers find the customer"
    for told in (story.covered, story.covered_again):
        assert told["pid"] == story.begun["console"], "the same process: no lock"
        assert "Covered: nobody is using this console" in told["shown"]
        assert name not in told["shown"]
        assert NOTE in told["shown"]
        assert told["note"]


def test_that_a_key_uncovers_at_once(story: OnCall) -> None:
    assert story.uncovered["covered"] is False
    assert story.ready["name"] in story.uncovered["shown"]


def test_that_the_end_of_the_call_locks_a_console_that_nobody_uses(story: OnCall) -> None:
    assert story.locked["screen"] == "LockScreen"
    assert story.locked["pid"] != story.begun["console"]
    assert len(story.left["entries"]) == 1, "a lock is no end"


def test_that_bad_words_are_refused_and_a_crowd_keeps_nobody_out(story: OnCall) -> None:
    refused = '{"answer": "refused"}\n'
    expected = dict.fromkeys(("garbage", "another verb", "an id with an escape", "too long an id"), refused)
    expected |= {"a megabyte": "", "without an end": "", "amid a thousand": '{"answer": "open"}\n'}
    assert story.hostile == expected


def test_that_the_socket_is_its_owners_alone(story: OnCall) -> None:
    assert stat.S_IMODE(story.mode) == 0o600
    if story.stranger is None:
        pytest.skip("only root can reach another user's socket")
    assert story.stranger == b""


@pytest.mark.attack("A25")
@pytest.mark.asvs("V7.3.1")
def test_that_a_call_nobody_ends_locks_at_the_maximum_of_policy(director: Director) -> None:
    director.ask("begin", account="sari")
    assert director.ask("wait", event="ready")["event"] == "ready"
    assert director.ask("tirai", words=["start"])["code"] == 0
    director.ask("wait", event="on_call")
    director.ask("say", name="rest")
    assert director.ask("wait", event="covered")["event"] == "covered"
    for nth in range(3):
        said = director.ask("tirai", words=["start", "--account", "sari", "--call-id", str(nth)])
        assert said["out"] == "The console knows that a call is on.\n", "it is not locked yet"
    director.ask("say", name="over")
    assert director.ask("wait", event="console", nth=2)["screen"] == "LockScreen"
