"""Keys, tasks, faults, receipt, approval, theme."""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.api.client.errors import LIMIT_NOT_SPOKEN, OFFICE_TOO_OLD, NotSpokenError, UpdateNeededError
from app.domain.errors import NotAllowedError, WorkstationError
from app.domain.system_events import SystemEvent
from app.session.ends import WipeLine
from app.ui.approval.decision import spans_of
from app.ui.approval.window import ApprovalWindow
from app.ui.faults import fault_of
from app.ui.tasks import Tasks
from app.ui.theme.icons import icon_pixmap
from app.ui.theme.look import Look
from app.ui.theme.sheet import style_sheet
from app.ui.theme.tokens import ThemeName, load_tokens
from app.ui.use_cases import ApprovalUseCases, DeskUseCases, SignInUseCases
from app.ui.wiped import words
from app.ui.wiped.screen import CLOSES_AFTER_S, WipedScreen
from app.ui.words import shown_text
from tests.ui.conftest import named
from tests.ui.fake_desk import FakeDesk, receipt
from tests.ui.fake_door import FakeApproval, FakeSignIn
from tests.ui.fake_people import CANARY
from tests.ui.fake_system import FakeEvents


def test_that_an_answer_comes_on_the_gui_thread(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[threading.Thread] = []
    tasks.run(threading.current_thread, lambda worker: seen.extend([worker, threading.current_thread()]))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen[0] is not threading.main_thread()
    assert seen[1] is threading.main_thread()


def test_that_nothing_is_delivered_to_a_receiver_that_is_gone(qtbot: QtBot, tasks: Tasks) -> None:
    gate, receiver, got = threading.Event(), QObject(), list[object]()
    tasks.run(lambda: gate.wait(60), got.append, owner=receiver)
    receiver.deleteLater()
    qtbot.wait(20)
    gate.set()
    done: list[bool] = []
    tasks.run(lambda: True, done.append)
    qtbot.waitUntil(lambda: done == [True])
    qtbot.wait(20)
    assert got == []


def test_that_the_cache_lane_is_one_thread(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[int] = []
    for _ in range(20):
        tasks.run(threading.get_ident, seen.append, lane="cache")
    qtbot.waitUntil(lambda: len(seen) == 20)
    assert len(set(seen)) == 1


def test_that_an_exception_without_a_receiver_is_told(qtbot: QtBot, tasks: Tasks) -> None:
    def fail() -> None:
        raise OSError("x")

    with qtbot.waitSignal(tasks.failed) as failed:
        tasks.run(fail)
    assert isinstance(failed.args[0], OSError)


def test_that_a_fault_is_logged_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "tirai.ui"):
        fault = fault_of(ValueError(CANARY))
    assert fault.number in fault.sentence
    assert CANARY not in caplog.text
    assert "ValueError" in caplog.text


@pytest.mark.parametrize(
    ("code", "part"), [("K1", "K1"), ("K2", "K2"), ("own_request", "your own request"), ("audit", "A1")]
)
def test_that_known_errors_say_what_to_do(code: str, part: str) -> None:
    error = WorkstationError("x", code=code) if code.startswith("K") else NotAllowedError("x", code=code)
    fault = fault_of(error)
    assert part in fault.sentence
    assert fault.is_known


@pytest.mark.parametrize(
    ("error", "part"),
    [
        (NotSpokenError(), "does not know this yet"),
        (NotSpokenError("", LIMIT_NOT_SPOKEN), "limits sessions"),
        (UpdateNeededError("x", code=OFFICE_TOO_OLD), "too old for the one here"),
        (UpdateNeededError("x", code="update_needed"), "needs a newer Tirai"),
    ],
)
def test_that_a_rollout_is_no_fault_and_says_who_is_to_be_updated(error: WorkstationError, part: str) -> None:
    fault = fault_of(error)
    assert part in fault.sentence
    assert fault.is_known


def test_that_an_error_of_no_known_code_is_told_in_our_words() -> None:
    assert fault_of(NotAllowedError(CANARY, code="new")).sentence == "The back office does not allow this."


@pytest.mark.parametrize("theme", list(ThemeName))
def test_that_every_theme_has_every_role_the_sheet_asks_for(theme: ThemeName) -> None:
    assert "$" not in style_sheet(load_tokens(theme))


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("date", "2019-05-14", "14 May 2019"),
        ("date", "in May", "in May"),
        ("money", "412500", "Rp 412.500"),
        ("money", "412500.50", "Rp 412.500,50"),
        ("money", "much", "much"),
        ("text", "412500", "412500"),
    ],
)
def test_that_open_values_are_shown_as_people_write_them(qapp: object, kind: str, text: str, shown: str) -> None:
    assert shown_text(kind, text) == shown


def test_that_the_mark_and_an_icon_can_be_drawn(look: Look) -> None:
    assert not icon_pixmap("mark", "#6B2A5B", 24, 1.0).isNull()
    assert not look.pixmap("eye", "accent").isNull()


@pytest.mark.parametrize(
    ("failed", "title"),
    [
        (False, "This session is wiped from this workstation"),
        (True, "This session is wiped, but for what is marked"),
    ],
)
def test_that_the_receipt_says_what_is_left(qtbot: QtBot, look: Look, failed: bool, title: str) -> None:
    screen = WipedScreen(look, receipt(failed=failed))
    qtbot.addWidget(screen)
    screen.resize(1200, 760)
    screen.show()
    assert words.title(receipt(failed=failed)) == title
    text = "not all of it could be deleted; its key is gone" if failed else "deleted and checked"
    assert text in named(screen, "wiped_cache").accessibleName()
    assert "88214" in words.as_text(receipt())


