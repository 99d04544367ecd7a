"""Closings wait in memory, go out in one message, and hold nothing up: not heard, they wait; refused, they are gone."""

import json
from typing import Any, cast

import pytest

from app.api.client.client import ApiClient
from app.api.client.errors import OfficeAwayError, SessionOverError
from app.api.messages.exposures import MOST_CLOSED, ClosedView, ViewsClosed
from app.domain.errors import NotAllowedError, TiraiError
from app.domain.exposures.words import ClosedBy
from app.session.view_ends import MOST_KEPT, ViewEnds


class Office:
    """Where the client's calls end."""

    def __init__(self) -> None:
        self.heard: list[tuple[ClosedView, ...]] = []
        self.refuses: TiraiError | None = None

    def call(self, _method: str, _path: str, _kind: object, body: ViewsClosed, **_options: Any) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.heard.append(body.views)


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def ends(office: Office) -> ViewEnds:
    return ViewEnds(cast("ApiClient", office))


def entries(office: Office) -> list[int]:
    return [view.entry for views in office.heard for view in views]


def test_that_closing_asks_nobody_and_telling_tells_once(office: Office, ends: ViewEnds) -> None:
    ends.tell()
    ends.closed(7, 11.2504, ClosedBy.TIME)
    assert office.heard == []
    ends.tell()
    ends.tell()
    assert office.heard == [(ClosedView(entry=7, shown_ms=11_250, cause=ClosedBy.TIME),)]


def test_that_many_go_out_in_messages_of_a_bounded_size(office: Office, ends: ViewEnds) -> None:
    for entry in range(1, MOST_CLOSED + 3):
        ends.closed(entry, 1, ClosedBy.ANOTHER)
    ends.tell()
    assert [len(views) for views in office.heard] == [MOST_CLOSED, 2]
    assert entries(office) == list(range(1, MOST_CLOSED + 3))


@pytest.mark.parametrize("error", [OfficeAwayError("away"), SessionOverError("over", code="session_over")])
def test_that_what_the_office_does_not_hear_waits(office: Office, ends: ViewEnds, error: TiraiError) -> None:
    office.refuses = error
    ends.closed(7, 1, ClosedBy.TIME)
    ends.tell()
    office.refuses = None
    ends.tell()
    assert entries(office) == [7]


def test_that_what_the_office_refuses_is_not_told_again(office: Office, ends: ViewEnds) -> None:
    office.refuses = NotAllowedError("no", code="no_view")
    ends.closed(7, 1, ClosedBy.TIME)
    ends.tell()
    office.refuses = None
    ends.tell()
    assert office.heard == []


def test_that_what_waits_goes_on_after_a_lock(office: Office, ends: ViewEnds) -> None:
    ends.closed(7, 3.5, ClosedBy.SESSION)
    again = ViewEnds(cast("ApiClient", office), ends.kept())
    again.closed(8, 1, ClosedBy.TIME)
    again.tell()
    assert entries(office) == [7, 8]
    assert json.loads(again.kept()) == []


def test_that_no_more_are_kept_than_a_session_can_have(office: Office, ends: ViewEnds) -> None:
    for entry in range(1, MOST_KEPT + 11):
        ends.closed(entry, 1, ClosedBy.TIME)
    ends.tell()
    assert entries(office) == list(range(11, MOST_KEPT + 11)), "the oldest are forgotten"


@pytest.mark.parametrize(("seconds", "shown_ms"), [(-1.0, 0), (1e9, 36_000_000)])
def test_that_a_clock_out_of_its_mind_is_held_in_bounds(
    office: Office, ends: ViewEnds, seconds: float, shown_ms: int
) -> None:
    ends.closed(7, seconds, ClosedBy.TIME)
    ends.tell()
    assert office.heard[0][0].shown_ms == shown_ms
