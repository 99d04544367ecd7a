"""Numbers of persons in the note: underlined, said, and masks once it is saved; the office never gets them."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.kept_find import KeptFind
from app.ui.console.note_editor import NoteEditor
from app.ui.console.reason_popover import ReasonPopover
from tests.ui.conftest import Signed
from tests.ui.fake_desk import FakeDesk

Make = Callable[..., Signed]
CTRL = Qt.KeyboardModifier.ControlModifier
CARD, KEPT = "4111 1111 1111 1111", "4111 11 ••• 1111"


def note_of(qtbot: QtBot, signed: Signed) -> NoteEditor:
    screen = signed.window.console
    assert screen is not None
    if screen.card.customer is None:
        screen.show_customer(1)
    note = screen.desk_panel.note
    qtbot.waitUntil(note.edit.isEnabled)
    return note


def typed(note: NoteEditor, text: str) -> None:
    note.focus_note()
    QTest.keyClicks(note.edit, text)


def test_that_a_number_is_underlined_and_said(qtbot: QtBot, console: Make) -> None:
    note = note_of(qtbot, console(FakeDesk(count=30)))
    typed(note, f"kartu {CARD}")
    qtbot.waitUntil(lambda: bool(note.edit.extraSelections()))
    (selection,) = note.edit.extraSelections()
    assert selection.cursor.selectedText() == CARD
    assert note.found.isVisibleTo(note)
    assert note.found.label.text() == "Kept as a mask: card number."


def test_that_a_number_becomes_its_mask_once_it_is_saved_and_the_cursor_has_left_it(
    qtbot: QtBot, console: Make
) -> None:
    desk = FakeDesk(count=30)
    note = note_of(qtbot, console(desk))
    typed(note, f"kartu {CARD}")
    qtbot.waitUntil(lambda: bool(desk.saved) and note.is_kept)
    qtbot.waitUntil(lambda: bool(note.finds.finds))
    assert note.edit.toPlainText() == f"kartu {CARD}", "not under the hand that types it"
    typed(note, " ditolak")
    qtbot.waitUntil(lambda: note.edit.toPlainText() == f"kartu {KEPT} ditolak")
    qtbot.waitUntil(lambda: not note.found.isVisibleTo(note))


def test_that_an_editor_that_loses_the_focus_keeps_no_number(qtbot: QtBot, console: Make) -> None:
    signed = console(FakeDesk(count=30))
    note = note_of(qtbot, signed)
    typed(note, f"hp 081234567890, kartu {CARD}")
    qtbot.waitUntil(lambda: len(note.finds.finds) == 2)
    screen = signed.window.console
    assert screen is not None
    screen.find_panel.search.focus_search()
    qtbot.waitUntil(lambda: note.edit.toPlainText() == f"hp +62 ••• 90, kartu {KEPT}")


def test_that_undo_brings_a_number_back_and_the_next_save_masks_it_again(qtbot: QtBot, console: Make) -> None:
    note = note_of(qtbot, console(FakeDesk(count=30)))
    typed(note, f"telp {PHONE} besok")
    qtbot.waitUntil(lambda: "•••" in note.edit.toPlainText())
    note.edit.undo()
    assert note.edit.toPlainText() == f"telp {PHONE} besok", "the mask is one step"
    cursor = note.edit.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    note.edit.setTextCursor(cursor)
    qtbot.waitUntil(lambda: "•••" in note.edit.toPlainText())


def test_that_undo_goes_back_over_saves(qtbot: QtBot, console: Make) -> None:
    desk = FakeDesk(count=30)
    note = note_of(qtbot, console(desk))
    typed(note, "satu")
    qtbot.waitUntil(lambda: len(desk.saved) == 1 and note.is_kept)
    note.edit.moveCursor(QTextCursor.MoveOperation.StartOfLine)
    typed(note, "dua ")
    qtbot.waitUntil(lambda: len(desk.saved) == 2 and note.is_kept)
    QTest.keyClick(note.edit, Qt.Key.Key_Z, CTRL)
    assert note.edit.toPlainText() == "satu"
    QTest.keyClick(note.edit, Qt.Key.Key_Z, CTRL)
    assert note.edit.toPlainText() == ""
    QTest.keyClick(note.edit, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert note.edit.toPlainText() == "satu"


def test_that_no_undo_brings_a_card_number_back(qtbot: QtBot, console: Make) -> None:
    note = note_of(qtbot, console(FakeDesk(count=30)))
    typed(note, f"kartu {CARD} ditolak")
    qtbot.waitUntil(lambda: KEPT in note.edit.toPlainText())
    assert not note.edit.document().isUndoAvailable()
    typed(note, " lagi")
    note.edit.undo()
    note.edit.undo()
    assert note.edit.toPlainText() == f"kartu {KEPT} ditolak"
    note.edit.redo()
    assert CARD not in note.edit.toPlainText()


def test_that_no_undo_brings_a_card_number_back_that_was_saved_and_then_deleted(qtbot: QtBot, console: Make) -> None:
    desk = FakeDesk(count=30)
    note = note_of(qtbot, console(desk))
    typed(note, f"kartu {CARD}")
    qtbot.waitUntil(lambda: bool(note.finds.finds) and bool(desk.saved) and note.is_kept)
    for _ in CARD:
        QTest.keyClick(note.edit, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: not note.finds.finds and not note.edit.document().isUndoAvailable())
    note.edit.undo()
    assert note.edit.toPlainText() == "kartu "


def test_that_a_card_number_that_was_never_saved_is_undone_as_other_words_are(qtbot: QtBot, console: Make) -> None:
    desk = FakeDesk(count=30)
    desk.refuse_note = OSError("away")
    note = note_of(qtbot, console(desk))
    typed(note, f"kartu {CARD}")
    qtbot.waitUntil(lambda: bool(note.finds.finds))
    note.edit.undo()
    assert CARD not in note.edit.toPlainText()


def test_that_what_stands_behind_a_sign_of_two_units_is_underlined_where_it_stands(qtbot: QtBot, console: Make) -> None:
    note = note_of(qtbot, console(FakeDesk(count=30)))
    note.focus_note()
    note.edit.setPlainText(f"\U0001f642 kartu {CARD}")
    qtbot.waitUntil(lambda: bool(note.edit.extraSelections()))
    assert note.edit.extraSelections()[0].cursor.selectedText() == CARD
    note.finds.put_masks()
    assert KEPT in note.edit.toPlainText() or note.edit.hasFocus()


PHONE = "081234567890"


def popover_of(note: NoteEditor) -> ReasonPopover | None:
    found = [popover for popover in note.window().findChildren(ReasonPopover) if popover.isVisible()]
    return found[0] if found else None


def test_that_a_find_stays_as_typed_for_a_reason_chosen_by_its_digit(qtbot: QtBot, console: Make) -> None:
    desk = FakeDesk(count=30)
    note = note_of(qtbot, console(desk))
    typed(note, f"telp {PHONE}")
    qtbot.waitUntil(lambda: note.found.action.isVisibleTo(note))
    assert note.found.action.text() == "Keep as typed…"
    note.finds.choose_reason()
    qtbot.waitUntil(lambda: popover_of(note) is not None)
    popover = popover_of(note)
    assert popover is not None
    assert PHONE not in popover.accessibleName()
    QTest.keyClick(popover, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: getattr(desk, "note_keeps", ()) == (KeptFind(PHONE, "other_person"),))
    qtbot.waitUntil(lambda: note.found.label.text() == "Kept as typed: phone number.")
    assert not note.found.action.isVisibleTo(note)
    typed(note, " besok")
    qtbot.waitUntil(lambda: note.is_kept)
    assert note.edit.toPlainText() == f"telp {PHONE} besok"


def test_that_a_find_whose_reason_was_not_given_becomes_its_mask(qtbot: QtBot, console: Make) -> None:
    note = note_of(qtbot, console(FakeDesk(count=30)))
    typed(note, f"telp {PHONE} besok")
    qtbot.waitUntil(lambda: bool(note.finds.finds) or "•••" in note.edit.toPlainText())
    note.edit.undo()
    note.finds.choose_reason()
    popover = popover_of(note)
    if popover is not None:
        QTest.keyClick(popover, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: PHONE not in note.edit.toPlainText())


def test_that_no_reason_is_offered_for_a_card(qtbot: QtBot, console: Make) -> None:
    note = note_of(qtbot, console(FakeDesk(count=30)))
    typed(note, f"kartu {CARD}")
    qtbot.waitUntil(lambda: bool(note.finds.finds))
    assert not note.found.action.isVisibleTo(note)
    note.finds.choose_reason()
    assert popover_of(note) is None
