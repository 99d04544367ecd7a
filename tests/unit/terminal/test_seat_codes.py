"""Codes of workstations at a terminal: where one may stand, whose line of a file counts, and for how long."""

import stat
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from app.auth.seat_code import parse_seat_code, seat_code_text
from app.crypto.account_keys import ActivationCode
from app.domain.errors import InputRefusedError
from app.session.shown import Secret
from app.session.workstations import (
    WaitingWorkstation,
    Workstation,
    WorkstationCode,
    WorkstationListing,
    WorkstationState,
)
from app.terminal import seat_codes
from app.terminal.seat_codes import CREDENTIAL, code_in, hours_of
from app.terminal.seats import listing_lines, seat_app

AT = 1_772_000_000.0
CODE = seat_code_text(ActivationCode(bytes(range(16)), bytes(16)))


class Office:
    """What an administrator and a workstation ask for."""

    def __init__(self) -> None:
        self.invited: list[tuple[list[str], int]] = []
        self.shown: list[str] = []
        self.workstations = self
        self.open = ("desk-7", "desk-8", "desk-7", "old")
        self.withdrawn: list[str] = []

    def invite(self, names: Sequence[str], hours: int) -> tuple[WorkstationCode, ...]:
        self.invited.append((list(names), hours))
        return tuple(WorkstationCode(name, Secret(CODE), AT) for name in names)

    def listing(self) -> WorkstationListing:
        waiting = [WaitingWorkstation(f"{n:02x}", name, "adi", AT, name == "old") for n, name in enumerate(self.open)]
        return WorkstationListing((), waiting=tuple(waiting))

    def withdraw(self, invitation: str) -> None:
        self.withdrawn.append(invitation)

    def enrol(self, code: str) -> str:
        self.shown.append(code)
        return "desk-7"


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Office:
    made = Office()

    @contextmanager
    def person(*_who: object) -> Any:
        yield made

    monkeypatch.setattr(seat_codes, "person", person)
    monkeypatch.setattr(seat_codes, "program_at", lambda _home: SimpleNamespace())
    monkeypatch.setattr("app.bootstrap.terminal.workstation_at_terminal", lambda _program: made)
    monkeypatch.setattr("app.bootstrap.program.seat_name", lambda: "Desk 7")
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    return made


def run(*words: str, stdin: str = "") -> Any:
    return CliRunner().invoke(seat_app, list(words), input=stdin)


def test_that_a_code_is_read_back_and_no_other_text_is_one() -> None:
    assert parse_seat_code(f" {CODE.lower()} ") == ActivationCode(bytes(range(16)), bytes(16))
    for text in ("", "WS", CODE.removeprefix("WS-"), f"{CODE}A", CODE[:-1], "WS-" + "!" * 52):
        with pytest.raises(InputRefusedError):
            parse_seat_code(text)


def test_that_codes_of_many_go_into_a_new_file_for_its_owner_alone(office: Office, tmp_path: Path) -> None:
    names, codes = tmp_path / "names.csv", tmp_path / "codes.csv"
    names.write_text("\ufeffName,room\ndesk-1,A\n\n# a note\ndesk-2,B\n", "utf-8")
    done = run("invite", "desk-0", "--from", str(names), "--to", str(codes), "--valid", "14d")
    assert done.exit_code == 0, done.output
    assert office.invited == [(["desk-0", "desk-1", "desk-2"], 336)]
    assert CODE not in done.output
    assert stat.S_IMODE(codes.stat().st_mode) == 0o600
    assert codes.read_text("utf-8").splitlines()[0] == "name,code,until"
    assert codes.read_text("utf-8").splitlines()[1].startswith(f"desk-0,{CODE},")
    again = run("invite", "desk-9", "--to", str(codes))
    assert isinstance(again.exception, InputRefusedError)
    assert len(office.invited) == 1, "nothing was made that could not be kept"


@pytest.mark.parametrize(
    "words", [(), ("desk-1", "desk-1"), ("desk-1", "--valid", "31d"), ("desk-1", "--valid", "soon")]
)
def test_that_an_invitation_that_cannot_be_meant_asks_nobody(office: Office, words: tuple[str, ...]) -> None:
    assert isinstance(run("invite", *words).exception, InputRefusedError)
    assert office.invited == []


@pytest.mark.parametrize(("word", "hours"), [("1h", 1), ("24h", 24), ("7d", 168), ("30D", 720)])
def test_that_hours_and_days_are_read(word: str, hours: int) -> None:
    assert hours_of(word) == hours


def test_that_a_code_on_the_command_line_is_refused(office: Office) -> None:
    done = run("enrol", CODE)
    assert done.exit_code == 2
    assert office.shown == []


def test_that_a_code_comes_by_standard_input_a_file_or_systemds_credential(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("enrol", "-", stdin=f"{CODE}\n").exit_code == 0
    (tmp_path / "code").write_text(f"{CODE}\n", "utf-8")
    assert run("enrol", "--file", str(tmp_path / "code")).exit_code == 0
    (tmp_path / CREDENTIAL).write_text(CODE, "utf-8")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    done = run("enrol")
    assert "known to the office as desk-7" in done.output
    assert office.shown == [CODE] * 3
    monkeypatch.delenv("CREDENTIALS_DIRECTORY")
    assert isinstance(run("enrol").exception, InputRefusedError), "nobody is at a terminal"


def test_that_of_a_file_of_many_each_computer_takes_its_own_line(office: Office) -> None:
    assert code_in(f"name,code,until\nother,WS-X,t\nDESK-7,{CODE},t\n") == CODE
    for text in ("", "name,code,until\nother,WS-X,t\n", f"desk-7,{CODE}\ndesk-7,{CODE}\n"):
        with pytest.raises(InputRefusedError):
            code_in(text)


def test_that_codes_are_taken_back_by_their_name(office: Office) -> None:
    done = run("withdraw", "desk-7")
    assert "2 codes for desk-7" in done.output, done.exception
    assert office.withdrawn == ["00", "02"]
    for name in ("desk-9", "old"):
        assert isinstance(run("withdraw", name).exception, InputRefusedError)
    lines = "\n".join(listing_lines(office.listing()))
    assert "desk-8: code of adi, good until" in lines
    assert "old: code of adi, OVER since" in lines


def test_that_the_list_says_who_would_be_left_outside() -> None:
    seat = Workstation(
        id="0a" * 16, name="SBY-0401", first_seen=AT, last_seen=AT, version="0.1.0", policy=0, is_policy_old=False,
        checked_at=None, check_failed=(), state=WorkstationState.KNOWN, changed_by="", changed_at=None, is_here=False,
        unwiped=0, enrolled_at=AT, enrolled_as="desk-1", invited_by="adi", twice_at=AT,
    )  # fmt: skip
    lines = "\n".join(listing_lines(WorkstationListing((seat,), only_known=True)))
    assert "as desk-1, invited by adi; has not proved its key" in lines
    assert "SEEN TWICE, last" in lines
    assert "Only known workstations sign in (policy)." in lines
