"""The console by what a person sees and does."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import NotAllowedError, WorkstationError
from app.domain.role import Role
from app.domain.unusual_sign_in import Unusual
from app.session.ends import Receipt
from app.session.errors import OfficeAwayError
from app.session.shown import (
    EndedElsewhere,
    RecoveryUse,
    RecoveryUsed,
    RequestState,
    Revealed,
    SignInAlarm,
    UnusualSeen,
)
from app.ui.console.field_row import FieldRow
from app.ui.console.screen import ConsoleScreen
from tests.ui.conftest import Signed, named
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_people import CANARY

Make = Callable[..., Signed]


def screen_of(signed: Signed) -> ConsoleScreen:
    screen = signed.window.console
    assert screen is not None
    return screen


def row_of(signed: Signed, field: str) -> FieldRow:
    row = screen_of(signed).card.row(field)
    assert row is not None
    return row


def click(qtbot: QtBot, parent: QWidget, name: str) -> None:
    qtbot.waitUntil(lambda: any(w.isVisible() for w in parent.findChildren(QWidget, name)))
    QTest.mouseClick(named(parent, name), Qt.MouseButton.LeftButton)


def reveal(qtbot: QtBot, signed: Signed, field: str = "mobile_phone") -> FieldRow:
    row = row_of(signed, field)
    click(qtbot, signed.window, f"reveal_{field}")
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(QWidget, "reveal_popover")))
    QTest.keyClick(named(signed.window, "reveal_popover"), Qt.Key.Key_1)
    curtain = row.curtain
    assert curtain is not None
    qtbot.waitUntil(lambda: curtain.is_open)
    return row


def is_open(row: FieldRow) -> bool:
    return row.curtain is not None and row.curtain.is_open


def accessible_texts(interface: QAccessibleInterface | None) -> list[str]:
    if interface is None or not interface.isValid():
        return []
    texts = [interface.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Help)]
    for at in range(interface.childCount()):
        texts += accessible_texts(interface.child(at))
    return texts


def test_that_a_search_finds_as_one_types(qtbot: QtBot, console: Make) -> None:
    signed = console()
    QTest.keyClicks(named(signed.window, "search"), "togar")
    qtbot.waitUntil(lambda: screen_of(signed).model.rowCount() == 30)


def test_that_a_reveal_takes_a_reason_and_shows_the_value_in_the_curtain(qtbot: QtBot, console: Make) -> None:
    signed = console()
    row = reveal(qtbot, signed)
    assert signed.desk.reveals == [("r0", "mobile_phone", "call_back", "")]
    assert screen_of(signed).card.watermark.isVisible()
    assert row.button.objectName() == "close_mobile_phone"


def test_that_an_open_value_is_in_no_accessible_text_title_or_tool_tip(qtbot: QtBot, console: Make) -> None:
    signed = console()
    reveal(qtbot, signed)
    widgets = [signed.window, *signed.window.findChildren(QWidget)]
    texts = accessible_texts(QAccessible.queryAccessibleInterface(signed.window))
    for widget in widgets:
        texts += [widget.toolTip(), widget.whatsThis(), widget.windowTitle(), widget.accessibleName()]
        texts.append(str(widget.property("text") or ""))
    assert len(texts) > 200
    assert not [text for text in texts if CANARY in text or "0455" in text]


def test_that_escape_closes_the_open_field(qtbot: QtBot, console: Make) -> None:
    signed = console()
    row = reveal(qtbot, signed)
    screen_of(signed).closing.close_innermost()
    assert not is_open(row)
    assert not screen_of(signed).card.watermark.isVisible()


def test_that_escape_closes_a_popover_and_gives_the_focus_back(qtbot: QtBot, console: Make) -> None:
    signed = console()
    click(qtbot, signed.window, "reveal_mobile_phone")
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(QWidget, "reveal_popover")))
    QTest.keyClick(named(signed.window, "reveal_popover"), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not signed.window.findChildren(QWidget, "reveal_popover"))
    assert signed.desk.reveals == []


def test_that_the_keyboard_alone_reveals_and_closes(qtbot: QtBot, console: Make) -> None:
    signed = console()
    row = row_of(signed, "mobile_phone")
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(QWidget, "reveal_popover")))
    QTest.keyClick(named(signed.window, "reveal_popover"), Qt.Key.Key_2)
    qtbot.waitUntil(lambda: is_open(row))
    QTest.keyClick(row, Qt.Key.Key_Escape)
    assert not is_open(row)
    assert signed.desk.reveals[0][2] == "delivery"


def test_that_arrows_move_between_rows(console: Make) -> None:
    signed = console()
    first, second = row_of(signed, "mobile_phone"), row_of(signed, "email")
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert signed.window.focusWidget() is second


@pytest.mark.asvs("V6.3.5")
def test_that_failed_tries_are_told_after_signing_in(console: Make) -> None:
    desk = FakeDesk(count=30)
    desk.person = replace(desk.person, last_failed=(1_772_532_129.0, 1_772_532_229.0))
    assert "2 failed tries" in screen_of(console(desk)).notices.failed_tries.label.text()


def test_that_a_use_of_the_recovery_kit_is_told_after_signing_in(console: Make) -> None:
    desk = FakeDesk(count=30)
    assert not screen_of(console(desk)).notices.recovery_used.isVisible()
    uses = tuple(RecoveryUsed(use, 1_772_532_129.0) for use in (RecoveryUse.OPEN, RecoveryUse.GRANT))
    desk.person = replace(desk.person, recoveries=uses)
    strip = screen_of(console(desk)).notices.recovery_used
    assert "recovery kit: office opened again" in strip.label.text()
    assert "class keys handed on" in strip.label.text()
    strip.action.click()
    assert not strip.isVisible()


def test_that_an_administrator_is_told_of_an_alarm_and_everybody_of_an_ended_session(console: Make) -> None:
    desk = FakeDesk(count=30)
    quiet = screen_of(console(desk))
    assert not quiet.notices.alarms.isVisible()
    assert not quiet.notices.ended_elsewhere.isVisible()
    at = 1_772_532_129.0
    ended = (EndedElsewhere("SBY-0418", at),)
    desk.person = replace(desk.person, alarms=(SignInAlarm("SBY-0417", at, 6),), ended_elsewhere=ended)
    screen = screen_of(console(desk))
    assert "6 accounts failed to sign in at SBY-0417" in screen.notices.alarms.label.text()
    assert "ended your session at: SBY-0418" in screen.notices.ended_elsewhere.label.text()
    for strip in (screen.notices.alarms, screen.notices.ended_elsewhere):
        assert strip.isVisible()
        strip.action.click()
        assert not strip.isVisible()


def test_that_unusual_sign_ins_are_told_own_ones_first(console: Make) -> None:
    desk = FakeDesk(count=30)
    at, why = 1_772_532_129.0, (Unusual.NEW_WORKSTATION, Unusual.OFF_HOURS)
    own = UnusualSeen(desk.person.account, "SBY-0420", at, why)
    desk.person = replace(desk.person, unusual=(own, UnusualSeen("yoga", "SBY-0421", at, (Unusual.FAR_FROM_USUAL,))))
    said = screen_of(console(desk)).notices.unusual.label.text()
    assert "SBY-0420" in said
    assert "first time at this workstation, outside the hours of work" in said
    assert "The newest: yoga, SBY-0421" in said


def test_that_another_record_closes_the_open_field(qtbot: QtBot, console: Make) -> None:
    signed = console()
    row = reveal(qtbot, signed)
    curtain = row.curtain
    assert curtain is not None
    screen_of(signed).show_customer(1)
    assert not curtain.is_open


def test_that_the_field_closes_when_the_window_loses_the_focus(qtbot: QtBot, console: Make) -> None:
    signed = console()
    row = reveal(qtbot, signed)
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not signed.window.isActiveWindow())
    QApplication.sendEvent(signed.window, QEvent(QEvent.Type.ActivationChange))
    assert not is_open(row)


def test_that_opening_a_second_field_closes_the_first(qtbot: QtBot, console: Make) -> None:
    signed = console()
    first = reveal(qtbot, signed)
    second = reveal(qtbot, signed, "email")
    assert not is_open(first)
    assert is_open(second)


def test_that_a_value_that_comes_too_late_is_dropped(qtbot: QtBot, console: Make) -> None:
    signed = console()
    row = row_of(signed, "mobile_phone")
    opener = screen_of(signed).field_actions.opener
    opener.reveal(row, "r0", "call_back", "")
    opener.close()
    qtbot.waitUntil(lambda: len(signed.desk.reveals) == 1)
    qtbot.wait(50)
    assert not is_open(row)


def test_that_a_refused_reveal_says_why_and_shows_nothing(qtbot: QtBot, console: Make) -> None:
    signed = console()
    signed.desk.refuse_reveal = NotAllowedError("refused", code="quota")
    click(qtbot, signed.window, "reveal_mobile_phone")
    click(qtbot, signed.window, "confirm_reveal")
    fault = screen_of(signed).card.fault
    qtbot.waitUntil(lambda: "Ask a supervisor" in fault.label.text())
    assert not is_open(row_of(signed, "mobile_phone"))


def test_that_other_as_a_reason_needs_words(qtbot: QtBot, console: Make) -> None:
    signed = console()
    click(qtbot, signed.window, "reveal_mobile_phone")
    click(qtbot, signed.window, "reason_other")
    assert not named(signed.window, "confirm_reveal").isEnabled()
    QTest.keyClicks(named(signed.window, "reveal_text"), "asked by the branch")
    click(qtbot, signed.window, "confirm_reveal")
    qtbot.waitUntil(lambda: signed.desk.reveals == [("r0", "mobile_phone", "other", "asked by the branch")])


def test_that_return_in_the_words_of_a_reason_opens_once(qtbot: QtBot, console: Make) -> None:
    """A line edit hands its Return on to the popover around it."""
    signed = console()
    click(qtbot, signed.window, "reveal_mobile_phone")
    click(qtbot, signed.window, "reason_other")
    words = named(signed.window, "reveal_text")
    QTest.keyClicks(words, "asked by the branch")
    QTest.keyClick(words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_open(row_of(signed, "mobile_phone")))
    assert len(signed.desk.reveals) == 1


def ask(qtbot: QtBot, signed: Signed, button: str = "send_request") -> FieldRow:
    click(qtbot, signed.window, "ask_bank_account")
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(QWidget, "ask_words")))
    words = named(signed.window, "ask_words")
    assert isinstance(words, QPlainTextEdit)
    words.setPlainText("Caller wants the refund there.")
    click(qtbot, signed.window, button)
    row = row_of(signed, "bank_account")
    qtbot.waitUntil(lambda: row.button.objectName() == "withdraw_bank_account")
    return row


def test_that_an_approved_request_opens_once(qtbot: QtBot, console: Make) -> None:
    signed = console()
    row = ask(qtbot, signed)
    signed.desk.set_request("q0", RequestState.APPROVED, by="Hendra Kusuma")
    screen_of(signed).field_actions.watch.poll()
    qtbot.waitUntil(lambda: row.button.objectName() == "open_bank_account")
    click(qtbot, signed.window, "open_bank_account")
    qtbot.waitUntil(lambda: is_open(row))
    screen_of(signed).closing.close_innermost()
    qtbot.waitUntil(lambda: row.button.objectName() == "ask_bank_account")


def test_that_a_refusal_is_shown_with_its_reason(qtbot: QtBot, console: Make) -> None:
    signed = console()
    row = ask(qtbot, signed)
    signed.desk.set_request("q0", RequestState.REFUSED, by="Hendra Kusuma", why="not needed for this call")
    screen_of(signed).field_actions.watch.poll()
    qtbot.waitUntil(lambda: row.button.objectName() == "ask_bank_account")
    assert row.curtain is not None
    assert row.curtain._words == "Refused: not needed for this call"


def test_that_a_request_can_be_withdrawn(qtbot: QtBot, console: Make) -> None:
    signed = console()
    row = ask(qtbot, signed)
    click(qtbot, signed.window, "withdraw_bank_account")
    qtbot.waitUntil(lambda: row.button.objectName() == "ask_bank_account")


def test_that_a_supervisor_at_the_desk_can_be_asked_for_at_once(qtbot: QtBot, console: Make) -> None:
    signed = console()
    ask(qtbot, signed, "ask_here")
    qtbot.waitUntil(lambda: signed.approvals == 1)
    click(qtbot, signed.window, "supervisor_here")
    assert signed.approvals == 2


def test_that_special_data_offer_an_agent_nothing(qtbot: QtBot, console: Make) -> None:
    signed = console()
    assert not row_of(signed, "health_note").button.isVisible()


def test_that_a_note_is_kept_as_one_types(qtbot: QtBot, console: Make) -> None:
    signed = console()
    note = named(signed.window, "note")
    QTest.keyClicks(note, "Called back.")
    qtbot.waitUntil(lambda: [text for _r, _n, text in signed.desk.saved] == ["Called back."])
    QTest.keyClicks(note, " Solved.")
    qtbot.waitUntil(lambda: signed.desk.saved[-1][2] == "Called back. Solved.")
    assert len({(record, id_) for record, id_, _text in signed.desk.saved}) == 1


def test_that_a_note_keeps_its_id_through_every_try_and_another_note_has_another(qtbot: QtBot, console: Make) -> None:
    """A save that was not answered may have been kept all the same."""
    signed = console()
    signed.desk.refuse_note = OfficeAwayError("no answer")
    editor = screen_of(signed).desk_panel.note
    for _again in range(2):
        tries = len(signed.desk.tried)
        QTest.keyClicks(named(signed.window, "note"), "Half")
        editor.save_now()
        qtbot.waitUntil(lambda: len(signed.desk.tried) > tries and not editor._keeper._saving)  # type: ignore[union-attr]  # noqa: B023
        assert editor.in_hand() is None
    signed.desk.refuse_note = None
    editor.save_now()
    qtbot.waitUntil(lambda: [text for _r, _n, text in signed.desk.saved] == ["HalfHalf"])
    assert len(set(signed.desk.tried)) == 1
    qtbot.waitUntil(lambda: editor.in_hand() == signed.desk.tried[0])
    screen_of(signed).show_customer(1)
    qtbot.waitUntil(lambda: editor.isEnabled() and editor._keeper.record == "r1")  # type: ignore[union-attr]
    QTest.keyClicks(named(signed.window, "note"), "Other")
    editor.save_now()
    qtbot.waitUntil(lambda: len(set(signed.desk.tried)) == 2)


def test_that_a_half_written_note_is_kept_when_another_record_is_opened(qtbot: QtBot, console: Make) -> None:
    signed = console()
    QTest.keyClicks(named(signed.window, "note"), "Half")
    screen_of(signed).show_customer(1)
    qtbot.waitUntil(lambda: ("r0", "Half") in [(record, text) for record, _id, text in signed.desk.saved])


def test_that_notes_are_read_on_demand_and_drop_their_text(qtbot: QtBot, console: Make) -> None:
    signed = console()
    history = screen_of(signed).desk_panel.history
    qtbot.waitUntil(lambda: named(signed.window, "show_notes").isEnabled())
    assert signed.desk.notes_read == 0
    click(qtbot, signed.window, "show_notes")
    qtbot.waitUntil(lambda: history.is_open)
    assert signed.desk.notes_read == 1
    screen_of(signed).closing.close_innermost()
    assert not history.is_open


def test_that_closing_the_window_ends_the_session_first(qtbot: QtBot, console: Make) -> None:
    signed = console()
    QTest.keyClicks(named(signed.window, "note"), "Last words")
    signed.window.close()
    assert signed.window.isVisible()
    qtbot.waitUntil(lambda: len(signed.receipts) == 1)
    assert signed.desk.ended == ["window_closed"]
    assert signed.desk.saved[-1][2] == "Last words"
    qtbot.waitUntil(lambda: not signed.window.isVisible())


def test_that_an_end_that_fails_still_lets_the_window_close(
    qtbot: QtBot, console: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = console()

    def fail(_cause: str) -> Receipt:
        raise WorkstationError("the office is gone")

    monkeypatch.setattr(signed.desk, "end", fail)
    signed.window.close()
    qtbot.waitUntil(lambda: not signed.window.isVisible())
    assert signed.receipts == []


def test_that_an_approval_that_could_not_be_opened_stays_open_to_try(
    qtbot: QtBot, console: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = console()
    row = ask(qtbot, signed)
    signed.desk.set_request("q0", RequestState.APPROVED, by="Hendra Kusuma")
    screen_of(signed).field_actions.watch.poll()
    qtbot.waitUntil(lambda: row.button.objectName() == "open_bank_account")

    def fail(_request: str) -> Revealed:
        raise NotAllowedError("no", code="audit")

    monkeypatch.setattr(signed.desk, "open_unlocked", fail)
    click(qtbot, signed.window, "open_bank_account")
    qtbot.waitUntil(lambda: "A1" in screen_of(signed).card.fault.label.text())
    assert row.button.objectName() == "open_bank_account"


def test_that_sign_out_ends_and_nothing_stays_open(qtbot: QtBot, console: Make) -> None:
    signed = console()
    row = reveal(qtbot, signed)
    click(qtbot, signed.window, "sign_out")
    assert not is_open(row)
    qtbot.waitUntil(lambda: [r.cause for r in signed.receipts] == ["signed_out"])


def test_that_a_lost_guardian_shows_the_receipt_in_this_window(qtbot: QtBot, console: Make) -> None:
    signed = console()
    signed.window.session_lost("guardian_died")
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(QWidget, "sign_in_again")))
    assert signed.desk.ended == ["guardian_died"]


def test_that_a_supervisor_grants_class_keys_with_a_fresh_code(qtbot: QtBot, console: Make) -> None:
    signed = console(FakeDesk(Role.SUPERVISOR, count=30))
    click(qtbot, signed.window, "new_colleagues")
    code = named(signed.window, "grant_code")
    assert isinstance(code, QLineEdit)
    code.setText("123456")
    click(qtbot, signed.window, "grant")
    qtbot.waitUntil(lambda: signed.desk.granted == [("intan.maharani", "123456")])
    qtbot.waitUntil(lambda: not screen_of(signed).bar.colleagues.isVisible())


def test_that_a_newcomer_is_told_why_nothing_opens(qtbot: QtBot, console: Make) -> None:
    signed = console(FakeDesk(count=30, waits=True))
    assert "class keys" in screen_of(signed).strip.label.text()


def test_that_the_table_shows_the_same_search(qtbot: QtBot, console: Make) -> None:
    signed = console()
    screen = screen_of(signed)
    QTest.keyClicks(named(signed.window, "search"), "togar")
    qtbot.waitUntil(lambda: screen.model.rowCount() == 30)
    screen.switch_face()
    assert screen.is_table
    search = named(signed.window, "table_search")
    assert isinstance(search, QLineEdit)
    assert search.text() == "togar"
    QTest.keyClick(screen.table_panel.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.card.customer is not None and screen.card.customer.name == "Togar Panjaitan")
    assert not screen.is_table


def test_that_an_unknown_exception_in_a_task_reaches_the_fault_card(qtbot: QtBot, console: Make) -> None:
    signed = console()

    def break_down() -> None:
        raise ValueError(CANARY)

    signed.window._tasks.run(break_down)
    qtbot.waitUntil(signed.window.fault_card.isVisible)
    assert "Something went wrong on our side (no. " in signed.window.fault_card.sentence()
    assert CANARY not in signed.window.fault_card.sentence()


@pytest.mark.parametrize("name", ["search", "customer_list", "note", "sign_out", "show_notes", "queue", "show_table"])
def test_that_controls_have_names_for_readers(console: Make, name: str) -> None:
    assert named(console().window, name).accessibleName()
