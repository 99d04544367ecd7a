"""An agent and a supervisor at two real consoles of one office: windows, guardians, office and keyring are the
product's; both click and type for themselves.

What must happen happens in this order, whatever time it takes: each step waits for the one before.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.security.directing import Director, directed

PLAY = Path(__file__).with_name("unlock_play.py")


@pytest.fixture
def director() -> Iterator[Director]:
    with directed(PLAY, reads_memory=False) as it:
        yield it


def seen(director: Director, account: str, event: str) -> dict[str, Any]:
    told = director.ask("wait", account=account, event=event)
    assert told["event"] == event, told
    return told


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_that_two_consoles_ask_decide_open_close_and_go_on_after_a_lock(director: Director) -> None:
    director.ask("begin", account="ratna")
    assert seen(director, "ratna", "told before sending")["words"].startswith("Nobody who may decide is signed in now")
    assert "your request waits" in seen(director, "ratna", "told while it waits")["words"]
    director.ask("begin", account="rina")
    seen(director, "ratna", "told that somebody came")
    assert seen(director, "rina", "noticed")["words"] == "A request waits for a decision."
    assert seen(director, "rina", "sees the request")["words"] == "checking was not enough for this caller"
    opened = seen(director, "ratna", "opened")
    assert opened["canary"], "it is the value that was planted"
    director.ask("say", name="revoke")
    assert seen(director, "ratna", "closed")["words"] == "Rina closed this field"
    seen(director, "rina", "closed it")
    director.ask("say", name="again")
    assert seen(director, "ratna", "asks:")["words"] == "Rina asks: Which paper is it?"
    assert seen(director, "ratna", "Refused:")["words"] == "Refused: The last digits are enough"
    seen(director, "ratna", "withdrawn")
    assert seen(director, "rina", "saw it withdrawn")["words"] == "The agent took this request back."
    director.ask("say", name="lock")
    seen(director, "ratna", "locked")
    assert not seen(director, "rina", "saw them locked")["may_approve"]
    director.ask("say", name="resume")
    seen(director, "ratna", "opened after the lock")
    director.ask("say", name="leave")
