"""A field is changed on the card: keys, words, both masks in a conflict, and nothing that was typed stays."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import NotAllowedError, PacedError
from app.domain.mask import Mask
from app.domain.role import Role
from app.session.errors import OfficeAwayError
from app.session.shown_editing import ShownNeighbour, ShownVersion
from app.ui.console.edit_menu import EditMenu
from app.ui.console.edit_row import EditRow
from app.ui.console.field_row import FieldRow
from app.ui.console.versions_popover import VersionsPopover
from app.ui.theme.look import Look
from app.ui.value_faults import too_fast
from app.ui.widgets.buttons import Button
from app.ui.widgets.mask_view import MaskView
from app.ui.words import clock_time
from tests.ui.conftest import Signed
from tests.ui.fake_desk import FakeDesk

Make = Callable[..., Signed]
CANARY = "+6281298765432"


@pytest.fixture
def desk() -> Iterator[FakeDesk]:
    desk = FakeDesk(count=30)
    yield desk
    desk.editing.gate.set()


def row_of(signed: Signed, field: str = "mobile_phone") -> FieldRow:
    assert signed.window.console is not None
    row = signed.window.console.card.row(field)
    assert row is not None
    return row


def edit_of(signed: Signed) -> EditRow:
    assert signed.window.console is not None
    (edit,) = [e for e in signed.window.console.card.findChildren(EditRow) if e.isVisible()]
    return edit


def begin(qtbot: QtBot, signed: Signed, field: str = "mobile_phone") -> EditRow:
    """E on the row, with a real key."""
    qtbot.waitUntil(lambda: row_of(signed, field).marks.can_edit)
    row = row_of(signed, field)
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_E)
    return edit_of(signed)


def button(inside: QWidget, name: str) -> Button:
    found = inside.findChild(Button, name)
    assert found is not None
    return found


def beside(signed: Signed) -> QWidget:
    assert signed.window.console is not None
    found = signed.window.console.card.findChild(QWidget, "also_open")
    assert found is not None
    return found


def type_in(edit: EditRow, text: str) -> None:
    QTest.keyClicks(edit.edit, text)


def says(edit: EditRow) -> str:
    label = edit.findChild(QLabel, "edit_says")
    assert label is not None
    return label.text()


def texts_of(window: QWidget) -> list[str]:
    """All that any widget of the window shows or tells a reader."""
    found = []
    for widget in (window, *window.findChildren(QWidget)):
        found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()]
        text = getattr(widget, "text", None)
        if callable(text):
            found.append(str(text()))
    return found


def still_typed(text: str) -> list[QWidget]:
    """Lines of any window that hold it, wherever they are."""
    return [w for w in QApplication.allWidgets() if isinstance(w, QLineEdit) and text in w.text()]


def is_over(signed: Signed) -> bool:
    assert signed.window.console is not None
    return not signed.window.console.field_actions.editing.is_open


def test_that_the_row_becomes_old_mask_arrow_and_an_empty_line(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    signed = console(desk)
    edit = begin(qtbot, signed)
    assert edit.edit.text() == ""
    assert edit.field.mask == Mask("+62", "47", 10)
    assert not row_of(signed).isVisible()
    assert signed.window.focusWidget() is edit.edit
    qtbot.waitUntil(lambda: desk.editing.fronts[-1][1] == "mobile_phone")


def test_that_no_undo_brings_a_wiped_value_back(look: Look, desk: FakeDesk) -> None:
    edit = EditRow(look, desk.editing.fields["email"], 122)
    type_in(edit, CANARY)
    edit.wipe()
    assert edit.edit.text() == ""
    assert not edit.edit.isUndoAvailable()
    assert not edit.edit.isRedoAvailable()
    edit.deleteLater()


def test_that_return_saves_and_nothing_typed_stays(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    signed = console(desk)
    edit = begin(qtbot, signed)
    type_in(edit, CANARY)
    QTest.keyClick(edit.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_over(signed))
    assert [(field, text) for _, _, field, _, text in desk.editing.saved] == [("mobile_phone", CANARY)]
    assert not still_typed(CANARY)
    assert not [text for text in texts_of(signed.window) if CANARY[-8:] in text]
    assert signed.window.focusWidget() is row_of(signed)
    assert desk.follows > 0, "the new mask comes with the next sync, which is asked for"


def test_that_esc_leaves_and_says_so(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    signed = console(desk)
    edit = begin(qtbot, signed)
    type_in(edit, CANARY)
    QTest.keyClick(edit.edit, Qt.Key.Key_Escape)
    assert is_over(signed)
    assert not desk.editing.saved
    assert not still_typed(CANARY)
    assert signed.window.focusWidget() is row_of(signed)
    assert signed.window.console is not None
    assert any("not changed" in text for text in texts_of(signed.window.console.status))


def test_that_what_is_no_value_is_said_under_the_line_while_typing(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    signed = console(desk)
    edit = begin(qtbot, signed, "email")
    type_in(edit, "sari@")
    qtbot.waitUntil(lambda: "no e-mail address" in says(edit))
    QTest.keyClick(edit.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(edit.edit.property("wrong")))
    assert edit.edit.text() == "sari@"
    assert not is_over(signed)
    type_in(edit, "surat.example")
    assert not edit.edit.property("wrong")


def test_that_a_conflict_shows_both_masks_and_who_and_keeping_theirs_writes_nothing(
    qtbot: QtBot, console: Make, desk: FakeDesk
) -> None:
    signed = console(desk)
    edit = begin(qtbot, signed)
    desk.editing.somebody_changes("mobile_phone", Mask("+62", "11", 10))
    type_in(edit, CANARY)
    QTest.keyClick(edit.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: edit.findChild(Button, "keep_theirs") is not None)
    keep = button(edit, "keep_theirs")
    assert signed.window.focusWidget() is keep, "what changes nothing comes first"
    assert "Yoga Pratama changed this" in keep.accessibleDescription()
    assert [view.accessibleName() for view in edit.findChildren(MaskView)][-2:] == [
        str(Mask("+62", "11", 10)), str(Mask("+62", "32", 10)),
    ]  # fmt: skip
    QTest.keyClick(keep, Qt.Key.Key_Space)
    assert is_over(signed)
    assert not desk.editing.saved
    assert not still_typed(CANARY)


def test_that_mine_on_top_is_another_edit_that_names_theirs(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    signed = console(desk)
    edit = begin(qtbot, signed)
    desk.editing.somebody_changes("mobile_phone", Mask("+62", "11", 10))
    theirs = desk.editing.fields["mobile_phone"].mark
    type_in(edit, CANARY)
    QTest.keyClick(edit.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: edit.findChild(Button, "put_mine") is not None)
    QTest.keyClick(button(edit, "put_mine"), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: is_over(signed))
    ((request, _, _, seen, text),) = desk.editing.saved
    assert (request, seen, text) == ("r2", theirs, CANARY)


def test_that_an_answer_that_never_came_is_asked_for_with_the_same_id(
    qtbot: QtBot, console: Make, desk: FakeDesk
) -> None:
    signed = console(desk)
    edit = begin(qtbot, signed)
    desk.editing.refusal = OfficeAwayError("away")
    type_in(edit, CANARY)
    QTest.keyClick(edit.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(edit.edit.property("wrong")))
    assert edit.edit.text() == CANARY, "what was typed stays"
    desk.editing.refusal = None
    QTest.keyClick(edit.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.editing.saved))
    assert desk.editing.saved[0][0] == "r1"


def test_that_an_unidentified_caller_is_checked_first_and_the_text_waits(
    qtbot: QtBot, console: Make, desk: FakeDesk
) -> None:
    signed = console(desk)
    edit = begin(qtbot, signed)
    desk.editing.refusal = NotAllowedError("no", code="not_identified")
    type_in(edit, CANARY)
    QTest.keyClick(edit.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Check who is calling" in says(edit))
    assert edit.edit.text() == CANARY


def test_that_a_fresh_code_is_asked_for_and_the_edit_goes_on(qtbot: QtBot, console: Make) -> None:
    desk = FakeDesk(Role.SUPERVISOR, count=30)
    signed = console(desk)
    edit = begin(qtbot, signed, "bank_account")
    desk.editing.refusal = NotAllowedError("no", code="step_up")
    type_in(edit, "1234567890")
    QTest.keyClick(edit.edit, Qt.Key.Key_Return)
    editing = signed.window.console.field_actions.editing  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: editing._popover is not None and editing._popover.isVisible())
    desk.editing.refusal = None
    QTest.keyClicks(editing._popover.code.boxes, "123456")  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: bool(desk.editing.saved))
    assert desk.codes == ["123456"]


def test_that_one_change_too_many_says_when_it_goes_on_and_the_text_waits(
    qtbot: QtBot, console: Make, desk: FakeDesk
) -> None:
    desk.editing.refusal = PacedError("too fast", code="edits_pace", wait_s=42)
    edit = begin(qtbot, console(desk))
    type_in(edit, CANARY)
    QTest.keyClick(edit.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: says(edit) == "That was fast. Wait 42 s, then save; what you typed stays here.")
    assert edit.edit.text() == CANARY
    words = too_fast(PacedError("too many", code="edits_shift", wait_s=3_600), lambda: 1_795_766_000.0)
    assert f"It goes on at {clock_time(1_795_769_600.0)};" in words


def test_that_nothing_is_changed_offline(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    signed = console(desk)
    qtbot.waitUntil(lambda: row_of(signed).marks.can_edit)
    assert signed.window.console is not None
    signed.window.console.field_actions.show_away(True)
    row = row_of(signed)
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_E)
    assert is_over(signed)
    signed.window.console.field_actions.editing.begin("mobile_phone")
    assert "while the back office is away" in signed.window.console.card.fault.label.text()
    signed.window.console.field_actions.show_away(False)
    qtbot.waitUntil(lambda: row_of(signed).marks.can_edit)


def test_that_an_agent_has_no_pencil_on_a_number_of_identity(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    signed = console(desk)
    qtbot.waitUntil(lambda: row_of(signed).marks.can_edit)
    row = row_of(signed, "nik")
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_E)
    assert is_over(signed)
    assert not row.marks.can_edit


def test_that_an_empty_and_an_open_field_are_chosen_from_the_head(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    signed = console(desk)
    assert signed.window.console is not None
    card = signed.window.console.card
    qtbot.waitUntil(lambda: card.editing.button is not None and card.editing.button.isVisible())
    assert card.editing.button is not None
    card.editing.button.click()
    (menu,) = [m for m in signed.window.findChildren(EditMenu) if m.isVisible()]
    button(menu, "to_second_phone").click()
    edit = edit_of(signed)
    assert (edit.field.field, edit.edit.text()) == ("second_phone", "")
    QTest.keyClick(edit.edit, Qt.Key.Key_Escape)
    card.editing.button.click()
    (menu,) = [m for m in signed.window.findChildren(EditMenu) if m.isVisible()]
    button(menu, "to_city").click()
    edit = edit_of(signed)
    assert edit.edit.text() == "Bandung", "what is open is on the screen anyway"


def test_that_who_else_is_here_stands_under_the_name(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    signed = console(desk)
    assert signed.window.console is not None
    line = beside(signed)
    assert not line.isVisible()
    desk.editing.others = (ShownNeighbour("Yoga Pratama", "SBY-0420", "Email"),)
    desk.tell_changed(frozenset({"presence"}))
    qtbot.waitUntil(lambda: beside(signed).isVisible())
    assert any("Also open by Yoga Pratama (SBY-0420), changing Email" in text for text in texts_of(line))


def warned(qtbot: QtBot, signed: Signed) -> EditRow:
    """An edit that has said that a colleague changes the same field."""
    edit = begin(qtbot, signed, "email")
    signed.desk.editing.others = (ShownNeighbour("Yoga Pratama", "SBY-0420", "Email"),)
    signed.desk.tell_changed(frozenset({"presence"}))
    qtbot.waitUntil(lambda: "Yoga Pratama is changing this, too" in says(edit))
    return edit


def test_that_whoever_types_is_warned_of_a_colleague_at_the_same_field(
    qtbot: QtBot, console: Make, desk: FakeDesk
) -> None:
    edit = warned(qtbot, console(desk))
    desk.editing.somebody_changes("email", Mask("y", "@g", 10))
    desk.tell_changed(frozenset({"customers"}))
    qtbot.waitUntil(lambda: "Somebody changed this while you typed" in says(edit))


def test_that_whoever_begins_second_is_warned_of_who_began_before(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    signed = console(desk)
    desk.editing.others = (ShownNeighbour("Yoga Pratama", "SBY-0420", "Email"),)
    desk.tell_changed(frozenset({"presence"}))
    qtbot.waitUntil(lambda: beside(signed).isVisible())
    assert "Yoga Pratama is changing this, too" in says(begin(qtbot, signed, "email"))


def test_that_a_warning_of_a_colleague_stays_while_one_types_and_goes_with_the_colleague(
    qtbot: QtBot, console: Make, desk: FakeDesk
) -> None:
    edit = warned(qtbot, console(desk))
    edit.show_judged("An e-mail address has an @.")
    assert says(edit) == "An e-mail address has an @."
    edit.show_judged("")
    assert "Yoga Pratama is changing this, too" in says(edit), "what is typed is one value: the warning again"
    desk.editing.others = ()
    desk.tell_changed(frozenset({"presence"}))
    qtbot.waitUntil(lambda: says(edit).startswith("Return saves"))


def test_that_the_card_is_not_made_anew_under_an_edit(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    signed = console(desk)
    assert signed.window.console is not None
    edit = begin(qtbot, signed)
    type_in(edit, "0812")
    signed.window.console.bar.setFocus()
    desk.cities = {signed.window.console.card.customer.id: "Ambon"}  # type: ignore[union-attr]
    signed.window.console.syncing.now()
    qtbot.waitUntil(lambda: desk.follows > 1)
    QTest.qWait(100)
    assert edit_of(signed).edit.text() == "0812"


def test_that_another_customer_drops_what_was_typed(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    signed = console(desk)
    type_in(begin(qtbot, signed), CANARY)
    assert signed.window.console is not None
    signed.window.console.show_customer(5)
    qtbot.waitUntil(lambda: is_over(signed))
    assert not still_typed(CANARY)


def test_that_h_lists_who_changed_it(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    desk.editing.history = (
        ShownVersion(1_790_000_000, "Yoga Pratama", "edit", Mask("+62", "47", 10)),
        ShownVersion(1_780_000_000, "Hendra Kusuma", "import", None),
    )
    signed = console(desk)
    qtbot.waitUntil(lambda: row_of(signed).marks.changes == 3)
    row = row_of(signed)
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(VersionsPopover)))
    (popover,) = signed.window.findChildren(VersionsPopover)
    assert "Hendra Kusuma, by an import" in popover.accessibleDescription()
    assert "mask not kept" in popover.accessibleDescription()
    QTest.keyClick(popover, Qt.Key.Key_Escape)


def test_that_each_beat_looks_whether_the_others_are_still_there(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    signed = console(desk)
    desk.editing.others = (ShownNeighbour("Yoga Pratama", "SBY-0420"),)
    desk.tell_changed(frozenset({"presence"}))
    qtbot.waitUntil(lambda: beside(signed).isVisible())
    desk.editing.others = ()
    assert signed.window.console is not None
    signed.window.console.pulse.beaten.emit(desk.person)
    qtbot.waitUntil(lambda: not beside(signed).isVisible())
