"""Rows that somebody wrote by hand move no cursor: what a second person reads before a confirmation stands there."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from app.auth.recovery_kit import RecoveryKit
from app.domain.role import Role
from app.session.accounts import Account, AccountState, Listing, SessionRow
from app.session.my_account import OwnSession, OwnSignIn
from app.session.proposals import Purpose, Waiting
from app.session.release import ThrottledAccount
from app.session.workstations import Workstation, WorkstationListing, WorkstationState
from app.terminal import seats
from app.terminal.account_lines import listing_lines, waiting_lines
from app.terminal.own_account import _lines, _waiting_line
from app.terminal.plain import plain, plain_lines
from app.terminal.recovery_steps import kit_page

ESC = "Ratna\x1b[2J\x1b[1;1HBudi\r\n\u2028\u202e"


def a_waiting() -> Waiting:
    return Waiting(
        id="00", purpose=Purpose.RESET, account="ratna", display_name=ESC, role=Role.AGENT, queues=("billing",),
        was_closed=False, loses=(), last_holder_of=(), data_class=None, version=0, reason=ESC, proposed_by="adi",
        proposed_by_name=ESC, proposed_at=0.0, until=0.0, why_not=None,
    )  # fmt: skip


def an_account() -> Account:
    return Account(
        account="ratna", display_name=ESC, role=Role.AGENT, queues=("billing",), state=AccountState.ACTIVE, held=(),
        missing=(), held_alone=(), is_last_administrator=False, is_self=False, last_sign_in=None,
        sessions=(SessionRow("console", ESC, 0.0),), failed=0, wait_s=0, codes_wait_s=0, until_released=False,
        code_until=None, reset=None,
    )  # fmt: skip


def a_workstation() -> Workstation:
    return Workstation(
        id="01" * 16, name=ESC, state=WorkstationState.KNOWN, changed_by="", changed_at=0.0, first_seen=0.0,
        last_seen=0.0, version=ESC, policy=0, is_policy_old=False, checked_at=None, check_failed=(), is_here=True,
        unwiped=0, sessions=(), orders=(),
    )  # fmt: skip


def the_lines(what: str) -> list[str]:
    match what:
        case "accounts":
            return listing_lines(Listing((an_account(),), ()))
        case "what waits":
            return waiting_lines(a_waiting())
        case "workstations":
            return plain_lines(seats.listing_lines(WorkstationListing((a_workstation(), a_workstation()), ())))
        case "sessions":
            return _lines([OwnSession("00", ESC, ESC, 0.0, 0.0, False)], [OwnSignIn(0.0, ESC, ESC, False, ESC)])
        case _:
            return [_waiting_line(ThrottledAccount("ratna", ESC, 5, 0.0, 60, 0, False))]


@pytest.mark.parametrize("what", ["accounts", "what waits", "sessions", "who is throttled", "workstations"])
def test_that_no_row_moves_the_cursor_of_a_terminal(what: str) -> None:
    lines = the_lines(what)
    assert any("[2J" in line for line in lines)
    assert all(line.isprintable() for line in lines)


def test_that_a_kits_page_has_no_line_that_its_name_made_up() -> None:
    kit = RecoveryKit("Bank\n  01  AAAAA", bytes(32), b"", b"", {"12": b"", "13": b"", "23": b""})
    assert kit_page(kit).splitlines()[2].startswith("Office: Bank")
    assert len(kit_page(kit).splitlines()) == len(kit_page(replace(kit, name="Bank")).splitlines())


def test_that_what_can_be_printed_stays_as_it_is() -> None:
    assert plain("Siti Nurhaliza, Jl. Mawar 5 – München 東京") == "Siti Nurhaliza, Jl. Mawar 5 – München 東京"


def test_that_lines_stay_lines() -> None:
    """What is made plain is one line: the breaks between several would be replaced as control signs are."""
    folder = Path(seats.__file__).parent
    assert not [path.name for path in folder.glob("*.py") if re.search(r"plain\(\s*\"\\n\"", path.read_text("utf-8"))]
    assert len(plain_lines(seats.listing_lines(WorkstationListing((a_workstation(),), ())))) == 6
