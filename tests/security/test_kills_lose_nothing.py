"""T10, A15: twenty kills each of console, guardian, office, and all three, in the middle of work, at random moments.

Real processes as in `test_killed_consoles.py`; here a person writes notes and reveals until somebody is killed
(`kill_play.py`). After each kill: no session entry, no cache, nothing in the open; the notes that the screen had called
saved are there, read by a *new* session of somebody else; and the log verifies and holds an entry for the sign-in, for
each such note and for each value that was shown. A console whose office was killed ends its session with the cause
`office_lost`, as soon as its line to the office ends or it needs the office.

Two rounds each run always, twenty with the slow tests.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.security.kill_rounds import NOTHING, Play, playing

KINDS = ("console", "guardian", "office", "all")
ROUNDS, MORE_ROUNDS = 2, 20


def moment(number: int) -> tuple[str, float]:
    """Every fourth round is killed somewhere in the sign-in, the others at a random moment of the work."""
    return ("submitted", 0.6) if number % 4 == 3 else ("acknowledged", 1.0)


@pytest.fixture(scope="module")
def play() -> Iterator[Play]:
    with playing("kill_play.py", ROUNDS * len(KINDS)) as it:
        yield it


@pytest.fixture(scope="module")
def long_play() -> Iterator[Play]:
    with playing("kill_play.py", MORE_ROUNDS * len(KINDS)) as it:
        yield it


def check(play: Play, who: str, number: int) -> None:
    """One round, and all that must hold after it."""
    result = play.round(who, *moment(number))
    if result["order"]["after"] == "acknowledged":
        assert result["acknowledged"][0] >= 1, "the control: there was something to lose"
        assert result["before"]["entries"], "the control: there was a session"
    assert result["left"] == NOTHING, result
    assert result["at_the_end"] == NOTHING, result
    assert result["plain_left"] == [], result
    lost = ("notes_lost", "writes_unlogged", "reveals_unlogged", "sign_in_unlogged")
    assert not any(result[name] for name in lost), result
    assert result["log_holds"], result
    if result["order"]["after"] == "acknowledged":
        check_how_it_ended(who, result)


def check_how_it_ended(who: str, result: dict[str, Any]) -> None:
    """What a window says afterwards, of a session that was surely open."""
    causes = {"console": "console_died", "office": "office_lost", "all": "sweep"}
    if who == "all":
        assert result["stays"]["entries"], "the control: nobody was left who could wipe"
        assert result["opens"] == [], "the entry alone does not open the cache"
        assert result["plain"] == []
    if who in causes:  # after a guardian's death the console becomes a fresh program, which nobody drives
        assert (result["screen"], result["cause"]) == ("WipedScreen", causes[who]), result


@pytest.mark.parametrize("number", range(ROUNDS))
@pytest.mark.parametrize("who", KINDS)
def test_that_a_kill_in_the_middle_of_work_loses_nothing_acknowledged(play: Play, who: str, number: int) -> None:
    check(play, who, number)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(MORE_ROUNDS))
@pytest.mark.parametrize("who", KINDS)
def test_that_twenty_kills_in_the_middle_of_work_lose_nothing_acknowledged(
    long_play: Play, who: str, number: int
) -> None:
    check(long_play, who, number)
