"""The first sign-in in a window: code, password, authenticator; nothing of a secret stays when a step is left."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import InputRefusedError, NotAllowedError, TiraiError, VerificationError
from app.session.enrol import Enrol
from app.session.shown import Secret
from app.ui.enrolment.qr_code import EDGE, PICTURE, QrCode
from app.ui.enrolment.screen import EnrolmentScreen
from app.ui.enrolment.words import why_not
from app.ui.main_window import MainWindow
from app.ui.sign_in.form import SignInForm
from app.ui.sign_in.screen import SignInScreen
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.demo.people import Authenticator
from tests.office.made import made_office
from tests.ui.conftest import named
from tests.ui.fake_door import FakeSignIn
from tests.ui.fake_making import ACTIVATION, KEY, PASSWORD, RECOVERY_CODES, URI, FakeEnrol


class Hands:
    """What a person does at the screen."""

    def __init__(self, qtbot: QtBot, screen: EnrolmentScreen, enrol: FakeEnrol, now: list[float]) -> None:
        self.qtbot, self.screen, self.enrol, self.now = qtbot, screen, enrol, now

    def give_code(self, code: str = ACTIVATION) -> None:
        self.screen.account.account.setText("ratna.dewanti")
        self.screen.account.code.setText(code)
        self.screen.card.go_on.click()

    def choose(self, first: str = PASSWORD, again: str = PASSWORD) -> None:
        self.qtbot.waitUntil(lambda: self.is_at(self.screen.password))
        self.screen.password.pair.first.edit.setText(first)
        self.screen.password.pair.again.edit.setText(again)
        self.screen.card.go_on.click()

    def come_to_authenticator(self) -> None:
        self.give_code()
        self.choose()
        self.qtbot.waitUntil(lambda: self.is_at(self.screen.authenticator))

    def note_codes(self) -> Any:
        """Wait for the recovery codes, and go on; what the screen says then."""
        self.qtbot.waitUntil(lambda: self.is_at(self.screen.recovery))
        with self.qtbot.waitSignal(self.screen.enrolled) as enrolled:
            self.screen.card.go_on.click()
        return enrolled

    def is_at(self, page: QWidget) -> bool:
        return self.screen.card.page is page and self.screen.card.back.isEnabled()


@pytest.fixture
def hands(qtbot: QtBot, look: Look, tasks: Tasks) -> Hands:
    enrol, now = FakeEnrol(), [100.0]
    screen = EnrolmentScreen(look, lambda: enrol, tasks, clock=lambda: now[0])
    qtbot.addWidget(screen)
    screen.resize(1200, 760)
    screen.show()
    screen.begin()
    return Hands(qtbot, screen, enrol, now)


def texts_of(root: QWidget) -> str:
    """Every text that any widget holds, shown or not."""
    labels = [label.text() for label in root.findChildren(QLabel)]
    edits = [edit.text() for edit in root.findChildren(QLineEdit)]
    names = [widget.accessibleName() for widget in root.findChildren(QWidget)]
    return "\n".join(labels + edits + names)


def test_that_code_password_and_authenticator_make_an_account(qtbot: QtBot, hands: Hands) -> None:
    hands.come_to_authenticator()
    QTest.keyClicks(hands.screen.authenticator.code, "731904")
    enrolled = hands.note_codes()
    assert enrolled.args == ["ratna.dewanti", "agent"]
    assert hands.enrol.finished == [(PASSWORD, "731904")]
    assert hands.screen.authenticator.qr.is_empty
    assert PASSWORD not in texts_of(hands.screen)
    qtbot.waitUntil(lambda: hands.enrol.closed == 1)
    assert hands.enrol.offers[0].secret.reveal() == hands.enrol.offers[0].uri.reveal() == ""


def test_that_recovery_codes_are_shown_once_and_then_nowhere(qtbot: QtBot, hands: Hands) -> None:
    hands.come_to_authenticator()
    QTest.keyClicks(hands.screen.authenticator.code, "731904")
    qtbot.waitUntil(lambda: hands.is_at(hands.screen.recovery))
    assert all(code in texts_of(hands.screen) for code in RECOVERY_CODES)
    assert not hands.screen.card.back.isVisible(), "the account is there; there is no way back"
    hands.note_codes()
    assert not any(code in texts_of(hands.screen) for code in RECOVERY_CODES)


def test_that_the_keyboard_alone_goes_through(qtbot: QtBot, hands: Hands) -> None:
    screen = hands.screen
    QTest.keyClicks(screen.account.account, "ratna.dewanti")
    QTest.keyClick(screen.account.account, Qt.Key.Key_Return)
    QTest.keyClicks(screen.account.code, ACTIVATION.lower())
    QTest.keyClick(screen.account.code, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hands.is_at(screen.password))
    for edit in (screen.password.pair.first.edit, screen.password.pair.again.edit):
        QTest.keyClicks(edit, PASSWORD)
        QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hands.is_at(screen.authenticator))
    QTest.keyClicks(screen.authenticator.code, "731904")
    qtbot.waitUntil(lambda: hands.is_at(screen.recovery))
    qtbot.waitUntil(screen.recovery.print_once.hasFocus)
    assert screen.card.go_on.text() == "I have them"
    QTest.keyClick(screen.recovery.print_once, Qt.Key.Key_Tab)
    assert screen.card.go_on.hasFocus()
    with qtbot.waitSignal(screen.enrolled):
        QTest.keyClick(screen.card.go_on, Qt.Key.Key_Space)


def test_that_a_new_password_is_judged_while_it_is_typed(qtbot: QtBot, hands: Hands) -> None:
    hands.give_code()
    qtbot.waitUntil(lambda: hands.is_at(hands.screen.password))
    words, first = hands.screen.strength.words, hands.screen.password.pair.first.edit
    for password, said in (("ratna dewanti 1", "a name stands in it"), (PASSWORD, "Very hard to guess")):
        first.setText(password)
        qtbot.waitUntil(lambda said=said: said in words.text())  # type: ignore[misc]
    first.clear()
    assert words.text() == ""


def test_that_a_return_too_many_loses_no_recovery_code(qtbot: QtBot, hands: Hands) -> None:
    hands.come_to_authenticator()
    QTest.keyClicks(hands.screen.authenticator.code, "731904")
    qtbot.waitUntil(lambda: hands.is_at(hands.screen.recovery))
    QTest.keyClick(hands.screen, Qt.Key.Key_Return)
    QTest.keyClick(hands.screen.recovery.print_once, Qt.Key.Key_Return)  # no printer here, which it says
    assert "Copy them by hand." in texts_of(hands.screen)
    assert all(code in texts_of(hands.screen) for code in RECOVERY_CODES)


def test_that_esc_leads_back_to_the_door_from_the_first_page_alone(qtbot: QtBot, hands: Hands) -> None:
    screen = hands.screen
    screen.activateWindow()
    left: list[bool] = []
    screen.left.connect(lambda: left.append(True))
    hands.give_code()
    qtbot.waitUntil(lambda: hands.is_at(screen.password))
    QTest.keyClick(screen.password.pair.first.edit, Qt.Key.Key_Escape)
    assert hands.is_at(screen.password), "the activation code would have to be typed again"
    screen.card.back.click()
    QTest.keyClick(screen.account.code, Qt.Key.Key_Escape)
    assert left == [True]


def test_that_a_wrong_activation_code_is_said_and_can_be_mended(qtbot: QtBot, hands: Hands) -> None:
    hands.give_code("AAAA")
    page = hands.screen.account
    qtbot.waitUntil(lambda: page.error.text().startswith("The activation code does not open this account."))
    assert hands.enrol.closed == 1
    hands.give_code()
    qtbot.waitUntil(lambda: hands.is_at(hands.screen.password))
    assert page.error.text() == ""
    assert ACTIVATION not in texts_of(hands.screen)


def test_that_nothing_is_asked_while_a_field_is_empty(hands: Hands) -> None:
    hands.screen.card.go_on.click()
    assert hands.screen.account.error.text() == "Account and activation code are both needed."
    assert hands.enrol.offers == []


@pytest.mark.parametrize(
    ("first", "again", "sentence"),
    [
        ("short", "short", "Use at least 15 characters; four or five words are easy to remember."),
        (PASSWORD, PASSWORD + "3", "The two are not the same."),
    ],
)
def test_that_a_password_is_refused_in_words(qtbot: QtBot, hands: Hands, first: str, again: str, sentence: str) -> None:
    hands.give_code()
    hands.choose(first, again)
    pair = hands.screen.password.pair
    qtbot.waitUntil(lambda: pair.error.text() == sentence)
    assert pair.again.text() == ""
    hands.choose()
    qtbot.waitUntil(lambda: hands.is_at(hands.screen.authenticator))


def test_that_a_code_that_does_not_fit_can_be_typed_again(qtbot: QtBot, hands: Hands) -> None:
    hands.come_to_authenticator()
    page = hands.screen.authenticator
    QTest.keyClicks(page.code, "000000")
    qtbot.waitUntil(lambda: page.error.text() == "This code does not fit. Type the one that is shown now.")
    assert page.code.text() == ""
    assert not page.qr.is_empty
    QTest.keyClicks(page.code, "731904")
    hands.note_codes()


def test_that_back_takes_the_secret_out_of_its_widgets(qtbot: QtBot, hands: Hands) -> None:
    hands.come_to_authenticator()
    page = hands.screen.authenticator
    page.show_key.click()
    assert named(hands.screen, "key_text").text().replace(" ", "") == KEY  # type: ignore[attr-defined]
    hands.screen.card.back.click()
    assert hands.is_at(hands.screen.password)
    assert page.qr.is_empty
    assert KEY not in texts_of(hands.screen).replace(" ", "")
    assert hands.screen.password.pair.first.text() == ""
    hands.choose()
    qtbot.waitUntil(lambda: hands.is_at(page))
    assert not page.qr.is_empty
    assert page.key.isHidden()


def test_that_back_from_the_password_begins_anew(qtbot: QtBot, hands: Hands) -> None:
    hands.give_code()
    qtbot.waitUntil(lambda: hands.is_at(hands.screen.password))
    hands.screen.card.back.click()
    assert hands.is_at(hands.screen.account)
    assert hands.screen.card.note() == ""
    qtbot.waitUntil(lambda: hands.enrol.closed == 1)
    with qtbot.waitSignal(hands.screen.left):
        hands.screen.card.back.click()


def test_that_the_clock_counts_down_and_then_starts_again(qtbot: QtBot, hands: Hands) -> None:
    hands.come_to_authenticator()
    assert hands.screen.card.note() == "This set-up ends by itself in 5:00"
    hands.now[0] += 29
    hands.screen.look_at_clock()
    assert hands.screen.card.note() == "This set-up ends by itself in 4:31"
    hands.now[0] += 271
    hands.screen.look_at_clock()
    assert hands.is_at(hands.screen.account)
    assert hands.screen.account.error.text() == "This set-up took longer than 5 minutes. Start again."
    assert hands.screen.authenticator.qr.is_empty
    assert PASSWORD not in texts_of(hands.screen)


def test_that_an_enrolment_which_the_office_forgot_starts_again(qtbot: QtBot, hands: Hands) -> None:
    hands.come_to_authenticator()
    QTest.keyClicks(hands.screen.authenticator.code, "111111")
    qtbot.waitUntil(lambda: hands.is_at(hands.screen.account))
    assert hands.screen.account.error.text().startswith("This set-up took longer than 5 minutes, or too many codes")


def test_that_nothing_can_be_pressed_twice_while_a_code_is_judged(hands: Hands) -> None:
    hands.come_to_authenticator()
    hands.screen.authenticator.code.setText("731904")
    assert not hands.screen.card.back.isEnabled()
    assert hands.screen.card.go_on.text() == "Checking…"
    hands.screen._on_code_completed("731904")
    hands.qtbot.waitUntil(lambda: hands.enrol.closed == 1)
    assert len(hands.enrol.finished) == 1


@pytest.mark.parametrize(
    ("error", "beginning"),
    [
        (InputRefusedError("x", code="activation_form"), "This is not an activation code."),
        (InputRefusedError("x", code="account_name"), "An account name has 2 to 32 letters"),
        (VerificationError("x", code="other_office"), "Another office answers here"),
        (NotAllowedError("x", code="clock_off"), "The clock here is some minutes off."),
        (InputRefusedError("x", code="password_easy"), "This password repeats itself"),
        (InputRefusedError("x", code="password_common"), "This password is on lists"),
        (InputRefusedError("x", code="password_named"), "Names of you, the office or the program"),
        (InputRefusedError("x", code="password_long"), "Use at most 256 characters."),
        (InputRefusedError("x", code="person_name"), "Give the person’s name"),
        (InputRefusedError("x", code="office_name"), "Give the office a name"),
        (InputRefusedError("x", code="name_taken"), "Two people set an office up"),
        (InputRefusedError("x", code="office_exists"), "An office was made here meanwhile."),
        (NotAllowedError("x"), "The back office does not allow this."),
    ],
)
def test_that_each_refusal_has_words(error: TiraiError, beginning: str) -> None:
    assert why_not(error).startswith(beginning)


def test_that_the_qr_code_is_black_on_white_in_the_dark_theme_too_and_empty_when_forgotten(qtbot: QtBot) -> None:
    for theme in ("light", "dark", "contrast"):
        qr = QrCode(Look.of(theme))
        qtbot.addWidget(qr)
        qr.show_secret(Secret(URI))
        assert _shades(qr.grab().toImage()) == {"#111111", "#ffffff"}
        assert KEY not in qr.accessibleName()
        qr.forget()
        assert _shades(qr.grab().toImage()) == {"#ffffff"}


@pytest.mark.parametrize("length", [100, 270, 1100])
def test_that_a_qr_code_fills_its_place_however_much_it_carries(qtbot: QtBot, look: Look, length: int) -> None:
    qr = QrCode(look)
    qtbot.addWidget(qr)
    qr.show_secret(Secret("x" * length))
    image = qr.grab().toImage()
    middle = [x for x in range(12, EDGE - 12) for y in range(12, EDGE - 12) if image.pixelColor(x, y).value() < 128]
    assert PICTURE * 0.8 < max(middle) - min(middle) + 1 <= PICTURE


def _shades(image: QImage) -> set[str]:
    """Colours inside the card's edge."""
    inner = range(12, EDGE - 12)
    return {image.pixelColor(x, y).name() for x in inner for y in inner}


