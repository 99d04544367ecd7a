"""T10: kill -9, a power cut, a full disk, a dead keyring. What stays is shut, and nothing acknowledged is lost.

Here (A12, A15): rounds of kills in the middle of a real session (`kill_rounds.py`, `kill_play.py`): sign-in, fill,
save, reveal, lock, resume, sign-out; console, guardian, both, office or all get SIGKILL.
`make kill-rounds ROUNDS=100 SEED=1` plays many, `make test-long` a dozen, `make test-all` a few. Enforced by *process*
(each cleans up after the other, the next start after all) and by *key* (what is left does not open).

Further parts: `test_killed_consoles.py` (kills within the sign-in), `test_t2_locked_or_ended_console.py` (around a
lock), `tests/e2e/test_kills.py` and `tests/e2e/test_locks.py` (the same with stand-in consoles and many more troubles),
`test_rotation.py`, `test_import_process.py`, `tests/contract/test_backup_kills.py` (kills of long work),
`tests/e2e/test_imports.py` (a full disk), `test_keyring_refusals.py` (a dead keyring).
"""

from collections.abc import Iterator

import pytest

from tests.security.directing import Director
from tests.security.kill_rounds import SESSION_S, STEPS, killing, plan, play_round

FEW = [
    {"who": "console", "after": "save", "delay_s": 0.05},
    {"who": "guardian", "after": "wipe", "delay_s": 0.1},
    {"who": "both", "after": "lock", "delay_s": 0.3},
]
"""Each kind of killing, at another step; the slow rounds take the rest."""
MANY = 12
SOME = plan(10, 2)[6:]
"""Random moments for `make test-all`: of these four the last kill the office, and everybody at once."""


@pytest.fixture(scope="module")
def director() -> Iterator[Director]:
    with killing(len(FEW) + len(SOME) + 1) as it:
        yield it


def test_that_half_of_the_planned_rounds_fall_into_a_step_and_a_seed_gives_one_plan() -> None:
    rounds = plan(100, 1)
    assert rounds == plan(100, 1) != plan(100, 2)
    assert sum(r["after"] in STEPS for r in rounds) == 50
    assert {r["after"] for r in rounds} == {"console", *STEPS}
    assert {r["who"] for r in rounds} == {"console", "guardian", "both", "office", "all"}
    assert all(0 <= r["delay_s"] <= SESSION_S for r in rounds)


@pytest.mark.slow
def test_that_the_keys_looked_for_are_in_an_open_console_and_office(director: Director) -> None:
    """The control: the same scan finds what the session and the office have while it is open."""
    opened = director.ask("open")
    try:
        scans = {pid: director.scan(pid, opened["mark"], opened["keys"]) for pid in opened["pids"]}
    except PermissionError:
        pytest.skip("nobody here may read the memory: neither root nor root of a user namespace")
    found = {key for scan in scans.values() for key in scan["keys"]}
    assert found >= {"session HPKE 0", "account signing 0", "cache 0", "file", "master 1"}
    assert any(name.startswith("half") for name in opened["keys"])
    assert director.ask("close")["left"] == {"entries": [], "files": []}


@pytest.mark.slow
@pytest.mark.attack("A12", "A15")
@pytest.mark.parametrize("order", FEW, ids=lambda order: f"{order['who']} in {order['after']}")
def test_that_a_kill_leaves_no_usable_key_and_loses_nothing_acknowledged(
    director: Director, order: dict[str, object]
) -> None:
    outcome = play_round(director, order)
    assert outcome.wrong == [], str(outcome)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.attack("A15")
def test_that_kills_at_random_moments_leave_no_usable_key_and_lose_nothing_acknowledged(director: Director) -> None:
    assert {order["who"] for order in SOME} >= {"office", "all"}
    outcomes = [play_round(director, order) for order in SOME]
    assert [str(outcome) for outcome in outcomes if outcome.wrong] == []


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.timeout(3600)
def test_that_many_more_kills_at_random_moments_do_not_either() -> None:
    with killing(MANY) as director:
        outcomes = [play_round(director, order) for order in plan(MANY, 2)]
    assert [str(outcome) for outcome in outcomes if outcome.wrong] == []
