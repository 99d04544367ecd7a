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


@pytest.mark.attack("A2")
def test_that_the_machine_sleeps_only_after_the_keys_have_gone(director: Director) -> None:
    begun = director.ask("begin", account="ratna")
    ready = director.ask("wait", event="ready")
    assert ready["event"] == "ready", ready
    held = says(director, "held")["held"]
    assert [(one["pid"], one["what"], one["mode"]) for one in held] == [(begun["console"], "sleep:shutdown", "delay")]
    says(director, "sleep")
    locked = director.ask("wait", event="locked")
    assert locked["event"] == "locked", locked
    director.ask("gone", pid=begun["console"])
    assert says(director, "released")["released"] == [
        {"pid": begun["console"], "what": "sleep:shutdown", "memory": False}
    ]
    keys = begun["keys"] | ready["keys"]
    assert_no_memory_has(director, begun["mark"], keys)
    says(director, "wake")
    director.ask("say", name="resume", text=begun["password"])
    assert director.ask("wait", event="resumed")["text"] == begun["draft"]
    director.ask("say", name="leave")
    director.ask("wait", event="console", nth=3)
    assert [e[:3] for e in director.ask("log", account="ratna")["log"]][-3:] == [
        ["session.lock", "ok", "sleep"],
        ["session.resume", "ok", ""],
        ["session.end", "ok", "signed_out"],
    ]
