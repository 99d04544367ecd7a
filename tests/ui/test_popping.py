"""A call pops: whose card is shown, what stays as it was, and that a number is shown nowhere. Real keys."""

import contextlib
import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import NotAllowedError
from app.domain.role import Role
from app.session.calls import CallState
from app.session.console_line import Answer, Ask
from app.session.lock_place import Place
from app.session.shown import ShownCustomer
from app.session.shown_new_contact import KnownContactsError, NewContactRefusedError
from app.ui.application import TiraiApplication
from app.ui.console.caller_chooser import CallerChooser
from app.ui.console.new_contact_card import NewContactCard
from app.ui.console.screen import ConsoleScreen
from app.ui.language import Language, speak
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.ui import fake_desk, fake_people
from tests.ui.conftest import Signed, named
from tests.ui.fake_caller import VALUES
from tests.ui.walk import spoken_texts

NUMBER = "+6281204559147"
OTHER = "+6285550001122"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk() -> fake_desk.FakeDesk:
    desk = fake_desk.FakeDesk(count=300)
    desk.caller.finds = [3]
    return desk


@pytest.fixture
def at(console: Callable[..., Signed], desk: fake_desk.FakeDesk) -> Signed:
    at = console(desk)
    screen(at).popping._clock = lambda: at.now
    return at


def screen(at: Signed) -> ConsoleScreen:
    found = at.window.console
    assert found is not None
    return found


def pop(at: Signed, phone: str = NUMBER, call: str = "") -> Answer:
    at.now += 60
    return screen(at).calls.answer(Ask("pop", {"phone": phone} | ({"call": call} if call else {})))


def say(at: Signed, does: str, call: str = "") -> Answer:
    return screen(at).calls.answer(Ask(f"call_{does}", {"call": call} if call else {}))


def shown(at: Signed) -> int | None:
    customer = screen(at).card.customer
    return customer.id if customer is not None else None


def focus(at: Signed) -> QWidget:
    found = at.window.focusWidget()
    assert found is not None
    return found


def press(at: Signed, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focus(at), key, modifiers)


def bar(at: Signed) -> str:
    waiting = screen(at).popping.bar
    return waiting.label.text() if waiting.isVisible() else ""


def page(at: Signed, kind: type[QWidget]) -> bool:
    return any(found.isVisible() for found in screen(at).card.findChildren(kind))


def types_a_note(at: Signed) -> QWidget:
    note = screen(at).desk_panel.note
    note.focus_note()
    QTest.keyClicks(note.edit, "Caller disput")
    return note.edit


# one customer


def test_that_a_pop_opens_the_one_customer_and_asks_who_it_is(qtbot: QtBot, at: Signed) -> None:
    assert pop(at, call="a1") is Answer.TOLD
    qtbot.waitUntil(lambda: shown(at) == 3)
    assert at.desk.caller.looked_up == [NUMBER]
    check = screen(at).card.check
    assert check is not None
    qtbot.waitUntil(lambda: check.isAncestorOf(focus(at)))
    assert isinstance(focus(at), QLineEdit)
    assert screen(at).calls.count == 1
    assert bar(at) == ""


def test_that_the_call_bar_says_in_which_queue_the_customer_is(qtbot: QtBot, at: Signed) -> None:
    pop(at, call="a1")
    qtbot.waitUntil(lambda: shown(at) == 3)
    assert named(at.window, "call_queue").text() == fake_people.PEOPLE[3][3]  # type: ignore[attr-defined]


def test_that_a_pop_without_an_id_starts_no_call(qtbot: QtBot, at: Signed) -> None:
    pop(at)
    qtbot.waitUntil(lambda: shown(at) == 3)
    assert screen(at).calls.count == 0


def test_that_start_and_pop_of_one_call_are_one_call_in_whatever_order(qtbot: QtBot, at: Signed) -> None:
    for _ in range(2):
        say(at, "start", "a1")
        pop(at, call="a1")
    qtbot.waitUntil(lambda: shown(at) == 3)
    assert screen(at).calls.count == 1
    assert at.desk.caller.looked_up == [NUMBER], "nobody is looked up twice for one call"


def test_that_the_table_gives_the_card_back(qtbot: QtBot, at: Signed) -> None:
    screen(at).switch_face()
    pop(at)
    qtbot.waitUntil(lambda: shown(at) == 3)
    assert screen(at).card.isVisible()


