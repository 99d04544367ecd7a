"""The approvals of a signed-in supervisor: the queue, one request in full, decisions, what is open."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import NotAllowedError, WorkstationError
from app.domain.role import Role
from app.session.errors import OfficeAwayError, SignInAnswerError
from app.session.shown import PastUnlock, RequestState, Revealed
from app.ui.approvals.screen import ApprovalsScreen
from app.ui.console.field_row import FieldRow
from app.ui.console.workspace_entries import APPROVALS
from app.ui.shortcuts import cap_for
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.ui.conftest import Signed, named
from tests.ui.fake_deciding import FakeDeciding
from tests.ui.fake_desk import FakeDesk
from tests.ui.test_console import ask, click, is_open, row_of, screen_of

Make = Callable[..., Signed]


class Made:
    """A screen over a fake office, and what it told the outside."""

    def __init__(self, look: Look, tasks: Tasks) -> None:
        self.deciding = FakeDeciding()
        self.codes: list[str] = []
        self.refuse_code: Exception | None = None
        self.is_fresh = True
        self.counts: list[int] = []
        self.failures: list[Exception] = []
        self.arrivals = 0
        self.screen = ApprovalsScreen(look, self.deciding, tasks, self._step_up, self._code_left_s)
        self.screen.counted.connect(self.counts.append)
        self.screen.failed.connect(self.failures.append)
        self.screen.arrived.connect(self._arrived)
        self.screen.resize(1366, 690)

    def _code_left_s(self) -> float:
        return 252.0 if self.is_fresh else 0.0

    def _step_up(self, code: str) -> None:
        self.codes.append(code)
        if self.refuse_code is not None:
            refuse, self.refuse_code = self.refuse_code, None
            raise refuse

    def _arrived(self) -> None:
        self.arrivals += 1

    @property
    def shown(self) -> str:
        request = self.screen.detail.request
        return request.id if request is not None else ""


@pytest.fixture
def made(qtbot: QtBot, look: Look, tasks: Tasks) -> Iterator[Made]:
    made = Made(look, tasks)
    made.screen.show()
    made.screen.begin()
    qtbot.waitUntil(lambda: made.shown == "q42")
    qtbot.waitUntil(made.screen.detail.context.tiles.isVisible)
    yield made
    made.screen.stop()
    made.screen.close()
    made.screen.deleteLater()


def look_again(qtbot: QtBot, made: Made) -> None:
    before = len(made.counts)
    made.screen.look_again()
    qtbot.waitUntil(lambda: len(made.counts) > before)


def test_that_the_oldest_request_is_shown_in_full_with_what_to_know(made: Made) -> None:
    tile = named(made.screen, "tile_today")
    assert tile.accessibleName() == "3 requests today; usual: 2 to 5 a day"
    assert made.counts[-1] == 3
    assert named(made.screen, "approvals_queue").accessibleName()


def test_that_an_approval_within_a_fresh_code_takes_no_other(qtbot: QtBot, made: Made) -> None:
    made.screen.take_main_action()
    qtbot.waitUntil(lambda: made.deciding.said == [("approve", "q42", "120")])
    assert made.codes == []
    qtbot.waitUntil(lambda: made.shown == "q31")  # the next one


def test_that_one_sees_before_approving_whether_a_code_is_asked_for(made: Made) -> None:
    words = named(made.screen, "step_up_left")
    assert isinstance(words, QLabel)
    assert words.text() == "Step-up good for 4:12"
    made.is_fresh = False
    made.screen.detail.show_time()
    assert words.isVisible()
    assert words.text() == "Asks for your code"
    made.screen.take_main_action()
    assert made.screen.detail.code.isVisible()
    assert not words.isVisible()
    made.screen.detail.show_over(str)
    assert not words.isVisible()


def test_that_the_keys_stand_beside_what_they_do(made: Made) -> None:
    caps = {label.text() for label in made.screen.findChildren(QLabel) if label.property("kind") == "key"}
    assert {cap_for(does) for does in ("main_action", "deny", "ask_back", "revoke")} <= caps


def test_that_a_stale_code_is_asked_for_and_one_serves_a_burst(qtbot: QtBot, made: Made) -> None:
    made.is_fresh = False
    made.screen.take_main_action()
    boxes = made.screen.detail.code.boxes
    qtbot.waitUntil(boxes.hasFocus)
    assert made.deciding.said == []
    QTest.keyClicks(boxes, "614023")
    qtbot.waitUntil(lambda: made.deciding.said == [("approve", "q42", "120")])
    assert made.codes == ["614023"]
    made.is_fresh = True
    qtbot.waitUntil(lambda: made.shown == "q31")
    made.screen.take_main_action()
    qtbot.waitUntil(lambda: len(made.deciding.said) == 2)
    assert len(made.codes) == 1


def test_that_a_wrong_code_is_said_beside_it_and_nothing_is_decided(qtbot: QtBot, made: Made) -> None:
    made.is_fresh = False
    made.refuse_code = SignInAnswerError("wrong", code="wrong_code", number=4, wait_s=0)
    made.screen.take_main_action()
    boxes = made.screen.detail.code.boxes
    QTest.keyClicks(boxes, "000000")
    qtbot.waitUntil(lambda: bool(made.screen.detail.code.error.text()))
    assert boxes.text() == ""
    assert made.deciding.said == []
    assert made.shown == "q42"


def test_that_the_office_may_find_the_code_too_old(qtbot: QtBot, made: Made) -> None:
    made.deciding.refuse = NotAllowedError("stale", code="step_up")
    made.screen.take_main_action()
    qtbot.waitUntil(made.screen.detail.code.boxes.hasFocus)


def test_that_a_refusal_takes_a_reason(qtbot: QtBot, made: Made) -> None:
    made.screen.ask_why_not()
    why = named(made.screen, "deny_why")
    assert why.hasFocus()
    QTest.keyClick(why, Qt.Key.Key_Return)
    assert made.deciding.said == []
    QTest.keyClicks(why, "Ask for the last digits")
    QTest.keyClick(why, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.deciding.said == [("deny", "q42", "Ask for the last digits")])


def test_that_a_question_goes_back_instead_and_esc_takes_it_away(qtbot: QtBot, made: Made) -> None:
    made.screen.ask_back()
    assert made.screen.close_innermost()
    assert not made.screen.close_innermost()
    made.screen.ask_back()
    QTest.keyClicks(named(made.screen, "deny_why"), "Which charge is it?")
    QTest.keyClick(named(made.screen, "deny_why"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.deciding.said == [("ask_back", "q42", "Which charge is it?")])


def test_that_what_is_open_is_closed_by_one_press(qtbot: QtBot, made: Made) -> None:
    QTest.mouseClick(named(made.screen, "revoke_o1"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: made.deciding.said == [("revoke", "o1", "")])
    qtbot.waitUntil(lambda: not made.screen.open.isVisible())
    made.screen.revoke_newest()  # nothing is open: nothing happens
    assert len(made.deciding.said) == 1


def test_that_a_new_request_comes_below_and_moves_nothing(qtbot: QtBot, made: Made) -> None:
    made.screen.queue.setCurrentIndex(made.screen.model.index(1, 0))
    qtbot.waitUntil(lambda: made.shown == "q31")
    before = made.arrivals
    made.deciding.queue.append(replace(made.deciding.queue[0], id="q1", agent_name="Yudha Saputra"))
    look_again(qtbot, made)
    assert (made.shown, made.arrivals, made.screen.model.rowCount()) == ("q31", before + 1, 4)
    assert made.screen.model.row_of("q1") == 3
    look_again(qtbot, made)
    assert made.arrivals == before + 1


def test_that_a_decision_of_somebody_else_stays_on_the_screen_and_says_who(qtbot: QtBot, made: Made) -> None:
    made.deciding.queue = made.deciding.queue[1:]
    past = PastUnlock("q42", "Ratna Dewanti", "C-104288", "Card number", "Dispute", RequestState.REFUSED,
                      time.time() - 2, "Dian Sasmita", False)  # fmt: skip
    made.deciding.decided.insert(0, past)
    look_again(qtbot, made)
    words = made.screen.detail.over.label.text()
    assert words.startswith("Dian Sasmita decided this ")
    assert words.endswith(" s ago.")
    assert not made.screen.detail.decision.isVisible()
    made.screen.take_main_action()  # too late: nothing is sent
    assert made.deciding.said == []


def test_that_two_quick_presses_decide_once(qtbot: QtBot, made: Made) -> None:
    made.screen.take_main_action()
    made.screen.take_main_action()
    qtbot.waitUntil(lambda: made.shown == "q31")
    assert len(made.deciding.said) == 1


def test_that_an_office_that_is_away_is_said_and_the_request_stays(qtbot: QtBot, made: Made) -> None:
    made.deciding.refuse = OfficeAwayError("away")
    made.screen.take_main_action()
    qtbot.waitUntil(lambda: bool(made.screen.detail.error.text()))
    assert made.shown == "q42"


def test_that_an_empty_queue_says_so(qtbot: QtBot, made: Made) -> None:
    made.deciding.queue = []
    made.screen.detail.show_request(None)
    look_again(qtbot, made)
    assert "No request waits" in made.screen.detail.nothing.text()


def test_that_each_row_and_button_is_named_and_no_value_is_there(made: Made) -> None:
    texts: list[str] = []
    for row in range(made.screen.model.rowCount()):
        texts.append(str(made.screen.model.data(made.screen.model.index(row, 0))))
    assert texts[0].startswith("Ratna Dewanti at SBY-0442 asks for Card number of C-104288")
    for child in made.screen.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible():
            assert child.accessibleName(), child.objectName()


# in the console


def test_that_a_supervisor_has_the_workspace_with_its_count_and_a_key(qtbot: QtBot, console: Make) -> None:
    signed = console(FakeDesk(Role.SUPERVISOR))
    tab = named(signed.window, "workspace_approvals")
    qtbot.waitUntil(lambda: tab.accessibleName() == "Approvals, 3 waiting")
    QTest.keyClick(signed.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert screen_of(signed).workspaces.current == APPROVALS
    QTest.keyClick(signed.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: signed.desk.approvals.said == [("approve", "q42", "120")])


def test_that_an_agent_has_no_such_workspace(console: Make) -> None:
    assert screen_of(console()).workspaces.approvals is None


def test_that_a_request_that_comes_while_one_works_is_a_quiet_word(qtbot: QtBot, console: Make) -> None:
    signed = console(FakeDesk(Role.SUPERVISOR))
    screen = screen_of(signed)
    qtbot.waitUntil(screen.request_waits.isVisible)
    assert screen.request_waits.label.text() == "Requests wait for a decision."
    screen.request_waits.action.click()
    assert screen.workspaces.current == APPROVALS
    assert not screen.request_waits.isVisible()


def test_that_the_quiet_word_counts_one_or_several_as_they_come_and_go(qtbot: QtBot, console: Make) -> None:
    signed = console(FakeDesk(Role.SUPERVISOR))
    label = screen_of(signed).request_waits.label
    qtbot.waitUntil(lambda: label.text() == "Requests wait for a decision.")
    signed.desk.approvals.queue = signed.desk.approvals.queue[:1]
    signed.desk.tell_changed(frozenset({"unlocks"}))
    qtbot.waitUntil(lambda: label.text() == "A request waits for a decision.")


def test_that_the_quiet_word_can_be_sent_away_and_comes_again_with_another_request(qtbot: QtBot, console: Make) -> None:
    signed = console(FakeDesk(Role.SUPERVISOR))
    screen = screen_of(signed)
    qtbot.waitUntil(screen.request_waits.isVisible)
    click(qtbot, signed.window, "close_request_waits")
    assert not screen.request_waits.isVisible()
    signed.desk.approvals.queue.append(replace(signed.desk.approvals.queue[0], id="q1"))
    signed.desk.tell_changed(frozenset({"unlocks"}))
    qtbot.waitUntil(screen.request_waits.isVisible)


def test_that_the_office_is_asked_again_as_soon_as_it_tells_of_a_change(qtbot: QtBot, console: Make) -> None:
    signed = console(FakeDesk(Role.SUPERVISOR))
    screen = screen_of(signed)
    qtbot.waitUntil(lambda: bool(screen.workspaces.approvals and screen.workspaces.approvals.model.rowCount() == 3))
    signed.desk.approvals.queue = []
    signed.desk.tell_changed(frozenset({"unlocks"}))
    qtbot.waitUntil(lambda: screen.workspaces.approvals.model.rowCount() == 0)  # type: ignore[union-attr]


# at the agent's desk


def opened_by_unlock(qtbot: QtBot, signed: Signed) -> FieldRow:
    row = ask(qtbot, signed)
    signed.desk.set_request("q0", RequestState.APPROVED, by="Hendra Kusuma")
    screen_of(signed).field_actions.take_changes(frozenset({"unlocks"}))
    qtbot.waitUntil(lambda: row.button.objectName() == "open_bank_account")
    click(qtbot, signed.window, "open_bank_account")
    qtbot.waitUntil(lambda: is_open(row))
    return row


def test_that_an_open_field_closes_as_soon_as_a_supervisor_revokes_it(qtbot: QtBot, console: Make) -> None:
    signed = console()
    row = opened_by_unlock(qtbot, signed)
    signed.desk.set_request("q0", RequestState.REVOKED, by="Dian Sasmita")
    screen_of(signed).field_actions.take_changes(frozenset({"unlocks"}))
    qtbot.waitUntil(lambda: not is_open(row))
    qtbot.waitUntil(lambda: "Dian Sasmita closed this field" in row.curtain._words)


def test_that_the_late_refusal_of_a_field_that_was_shut_leaves_the_next_one_revocable(
    qtbot: QtBot, console: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own opening was given up; what is opening now belongs to a supervisor's grant all the same."""
    signed = console()
    signed.desk.view_s = 600
    row = ask(qtbot, signed)
    actions, may_refuse, may_open = screen_of(signed).field_actions, threading.Event(), threading.Event()
    signed.desk.set_request("q0", RequestState.APPROVED, by="Hendra Kusuma")
    actions.take_changes(frozenset({"unlocks"}))
    qtbot.waitUntil(lambda: row.button.objectName() == "open_bank_account")
    open_unlocked = signed.desk.open_unlocked

    def refuse(*_asked: str) -> Revealed:
        may_refuse.wait(30)
        raise WorkstationError("full", code="audit")

    def open_late(request: str) -> Revealed:
        may_open.wait(30)
        return open_unlocked(request)

    monkeypatch.setattr(signed.desk, "reveal", refuse)
    monkeypatch.setattr(signed.desk, "open_unlocked", open_late)
    actions.opener.reveal(row_of(signed, "mobile_phone"), "", "call_back", "")
    actions.opener.close()
    click(qtbot, signed.window, "open_bank_account")
    with qtbot.waitSignal(actions.failed):
        may_refuse.set()
    may_open.set()
    qtbot.waitUntil(lambda: is_open(row))
    signed.desk.set_request("q0", RequestState.REVOKED, by="Dian Sasmita")
    actions.take_changes(frozenset({"unlocks"}))
    qtbot.waitUntil(lambda: not is_open(row))


def test_that_a_revoke_is_noticed_without_the_stream_too(qtbot: QtBot, console: Make) -> None:
    signed = console()
    row = opened_by_unlock(qtbot, signed)
    signed.desk.set_request("q0", RequestState.REVOKED, by="Dian Sasmita")
    qtbot.waitUntil(lambda: not is_open(row))


def test_that_a_question_of_the_supervisor_stands_at_the_field_and_one_may_ask_anew(
    qtbot: QtBot, console: Make
) -> None:
    signed = console()
    row = ask(qtbot, signed)
    signed.desk.set_request("q0", RequestState.ASKED_BACK, by="Hendra Kusuma", why="Which charge is it?")
    screen_of(signed).field_actions.take_changes(frozenset({"unlocks"}))
    qtbot.waitUntil(lambda: "Hendra Kusuma asks: Which charge is it?" in row.curtain._words)
    assert row.button.objectName() == "ask_bank_account"
