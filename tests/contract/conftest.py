"""One contract, every home: the tests of this folder speak through the client, to a file and to PostgreSQL."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tests.office.made import MadeOffice, made_office
from tests.office.service import service_office
from tests.office.team import team_office

Home = Callable[..., AbstractContextManager[MadeOffice]]
"""Makes an office, as `made_office` does."""

_HOMES: dict[str, Home] = {"one-user": made_office, "service": service_office, "gateway": team_office}


@pytest.fixture(scope="module", params=["one-user", pytest.param("gateway", marks=pytest.mark.slow)])
def home(request: pytest.FixtureRequest) -> Home:
    """Where the office is: in a file behind a private socket, or (`make test-all`) in PostgreSQL behind a gateway."""
    return _HOMES[request.param]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, behind a gateway, what a test says is a file's alone."""
    left = [item for item in items if _only_for_a_file(item)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


def _only_for_a_file(item: pytest.Item) -> bool:
    callspec = getattr(item, "callspec", None)
    behind_gateway = callspec is not None and callspec.params.get("home") == "gateway"
    return behind_gateway and item.get_closest_marker("one_user") is not None
