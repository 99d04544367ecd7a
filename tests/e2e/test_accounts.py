"""Administration at a terminal, as three people live it: list, change, reset by two, close, end of sessions."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.demo.people import DemoPerson
from tests.demo.terminal import Terminal
from tests.e2e.moved_terminal import MovedTerminal
from tests.keyring_session import missing_programs, private_keyring

ADI = DemoPerson("adi", "Adi Pratama", "administrator", (), "kopi tubruk pagi ini")
HENDRA = DemoPerson("hendra", "Hendra Kusuma", "supervisor", (), "angin sore di sawah")
RATNA = DemoPerson("ratna", "Ratna Dewanti", "agent", ("billing",), "perahu kertas di selokan")
_ACTIVATION = re.compile(r"\b(?:[A-Z2-7]{4}-){12}[A-Z2-7]{4}\b")


def told(terminal: Terminal, person: DemoPerson, *words: str, exit_code: int = 0) -> str:
    done = terminal.with_stdin(person, *words)
    assert done.returncode == exit_code, done.stdout + done.stderr
    return done.stdout + done.stderr


def listed(terminal: Terminal, name: str) -> dict[str, Any]:
    answer = json.loads(told(terminal, ADI, "account", "list", "--json"))
    found: dict[str, Any] = next(a for a in answer["accounts"] if a["account"] == name)
    return found


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(bool(missing_programs()), reason="dbus-daemon and gnome-keyring-daemon are needed")
def test_that_people_look_after_accounts_at_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        private_keyring(tmp_path) as environment,
        MovedTerminal(tmp_path / "office", environment, monkeypatch) as terminal,
    ):
        terminal.set_up("Nusantara Care", ADI, HENDRA)

        told(terminal, ADI, "account", "add", "ratna", "--name", "Ratna Dewanti", "--queue", "billing")
        again = told(terminal, ADI, "account", "code", "ratna")
        terminal.activate(RATNA, _ACTIVATION.findall(again)[0])
        assert "contact, note" in told(terminal, HENDRA, "account", "grant", "ratna")
        assert "already" in told(terminal, ADI, "account", "code", "ratna", exit_code=3)
        ratna = listed(terminal, "ratna")
        assert (ratna["state"], ratna["queues"], ratna["classes"]) == ("active", ["billing"], ["contact", "note"])

        assert "Nobody else holds" in told(terminal, ADI, "account", "close", "hendra", exit_code=3)
        assert "delivery" in told(terminal, ADI, "account", "queues", "ratna", "delivery", "billing")

        proposed = told(terminal, ADI, "account", "reset", "ratna", "--reason", "lost_password")
        code = _ACTIVATION.findall(proposed)[0]
        assert "Somebody else" in told(terminal, ADI, "account", "confirm", "ratna", exit_code=4)
        assert "the password is lost" in told(terminal, HENDRA, "account", "waiting")
        confirmed = told(terminal, HENDRA, "account", "confirm", "ratna")
        assert "Proposed by adi (Adi Pratama)" in confirmed
        assert "takes these classes away" in confirmed
        terminal.activate(RATNA, code)
        told(terminal, RATNA, "account", "list", exit_code=4)

        assert "contact" in told(terminal, ADI, "account", "close", "ratna")
        told(terminal, RATNA, "account", "sessions", exit_code=4)
        assert listed(terminal, "ratna")["state"] == "closed"
        told(terminal, ADI, "account", "reset", "ratna", "--reason", "open_again")
        assert "refused" in told(terminal, HENDRA, "account", "withdraw", "ratna")
        assert "Nothing waits" in told(terminal, HENDRA, "account", "waiting")
        assert "ended: 0" in told(terminal, ADI, "account", "end-sessions", "--all")
