"""The cost of a password: calibrated upwards only, compared part by part, never under the floor or over the ceiling."""

from collections.abc import Callable

import pytest

from app.crypto import calibration
from app.crypto.calibration import WANTED_S, calibrated
from app.crypto.derive import (
    PASSWORD_CEILING,
    PASSWORD_COST,
    PASSWORD_FLOOR,
    PasswordCost,
    at_least,
    is_weaker,
    password_root,
)


def clock_of(*taken_s: float) -> Callable[[], float]:
    """A clock by which the derivations take these times."""
    times, at = [], 0.0
    for one_s in taken_s:
        times += [at, at + one_s]
        at += one_s + 1
    return iter(times).__next__


@pytest.fixture(autouse=True)
def no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the clock counts here."""
    monkeypatch.setattr(calibration, "password_root", lambda *_args: bytes(32))


@pytest.mark.parametrize(
    ("taken_s", "passes"),
    [((0.05, 0.06), 15), ((0.25, 0.3), 3), ((0.26, 9.0), 3), ((2.0, 3.0), 3), ((0.2, 0.001), 64), ((0.1, 0.125), 7)],
)
def test_that_a_fast_machine_takes_more_passes_and_a_slow_one_never_fewer(
    taken_s: tuple[float, ...], passes: int
) -> None:
    cost = calibrated(clock_of(*taken_s))
    assert cost == PasswordCost(PASSWORD_COST.memory_kib, passes, PASSWORD_COST.lanes)
    assert at_least(cost, PASSWORD_COST) == cost
    assert at_least(cost, PASSWORD_FLOOR) == cost


@pytest.mark.attack("A1")
def test_that_the_profile_is_the_second_of_rfc_9106_and_over_the_floor() -> None:
    assert PasswordCost(64 * 1024, 3, 4) == PASSWORD_COST
    assert PasswordCost(19 * 1024, 2, 1) == PASSWORD_FLOOR
    assert is_weaker(PASSWORD_FLOOR, PASSWORD_COST)
    assert WANTED_S < 1


def test_that_weaker_means_less_in_some_part_and_more_in_none() -> None:
    cost = PasswordCost(100, 3, 4)
    assert is_weaker(cost, PasswordCost(200, 3, 4))
    assert not is_weaker(cost, cost)
    assert not is_weaker(cost, PasswordCost(200, 2, 4))
    assert at_least(cost, PasswordCost(50, 9, 1)) == PasswordCost(100, 9, 4)


@pytest.mark.parametrize(
    "cost",
    [
        PasswordCost(PASSWORD_FLOOR.memory_kib - 1, 3, 4),
        PasswordCost(PASSWORD_FLOOR.memory_kib, 1, 4),
        PasswordCost(PASSWORD_FLOOR.memory_kib, 2, 0),
        PasswordCost(PASSWORD_CEILING.memory_kib + 1, 3, 4),
        PasswordCost(64 * 1024, PASSWORD_CEILING.passes + 1, 4),
        PasswordCost(64 * 1024, 3, PASSWORD_CEILING.lanes + 1),
    ],
)
def test_that_nothing_is_derived_under_the_floor_or_over_the_ceiling(cost: PasswordCost) -> None:
    with pytest.raises(ValueError, match="parameters"):
        password_root("kopi pagi di Braga", bytes(16), cost)
