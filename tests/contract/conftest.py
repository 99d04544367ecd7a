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


@pytest.fixture(scope="module", params=["one-user", "service", pytest.param("gateway", marks=pytest.mark.slow)])
def home(request: pytest.FixtureRequest) -> Home:
    """Where the office is: in a file behind a private socket, or (`make test-all`) in PostgreSQL behind a gateway.

    The service home is the same office behind the same socket, but for its front door, for who may connect and for how
    places are called: what its part is in is marked `service_too`, and the rest is not played a second time.
    """
    return _HOMES[request.param]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, behind a gateway, what a test says is a file's alone; at a service, what is not marked for it."""
    left = [item for item in items if _only_for_a_file(item) or _not_for_a_service(item)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


def _only_for_a_file(item: pytest.Item) -> bool:
    callspec = getattr(item, "callspec", None)
    behind_gateway = callspec is not None and callspec.params.get("home") == "gateway"
    return behind_gateway and item.get_closest_marker("one_user") is not None


def _not_for_a_service(item: pytest.Item) -> bool:
    callspec = getattr(item, "callspec", None)
    at_service = callspec is not None and callspec.params.get("home") == "service"
    return at_service and item.get_closest_marker("service_too") is None
