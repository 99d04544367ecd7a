"""The person's choice of colours, rows, size of the text and motion: at once, kept, and of the right door."""

from collections.abc import Callable, Iterator, Mapping

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.display import TEXT_SIZES, Display
from app.ui.application import TiraiApplication, show_as
from app.ui.choices import Choice, Choices
from app.ui.console.display_popover import DisplayPopover
from app.ui.console.screen import ConsoleScreen
from app.ui.theme.tokens import ThemeName
from tests.ui.conftest import Signed, named
from tests.ui.walk import cut_texts


@pytest.fixture(autouse=True)
def as_before(qapp: TiraiApplication) -> Iterator[None]:
    """The next test begins with the design's sizes."""
    show_as(qapp, Display("light"))
    yield
    show_as(qapp, Display("light"))


def screen_of(signed: Signed) -> ConsoleScreen:
    screen = signed.window.console
    assert screen is not None
    return screen


def opened(signed: Signed) -> DisplayPopover:
    screen_of(signed).commands.run("display")
    popover = named(signed.window, "display_popover")
    assert isinstance(popover, DisplayPopover)
    return popover


def press(popover: QWidget, name: str) -> None:
    button = named(popover, name)
    assert isinstance(button, QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def catch(signed: Signed) -> dict[str, Choice]:
    """What is kept from now on."""
    kept: dict[str, Choice] = {}

    def keep(chosen: Mapping[str, Choice]) -> None:
        kept.update(chosen)

    screen_of(signed).display._choices = Choices({}, keep)
    return kept


def test_that_what_is_chosen_is_there_at_once_and_kept(console: Callable[..., Signed], qapp: TiraiApplication) -> None:
    signed = console()
    told: list[Display] = []
    kept = catch(signed)
    screen_of(signed).display.chosen.connect(told.append)
    popover = opened(signed)
    press(popover, "theme_dark")
    assert qapp.look.tokens.theme is ThemeName.DARK
    press(popover, "density_comfortable")
    assert qapp.look.row(30) == 36
    press(popover, "text_larger")
    assert qapp.look.text == TEXT_SIZES[1] / 100
    press(popover, "motion_still")
    assert qapp.look.still
    assert kept == {"theme": "dark", "density": "comfortable", "text_percent": TEXT_SIZES[1], "motion": "still"}
    assert told[-1] == Display("dark", "comfortable", TEXT_SIZES[1], "still")


def test_that_it_is_chosen_by_keys_alone(console: Callable[..., Signed], qapp: TiraiApplication, qtbot: QtBot) -> None:
    signed = console()
    screen_of(signed).bar.menu.setFocus()
    QTest.keyClick(screen_of(signed).bar.menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(QPushButton, "menu_display")))
    line = named(signed.window, "menu_display")
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(DisplayPopover)))
    focus = signed.window.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Right)
    focus = signed.window.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Space)
    assert qapp.display.theme == "dark"
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    assert not named_or_none(signed.window, "display_popover")


def named_or_none(parent: QWidget, name: str) -> QWidget | None:
    return next((child for child in parent.findChildren(QWidget, name) if child.isVisible()), None)


def test_that_the_text_grows_to_200_and_no_further(console: Callable[..., Signed], qapp: TiraiApplication) -> None:
    popover = opened(console())
    for _ in range(10):
        press(popover, "text_larger")
    assert qapp.look.text == 2.0
    assert popover.larger.accessibleDescription() == "No further"
    for _ in range(10):
        press(popover, "text_smaller")
    assert qapp.look.text == 1.0


@pytest.mark.parametrize("text", TEXT_SIZES)
def test_that_the_popover_itself_stays_whole(
    console: Callable[..., Signed], qapp: TiraiApplication, qtbot: QtBot, text: int
) -> None:
    signed = console()
    signed.window.resize(1366, 768)
    show_as(qapp, Display("light", text=text))
    popover = opened(signed)
    qtbot.waitUntil(lambda: not cut_texts(popover))
    assert signed.window.rect().contains(popover.geometry())


def test_that_a_persons_own_choice_comes_with_them(console: Callable[..., Signed], qapp: TiraiApplication) -> None:
    show_as(qapp, Display("dark", text=150))
    display = screen_of(console()).display
    assert qapp.display == Display("dark", text=150), "who chose nothing sees what the door showed"
    display._choices = Choices({"theme": "contrast", "text_percent": 110})
    display.wear()
    assert qapp.display == Display("contrast", text=110)
    display._choices = Choices({"theme": "pink", "text_percent": 7})
    display.wear()
    assert qapp.display == Display(), "a choice that is not on offer counts as the design's"
