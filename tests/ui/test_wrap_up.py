"""The end of a visit by real keys and by mouse: outcome, tags, call-back, finish and next, and what can be undone."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.call_back import CallBack
from app.domain.errors import NotAllowedError
from app.domain.role import Role
from app.session.calls import call_key
from app.session.console_line import Ask
from app.session.errors import OfficeAwayError
from app.session.lock_place import Place
from app.session.shown_contacts import ContactInHand, ShownContact, Waiting
from app.ui.application import TiraiApplication
from app.ui.console.screen import ConsoleScreen
from app.ui.console.undo_bar import UndoBar
from app.ui.language import Language, speak
from tests.ui.conftest import Signed, named
from tests.ui.fake_desk import FakeDesk

Make = Callable[..., Signed]
CTRL = Qt.KeyboardModifier.ControlModifier


def screen_of(signed: Signed) -> ConsoleScreen:
    screen = signed.window.console
    assert screen is not None
    return screen


def key(signed: Signed, which: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    QTest.keyClick(signed.window.focusWidget() or signed.window, which, modifier)


def click(signed: Signed, name: str) -> None:
    QTest.mouseClick(named(signed.window, name), Qt.MouseButton.LeftButton)


def popover(signed: Signed, name: str) -> bool:
    return any(card.isVisible() for card in signed.window.findChildren(QWidget, name))


def number(signed: Signed) -> str:
    customer = screen_of(signed).card.customer
    return customer.number if customer is not None else ""


def contact(signed: Signed) -> ContactInHand:
    found = screen_of(signed).desk_panel.wrap_up.contact
    assert found is not None
    return found


def sentence(signed: Signed) -> str:
    return screen_of(signed).desk_panel.wrap_up.missing.text()


def by_keys(signed: Signed) -> None:
    """Choose the first outcome and finish."""
    key(signed, Qt.Key.Key_O, CTRL)
    key(signed, Qt.Key.Key_1)
    key(signed, Qt.Key.Key_Return, CTRL)


def done(signed: Signed) -> list[tuple[str, str]]:
    return [(one.record, one.outcome) for one in signed.desk.contacts.finished]


# finishing -----------------------------------------------------------------------------------------------------------
@pytest.fixture(params=[Language.ENGLISH, Language.INDONESIAN])
def language(request: pytest.FixtureRequest, qapp: TiraiApplication) -> Iterator[Language]:
    """Of the screen."""
    speak(qapp, request.param)
    yield request.param
    speak(qapp, Language.ENGLISH)


@pytest.mark.usefixtures("language")
def test_that_keys_alone_take_note_outcome_tags_and_call_back_to_the_next_customer(qtbot: QtBot, console: Make) -> None:
    signed = console()
    key(signed, Qt.Key.Key_J, CTRL)
    QTest.keyClicks(signed.window.focusWidget(), "Asked about a late fee.")
    key(signed, Qt.Key.Key_O, CTRL)
    assert popover(signed, "outcome_popover")
    key(signed, Qt.Key.Key_3)
    assert not popover(signed, "outcome_popover")
    assert signed.window.focusWidget() is named(signed.window, "outcome")
    key(signed, Qt.Key.Key_Tab)
    key(signed, Qt.Key.Key_Space)
    for digit in (Qt.Key.Key_1, Qt.Key.Key_4):
        key(signed, digit)
    key(signed, Qt.Key.Key_Escape)
    key(signed, Qt.Key.Key_Tab)
    key(signed, Qt.Key.Key_Return)
    day = signed.desk.contacts.now().day + timedelta(days=2)
    QTest.keyClicks(signed.window.focusWidget(), f"{day:%d/%m/%Y} 10:00")
    key(signed, Qt.Key.Key_Return)
    key(signed, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: number(signed) == "C-118034")
    (finished,) = signed.desk.contacts.finished
    assert (finished.record, finished.outcome, finished.tags) == ("r0", "call_back", ("billing", "technical"))
    assert (finished.call_back_day, finished.call_back_at) == (day.isoformat(), "10:00")
    assert finished.note == signed.desk.saved[-1][1]
    assert signed.desk.saved[-1][2] == "Asked about a late fee."
    assert contact(signed).outcome == ""
    assert screen_of(signed).desk_panel.note.edit.toPlainText() == ""


@pytest.mark.usefixtures("language")
def test_that_the_mouse_does_the_same(qtbot: QtBot, console: Make) -> None:
    signed = console()
    click(signed, "outcome")
    click(signed, "choose_call_back")
    click(signed, "add_tag")
    click(signed, "choose_billing")
    click(signed, "choose_fraud")
    key(signed, Qt.Key.Key_Escape)
    click(signed, "tag_billing")
    click(signed, "call_back")
    click(signed, "in_3_days")
    click(signed, "finish_and_next")
    qtbot.waitUntil(lambda: number(signed) == "C-118034")
    (finished,) = signed.desk.contacts.finished
    day = signed.desk.contacts.now().day + timedelta(days=3)
    assert (finished.outcome, finished.tags, finished.call_back_day) == ("call_back", ("fraud",), day.isoformat())


def test_that_without_an_outcome_a_sentence_says_so_and_no_card_stands_in_the_way(console: Make) -> None:
    signed = console()
    key(signed, Qt.Key.Key_Return, CTRL)
    assert sentence(signed) == "Choose an outcome to finish."
    assert signed.window.focusWidget() is named(signed.window, "outcome")
    assert number(signed) == "C-104288"
    assert signed.desk.contacts.finished == []
    key(signed, Qt.Key.Key_2)
    assert sentence(signed) == ""
    assert contact(signed).outcome == "passed_on"


def test_that_an_outcome_that_needs_a_call_back_asks_for_its_day(console: Make) -> None:
    signed = console()
    key(signed, Qt.Key.Key_O, CTRL)
    key(signed, Qt.Key.Key_3)
    key(signed, Qt.Key.Key_Return, CTRL)
    assert sentence(signed) == "This outcome needs a day to call back."
    assert signed.window.focusWidget() is named(signed.window, "call_back")


@pytest.mark.parametrize(
    ("typed", "words"),
    [("1/1/2020", "This time is over."), ("soon", "Type a day like 12/3"), ("1/1/2099", "more than a year away")],
)
def test_that_a_day_that_cannot_be_promised_is_refused_by_a_sentence(console: Make, typed: str, words: str) -> None:
    signed = console()
    click(signed, "call_back")
    QTest.keyClicks(signed.window.focusWidget(), typed)
    key(signed, Qt.Key.Key_Return)
    assert words in named(signed.window, "call_back_meant").text()  # type: ignore[attr-defined]
    assert popover(signed, "call_back_popover")
    assert contact(signed).call_back is None


def test_that_what_is_meant_is_said_while_a_day_is_typed(console: Make) -> None:
    signed = console()
    day = signed.desk.contacts.now().day + timedelta(days=1)
    click(signed, "call_back")
    QTest.keyClicks(signed.window.focusWidget(), f"{day.day}/{day.month} 9.30")
    assert named(signed.window, "call_back_meant").text().endswith("09:30")  # type: ignore[attr-defined]


def test_that_arrows_go_through_the_outcomes_without_unfolding_them(console: Make) -> None:
    signed = console()
    named(signed.window, "outcome").setFocus()
    for _ in range(2):
        key(signed, Qt.Key.Key_Down)
    assert contact(signed).outcome == "passed_on"
    key(signed, Qt.Key.Key_Up)
    key(signed, Qt.Key.Key_Up)
    assert contact(signed).outcome == "solved"
    assert not popover(signed, "outcome_popover")


def test_that_four_tags_are_the_most(console: Make) -> None:
    signed = console()
    click(signed, "add_tag")
    for digit in range(1, 7):
        key(signed, Qt.Key(Qt.Key.Key_0 + digit))
    assert len(contact(signed).tags) == 4
    key(signed, Qt.Key.Key_1)
    key(signed, Qt.Key.Key_6)
    assert contact(signed).tags == ("payment", "delivery", "technical", "complaint")


def test_that_the_innermost_wins_the_key_of_finishing(console: Make) -> None:
    signed = console()
    by = screen_of(signed)
    key(signed, Qt.Key.Key_O, CTRL)
    key(signed, Qt.Key.Key_1)
    click(signed, "call_back")
    key(signed, Qt.Key.Key_Return, CTRL)
    assert signed.desk.contacts.finished == []
    assert by.card.customer is not None


def test_that_a_finish_ends_the_check_of_the_caller_and_shuts_what_is_open(qtbot: QtBot, console: Make) -> None:
    signed = console()
    screen = screen_of(signed)
    ended: list[bool] = []
    screen.checking.identified.connect(ended.append)
    screen.checking._begun = screen.checking._is_identified = True
    by_keys(signed)
    qtbot.waitUntil(lambda: number(signed) == "C-118034")
    assert ended == [False]
    assert not screen.checking.is_identified
    assert not screen.field_actions.is_open


def test_that_a_visit_says_whether_it_was_a_call(qtbot: QtBot, console: Make) -> None:
    signed = console()
    screen = screen_of(signed)
    screen.calls.answer(Ask("call_start", {"call": "77"}))
    screen.show_customer(4)
    qtbot.waitUntil(lambda: number(signed) == "C-100342")
    assert contact(signed).call == call_key("77")


def test_that_a_call_that_comes_in_the_midst_of_a_visit_belongs_to_it(qtbot: QtBot, console: Make) -> None:
    signed = console()
    screen_of(signed).calls.answer(Ask("call_start", {"call": "77"}))
    by_keys(signed)
    qtbot.waitUntil(lambda: bool(signed.desk.contacts.finished))
    assert signed.desk.contacts.finished[0].call == call_key("77")


def test_that_what_the_office_refuses_leaves_the_visit_in_hand(qtbot: QtBot, console: Make) -> None:
    signed = console()
    signed.desk.contacts.refuse = NotAllowedError("no", code="call_back")
    by_keys(signed)
    qtbot.waitUntil(lambda: bool(sentence(signed)))
    assert number(signed) == "C-104288"
    assert contact(signed).outcome == "solved"
    signed.desk.contacts.refuse = None
    key(signed, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: number(signed) == "C-118034")


def test_that_a_finish_that_waits_for_the_office_goes_on_all_the_same(qtbot: QtBot, console: Make) -> None:
    signed = console()
    signed.desk.contacts.away = OfficeAwayError("away")
    by_keys(signed)
    qtbot.waitUntil(lambda: number(signed) == "C-118034")
    assert done(signed) == [("r0", "solved")]


def test_that_a_person_without_customers_is_not_asked_for_who_waits(qtbot: QtBot, console: Make) -> None:
    signed = console(FakeDesk(Role.ADMINISTRATOR, count=30))
    screen = screen_of(signed)
    screen.pulse.beaten.emit(signed.desk.person)
    qtbot.wait(50)
    assert signed.desk.contacts.asked == 0


# whom next -----------------------------------------------------------------------------------------------------------
def test_that_who_was_served_today_is_passed_over_and_the_foot_says_who_comes(qtbot: QtBot, console: Make) -> None:
    signed = console()
    signed.desk.contacts.served = {1, 2}
    screen = screen_of(signed)
    screen.rounds.serving.look_again()
    qtbot.waitUntil(lambda: screen.find_panel.next.label.text() == "Next: Yohanes Simatupang")
    by_keys(signed)
    qtbot.waitUntil(lambda: number(signed) == "C-121190")


def test_that_a_call_back_that_is_due_stands_above_and_comes_first(qtbot: QtBot, console: Make) -> None:
    signed = console()
    now = signed.desk.contacts.now()
    signed.desk.contacts.waiting = (
        Waiting(7, "r7", CallBack(now.day, now.at)),
        Waiting(5, "r5", CallBack(now.day), is_own=False),
        Waiting(8, "r8", None),
    )
    screen = screen_of(signed)
    screen.rounds.serving.look_again()
    rows = screen.find_panel.waiting.list
    qtbot.waitUntil(rows.isVisible)
    model = rows.model()
    said = [model.data(model.index(at, 0)) for at in range(model.rowCount())]
    assert said[0].startswith("Fajar Nugroho, C-119874, call, ")
    assert said[1] == "Rahmat Hidayatullah, C-115527, colleague, today"
    assert said[2] == "Siti Aminah, C-107203, not finished"
    by_keys(signed)
    qtbot.waitUntil(lambda: number(signed) == "C-119874")


def test_that_who_waits_is_opened_by_keys_and_by_mouse(qtbot: QtBot, console: Make) -> None:
    signed = console()
    signed.desk.contacts.waiting = (Waiting(7, "r7", None), Waiting(5, "r5", None))
    screen = screen_of(signed)
    screen.rounds.serving.look_again()
    rows = screen.find_panel.waiting.list
    qtbot.waitUntil(rows.isVisible)
    rows.setFocus()
    key(signed, Qt.Key.Key_Down)
    key(signed, Qt.Key.Key_Down)
    key(signed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: number(signed) == "C-115527")
    first = rows.visualRect(rows.model().index(0, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=first)
    qtbot.waitUntil(lambda: number(signed) == "C-119874")


def test_that_with_nobody_left_the_card_is_empty_and_the_list_says_so(qtbot: QtBot, console: Make) -> None:
    signed = console(FakeDesk(count=1))
    by_keys(signed)
    qtbot.waitUntil(lambda: number(signed) == "")
    screen = screen_of(signed)
    assert screen.find_panel._empty.text() == "No one is waiting. Search, or take a call."
    assert not screen.desk_panel.note.edit.isEnabled()
    assert not named(signed.window, "finish_and_next").isEnabled()
    click(signed, "undo_finish")
    qtbot.waitUntil(lambda: number(signed) == "C-104288")


# undo ----------------------------------------------------------------------------------------------------------------
def test_that_outcome_and_tags_are_undone_outside_of_the_note(console: Make) -> None:
    signed = console()
    key(signed, Qt.Key.Key_O, CTRL)
    key(signed, Qt.Key.Key_1)
    named(signed.window, "outcome").setFocus()
    key(signed, Qt.Key.Key_2)
    click(signed, "add_tag")
    key(signed, Qt.Key.Key_1)
    key(signed, Qt.Key.Key_Escape)
    assert (contact(signed).outcome, contact(signed).tags) == ("passed_on", ("billing",))
    key(signed, Qt.Key.Key_Z, CTRL)
    assert (contact(signed).outcome, contact(signed).tags) == ("passed_on", ())
    key(signed, Qt.Key.Key_Z, CTRL)
    assert contact(signed).outcome == "solved"
    key(signed, Qt.Key.Key_Z, CTRL)
    assert contact(signed).outcome == ""
    key(signed, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert contact(signed).outcome == "solved"


@pytest.mark.parametrize("how", ["key", "mouse"])
def test_that_a_finish_is_undone_for_a_while_and_all_of_it_is_back(qtbot: QtBot, console: Make, how: str) -> None:
    signed = console()
    screen = screen_of(signed)
    screen.desk_panel.note.edit.setPlainText("Asked about a late fee.")
    click(signed, "add_tag")
    key(signed, Qt.Key.Key_2)
    key(signed, Qt.Key.Key_Escape)
    by_keys(signed)
    qtbot.waitUntil(lambda: number(signed) == "C-118034")
    before = signed.desk.contacts.finished[0]
    if how == "key":
        key(signed, Qt.Key.Key_Z, CTRL)
    else:
        click(signed, "undo_finish")
    qtbot.waitUntil(lambda: number(signed) == "C-104288")
    assert signed.desk.contacts.finished == []
    assert signed.desk.contacts.kept[-1].id == before.id
    assert signed.desk.contacts.kept[-1].revision > before.revision
    again = contact(signed)
    assert (again.id, again.outcome, again.tags) == (before.id, "solved", ("payment",))
    assert screen.desk_panel.note.edit.toPlainText() == "Asked about a late fee."
    assert screen.desk_panel.undo.isHidden()
    key(signed, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: number(signed) == "C-118034")
    assert signed.desk.contacts.finished[-1].id == before.id


@pytest.mark.attack("A38")
def test_that_no_undo_of_a_finish_brings_a_number_back_that_the_note_was_saved_with(
    qtbot: QtBot, console: Make
) -> None:
    """The cursor is still behind the number, where nothing takes it away under the hand that types."""
    signed = console()
    key(signed, Qt.Key.Key_J, CTRL)
    QTest.keyClicks(signed.window.focusWidget(), "kartu 4111 1111 1111 1111")
    by_keys(signed)
    qtbot.waitUntil(lambda: number(signed) == "C-118034")
    last = screen_of(signed).rounds._last
    assert last is not None
    assert last.note is not None
    assert (last.note.text, last.note.kept) == ("kartu 4111 11 ••• 1111",) * 2
    click(signed, "undo_finish")
    qtbot.waitUntil(lambda: number(signed) == "C-104288")
    assert screen_of(signed).desk_panel.note.edit.toPlainText() == "kartu 4111 11 ••• 1111"


def test_that_a_finish_cannot_be_undone_once_its_line_is_gone(qtbot: QtBot, console: Make) -> None:
    signed = console()
    screen = screen_of(signed)
    by_keys(signed)
    qtbot.waitUntil(lambda: number(signed) == "C-118034")
    bar: UndoBar = screen.desk_panel.undo
    assert bar.label.text() == "Sari Wulandari: finished."
    bar._time.timeout.emit()
    assert bar.isHidden()
    assert not screen.undoing.can_undo


# keeping -------------------------------------------------------------------------------------------------------------
def test_that_a_half_filled_visit_is_kept_when_one_goes_to_another_customer_and_is_there_on_return(
    qtbot: QtBot, console: Make
) -> None:
    signed = console()
    key(signed, Qt.Key.Key_O, CTRL)
    key(signed, Qt.Key.Key_2)
    screen = screen_of(signed)
    screen.show_customer(4)
    qtbot.waitUntil(lambda: number(signed) == "C-100342")
    qtbot.waitUntil(lambda: bool(signed.desk.contacts.kept))
    assert (signed.desk.contacts.kept[-1].record, signed.desk.contacts.kept[-1].outcome) == ("r0", "passed_on")
    assert not screen.undoing.can_undo
    screen.show_customer(0)
    qtbot.waitUntil(lambda: number(signed) == "C-104288" and contact(signed).outcome == "passed_on")


def test_that_a_mere_look_keeps_nothing(qtbot: QtBot, console: Make) -> None:
    signed = console()
    screen_of(signed).show_customer(4)
    qtbot.waitUntil(lambda: number(signed) == "C-100342")
    screen_of(signed).show_customer(0)
    qtbot.waitUntil(lambda: number(signed) == "C-104288")
    assert signed.desk.contacts.kept == []


def test_that_a_lock_keeps_what_is_half_filled(qtbot: QtBot, console: Make) -> None:
    signed = console()
    key(signed, Qt.Key.Key_O, CTRL)
    key(signed, Qt.Key.Key_2)
    half = contact(signed)
    key(signed, Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: bool(signed.desk.locks))
    place = signed.desk.locks[0][1]
    assert place.contact is not None
    assert (place.contact.id, place.contact.outcome) == (half.id, "passed_on")


def test_that_a_lock_takes_no_finish_back_that_is_on_its_way(qtbot: QtBot, console: Make) -> None:
    signed = console()
    signed.desk.contacts.gate.clear()
    by_keys(signed)
    key(signed, Qt.Key.Key_L, CTRL)
    signed.desk.contacts.gate.set()
    qtbot.waitUntil(lambda: bool(signed.desk.locks))
    assert signed.desk.locks[0][1].contact is None
    qtbot.waitUntil(lambda: done(signed) == [("r0", "solved")])
    assert signed.desk.contacts.kept == []


def test_that_a_resume_goes_on_with_it(qtbot: QtBot, console: Make) -> None:
    signed = console()
    half = ContactInHand("ab" * 16, "r3", 1.0, 4, "passed_on", ("billing",))
    screen_of(signed).go_back_to(Place(3, "r3", contact=half))
    qtbot.waitUntil(lambda: number(signed) == "C-121190")
    assert contact(signed) == half


def test_that_a_promise_that_holds_is_there_to_be_kept_or_changed(qtbot: QtBot, console: Make) -> None:
    signed = console()
    ahead = CallBack(signed.desk.contacts.now().day + timedelta(days=5))
    signed.desk.contacts.promised = ahead
    screen_of(signed).show_customer(4)
    qtbot.waitUntil(lambda: number(signed) == "C-100342" and contact(signed).call_back == ahead)
    screen_of(signed).show_customer(0)
    qtbot.waitUntil(lambda: number(signed) == "C-104288")
    assert signed.desk.contacts.kept == []


# history -------------------------------------------------------------------------------------------------------------
def test_that_the_history_has_outcome_tags_and_call_back_beside_the_notes(qtbot: QtBot, console: Make) -> None:
    signed = console()
    (note, *_rest) = signed.desk.notes("r4")
    back = CallBack(signed.desk.contacts.now().day)
    visit = ShownContact("v1", "Bagus Hartono", 1_772_532_129.0, "Solved", ("Billing",), back, note.id)
    signed.desk.contacts.past = {"r4": (visit, replace(visit, id="v2", note="", outcome="Not reached"))}
    screen_of(signed).show_customer(4)
    history = screen_of(signed).desk_panel.history
    qtbot.waitUntil(lambda: number(signed) == "C-100342" and len(history._visits) == 2)
    click(signed, "show_notes")
    qtbot.waitUntil(lambda: history.is_open)
    assert named(history, "note_visit").text().startswith("Solved  ·  Billing  ·  call back ")  # type: ignore[attr-defined]