# nobody is disturbed


def test_that_whoever_types_goes_on_and_takes_the_call_by_a_key(qtbot: QtBot, at: Signed) -> None:
    note = types_a_note(at)
    pop(at, call="a1")
    assert bar(at) == "On the line: +62 ••• 47"
    assert (focus(at), shown(at), at.desk.caller.looked_up) == (note, 0, [])
    QTest.keyClicks(note, "e")
    assert note.toPlainText() == "Caller dispute"  # type: ignore[attr-defined]
    press(at, Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: shown(at) == 3)
    qtbot.waitUntil(lambda: ("r0", "n1", "Caller dispute") in at.desk.saved)
    assert bar(at) == ""


@pytest.mark.parametrize("field", ["search", "check"])
def test_that_no_text_field_with_words_in_it_loses_the_focus(at: Signed, field: str) -> None:
    check = screen(at).card.check
    assert check is not None
    edit = screen(at).find_panel.search.edit if field == "search" else next(iter(check.cells.values())).edit
    edit.setFocus()
    QTest.keyClicks(edit, "32")
    pop(at)
    assert focus(at) is edit
    assert edit.text() == "32"
    assert bar(at) == "A call is waiting: +62 ••• 47"


def test_that_an_answer_that_comes_when_somebody_has_begun_to_type_disturbs_nobody(qtbot: QtBot, at: Signed) -> None:
    pop(at)
    note = types_a_note(at)
    qtbot.waitUntil(lambda: bool(bar(at)))
    assert (focus(at), shown(at)) == (note, 0)


def test_that_another_workspace_stays_in_front(console: Callable[..., Signed]) -> None:
    at = console(fake_desk.FakeDesk(Role.SUPERVISOR, count=30))
    screen(at).going.show_workspace("approvals")
    pop(at)
    assert screen(at).workspaces.current == "approvals"
    assert bar(at) == "A call is waiting: +62 ••• 47"


def test_that_an_open_question_stays(qtbot: QtBot, at: Signed) -> None:
    row = screen(at).card.row("bank_account")
    assert row is not None
    row.wanted.emit(row, "ask")
    qtbot.waitUntil(lambda: screen(at).field_actions._popover is not None)
    pop(at)
    assert screen(at).field_actions._popover is not None
    assert bar(at)


def test_that_a_covered_console_stays_covered_and_shows_not_even_a_mask(
    console: Callable[..., Signed], desk: fake_desk.FakeDesk
) -> None:
    desk.idle_lock_s = 300
    at = console(desk)
    say(at, "start", "a1")
    at.now += 300
    screen(at).idle.look()
    assert screen(at).covering.is_covered
    pop(at, call="b2")
    assert bar(at) == "A call is waiting."
    assert screen(at).covering.is_covered
    QTest.keyClick(at.window, Qt.Key.Key_Shift)
    assert bar(at) == "A second call is waiting: +62 ••• 47"


def test_that_the_bar_can_be_closed(at: Signed) -> None:
    types_a_note(at)
    pop(at, call="a1")
    QTest.mouseClick(named(at.window, "close_waiting_call"), Qt.MouseButton.LeftButton)
    assert bar(at) == ""
    assert screen(at).calls.count == 1, "the call goes on"


def test_that_a_call_that_has_ended_waits_no_more(at: Signed) -> None:
    types_a_note(at)
    pop(at, call="a1")
    say(at, "end", "a1")
    assert bar(at) == ""


# a second call


def test_that_a_second_call_is_offered_and_holds_the_first_when_it_is_taken(qtbot: QtBot, at: Signed) -> None:
    pop(at, call="a1")
    qtbot.waitUntil(lambda: shown(at) == 3)
    at.desk.caller.finds = [5]
    pop(at, OTHER, "b2")
    assert (bar(at), shown(at)) == ("A second call is waiting: +62 ••• 22", 3)
    assert [call.state for call in screen(at).calls.calls] == [CallState.ACTIVE, CallState.WAITS]
    press(at, Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: shown(at) == 5)
    assert [call.state for call in screen(at).calls.calls] == [CallState.HELD, CallState.ACTIVE]
    press(at, Qt.Key.Key_P, CONTROL)  # nothing waits: to the next of the other calls
    qtbot.waitUntil(lambda: shown(at) == 3)
    assert [call.state for call in screen(at).calls.calls] == [CallState.ACTIVE, CallState.HELD]


