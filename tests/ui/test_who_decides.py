"""Whether anybody is there who may decide: said before a request is sent, while it waits, and when somebody comes; and
the way from a request to the identity check."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.session.errors import OfficeAwayError
from app.session.shown import RequestState
from app.ui.console import field_actions
from app.ui.console.ask_popover import AskPopover
from tests.ui import fake_caller
from tests.ui.conftest import Signed, named
from tests.ui.fake_desk import FakeDesk
from tests.ui.test_console import ask, click, row_of, screen_of

Make = Callable[..., Signed]
NOBODY = "Nobody who may decide is signed in"
WAITS = "Nobody who may decide is here yet; your request waits"


def writing(qtbot: QtBot, signed: Signed, field: str = "bank_account") -> AskPopover:
    """A request that is being written."""
    click(qtbot, signed.window, f"ask_{field}")
    actions = screen_of(signed).field_actions
    qtbot.waitUntil(lambda: actions._popover is not None)
    popover = actions._popover
    assert isinstance(popover, AskPopover)
    return popover


def changed(signed: Signed) -> None:
    """The office tells over the stream that something changed."""
    signed.desk.tell_changed(frozenset({"unlocks"}))


def strip(signed: Signed) -> str:
    return str(screen_of(signed).card.strip.label.text())


def test_that_one_is_told_before_sending_that_nobody_is_there_and_may_send(qtbot: QtBot, console: Make) -> None:
    desk = FakeDesk(count=300)
    desk.who_decides = 0
    popover = writing(qtbot, console(desk))
    qtbot.waitUntil(popover.nobody.isVisible)
    assert popover.online.text() == "Nobody signed in to decide"
    assert popover.online.accessibleDescription().startswith(NOBODY)
    words = named(popover, "ask_words")
    assert isinstance(words, QPlainTextEdit)
    words.setPlainText("Caller wants the refund there.")
    assert popover.send.isEnabled()


def test_that_the_request_in_hand_follows_who_comes_and_goes(qtbot: QtBot, console: Make) -> None:
    signed = console()
    popover = writing(qtbot, signed)
    qtbot.waitUntil(lambda: popover.online.text() == "Online to decide: 3")
    assert not popover.nobody.isVisible()
    signed.desk.who_decides = 0
    changed(signed)
    qtbot.waitUntil(popover.nobody.isVisible)
    signed.desk.who_decides = 1
    changed(signed)
    qtbot.waitUntil(lambda: not popover.nobody.isVisible())
    assert popover.online.text() == "Online to decide: 1"


def test_that_a_popover_goes_on_without_knowing(qtbot: QtBot, console: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    signed = console()

    def away(_record: str, _data_class: object) -> int:
        raise OfficeAwayError("away")

    monkeypatch.setattr(signed.desk, "deciders", away)
    popover = writing(qtbot, signed)
    assert (popover.online.text(), popover.nobody.isVisible()) == ("", False)
    assert screen_of(signed).card.fault.label.text() == ""


def test_that_one_is_told_while_a_request_waits_and_when_somebody_comes(
    qtbot: QtBot, console: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(field_actions, "announce", lambda _widget, text, **_more: heard.append(text))
    desk = FakeDesk(count=300)
    desk.who_decides = 0
    signed = console(desk)
    ask(qtbot, signed)
    qtbot.waitUntil(lambda: strip(signed).startswith(WAITS))
    assert heard[-1] == NOBODY
    desk.who_decides = 2
    changed(signed)
    qtbot.waitUntil(lambda: "2 online" in strip(signed))
    assert heard[-1] == "Somebody who may decide is signed in now"
    desk.who_decides = 0
    qtbot.waitUntil(lambda: strip(signed).startswith(WAITS))  # without the stream, too
    desk.set_request("q0", RequestState.WITHDRAWN)
    changed(signed)
    qtbot.waitUntil(lambda: strip(signed) == "")


def test_that_a_request_asks_whether_checking_is_enough_and_leads_there(qtbot: QtBot, console: Make) -> None:
    signed = console()
    popover = writing(qtbot, signed, "nik")
    qtbot.waitUntil(popover.enough.isVisible)
    click(qtbot, signed.window, "verify_instead")
    assert signed.window.focusWidget() is named(signed.window, "check_nik")
    assert not row_of(signed, "nik")._chosen


def test_that_nothing_is_offered_to_check_where_nothing_is_left(qtbot: QtBot, console: Make) -> None:
    signed = console()
    check = screen_of(signed).card.check
    assert check is not None
    check.cells["nik"].edit.setText(fake_caller.VALUES["nik"])
    check.cells["nik"].edit.returnPressed.emit()
    qtbot.waitUntil(lambda: not check.cells["nik"].is_open)
    popover = writing(qtbot, signed, "nik")
    assert not popover.enough.isVisible()
    screen_of(signed).closing.close_all()
    popover = writing(qtbot, signed)
    qtbot.waitUntil(popover.enough.isVisible)  # the bank account can be compared still


def test_that_a_request_that_waited_before_a_lock_is_shown_after_the_resume(qtbot: QtBot, console: Make) -> None:
    """Nobody tells a fresh console of it: it asks."""
    before = FakeDesk(count=300)
    before.ask("r0", "bank_account", "refund", "Caller wants the refund there.")
    signed = console(before)
    row = row_of(signed, "bank_account")
    qtbot.waitUntil(lambda: row.button.objectName() == "withdraw_bank_account")
    assert strip(signed)
