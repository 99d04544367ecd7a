"""A person's own factors at a terminal, as they live it: password, authenticator, recovery codes, sessions, release."""

import json
import re
import subprocess
from pathlib import Path

import pexpect
import pytest

from tests.demo.people import Authenticator, DemoPerson
from tests.demo.terminal import ROOT, TIMEOUT_S
from tests.e2e.moved_terminal import MovedTerminal
from tests.keyring_session import missing_programs, private_keyring

ADI = DemoPerson("adi", "Adi Pratama", "administrator", (), "kopi tubruk pagi ini")
HENDRA = DemoPerson("hendra", "Hendra Kusuma", "supervisor", (), "angin sore di sawah")
_CODE = re.compile(r"\b(?:[A-Z2-7]{4}-){3}[A-Z2-7]{4}\b")
_KEY = re.compile(r"Key: ([A-Z2-7 ]+)")


def told(
    terminal: MovedTerminal, person: DemoPerson, *words: str, further: tuple[str, ...] = (), code: str = ""
) -> str:
    """A command with its secrets on standard input, a line each."""
    lines = (person.password, code or terminal.fresh_code(person), *further)
    done = subprocess.run(
        terminal.command(*words, "--account", person.account, "--secrets-stdin"),
        input="".join(f"{line}\n" for line in lines),
        env=terminal.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT_S,
    )
    return f"{done.returncode}\n{done.stdout}{done.stderr}"


def replaced(terminal: MovedTerminal, person: DemoPerson, *words: str, second: str) -> str:
    """`tirai account authenticator` at a terminal: scan what it shows, type what the new one shows."""
    command, *rest = terminal.command("account", "authenticator", *words, "--account", person.account)
    talk = pexpect.spawn(
        command,
        rest,
        env=terminal.environment,
        cwd=str(ROOT),
        encoding="utf-8",
        timeout=TIMEOUT_S,
        dimensions=(60, 200),
    )
    talk.expect("Password: ")
    talk.sendline(person.password)
    talk.expect("Recovery code: " if words else "Code from your authenticator: ")
    talk.sendline(second)
    talk.expect("Code from your new authenticator: ")
    found = _KEY.search(talk.before or "")
    assert found is not None, talk.before
    person.authenticator = Authenticator(found.group(1).replace(" ", ""))
    talk.sendline(terminal.fresh_code(person))
    talk.expect(pexpect.EOF)
    talk.close()
    assert talk.exitstatus == 0, talk.before
    return str(talk.before)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(bool(missing_programs()), reason="dbus-daemon and gnome-keyring-daemon are needed")
def test_that_a_person_looks_after_their_own_factors_at_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        private_keyring(tmp_path) as environment,
        MovedTerminal(tmp_path / "office", environment, monkeypatch) as terminal,
    ):
        printed = terminal.set_up("Nusantara Care", ADI, HENDRA)
        assert len(_CODE.findall(printed)) >= 10

        weak = told(terminal, HENDRA, "account", "password", further=("Nusantara hujan lagi",))
        assert weak.startswith("3\n")
        assert "contains the name" in weak
        changed = told(terminal, HENDRA, "account", "password", further=("perahu kertas di selokan",))
        assert changed.startswith("0\n"), changed
        refused = told(terminal, HENDRA, "account", "sessions")
        assert refused.startswith("4\n")
        HENDRA.password = "perahu kertas di selokan"

        assert "does not work any more" in replaced(terminal, HENDRA, second=terminal.fresh_code(HENDRA))
        codes = _CODE.findall(told(terminal, HENDRA, "account", "recovery-codes", "--new"))
        assert len(codes) == 10
        assert "does not work any more" in replaced(terminal, HENDRA, "--recovery-code", second=codes[4].lower())
        assert "Unused recovery codes: 9." in told(terminal, HENDRA, "account", "recovery-codes")
        seen = json.loads(told(terminal, HENDRA, "account", "sessions", "--json").partition("\n")[2])
        assert [s["this"] for s in seen["sessions"]] == [True]
        assert [s["kind"] for s in seen["sign_ins"]][:3] == ["command", "command", "replace"]

        for _ in range(5):
            assert told(terminal, ADI, "account", "sessions", code="000000").startswith("4\n")
        assert "5 failed tries, wait" in told(terminal, HENDRA, "account", "release")
        assert "may try again at once" in told(terminal, HENDRA, "account", "release", "adi")
        assert told(terminal, ADI, "account", "sessions").startswith("0\n")
