"""The identity check above the card, and the lookup of whole numbers, as somebody types into the real window."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import InputRefusedError, NotAllowedError
from app.session.errors import OfficeAwayError
from app.session.shown import ShownCheck
from app.ui.console.ask_popover import AskPopover
from app.ui.console.check_cell import CheckCell
from app.ui.console.check_panel import CheckPanel
from tests.ui.conftest import Signed, named
from tests.ui.fake_caller import VALUES
from tests.ui.test_console import accessible_texts, click, screen_of

Make = Callable[..., Signed]


def panel_of(signed: Signed) -> CheckPanel:
    panel = screen_of(signed).card.check
    assert panel is not None
    return panel


def cell(signed: Signed, field: str) -> CheckCell:
    return panel_of(signed).cells[field]


def say(qtbot: QtBot, signed: Signed, field: str, text: str) -> None:
    before = len(signed.desk.caller.said)
    edit = cell(signed, field).edit
    edit.setFocus()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(signed.desk.caller.said) == before + 1)
    qtbot.waitUntil(lambda: not cell(signed, field).edit.isReadOnly())


def foot(signed: Signed, field: str) -> str:
    return cell(signed, field).edit.accessibleDescription()


def test_that_ctrl_i_goes_to_the_check_and_two_matches_verify(qtbot: QtBot, console: Make) -> None:
    signed = console()
    QTest.keyClick(signed.window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert cell(signed, "nik").edit.hasFocus()
    say(qtbot, signed, "nik", VALUES["nik"])
    assert panel_of(signed).progress.text() == "1 of 2 needed checks done"
    assert cell(signed, "birth_date").edit.hasFocus()  # the next one
    say(qtbot, signed, "birth_date", VALUES["birth_date"])
    assert panel_of(signed).progress.text() == "Caller verified"
    assert signed.desk.reveals == []


def test_that_nothing_is_compared_and_no_note_is_opened_while_the_office_is_away(qtbot: QtBot, console: Make) -> None:
    signed = console()
    screen, hint, notes = screen_of(signed), named(signed.window, "check_hint"), named(signed.window, "show_notes")
    qtbot.waitUntil(notes.isEnabled)
    cell(signed, "nik").edit.setFocus()
    cell(signed, "nik").edit.setText("3578")
    screen._on_connected(False, 1_772_532_129.0)
    assert signed.window.focusWidget() is panel_of(signed)
    assert not any(one.edit.isEnabled() or one.tick.isEnabled() for one in panel_of(signed).cells.values())
    assert not notes.isEnabled()
    assert hint.accessibleName() == "No checks while offline"
    screen._on_connected(True, 0.0)
    qtbot.waitUntil(notes.isEnabled)
    assert all(one.edit.isEnabled() and one.tick.isEnabled() for one in panel_of(signed).cells.values())
    assert hint.accessibleName() == "Type what the caller says. Nothing is shown."


def test_that_nothing_is_begun_before_somebody_answers(console: Make) -> None:
    signed = console()
    assert panel_of(signed).isVisible()
    assert signed.desk.caller.begun == []


def test_that_no_match_says_how_many_tries_are_left(qtbot: QtBot, console: Make) -> None:
    signed = console()
    say(qtbot, signed, "nik", "1111")
    assert foot(signed, "nik") == "No match, 2 tries left"
    assert cell(signed, "nik").edit.text() == ""
    for _ in range(2):
        say(qtbot, signed, "nik", "1111")
    assert foot(signed, "nik") == "No match, no tries left"
    assert not cell(signed, "nik").edit.isEnabled()


def test_that_what_cannot_be_one_is_said_and_costs_no_try(qtbot: QtBot, console: Make) -> None:
    signed = console()
    signed.desk.caller.refuse = InputRefusedError("A NIK has 16 digits", code="wrong_length")
    say(qtbot, signed, "nik", "31")
    assert foot(signed, "nik") == "This cannot be one. It cost no try."
    assert cell(signed, "nik").edit.hasFocus()
    QTest.keyClicks(cell(signed, "nik").edit, "3")
    assert foot(signed, "nik") == "3 tries left"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NotAllowedError("tried often enough", code="tries"), "No tries left for this call"),
        (NotAllowedError("tried often enough", code="tries_day"), "No tries left for this customer today"),
        (OfficeAwayError("away"), "back office"),
    ],
)
def test_that_a_refusal_says_what_to_do(qtbot: QtBot, console: Make, error: Exception, words: str) -> None:
    signed = console()
    signed.desk.caller.refuse = error
    say(qtbot, signed, "nik", "1111")
    assert words in foot(signed, "nik")


def test_that_a_tick_by_eye_counts_once(qtbot: QtBot, console: Make) -> None:
    signed = console()
    cell(signed, "mobile_phone").tick.click()
    qtbot.waitUntil(lambda: "1 of 2" in panel_of(signed).progress.text())
    assert foot(signed, "mobile_phone") == "by eye, this call"
    assert not cell(signed, "birth_date").tick.isVisible()


def test_that_what_was_typed_is_gone_for_good(qtbot: QtBot, console: Make) -> None:
    signed = console()
    say(qtbot, signed, "nik", VALUES["nik"])
    for edit in signed.window.findChildren(QLineEdit):
        edit.undo()
        assert VALUES["nik"] not in edit.text()
    texts = accessible_texts(QAccessible.queryAccessibleInterface(signed.window))
    assert not any(VALUES["nik"] in text for text in texts)


def test_that_another_customer_is_another_check(qtbot: QtBot, console: Make) -> None:
    signed = console()
    say(qtbot, signed, "nik", VALUES["nik"])
    screen_of(signed).show_customer(2)
    qtbot.waitUntil(lambda: signed.desk.caller.ended == 1)
    qtbot.waitUntil(lambda: panel_of(signed).progress.text() == "0 of 2 needed checks done")


def test_that_another_caller_begins_anew(qtbot: QtBot, console: Make) -> None:
    signed = console()
    say(qtbot, signed, "nik", VALUES["nik"])
    panel_of(signed).over.emit()
    assert panel_of(signed).progress.text() == "0 of 2 needed checks done"
    qtbot.waitUntil(lambda: signed.desk.caller.ended == 1)
    say(qtbot, signed, "nik", VALUES["nik"])
    assert len(signed.desk.caller.begun) == 2


def test_that_two_quick_returns_are_one_try(qtbot: QtBot, console: Make) -> None:
    signed = console()
    edit = cell(signed, "nik").edit
    QTest.keyClicks(edit, "1111")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "No match" in foot(signed, "nik"))
    assert len(signed.desk.caller.said) == 1


def test_that_a_check_whose_time_was_up_begins_anew_with_the_answer(qtbot: QtBot, console: Make) -> None:
    signed = console()
    say(qtbot, signed, "nik", VALUES["nik"])
    signed.desk.caller.refuse = NotAllowedError("over", code="check_over")
    edit = cell(signed, "birth_date").edit
    QTest.keyClicks(edit, VALUES["birth_date"])
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(signed.desk.caller.begun) == 2)
    qtbot.waitUntil(lambda: panel_of(signed).progress.text() == "1 of 2 needed checks done")


class Comparing:
    """An office that takes its time with the answers of a caller; `go` lets it answer."""

    def __init__(self, signed: Signed, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go, self.is_asked = threading.Event(), threading.Event()
        compare = signed.desk.caller.answer

        def answer(field: str, text: str) -> ShownCheck:
            self.is_asked.set()
            self.go.wait(30)
            return compare(field, text)

        monkeypatch.setattr(signed.desk.caller, "answer", answer)

    def begin(self, qtbot: QtBot, signed: Signed, field: str) -> None:
        edit = cell(signed, field).edit
        edit.setFocus()
        QTest.keyClicks(edit, VALUES[field])
        QTest.keyClick(edit, Qt.Key.Key_Return)
        qtbot.waitUntil(self.is_asked.is_set)


def test_that_an_answer_which_comes_after_the_call_identifies_nobody(
    qtbot: QtBot, console: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever calls next has said nothing yet."""
    signed = console()
    screen = screen_of(signed)
    say(qtbot, signed, "nik", VALUES["nik"])
    office = Comparing(signed, monkeypatch)
    office.begin(qtbot, signed, "birth_date")
    screen.checking.hang_up()
    qtbot.waitUntil(lambda: signed.desk.caller.ended == 1)
    office.go.set()
    qtbot.waitUntil(lambda: signed.desk.caller.said[-1][0] == "birth_date")
    say(qtbot, signed, "mobile_phone", VALUES["mobile_phone"])
    assert not screen.checking.is_identified
    assert panel_of(signed).progress.text() == "1 of 2 needed checks done"


