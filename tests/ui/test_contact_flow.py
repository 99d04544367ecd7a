"""The whole way of a contact in the real window: a call pops, who it is, the work, the note, the wrap-up, the next one.

Once by keys alone and once by mouse, in both languages. What is typed is typed by real keys either way.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.session.console_line import Ask
from app.ui.application import TiraiApplication
from app.ui.console.screen import ConsoleScreen
from app.ui.language import Language, speak
from tests.ui.conftest import Signed, named
from tests.ui.fake_caller import VALUES
from tests.ui.fake_desk import FakeDesk

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
NOTE = "Asked about a late fee."


@pytest.fixture(params=[Language.ENGLISH, Language.INDONESIAN])
def at(request: pytest.FixtureRequest, qapp: TiraiApplication, console: Callable[..., Signed]) -> Iterator[Signed]:
    """A console at which nobody is called yet."""
    speak(qapp, request.param)
    desk = FakeDesk(count=300)
    desk.caller.finds = [3]
    yield console(desk)
    speak(qapp, Language.ENGLISH)


def screen(at: Signed) -> ConsoleScreen:
    found = at.window.console
    assert found is not None
    return found


def focus(at: Signed) -> QWidget:
    found = at.window.focusWidget()
    assert found is not None
    return found


def press(at: Signed, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    QTest.keyClick(focus(at), key, modifiers)


def click(at: Signed, name: str) -> None:
    QTest.mouseClick(named(at.window, name), Qt.MouseButton.LeftButton)


def shown(at: Signed) -> int | None:
    customer = screen(at).card.customer
    return customer.id if customer is not None else None


def rings(qtbot: QtBot, at: Signed) -> None:
    """A softphone tells of a call, and the card of whoever has the number is there."""
    at.now += 60
    screen(at).calls.answer(Ask("pop", {"phone": "+6281204559147", "call": "a1"}))
    qtbot.waitUntil(lambda: shown(at) == 3)
    check = screen(at).card.check
    assert check is not None
    qtbot.waitUntil(lambda: check.isAncestorOf(focus(at)))


def matches(qtbot: QtBot, at: Signed, field: str) -> None:
    """The answer that was typed is compared."""
    qtbot.waitUntil(lambda: field in [name for name, _text in at.desk.caller.said])
    check = screen(at).card.check
    assert check is not None
    qtbot.waitUntil(lambda: not check.cells[field].edit.isReadOnly())


def is_done(qtbot: QtBot, at: Signed) -> None:
    """The visit was finished whole, the caller is nobody any more, and the next customer is there."""
    qtbot.waitUntil(lambda: shown(at) == 4)
    (visit,) = at.desk.contacts.finished
    day = at.desk.contacts.now().day + timedelta(days=3)
    assert (visit.record, visit.outcome, visit.tags) == ("r3", "call_back", ("billing", "fraud"))
    assert (visit.call_back_day, visit.call_back_at) == (day.isoformat(), "")
    assert at.desk.saved[-1][::2] == ("r3", NOTE)
    assert visit.note == at.desk.saved[-1][1]
    assert visit.call
    assert at.desk.reveals == [("r3", "mobile_phone", "call_back", "")]
    assert not screen(at).checking.is_identified
    assert screen(at).calls.count == 0


def test_that_a_contact_goes_from_the_call_to_the_next_one_by_keys_alone(qtbot: QtBot, at: Signed) -> None:
    rings(qtbot, at)
    for field in ("nik", "birth_date"):
        QTest.keyClicks(focus(at), VALUES[field])
        press(at, Qt.Key.Key_Return)
        matches(qtbot, at, field)
    qtbot.waitUntil(lambda: screen(at).checking.is_identified)
    press(at, Qt.Key.Key_G, CTRL)
    press(at, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: focus(at).window().findChild(QWidget, "reveal_popover") is not None)
    press(at, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: screen(at).field_actions.is_open)
    press(at, Qt.Key.Key_Escape)
    press(at, Qt.Key.Key_J, CTRL)
    QTest.keyClicks(focus(at), NOTE)
    press(at, Qt.Key.Key_H, CTRL | SHIFT)
    press(at, Qt.Key.Key_O, CTRL)
    press(at, Qt.Key.Key_3)
    press(at, Qt.Key.Key_Tab)
    press(at, Qt.Key.Key_Return)
    press(at, Qt.Key.Key_1)
    press(at, Qt.Key.Key_7)
    press(at, Qt.Key.Key_Escape)
    press(at, Qt.Key.Key_Tab)
    press(at, Qt.Key.Key_Return)
    press(at, Qt.Key.Key_Down)
    press(at, Qt.Key.Key_Down)
    press(at, Qt.Key.Key_Return)
    press(at, Qt.Key.Key_Return, CTRL)
    is_done(qtbot, at)


def test_that_a_contact_goes_from_the_call_to_the_next_one_by_mouse(qtbot: QtBot, at: Signed) -> None:
    rings(qtbot, at)
    for field in ("nik", "birth_date"):
        click(at, f"check_{field}")
        QTest.keyClicks(focus(at), VALUES[field])
        press(at, Qt.Key.Key_Return)
        matches(qtbot, at, field)
    qtbot.waitUntil(lambda: screen(at).checking.is_identified)
    click(at, "reveal_mobile_phone")
    qtbot.waitUntil(lambda: any(w.isVisible() for w in at.window.findChildren(QWidget, "reason_call_back")))
    click(at, "reason_call_back")
    click(at, "confirm_reveal")
    qtbot.waitUntil(lambda: any(w.isVisible() for w in at.window.findChildren(QWidget, "close_mobile_phone")))
    click(at, "close_mobile_phone")
    QTest.mouseClick(screen(at).desk_panel.note.edit.viewport(), Qt.MouseButton.LeftButton)
    QTest.keyClicks(screen(at).desk_panel.note.edit, NOTE)
    click(at, "end_call")
    click(at, "outcome")
    click(at, "choose_call_back")
    click(at, "add_tag")
    click(at, "choose_billing")
    click(at, "choose_fraud")
    beside = at.window.childAt(5, 400)
    assert beside is not None
    QTest.mouseClick(beside, Qt.MouseButton.LeftButton)
    click(at, "call_back")
    click(at, "in_3_days")
    click(at, "finish_and_next")
    is_done(qtbot, at)
