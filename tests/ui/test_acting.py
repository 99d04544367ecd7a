"""A field that is used and not shown: the sign and the key, what is asked first, how it goes, how it ended."""

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.action_run import Ran
from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError, NotAllowedError
from app.session.errors import OfficeAwayError
from app.session.shown import Acted
from app.ui.console.act_popover import ActPopover, ChooseActPopover
from app.ui.console.field_row import FieldRow, Offer
from app.ui.widgets.curtain_states import CurtainState
from tests.ui.conftest import Signed, named
from tests.ui.fake_acting import an_act, two_acts
from tests.ui.fake_desk import FakeDesk

Make = Callable[..., Signed]


@pytest.fixture
def desk() -> Iterator[FakeDesk]:
    desk = FakeDesk(count=30)
    desk.acting.acts = two_acts()
    yield desk
    desk.acting.gate.set()


def row_of(signed: Signed, field: str = "email") -> FieldRow:
    assert signed.window.console is not None
    row = signed.window.console.card.row(field)
    assert row is not None
    return row


def dressed(qtbot: QtBot, signed: Signed, field: str = "email") -> FieldRow:
    qtbot.waitUntil(lambda: bool(row_of(signed, field).acts))
    return row_of(signed, field)


def popover_of(qtbot: QtBot, signed: Signed) -> ActPopover:
    qtbot.waitUntil(lambda: any(p.isVisible() for p in signed.window.findChildren(ActPopover)))
    (popover,) = [p for p in signed.window.findChildren(ActPopover) if p.isVisible()]
    return popover


def begin(qtbot: QtBot, signed: Signed, field: str = "email") -> ActPopover:
    row = dressed(qtbot, signed, field)
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_D)
    return popover_of(qtbot, signed)


def words_of(row: FieldRow) -> str:
    return row.curtain.words


def fault(signed: Signed) -> str:
    assert signed.window.console is not None
    return signed.window.console.card.fault.label.text()


def test_that_without_actions_no_row_offers_any(qtbot: QtBot, console: Make) -> None:
    desk = FakeDesk(count=30)
    signed = console(desk)
    row = row_of(signed)
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_D)
    assert not row.act.isVisible()
    assert not signed.window.findChildren(ActPopover)
    assert "D:" not in row.accessibleDescription()


def test_that_a_new_colleague_is_offered_it_with_the_class_keys(qtbot: QtBot, console: Make) -> None:
    desk = FakeDesk(count=30, waits=True)
    signed = console(desk)
    screen = signed.window.console
    assert screen is not None
    desk.acting.acts, desk.person = two_acts(), FakeDesk().person
    screen.pulse.beaten.emit(desk.person)
    dressed(qtbot, signed)