def test_that_the_other_calls_are_listed_and_a_digit_takes_one(qtbot: QtBot, at: Signed) -> None:
    pop(at, call="a1")
    qtbot.waitUntil(lambda: shown(at) == 3)
    at.desk.caller.finds = [5]
    pop(at, OTHER, "b2")
    press(at, Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: shown(at) == 5)
    QTest.mouseClick(named(at.window, "other_calls"), Qt.MouseButton.LeftButton)
    said = spoken_texts(at.window)
    assert fake_people.PEOPLE[3][0] in said
    press(at, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: shown(at) == 3)


def test_that_ctrl_h_holds_and_goes_on(at: Signed) -> None:
    say(at, "start", "a1")
    at.now += 65
    press(at, Qt.Key.Key_H, CONTROL)
    chip = screen(at).bar.call
    assert (chip._state.text(), chip.hold.accessibleName(), chip.time.text()) == ("On hold", "Resume", "0:00")
    at.now += 42
    chip._show_time()
    assert chip.time.text() == "0:42"
    press(at, Qt.Key.Key_H, CONTROL)
    assert (chip._state.text(), chip.hold.accessibleName(), chip.time.text()) == ("On call", "Hold", "1:47")


def test_that_a_softphone_can_hold_and_go_on_too(at: Signed) -> None:
    assert say(at, "hold") is Answer.NO_CALL
    say(at, "start", "a1")
    assert say(at, "hold", "a1") is Answer.HELD
    assert screen(at).bar.call._state.text() == "On hold"
    assert say(at, "resume") is Answer.ON


def test_that_ctrl_h_and_ctrl_p_in_a_text_field_type_and_delete_nothing(at: Signed) -> None:
    say(at, "start", "a1")
    note = types_a_note(at)
    press(at, Qt.Key.Key_H, CONTROL)
    press(at, Qt.Key.Key_P, CONTROL)
    assert note.toPlainText() == "Caller disput"  # type: ignore[attr-defined]
    assert screen(at).bar.call._state.text() == "On hold"


def test_that_ending_one_call_leaves_the_other_held(at: Signed) -> None:
    say(at, "start", "a1")
    say(at, "start", "b2")
    both = CONTROL | Qt.KeyboardModifier.ShiftModifier
    press(at, Qt.Key.Key_H, both)
    assert screen(at).bar.call._state.text() == "On hold"
    press(at, Qt.Key.Key_H, both)
    assert screen(at).bar.call.isHidden()


def test_that_who_was_checked_in_a_call_is_not_when_that_call_is_over(qtbot: QtBot, at: Signed) -> None:
    say(at, "start", "a1")
    panel = screen(at).card.check
    assert panel is not None
    panel.ticked.emit("mobile_phone")
    qtbot.waitUntil(lambda: "1 of" in panel.progress.text())
    say(at, "start", "b2")
    say(at, "end", "a1")
    assert panel.progress.text() == "0 of 2 needed checks done"


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.INDONESIAN])
def test_that_a_whole_contact_goes_by_keys_and_the_caller_who_waits_comes_next(
    qtbot: QtBot, qapp: TiraiApplication, at: Signed, language: Language
) -> None:
    speak(qapp, language)
    try:
        pop(at, call="a1")
        qtbot.waitUntil(lambda: shown(at) == 3)
        for text in (VALUES["nik"], VALUES["birth_date"]):
            QTest.keyClicks(focus(at), text)
            press(at, Qt.Key.Key_Return)
            qtbot.waitUntil(lambda: not screen(at).checking._asked)
        assert screen(at).checking.is_identified
        press(at, Qt.Key.Key_J, CONTROL)
        QTest.keyClicks(focus(at), "Asked about a late fee.")
        at.desk.caller.finds = [5]
        pop(at, OTHER, "b2")
        assert shown(at) == 3
        press(at, Qt.Key.Key_O, CONTROL)
        press(at, Qt.Key.Key_1)
        press(at, Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: shown(at) == 5)
        assert [one.record for one in at.desk.contacts.finished] == ["r3"]
        assert ("r3", "Asked about a late fee.") in [(record, text) for record, _note, text in at.desk.saved]
        assert not screen(at).checking.is_identified
        qtbot.waitUntil(lambda: screen(at).card.check.isAncestorOf(focus(at)))  # type: ignore[union-attr]
    finally:
        speak(qapp, Language.ENGLISH)