@pytest.mark.parametrize("keys", [(), (WipeLine("keyring", "failed", "K1"),)])
def test_that_what_stays_is_called_unreadable_only_where_its_key_was_seen_to_be_gone(
    keys: tuple[WipeLine, ...],
) -> None:
    shown = replace(receipt(failed=True), lines=(*keys, WipeLine("cache", "failed", "OSError")))
    assert "its key may still be there" in words.result(shown.lines[-1], shown)
    assert "cannot be read" not in words.as_text(shown)


def test_that_the_receipt_closes_by_itself(qtbot: QtBot, look: Look) -> None:
    screen = WipedScreen(look, receipt())
    qtbot.addWidget(screen)
    with qtbot.waitSignal(screen.close_wanted):
        for _ in range(CLOSES_AFTER_S):
            screen.count_down()


Approve = Callable[[], tuple[ApprovalWindow, FakeApproval, list[bool]]]


@pytest.fixture
def approval(qtbot: QtBot, look: Look, tasks: Tasks) -> Approve:
    def make() -> tuple[ApprovalWindow, FakeApproval, list[bool]]:
        office, done = FakeApproval(), list[bool]()
        window = ApprovalWindow(FakeSignIn(approval=office), tasks, lambda: done.append(True), look=look)
        qtbot.addWidget(window)
        window.show()
        QTest.keyClicks(named(window, "account"), "hendra")
        QTest.keyClicks(named(window, "password"), "words and words")
        QTest.keyClicks(named(window, "code"), "123456")
        QTest.mouseClick(named(window, "sign_in"), Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: any(w.isVisible() for w in window.findChildren(QWidget, "approve")))
        return window, office, done

    return make


def test_that_a_supervisor_approves_at_the_desk_and_the_window_leaves(qtbot: QtBot, approval: Approve) -> None:
    window, office, done = approval()
    QTest.mouseClick(named(window, "usable_60"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(named(window, "approve"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: done == [True])
    assert office.approved == [("q0", 60)]
    assert office.is_over


@pytest.mark.parametrize("event", [SystemEvent.SCREEN_LOCKED, SystemEvent.SLEEP, SystemEvent.SHUTDOWN])
def test_that_a_supervisor_at_the_desk_is_gone_when_the_system_locks_or_ends(
    qtbot: QtBot, approval: Approve, event: SystemEvent
) -> None:
    window, office, done = approval()
    system = FakeEvents()
    window.system.begin(system)
    assert system.holds == 1, "the machine waits for it"
    system.tell(event)
    qtbot.waitUntil(lambda: done == [True])
    assert office.is_over
    assert office.approved == []


def test_that_no_other_request_slips_under_the_pointer_at_the_desk(qtbot: QtBot, approval: Approve) -> None:
    """The one that is shown was withdrawn: it stays, and what is next is asked for."""
    window, office, _done = approval()
    first = office.waiting()[0]
    office._waiting[:] = [replace(first, id="q1", agent_name="Yudha Saputra")]
    qtbot.waitUntil(lambda: any(w.isVisible() for w in window.findChildren(QWidget, "next_request")))
    assert not window.waiting.decision.isVisible()
    assert window.waiting._card is not None
    assert window.waiting._card.request.id == "q0"
    QTest.mouseClick(named(window, "next_request"), Qt.MouseButton.LeftButton)
    assert window.waiting._card.request.id == "q1"
    QTest.mouseClick(named(window, "approve"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: office.approved == [("q1", 120)])


def test_that_nothing_is_approved_at_the_desk_for_a_console_that_is_locked(qtbot: QtBot, approval: Approve) -> None:
    window, office, _done = approval()
    office._waiting[0] = replace(office._waiting[0], is_asker_locked=True)
    qtbot.waitUntil(lambda: any(w.isVisible() for w in window.findChildren(QWidget, "asker_locked")))
    assert not named(window, "approve").isEnabled()
    assert named(window, "deny").isEnabled()


@pytest.mark.parametrize(
    ("usable_s", "spans"), [(120, [60, 120]), (90, [60, 90]), (60, [60]), (30, [30]), (61, [60, 61])]
)
def test_that_the_choice_of_seconds_keeps_within_policy(usable_s: int, spans: list[int]) -> None:
    assert spans_of(usable_s) == spans


def test_that_a_refusal_needs_a_reason(qtbot: QtBot, approval: Approve) -> None:
    window, office, done = approval()
    QTest.mouseClick(named(window, "deny"), Qt.MouseButton.LeftButton)
    why = named(window, "deny_why")
    assert isinstance(why, QLineEdit)
    assert not named(window, "confirm_deny").isEnabled()
    why.setText("not needed")
    QTest.mouseClick(named(window, "confirm_deny"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: done == [True])
    assert office.denied == [("q0", "not needed")]


def test_that_the_approval_leaves_after_two_minutes(qtbot: QtBot, approval: Approve) -> None:
    window, office, done = approval()
    for _ in range(120):
        window.waiting.count_down()
    qtbot.waitUntil(lambda: done == [True])
    assert office.is_over


def test_that_the_fakes_and_the_session_fit_what_screens_call() -> None:
    """For the type checker: both are accepted where a screen asks for its use cases."""
    from app.session.approval import Approval
    from app.session.desk import Desk
    from app.session.sign_in import SignIn

    def takes(desk: type[DeskUseCases], approval: type[ApprovalUseCases], door: type[SignInUseCases]) -> bool:
        return desk is not None and approval is not None and door is not None

    assert takes(FakeDesk, FakeApproval, FakeSignIn)
    assert takes(Desk, Approval, SignIn)
