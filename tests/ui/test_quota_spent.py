"""The reveals of a shift are used up: what a person could open can be asked for."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.errors import NotAllowedError
from app.ui.console.ask_popover import AskPopover
from app.ui.console.field_row import FieldRow, Offer
from app.ui.console.reveal_popover import RevealPopover
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
    assert "all reveals of this shift are used" in email.accessibleName()
    signed.window.console.close_all()
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