def test_that_a_begun_wrap_up_is_not_taken_away(at: Signed) -> None:
    press(at, Qt.Key.Key_O, CONTROL)
    press(at, Qt.Key.Key_1)
    pop(at)
    assert (shown(at), bar(at)) == (0, "A call is waiting: +62 ••• 47")


# several, nobody, withheld


def test_that_several_are_offered_and_a_digit_opens_one(qtbot: QtBot, at: Signed) -> None:
    at.desk.caller.finds = [3, 5, 8]
    pop(at, call="a1")
    qtbot.waitUntil(lambda: page(at, CallerChooser))
    said = spoken_texts(at.window)
    assert "3 customers have this number: +62 ••• 47" in said
    assert all(fake_people.PEOPLE[n][0] in said for n in (3, 5, 8))
    assert not screen(at).card.check.isVisible()  # type: ignore[union-attr]
    press(at, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: shown(at) == 5)
    assert not page(at, CallerChooser)
    assert screen(at).card.check.isAncestorOf(focus(at))  # type: ignore[union-attr]


def test_that_arrows_and_enter_choose_too(qtbot: QtBot, at: Signed) -> None:
    at.desk.caller.finds = [3, 5]
    pop(at, call="a1")
    qtbot.waitUntil(lambda: page(at, CallerChooser))
    press(at, Qt.Key.Key_Down)
    press(at, Qt.Key.Key_Up)
    press(at, Qt.Key.Key_Down)
    press(at, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(at) == 5)


def test_that_esc_puts_the_question_aside_and_ctrl_p_brings_it_back(qtbot: QtBot, at: Signed) -> None:
    at.desk.caller.finds = [3, 5]
    pop(at, call="a1")
    qtbot.waitUntil(lambda: page(at, CallerChooser))
    press(at, Qt.Key.Key_Escape)
    assert not page(at, CallerChooser)
    assert (shown(at), bar(at)) == (0, "On the line: +62 ••• 47")
    press(at, Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: page(at, CallerChooser))


def test_that_a_question_about_a_call_that_is_over_goes_by_itself(qtbot: QtBot, at: Signed) -> None:
    at.desk.caller.finds = [3, 5]
    pop(at, call="a1")
    qtbot.waitUntil(lambda: page(at, CallerChooser))
    say(at, "end", "a1")
    assert not page(at, CallerChooser)
    assert screen(at).card.isAncestorOf(focus(at))
    at.desk.caller.finds = [7]
    pop(at, OTHER, "b2")
    qtbot.waitUntil(lambda: shown(at) == 7)  # and keeps nobody out


def test_that_an_empty_card_of_a_caller_without_an_id_gives_way_to_the_next_caller(qtbot: QtBot, at: Signed) -> None:
    at.desk.caller.finds = []
    pop(at)
    qtbot.waitUntil(lambda: page(at, NewContactCard))
    at.desk.caller.finds = [7]
    pop(at, OTHER)
    qtbot.waitUntil(lambda: shown(at) == 7)
    assert bar(at) == ""


def test_that_a_withheld_number_leads_to_the_search(at: Signed) -> None:
    screen(at).card.focus_rows()
    assert pop(at, "", "a1") is Answer.TOLD
    assert focus(at) is screen(at).find_panel.search.edit
    assert "withheld" in screen(at).card.fault.label.text()
    assert at.desk.caller.looked_up == []


def test_that_a_refused_lookup_says_so_and_can_be_tried_again(qtbot: QtBot, at: Signed) -> None:
    at.desk.caller.refuse = NotAllowedError("fast", code="lookups_pace")
    pop(at, call="a1")
    qtbot.waitUntil(lambda: "Wait a minute" in screen(at).card.fault.label.text())
    assert bar(at) == "On the line: +62 ••• 47"
    press(at, Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: shown(at) == 3)


def test_that_a_role_without_customers_is_popped_nobody(qtbot: QtBot, look: Look, tasks: Tasks) -> None:
    at = Signed(look, tasks, fake_desk.FakeDesk(Role.ADMINISTRATOR, count=0))
    at.window.show()
    at.window._on_signed_in(at.desk)
    assert pop(at, call="a1") is Answer.NO_CUSTOMERS
    assert screen(at).calls.count == 0
    at.window._console = None
    at.window.close()
    at.window.deleteLater()


# a new contact


