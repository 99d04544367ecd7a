"""What a person may not open by themselves for now, by quota, pace or hours, can be asked for; they are told before."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.domain.quota import Shut
from app.session.shown import Budget
from app.ui.console.ask_popover import AskPopover
from app.ui.console.field_row import FieldRow, Offer
from app.ui.console.reveal_popover import RevealPopover
from app.ui.faults import fault_of
from app.ui.widgets.popover import Popover
from tests.ui.conftest import Signed, named
from tests.ui.fake_desk import FakeDesk


def phone(signed: Signed) -> FieldRow:
    """The row of a field that an agent may reveal."""
    assert signed.window.console is not None
    row = signed.window.console.card.row("mobile_phone")
    assert row is not None
    return row


def popover_of(signed: Signed, kind: type[Popover]) -> Popover:
    """The popover that stands over the window."""
    found = [popover for popover in signed.window.findChildren(kind) if popover.isVisible()]
    assert len(found) == 1
    return found[0]


def test_that_a_spent_quota_turns_reveal_into_a_request_for_a_supervisor(
    console: Callable[..., Signed], qtbot: QtBot
) -> None:
    desk = FakeDesk(count=30)
    desk.used = 40
    signed = console(desk)
    phone(signed).take(Offer.REVEAL)
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(AskPopover)))
    assert phone(signed).offer is Offer.ASK
    popover = popover_of(signed, AskPopover)
    words = named(popover, "ask_words")
    assert isinstance(words, QPlainTextEdit)
    words.setPlainText("The caller wants the number read back before we call.")
    send = named(popover, "send_request")
    assert isinstance(send, QPushButton)
    send.click()
    qtbot.waitUntil(lambda: phone(signed).offer is Offer.WITHDRAW)
    assert [asked.field for asked in desk.asked] == ["mobile_phone"]


@pytest.mark.parametrize("size", [(1366, 768), (1180, 640)])
def test_that_the_request_leaves_the_name_of_its_row_readable(
    console: Callable[..., Signed], qtbot: QtBot, size: tuple[int, int]
) -> None:
    desk = FakeDesk(count=30)
    desk.used = 40
    signed = console(desk)
    signed.window.resize(*size)
    for name in ("mobile_phone", "email", "address"):
        assert signed.window.console is not None
        row = signed.window.console.card.row(name)
        assert row is not None
        row.take(row.offer)
        qtbot.waitUntil(lambda: any(one.isVisible() for one in signed.window.findChildren(AskPopover)))
        popover = popover_of(signed, AskPopover)
        label = row.name_label
        words = QRect(label.mapTo(signed.window, QPoint(0, 0)), label.size().boundedTo(label.sizeHint()))
        assert label.isVisible()
        assert not popover.geometry().intersects(words), (name, popover.geometry(), words)
        popover.dismiss()


def test_that_the_last_reveal_of_a_shift_leaves_asking(console: Callable[..., Signed], qtbot: QtBot) -> None:
    desk = FakeDesk(count=30)
    desk.used = 39
    signed = console(desk)
    phone(signed).take(Offer.REVEAL)
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(RevealPopover)))
    QTest.keyClick(popover_of(signed, RevealPopover), Qt.Key.Key_1)
    qtbot.waitUntil(lambda: phone(signed).curtain.is_open)
    assert phone(signed).offer is Offer.CLOSE
    assert signed.window.console is not None
    email = signed.window.console.card.row("email")
    assert email is not None
    qtbot.waitUntil(lambda: email.offer is Offer.ASK)
    assert "all reveals of this shift are used" in email.accessibleDescription()
    signed.window.console.closing.close_all()
    qtbot.waitUntil(lambda: phone(signed).offer is Offer.ASK)


def test_that_an_office_that_says_spent_is_believed(console: Callable[..., Signed], qtbot: QtBot) -> None:
    desk = FakeDesk(count=30)
    signed = console(desk)
    phone(signed).take(Offer.REVEAL)
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(RevealPopover)))
    desk.refuse_reveal, desk.used = NotAllowedError("spent", code="quota"), 40
    QTest.keyClick(popover_of(signed, RevealPopover), Qt.Key.Key_1)
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(AskPopover)))
    assert signed.window.console is not None
    assert "Ask a supervisor" in signed.window.console.card.fault.label.text()


def test_that_reveal_comes_back_with_the_next_shift(console: Callable[..., Signed], qtbot: QtBot) -> None:
    desk = FakeDesk(count=30)
    desk.used = 40
    signed = console(desk)
    phone(signed).take(Offer.REVEAL)
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(AskPopover)))
    popover_of(signed, AskPopover).dismiss()
    desk.used = 0
    phone(signed).take(Offer.ASK)
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(RevealPopover)))
    assert phone(signed).offer is Offer.REVEAL


def texts(popover: Popover) -> str:
    """All that a popover says."""
    return " ".join(label.text() for label in popover.findChildren(QLabel))


def reveal_popover(signed: Signed, qtbot: QtBot) -> Popover:
    phone(signed).take(Offer.REVEAL)
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(RevealPopover)))
    return popover_of(signed, RevealPopover)


@pytest.mark.parametrize(("used", "ink", "words"), [
    (31, "ink2", "31 of 40 reveals used this shift"),
    (32, "warn", "32 of 40 reveals used this shift, then a supervisor decides"),
])  # fmt: skip
def test_that_from_eighty_in_a_hundred_on_one_is_told_what_comes_then(
    console: Callable[..., Signed], qtbot: QtBot, used: int, ink: str, words: str
) -> None:
    desk = FakeDesk(count=30)
    desk.used = used
    popover = reveal_popover(console(desk), qtbot)
    label = named(popover, "reveals_used")
    assert isinstance(label, QLabel)
    assert (label.text(), label.property("ink")) == (words, ink)
    assert popover.accessibleDescription() == (words if ink == "warn" else "")


@pytest.mark.parametrize(
    ("budget", "why", "row"),
    [
        (
            Budget(12, 40, 10, 10, 600, Shut.PACE, 250),
            "Limit 10 in 10 min. Next reveal in 4 min.",
            "many in a short time",
        ),
        (
            Budget(12, 40, 0, 10, 600, Shut.HOURS, 8 * 3600),
            "It is outside the hours of work. They begin in 8 h 0 min.",
            "outside the hours of work",
        ),
        (
            Budget(40, 40, 0, 10, 600, Shut.QUOTA, 7_300),
            "All 40 reveals of this shift are used. The next one is yours in 2 h 1 min.",
            "all reveals of this shift are used",
        ),
    ],
    ids=["pace", "hours", "quota"],
)
def test_that_reveal_becomes_ask_and_says_why_and_until_when(
    console: Callable[..., Signed], qtbot: QtBot, budget: Budget, why: str, row: str
) -> None:
    desk = FakeDesk(count=30)
    desk.own_budgets = {DataClass.CONTACT: budget}
    signed = console(desk)
    phone(signed).take(Offer.REVEAL)
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(AskPopover)))
    popover = popover_of(signed, AskPopover)
    assert why in texts(popover)
    assert popover.accessibleDescription() == why
    assert phone(signed).offer is Offer.ASK
    assert row in phone(signed).accessibleDescription()
    assert isinstance(popover, AskPopover)
    assert popover.reason.currentData() == ("off_hours" if budget.shut is Shut.HOURS else "quota_spent")


def test_that_what_opens_by_itself_again_is_looked_for(console: Callable[..., Signed], qtbot: QtBot) -> None:
    desk = FakeDesk(count=30)
    desk.own_budgets = {DataClass.CONTACT: Budget(12, 40, 10, 10, 600, Shut.PACE, 1)}
    signed = console(desk)
    phone(signed).take(Offer.REVEAL)
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(AskPopover)))
    popover_of(signed, AskPopover).dismiss()
    desk.own_budgets = {}
    qtbot.waitUntil(lambda: phone(signed).offer is Offer.REVEAL)


def test_that_outside_the_hours_of_work_a_code_is_asked_for_unless_the_last_one_is_fresh(
    console: Callable[..., Signed], qtbot: QtBot
) -> None:
    desk = FakeDesk(count=30)
    desk.own_budgets = {DataClass.CONTACT: Budget(12, 40, 0, 10, 600, needs_code=True)}
    signed = console(desk)
    popover = reveal_popover(signed, qtbot)
    assert isinstance(popover, RevealPopover)
    assert popover.code.isHidden()
    popover.dismiss()
    desk.is_code_fresh = False
    phone(signed).take(Offer.REVEAL)
    qtbot.waitUntil(lambda: any(not p.code.isHidden() for p in signed.window.findChildren(RevealPopover)))


@pytest.mark.parametrize("code", ["step_up", "off_hours_code"])
def test_that_an_office_that_wants_a_code_after_all_gets_one(
    console: Callable[..., Signed], qtbot: QtBot, code: str
) -> None:
    desk = FakeDesk(count=30)
    signed = console(desk)
    popover = reveal_popover(signed, qtbot)
    desk.refuse_reveal = NotAllowedError("a fresh code", code=code)
    QTest.keyClick(popover, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: any(not p.code.isHidden() for p in signed.window.findChildren(RevealPopover)))
    assert desk.reveals == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("notes_quota", "A supervisor reads them for you"),
        ("notes_quota_pace", "Wait a little before you open the next notes"),
        ("notes_off_hours", "You may go on writing"),
        ("quota_pace", "Wait a little, or ask a supervisor"),
        ("off_hours", "Ask a supervisor for this field"),
        ("off_hours_code", "needs a fresh code"),
    ],
)
def test_that_each_refusal_has_its_sentence(code: str, words: str) -> None:
    fault = fault_of(NotAllowedError("in the log's words", code=code))
    assert fault.is_known
    assert words in fault.sentence
