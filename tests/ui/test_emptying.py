"""A value is taken away in the row of its edit: why, by keys and by mouse; a conflict, a refusal, and the end."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.editing import WhyEmptied
from app.domain.errors import NotAllowedError, PacedError
from app.domain.mask import Mask
from app.session.shown_editing import FieldNow, ShownVersion
from app.ui.console.edit_row import EditRow
from app.ui.console.removing_line import RemovingLine
from app.ui.console.versions_popover import VersionsPopover
from app.ui.theme.look import Look
from app.ui.value_faults import too_fast
from app.ui.widgets.labels import ElidedLabel
from tests.ui.conftest import Signed
from tests.ui.fake_desk import FakeDesk
from tests.ui.test_editing import begin, button, edit_of, row_of, says

Make = Callable[..., Signed]
Key = Qt.Key


@pytest.fixture
def desk() -> Iterator[FakeDesk]:
    desk = FakeDesk(count=30)
    yield desk
    desk.editing.gate.set()


def removing(edit: EditRow) -> RemovingLine:
    assert edit.removing is not None
    return edit.removing


def asked(qtbot: QtBot, signed: Signed, field: str = "email") -> EditRow:
    """E on the row, Tab to the button, Return."""
    edit = begin(qtbot, signed, field)
    for _ in range(6):
        if edit.window().focusWidget() is removing(edit).begin:
            break
        QTest.keyClick(edit.window(), Key.Key_Tab)
    assert edit.window().focusWidget() is removing(edit).begin
    QTest.keyClick(removing(edit).begin, Key.Key_Return)
    return edit


def all_words(edit: EditRow) -> str:
    plain = [label.text() for label in edit.findChildren(QLabel) if label.isVisible()]
    return " ".join([*plain, *(label.text() for label in edit.findChildren(ElidedLabel) if label.isVisible())])


@pytest.mark.parametrize(("name", "why"), [("wrong", WhyEmptied.WRONG), ("withdrawn", WhyEmptied.WITHDRAWN)])
def test_that_a_value_goes_with_a_reason_by_keys_alone(
    qtbot: QtBot, console: Make, desk: FakeDesk, name: str, why: WhyEmptied
) -> None:
    signed = console(desk)
    seen = desk.editing.fields["email"].mark
    edit = asked(qtbot, signed)
    assert "stays sealed" in all_words(edit)
    assert edit.window().focusWidget() is removing(edit).keep, "what changes nothing has the focus"
    reason = button(edit, f"remove_{name}_email")
    while edit.window().focusWidget() is not reason:
        QTest.keyClick(edit.window().focusWidget() or edit, Key.Key_Backtab)
    QTest.keyClick(reason, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.editing.emptied))
    ((_request, _record, field, mark, given),) = desk.editing.emptied
    assert (field, mark, given) == ("email", seen, why)
    assert desk.editing.saved == []
    assert signed.window.console is not None
    card = signed.window.console.card
    qtbot.waitUntil(lambda: not card.editing.is_open)
    assert signed.window.focusWidget() is card.editing.button, "the row goes with its mask"


def test_that_esc_and_keep_it_change_nothing(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    signed = console(desk)
    edit = asked(qtbot, signed)
    QTest.keyClick(removing(edit).keep, Key.Key_Escape)
    assert not removing(edit).asks
    assert edit.window().focusWidget() is edit.edit, "the edit goes on"
    assert says(edit).startswith("Return saves")
    removing(edit).begin.click()
    removing(edit).keep.click()
    assert not removing(edit).asks
    QTest.keyClick(edit.edit, Key.Key_Return)
    assert desk.editing.emptied == []


def test_that_what_is_required_or_empty_offers_no_removal(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    signed = console(desk)
    assert signed.window.console is not None
    editing = signed.window.console.field_actions.editing
    qtbot.waitUntil(lambda: bool(editing.presence.fields))
    for field, offers in (("full_name", False), ("second_phone", False), ("city", True), ("email", True)):
        editing.begin(field)
        assert (edit_of(signed).removing is not None) is offers, field
    removing(edit_of(signed)).unfold()
    editing.begin("city")
    removing(edit_of(signed)).unfold()
    assert "what was there is kept" in all_words(edit_of(signed)), "an open field's text is sealed nowhere"


def test_that_a_conflict_removes_nothing_until_the_person_has_seen_it(
    qtbot: QtBot, console: Make, desk: FakeDesk
) -> None:
    signed = console(desk)
    edit = asked(qtbot, signed)
    desk.editing.somebody_changes("email", Mask("b", "@c", 10))
    removing(edit).wrong.click()
    qtbot.waitUntil(lambda: "Nothing is removed yet" in all_words(edit))
    assert desk.editing.emptied == []
    assert "No value" in all_words(edit)
    put = button(edit, "put_mine")
    assert put.text() == "Remove it all the same"
    put.click()
    qtbot.waitUntil(lambda: bool(desk.editing.emptied))
    assert desk.editing.emptied[0][4] is WhyEmptied.WRONG


def test_that_an_edit_over_a_removed_value_says_that_there_is_none(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    signed = console(desk)
    edit = begin(qtbot, signed, "email")
    QTest.keyClicks(edit.edit, "a.b@contoh.example")
    desk.editing.somebody_changes("email")
    QTest.keyClick(edit.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: "No value" in all_words(edit))


def test_that_a_refusal_leaves_the_edit_open_and_says_why(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    signed = console(desk)
    edit = asked(qtbot, signed)
    paced = PacedError("That was fast.", code="edits_pace", wait_s=20)
    desk.editing.refusal = paced
    removing(edit).wrong.click()
    qtbot.waitUntil(lambda: says(edit) == too_fast(paced))
    assert removing(edit).begin.isVisible()
    assert removing(edit).begin.isEnabled()
    assert not edit.edit.property("wrong"), "nothing is wrong with what is typed"
    assert signed.window.console is not None
    desk.editing.refusal = NotAllowedError("Check who is calling first.", code="not_identified")
    with qtbot.waitSignal(signed.window.console.field_actions.editing.check_wanted):
        removing(edit).withdrawn.click()


def test_that_the_fresh_code_is_for_the_removal_and_not_for_what_is_typed(
    qtbot: QtBot, console: Make, desk: FakeDesk
) -> None:
    signed = console(desk)
    edit = asked(qtbot, signed)
    desk.editing.refusal = NotAllowedError("Type a fresh code.", code="step_up")
    removing(edit).withdrawn.click()
    assert signed.window.console is not None
    editing = signed.window.console.field_actions.editing
    qtbot.waitUntil(lambda: editing._popover is not None and editing._popover.isVisible())
    desk.editing.refusal = None
    editing._popover.given.emit("123456")  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: [one[4] for one in desk.editing.emptied] == [WhyEmptied.WITHDRAWN])
    assert desk.editing.saved == []


def test_that_the_versions_of_a_removed_value_are_a_click_away(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    signed = console(desk)
    desk.editing.somebody_changes("second_phone")
    desk.editing.history = (
        ShownVersion(1_795_766_000.0, "Ratna Dewanti", "emptied"),
        ShownVersion(1_795_700_000.0, "Yoga Pratama", "edit", Mask("+62", "11", 10)),
    )
    assert signed.window.console is not None
    editing = signed.window.console.field_actions.editing
    editing.presence.look_again()
    qtbot.waitUntil(lambda: _changes(editing.presence.field("second_phone")) == 1)
    editing.begin("second_phone")
    edit = edit_of(signed)
    button(edit, "versions_second_phone").click()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in signed.window.findChildren(VersionsPopover)))
    (popover,) = signed.window.findChildren(VersionsPopover)
    words = " ".join(label.text() for label in popover.findChildren(QLabel))
    assert "No value" in words
    assert "Ratna Dewanti, removed" in words
    QTest.keyClick(popover, Key.Key_Escape)
    assert signed.window.focusWidget() is edit.edit
    assert row_of(signed, "email").isVisible()


def _changes(now: FieldNow | None) -> int:
    return now.changes if now is not None else 0


def test_that_in_a_narrow_card_the_buttons_of_an_edit_stand_below_its_line(qtbot: QtBot, look: Look) -> None:
    """At 200 % they stood beyond the edge of the card."""
    field = FieldNow("email", "00" * 16, 1, Mask("s", "@g", 10), label="Email", kind="email", can_be_emptied=True)
    card, row = QWidget(), EditRow(look, field, 120)
    qtbot.addWidget(card)
    row.setParent(card)
    row.setGeometry(0, 0, 320, 200)
    card.resize(900, 300)
    card.show()
    qtbot.waitUntil(lambda: row.save.y() > row.edit.geometry().bottom())
    assert row.leave.geometry().right() <= row.width()
    row.resize(900, 200)
    qtbot.waitUntil(lambda: row.save.geometry().center().y() == row.edit.geometry().center().y())