def new_card(at: Signed) -> NewContactCard:
    (card,) = [card for card in screen(at).card.findChildren(NewContactCard) if card.isVisible()]
    return card


def pop_nobody(qtbot: QtBot, at: Signed, call: str = "a1") -> NewContactCard:
    at.desk.caller.finds = []
    pop(at, call=call)
    qtbot.waitUntil(lambda: page(at, NewContactCard))
    return new_card(at)


def test_that_for_nobody_a_contact_is_made_by_keyboard_alone(qtbot: QtBot, at: Signed) -> None:
    card = pop_nobody(qtbot, at)
    assert focus(at) is card.fields["full_name"].edit
    QTest.keyClicks(focus(at), "Nur Aini")
    press(at, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: shown(at) == 7)
    ((_request, values, known),) = at.desk.new_contacts.made
    assert values == {"full_name": "Nur Aini", "mobile_phone": NUMBER, "queue": "Billing"}
    assert not known
    qtbot.waitUntil(lambda: screen(at).card.check.isAncestorOf(focus(at)))  # type: ignore[union-attr]


def test_that_the_card_says_on_which_ground_and_under_which_notice(qtbot: QtBot, at: Signed) -> None:
    pop_nobody(qtbot, at)
    said = spoken_texts(at.window)
    assert "Ground: the contract with the customer (Full name, Mobile phone, Queue, City)." in said
    assert "Privacy notice 2026-1 is written down with it." in said
    assert "Second phone" not in said, "what is not needed is not collected"


def test_that_what_is_missing_is_said_before_anything_is_sent(qtbot: QtBot, at: Signed) -> None:
    card = pop_nobody(qtbot, at)
    press(at, Qt.Key.Key_Return)
    assert card.fields["full_name"].wrong.text() == "This is needed."
    assert at.desk.new_contacts.made == []


def test_that_what_the_office_refuses_stands_at_its_field_and_nothing_typed_is_lost(qtbot: QtBot, at: Signed) -> None:
    card = pop_nobody(qtbot, at)
    at.desk.new_contacts.refuse = [NewContactRefusedError({"city": "too_long"})]
    QTest.keyClicks(focus(at), "Nur Aini")
    press(at, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(card.fields["city"].wrong.text()))
    assert card.fields["full_name"].value == "Nur Aini"
    press(at, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(at) == 7)
    first, second = at.desk.new_contacts.made
    assert first[:2] == second[:2], "the same words are the same request"


def test_that_whoever_has_the_number_already_is_shown_and_can_be_another(qtbot: QtBot, at: Signed) -> None:
    pop_nobody(qtbot, at)
    at.desk.new_contacts.refuse = [KnownContactsError((4,))]
    QTest.keyClicks(focus(at), "Nur Aini")
    press(at, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page(at, CallerChooser))
    press(at, Qt.Key.Key_0)
    qtbot.waitUntil(lambda: shown(at) == 7)
    assert [known for *_, known in at.desk.new_contacts.made] == [False, True]


def test_that_a_half_written_contact_outlives_other_customers_other_calls_and_its_own(qtbot: QtBot, at: Signed) -> None:
    pop_nobody(qtbot, at)
    QTest.keyClicks(focus(at), "Nur Ai")
    screen(at).show_customer(5)
    qtbot.waitUntil(lambda: shown(at) == 5)
    assert not page(at, NewContactCard)
    assert bar(at) == "On the line: +62 ••• 47"
    say(at, "end", "a1")
    assert bar(at) == "A new contact is half written."
    press(at, Qt.Key.Key_P, CONTROL)
    assert new_card(at).fields["full_name"].value == "Nur Ai"
    screen(at).card.setFocus()
    pop(at, OTHER, "b2")
    assert bar(at) == "On the line: +62 ••• 22", "a page with words in it is not taken away"
    press(at, Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: page(at, NewContactCard) and new_card(at).fields["full_name"].value == "")
    press(at, Qt.Key.Key_Escape)
    QTest.mouseClick(named(at.window, "close_waiting_call"), Qt.MouseButton.LeftButton)
    assert bar(at) == "A new contact is half written."


def test_that_a_contact_can_be_discarded(qtbot: QtBot, at: Signed) -> None:
    card = pop_nobody(qtbot, at)
    QTest.keyClicks(focus(at), "Nur Ai")
    QTest.mouseClick(card.drop, Qt.MouseButton.LeftButton)
    assert not page(at, NewContactCard)
    assert bar(at) == ""


