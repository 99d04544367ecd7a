"""The door: what a person types, and what the form says."""

import gc
import threading

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.session.errors import SignInRefusal
from app.session.shown import Office
from app.ui.sign_in.password_edit import PasswordEdit
from app.ui.sign_in.screen import SignInScreen
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.widgets.code_boxes import CodeBoxes
from tests.ui.conftest import named
from tests.ui.fake_door import FakeSignIn, refused


@pytest.fixture
def door() -> FakeSignIn:
    return FakeSignIn()


@pytest.fixture
def screen(qtbot: QtBot, look: Look, tasks: Tasks, door: FakeSignIn) -> SignInScreen:
    screen = SignInScreen(look, door, tasks)
    qtbot.addWidget(screen)
    screen.resize(1200, 760)
    screen.show()
    screen.begin()
    return screen


def fill(qtbot: QtBot, screen: SignInScreen, code: str = "731904") -> None:
    account, password = named(screen, "account"), named(screen, "password")
    assert isinstance(account, QLineEdit)
    assert isinstance(password, QLineEdit)
    if not account.text():
        QTest.keyClicks(account, "ratna.dewanti")
    if not password.text():
        QTest.keyClicks(password, "a long pass phrase")
    QTest.keyClicks(named(screen, "code"), code)


def test_that_account_password_and_code_sign_in(qtbot: QtBot, screen: SignInScreen, door: FakeSignIn) -> None:
    button = named(screen, "sign_in")
    with qtbot.waitSignal(screen.signed_in) as signed:
        fill(qtbot, screen)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # too late: the sixth digit has sent it
        assert isinstance(button, QPushButton)
        assert button.text() == "Signing in…"
        assert not button.isEnabled()
    assert signed.args == [door.desk]
    assert door.tries == [("ratna.dewanti", "a long pass phrase", "731904")]
    assert screen.form.password.text() == ""
    assert screen.form.code.text() == ""


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (refused(SignInRefusal.WRONG, tries_left=3), "Account, password or code is not right. 3 tries left here."),
        (refused(SignInRefusal.USED_CODE, wait_s=12), "This code was used already. Wait for the next one, 12 s."),
        (
            refused(SignInRefusal.CLOCK_OFF, minutes_off=-7),
            "The clock here is about 7 min off. Codes will not fit until IT sets it.",
        ),
        (
            refused(SignInRefusal.CODES_REFUSED),
            "Too many wrong codes came with this password. A supervisor releases your account, or use a recovery code.",
        ),
        (
            refused(SignInRefusal.THROTTLED, wait_s=61),
            "Too many tries here. Wait 2 min, or have a supervisor confirm it is you.",
        ),
    ],
)
def test_that_a_refusal_is_said_in_plain_words(
    qtbot: QtBot, screen: SignInScreen, door: FakeSignIn, error: Exception, sentence: str
) -> None:
    door.refusals.append(error)
    fill(qtbot, screen)
    QTest.mouseClick(named(screen, "sign_in"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.form.error.text() == sentence)
    assert screen.form.code.text() == ""
    assert screen.form.button.isEnabled()


def test_that_return_goes_to_the_first_empty_field(qtbot: QtBot, screen: SignInScreen, door: FakeSignIn) -> None:
    screen.activateWindow()
    QTest.keyClick(screen.form.account, Qt.Key.Key_Return)
    QTest.keyClicks(screen.form.account, "ratna")
    QTest.keyClick(screen.form.account, Qt.Key.Key_Return)
    assert door.tries == []


def test_that_a_pasted_code_keeps_its_digits_alone(qtbot: QtBot, look: Look) -> None:
    boxes = CodeBoxes(look)
    qtbot.addWidget(boxes)
    QGuiApplication.clipboard().setText("your code: 731 904\n")
    with qtbot.waitSignal(boxes.completed) as completed:
        QTest.keyClick(boxes, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert completed.args == ["731904"]
    QTest.keyClick(boxes, Qt.Key.Key_Backspace)
    assert boxes.text() == "73190"


def test_that_letters_do_not_enter_the_code(qtbot: QtBot, look: Look) -> None:
    boxes = CodeBoxes(look)
    qtbot.addWidget(boxes)
    QTest.keyClicks(boxes, "a1b2")
    assert boxes.text() == "12"


def test_that_a_capital_without_shift_tells_caps_lock(screen: SignInScreen) -> None:
    capital = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
    QApplication.sendEvent(screen.form.password.edit, capital)
    assert screen.form._caps.text() == "Caps Lock is on"
    small = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_B, Qt.KeyboardModifier.NoModifier, "b")
    QApplication.sendEvent(screen.form.password.edit, small)
    assert screen.form._caps.text() == ""


def test_that_a_sixth_digit_sends_nothing_while_the_password_is_empty(screen: SignInScreen, door: FakeSignIn) -> None:
    QTest.keyClicks(screen.form.account, "ratna.dewanti")
    QTest.keyClicks(screen.form.code, "731904")
    assert door.tries == []
    assert screen.form.code.text() == "731904"
    assert screen.form.code.accessibleDescription() == "Sends by itself at the sixth digit"


def test_that_a_shown_password_hides_by_itself(qtbot: QtBot, screen: SignInScreen) -> None:
    password = screen.form.password
    password.show_button.click()
    assert password._hiding.isActive()
    password._hiding.timeout.emit()
    assert password.edit.echoMode() == QLineEdit.EchoMode.Password
    assert password.show_button.text() == "Show"
    assert not password._hiding.isActive()


def test_that_a_shown_password_hides_when_the_focus_goes(qtbot: QtBot, screen: SignInScreen) -> None:
    password = screen.form.password
    screen.activateWindow()
    password.edit.setFocus()
    password.show_button.click()
    password.show_button.setFocus()
    assert password.edit.echoMode() == QLineEdit.EchoMode.Normal
    screen.form.code.setFocus()
    assert password.edit.echoMode() == QLineEdit.EchoMode.Password


def test_that_a_window_that_is_collected_with_the_focus_in_its_password_goes_quietly(qtbot: QtBot, look: Look) -> None:
    window = QWidget()
    layout = QVBoxLayout(window)
    field = PasswordEdit(look)
    layout.addWidget(field)
    window.show()
    window.activateWindow()
    field.edit.setFocus()
    qtbot.waitUntil(field.edit.hasFocus)
    gone: list[object] = []
    window.destroyed.connect(lambda: gone.append(1))
    vars(window)["field"], vars(field)["window_of"], vars(field.edit)["field"] = field, window, field
    del window, layout, field
    gc.collect()
    assert gone == [1], "the control: nothing but the circle held it"


def test_that_show_shows_the_password_and_signing_in_hides_it(qtbot: QtBot, screen: SignInScreen) -> None:
    QTest.keyClicks(screen.form.password.edit, "secret words")
    QTest.mouseClick(named(screen, "show_password"), Qt.MouseButton.LeftButton)
    assert screen.form.password.edit.echoMode() == QLineEdit.EchoMode.Normal
    screen.form.forget()
    assert screen.form.password.edit.echoMode() == QLineEdit.EchoMode.Password


def test_that_tab_goes_from_the_password_to_the_code(screen: SignInScreen) -> None:
    assert screen.form.password.edit.nextInFocusChain() is screen.form.code


class SlowOffice(FakeSignIn):
    """An office that is found when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.found = threading.Event()

    def office(self) -> Office:
        assert self.found.wait(60)
        return super().office()


@pytest.mark.parametrize("has_left", [False, True])
def test_that_who_is_faster_than_the_office_signs_in_once_it_is_there_unless_the_door_is_gone(
    qtbot: QtBot, look: Look, tasks: Tasks, has_left: bool
) -> None:
    slow = SlowOffice()
    screen = SignInScreen(look, slow, tasks)
    qtbot.addWidget(screen)
    screen.show()
    screen.begin()
    fill(qtbot, screen)
    QTest.mouseClick(named(screen, "sign_in"), Qt.MouseButton.LeftButton)
    assert slow.tries == []
    if has_left:
        screen.hide()
    slow.found.set()
    qtbot.waitUntil(lambda: "Looking" not in screen.form._office.text())
    if has_left:
        assert slow.tries == []
    else:
        qtbot.waitUntil(lambda: slow.tries == [("ratna.dewanti", "a long pass phrase", "731904")])