def test_that_only_fields_that_it_fits_offer_it(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    signed = console(desk)
    assert dressed(qtbot, signed, "mobile_phone").act.accessibleName() == "Dial, Mobile phone"
    assert dressed(qtbot, signed, "email").act.accessibleName() == "Send the appointment, Email"
    assert not row_of(signed, "address").act.isVisible()
    assert not row_of(signed, "nik").act.isVisible()
    assert "; D: Send the appointment" in row_of(signed, "email").accessibleDescription()
    assert row_of(signed, "email").offer is Offer.REVEAL, "the one action of the row stays the one"


def test_that_key_and_button_lead_to_one_question_and_return_does_it(
    qtbot: QtBot, console: Make, desk: FakeDesk
) -> None:
    signed = console(desk)
    popover = begin(qtbot, signed)
    assert popover.accessibleName() == "Send the appointment: email"
    QTest.keyClick(popover, Qt.Key.Key_Return)
    row = row_of(signed)
    qtbot.waitUntil(lambda: row.curtain.state is CurtainState.ACTED)
    assert re.fullmatch(r"Used \d\d:\d\d, not shown\.", words_of(row))
    assert desk.acting.taken == [("r0", "email", "appointment", "", "")]
    assert not desk.reveals
    assert not row.curtain.is_open
    assert words_of(row) in row.accessibleName()
    assert row.offer is Offer.REVEAL
    QTest.mouseClick(row.act, Qt.MouseButton.LeftButton)
    popover_of(qtbot, signed).dismiss()
    assert signed.window.focusWidget() is row
    assert len(desk.acting.taken) == 1


def test_that_esc_does_nothing_with_the_field(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    signed = console(desk)
    QTest.keyClick(begin(qtbot, signed), Qt.Key.Key_Escape)
    assert not desk.acting.taken


def test_that_an_open_field_shuts_before_another_is_used(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    signed = console(desk)
    phone = dressed(qtbot, signed, "mobile_phone")
    assert signed.window.console is not None
    signed.window.console.field_actions.opener.reveal(phone, "r0", "call_back", "")
    qtbot.waitUntil(lambda: phone.curtain.is_open)
    begin(qtbot, signed)
    assert not phone.curtain.is_open


def test_that_work_over_a_second_says_how_long_and_can_be_stopped(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    desk.acting.gate.clear()
    signed = console(desk)
    QTest.keyClick(begin(qtbot, signed), Qt.Key.Key_Return)
    row = row_of(signed)
    assert (row.curtain.state, words_of(row), row.offer) == (CurtainState.ACTING, "At work…", Offer.NONE)
    qtbot.waitUntil(lambda: row.offer is Offer.STOP)
    assert re.fullmatch(r"At work, \d+ s", words_of(row))
    assert signed.window.console is not None
    signed.window.console.closing.close_innermost()
    qtbot.waitUntil(lambda: row.curtain.state is CurtainState.NOT_ACTED)
    assert desk.acting.stops == 1
    assert fault(signed) == "You stopped it. Whether it was done is not known."


def test_that_there_is_one_action_at_a_time(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    desk.acting.gate.clear()
    signed = console(desk)
    QTest.keyClick(begin(qtbot, signed), Qt.Key.Key_Return)
    phone = dressed(qtbot, signed, "mobile_phone")
    phone.setFocus()
    QTest.keyClick(phone, Qt.Key.Key_D)
    assert "One action at a time" in fault(signed)
    qtbot.waitUntil(lambda: bool(desk.acting.taken))
    assert [field for _record, field, *_more in desk.acting.taken] == ["email"]


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (Acted(Ran.KILLED, 9), "ended from outside"),
        (Acted(Ran.TIMED_OUT), "took too long and was stopped"),
        (Acted(Ran.MISSING), "is not there, so nothing was done"),
        (Acted(Ran.CHANGEABLE), "Others could have changed the program"),
        (Acted(Ran.FAILED, 65), "This value was not accepted"),
        (Acted(Ran.FAILED, 69), "does not answer, or refuses"),
        (Acted(Ran.FAILED, 75), "asks to try again later"),
        (Acted(Ran.FAILED, 7), "Call IT, and say 7"),
    ],
)
def test_that_each_end_has_its_sentence(qtbot: QtBot, console: Make, desk: FakeDesk, end: Acted, words: str) -> None:
    desk.acting.end = end
    signed = console(desk)
    QTest.keyClick(begin(qtbot, signed), Qt.Key.Key_Return)
    row = row_of(signed)
    qtbot.waitUntil(lambda: row.curtain.state is CurtainState.NOT_ACTED)
    assert words in fault(signed)
    known = end.how in (Ran.FAILED, Ran.MISSING, Ran.CHANGEABLE)
    assert words_of(row).startswith("Failed" if known else "Not known")


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (NotAllowedError("no", code="use_quota"), "All actions of this shift are used"),
        (NotAllowedError("no", code="half"), "does not fit this field"),
        (NotAllowedError("no", code="no_action"), "cannot be done with this field any more"),
        (OfficeAwayError("no"), "did not answer in time. Whether it was done, it knows."),
    ],
)
def test_that_a_refusal_says_why(qtbot: QtBot, console: Make, desk: FakeDesk, refusal: Exception, words: str) -> None:
    desk.acting.refusal = refusal
    signed = console(desk)
    QTest.keyClick(begin(qtbot, signed), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: words in fault(signed))


def test_that_a_list_of_its_with_a_fault_is_told_and_offers_nothing(
    qtbot: QtBot, console: Make, desk: FakeDesk
) -> None:
    desk.acting.no_offer = InputRefusedError("line 3", code="actions")
    signed = console(desk)
    screen = signed.window.console
    assert screen is not None
    qtbot.waitUntil(lambda: "N7" in screen.status._done.text())
    assert not row_of(signed).act.isVisible()


def test_that_a_reason_and_its_words_are_asked_where_the_action_wants_them(
    qtbot: QtBot, console: Make, desk: FakeDesk
) -> None:
    desk.acting.acts = (an_act("appointment", "Send", "Kirim", "email", reason=True),)
    signed = console(desk)
    popover = begin(qtbot, signed)
    assert popover.reasons.chosen() is None, "nothing is sent for a reason that nobody chose"
    assert not popover.do.isEnabled()
    QTest.keyClick(popover, Qt.Key.Key_Return)
    assert not desk.acting.taken
    QTest.keyClick(popover, Qt.Key.Key_4)
    assert not popover.do.isEnabled()
    QTest.keyClicks(named(popover, "act_text"), "the customer asked for it")
    QTest.keyClick(named(popover, "act_text"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.acting.taken))
    assert desk.acting.taken == [("r0", "email", "appointment", "other", "the customer asked for it")]


def test_that_the_caller_comes_first_where_the_action_wants_it(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    desk.acting.acts = (an_act("appointment", "Send", "Kirim", "email", caller=True),)
    signed = console(desk)
    popover = begin(qtbot, signed)
    assert popover.check_first.isVisible()
    assert not popover.do.isEnabled()
    QTest.keyClick(popover, Qt.Key.Key_Return)
    assert not desk.acting.taken


def test_that_one_of_several_is_chosen_by_its_digit(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    desk.acting.acts = (*two_acts(), an_act("bill", "Send the bill", "Kirim tagihan", "email"))
    signed = console(desk)
    row = dressed(qtbot, signed)
    assert row.act.accessibleName() == "Use without showing, Email"
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_D)
    (chooser,) = signed.window.findChildren(ChooseActPopover)
    QTest.keyClick(chooser, Qt.Key.Key_2)
    assert popover_of(qtbot, signed).accessibleName() == "Send the bill: email"


def test_that_a_fresh_code_is_given_first_where_policy_wants_one(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    desk.wants_code = {DataClass.CONTACT}
    signed = console(desk)
    popover = begin(qtbot, signed)
    assert not popover.do.isEnabled()
    QTest.keyClicks(popover.code.boxes, "123456")
    QTest.keyClick(popover.code.boxes, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.acting.taken))
    assert desk.codes == ["123456"]


def test_that_an_end_after_the_card_was_left_is_still_told(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    desk.acting.gate.clear()
    signed = console(desk)
    QTest.keyClick(begin(qtbot, signed), Qt.Key.Key_Return)
    screen = signed.window.console
    assert screen is not None
    screen.show_customer(1)
    qtbot.waitUntil(lambda: screen.card.customer is not None and screen.card.customer.id == 1)
    desk.acting.gate.set()
    qtbot.waitUntil(lambda: "Send the appointment: Used" in screen.status._done.text())
    assert row_of(signed).curtain.state is CurtainState.MASKED
    assert bool(row_of(signed).acts), "the next card offers it, too"


def test_that_nothing_of_a_value_is_on_the_screen(qtbot: QtBot, console: Make, desk: FakeDesk) -> None:
    signed = console(desk)
    QTest.keyClick(begin(qtbot, signed), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: row_of(signed).curtain.state is CurtainState.ACTED)
    names = {w.accessibleName() for w in signed.window.findChildren(QWidget)}
    assert not any("sari.wulandari@" in name for name in names)
    assert row_of(signed).curtain._secret is None
