"""A fresh code where policy wants one: for a field, for notes, before the office is asked or after it refused."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.domain.role import Role
from app.session.errors import SessionOverError, SignInAnswerError
from app.ui.console.field_row import FieldRow
from tests.ui.conftest import Signed, named
from tests.ui.fake_desk import FakeDesk

Make = Callable[..., Signed]


def answer(code: str, *, wait_s: int = 0, number: int = 0) -> SignInAnswerError:
    return SignInAnswerError("refused", code=code, number=number, wait_s=wait_s)


def officer(*classes: DataClass) -> FakeDesk:
    desk = FakeDesk(Role.PRIVACY_OFFICER, count=30)
    desk.wants_code = set(classes)
    return desk


def click(qtbot: QtBot, parent: QWidget, name: str) -> None:
    qtbot.waitUntil(lambda: any(w.isVisible() for w in parent.findChildren(QWidget, name)))
    QTest.mouseClick(named(parent, name), Qt.MouseButton.LeftButton)


def phone(signed: Signed) -> FieldRow:
    assert signed.window.console is not None
    row = signed.window.console.card.row("mobile_phone")
    assert row is not None
    return row


def begin(qtbot: QtBot, signed: Signed) -> QLineEdit:
    click(qtbot, signed.window, "reveal_mobile_phone")
    qtbot.waitUntil(lambda: any(w.isVisible() for w in signed.window.findChildren(QWidget, "reveal_code")))
    boxes = named(signed.window, "reveal_code")
    assert isinstance(boxes, QLineEdit)
    return boxes


def error_of(signed: Signed, name: str) -> str:
    return named(signed.window, name).accessibleName()


def test_that_a_reveal_asks_for_a_code_when_the_last_one_is_old(qtbot: QtBot, console: Make) -> None:
    signed = console(officer(DataClass.CONTACT))
    boxes = begin(qtbot, signed)
    assert not named(signed.window, "confirm_reveal").isEnabled()
    QTest.keyClicks(boxes, "123456")
    QTest.keyClick(boxes, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: phone(signed).curtain.is_open)
    assert signed.desk.codes == ["123456"]
    assert signed.desk.reveals == [("r0", "mobile_phone", "call_back", "")]


def test_that_no_code_is_asked_for_where_policy_wants_none(qtbot: QtBot, console: Make) -> None:
    signed = console(officer(DataClass.FINANCIAL))
    click(qtbot, signed.window, "reveal_mobile_phone")
    click(qtbot, signed.window, "confirm_reveal")
    qtbot.waitUntil(lambda: phone(signed).curtain.is_open)
    assert signed.desk.codes == []


def test_that_a_reason_by_its_digit_goes_on_to_the_code(qtbot: QtBot, console: Make) -> None:
    signed = console(officer(DataClass.CONTACT))
    boxes = begin(qtbot, signed)
    QTest.keyClick(named(signed.window, "reveal_popover"), Qt.Key.Key_2)
    assert signed.window.focusWidget() is boxes
    QTest.keyClicks(boxes, "111111")
    QTest.keyClick(boxes, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: signed.desk.reveals == [("r0", "mobile_phone", "delivery", "")])


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (answer("wrong_code"), "This code does not fit. Type the one that is shown now."),
        (answer("used_code", wait_s=12), "This code was used already. Wait for the next one, 12 s."),
        (answer("clock_off", number=7), "The clock here is about 7 min off. Codes will not fit until IT sets it."),
    ],
)
def test_that_a_code_that_does_not_count_is_told_as_at_the_door(
    qtbot: QtBot, console: Make, refusal: Exception, words: str
) -> None:
    signed = console(officer(DataClass.CONTACT))
    boxes = begin(qtbot, signed)
    signed.desk.refuse_code = refusal
    QTest.keyClicks(boxes, "123456")
    click(qtbot, signed.window, "confirm_reveal")
    qtbot.waitUntil(lambda: error_of(signed, "reveal_code_error") == words)
    assert boxes.text() == ""
    assert boxes.isEnabled()
    assert signed.desk.reveals == []
    signed.desk.refuse_code = None
    QTest.keyClicks(boxes, "654321")
    click(qtbot, signed.window, "confirm_reveal")
    qtbot.waitUntil(lambda: phone(signed).curtain.is_open)


def test_that_a_refusal_for_an_old_code_brings_the_code_and_keeps_the_reason(qtbot: QtBot, console: Make) -> None:
    signed = console(officer())
    signed.desk.refuse_reveal = NotAllowedError("refused", code="step_up")
    click(qtbot, signed.window, "reveal_mobile_phone")
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(QWidget, "reveal_popover")))
    QTest.keyClick(named(signed.window, "reveal_popover"), Qt.Key.Key_3)
    qtbot.waitUntil(lambda: any(w.isVisible() for w in signed.window.findChildren(QWidget, "reveal_code")))
    boxes = named(signed.window, "reveal_code")
    assert signed.window.focusWidget() is boxes
    QTest.keyClicks(boxes, "123456")
    QTest.keyClick(boxes, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: phone(signed).curtain.is_open)
    assert signed.desk.reveals == [("r0", "mobile_phone", "correct", "")]


def test_that_too_many_wrong_codes_end_the_session(qtbot: QtBot, console: Make) -> None:
    signed = console(officer(DataClass.CONTACT))
    boxes = begin(qtbot, signed)
    signed.desk.refuse_code = SessionOverError("over", code="session_over")
    QTest.keyClicks(boxes, "123456")
    click(qtbot, signed.window, "confirm_reveal")
    qtbot.waitUntil(lambda: signed.desk.ended == ["session_over"])
    assert signed.desk.reveals == []


def test_that_notes_ask_for_a_code_in_a_popover(qtbot: QtBot, console: Make) -> None:
    signed = console(officer(DataClass.NOTE))
    qtbot.waitUntil(lambda: named(signed.window, "show_notes").isEnabled())
    click(qtbot, signed.window, "show_notes")
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(QWidget, "code_popover")))
    boxes = named(signed.window, "step_up_code")
    assert signed.window.focusWidget() is boxes
    assert signed.desk.notes_read == 0
    signed.desk.refuse_code = answer("wrong_code")
    QTest.keyClicks(boxes, "123456")
    click(qtbot, signed.window, "confirm_code")
    qtbot.waitUntil(lambda: "does not fit" in error_of(signed, "step_up_code_error"))
    signed.desk.refuse_code = None
    QTest.keyClicks(boxes, "654321")
    QTest.keyClick(boxes, Qt.Key.Key_Return)
    console_screen = signed.window.console
    assert console_screen is not None
    qtbot.waitUntil(lambda: console_screen.desk_panel.history.is_open)
    assert signed.desk.codes == ["123456", "654321"]


def test_that_another_record_takes_the_code_popover_away(qtbot: QtBot, console: Make) -> None:
    signed = console(officer(DataClass.NOTE))
    qtbot.waitUntil(lambda: named(signed.window, "show_notes").isEnabled())
    click(qtbot, signed.window, "show_notes")
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(QWidget, "code_popover")))
    assert signed.window.console is not None
    signed.window.console.show_customer(1)
    qtbot.waitUntil(lambda: not signed.window.findChildren(QWidget, "code_popover"))
