"""T3, A25: who calls, told by the real `tirai pop` to a real console (`pop_play.py`).

The command learns nothing of whom a number belongs to. A number is in no file, title, process and lock screen. A bad
program of the same OS user can ask for cards, not faster than a person can look; it takes no focus and no words from
whoever types, and another OS user is not answered.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.security.directing import Director, directed
from tests.security.pop_play import WORDS
from tests.security.test_call_socket import asked_by_root

pytestmark = pytest.mark.slow  # real processes

PLAY = Path(__file__).with_name("pop_play.py")
TOLD = (0, "The console knows who calls.\n", "")


@pytest.fixture(scope="module")
def director() -> Iterator[Director]:
    with directed(PLAY, reads_memory=False) as it:
        yield it


class Story:
    """Popped, popped while typing, a crowd, a lock with callers, a resume."""

    def __init__(self, director: Director) -> None:
        self._director = director
        self.seen = 0
        who = director.ask("who")
        (self.alone, self.shared, self.nobodys), self.names = who["numbers"], who["names"]
        self.no_console = self.pop(self.alone)
        self.begun = director.ask("begin", account="ratna")
        self.wait("ready")
        runtime = Path(self.begun_runtime())
        (self.path,) = runtime.glob("console-*.sock")
        self.not_a_number = self.pop("Sari Wulandari", "--call-id", "x")
        self.popped = self.pop(self.alone, "--call-id", "a1")
        self.say("asked")
        self.opened = self.next_seen()
        self.again = self.pop(f"+62 {self.alone[1:4]}-{self.alone[4:]}", "--call-id", "a1")
        self.stranger = asked_by_root(self.path, b'{"does": "pop", "phone": "+6281277001234"}\n')
        self.say("type", WORDS)
        self.typing = self.next_seen()
        self.second = self.pop(self.shared, "--call-id", "b2")
        self.offered = self.look("A second call is waiting")
        self.say("type", "ge")
        self.typed_on = self.next_seen()
        self.crowd = director.ask("crowd")
        self.crowded = self.look()
        self.traces = director.ask("traces")
        self.say("lock")
        self.locked = self.wait("locked")
        self.at_lock = self.pop(self.nobodys, "--call-id", "c3")
        self.say("resume", self.begun["password"])
        self.at_lock_seen = self.wait("at_lock")
        self.wait("resumed")
        self.resumed = self.look("waiting")
        self.end_traces = director.ask("traces")

    def begun_runtime(self) -> str:
        """Where this user's sockets lie; the play's own folder has it."""
        return str(self._director.ask("runtime")["runtime"])

    def pop(self, number: str, *words: str) -> tuple[int, str, str]:
        told = self._director.ask("pop", words=["--phone", number, *words])
        return told["code"], told["out"], told["err"]

    def say(self, name: str, text: str = "") -> None:
        self._director.ask("say", name=name, text=text)

    def wait(self, event: str, nth: int = 1) -> dict[str, Any]:
        told = self._director.ask("wait", event=event, nth=nth)
        assert told["event"] == event, told
        return told

    def next_seen(self) -> dict[str, Any]:
        self.seen += 1
        return self.wait("seen", self.seen)

    def look(self, text: str = "") -> dict[str, Any]:
        self.say("look", text)
        return self.next_seen()


@pytest.fixture(scope="module")
def story(director: Director) -> Story:
    return Story(director)


def test_that_a_pop_opens_the_callers_card_and_asks_who_it_is(story: Story) -> None:
    assert story.no_console[0] == 5
    assert story.popped == TOLD
    assert (story.opened["name"], story.opened["checks"], story.opened["calls"]) == (story.names[0], True, 1)


def test_that_the_command_says_the_same_whoever_calls_and_repeats_no_number(story: Story) -> None:
    assert story.popped == story.again == story.second == TOLD
    code, out, err = story.not_a_number
    assert (code, out) == (3, "")
    assert "Sari" not in err


def test_that_the_same_call_told_again_is_one_call_and_one_lookup(story: Story) -> None:
    assert (story.typing["calls"], story.typing["lookups"]) == (1, story.opened["lookups"])


def test_that_whoever_types_keeps_focus_card_and_words(story: Story) -> None:
    for told in (story.offered, story.typed_on, story.crowded):
        assert told["types"]
        assert told["name"] == story.names[0]
    assert story.typed_on["note"] == f"{WORDS}ge"
    assert story.crowded["note"] == f"{WORDS}ge"
    assert "A second call is waiting" in story.offered["shown"]


@pytest.mark.attack("A25")
def test_that_a_crowd_of_pops_looks_up_nobody_and_bad_words_are_refused(story: Story) -> None:
    refused = '{"answer": "refused"}\n'
    assert set(story.crowd["answered"].values()) == {refused}
    assert story.crowd["flood"] == ["full", "told"]
    assert story.crowded["lookups"] == story.opened["lookups"]
    assert story.crowded["calls"] == 16


def test_that_another_user_is_not_answered(story: Story) -> None:
    if story.stranger is None:
        pytest.skip("only root can reach another user's socket")
    assert story.stranger == b""


def test_that_a_caller_at_the_lock_screen_waits_unseen_for_the_resume(story: Story) -> None:
    assert story.at_lock[0] == 0
    assert "shows who calls once its person has resumed" in story.at_lock[1]
    assert story.locked["shown"].strip()
    for told in (story.locked, story.at_lock_seen):
        assert "\u2022\u2022\u2022" not in told["shown"], "not even a mask"
    assert "waiting" in story.resumed["shown"]


def test_that_no_number_stands_in_a_file_a_process_a_title_or_on_the_screen(story: Story) -> None:
    for traces in (story.traces, story.end_traces):
        assert traces["processes"] >= 3
        assert traces["control"], "the file that was imported, which is not looked into, has them"
        assert (traces["files"], traces["seen"]) == ([], [])
    for told in (story.opened, story.offered, story.typed_on, story.crowded, story.at_lock_seen, story.resumed):
        assert told["title"].startswith("Tirai")
        for number in (story.alone, story.shared, story.nobodys):
            assert number[-8:] not in told["shown"].replace(" ", "") + told["title"]