def test_that_a_first_answer_which_comes_after_the_call_is_over_at_the_office_too(
    qtbot: QtBot, console: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = console()
    office = Comparing(signed, monkeypatch)
    office.begin(qtbot, signed, "nik")
    screen_of(signed).checking.hang_up()
    assert signed.desk.caller.ended == 0, "nothing was known to have begun"
    office.go.set()
    qtbot.waitUntil(lambda: signed.desk.caller.ended == 1)
    assert panel_of(signed).progress.text() == "0 of 2 needed checks done"


def test_that_what_was_said_in_a_call_that_is_over_is_not_compared_in_the_next_one(
    qtbot: QtBot, console: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = console()
    caller, go, is_begun = signed.desk.caller, threading.Event(), threading.Event()
    begin = caller.begin

    def begin_late(record: str) -> ShownCheck:
        is_begun.set()
        go.wait(30)
        return begin(record)

    monkeypatch.setattr(caller, "begin", begin_late)
    edit = cell(signed, "nik").edit
    QTest.keyClicks(edit, VALUES["nik"])
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(is_begun.is_set)
    screen_of(signed).checking.hang_up()
    go.set()
    qtbot.waitUntil(lambda: caller.ended == 1)
    assert caller.said == []


def test_that_a_card_which_is_shown_again_meanwhile_gets_the_answer(
    qtbot: QtBot, console: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sync, another policy or new class keys make the card anew while the office still compares."""
    signed = console()
    office = Comparing(signed, monkeypatch)
    before = panel_of(signed)
    office.begin(qtbot, signed, "nik")
    screen_of(signed).flow.show_again()
    qtbot.waitUntil(lambda: panel_of(signed) is not before)
    assert cell(signed, "nik").edit.isReadOnly(), "it is still compared"
    office.go.set()
    qtbot.waitUntil(lambda: panel_of(signed).progress.text() == "1 of 2 needed checks done")
    say(qtbot, signed, "birth_date", VALUES["birth_date"])
    assert panel_of(signed).progress.text() == "Caller verified"


def test_that_what_was_typed_and_not_sent_goes_with_the_caller(qtbot: QtBot, console: Make) -> None:
    signed = console()
    say(qtbot, signed, "nik", VALUES["nik"])
    edit = cell(signed, "birth_date").edit
    QTest.keyClicks(edit, "28/03")
    screen_of(signed).checking.hang_up()
    assert edit.text() == ""
    assert not edit.isUndoAvailable()


# lookups


def search(signed: Signed) -> QLineEdit:
    return screen_of(signed).find_panel.search.edit


def empty_words(signed: Signed) -> str:
    label = screen_of(signed).find_panel._empty
    return label.text() if label.isVisible() else ""


def look_up(qtbot: QtBot, signed: Signed, text: str) -> None:
    QTest.keyClicks(search(signed), text)
    qtbot.waitUntil(lambda: screen_of(signed).model.rowCount() == 0)
    QTest.keyClick(search(signed), Qt.Key.Key_Return)


def test_that_a_whole_number_is_asked_of_the_office_and_not_kept(qtbot: QtBot, console: Make) -> None:
    signed = console()
    signed.desk.caller.finds = [7]
    QTest.keyClicks(search(signed), "5412 7500 0000 4417")
    qtbot.waitUntil(lambda: "Press Return" in empty_words(signed))
    assert signed.desk.caller.looked_up == []
    QTest.keyClick(search(signed), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen_of(signed).model.rowCount() == 1)
    assert signed.desk.caller.looked_up == ["5412 7500 0000 4417"]
    search(signed).undo()
    assert search(signed).text() == ""


def test_that_nobody_found_is_said(qtbot: QtBot, console: Make) -> None:
    signed = console()
    look_up(qtbot, signed, "081299998888")
    qtbot.waitUntil(lambda: "exactly this number" in empty_words(signed))


def test_that_a_part_of_a_number_is_told_why_it_finds_nobody(qtbot: QtBot, console: Make) -> None:
    signed = console()
    QTest.keyClicks(search(signed), "0812 55")
    qtbot.waitUntil(lambda: "Parts of a hidden number" in empty_words(signed))
    QTest.keyClick(search(signed), Qt.Key.Key_Return)
    assert signed.desk.caller.looked_up == []


def test_that_a_lookup_that_is_refused_says_so(qtbot: QtBot, console: Make) -> None:
    signed = console()
    signed.desk.caller.refuse = NotAllowedError("fast", code="lookups_pace")
    look_up(qtbot, signed, "081299998888")
    qtbot.waitUntil(lambda: "Wait a minute" in empty_words(signed))


# what needs an identified caller


def ask_for_account(qtbot: QtBot, signed: Signed) -> AskPopover:
    click(qtbot, signed.window, "ask_bank_account")
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(AskPopover)))
    popover = signed.window.findChildren(AskPopover)[-1]
    qtbot.waitUntil(popover.isVisible)
    popover.words.setPlainText("the caller wants a refund to it")
    return popover


def test_that_a_request_waits_for_an_identified_caller_and_shows_the_way(qtbot: QtBot, console: Make) -> None:
    signed = console()
    signed.desk.checks_callers = True
    popover = ask_for_account(qtbot, signed)
    assert popover.check_first.isVisible()
    assert not popover.send.isEnabled()
    QTest.mouseClick(named(signed.window, "go_to_check"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: signed.window.focusWidget() is cell(signed, "nik").edit)
    say(qtbot, signed, "nik", VALUES["nik"])
    say(qtbot, signed, "birth_date", VALUES["birth_date"])
    popover = ask_for_account(qtbot, signed)
    assert not popover.check_first.isVisible()
    assert popover.send.isEnabled()


def test_that_an_office_that_wants_the_caller_identified_leads_to_the_check(qtbot: QtBot, console: Make) -> None:
    signed = console()
    signed.desk.refuse_reveal = NotAllowedError("who is calling", code="not_identified")
    click(qtbot, signed.window, "reveal_mobile_phone")
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(QWidget, "reveal_popover")))
    QTest.keyClick(named(signed.window, "reveal_popover"), Qt.Key.Key_1)
    qtbot.waitUntil(lambda: signed.window.focusWidget() is cell(signed, "nik").edit)
    assert "Check who is calling first" in screen_of(signed).card.fault.label.text()
