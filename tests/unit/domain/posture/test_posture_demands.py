"""What a policy demands of a workstation, and what it lacks: unknown and never told are not as it should be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.posture.demands import FRESH_MS, Demand, DemandError, Heard, lacking, looser_part, read_demands
from app.domain.posture.words import Part, State

NOW = 10 * FRESH_MS
ADVISED = dict.fromkeys(Part, Demand.ADVISED)
REQUIRED = dict.fromkeys(Part, Demand.REQUIRED)


def heard(state: State, at_ms: int = NOW) -> list[Heard]:
    return [Heard(part, state, at_ms) for part in Part]


def test_that_only_what_is_required_is_lacking() -> None:
    assert lacking(ADVISED, [], NOW) == ()
    assert lacking(ADVISED | {Part.DISK: Demand.REQUIRED}, heard(State.MISSING), NOW) == (Part.DISK,)


@pytest.mark.parametrize("state", [State.MISSING, State.UNKNOWN])
def test_that_whatever_is_not_ok_is_lacking(state: State) -> None:
    assert lacking(REQUIRED, heard(state), NOW) == tuple(Part)


@given(st.integers(-FRESH_MS, 3 * FRESH_MS))
def test_that_a_finding_counts_for_its_time_and_none_from_the_future_does(age_ms: int) -> None:
    is_good = 0 <= age_ms <= FRESH_MS
    assert lacking(REQUIRED, heard(State.OK, NOW - age_ms), NOW) == (() if is_good else tuple(Part))


def test_that_never_told_is_lacking() -> None:
    assert lacking(REQUIRED, [], NOW) == tuple(Part)


def test_that_a_table_is_judged() -> None:
    table: dict[str, object] = dict.fromkeys(Part, "advised")
    assert read_demands(table) == ADVISED
    for wrong in ({"disk": "perhaps"}, {"cloud": "off"}):
        with pytest.raises(DemandError):
            read_demands(table | wrong)
    with pytest.raises(DemandError):
        read_demands({"disk": "off"})


def test_that_an_edit_demands_no_less_than_its_base() -> None:
    assert looser_part(ADVISED, REQUIRED) is None
    assert looser_part(ADVISED, ADVISED | {Part.UPDATES: Demand.OFF}) is Part.UPDATES
