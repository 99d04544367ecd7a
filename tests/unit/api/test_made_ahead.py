"""An application that was made before its office begins is taken once, and answers as any other."""

from typing import cast

from app.api.server.application import bare_application, make_ahead, make_application
from app.api.server.service import Service


def test_that_the_application_made_ahead_is_taken_once_and_has_every_route() -> None:
    service, other = cast(Service, object()), cast(Service, object())
    make_ahead()
    make_ahead()
    first, second = make_application(service), make_application(other)
    assert first is not second
    assert (first.state.service, second.state.service) == (service, other)
    assert len(first.routes) == len(second.routes) == len(bare_application().routes)
    assert not hasattr(bare_application().state, "service")
