"""A door that stands before the sweep of dead sessions is over: its receipt is shown, whatever was done there."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.enrolment.screen import EnrolmentScreen
from app.ui.lost.screen import LostAuthenticatorScreen
from app.ui.main_window import MainWindow
from app.ui.setup.screen import SetUpScreen
from app.ui.sign_in.screen import SignInScreen
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.wiped.screen import WipedScreen
from tests.ui.conftest import named
from tests.ui.fake_desk import receipt
from tests.ui.fake_door import FakeSignIn
from tests.ui.fake_making import FakeEnrol, FakeMaking

WAYS = {"activation_wanted": EnrolmentScreen, "lost_wanted": LostAuthenticatorScreen}
Make = Callable[..., MainWindow]


@pytest.fixture
def begun(qtbot: QtBot, look: Look, tasks: Tasks) -> Make:
    """A window that is shown before the sweep is over."""

    def make(making: FakeMaking | None = None, *, is_swept: bool = False) -> MainWindow:
        window = MainWindow(
            FakeSignIn(),
            look=look,
            tasks=tasks,
            on_signed_in=lambda _desk: None,
            on_ended=lambda _receipt: None,
            on_approval_wanted=lambda: None,
            is_swept=is_swept,
            new_enrolment=FakeEnrol,
            make_office=making,
            receipt=receipt("sweep") if making is not None else None,
        )
        qtbot.addWidget(window)
        window.show()
        return window

    return make


def door_of(window: MainWindow) -> SignInScreen:
    screen = window.centralWidget()
    assert isinstance(screen, SignInScreen)
    return screen


def receipt_of(qtbot: QtBot, window: MainWindow) -> WipedScreen:
    screen = window.centralWidget()
    assert isinstance(screen, WipedScreen)
    qtbot.waitUntil(screen.isVisible)
    return screen


def test_that_the_receipt_takes_the_doors_place_with_what_was_typed_there(qtbot: QtBot, begun: Make) -> None:
    window = begun()
    QTest.keyClicks(named(window, "password"), "kata sandi yang panjang")
    window.sweep_over(receipt("sweep"))
    screen = receipt_of(qtbot, window)
    assert screen.receipt.cause == "sweep"
    QTest.mouseClick(screen.again, Qt.MouseButton.LeftButton)
    assert door_of(window).form.password.text() == ""


@pytest.mark.parametrize("way", WAYS)
def test_that_nobody_leaves_the_door_before_the_sweep_is_over(begun: Make, way: str) -> None:
    window = begun()
    door_of(window).form.account.setText("ratna.dewanti")
    getattr(door_of(window), way).emit()
    door_of(window)
    window.sweep_over(None)
    screen = window.centralWidget()
    assert screen is not None
    assert isinstance(screen, WAYS[way])
    assert any(edit.text() == "ratna.dewanti" for edit in screen.findChildren(QLineEdit))


@pytest.mark.parametrize("way", WAYS)
def test_that_the_receipt_comes_before_what_was_wanted_and_the_wish_is_over(
    qtbot: QtBot, begun: Make, way: str
) -> None:
    window = begun()
    getattr(door_of(window), way).emit()
    window.sweep_over(receipt("sweep"))
    QTest.mouseClick(receipt_of(qtbot, window).again, Qt.MouseButton.LeftButton)
    door_of(window)
    getattr(door_of(window), way).emit()
    assert isinstance(window.centralWidget(), WAYS[way])


@pytest.mark.parametrize("way", WAYS)
def test_that_who_signs_in_after_all_stays_at_the_door(begun: Make, way: str) -> None:
    window = begun()
    getattr(door_of(window), way).emit()
    door_of(window).form.submitted.emit("ratna.dewanti", "kata sandi", "731904")
    window.sweep_over(None)
    door_of(window)


def test_that_after_a_sweep_without_a_find_the_door_stays_as_it_is(begun: Make) -> None:
    window = begun()
    door = door_of(window)
    door.form.account.setText("ratna.dewanti")
    window.sweep_over(None)
    assert door_of(window) is door
    assert door.form.account.text() == "ratna.dewanti"


def test_that_the_set_up_follows_a_receipt_where_there_is_no_office(qtbot: QtBot, begun: Make) -> None:
    window = begun(FakeMaking(), is_swept=True)
    QTest.mouseClick(receipt_of(qtbot, window).again, Qt.MouseButton.LeftButton)
    assert isinstance(window.centralWidget(), SetUpScreen)
