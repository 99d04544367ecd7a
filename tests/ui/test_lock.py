"""Locking a console and the lock screen: what is covered, kept, counted, and what comes back. The clock is moved."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.system_events import LOCKS, SystemEvent
from app.domain.table_query import Sort
from app.session.ends import Receipt
from app.session.errors import CacheLostError, OfficeAwayError, SessionOverError, SignInRefusal
from app.session.lock_place import CLOCK_SET_BACK, OFFICE_LOST, LockWord, NoteInHand, Place
from app.ui.console.screen import ConsoleScreen
from app.ui.language import Language, speak
from app.ui.lock import words
from app.ui.lock.card import LockCard
from app.ui.lock.screen import LockScreen
from app.ui.main_window import MainWindow
from app.ui.tasks import NETWORK_THREADS, Tasks
from app.ui.theme.look import Look
from app.ui.widgets.stage import DoorStage
from tests.ui import fake_desk, fake_door, fake_people
from tests.ui.conftest import Signed, named
from tests.ui.fake_system import FakeEvents
from tests.ui.walk import cut_texts

DRAFT = "Ibu menelepon lagi. " * 100


@pytest.fixture
def at(console: Callable[..., Signed], request: pytest.FixtureRequest) -> Signed:
    desk = fake_desk.FakeDesk(count=300)
    desk.idle_lock_s = 300
    return console(desk)


def screen(at: Signed) -> ConsoleScreen:
    found = at.window.console
    assert found is not None
    return found


@pytest.fixture
def told(at: Signed) -> list[LockWord]:
    words: list[LockWord] = []
    screen(at).locked.connect(words.append)
    return words


# --- locking


def test_that_ctrl_l_locks_and_keeps_where_the_person_was(qtbot: QtBot, at: Signed, told: list[LockWord]) -> None:
    console = screen(at)
    QTest.keyClicks(console.find_panel.search.edit, "sari")
    console.desk_panel.note.edit.setPlainText(DRAFT)
    QTest.keyClick(console, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(told))
    ((cause, place, _unused),) = at.desk.locks
    customer = console.card.customer
    assert customer is not None
    assert (cause, place.search, place.customer) == ("by_hand", "sari", customer.id)
    assert place.note is not None
    assert (place.note.text, place.note.kept, place.note.is_held) == (DRAFT, DRAFT, True), "the office took it first"
    assert at.desk.ended == [], "a lock is no end"


def test_that_the_button_locks_too(qtbot: QtBot, at: Signed, told: list[LockWord]) -> None:
    button = named(at.window, "lock")
    assert button.accessibleName() == "Lock"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(told))


def test_that_everything_is_covered_before_anybody_is_waited_for(at: Signed) -> None:
    console = screen(at)
    console.leaving.lock_by_hand()
    cover = console.findChildren(DoorStage)[-1]
    assert cover.isVisible()
    assert cover.geometry() == console.rect()
    below = console.childAt(console.rect().center())
    assert below is not None
    assert below is cover or cover.isAncestorOf(below), "nothing lies over it"


def test_that_nobody_for_five_minutes_locks(qtbot: QtBot, at: Signed, told: list[LockWord]) -> None:
    at.now += 299
    screen(at).idle.look()
    assert at.desk.locks == []
    at.now += 1
    screen(at).idle.look()
    qtbot.waitUntil(lambda: bool(told))
    assert [(cause, unused_s) for cause, _place, unused_s in at.desk.locks] == [("idle", 300)]


@pytest.mark.slow
def test_that_the_first_key_after_five_minutes_locks_and_keeps_nothing_open(
    qtbot: QtBot, at: Signed, told: list[LockWord]
) -> None:
    at.now += 301
    QTest.keyClick(screen(at).find_panel.search.edit, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: bool(told))


def test_that_a_whole_idle_time_ends_the_session_where_the_machine_slept(qtbot: QtBot, at: Signed) -> None:
    at.now += 8 * 3600
    screen(at).idle.look()
    qtbot.waitUntil(lambda: at.desk.ended == ["idle"])
    assert at.desk.locks == []


def test_that_a_lock_waits_behind_no_call_that_the_office_leaves_open(
    qtbot: QtBot, at: Signed, told: list[LockWord], tasks: Tasks
) -> None:
    answered = threading.Event()
    for _ in range(3 * NETWORK_THREADS):
        tasks.run(answered.wait)
    try:
        screen(at).leaving.lock_by_hand()
        qtbot.waitUntil(lambda: bool(told))
    finally:
        answered.set()


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (CacheLostError("gone"), "cache_lost"),
        (SessionOverError("over", code="ended_by_administrator"), "ended_by_administrator"),
        (RuntimeError("a fault"), "session_over"),
    ],
)
def test_that_what_cannot_be_locked_ends(qtbot: QtBot, at: Signed, error: Exception, cause: str) -> None:
    at.desk.refuse_lock = error
    screen(at).leaving.lock_by_hand()
    qtbot.waitUntil(lambda: at.desk.ended == [cause])


# --- the lock screen


class AtLock:
    def __init__(self, look: Look, tasks: Tasks, lock: fake_door.FakeLock) -> None:
        self.lock = lock
        self.now = 50_000.0
        self.receipts: list[Receipt] = []
        self.window = MainWindow(
            fake_door.FakeSignIn(lock.desk),
            look=look,
            tasks=tasks,
            on_signed_in=lambda _desk: None,
            on_ended=self.receipts.append,
            on_approval_wanted=lambda: None,
            idle_clock=lambda: self.now,
            resume=lock,
        )
        self.window.show()

    @property
    def screen(self) -> LockScreen:
        found = self.window.centralWidget()
        assert isinstance(found, LockScreen)
        return found

    def type_password(self, password: str) -> None:
        QTest.keyClicks(self.screen.card.password.edit, password)
        QTest.keyClick(self.screen.card.password.edit, Qt.Key.Key_Return)


@pytest.fixture
def locked(qtbot: QtBot, look: Look, tasks: Tasks) -> Iterator[AtLock]:
    at = AtLock(look, tasks, fake_door.FakeLock(fake_desk.FakeDesk(count=30)))
    yield at
    at.window._console = at.window._lock = None
    at.window.close()
    at.window.deleteLater()


def texts(window: QWidget) -> str:
    labels = [label.text() for label in window.findChildren(QLabel)]
    return " ".join(labels)


def test_that_the_lock_screen_says_who_since_when_and_why_and_nothing_of_a_customer(locked: AtLock) -> None:
    shown = texts(locked.window)
    assert "Ratna Dewanti" in shown
    assert "SBY-0417" in shown
    assert "idle for 5 minutes" in shown
    assert not any(name in shown for name, *_rest in fake_people.PEOPLE)
    assert locked.window.windowTitle() == "Tirai"
    assert not locked.window.findChildren(QPlainTextEdit)
    assert locked.window.findChildren(QLineEdit) == [locked.screen.card.password.edit]


def test_that_each_cause_of_a_lock_is_said_in_both_languages(qapp: QApplication) -> None:
    causes = (*sorted(LOCKS), OFFICE_LOST, CLOCK_SET_BACK, "by_hand", "idle")
    said = {}
    for language in (Language.ENGLISH, Language.INDONESIAN):
        speak(qapp, language)
        said[language] = [words.title(fake_door.FakeLock(cause=cause).lock) for cause in causes]
    speak(qapp, Language.ENGLISH)
    english, indonesian = said[Language.ENGLISH], said[Language.INDONESIAN]
    assert len({*english, *indonesian}) == 2 * len(causes), "no two are the same"
    assert sum("you locked it" in sentence for sentence in english) == 1
    assert all(sentence.startswith("Locked at") for sentence in english)


def test_that_it_counts_down_to_the_end_that_the_guardian_keeps(locked: AtLock) -> None:
    assert locked.screen.card.left.text() == "Session ends itself in 9:48"
    locked.now += 588
    locked.screen.tick()
    assert locked.screen.card.left.text() == "Session ends itself in 0:00"


def test_that_a_right_password_brings_back_search_customer_and_draft_byte_for_byte(
    qtbot: QtBot, locked: AtLock
) -> None:
    locked.lock.place = Place(3, "r3", "", "Billing", False, NoteInHand("n1", DRAFT, DRAFT, is_held=True))
    locked.type_password("right words")
    qtbot.waitUntil(lambda: locked.window.console is not None)
    console = locked.window.console
    assert console is not None
    qtbot.waitUntil(lambda: console.card.customer is not None)
    assert console.card.customer is not None
    assert console.card.customer.id == 3
    assert console.desk_panel.note.edit.toPlainText() == DRAFT
    assert console.desk_panel.note.for_a_lock() == locked.lock.place.note
    assert console.find_panel.search.queue() == "Billing"
    assert locked.lock.tried == ["right words"]


def test_that_the_table_comes_back_filtered_and_sorted_as_it_was(qtbot: QtBot, locked: AtLock) -> None:
    locked.lock.place = Place(is_table=True, filters=(("city", ("Bandung",)), ("last_contact", ("never",))))
    locked.lock.place = replace(locked.lock.place, search="ag", sort=("name", True))
    locked.type_password("right words")
    qtbot.waitUntil(lambda: locked.window.console is not None)
    console = locked.window.console
    assert console is not None
    desk = locked.lock.desk
    qtbot.waitUntil(lambda: bool(desk.queries) and desk.queries[-1].sort == Sort("name", is_down=True))
    asked = desk.queries[-1]
    assert (asked.text, [one.by for one in asked.filters]) == ("ag", ["city", "last_contact"])
    qtbot.waitUntil(console.table_panel.isVisible)
    assert named(console, "filter_city").property("text") == "City: Bandung"
    assert named(console, "filter_last_contact").isVisible()
    assert console.place() == locked.lock.place, "and so does the next lock keep it"


def test_that_what_came_of_columns_that_are_no_more_is_left_out(qtbot: QtBot, locked: AtLock) -> None:
    filters = (("shoe", ("44",)), ("name", ("Sari",)), ("last_contact", ("ever",)), ("city", ()))
    locked.lock.place = Place(is_table=True, filters=filters, sort=("shoe", False))
    locked.type_password("right words")
    qtbot.waitUntil(lambda: locked.window.console is not None)
    console = locked.window.console
    assert console is not None
    qtbot.waitUntil(lambda: console.model.rowCount() > 0)
    assert (console.area.table_state.filters, console.area.table_state.sort) == ({}, None)


def test_that_what_the_office_did_not_have_of_the_note_is_saved_after_the_resume(qtbot: QtBot, locked: AtLock) -> None:
    locked.lock.place = Place(3, "r3", note=NoteInHand("n1", DRAFT, DRAFT[:-1], is_held=True))
    locked.type_password("right words")
    qtbot.waitUntil(lambda: any(text == DRAFT for *_ids, text in locked.lock.desk.saved))


def says(card: LockCard, words: str) -> bool:
    return words in card.error.text()


@pytest.mark.parametrize("code", ["wipe_now", "ended_by_administrator"])
def test_that_an_order_ends_a_session_at_which_nobody_is(qtbot: QtBot, locked: AtLock, code: str) -> None:
    locked.screen.ask()
    qtbot.waitUntil(lambda: locked.lock.asked == 1)
    locked.lock.became = OfficeAwayError("away")
    locked.screen.ask()
    qtbot.waitUntil(lambda: locked.lock.asked == 2)
    assert not locked.receipts, "an office that is away ends nothing: the lease does"
    locked.lock.became = SessionOverError("over", code=code)
    locked.screen.ask()
    qtbot.waitUntil(lambda: bool(locked.receipts))
    assert (locked.receipts[0].cause, locked.lock.tried) == (code, [])
    assert not locked.screen._asking.isActive()


def test_that_wrong_passwords_are_counted_and_the_fifth_ends_the_session(qtbot: QtBot, locked: AtLock) -> None:
    locked.lock.refusals = [fake_door.refused(SignInRefusal.WRONG) for _ in range(5)]
    card = locked.screen.card
    for left in (4, 3, 2, 1):
        locked.type_password("wrong")
        qtbot.waitUntil(partial(says, card, "1 try left" if left == 1 else f"{left} tries left"))
        assert card.password.text() == ""
    locked.type_password("wrong")
    qtbot.waitUntil(lambda: bool(locked.receipts))
    assert locked.receipts[0].cause == "too_many_tries"


def test_that_an_office_that_is_away_costs_no_try(qtbot: QtBot, locked: AtLock) -> None:
    locked.lock.refusals = [OfficeAwayError("away"), fake_door.refused(SignInRefusal.WRONG)]
    locked.type_password("right words")
    qtbot.waitUntil(lambda: "does not answer" in locked.screen.card.error.text())
    locked.type_password("wrong")
    qtbot.waitUntil(lambda: "4 tries left" in locked.screen.card.error.text())


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (SessionOverError("over", code="signed_in_elsewhere"), "signed_in_elsewhere"),
        (SessionOverError("over", code="session_over"), "session_over"),
        (CacheLostError("gone"), "cache_lost"),
    ],
)
def test_that_what_cannot_be_resumed_ends(qtbot: QtBot, locked: AtLock, error: Exception, cause: str) -> None:
    locked.lock.refusals = [error]
    locked.type_password("right words")
    qtbot.waitUntil(lambda: bool(locked.receipts))
    assert locked.receipts[0].cause == cause


def test_that_the_session_can_be_ended_at_the_lock_screen_by_button_or_by_closing(
    qtbot: QtBot, look: Look, tasks: Tasks
) -> None:
    for act, cause in (("end_session", "signed_out"), ("", "window_closed")):
        at = AtLock(look, tasks, fake_door.FakeLock())
        if act:
            QTest.mouseClick(named(at.window, act), Qt.MouseButton.LeftButton)
        else:
            at.window.close()
            assert at.window.isVisible(), "it goes with its process, after the guardian was told"
        assert [receipt.cause for receipt in at.receipts] == [cause]
        at.window.close()
        at.window.deleteLater()


@pytest.mark.parametrize("language", list(Language))
def test_that_no_word_of_the_lock_screen_is_cut(look: Look, tasks: Tasks, language: Language) -> None:
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    assert application is not None
    speak(application, language)
    try:
        at = AtLock(look, tasks, fake_door.FakeLock())
        assert cut_texts(at.window) == []
        at.window._lock = None
        at.window.close()
    finally:
        speak(application, Language.ENGLISH)


@pytest.mark.parametrize("cause", ["shutdown", "os_logout", "stopped"])
def test_that_the_systems_end_ends_a_locked_session_too(locked: AtLock, cause: str) -> None:
    assert locked.window.end_session(cause)
    assert [receipt.cause for receipt in locked.receipts] == [cause]
    assert not locked.window.has_session
    assert not locked.window.end_session(cause), "nothing is left to end"


def test_that_the_systems_end_is_heard_at_the_lock_screen_after_a_refusal_too(qtbot: QtBot, locked: AtLock) -> None:
    system = FakeEvents()
    locked.window.follow_system(system)
    locked.lock.refusals.append(fake_door.refused(SignInRefusal.WRONG))
    locked.type_password("not it")
    qtbot.waitUntil(lambda: bool(locked.screen.card.error.text()))
    system.tell(SystemEvent.SLEEP)
    qtbot.wait(20)
    assert locked.receipts == [], "a sleep locks nothing that is locked"
    system.tell(SystemEvent.SHUTDOWN)
    qtbot.waitUntil(lambda: bool(locked.receipts))
    assert [receipt.cause for receipt in locked.receipts] == ["shutdown"]
    assert system.holds == 0, "a lock screen has nothing that a machine should wait for"
