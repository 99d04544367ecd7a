"""V on a row compares what the caller says with its value; nothing is opened."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.console.field_row import _LETTERS, FieldRow, Offer
from app.ui.shortcuts import SHORTCUTS, Scope, cap_for
from app.ui.widgets.curtain_states import CurtainState
from tests.ui.conftest import Signed
from tests.ui.fake_caller import VALUES
from tests.ui.test_check import cell, foot, panel_of, say
from tests.ui.test_console import screen_of

Make = Callable[..., Signed]


def row_of(signed: Signed, field: str) -> FieldRow:
    row = screen_of(signed).card.row(field)
    assert row is not None
    row.setFocus()
    return row


def test_that_the_letters_of_a_row_are_those_of_the_table() -> None:
    letters = {s.keys for s in SHORTCUTS if s.scope is Scope.ROW and len(s.keys) == 1}
    assert {"R", "V", "A", "W", "C"} <= letters
    assert {cap_for(name) for name in _LETTERS} <= letters


@pytest.mark.parametrize("field", ["nik", "mobile_phone"])
def test_that_v_goes_to_the_field_of_the_check(console: Make, field: str) -> None:
    signed = console()
    QTest.keyClick(row_of(signed, field), Qt.Key.Key_V)
    assert signed.window.focusWidget() is cell(signed, field).edit
    assert signed.desk.caller.begun == [], "nothing is asked before somebody has answered"
    assert signed.desk.reveals == []


def test_that_v_makes_room_for_a_field_that_policy_does_not_ask_for(qtbot: QtBot, console: Make) -> None:
    signed = console()
    QTest.keyClick(row_of(signed, "email"), Qt.Key.Key_V)
    edit = cell(signed, "email").edit
    assert signed.window.focusWidget() is edit
    assert edit.accessibleName() == "Email"
    assert not cell(signed, "email").tick.isVisible(), "a tick would not count"
    say(qtbot, signed, "email", VALUES["email"])
    assert foot(signed, "email") == "typed, this call"
    assert panel_of(signed).progress.text() == "0 of 2 needed checks done"
    say(qtbot, signed, "nik", VALUES["nik"])
    assert "email" in panel_of(signed).cells
    QTest.keyClick(row_of(signed, "email"), Qt.Key.Key_V)
    assert len(panel_of(signed).cells) == 4


def test_that_the_end_of_the_call_takes_that_field_away(qtbot: QtBot, console: Make) -> None:
    signed = console()
    QTest.keyClick(row_of(signed, "email"), Qt.Key.Key_V)
    say(qtbot, signed, "email", "somebody@else.example")
    assert foot(signed, "email") == "No match, 2 tries left"
    screen_of(signed).checking.hang_up()
    assert list(panel_of(signed).cells) == ["nik", "birth_date", "mobile_phone"]


def test_that_a_field_that_has_matched_is_said_and_keeps_the_focus(
    qtbot: QtBot, console: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed, said = console(), list[str]()
    say(qtbot, signed, "nik", VALUES["nik"])
    monkeypatch.setattr("app.ui.console.field_actions.announce", lambda _widget, text: said.append(text))
    row = row_of(signed, "nik")
    QTest.keyClick(row, Qt.Key.Key_V)
    assert said == ["typed, this call"]
    assert signed.window.focusWidget() is row


def test_that_v_does_nothing_where_nothing_can_be_compared(console: Make, qtbot: QtBot) -> None:
    signed = console()
    address = row_of(signed, "address")
    QTest.keyClick(address, Qt.Key.Key_V)
    assert signed.window.focusWidget() is address
    assert "compares" not in address.accessibleDescription()
    assert "V compares what the caller says" in row_of(signed, "email").accessibleDescription()


def test_that_v_leaves_an_open_field_and_a_popover_alone(console: Make, qtbot: QtBot) -> None:
    signed = console()
    phone = row_of(signed, "mobile_phone")
    QTest.keyClick(phone, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: screen_of(signed).field_actions._popover is not None)
    popover = screen_of(signed).field_actions._popover
    assert popover is not None
    QTest.keyClick(popover, Qt.Key.Key_V)
    assert popover.isVisible()
    QTest.keyClick(popover, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: phone.curtain.state is CurtainState.OPEN)
    QTest.keyClick(phone, Qt.Key.Key_V)
    assert phone.offer is Offer.CLOSE
    assert signed.window.focusWidget() is not cell(signed, "mobile_phone").edit


def test_that_r_and_a_take_what_the_row_offers_and_nothing_else(console: Make, qtbot: QtBot) -> None:
    signed = console()
    QTest.keyClick(row_of(signed, "card_number"), Qt.Key.Key_R)
    QTest.keyClick(row_of(signed, "mobile_phone"), Qt.Key.Key_A)
    assert screen_of(signed).field_actions._popover is None
    QTest.keyClick(row_of(signed, "card_number"), Qt.Key.Key_A)
    qtbot.waitUntil(lambda: screen_of(signed).field_actions._popover is not None)
