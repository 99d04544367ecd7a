"""One's own account: each factor is changed by password and code, and nothing typed or shown stays behind."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.my_account.authenticator_card import AuthenticatorCard
from app.ui.my_account.screen import MyAccountScreen
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.widgets.recovery_codes import RecoveryCodes
from tests.ui.fake_my_account import CODE, PASSWORD, RECOVERY_CODE, SECRET, FakeMyAccount, codes
from tests.ui.fake_posture import FakePosture

NEW = "another five words for me"


@pytest.fixture
def account() -> FakeMyAccount:
    return FakeMyAccount()


@pytest.fixture
def screen(qtbot: QtBot, look: Look, tasks: Tasks, account: FakeMyAccount) -> Iterator[MyAccountScreen]:
    window = QMainWindow()
    screen = MyAccountScreen(look, account, tasks, FakePosture())
    window.setCentralWidget(screen)
    window.resize(1366, 768)
    window.show()
    screen.come()
    qtbot.waitUntil(lambda: bool(screen.recovery.state.text()))
    yield screen
    window.close()
    window.deleteLater()


def press(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def texts(widget: QWidget) -> str:
    """All that stands in labels and fields."""
    labels = [label.text() for label in widget.findChildren(QLabel)]
    return "\n".join([*labels, *[edit.text() for edit in widget.findChildren(QLineEdit)]])


@pytest.mark.parametrize(
    ("card", "way"),
    [
        ("password", ["password_code"]),
        ("authenticator", ["authenticator_code", "lost_authenticator", "cancel_authenticator", "begin_authenticator"]),
        ("recovery", ["recovery_code", "cancel_recovery", "make_codes"]),
    ],
)
def test_that_tab_goes_from_the_current_password_to_the_code_and_then_to_show(
    screen: MyAccountScreen, card: str, way: list[str]
) -> None:
    screen.window().activateWindow()
    opened = getattr(screen, card)
    press(opened.button)
    assert opened.current.password.edit.hasFocus()
    walked = []
    for _ in [*way, "show"]:
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        walked.append(focused().objectName())
    assert walked[: len(way)] == way
    assert walked[-1].startswith("show_")


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.mark.asvs("V6.2.2", "V6.2.3")
def test_that_the_password_is_changed_with_the_current_one_and_a_code(
    qtbot: QtBot, screen: MyAccountScreen, account: FakeMyAccount
) -> None:
    card = screen.password
    press(card.button)
    card.pair.first.edit.setText(NEW)
    card.pair.again.edit.setText(NEW)
    press(card.send)
    assert card.current.password.edit.hasFocus(), "without the current password it goes no further"
    card.current.password.edit.setText("some other words here")
    card.current.code.boxes.setText(CODE)
    press(card.send)
    qtbot.waitUntil(lambda: "not right" in card.current.code.error.text())
    assert not account.told
    card.current.password.edit.setText(PASSWORD)
    card.current.code.boxes.setText(CODE)
    press(card.send)
    before = card.state.text()
    account.password_at += 86_400
    qtbot.waitUntil(lambda: account.told == [f"password {NEW}"])
    qtbot.waitUntil(lambda: bool(card.done.text()))
    qtbot.waitUntil(lambda: card.state.text() not in ("", before))
    assert NEW not in texts(screen)
    assert PASSWORD not in texts(screen)


def test_that_esc_folds_the_card_that_is_open_and_only_then_leaves(screen: MyAccountScreen) -> None:
    for card in (screen.password, screen.authenticator, screen.recovery):
        press(card.button)
        card.current.password.edit.setText(PASSWORD)
        assert screen.close_innermost()
        assert not card.is_unfolded
        assert PASSWORD not in texts(screen)
    assert not screen.close_innermost(), "nothing is open: the screen itself is left"


def test_that_neither_esc_nor_a_return_too_many_loses_new_recovery_codes(qtbot: QtBot, screen: MyAccountScreen) -> None:
    card = screen.recovery
    press(card.button)
    card.current.password.edit.setText(PASSWORD)
    card.current.code.boxes.setText(CODE)
    press(card.send)
    qtbot.waitUntil(lambda: not card.codes.is_empty)
    assert screen.close_innermost()
    assert screen.window().focusWidget() is card.codes.print_once
    QTest.keyClick(card.codes.print_once, Qt.Key.Key_Return)
    assert not card.codes.is_empty


def test_that_the_focus_stays_with_the_card_after_a_new_authenticator(qtbot: QtBot, screen: MyAccountScreen) -> None:
    """What is typed next goes nowhere else: it may be a password."""
    screen.window().activateWindow()
    card = screen.authenticator
    press(card.button)
    card.current.password.edit.setText(PASSWORD)
    card.current.code.boxes.setText(CODE)
    press(card.send)
    qtbot.waitUntil(card.page.code.hasFocus)
    QTest.keyClicks(card.page.code, CODE)
    qtbot.waitUntil(lambda: bool(card.done.text()))
    assert card.button.hasFocus()


def test_that_an_offer_that_comes_after_the_person_has_left_is_forgotten(
    screen: MyAccountScreen, account: FakeMyAccount
) -> None:
    card, offer = screen.authenticator, account.begin_authenticator(PASSWORD, CODE)
    card._on_offered(offer)
    assert offer.secret.reveal() == offer.uri.reveal() == ""
    assert card.page.qr.is_empty


def test_that_a_new_authenticator_that_nobody_proves_in_time_goes_from_the_screen(
    qtbot: QtBot, look: Look, tasks: Tasks, account: FakeMyAccount
) -> None:
    now = [1_000.0]
    card = AuthenticatorCard(look, account, tasks, clock=lambda: now[0])
    qtbot.addWidget(card)
    card.show()
    press(card.button)
    card.current.password.edit.setText(PASSWORD)
    card.current.code.boxes.setText(CODE)
    press(card.send)
    qtbot.waitUntil(lambda: not card.page.qr.is_empty)
    assert "Ends by itself in 5:00" in texts(card)
    card.page.show_key.click()
    now[0] += 301
    card.time_left.look()
    assert card.page.qr.is_empty
    assert card.page.key.text() == ""
    assert "Ends by itself" not in texts(card)
    assert "Begin again" in card.over.text()
    assert card.current.isVisible(), "it can be begun again at once"
    card.current.password.edit.setText(PASSWORD)
    card.current.code.boxes.setText(CODE)
    press(card.send)
    qtbot.waitUntil(lambda: not card.page.qr.is_empty)
    assert card.over.text() == ""


def test_that_a_refused_new_password_keeps_the_current_one_typed(qtbot: QtBot, screen: MyAccountScreen) -> None:
    card = screen.password
    press(card.button)
    card.current.password.edit.setText(PASSWORD)
    card.current.code.boxes.setText(CODE)
    for edit in (card.pair.first, card.pair.again):
        edit.edit.setText("password password password")
    press(card.send)
    qtbot.waitUntil(lambda: "attackers" in card.pair.error.text())
    assert card.current.password.text() == PASSWORD
    assert card.current.code.boxes.isEnabled()


def test_that_the_strength_is_told_while_it_is_typed(qtbot: QtBot, screen: MyAccountScreen) -> None:
    card = screen.password
    press(card.button)
    card.pair.first.edit.setText("short words")
    qtbot.waitUntil(lambda: card.strength.words.text() == "Easy to guess: common words stand in it")
    card.pair.first.edit.setText(NEW)
    qtbot.waitUntil(lambda: card.strength.words.text() == "Very hard to guess")
    card.pair.first.edit.clear()
    qtbot.waitUntil(lambda: card.strength.words.text() == "")


def test_that_the_authenticator_is_replaced_by_password_and_code(
    qtbot: QtBot, screen: MyAccountScreen, account: FakeMyAccount
) -> None:
    card = screen.authenticator
    press(card.button)
    card.current.password.edit.setText(PASSWORD)
    card.current.code.boxes.setText(CODE)
    press(card.send)
    qtbot.waitUntil(lambda: not card.page.qr.is_empty)
    card.page.code.setText("000000")
    qtbot.waitUntil(lambda: bool(card.page.error.text()))
    assert not account.told
    card.page.code.setText(CODE)
    qtbot.waitUntil(lambda: account.told == ["authenticator"])
    qtbot.waitUntil(lambda: bool(card.done.text()))
    assert card.page.qr.is_empty


def test_that_a_lost_authenticator_is_replaced_by_a_recovery_code(qtbot: QtBot, screen: MyAccountScreen) -> None:
    card = screen.authenticator
    press(card.button)
    press(card.lost)
    card.current.password.edit.setText(PASSWORD)
    card.recovery.setText("something else")
    press(card.send)
    qtbot.waitUntil(lambda: "recovery code" in card.error.text())
    card.recovery.setText(RECOVERY_CODE)
    press(card.send)
    qtbot.waitUntil(lambda: not card.page.qr.is_empty)
    assert RECOVERY_CODE not in texts(screen)


def test_that_new_recovery_codes_are_shown_once(qtbot: QtBot, screen: MyAccountScreen) -> None:
    card = screen.recovery
    press(card.button)
    card.current.password.edit.setText(PASSWORD)
    card.current.code.boxes.setText(CODE)
    press(card.send)
    qtbot.waitUntil(lambda: not card.codes.is_empty)
    shown = [code.reveal() for code in codes()]
    assert all(code in texts(card) for code in shown)
    press(card.codes.have)
    assert not any(code in texts(card) for code in shown)


def test_that_a_printed_page_holds_what_the_screen_shows(qapp: object, look: Look) -> None:
    widget = RecoveryCodes(look)
    widget.show_codes(codes(), "ratna.dewanti")
    paper = QPixmap(800, 1100)
    paper.fill(Qt.GlobalColor.white)
    blank = paper.toImage()
    widget.print_on(QPainter(paper))
    assert paper.toImage() != blank
    widget.forget()
    again = QPixmap(800, 1100)
    again.fill(Qt.GlobalColor.white)
    widget.print_on(QPainter(again))
    assert again.toImage() != paper.toImage(), "forgotten codes are not printed"
    widget.deleteLater()


@pytest.mark.asvs("V7.5.2", "V7.4.3")
def test_that_ones_other_sessions_are_listed_and_ended(
    qtbot: QtBot, screen: MyAccountScreen, account: FakeMyAccount
) -> None:
    assert "2 beside this one" in texts(screen.sessions)
    press(screen.sessions.button)
    qtbot.waitUntil(lambda: account.told == ["end others"])
    qtbot.waitUntil(lambda: "Only this one runs" in texts(screen.sessions))


def test_that_failed_tries_stand_among_the_sign_ins(screen: MyAccountScreen) -> None:
    said = texts(screen.sign_ins)
    assert "Refused: password or code did not fit" in said
    assert "Refused: the code was used already" in said


def test_that_leaving_forgets_what_was_typed_and_shown(qtbot: QtBot, screen: MyAccountScreen) -> None:
    press(screen.authenticator.button)
    screen.authenticator.current.password.edit.setText(PASSWORD)
    screen.authenticator.current.code.boxes.setText(CODE)
    press(screen.authenticator.send)
    qtbot.waitUntil(lambda: not screen.authenticator.page.qr.is_empty)
    press(screen.authenticator.page.show_key)
    assert SECRET[:4] in texts(screen)
    screen.password.current.password.edit.setText(PASSWORD)
    screen.forget()
    assert screen.authenticator.page.qr.is_empty
    assert SECRET[:4] not in texts(screen)
    assert PASSWORD not in texts(screen)


@pytest.mark.asvs("V6.2.6", "V6.2.7")
def test_that_passwords_are_hidden_can_be_shown_and_pasted(qtbot: QtBot, screen: MyAccountScreen) -> None:
    press(screen.password.button)
    field = screen.password.current.password
    assert field.edit.echoMode() is QLineEdit.EchoMode.Password
    field.edit.setFocus()
    QGuiApplication.clipboard().setText(PASSWORD)
    field.edit.paste()
    assert field.text() == PASSWORD
    press(field.show_button)
    assert field.edit.echoMode() is QLineEdit.EchoMode.Normal
    screen.forget()
    assert field.edit.echoMode() is QLineEdit.EchoMode.Password
