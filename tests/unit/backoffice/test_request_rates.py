"""Token buckets: what is taken, what waits, and that a refusal costs nothing."""

import threading

from hypothesis import given
from hypothesis import strategies as st

from app.backoffice.request_rates import RatesInMemory
from app.domain.request_limits import RATE_LIMITS, Level, Rate, level_now, wait_ms

THREE = Rate(3, 0.5)


def test_that_a_burst_is_taken_and_then_what_comes_back() -> None:
    rates = RatesInMemory()
    assert [rates.take([("a", THREE)], 0) for _ in range(4)] == [0, 0, 0, 2_000]
    assert rates.take([("a", THREE)], 1_999) == 1
    assert rates.take([("a", THREE)], 2_000) == 0
    assert rates.take([("a", THREE)], 2_000) == 2_000
    assert [rates.take([("a", THREE)], 10**9) for _ in range(4)] == [0, 0, 0, 2_000], "never more than the burst"


def test_that_a_request_which_one_bucket_refuses_takes_from_none() -> None:
    rates, wide = RatesInMemory(), Rate(10, 1)
    assert [rates.take([("narrow", Rate(1, 1)), ("wide", wide)], 0) for _ in range(20)] == [0] + [1_000] * 19
    assert [rates.take([("wide", wide)], 0) for _ in range(10)] == [0] * 9 + [1_000]


def test_that_a_clock_which_stands_or_falls_gives_nothing() -> None:
    rates = RatesInMemory()
    for _ in range(3):
        rates.take([("a", THREE)], 5_000)
    assert rates.take([("a", THREE)], 0) == 2_000


def test_that_no_more_buckets_are_remembered_than_there_is_room_for() -> None:
    rates = RatesInMemory(most=2)
    for name in ("a", "b", "a", "c"):
        rates.take([(name, THREE)], 0)
    assert len(rates) == 2
    assert rates.take([("a", THREE)], 0) == 0
    assert rates.take([("a", THREE)], 0) == 2_000, "the one that was asked lately is remembered"


def test_that_threads_at_once_take_no_more_than_there_is() -> None:
    rates, start = RatesInMemory(), threading.Barrier(8)
    taken: list[int] = []

    def run() -> None:
        start.wait()
        taken.extend(rates.take([("a", Rate(100, 1))], 0) for _ in range(50))

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert taken.count(0) == 100


@given(st.floats(0, 50), st.integers(0, 10**7), st.integers(0, 10**7))
def test_that_whoever_waits_as_long_as_was_said_is_served(left: float, at_ms: int, later_ms: int) -> None:
    rate, level = Rate(50, 0.7), Level(left, at_ms)
    has = level_now(rate, level, at_ms + later_ms)
    wait = wait_ms(rate, has)
    assert level_now(rate, level, at_ms + later_ms + wait) >= 1 - 1e-6
    assert wait == 0 or level_now(rate, level, at_ms + later_ms + wait - 2) < 1


def test_that_limits_of_a_minute_hold_for_a_minute() -> None:
    rate = Rate.per_minute(600)
    assert (rate.burst, rate.per_s) == (600, 10.0)


def test_that_a_whole_house_signs_in_within_a_quarter_of_an_hour() -> None:
    """Five hundred consoles behind one address begin their shift: hello, salt, sign-in, each some times."""
    assert RATE_LIMITS.door.burst + RATE_LIMITS.door.per_s * 900 >= 500 * 6
