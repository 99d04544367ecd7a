"""Somebody who sees nothing signs in, finds a customer, checks the caller, reveals a field, hears it, asks for others,
and locks; then decides as a supervisor.

By keyboard and by ear alone, at the real program: AT-SPI over a bus of its own, keys through an X server
(`reader_play.py`; packages at-spi2-core and xvfb). What Orca would make of it was not heard: `docs/accessibility.md`.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.accessible_bus import missing_for_readers
from tests.screen_reader import ASSERTIVE, POLITE
from tests.security.directing import directed

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

PLAY = Path(__file__).with_name("reader_play.py")
ROLE, NAME, DESCRIPTION, STATES, TEXT = range(5)
LEFT = re.compile(r"\d+ seconds? left")
BOXES = {"filler", "panel", "layered pane", "unknown", "graphic"}


@pytest.fixture(scope="module")
def told() -> Iterator[dict[str, Any]]:
    if missing := missing_for_readers():
        pytest.skip(f"needs the packages {' and '.join(missing)}")
    with directed(PLAY, reads_memory=False) as director:
        assert "stopped" not in director.hello, director.hello["stopped"]
        yield director.hello


@pytest.mark.attack("A24")
def test_that_no_letter_of_a_password_is_ever_on_the_bus(told: dict[str, Any]) -> None:
    """Qt itself would send each one, and all of it when the field is emptied."""
    assert ["password text", "Password"] in [node[:2] for node in told["door"]]
    password, node = told["password typed"]
    assert node[ROLE] == "password text"
    assert node[TEXT] == ""
    typed = [event[2] for event in told["events"] if event[0] == "TextChanged"]
    assert "".join(typed).startswith("ratna"), "the control: the account's letters are told"
    assert password not in "".join(typed)
    assert not any(password in part for event in told["events"] for part in event)


def test_that_whatever_can_have_the_focus_has_a_role_and_a_name(told: dict[str, Any]) -> None:
    for screen in ("door", "console", "popover", "lock", "queue"):
        stops = [node for node in told[screen] if "focusable" in node[STATES]]
        assert len(stops) >= 4, "the control: there are some"
        assert [node for node in stops if not node[NAME] or node[ROLE] in BOXES] == [], screen


def test_that_a_masked_field_is_a_button_with_a_name_a_description_and_a_press(told: dict[str, Any]) -> None:
    role, name, description, states, _text = told["row"]
    assert (role, name) == ("push button", "Address, contact, behind the curtain, ends Bandung")
    assert description == "you may reveal, with a reason; E changes it"
    assert "focusable" in states
    assert "Press" in told["actions"]
    opened = told["row open"]
    assert opened[NAME].startswith("Address, contact, open, ")
    assert "S says it aloud" in opened[DESCRIPTION]
    assert "focused" in opened[STATES], "the popover gave the focus back to its row"


def test_that_tab_goes_all_the_way_round_in_reading_order_and_back(told: dict[str, Any]) -> None:
    forth, back = ([node[:2] for node in told[way]] for way in ("forth", "back"))
    assert forth[1:] == list(reversed(back[1:])), "back is the same way"
    names = [name for _role, name in forth]
    assert len(names) == len({tuple(stop) for stop in forth}), "nothing is a stop twice"
    begin = ("Console", "Find by name", "Customers found", "National identity number", "Mobile phone, contact", "Note")
    regions = [next(at for at, name in enumerate(names) if name.startswith(start)) for start in begin]
    first = regions.index(min(regions))
    assert regions[first:] + regions[:first] == sorted(regions), names


@pytest.mark.attack("A24")
def test_that_the_value_is_on_the_bus_only_in_what_s_says(told: dict[str, Any]) -> None:
    is_there, nodes = told["in the tree"]
    assert nodes > len(told["console"]), "the control: the whole tree was read, hidden nodes too"
    assert told["number in the tree"], "the control: with its texts"
    assert is_there is False, "in no node, though the field is open and S was pressed"
    assert told["in the tree after"] is False
    spoken = [event for event in told["events"] if any(told["canary"] in part for part in event)]
    assert [event[0] for event in spoken] == ["Announcement"], "one event, which keeps nothing"


def test_that_a_reader_is_told_of_matches_of_time_running_out_and_of_the_end(told: dict[str, Any]) -> None:
    said = [tuple(words) for words in told["said"]]
    order = [
        ("Match. 1 of 2 needed checks done", POLITE),
        ("Match. Caller verified", POLITE),
        ("Address, open, 30 seconds", POLITE),
        ("closed", POLITE),
    ]
    assert [words for words in said if words in order] == order
    left = [(int(words.split()[0]), how) for words, how in said if LEFT.fullmatch(words)]
    assert 1 <= len(left) <= 2, "at ten seconds and at five; a machine that stood still tells of both at once"
    assert left[0][0] <= 10
    assert left == sorted(left, reverse=True)
    assert {how for _seconds, how in left} == {POLITE}
    assert said.index(order[2]) < min(at for at, (words, _how) in enumerate(said) if LEFT.fullmatch(words))
    spoken, opened, closed = ((told["canary"], ASSERTIVE), order[2], order[-1])
    assert said.index(opened) < said.index(spoken) < said.index(closed), "how many seconds are left then is no matter"


@pytest.mark.attack("A24")
def test_that_nothing_but_s_brings_a_value_on_the_bus_while_fields_are_asked_for_and_decided(
    told: dict[str, Any],
) -> None:
    heard = [part for event in told["events"] for part in event if any(one in part for one in told["canaries"])]
    assert heard == [told["canary"]], "the control: S; a field that a supervisor opened is in no event"


def test_that_an_agent_hears_of_which_request_was_refused_approved_and_closed_again(told: dict[str, Any]) -> None:
    identity, maiden = (
        f"{field}, customer {told['number']}" for field in ("National identity number", "Mother's maiden name")
    )
    order = [
        (f"{identity}: refused, The last digits are enough", ASSERTIVE),
        (f"{maiden}: may be opened now", POLITE),
        (f"{maiden}: closed by Hendra Kusuma", ASSERTIVE),
    ]
    said = [tuple(words) for words in told["asked"]]
    assert [words for words in said if words[0].startswith((identity, maiden))] == order
    assert ("closed", POLITE) in said, "the open field was shut"


@pytest.mark.parametrize(
    ("front", "field"), [("customers", "Mother's maiden name"), ("queue", "Taxpayer number")], ids=["work", "queue"]
)
def test_that_a_supervisor_hears_that_a_request_waits(told: dict[str, Any], front: str, field: str) -> None:
    said = [tuple(words) for words in told[f"waits, {front} in front"]]
    words = f"A request waits for a decision: {field}, customer {told['number']}"
    assert [one for one in said if "waits for a decision" in one[0]] == [(words, POLITE)]


def test_that_the_lock_is_said_at_once_by_the_process_that_stands_there(told: dict[str, Any]) -> None:
    (words, politeness), *_more = told["lock said"]
    assert words.startswith("Locked at ")
    assert politeness == ASSERTIVE
    assert not [node for node in told["lock"] if "Sari" in node[NAME]], "nothing of a customer stands there"
