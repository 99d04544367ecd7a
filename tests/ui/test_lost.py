"""A lost authenticator: password and recovery code set up another one; what was typed or shown does not stay."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.errors import InputRefusedError
from app.session.errors import SignInRefusal, SignInRefusedError
from app.ui.lost.screen import LostAuthenticatorScreen
from app.ui.main_window import MainWindow
from app.ui.sign_in.screen import SignInScreen
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.ui.fake_door import FakeSignIn
from tests.ui.fake_making import FakeEnrol
from tests.ui.fake_my_account import CODE, PASSWORD, RECOVERY_CODE, FakeReplacing


class Door:
    """Signs in with the right three."""

    def __init__(self) -> None:
        self.replacing = FakeReplacing()

    def __call__(self, account: str, password: str, code: str) -> FakeReplacing:
        if "-" not in code:
            raise InputRefusedError("form", code="recovery_code_form")
        if (account, password, code) != ("ratna.dewanti", PASSWORD, RECOVERY_CODE):
            raise SignInRefusedError("no", SignInRefusal.WRONG, tries_left=3)
        return self.replacing


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def screen(qtbot: QtBot, look: Look, tasks: Tasks, door: Door) -> Iterator[LostAuthenticatorScreen]:
    window = QMainWindow()
    screen = LostAuthenticatorScreen(look, door, tasks, "ratna.dewanti")
    window.setCentralWidget(screen)
    window.resize(1366, 768)
    window.show()
    screen.begin()
    yield screen
    window.close()
    window.deleteLater()


def press(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def fill(screen: LostAuthenticatorScreen, code: str = RECOVERY_CODE) -> None:
    screen.recovery.password.edit.setText(PASSWORD)
    screen.recovery.code.setText(code)
    press(screen.card.go_on)


@pytest.mark.asvs("V6.4.3")
def test_that_it_leads_to_another_authenticator_and_back_to_the_door(
    qtbot: QtBot, screen: LostAuthenticatorScreen, door: Door
) -> None:
    fill(screen)
    qtbot.waitUntil(lambda: not screen.authenticator.qr.is_empty)
    assert screen.recovery.password.text() == ""
    assert screen.recovery.code.text() == ""
    screen.authenticator.code.setText("000000")
    qtbot.waitUntil(lambda: bool(screen.authenticator.error.text()))
    with qtbot.waitSignal(screen.replaced) as replaced:
        screen.authenticator.code.setText(CODE)
    assert replaced.args == ["ratna.dewanti"]
    assert door.replacing.state == "finished"
    assert screen.authenticator.qr.is_empty


def test_that_a_refusal_stands_beside_the_code_and_says_no_factor(
    qtbot: QtBot, screen: LostAuthenticatorScreen
) -> None:
    fill(screen, "K7QF-2MXP-9RTA-XXXX")
    qtbot.waitUntil(lambda: bool(screen.recovery.error.text()))
    assert "code is not right" in screen.recovery.error.text()
    fill(screen, "nonsense")
    qtbot.waitUntil(lambda: "four groups" in screen.recovery.error.text())


def test_that_giving_up_ends_the_session_that_replaces(
    qtbot: QtBot, screen: LostAuthenticatorScreen, door: Door
) -> None:
    fill(screen)
    qtbot.waitUntil(lambda: not screen.authenticator.qr.is_empty)
    press(screen.card.back)
    qtbot.waitUntil(lambda: door.replacing.state == "ended")
    assert screen.authenticator.qr.is_empty
    with qtbot.waitSignal(screen.left):
        press(screen.card.back)


def test_that_the_time_left_is_said_and_the_secret_goes_with_it(
    qtbot: QtBot, look: Look, tasks: Tasks, door: Door
) -> None:
    now = [1_000.0]
    screen = LostAuthenticatorScreen(look, door, tasks, "ratna.dewanti", clock=lambda: now[0])
    qtbot.addWidget(screen)
    screen.show()
    fill(screen)
    qtbot.waitUntil(lambda: not screen.authenticator.qr.is_empty)
    assert "Ends by itself in 5:00" in screen.card.note()
    now[0] += 269
    screen.time_left.look()
    assert "Ends by itself in 0:31" in screen.card.note()
    screen.authenticator.show_key.click()
    assert screen.authenticator.key.text()
    door.replacing.gate.clear()
    screen.authenticator.code.setText("000000")
    now[0] += 60
    screen.time_left.look()
    assert not screen.authenticator.qr.is_empty, "an answer is under way: that decides"
    door.replacing.gate.set()
    qtbot.waitUntil(lambda: bool(screen.authenticator.error.text()))
    screen.time_left.look()
    assert screen.card.page is screen.recovery
    assert screen.authenticator.qr.is_empty
    assert screen.authenticator.key.text() == ""
    assert "Begin again with another recovery code" in screen.recovery.error.text()
    assert screen.card.note() == ""
    qtbot.waitUntil(lambda: door.replacing.state == "ended")


def test_that_nothing_is_asked_while_something_is_missing(screen: LostAuthenticatorScreen, door: Door) -> None:
    press(screen.card.go_on)
    assert "all needed" in screen.recovery.error.text()
    assert screen.recovery.password.edit.hasFocus()
    assert door.replacing.state == "signed in"


def test_that_the_door_leads_to_it_and_back_with_the_account_filled(qtbot: QtBot, look: Look, tasks: Tasks) -> None:
    window = MainWindow(
        FakeSignIn(),
        look=look,
        tasks=tasks,
        on_signed_in=lambda _desk: None,
        on_ended=lambda _receipt: None,
        on_approval_wanted=lambda: None,
        new_enrolment=FakeEnrol,
    )
    qtbot.addWidget(window)
    window.show()
    door = window.centralWidget()
    assert isinstance(door, SignInScreen)
    door.form.account.setText("ratna.dewanti")
    press(door.form.lost)
    lost = window.centralWidget()
    assert isinstance(lost, LostAuthenticatorScreen)
    assert lost.recovery.account.text() == "ratna.dewanti"
    fill(lost)
    qtbot.waitUntil(lambda: not lost.authenticator.qr.is_empty)
    lost.authenticator.code.setText(CODE)
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), SignInScreen))
    again = window.centralWidget()
    assert isinstance(again, SignInScreen)
    assert again.form.account.text() == "ratna.dewanti"
    assert "new authenticator counts" in again.form._welcome.text()