def test_that_another_number_can_be_typed(qtbot: QtBot, at: Signed) -> None:
    card = pop_nobody(qtbot, at)
    QTest.keyClicks(focus(at), "Nur Aini")
    QTest.mouseClick(named(card, "another_number"), Qt.MouseButton.LeftButton)
    assert focus(at) is card.fields["mobile_phone"].edit
    QTest.keyClicks(focus(at), "0811 2222 3333")
    press(at, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(at.desk.new_contacts.made))
    assert at.desk.new_contacts.made[0][1]["mobile_phone"] == "0811 2222 3333"


def test_that_a_contact_without_a_call_is_made_too(qtbot: QtBot, at: Signed) -> None:
    press(at, Qt.Key.Key_N, CONTROL)
    assert page(at, NewContactCard)
    QTest.keyClicks(focus(at), "Nur Aini")
    press(at, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(at) == 7)
    assert "mobile_phone" not in at.desk.new_contacts.made[0][1]


def test_that_who_may_make_none_is_told_that_nobody_is_there(qtbot: QtBot, at: Signed) -> None:
    at.desk.new_contacts.may_make = False
    at.desk.caller.finds = []
    pop(at)
    qtbot.waitUntil(lambda: "Nobody in your queues" in screen(at).card.fault.label.text())


# locks


def test_that_a_pop_at_the_lock_screen_waits_for_the_resume(at: Signed) -> None:
    calls = screen(at).calls
    calls.state = Answer.LOCKED
    popped: list[object] = []
    calls.popped.connect(popped.append)
    assert pop(at, call="a1") is Answer.LOCKED
    assert popped == []
    calls.state = Answer.OPEN
    screen(at).go_back_to(Place())
    assert bar(at) == "On the line: +62 ••• 47"


def test_that_who_waits_and_what_is_typed_comes_back_after_a_lock(qtbot: QtBot, at: Signed) -> None:
    pop_nobody(qtbot, at)
    QTest.keyClicks(focus(at), "Nur Ai")
    screen(at).lock_unasked("idle")
    qtbot.waitUntil(lambda: bool(at.desk.locks))
    place = Place.of(at.desk.locks[0][1].to_bytes())
    assert [number for _call, number in place.callers] == [NUMBER]
    ((_call, typed),) = place.new_contacts
    assert dict(typed)["full_name"] == "Nur Ai"


def test_that_it_does_come_back(qtbot: QtBot, console: Callable[..., Signed], at: Signed) -> None:
    pop_nobody(qtbot, at)
    QTest.keyClicks(focus(at), "Nur Ai")
    screen(at).popping.before_a_lock()
    place = Place.of(screen(at).place().to_bytes())
    later = console(fake_desk.FakeDesk(count=300))
    screen(later).go_back_to(place)
    qtbot.waitUntil(lambda: bar(later) == "On the line: +62 ••• 47")
    press(later, Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: page(later, NewContactCard))
    assert new_card(later).fields["full_name"].value == "Nur Ai"


class SlowDesk(fake_desk.FakeDesk):
    """Reads customers once it is let."""

    def __init__(self) -> None:
        super().__init__(count=300)
        self.gate = threading.Event()
        self.gate.set()
        self.read: list[int] = []

    def customer(self, id: int) -> ShownCustomer:  # noqa: A002
        self.gate.wait(60)
        self.read.append(id)
        return super().customer(id)


def test_that_a_customer_who_comes_back_late_stays_behind_what_was_opened_meanwhile(
    qtbot: QtBot, console: Callable[..., Signed], at: Signed
) -> None:
    pop_nobody(qtbot, at)
    QTest.keyClicks(focus(at), "Nur Ai")
    screen(at).popping.before_a_lock()
    place = Place.of(screen(at).place().to_bytes())
    back = place.customer
    assert back is not None
    desk = SlowDesk()
    later = console(desk)
    screen(later).show_customer(back + 1)
    qtbot.waitUntil(lambda: shown(later) == back + 1)
    desk.gate.clear()
    screen(later).go_back_to(place)
    press(later, Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: page(later, NewContactCard))
    desk.gate.set()
    qtbot.waitUntil(lambda: shown(later) == back)
    assert page(later, NewContactCard)
    assert new_card(later).fields["full_name"].value == "Nur Ai"