# with a real office


def test_that_the_window_enrols_at_a_real_office(qtbot: QtBot, look: Look, tasks: Tasks, tmp_path: Path) -> None:
    with made_office(tmp_path) as office:
        code = office.invite("ratna.dewanti", "Ratna Dewanti")
        real = Enrol(office.connect, lambda: office.store, office.policy)
        screen = EnrolmentScreen(look, lambda: real, tasks)
        qtbot.addWidget(screen)
        screen.show()
        hands = Hands(qtbot, screen, FakeEnrol(), [])
        hands.give_code(code)
        hands.choose()
        qtbot.waitUntil(lambda: hands.is_at(screen.authenticator))
        screen.authenticator.show_key.click()
        person = office.people["ratna.dewanti"]
        person.authenticator = Authenticator(screen.authenticator.key.text().replace(" ", ""))
        person.password = PASSWORD
        QTest.keyClicks(screen.authenticator.code, office.code(person))
        hands.note_codes()
        session = office.command("ratna.dewanti")
        session.end()


# from the door and back


@pytest.fixture
def window(qtbot: QtBot, look: Look, tasks: Tasks) -> MainWindow:
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
    return window


def test_that_the_door_leads_to_the_enrolment_and_back_with_the_account_filled(
    qtbot: QtBot, window: MainWindow
) -> None:
    door = window.centralWidget()
    assert isinstance(door, SignInScreen)
    door.form.account.setText("ratna.dewanti")
    QTest.mouseClick(named(window, "activation"), Qt.MouseButton.LeftButton)
    screen = window.centralWidget()
    assert isinstance(screen, EnrolmentScreen)
    assert screen.account.account.text() == "ratna.dewanti"
    hands = Hands(qtbot, screen, FakeEnrol(), [])
    hands.come_to_authenticator()
    screen.authenticator.code.setText("731904")
    hands.note_codes()
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), SignInScreen))
    again = window.centralWidget()
    assert isinstance(again, SignInScreen)
    assert again.form.account.text() == "ratna.dewanti"
    assert "Your account is ready." in texts_of(again)


def test_that_back_leads_to_the_door(qtbot: QtBot, window: MainWindow) -> None:
    window.show_enrolment()
    screen = window.centralWidget()
    assert isinstance(screen, EnrolmentScreen)
    screen.card.back.click()
    assert isinstance(window.centralWidget(), SignInScreen)


def test_that_a_door_without_enrolment_offers_none(qtbot: QtBot, look: Look) -> None:
    make: Callable[..., SignInForm] = SignInForm
    for may_enrol in (False, True):
        form = make(look, may_enrol=may_enrol)
        qtbot.addWidget(form)
        form.show()
        assert form.activation.isVisible() is may_enrol


@pytest.mark.parametrize(("role", "keys"), [("agent", True), ("administrator", False)])
def test_that_nobody_is_promised_what_the_role_does_not_have(
    qtbot: QtBot, look: Look, tasks: Tasks, role: str, keys: bool
) -> None:
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
    window._on_enrolled("adi.pratama", role)
    door = window.centralWidget()
    assert isinstance(door, SignInScreen)
    said = door.form._welcome.text()
    assert said.startswith("Your account is ready.")
    assert ("class keys" in said) is keys
