"""Releases: their order, their description, and whose turn it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import VerificationError
from app.updating.release import Release, newest_for, release_of, share_of

GOOD = {"version": "0.2.0", "for": "deb-amd64", "rollout": 100}


def release(version: str, kind: str = "deb-amd64", rollout: int = 100) -> Release:
    return release_of(f"tirai-console_{version}_amd64.deb", 10, {"version": version, "for": kind, "rollout": rollout})


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": 2},
        {"version": ""},
        {"version": "v1"},
        {"version": "1."},
        {"version": "1.2.3.4.5"},
        {"version": "١.٢"},
        {"for": "exe-amd64"},
        {"for": "deb-amd64/.."},
        {"rollout": 101},
        {"rollout": -1},
        {"rollout": True},
        {"rollout": "100"},
        {"version": "0.2.0; rm"},
        {"run": "sh"},
    ],
)
def test_a_description_says_exactly_what_is_known(wrong: dict[str, object]) -> None:
    assert release_of("a.deb", 1, GOOD).version == "0.2.0"
    with pytest.raises(VerificationError) as refused:
        release_of("a.deb", 1, GOOD | wrong)
    assert refused.value.code == "U6"


@pytest.mark.parametrize("name", ["../a.deb", "/a.deb", ".a.deb", "-a.deb", "a b.deb", "a\n.deb", "", "a" * 129])
def test_a_name_is_no_path_and_no_option(name: str) -> None:
    with pytest.raises(VerificationError):
        release_of(name, 1, GOOD)


def test_the_newest_for_this_kind_is_chosen_and_never_an_older_one() -> None:
    there = [release("0.9"), release("0.10.0"), release("0.11", kind="rpm-x86_64"), release("0.8")]
    chosen = newest_for(there, kind="deb-amd64", installed="0.9", machine="m")
    assert chosen is not None
    assert chosen.version == "0.10.0"
    assert newest_for(there, kind="deb-amd64", installed="0.10", machine="m") is None
    assert newest_for([], kind="deb-amd64", installed="0.1", machine="m") is None


def test_who_has_no_turn_yet_gets_the_version_before() -> None:
    late = next(str(n) for n in range(1000) if share_of(str(n), "0.3") >= 50)
    early = next(str(n) for n in range(1000) if share_of(str(n), "0.3") < 50)
    there = [release("0.2"), release("0.3", rollout=50)]
    for machine, version in ((late, "0.2"), (early, "0.3")):
        chosen = newest_for(there, kind="deb-amd64", installed="0.1", machine=machine)
        assert chosen is not None
        assert chosen.version == version


@given(st.text(min_size=1), st.integers(0, 99))
def test_a_widened_rollout_takes_nobody_out(machine: str, percent: int) -> None:
    its = share_of(machine, "0.2")
    assert 0 <= its <= 99
    assert not (its < percent and not its < percent + 1)
    assert its == share_of(machine, "0.2")


def test_shares_are_spread_and_each_version_draws_anew() -> None:
    shares = [share_of(f"{n:032x}", "0.2") for n in range(10_000)]
    assert 2_300 < sum(share < 25 for share in shares) < 2_700  # 25 per cent, ten standard deviations around
    again = [share_of(f"{n:032x}", "0.3") for n in range(10_000)]
    both = sum(a < 25 and b < 25 for a, b in zip(shares, again, strict=True))
    assert 400 < both < 850  # a sixteenth: no machine is always among the first
