"""A call is on: the chip, what is covered when nobody uses the console, and when it locks after all. Moved clock."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.role import Role
from app.session.console_line import Answer, Ask
from app.session.lock_place import LockWord, Place
from app.ui.application import TiraiApplication
from app.ui.calls import Calls
from app.ui.console.ask_popover import AskPopover
from app.ui.console.field_row import Offer
from app.ui.console.screen import ConsoleScreen
from app.ui.language import Language, speak
from tests.ui import fake_desk, fake_people
from tests.ui.conftest import Signed, named
from tests.ui.fake_caller import VALUES
from tests.ui.walk import cut_texts, shown_widgets, spoken_texts

TOUCH_SCREEN: list[QPointingDevice] = []
CUSTOMERS = [part for person in fake_people.PEOPLE for part in person[:3]]


@pytest.fixture
def desk() -> fake_desk.FakeDesk:
    desk = fake_desk.FakeDesk(count=300)
    desk.idle_lock_s = 300
    return desk


@pytest.fixture
def at(console: Callable[..., Signed], desk: fake_desk.FakeDesk) -> Signed:
    return console(desk)


def screen(at: Signed) -> ConsoleScreen:
    found = at.window.console
    assert found is not None
    return found


def say(at: Signed, does: str, call: str = "") -> Answer:
    return screen(at).calls.answer(Ask(f"call_{does}", {"call": call} if call else {}))


def unused_for(at: Signed, seconds: float) -> None:
    at.now += seconds
    screen(at).idle.look()


def covered(at: Signed) -> bool:
    return screen(at).covering.is_covered


# the chip


def test_that_a_call_shows_a_chip_with_its_time_that_a_person_can_end(at: Signed) -> None:
    chip = screen(at).bar.call
    assert chip.isHidden()
    say(at, "start", "a1")
    at.now += 192
    chip._show_time()
    assert (chip.isVisible(), chip._state.text(), chip.time.text()) == (True, "On call", "3:12")
    end = named(at.window, "end_call")
    assert end.accessibleName() == "End call"
    assert end.focusPolicy() & Qt.FocusPolicy.TabFocus
    QTest.mouseClick(end, Qt.MouseButton.LeftButton)
    assert chip.isHidden()
    assert screen(at).calls.count == 0


def test_that_a_key_ends_the_call_from_anywhere(at: Signed) -> None:
    say(at, "start")
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(screen(at).desk_panel.note.edit, Qt.Key.Key_H, both)
    assert screen(at).calls.count == 0


def test_that_calls_are_counted_by_their_ids(at: Signed) -> None:
    for call in ("a1", "a1", "b2"):
        assert say(at, "start", call) is Answer.ON
    assert screen(at).bar.call.others.text() == "1 more call"
    assert say(at, "end", "c3") is Answer.NO_CALL
    assert say(at, "end", "a1") is Answer.ENDED
    assert screen(at).bar.call.others.isHidden()
    assert screen(at).bar.call._state.text() == "On call"
    assert say(at, "end", "a1") is Answer.NO_CALL
    assert say(at, "end") is Answer.ENDED
    assert screen(at).bar.call.isHidden()


# the cover


def test_that_without_a_call_five_minutes_lock(qtbot: QtBot, at: Signed) -> None:
    unused_for(at, 300)
    qtbot.waitUntil(lambda: bool(at.desk.locks))
    assert not covered(at)


def test_that_during_a_call_customers_are_covered_and_nothing_locks(at: Signed) -> None:
    console = screen(at)
    say(at, "start", "a1")
    before = spoken_texts(at.window)
    assert all(text in before for text in CUSTOMERS[:3]), "the control: readers find the customers"
    unused_for(at, 299)
    assert not covered(at)
    unused_for(at, 1)
    assert covered(at)
    assert at.desk.locks == []
    said = spoken_texts(at.window)
    assert "Covered: nobody is using this console" in said
    assert not [text for text in CUSTOMERS if text in said]
    for widget in (console.card, console.find_panel, console.table_panel, console.find_panel.search.edit):
        assert not widget.isVisible()
    shown = [type(widget).__name__ for widget in shown_widgets(at.window)]
    assert not {"FieldRow", "Curtain", "QListView", "QTableView"} & set(shown)


def test_that_a_call_which_puts_the_end_off_takes_its_notice_away(console: Callable[..., Signed]) -> None:
    desk = fake_desk.FakeDesk(count=30)
    desk.idle_lock_s, desk.call_idle_max_s = 900, 1_200
    at = console(desk)
    unused_for(at, 850)
    assert screen(at).idle_bar.isVisible()
    say(at, "start")
    assert screen(at).idle_bar.isHidden()
    unused_for(at, 50)
    assert covered(at)
    unused_for(at, 240)
    assert screen(at).idle_bar.isVisible(), "a minute before the end that the call has put off"


def test_that_the_cover_says_when_the_console_locks(at: Signed) -> None:
    say(at, "start")
    unused_for(at, 300)
    assert named(at.window, "cover_locks_in").text() == "Locks in 10:00, or when the call ends"  # type: ignore[attr-defined]
    unused_for(at, 18)
    assert "9:42" in named(at.window, "cover_locks_in").text()  # type: ignore[attr-defined]


def test_that_an_open_value_closes_with_the_cover_and_stays_closed(qtbot: QtBot, at: Signed) -> None:
    row = screen(at).card.row("mobile_phone")
    assert row is not None
    row.take(Offer.REVEAL)
    qtbot.waitUntil(lambda: screen(at).field_actions._popover is not None)
    popover = screen(at).field_actions._popover
    assert popover is not None
    QTest.keyClick(popover, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: row.curtain.is_open)
    say(at, "start")
    unused_for(at, 300)
    assert not row.curtain.is_open
    QTest.mouseMove(at.window.windowHandle(), QPoint(300, 300))
    QTest.mouseMove(at.window.windowHandle(), QPoint(310, 305))
    assert not covered(at)
    assert not row.curtain.is_open


def test_that_a_question_half_answered_steps_aside_and_comes_back(qtbot: QtBot, at: Signed) -> None:
    row = screen(at).card.row("bank_account")
    assert row is not None
    row.take(Offer.ASK)
    qtbot.waitUntil(lambda: screen(at).field_actions._popover is not None)
    popover = screen(at).field_actions._popover
    assert isinstance(popover, AskPopover)
    popover.words.setPlainText("The bank must read the digits back")
    say(at, "start")
    unused_for(at, 300)
    assert popover.isHidden()
    QTest.keyClick(at.window, Qt.Key.Key_Shift)
    assert not covered(at)
    assert popover.isVisible()
    assert popover.words.toPlainText() == "The bank must read the digits back"


def test_that_the_key_which_uncovers_does_nothing_else(at: Signed) -> None:
    console = screen(at)
    console.find_panel.search.edit.setFocus()
    say(at, "start")
    unused_for(at, 300)
    focus = at.window.focusWidget()
    assert focus is not None
    assert focus.accessibleName().startswith("Covered"), "a reader that asks hears why"
    QTest.keyClick(focus, Qt.Key.Key_S)
    assert not covered(at)
    assert console.find_panel.search.edit.text() == ""
    assert at.window.focusWidget() is console.find_panel.search.edit, "and the focus is where it was"
    QTest.keyClick(console.find_panel.search.edit, Qt.Key.Key_S)
    assert console.find_panel.search.edit.text() == "s"


def test_that_space_on_a_covered_console_presses_no_button_that_had_the_focus(qtbot: QtBot, at: Signed) -> None:
    screen(at).bar.sign_out.setFocus()
    say(at, "start")
    unused_for(at, 300)
    QTest.keyClick(at.window.windowHandle(), Qt.Key.Key_Space)
    assert not covered(at)
    assert screen(at).bar.sign_out.hasFocus()
    assert at.desk.ended == []
    QTest.keyClick(at.window.windowHandle(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: at.desk.ended == ["signed_out"])  # the control: the next one does


def test_that_the_note_is_visible_and_whoever_types_there_goes_on(at: Signed) -> None:
    console = screen(at)
    note = console.desk_panel.note.edit
    note.setPlainText("Caller disput")
    console.desk_panel.note.focus_note()
    say(at, "start")
    unused_for(at, 300)
    assert note.isVisible()
    assert note.isEnabled()
    assert note.hasFocus()
    note.moveCursor(note.textCursor().MoveOperation.End)
    QTest.keyClick(note, Qt.Key.Key_E)
    assert note.toPlainText() == "Caller dispute"
    assert not covered(at)


def touch(at: Signed, where: QPoint) -> None:
    window = at.window.windowHandle()
    QTest.touchEvent(window, TOUCH_SCREEN[0]).press(0, where, window).commit()
    QTest.touchEvent(window, TOUCH_SCREEN[0]).release(0, where, window).commit()


def test_that_a_touch_which_uncovers_presses_nothing_that_it_uncovers(qtbot: QtBot, at: Signed) -> None:
    TOUCH_SCREEN[:] = [QTest.createTouchDevice()]
    list_ = screen(at).find_panel.list
    third = list_.viewport().mapTo(at.window, list_.visualRect(screen(at).model.index(2, 0)).center())
    say(at, "start")
    unused_for(at, 300)
    touch(at, third)
    assert not covered(at)
    assert list_.currentIndex().row() == 0
    touch(at, third)
    qtbot.waitUntil(lambda: list_.currentIndex().row() == 2)


def test_that_the_table_is_covered_too_and_comes_back_as_the_table(at: Signed) -> None:
    screen(at).switch_face()
    say(at, "start")
    unused_for(at, 300)
    assert not screen(at).table_panel.isVisible()
    assert screen(at).place().is_table
    QTest.keyClick(at.window, Qt.Key.Key_Shift)
    assert screen(at).table_panel.isVisible()


def test_that_another_workspace_is_covered_whole(console: Callable[..., Signed]) -> None:
    desk = fake_desk.FakeDesk(Role.SUPERVISOR, count=30)
    desk.idle_lock_s = 300
    at = console(desk)
    screen(at).going.show_workspace("accounts")
    say(at, "start")
    unused_for(at, 300)
    assert covered(at)
    assert not screen(at).workspaces.isVisible()
    assert not screen(at).desk_panel.note.isVisible()
    QTest.keyClick(at.window, Qt.Key.Key_Shift)
    assert screen(at).workspaces.isVisible()


def test_that_a_question_that_stepped_aside_goes_with_the_session(qtbot: QtBot, at: Signed) -> None:
    row = screen(at).card.row("bank_account")
    assert row is not None
    row.take(Offer.ASK)
    qtbot.waitUntil(lambda: screen(at).field_actions._popover is not None)
    say(at, "start")
    unused_for(at, 300)
    screen(at).end("signed_out")
    qtbot.waitUntil(lambda: bool(at.receipts))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert at.window.findChildren(AskPopover) == []


def test_that_who_was_verified_in_a_call_is_not_after_it(qtbot: QtBot, at: Signed) -> None:
    say(at, "start", "a1")
    panel = screen(at).card.check
    assert panel is not None
    for field in ("nik", "birth_date"):
        panel.answered.emit(field, VALUES[field])
        qtbot.waitUntil(lambda: not screen(at).checking._asked)
    assert panel.progress.text() == "Caller verified"
    say(at, "start", "b2")
    say(at, "end", "b2")
    assert screen(at).checking.is_identified, "the call goes on"
    note = screen(at).desk_panel.note.edit
    note.setFocus()
    say(at, "end", "a1")
    assert not screen(at).checking.is_identified
    assert panel.progress.text() == "0 of 2 needed checks done"
    assert note.hasFocus(), "nobody's typing is disturbed"


# the lock


@pytest.fixture
def told(at: Signed) -> list[LockWord]:
    words: list[LockWord] = []
    screen(at).locked.connect(words.append)
    return words


def test_that_the_end_of_the_call_locks_a_console_that_nobody_uses(
    qtbot: QtBot, at: Signed, told: list[LockWord]
) -> None:
    say(at, "start", "a1")
    say(at, "start", "b2")
    unused_for(at, 400)
    say(at, "end", "a1")
    assert at.desk.locks == [], "the other call is on"
    say(at, "end", "b2")
    qtbot.waitUntil(lambda: bool(told))
    assert [(cause, unused_s) for cause, _place, unused_s in at.desk.locks] == [("idle", 400)]
    assert told[0].ends_in_s == 600, "the session waits as long as after any lock by time"


def test_that_a_forgotten_call_locks_at_the_maximum_and_is_forgotten(
    qtbot: QtBot, at: Signed, told: list[LockWord]
) -> None:
    say(at, "start", "a1")
    unused_for(at, 899)
    assert at.desk.locks == []
    unused_for(at, 1)
    qtbot.waitUntil(lambda: bool(told))
    ((cause, place, unused_s),) = at.desk.locks
    assert (cause, unused_s, place.calls) == ("idle", 900, ())


def test_that_news_of_calls_counts_as_no_use(qtbot: QtBot, at: Signed, told: list[LockWord]) -> None:
    for nth in range(9):
        at.now += 100
        say(at, "start", str(nth))
    qtbot.waitUntil(lambda: bool(told))


def test_that_a_person_can_lock_during_a_call_and_the_call_goes_on_after_the_resume(
    qtbot: QtBot, at: Signed, told: list[LockWord]
) -> None:
    say(at, "start", "a1")
    at.now += 60
    screen(at).leaving.lock_by_hand()
    qtbot.waitUntil(lambda: bool(told))
    place = Place.of(at.desk.locks[0][1].to_bytes())
    assert len(place.calls) == 1
    assert "a1" not in str(place.calls), "an id is kept as a digest"
    calls = Calls(clock=lambda: at.now)
    calls.go_on(place.calls)
    assert (calls.count, calls.lasts_s()) == (1, 60)


def test_that_a_call_that_ends_at_the_lock_screen_is_over_after_the_resume(at: Signed) -> None:
    say(at, "start", "a1")
    say(at, "start", "b2")
    kept = screen(at).calls.kept()
    calls = Calls(clock=lambda: at.now)
    calls.state = Answer.LOCKED
    assert calls.answer(Ask("call_end", {"call": "a1"})) is Answer.ENDED
    assert calls.answer(Ask("call_start", {"call": "c3"})) is Answer.LOCKED
    calls.go_on(kept)
    assert calls.count == 2


def test_that_nobody_is_told_of_calls_after_the_end(qtbot: QtBot, at: Signed) -> None:
    screen(at).end("signed_out")
    qtbot.waitUntil(lambda: bool(at.receipts))
    at.window.show_receipt(at.receipts[0])
    assert at.window._calls.answer(Ask("call_start")) is Answer.NOBODY


@pytest.mark.parametrize(
    ("role", "width", "shows_lease", "shows_words"),
    [(Role.AGENT, 1_366, True, True), (Role.AGENT, 1_180, False, True), (Role.SUPERVISOR, 1_180, False, False)],
)
def test_that_in_a_narrow_window_a_call_takes_room_from_what_is_needed_least(
    console: Callable[..., Signed],
    qtbot: QtBot,
    qapp: TiraiApplication,
    role: Role,
    width: int,
    shows_lease: bool,
    shows_words: bool,
) -> None:
    speak(qapp, Language.INDONESIAN)  # the longer words
    try:
        at = console(fake_desk.FakeDesk(role, count=30))
        bar = screen(at).bar
        if role is Role.SUPERVISOR:
            qtbot.waitUntil(bar.colleagues.isVisible)
        at.window.resize(width, 640)
        say(at, "start")
        qtbot.waitUntil(lambda: bar.call.isVisible() and not cut_texts(bar))
        assert (bar._lease.isVisible(), bool(bar.call.end.text())) == (shows_lease, shows_words)
        assert bar.call.end.accessibleName() == "Akhiri panggilan"
        say(at, "end")
        qtbot.waitUntil(lambda: bar._lease.isVisible() == (width >= 1_280) and not cut_texts(bar))
        assert screen(at).status._lease.isVisible() != bar._lease.isVisible(), "it stands in one of the bars"
    finally:
        speak(qapp, Language.ENGLISH)
