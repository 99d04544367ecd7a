"""Workspaces by role, one's own account beside them, and the work on data keys in the background."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import NotAllowedError
from app.domain.role import Role
from app.session.shown import Secret
from app.ui.application import TiraiApplication
from app.ui.console.resealing import Resealing
from app.ui.console.screen import ConsoleScreen
from app.ui.tasks import Tasks
from tests.ui.conftest import Signed, named
from tests.ui.fake_accounts import FakeAccounts, key_waiting, reset_waiting
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_my_account import PASSWORD

Make = Callable[..., Signed]


def screen_of(signed: Signed) -> ConsoleScreen:
    screen = signed.window.console
    assert screen is not None
    return screen


@pytest.mark.parametrize(
    ("role", "tabs"),
    [
        (Role.AGENT, ["console"]),
        (Role.SUPERVISOR, ["console", "approvals", "exposures", "accounts"]),
        (Role.PRIVACY_OFFICER, ["console", "approvals", "exposures", "privacy"]),
        (Role.ADMINISTRATOR, ["accounts", "policy", "workstations"]),
    ],
)
def test_that_each_role_has_its_workspaces(console: Make, role: Role, tabs: list[str]) -> None:
    screen = screen_of(console(FakeDesk(role, count=30)))
    assert [tab.key for tab in screen.bar.tabs] == tabs
    assert screen.workspaces.current == tabs[0]
    assert screen.bar.tabs[0].isChecked()


def test_that_an_administrator_sees_accounts_and_no_customer(qtbot: QtBot, console: Make) -> None:
    screen = screen_of(console(FakeDesk(Role.ADMINISTRATOR, count=30)))
    accounts = screen.workspaces.accounts
    assert accounts is not None
    qtbot.waitUntil(lambda: accounts.table.model.total > 0)
    assert not screen.find_panel.isVisible()
    assert not screen.status._cache.isVisible(), "nor anything of a copy of customers"
    screen.window().activateWindow()
    qtbot.waitUntil(accounts.table.search.hasFocus)
    accounts.table.new.setFocus()
    for key in (Qt.Key.Key_T, Qt.Key.Key_G, Qt.Key.Key_J):
        QTest.keyClick(screen, key, Qt.KeyboardModifier.ControlModifier)
    assert accounts.table.new.hasFocus(), "keys of the work with customers do nothing"
    QTest.keyClick(screen, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(accounts.table.search.hasFocus)
    assert screen.workspaces.current == "accounts"


def test_that_a_tab_and_its_key_bring_a_workspace_to_the_front(qtbot: QtBot, console: Make) -> None:
    screen = screen_of(console(FakeDesk(Role.SUPERVISOR, count=30)))
    QTest.mouseClick(named(screen, "workspace_accounts"), Qt.MouseButton.LeftButton)
    assert screen.workspaces.current == "accounts"
    assert [tab.isChecked() for tab in screen.bar.tabs] == [False, False, False, True]
    QTest.keyClick(screen, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: screen.workspaces.current == "console")
    QTest.keyClick(screen, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: screen.workspaces.current == "accounts")
    QTest.keyClick(screen, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: screen.workspaces.current == "console")


def test_that_the_tab_counts_what_waits_for_this_person(qtbot: QtBot, console: Make) -> None:
    desk = FakeDesk(Role.SUPERVISOR, count=30)
    desk.accounts = FakeAccounts(reset_waiting(), key_waiting())
    screen = screen_of(console(desk))
    qtbot.waitUntil(lambda: screen.bar.tabs[3].accessibleName() == "Accounts, 2 waiting")


def test_that_nothing_stays_open_behind_another_workspace(qtbot: QtBot, console: Make) -> None:
    screen = screen_of(console(FakeDesk(Role.AGENT, count=30)))
    qtbot.waitUntil(lambda: screen.card.row("mobile_phone") is not None)
    QTest.mouseClick(named(screen.window(), "reveal_mobile_phone"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(screen.window().findChildren(type(screen.bar.sign_out), "confirm_reveal")))
    QTest.mouseClick(named(screen.window(), "confirm_reveal"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.field_actions.is_open)
    screen.going.show_workspace("my_account")
    assert not screen.field_actions.is_open


def test_that_ones_own_account_opens_by_key_closes_by_esc_and_forgets(qtbot: QtBot, console: Make) -> None:
    screen = screen_of(console(FakeDesk(Role.AGENT, count=30)))
    QTest.keyClick(screen, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: screen.workspaces.current == "my_account")
    own = screen.workspaces.my_account
    assert own is not None
    own.password.button.click()
    own.password.current.password.edit.setText(PASSWORD)
    QTest.keyClick(screen, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not own.password.is_unfolded)
    assert screen.workspaces.current == "my_account", "the card that was open is the innermost thing"
    QTest.keyClick(screen, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: screen.workspaces.current == "console")
    assert own.password.current.password.text() == ""


class WindowsSeen(QObject):
    """Every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        if event.type() == QEvent.Type.Show and isinstance(thing, QWidget) and thing.isWindow():
            self.names.append(f"{type(thing).__name__} {thing.objectName()}")
        return False


@pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR])
def test_that_no_part_of_a_workspace_is_a_window_of_its_own_for_a_moment(
    qtbot: QtBot, console: Make, qapp: TiraiApplication, role: Role
) -> None:
    """It would take the keys from the window: shown before it has a place, a button did."""
    seen = WindowsSeen()
    qapp.installEventFilter(seen)
    try:
        signed = console(FakeDesk(role, count=30))
        screen = screen_of(signed)
        for key in sorted({*screen.workspaces.places, "my_account"}):
            screen.going.show_workspace(key)
            qtbot.waitUntil(lambda key=key: screen.workspaces.current == key)  # type: ignore[misc]
            QApplication.processEvents()
    finally:
        qapp.removeEventFilter(seen)
    assert seen.names == ["MainWindow main_window"]


def test_that_an_activation_code_does_not_stay_behind_another_workspace(qtbot: QtBot, console: Make) -> None:
    screen = screen_of(console(FakeDesk(Role.ADMINISTRATOR, count=30)))
    accounts = screen.workspaces.accounts
    assert accounts is not None
    accounts._show_code(Secret("KQ4T-7M2X"), "eko.prasetyo")
    assert accounts.code.code.text()
    screen.going.show_workspace("my_account")
    assert accounts.code.code.text() == ""


def test_that_signing_out_from_ones_own_account_forgets_first(qtbot: QtBot, console: Make) -> None:
    signed = console(FakeDesk(Role.AGENT, count=30))
    screen = screen_of(signed)
    screen.going.show_workspace("my_account")
    own = screen.workspaces.my_account
    assert own is not None
    own.password.current.password.edit.setText(PASSWORD)
    screen.end("signed_out")
    assert own.password.current.password.text() == ""
    qtbot.waitUntil(lambda: bool(signed.receipts))


def test_that_data_keys_are_moved_until_none_is_left(qtbot: QtBot, tasks: Tasks) -> None:
    desk = FakeDesk(Role.SUPERVISOR, count=3)
    desk.rotation.left = [400, 100, 0]
    said: list[int] = []
    resealing = Resealing(desk, tasks, tasks)
    resealing.moved.connect(said.append)
    resealing._go_on()
    qtbot.waitUntil(lambda: said == [400, 100, 0])
    resealing.stop()


def test_that_a_role_without_keys_asks_no_more(qtbot: QtBot, tasks: Tasks) -> None:
    desk = FakeDesk(Role.AGENT, count=3)
    desk.rotation.refusal = NotAllowedError("no", code="role")
    resealing = Resealing(desk, tasks, tasks)
    failed: list[object] = []
    resealing.failed.connect(failed.append)
    resealing._go_on()
    qtbot.waitUntil(lambda: resealing._stopped)
    assert not failed
    assert not resealing._timer.isActive()
