"""F6 and Shift+F6 lead round the window, Ctrl with the arrows through the sections of the card: with real keys."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.role import Role
from app.ui.console.field_row import FieldRow
from app.ui.console.screen import ConsoleScreen
from tests.ui.conftest import Signed
from tests.ui.fake_desk import FakeDesk

CTRL = Qt.KeyboardModifier.ControlModifier


def screen_of(signed: Signed) -> ConsoleScreen:
    screen = signed.window.console
    assert screen is not None
    return screen


def region_of(screen: ConsoleScreen) -> str:
    """Where the focus is."""
    focus = screen.window().focusWidget()
    assert focus is not None
    desk, check = screen.desk_panel, screen.card.check
    parts: list[tuple[str, QWidget | None]] = [
        ("session bar", screen.bar),
        ("find", screen.face),
        ("identity check", check),
        ("fields", screen.card),
        ("note", desk.note),
        ("wrap-up", getattr(desk, "wrap_up", None)),
        ("history", desk.history),
        ("status bar", screen.status),
    ]
    return next(name for name, part in parts if part is not None and (part is focus or part.isAncestorOf(focus)))


def press(screen: ConsoleScreen, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> str:
    focus = screen.window().focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)
    return region_of(screen)


def test_that_f6_goes_through_the_regions_in_their_order_and_round(
    console: Callable[..., Signed], qtbot: QtBot
) -> None:
    screen = screen_of(console())
    qtbot.waitUntil(screen.desk_panel.history._button.isEnabled)
    screen.bar.tabs[0].setFocus()
    order = ["find", "identity check", "fields", "note", "wrap-up", "history", "status bar", "session bar", "find"]
    if getattr(screen.desk_panel, "wrap_up", None) is None:
        order.remove("wrap-up")
    assert [press(screen, Qt.Key.Key_F6) for _ in order] == order
    back = [press(screen, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier) for _ in order]
    assert back == [*order[-2::-1], "session bar"][: len(back)]


def test_that_the_status_bar_says_all_of_itself_to_a_reader(console: Callable[..., Signed]) -> None:
    screen = screen_of(console())
    screen.bar.tabs[0].setFocus()
    assert press(screen, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier) == "status bar"
    assert "Cache encrypted" in screen.status.accessibleName()
    assert "Connected" in screen.status.accessibleName()


def test_that_f6_passes_over_a_card_that_the_table_has_taken_the_place_of(console: Callable[..., Signed]) -> None:
    signed = console()
    screen = screen_of(signed)
    screen.switch_face()
    assert press(screen, Qt.Key.Key_F6) == "note"


def test_that_f6_leads_round_another_workspace_too(console: Callable[..., Signed]) -> None:
    screen = screen_of(console(FakeDesk(Role.SUPERVISOR, count=30)))
    screen.going.show_workspace("accounts")
    screen.bar.tabs[0].setFocus()
    focus = screen.window().focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_F6)
    there = screen.window().focusWidget()
    assert there is not None
    assert screen.workspaces.isAncestorOf(there)
    QTest.keyClick(there, Qt.Key.Key_F6)
    assert screen.window().focusWidget() is screen.status


def test_that_ctrl_and_an_arrow_go_from_section_to_section(console: Callable[..., Signed]) -> None:
    screen = screen_of(console())
    screen.card.focus_rows()

    def here() -> str:
        focus = screen.window().focusWidget()
        return focus.field.name if isinstance(focus, FieldRow) else "check"

    seen = [here()]
    for _ in range(4):
        press(screen, Qt.Key.Key_Down, CTRL)
        seen.append(here())
    assert seen == ["mobile_phone", "nik", "card_number", "health_note", "health_note"]
    for _ in range(4):
        press(screen, Qt.Key.Key_Up, CTRL)
        seen.append(here())
    assert seen[5:] == ["card_number", "nik", "mobile_phone", "check"]
    press(screen, Qt.Key.Key_Down, CTRL)
    assert here() == "mobile_phone"


def test_that_ctrl_and_an_arrow_bring_nothing_to_the_front(console: Callable[..., Signed]) -> None:
    screen = screen_of(console(FakeDesk(Role.SUPERVISOR, count=30)))
    screen.going.show_workspace("accounts")
    focus = screen.window().focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Down, CTRL)
    assert screen.workspaces.current == "accounts"