def test_that_a_customer_who_is_still_being_read_does_not_come_over_a_new_contact(
    qtbot: QtBot, console: Callable[..., Signed], tasks: Tasks
) -> None:
    desk = SlowDesk()
    at = console(desk)
    before = shown(at)
    assert before is not None
    desk.gate.clear()
    screen(at).show_customer(before + 1)
    press(at, Qt.Key.Key_N, CONTROL)
    qtbot.waitUntil(lambda: page(at, NewContactCard))
    desk.gate.set()
    after: list[None] = []
    tasks.run(lambda: None, after.append, None, lane="cache")
    qtbot.waitUntil(lambda: bool(after))
    assert before + 1 in desk.read
    assert (shown(at), page(at, NewContactCard)) == (before, True)


def test_that_a_next_one_who_did_not_come_takes_no_focus_later(
    qtbot: QtBot, console: Callable[..., Signed], tasks: Tasks
) -> None:
    desk = SlowDesk()
    at = console(desk)
    screen(at).flow.show_nobody()
    desk.gate.clear()
    screen(at).rounds._bring(7)
    press(at, Qt.Key.Key_N, CONTROL)
    qtbot.waitUntil(lambda: page(at, NewContactCard))
    desk.gate.set()
    after: list[None] = []
    tasks.run(lambda: None, after.append, None, lane="cache")
    qtbot.waitUntil(lambda: bool(after))
    assert 7 in desk.read
    press(at, Qt.Key.Key_Escape)
    screen(at).going.focus_search()
    search = focus(at)
    screen(at).show_customer(9)
    qtbot.waitUntil(lambda: shown(at) == 9)
    assert focus(at) is search, "somebody else was asked for by now"
    screen(at).rounds._bring(11)
    qtbot.waitUntil(lambda: shown(at) == 11)
    assert screen(at).card.isAncestorOf(focus(at)), "the control: the next one who comes has the focus"


# floods and what is shown


def test_that_a_flood_of_pops_opens_one_card_and_looks_up_one_number(qtbot: QtBot, at: Signed) -> None:
    pop(at)
    qtbot.waitUntil(lambda: shown(at) == 3)
    for nth in range(1_000):
        screen(at).calls.answer(Ask("pop", {"phone": f"+62812{nth:07}"}))
    for nth in range(1_000):
        screen(at).calls.answer(Ask("pop", {"phone": f"+62812{nth:07}", "call": str(nth)}))
    assert shown(at) == 3
    assert at.desk.caller.looked_up == [NUMBER]
    assert screen(at).calls.count == 16
    assert len(screen(at).calls.waiting) <= 17


@pytest.mark.parametrize(
    "phone",
    ["", "081204559147", "+62 812", "+62812<b>", "+0812", "+628120455914700000", "\u0660\u0661\u0662", "x" * 90],
)
def test_that_only_a_number_in_its_international_form_or_none_is_taken(at: Signed, phone: str) -> None:
    wanted = Answer.REFUSED if phone else Answer.TOLD
    assert pop(at, phone) is wanted


def all_texts(window: QWidget) -> str:
    """Each text that a widget holds: shown, told to readers, tips, titles, names."""
    found = [spoken_texts(window)]
    for thing in (window, *window.findChildren(QObject)):
        found.append(thing.objectName())
        if isinstance(thing, QWidget):
            found += [thing.windowTitle(), thing.toolTip(), thing.accessibleName(), thing.accessibleDescription()]
        text = getattr(thing, "toPlainText", getattr(thing, "text", None))
        found.append(str(text()) if callable(text) else "")
        for name in thing.dynamicPropertyNames():
            with contextlib.suppress(RuntimeError):  # of Qt's own, which Python cannot read
                found.append(str(thing.property(bytes(name.data()).decode())))
    return "\n".join(found)


def test_that_the_number_stands_nowhere_on_the_screen(qtbot: QtBot, at: Signed) -> None:
    pop_nobody(qtbot, at)
    types_a_note(at)
    at.desk.caller.finds = [3, 5]
    pop(at, OTHER, "b2")
    seen = all_texts(at.window)
    press(at, Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: page(at, CallerChooser))
    seen += all_texts(at.window)
    assert "47" in seen, "the control: the mask is there"
    for number in (NUMBER, OTHER):
        assert number[3:] not in seen.replace(" ", "")
        assert number[5:11] not in seen
    assert at.window.windowTitle() == "Tirai"
