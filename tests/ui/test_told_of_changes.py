"""A change of one's own factors is told after signing in, until it is closed."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.session.shown import Factor, FactorChanged
from tests.ui.conftest import Signed
from tests.ui.fake_desk import FakeDesk

Make = Callable[..., Signed]


@pytest.mark.asvs("V6.3.7")
def test_that_changed_factors_are_told_after_signing_in(console: Make) -> None:
    desk = FakeDesk(count=30)
    quiet = console(desk).window.console
    assert quiet is not None
    assert not quiet.notices.factors_changed.isVisible()
    changes = tuple(FactorChanged(what, "SBY-0418", 1_772_532_129.0) for what in Factor)
    desk.person = replace(desk.person, factor_changes=changes[:2])
    screen = console(desk).window.console
    assert screen is not None
    text = screen.notices.factors_changed.label.text()
    assert "password changed" in text
    assert "authenticator replaced" in text
    assert screen.notices.factors_changed.isVisible()
    screen.notices.factors_changed.action.click()
    assert not screen.notices.factors_changed.isVisible()
    desk.person = replace(desk.person, factor_changes=changes[2:])
    again = console(desk).window.console
    assert again is not None
    assert "new recovery codes" in again.notices.factors_changed.label.text()
    assert "reset by two people" in again.notices.factors_changed.label.text()
