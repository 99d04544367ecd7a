"""T2: locks that the operating system asks for, with real processes and a fake login manager on real buses.

A person signs in, reveals a value and writes a note; then the system says something (`system_lock_play.py`). The
machine is held up until the process that had the keys has lost its memory; every living process is then read.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.security.directing import Director, directed
from tests.security.locked_story import scanned

pytestmark = pytest.mark.slow  # real processes

NOTHING: dict[str, list[str]] = {"entries": [], "files": []}
PLAY = Path(__file__).with_name("system_lock_play.py")


@pytest.fixture(scope="module")
def director() -> Iterator[Director]:
    with directed(PLAY) as it:
        yield it


def says(director: Director, do: str, **order: Any) -> dict[str, Any]:
    return director.ask("desktop", order={"do": do, **order})


def assert_no_memory_has(director: Director, mark: str, keys: dict[str, str]) -> None:
    """Neither a key nor a canary is in any living process of Tirai."""
    read = 0
    for pid in director.ask("processes")["pids"]:
        try:
            found = scanned(director.scan(pid, mark, keys))
        except (FileNotFoundError, ProcessLookupError):
            continue  # whoever started the shut office, or the office that had the keys
        read += found["mib"] > 5
        assert (pid, found["keys"], found["found"]) == (pid, [], {})
    assert read >= 2, "the control: guardian and lock screen were read"


def begin(director: Director, account: str) -> dict[str, Any]:
    """Somebody who works: signed in, a value revealed, a note written."""
    begun = director.ask("begin", account=account)
    ready = director.ask("wait", event="ready")
    assert ready["event"] == "ready", ready
    office = director.ask("processes")["office"]
    assert office is not None
    return begun | {"keys": begun["keys"] | ready["keys"], "office": office}


def lock_screen(director: Director, begun: dict[str, Any]) -> str:
    """Another process stands at the lock screen, and nobody has a key any more; what the screen says."""
    locked = director.ask("wait", event="locked")
    assert locked["event"] == "locked", locked
    director.ask("gone", pid=begun["console"])
    director.ask("gone", pid=begun["office"])
    assert locked["pid"] != begun["console"]
    assert_no_memory_has(director, begun["mark"], begun["keys"])
    return str(director.ask("texts")["texts"])


def resume_and_leave(director: Director, begun: dict[str, Any]) -> None:
    director.ask("say", name="resume", text=begun["password"])
    assert director.ask("wait", event="resumed")["text"] == begun["draft"]
    director.ask("say", name="leave")
    director.ask("wait", event="console", nth=3)


@pytest.mark.attack("A2")
def test_that_the_machine_sleeps_only_after_the_keys_have_gone(director: Director) -> None:
    begun = begin(director, "ratna")
    held = says(director, "held")["held"]
    assert [(one["pid"], one["what"], one["mode"]) for one in held] == [(begun["console"], "sleep:shutdown", "delay")]
    says(director, "watch", pids=[begun["office"], begun["guardian"]])
    says(director, "sleep")
    assert "before this computer slept" in lock_screen(director, begun)
    released = says(director, "released")["released"]
    lived = [begun["guardian"]]  # the control; neither console nor office
    assert released == [{"pid": begun["console"], "what": "sleep:shutdown", "memory": False, "watched": lived}]
    says(director, "wake")
    resume_and_leave(director, begun)
    assert director.ask("log", account="ratna")["log"] == [
        ["session.lock", "ok", "sleep"],
        ["session.resume", "ok", ""],
        ["session.end", "ok", "signed_out"],
    ]


def test_that_a_console_whose_office_is_killed_locks_and_goes_on_with_the_next_office(director: Director) -> None:
    begun = begin(director, "sari")
    director.ask("kill", pid=begun["office"], signal="SIGKILL")
    assert "because the back office stopped" in lock_screen(director, begun)
    resume_and_leave(director, begun)
    assert director.ask("log", account="sari")["log"] == [
        ["session.lock", "ok", "office_lost"],
        ["session.resume", "ok", ""],
        ["session.end", "ok", "signed_out"],
    ]


@pytest.mark.attack("A20")
@pytest.mark.parametrize(
    ("account", "what", "cause", "words"),
    [
        ("agent0", {"do": "switch"}, "user_switched", "another user came"),
        ("agent1", {"do": "saver", "name": "org.gnome.ScreenSaver"}, "screen_locked", "screen was locked"),
        ("agent2", None, "clock_set_back", "clock was set back"),
    ],
)
def test_that_each_cause_locks_is_said_and_stands_in_the_log_and_a_stop_then_ends_and_wipes(
    director: Director, account: str, what: dict[str, str] | None, cause: str, words: str
) -> None:
    begun = begin(director, account)
    if what is None:
        director.ask("say", name="clock")
    else:
        director.ask("desktop", order=what)
    assert words in lock_screen(director, begun)
    director.ask("kill", pid=begun["guardian"], signal="SIGTERM")
    over = director.ask("over")
    assert (over["code"], over["left"]) == (143, NOTHING)
    assert director.ask("log", account=account)["log"][0] == ["session.lock", "ok", cause]


@pytest.mark.parametrize(
    ("account", "do", "cause"),
    [
        ("agent3", "shutdown", "shutdown"),
        ("agent4", "close", "os_logout"),
    ],
)
def test_that_the_end_of_the_machine_or_of_the_desktop_ends_and_wipes_before_it_is_let_go(
    director: Director, account: str, do: str, cause: str
) -> None:
    begun = begin(director, account)
    says(director, do)
    receipt = director.ask("wait", event="console", nth=2)
    assert receipt["screen"] == "WipedScreen"
    assert director.ask("left") == NOTHING
    director.ask("gone", pid=begun["console"])
    assert says(director, "released")["released"][-1]["memory"] is False
    director.ask("gone", pid=begun["office"])  # a second after its last session (ADR 0028)
    assert_no_memory_has(director, begun["mark"], begun["keys"])
    says(director, "wake")
    director.ask("kill", pid=begun["guardian"], signal="SIGTERM")
    assert director.ask("over")["left"] == NOTHING
    assert director.ask("log", account=account)["log"] == [["session.end", "ok", cause]]


@pytest.mark.parametrize(
    ("account", "who", "number"),
    [
        ("agent5", "guardian", "SIGHUP"),
        ("agent6", "console", "SIGTERM"),
    ],
)
def test_that_a_signal_to_stop_ends_as_its_person_would_and_wipes(
    director: Director, account: str, who: str, number: str
) -> None:
    begun = begin(director, account)
    director.ask("kill", pid=begun[who], signal=number)
    if who == "console":
        assert director.ask("wait", event="console", nth=2)["screen"] == "WipedScreen"
        director.ask("kill", pid=begun["guardian"], signal="SIGTERM")
    assert director.ask("over")["left"] == NOTHING
    assert director.ask("log", account=account)["log"] == [["session.end", "ok", "stopped"]]
