"""The palette, the sheet of keys and the menus: typed with real keys into the real window, in both languages."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.role import Role
from app.ui.application import TiraiApplication
from app.ui.commands.action_menu import ActionMenu
from app.ui.commands.keys_sheet import KeysSheet
from app.ui.commands.matching import best_fit, fit
from app.ui.commands.palette import Palette
from app.ui.commands.palette_model import LINE_ROLE, Heading, Line
from app.ui.console.screen import ConsoleScreen
from app.ui.language import Language, speak
from app.ui.shortcuts import SHORTCUTS, Scope, cap_for
from tests.ui.conftest import Signed
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_people import PEOPLE

Make = Callable[..., Signed]
Card = TypeVar("Card", bound=QWidget)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEYLESS_HERE = frozenset({"Ctrl+N", "Ctrl+Shift+S", "Ctrl+Shift+P"})


def screen_of(signed: Signed) -> ConsoleScreen:
    screen = signed.window.console
    assert screen is not None
    return screen


def press(signed: Signed, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(signed.window.focusWidget() or signed.window, key, modifiers)


def palette(signed: Signed) -> Palette:
    press(signed, Qt.Key.Key_K, CTRL)
    return shown(signed, Palette)


def shown(signed: Signed, kind: type[Card]) -> Card:
    found = [one for one in signed.window.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def none_shown(signed: Signed, kind: type[QWidget]) -> bool:
    return not [one for one in signed.window.findChildren(kind) if one.isVisible()]


def lines(card: Palette) -> list[Line]:
    found = [card.model.at(row) for row in range(card.model.rowCount())]
    return [line for line in found if isinstance(line, Line)]


def words(card: Palette) -> list[str]:
    return [line.words for line in lines(card)]


def chosen(card: Palette) -> str:
    line = card.view.currentIndex().data(LINE_ROLE)
    assert isinstance(line, Line)
    return line.words


@pytest.fixture
def indonesian(qapp: TiraiApplication) -> Iterator[None]:
    speak(qapp, Language.INDONESIAN)
    yield
    speak(qapp, Language.ENGLISH)
    QCoreApplication.processEvents()


# matching


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("", "Lock"),
        ("lo", "Lock"),
        ("LOCK", "Lock"),
        ("out", "Sign out and wipe"),
        ("so", "Sign out and wipe"),
        ("wipe sign", "Sign out and wipe"),
        ("lk", "Lock"),
        ("lcok", "Lock"),
        ("custmer", "Customer card"),
        ("identty", "Identity check"),
        ("kec", "Kecilkan"),
        ("cafe", "Café"),
    ],
)
def test_that_typed_words_fit(query: str, text: str) -> None:
    assert fit(query, text) is not None


@pytest.mark.parametrize(
    ("query", "text"), [("x", "Lock"), ("lock me", "Lock"), ("kl", "Lock"), ("note", "Next region")]
)
def test_that_other_words_do_not_fit(query: str, text: str) -> None:
    assert fit(query, text) is None


def test_that_a_beginning_fits_better_than_letters_in_order() -> None:
    scores = [found.score for text in ("Note", "My note", "Show no time") if (found := fit("note", text))]
    assert len(scores) >= 2
    assert scores == sorted(scores, reverse=True)


def test_that_the_english_word_fits_too_and_marks_no_letter_of_the_other() -> None:
    found = best_fit("lock", "Kunci", ("Lock",))
    assert found is not None
    assert found.places == frozenset()


# the palette


def test_that_ctrl_k_opens_and_closes_it_and_the_focus_comes_back(console: Make) -> None:
    signed = console()
    note = screen_of(signed).desk_panel.note.edit
    note.setFocus()
    card = palette(signed)
    assert signed.window.focusWidget() is card.edit
    press(signed, Qt.Key.Key_K, CTRL)
    assert none_shown(signed, Palette)
    assert signed.window.focusWidget() is note
    palette(signed)
    press(signed, Qt.Key.Key_Escape)
    assert none_shown(signed, Palette)
    assert signed.window.focusWidget() is note


def test_that_a_typed_command_is_run_by_return(qtbot: QtBot, console: Make) -> None:
    signed = console()
    card = palette(signed)
    QTest.keyClicks(card.edit, "note")
    assert chosen(card) == "Note"
    press(signed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: signed.window.focusWidget() is screen_of(signed).desk_panel.note.edit)
    assert none_shown(signed, Palette)


@pytest.mark.usefixtures("indonesian")
@pytest.mark.parametrize("query", ["kunci", "lock", "knuci"])
def test_that_it_listens_to_both_languages(qtbot: QtBot, console: Make, query: str) -> None:
    signed = console()
    card = palette(signed)
    QTest.keyClicks(card.edit, query)
    assert chosen(card) == "Kunci"
    press(signed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(signed.desk.locks))
    assert signed.desk.locks[0][0] == "by_hand"


def test_that_arrows_go_from_command_to_command_and_round(console: Make) -> None:
    signed = console()
    card = palette(signed)
    listed = words(card)
    assert chosen(card) == listed[0]
    press(signed, Qt.Key.Key_Down)
    assert chosen(card) == listed[1]
    press(signed, Qt.Key.Key_Up)
    press(signed, Qt.Key.Key_Up)
    assert chosen(card) == listed[-1]


def test_that_a_reader_hears_how_many_there_are_and_each_line_it_comes_to(
    console: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("app.ui.commands.palette.announce", lambda _source, text, now=False: said.append(str(text)))
    signed = console()
    card = palette(signed)
    QTest.keyClicks(card.edit, "lock")
    assert said[-1].endswith("; Lock, Ctrl L")
    QTest.keyClicks(card.edit, "qq")
    assert said[-1] == "No command is called so. Try another word, or F1 for all keys."
    card.edit.setText("end call")
    press(signed, Qt.Key.Key_Return)
    assert said[-1] == "End call, Ctrl ⇧ H, cannot be used now, No call is on."
    row = card.model.index(card.model.commands()[0], 0)
    assert card.model.data(row, Qt.ItemDataRole.AccessibleTextRole) == said[-1]


def test_that_every_line_says_its_key(console: Make) -> None:
    signed = console()
    caps = {line.command.does: line.cap for line in lines(palette(signed))}
    assert caps["lock"] == cap_for("lock") == "Ctrl L"
    assert caps["tour"] == ""


def test_that_what_cannot_be_done_is_grey_says_why_and_does_nothing(console: Make) -> None:
    signed = console()
    card = palette(signed)
    QTest.keyClicks(card.edit, "end call")
    line = lines(card)[0]
    assert (line.words, line.is_possible, line.hint) == ("End call", False, "No call is on.")
    press(signed, Qt.Key.Key_Return)
    assert card.isVisible()


def test_that_what_was_used_last_stands_first(qtbot: QtBot, console: Make) -> None:
    signed = console()
    press(signed, Qt.Key.Key_J, CTRL)
    press(signed, Qt.Key.Key_F, CTRL)
    card = palette(signed)
    assert isinstance(card.model.at(0), Heading)
    assert words(card)[:2] == ["Find", "Note"]
    assert words(card).count("Find") == 1


def test_that_a_key_says_why_it_does_nothing(console: Make) -> None:
    signed = console()
    press(signed, Qt.Key.Key_H, CTRL | SHIFT)
    assert screen_of(signed).status._done.text() == "No call is on."


def test_that_it_holds_no_data_of_a_customer(console: Make) -> None:
    """Neither a name nor a number nor a mask, whatever is typed."""
    signed = console()
    card = palette(signed)
    everything = " ".join(
        " ".join((c.shown_words, c.english_words, c.hint, c.shown_cap, c.why_not())) for c in card._all
    )
    row = PEOPLE[0]
    for part in (*row, *row[0].split(), "0455", "47", "Bandung"):
        assert part not in everything
    QTest.keyClicks(card.edit, "Sari")
    assert words(card) == []
    assert "Sari" not in "".join(label.text() for label in card.findChildren(QLabel))


def test_that_a_row_of_the_card_is_reached_from_it(qtbot: QtBot, console: Make) -> None:
    signed = console()
    card = palette(signed)
    QTest.keyClicks(card.edit, "reveal mobile")
    assert chosen(card) == "Reveal: mobile phone"
    press(signed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(screen_of(signed).field_actions._popover))


# keys


def window_keys(role: Role) -> set[str]:
    return {line.does for line in SHORTCUTS if line.scope is Scope.WINDOW and line.keys}


@pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR, Role.PRIVACY_OFFICER])
def test_that_every_key_of_the_window_stands_in_palette_and_sheet(console: Make, role: Role) -> None:
    signed = console(FakeDesk(role, count=30))
    commands = {command.does for command in screen_of(signed).commands.all()}
    listed = {line.command.does for line in lines(palette(signed))}
    press(signed, Qt.Key.Key_Escape)
    press(signed, Qt.Key.Key_F1)
    sheet = shown(signed, KeysSheet)
    on_paper = {line.does for _group, group_lines in sheet.shown() for line in group_lines}
    for does in window_keys(role) & commands:
        assert does in listed | {"palette"}, does
        assert does in on_paper, does
    rows = {line.does for line in SHORTCUTS if line.scope is Scope.ROW}
    assert rows <= on_paper


def test_that_every_key_of_the_table_does_something_for_somebody(console: Make) -> None:
    done: set[str] = set()
    for role in (Role.AGENT, Role.SUPERVISOR, Role.PRIVACY_OFFICER):
        screen = screen_of(console(FakeDesk(role, count=30)))
        done |= {command.does for command in screen.commands.all()}
        for place in sorted(screen.workspaces.places):
            screen.going.show_workspace(place)
            done |= {command.does for command in screen.commands.all()}
    spare = {"workspace_5"}  # a fifth tab, for a role that will have one
    missing = {line.does for line in SHORTCUTS if line.scope is Scope.WINDOW} - done - spare
    assert not missing


def test_that_the_sheet_leaves_out_what_the_role_lacks_and_greys_what_is_elsewhere(console: Make) -> None:
    agent = console()
    press(agent, Qt.Key.Key_F1)
    assert not shown(agent, KeysSheet).findChildren(QWidget, "key_deny")
    supervisor = console(FakeDesk(Role.SUPERVISOR, count=30))
    press(supervisor, Qt.Key.Key_F1)
    denied = shown(supervisor, KeysSheet).findChildren(QWidget, "key_deny")
    assert denied[0].accessibleName() == "Deny, Ctrl ⇧ D, First open Approvals (Ctrl 2)."


def test_that_the_sheet_is_searched_by_word_and_by_key(console: Make) -> None:
    signed = console()
    press(signed, Qt.Key.Key_F1)
    sheet = shown(signed, KeysSheet)
    assert signed.window.focusWidget() is sheet.edit
    QTest.keyClicks(sheet.edit, "lock")
    found = [line.does for _group, group_lines in sheet.shown(sheet.edit.text()) for line in group_lines]
    assert "lock" in found
    assert "find" not in found
    sheet.edit.setText("f6")
    found = [line.does for _group, group_lines in sheet.shown(sheet.edit.text()) for line in group_lines]
    assert found == ["next_region", "previous_region"]
    press(signed, Qt.Key.Key_Escape)
    assert none_shown(signed, KeysSheet)


def test_that_text_fields_give_up_the_keys_of_the_window(console: Make) -> None:
    """Ctrl+K, E, D and H edit a line in Qt on some platforms."""
    signed = console()
    edit = screen_of(signed).face.search.edit
    edit.setFocus()
    QTest.keyClicks(edit, "Sari")
    edit.setCursorPosition(2)
    palette(signed)
    assert edit.text() == "Sari"


# menus


def test_that_the_menu_key_lists_what_a_row_offers(qtbot: QtBot, console: Make) -> None:
    signed = console()
    row = screen_of(signed).card.row("mobile_phone")
    assert row is not None
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Menu)
    menu = shown(signed, ActionMenu)
    words = [line.text().strip() for line in menu.lines]
    assert words[:2] == ["Reveal", "Verify"]
    assert words[-1] == "Why is this masked"
    caps = [label.text() for label in menu.findChildren(QLabel) if label.property("kind") == "key"]
    assert caps[:2] == ["R", "V"]
    assert caps[-1] == "⇧ F1"
    press(signed, Qt.Key.Key_Down)
    assert signed.window.focusWidget() is menu.lines[1]
    press(signed, Qt.Key.Key_Escape)
    assert signed.window.focusWidget() is row


def test_that_the_menu_of_the_bar_reads_the_table(qtbot: QtBot, console: Make) -> None:
    signed = console()
    button = screen_of(signed).bar.menu
    button.setFocus()
    press(signed, Qt.Key.Key_Return)
    menu = shown(signed, ActionMenu)
    names = {line.objectName() for line in menu.lines}
    assert {"menu_open_policy", "menu_palette", "menu_keys", "menu_tour", "menu_what_ends"} <= names
    menu.findChildren(QPushButton, "menu_keys")[0].click()
    qtbot.waitUntil(lambda: not none_shown(signed, KeysSheet))


# single letters


def test_that_single_letters_can_be_switched_off(qtbot: QtBot, console: Make) -> None:
    signed = console()
    screen = screen_of(signed)
    row = screen.card.row("mobile_phone")
    assert row is not None
    row.setFocus()
    screen.commands.run("single_keys")
    QTest.keyClick(row, Qt.Key.Key_R)
    assert screen.field_actions._popover is None
    assert "R" not in row.accessibleDescription().split()
    QTest.keyClick(row, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.field_actions._popover is not None)
    assert screen.choices.flag("single_keys", True) is False
    assert screen.commands.find("single_keys").shown_words == "Switch single-letter keys on"  # type: ignore[union-attr]
