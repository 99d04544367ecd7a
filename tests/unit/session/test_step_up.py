"""When a desk wants a fresh code, by a moved clock; the office is real and judges for itself."""

from collections.abc import Iterator

import pytest

from app.domain.data_class import DataClass
from app.domain.role import Role
from app.session.desk import Desk
from app.session.errors import SignInAnswerError
from tests.office.made import MadeOffice, made_office

STEP_UP_S = 300


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti")
        office.hire("maya", "Maya Paramita", Role.PRIVACY_OFFICER)
        yield office


def at(desk: Desk, seconds: float) -> None:
    """Let the desk believe that so much time has passed since the last code."""
    since = desk._code_at = float(round(desk._code_at))  # whole seconds, so that no sum is rounded
    desk._clock = lambda: since + seconds


def test_that_a_privacy_officer_needs_a_code_once_the_last_is_too_old(office: MadeOffice) -> None:
    desk = office.desk("maya")
    at(desk, STEP_UP_S - 1)
    assert not desk.needs_code(DataClass.CONTACT)
    at(desk, STEP_UP_S)
    assert desk.needs_code(DataClass.CONTACT)
    assert desk.needs_code(DataClass.NOTE)
    with pytest.raises(SignInAnswerError):
        desk.step_up("000000")
    assert desk.needs_code(DataClass.CONTACT)
    desk.step_up(office.code("maya"))
    assert not desk.needs_code(DataClass.CONTACT)
    desk.end("signed_out")


def test_that_an_agent_never_needs_one(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    at(desk, 10 * STEP_UP_S)
    assert not any(desk.needs_code(data_class) for data_class in DataClass)
    desk.end("signed_out")
