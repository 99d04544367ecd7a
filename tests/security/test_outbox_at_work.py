"""T10, T2: real processes: a note typed while the office hangs or dies is kept, shows nothing, and is delivered.

A real guardian, console, office and keyring; a person types and signs out, or is locked (`outbox_play.py`).
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.security.directing import Director, directed

pytestmark = pytest.mark.slow  # one story, in its order

PLAY = Path(__file__).with_name("outbox_play.py")


class Story:
    """A note that an office did not take, the end of its session, and the next person's console."""

    def __init__(self, director: Director, signal: str) -> None:
        self._director = director
        self.begun = director.ask("begin", account="ratna")
        self._wait("ready")
        director.ask("say", name="write", text=self.begun["draft"])
        self.began = self._wait("began")
        self.office = director.ask("office", signal=signal)["office"]
        director.ask("say", name="hangs")
        (self._hangs if signal == "SIGSTOP" else self._dies)()
        self.left, self.files = director.ask("left"), director.ask("files")["files"]
        self.kept = director.ask("outbox")["files"]
        director.ask("begin", account="sari")
        self._wait("ready")
        self.after = director.ask("delivered")["files"]
        director.ask("say", name="leave")
        self._wait("receipt")
        self.notes = director.ask("notes", record=self.began["record"])["notes"]

    def _hangs(self) -> None:
        """The person sees it, and signs out."""
        self.waits = self._wait("waits")
        self._director.ask("say", name="leave")
        self.receipt = self._wait("receipt")
        self._director.ask("office", signal="SIGCONT")
        self.texts = self._director.ask("texts")["text"]
        self.scans = self._scan_all()

    def _dies(self) -> None:
        """The console locks, and nobody comes back."""
        self.locked = self._wait("console", 2)
        self.scans = self._scan_all()
        self._director.ask("end")

    def _wait(self, event: str, nth: int = 1) -> dict[str, Any]:
        told = self._director.ask("wait", event=event, nth=nth)
        assert told["event"] == event, told
        return told

    def _scan_all(self) -> list[dict[str, Any] | None]:
        """What the processes hold that stay, the office left out: it is to read the note."""
        self._director.ask("gone", pid=self.begun["console"])
        told, scans = self._director.ask("processes"), list[dict[str, Any] | None]()
        for pid in told["pids"]:
            if pid not in (told["office"], self.office):
                with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it has just gone
                    scans.append(self._scan(pid))
        return scans

    def _scan(self, pid: int) -> dict[str, Any] | None:
        try:
            return self._director.scan(pid, self.begun["mark"], self.begun["keys"])
        except PermissionError:
            return None


@pytest.fixture(scope="module")
def hanging() -> Iterator[Story]:
    with directed(PLAY) as director:
        yield Story(director, "SIGSTOP")


@pytest.fixture(scope="module")
def dying() -> Iterator[Story]:
    with directed(PLAY) as director:
        yield Story(director, "SIGKILL")


@pytest.fixture(params=["hanging", "dying"])
def story(request: pytest.FixtureRequest) -> Story:
    found: Story = request.getfixturevalue(request.param)
    return found


def test_that_the_person_reads_that_it_waits_and_not_that_it_is_saved(hanging: Story) -> None:
    assert hanging.waits["words"] == "1 kept here for the back office"
    assert "note_waits" in hanging.receipt["details"]
    assert "note_not_saved" not in hanging.receipt["details"]
    assert "is kept here, sealed, and goes to the back office at the next sign-in." in hanging.texts
    assert hanging.begun["draft"][:40] not in hanging.texts


def test_that_a_console_whose_office_died_locks_and_has_kept_the_words_before(dying: Story) -> None:
    assert dying.locked["screen"] == "LockScreen"


def test_that_the_session_is_gone_and_the_outbox_stays_and_shows_nothing(story: Story) -> None:
    assert story.left == {"entries": [], "files": []}
    assert len(story.kept) == 1
    assert list(story.files) == ["looked"], "no file of the person holds a word of it, in any spelling"
    assert story.scans, "the control: somebody lives"
    if None in story.scans:
        pytest.skip("nobody here may read the memory: neither root nor root of a user namespace")
    assert [scan["found"] for scan in story.scans if scan] == [{}] * len(story.scans)


def test_that_the_next_persons_console_delivers_it_and_it_is_one_note(story: Story) -> None:
    assert story.after == {}
    assert story.notes == {story.began["note"]: story.begun["draft"]}
