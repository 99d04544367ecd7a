"""Sign out is on every screen of a session, whoever signed in and whatever stands in front, and it ends the session."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.role import Role
from app.ui.console.workspace_entries import MY_ACCOUNT
from tests.ui.conftest import Signed, named
from tests.ui.fake_desk import FakeDesk

Make = Callable[..., Signed]


@pytest.mark.asvs("V7.4.4")
@pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR])
def test_that_every_workspace_of_every_role_shows_sign_out(qtbot: QtBot, console: Make, role: Role) -> None:
    signed = console(FakeDesk(role, count=30))
    screen = signed.window.console
    assert screen is not None
    for workspace in (*screen.workspaces.keys, MY_ACCOUNT):
        screen.going.show_workspace(workspace)
        button = named(signed.window, "sign_out")
        assert button.isEnabled()
        assert button.accessibleName() or button.property("text")
    QTest.mouseClick(named(signed.window, "sign_out"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(signed.receipts) == 1)
