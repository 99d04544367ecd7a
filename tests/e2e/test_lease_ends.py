"""The end of a lease that nobody renews, with real guardians and stand-in consoles (`stage.py`)."""

from collections.abc import Iterator

import pytest

from tests.e2e.stage_play import Play, is_gone, on_stage, until
from tests.e2e.test_locks import LONG, guardian_looks, lock, session_is_kept


@pytest.fixture
def play() -> Iterator[Play]:
    with on_stage() as it:
        yield it


def leased(play: Play) -> int:
    """A console whose office was heard a moment ago."""
    play.start()
    console = int(play.wait("console")["pid"])
    play.open_session(console)
    play.order_again("lease abc 1800")
    guardian_looks(play)
    return console


def test_that_a_console_that_outstays_its_lease_is_killed_and_wiped(play: Play) -> None:
    """It hangs, or was changed so as not to end: the guardian needs nothing of it."""
    console = leased(play)
    play.pass_s(1_810)
    guardian_looks(play)
    assert not is_gone(console), "it has a moment to end by itself"
    play.pass_s(1_816)
    play.order_again("approve")
    until(lambda: is_gone(console))
    assert play.wait("reported")["cause"] == "lease_over"
    assert play.wait("console", 2)["receipt"]["cause"] == "lease_over"
    play.assert_nothing_left()


def test_that_a_console_that_renews_goes_on(play: Play) -> None:
    console = leased(play)
    play.pass_s(1_700)
    play.order_again("lease abc 1800")
    guardian_looks(play)
    play.pass_s(3_400)
    guardian_looks(play)
    assert not is_gone(console)
    assert session_is_kept(play)


def test_that_a_lock_does_not_stop_the_lease(play: Play) -> None:
    """The lock alone would wait for a quarter of an hour from now; the office was heard half an hour ago."""
    first = leased(play)
    play.pass_s(1_750)
    play.order_again(f"lock abc {LONG}", "exit 0")
    fresh = play.wait("console", 2)["pid"]
    assert is_gone(first)
    play.order(fresh, "stand abc")
    guardian_looks(play)
    assert session_is_kept(play)
    play.pass_s(1_801)
    play.order_again("approve")
    until(lambda: is_gone(fresh))
    assert play.wait("reported")["cause"] == "lease_over"
    play.assert_nothing_left()


def test_that_a_locked_session_without_a_word_of_a_lease_ends_with_its_lock(play: Play) -> None:
    _guardian, pid = lock(play, LONG, "stand abc")
    play.pass_s(899)
    guardian_looks(play)
    assert not is_gone(pid)
    play.pass_s(901)
    play.order_again("approve")
    until(lambda: is_gone(pid))
    assert play.wait("reported")["cause"] == "idle"
