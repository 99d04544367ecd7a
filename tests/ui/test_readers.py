"""What a screen reader finds in the card: one button per masked field, its words apart, S that says an open value.

Through QAccessible, without a bus; `tests/e2e/test_screen_reader.py` asks the same over a real one.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.role import Role
from app.session.shown import RequestState, Revealed, Secret, UnlockAsked
from app.ui.application import TiraiApplication
from app.ui.approvals.arrival_words import arrival_words
from app.ui.console import field_actions, field_row, session_strips
from app.ui.console.field_row import FieldRow
from app.ui.console.request_news import RequestNews, called
from app.ui.console.workspace_entries import APPROVALS, CONSOLE
from app.ui.language import Language, speak
from app.ui.widgets import announce as announcing
from tests.ui.conftest import Signed
from tests.ui.fake_deciding import FakeDeciding
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_people import CANARY
from tests.ui.test_console import ask, screen_of

KINDS = QAccessible.Text


def row_of(signed: Signed, field: str) -> FieldRow:
    console = signed.window.console
    assert console is not None
    row = console.card.row(field)
    assert row is not None
    return row


def node_of(row: FieldRow) -> QAccessibleInterface:
    node = QAccessible.queryAccessibleInterface(row)
    assert node is not None
    return node


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    said: list[tuple[str, bool]] = []
    for module in (field_row, field_actions, session_strips):
        monkeypatch.setattr(module, "announce", lambda _source, text, *, now=False: said.append((text, now)))
    return said


@pytest.fixture
def speaks(qapp: TiraiApplication) -> Iterator[Callable[[Language], None]]:
    yield lambda language: speak(qapp, language)
    speak(qapp, Language.ENGLISH)


def test_that_a_masked_field_is_one_button_with_a_name_and_a_description(console: Callable[..., Signed]) -> None:
    node = node_of(row_of(console(), "mobile_phone"))
    assert node.role() is QAccessible.Role.Button
    assert node.text(KINDS.Name) == "Mobile phone, contact, behind the curtain, plus 6 2, ends 4 7"
    assert node.text(KINDS.Description).startswith("you may reveal, with a reason; V compares")
    assert node.childCount() == 0, "neither label, curtain nor button is a node of its own"


def test_that_what_waits_is_said_with_how_long(console: Callable[..., Signed]) -> None:
    row = row_of(console(), "bank_account")
    row.show_requested("asked 0:41 ago")
    row.show_requested("asked 0:42 ago")
    assert node_of(row).text(KINDS.Name).endswith("ends 8 8, asked 0:42 ago")


def test_that_an_open_field_says_its_seconds_and_never_its_value(console: Callable[..., Signed], qtbot: QtBot) -> None:
    row = row_of(console(), "mobile_phone")
    row.show_open(Revealed(Secret(CANARY), 30, "Call back"))
    node = node_of(row)
    assert node.text(KINDS.Name) == "Mobile phone, contact, open, 30 seconds left"
    assert node.text(KINDS.Description) == "Call back; S says it aloud"
    assert all(CANARY not in node.text(kind) for kind in KINDS if kind is not KINDS.UserText)


def test_that_readers_press_does_what_the_button_does(console: Callable[..., Signed], qtbot: QtBot) -> None:
    signed = console()
    row = row_of(signed, "mobile_phone")
    actions = node_of(row).actionInterface()
    assert "Press" in actions.actionNames()
    actions.doAction("Press")
    screen = signed.window.console
    assert screen is not None
    qtbot.waitUntil(lambda: screen.field_actions._popover is not None)
    row.show_offline()
    assert "Press" not in node_of(row).actionInterface().actionNames()


@pytest.mark.attack("A24")
def test_that_s_says_the_open_value_at_once_and_nothing_when_it_is_shut(
    console: Callable[..., Signed], heard: list[tuple[str, bool]]
) -> None:
    row = row_of(console(), "mobile_phone")
    QTest.keyClick(row, Qt.Key.Key_S)
    assert heard == []
    row.show_open(Revealed(Secret("+62 812"), 30, "Call back"))
    QTest.keyClick(row, Qt.Key.Key_S)
    assert heard == [("plus 6 2 8 1 2", True)], "digit by digit, and before anything else that is being read"
    row.show_open(Revealed(Secret("Jalan Cihampelas 160"), 30, "Call back"))
    QTest.keyClick(row, Qt.Key.Key_S)
    assert heard[1:] == [("Jalan Cihampelas 160", True)]
    row.show_closed()
    QTest.keyClick(row, Qt.Key.Key_S)
    assert len(heard) == 2


def asked(state: RequestState, key: str = "1", *, why: str = "", decided_by: str = "") -> UnlockAsked:
    return UnlockAsked(key, "record", "bank_account", state, 0.0, 100.0, why=why, decided_by=decided_by)


def test_that_a_decision_is_told_once_and_only_what_refuses_or_closes_interrupts() -> None:
    news = RequestNews()

    def told(*requests: UnlockAsked) -> list[tuple[str, bool]]:
        return news.of(requests, lambda _request: "Bank account")

    assert told(asked(RequestState.WAITING)) == []
    assert told(asked(RequestState.APPROVED)) == [("Bank account: may be opened now", False)]
    assert told(asked(RequestState.APPROVED)) == [], "once"
    assert told(asked(RequestState.REVOKED, decided_by="Rina")) == [("Bank account: closed by Rina", True)]
    assert told(asked(RequestState.WAITING, "2")) == []
    refused = asked(RequestState.REFUSED, "2", why="The last digits are enough")
    assert told(refused) == [("Bank account: refused, The last digits are enough", True)]
    assert told(asked(RequestState.EXPIRED, "3")) == [], "what was over before the console knew of it is no news"


@pytest.mark.parametrize(
    ("language", "one", "several", "own"),
    [
        (
            Language.ENGLISH,
            "A request waits for a decision: Card number, customer C-104288",
            "3 new requests wait for a decision; the oldest: Card number, customer C-104288",
            "Card number, customer C-104288: refused, not now",
        ),
        (
            Language.INDONESIAN,
            "Sebuah permintaan menunggu keputusan: Card number, pelanggan C-104288",
            "3 permintaan baru menunggu keputusan; yang paling lama: Card number, pelanggan C-104288",
            "Card number, pelanggan C-104288: ditolak, not now",
        ),
    ],
    ids=["en", "id"],
)
def test_that_requests_are_told_with_field_and_number_in_both_languages(
    speaks: Callable[[Language], None], language: Language, one: str, several: str, own: str
) -> None:
    speaks(language)
    queue = FakeDeciding().queue
    assert arrival_words(queue[:1]) == one
    assert arrival_words(queue) == several
    assert not any(part in several for part in (queue[0].mask.before, queue[0].mask.after, queue[0].words))
    news = RequestNews()
    for state in (RequestState.WAITING, RequestState.REFUSED):
        told = news.of([asked(state, why="not now")], lambda _request: called("Card number", "C-104288"))
    assert told == [(own, True)]


@pytest.mark.parametrize("front", [APPROVALS, CONSOLE])
def test_that_a_new_request_is_told_once_whatever_is_in_front(
    qtbot: QtBot, console: Callable[..., Signed], heard: list[tuple[str, bool]], front: str
) -> None:
    signed = console(FakeDesk(Role.SUPERVISOR))
    screen = screen_of(signed)
    qtbot.waitUntil(lambda: any("3 new requests wait" in words for words, _now in heard))
    screen.going.show_workspace(front)
    assert screen.workspaces.current == front
    heard.clear()
    approvals = signed.desk.approvals
    approvals.queue.append(replace(approvals.queue[1], id="q1", number="C-100001"))
    signed.desk.tell_changed(frozenset({"unlocks"}))
    words = "A request waits for a decision: Bank account, customer C-100001"
    qtbot.waitUntil(lambda: (words, False) in heard)
    assert screen.request_waits.isVisible() is (front == CONSOLE), "in front of the queue it is seen there"
    assert screen.workspaces.approvals is not None
    screen.workspaces.approvals.look_again()
    qtbot.waitUntil(lambda: not screen.workspaces.approvals._looks)  # type: ignore[union-attr]
    assert len([said for said, _now in heard if "request" in said]) == 1


@pytest.mark.parametrize("goes_on", [False, True], ids=["same-customer", "another-customer"])
def test_that_an_agent_hears_of_which_request_a_decision_is(
    qtbot: QtBot, console: Callable[..., Signed], heard: list[tuple[str, bool]], *, goes_on: bool
) -> None:
    signed = console()
    screen = screen_of(signed)
    ask(qtbot, signed)
    customer = screen.card.customer
    assert customer is not None
    if goes_on:
        other = next(id_ for id_ in screen.model.ids if id_ != customer.id)
        screen.show_customer(other)
        qtbot.waitUntil(lambda: screen.card.customer is not None and screen.card.customer.id == other)
    what = f"Bank account, customer {customer.number}"
    signed.desk.set_request("q0", RequestState.APPROVED, by="Hendra Kusuma")
    screen.field_actions.watch.poll()
    qtbot.waitUntil(lambda: (f"{what}: may be opened now", False) in heard)
    signed.desk.set_request("q0", RequestState.REVOKED, by="Dian Sasmita")
    screen.field_actions.watch.poll()
    qtbot.waitUntil(lambda: (f"{what}: closed by Dian Sasmita", True) in heard)


def test_that_the_first_words_of_a_process_wait_until_a_reader_can_hear(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(announcing, "announce", lambda _source, text, **_how: heard.append(text))
    monkeypatch.setattr(announcing, "LOOK_MS", 1)
    is_there = [False]
    monkeypatch.setattr("app.ui.widgets.announce.QAccessible.isActive", lambda: is_there[0])
    card = QWidget()
    qtbot.addWidget(card)
    words = announcing.FirstWords(card, "Locked")
    words._look()
    assert heard == []
    is_there[0] = True
    words._look()
    assert heard == ["Locked"]
    assert not words._timer.isActive()
