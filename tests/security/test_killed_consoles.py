"""T10, A15: real consoles and guardians killed at random moments of a real sign-in leave no keyring entry, no cache.

Everything is the product's own: guardian, console, a person typing into the window's form, office, Secret Service
(a private gnome-keyring). All of it runs as an ordinary user, also when the tests are root's (`console_play.py`). A
test waits for what must happen; the moment of the kill is random, and no moment may leave anything. Killing all at once
is the one case that leaves entry and file: there the file is unreadable and the next start removes both.

`tests/e2e/test_kills.py` plays the same with stand-in consoles, many more troubles, and at a fraction of the cost.
"""

from collections.abc import Iterator

import pytest

from tests.security.kill_rounds import NOTHING, Play, playing

ROUNDS, MORE_ROUNDS = 2, 18


def moment(number: int) -> tuple[str, float]:
    """Even rounds are killed somewhere in the sign-in, odd ones soon after it."""
    return ("submitted", 0.6) if number % 2 == 0 else ("signed_in", 0.3)


@pytest.fixture(scope="module")
def play() -> Iterator[Play]:
    with playing("console_play.py", 2 * ROUNDS + 2) as it:
        yield it


@pytest.fixture(scope="module")
def long_play() -> Iterator[Play]:
    with playing("console_play.py", 2 * MORE_ROUNDS + 10) as it:
        yield it


def check_console(play: Play, number: int) -> None:
    result = play.round("console", *moment(number))
    assert result["left"] == NOTHING, result
    assert result["at_the_end"] == NOTHING, result
    assert result["plain_left"] == [], result
    if result["signed_in"]:
        assert result["before"]["entries"], "the control: there was a session"
        assert result["screen"] == "WipedScreen", "a fresh window says what was destroyed"


def check_guardian(play: Play, number: int) -> None:
    result = play.round("guardian", *moment(number))
    assert result["left"] == NOTHING, result
    assert result["at_the_end"] == NOTHING, result
    assert result["plain_left"] == [], result
    if result["signed_in"]:
        assert result["before"]["entries"], "the control: there was a session"
    if play.installed:  # elsewhere the fresh console finds no installed program, after it has wiped
        assert result["fresh"], "the console became a fresh one"


def check_all(play: Play) -> None:
    result = play.round("all", *moment(1))
    assert result["signed_in"]
    assert len(result["stays"]["entries"]) == 1, "the control: nobody was left who could wipe"
    assert any(name.endswith("cache.db") for name in result["stays"]["files"])
    assert result["opens"] == [], "the entry alone does not open the cache"
    assert result["plain"] == []
    assert result["screen"] == "WipedScreen", "the next start says what it swept"
    assert result["left"] == NOTHING, result


@pytest.mark.slow
@pytest.mark.parametrize("number", range(ROUNDS))
def test_that_a_console_killed_at_a_random_moment_leaves_nothing(play: Play, number: int) -> None:
    check_console(play, number)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(ROUNDS))
def test_that_a_guardian_killed_at_a_random_moment_leaves_nothing(play: Play, number: int) -> None:
    check_guardian(play, number)


@pytest.mark.slow
@pytest.mark.attack("A15")
def test_that_after_everybody_was_killed_what_stays_is_shut_and_the_next_start_sweeps_it(play: Play) -> None:
    check_all(play)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(MORE_ROUNDS))
def test_that_more_consoles_killed_at_random_moments_leave_nothing(long_play: Play, number: int) -> None:
    check_console(long_play, number)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(MORE_ROUNDS))
def test_that_more_guardians_killed_at_random_moments_leave_nothing(long_play: Play, number: int) -> None:
    check_guardian(long_play, number)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(5))
def test_that_everybody_killed_again_and_again_leaves_nothing_readable(long_play: Play, number: int) -> None:
    check_all(long_play)
