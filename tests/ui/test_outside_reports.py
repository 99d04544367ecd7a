"""A suspicion reported in two presses from the sign-in window and from the lock screen, and what the officer reads."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.incidents.words import Suspicion
from app.storage.outside_reports import ReportNotKeptError
from app.ui.lock.screen import LockScreen
from app.ui.main_window import MainWindow
from app.ui.sign_in.screen import SignInScreen
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from tests.ui import fake_door
from tests.ui.fake_outside import FakeReports

WORDS = "A stranger reads the note under the keyboard"
Door = tuple[MainWindow, SignInScreen | LockScreen, FakeReports]


def opened(look: Look, tasks: Tasks, *, is_locked: bool, reports: FakeReports | None) -> MainWindow:
    window = MainWindow(
        fake_door.FakeSignIn(None),
        look=look,
        tasks=tasks,
        on_signed_in=lambda _desk: None,
        on_ended=lambda _receipt: None,
        on_approval_wanted=lambda: None,
        resume=fake_door.FakeLock() if is_locked else None,
        idle_clock=lambda: 50_000.0,
        reports=reports,
    )
    window.show()
    window.activateWindow()
    return window


@pytest.fixture(params=[False, True], ids=["sign-in", "lock"])
def door(request: pytest.FixtureRequest, look: Look, tasks: Tasks) -> Iterator[Door]:
    fake = FakeReports()
    window = opened(look, tasks, is_locked=request.param, reports=fake)
    screen = window.centralWidget()
    assert isinstance(screen, SignInScreen | LockScreen)
    yield window, screen, fake
    window.close()
    window.deleteLater()


def offer(screen: QWidget | None) -> Button:
    assert screen is not None
    found = screen.findChild(Button, "report_suspicion")
    assert found is not None
    return found


def said(screen: QWidget) -> str:
    found = screen.findChild(QWidget, "report_kept")
    assert found is not None
    return found.accessibleName() if found.isVisible() else ""


def form(window: MainWindow) -> QWidget:
    found = window.findChild(QWidget, "report_popover")
    assert found is not None
    return found


def test_that_two_presses_keep_a_report_and_say_what_becomes_of_it(qtbot: QtBot, door: Door) -> None:
    window, screen, fake = door
    QTest.mouseClick(offer(screen), Qt.MouseButton.LeftButton)
    row = form(window).findChild(QWidget, "report_stolen_account")
    assert row is not None
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "next sign-in here" in said(screen))
    assert [(what, words) for _id, what, words in fake.kept] == [(Suspicion.STOLEN_ACCOUNT, "")]
    qtbot.waitUntil(lambda: window.findChild(QWidget, "report_popover") is None)


def test_that_the_keyboard_alone_reports_and_a_reader_hears_names(qtbot: QtBot, door: Door) -> None:
    window, screen, fake = door
    qtbot.waitUntil(window.isActiveWindow)
    assert offer(screen).accessibleName() == "Report a suspicion"
    QTest.keyClick(screen, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    shown = form(window)
    assert shown.accessibleName() == "Report a suspicion"
    text = " ".join(label.text() for label in shown.findChildren(QLabel))
    assert "next sign-in" in text
    assert ("whose session is locked" in text) == isinstance(screen, LockScreen)
    drill = shown.findChild(QWidget, "report_drill")
    assert drill is not None
    assert not drill.isVisible(), "nobody whom nobody knows calls it a drill"
    words = shown.findChild(QWidget, "report_words")
    assert words is not None
    QTest.keyClicks(words, WORDS)
    QTest.keyClick(shown, Qt.Key.Key_3)
    qtbot.waitUntil(lambda: len(fake.kept) == 1)
    assert fake.kept[0][1:] == (Suspicion.MISUSE, WORDS)


def test_that_where_nothing_can_be_sealed_the_form_says_so_before_anybody_types(qtbot: QtBot, door: Door) -> None:
    window, screen, fake = door
    fake.refusal = ReportNotKeptError("No office.", code="reports_no_office")
    offer(screen).click()
    shown = form(window)
    error = shown.findChild(QWidget, "report_error")
    assert error is not None
    qtbot.waitUntil(lambda: "Tell your supervisor" in error.accessibleName())
    for name in ("report_words", "report_other"):
        part = shown.findChild(QWidget, name)
        assert part is not None
        assert not part.isVisible()
    texts = [label.text() for label in shown.findChildren(QLabel) if label.isVisible()]
    assert not any("next sign-in" in text for text in texts), "nothing is promised that does not happen"
    QTest.keyClick(shown, Qt.Key.Key_1)
    assert fake.kept == []


def test_that_a_report_which_is_not_kept_stays_in_the_form_and_goes_again_under_its_id(
    qtbot: QtBot, door: Door
) -> None:
    window, screen, fake = door
    offer(screen).click()
    qtbot.waitUntil(lambda: fake.checked == 1)
    fake.refusal = ReportNotKeptError("Full.", code="reports_too_soon")
    shown = form(window)
    QTest.keyClick(shown, Qt.Key.Key_6)
    error = shown.findChild(QWidget, "report_error")
    assert error is not None
    qtbot.waitUntil(lambda: "half a minute" in error.accessibleName())
    assert said(screen) == ""
    QTest.keyClick(shown, Qt.Key.Key_6)
    qtbot.waitUntil(lambda: len(fake.kept) == 1)
    assert fake.tried == [fake.kept[0][0]] * 2


def test_that_the_form_goes_with_its_door(qtbot: QtBot, look: Look, tasks: Tasks) -> None:
    window = opened(look, tasks, is_locked=False, reports=FakeReports())
    offer(window.centralWidget()).click()
    form(window)
    window.show_sign_in()
    qtbot.waitUntil(lambda: window.findChild(QWidget, "report_popover") is None)
    window.close()
    window.deleteLater()


def test_that_a_door_without_the_use_case_offers_nothing(look: Look, tasks: Tasks) -> None:
    window = opened(look, tasks, is_locked=False, reports=None)
    assert not offer(window.centralWidget()).isVisible()
    window.close()
    window.deleteLater()
