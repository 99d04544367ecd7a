"""The panels of the console: their edges by keys and mouse, what is remembered, and how they stand in any room."""

from collections.abc import Callable, Iterator, Mapping

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.display import Display
from app.ui.application import TiraiApplication, show_as
from app.ui.choices import Choice, Choices
from app.ui.console.panel_widths import LEAST_LEFT, LEAST_MIDDLE, LEFT, RIGHT, Drawn
from app.ui.console.screen import ConsoleScreen
from app.ui.console.work_area import WorkArea
from app.ui.widgets.panel_splitter import PanelHandle
from tests.ui.conftest import Signed
from tests.ui.walk import cut_texts

ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def as_before(qapp: TiraiApplication) -> Iterator[None]:
    """The next test begins with the design's sizes."""
    yield
    show_as(qapp, Display("light"))


@pytest.fixture
def kept(console: Callable[..., Signed]) -> tuple[Signed, dict[str, Choice]]:
    """A console whose choices are caught."""
    signed = console()
    choices: dict[str, Choice] = {}

    def keep(chosen: Mapping[str, Choice]) -> None:
        choices.update(chosen)

    area_of(signed)._choices = Choices({}, keep)
    return signed, choices


def screen_of(signed: Signed) -> ConsoleScreen:
    screen = signed.window.console
    assert screen is not None
    return screen


def area_of(signed: Signed) -> WorkArea:
    return screen_of(signed).area


def handle_of(signed: Signed, name: str) -> PanelHandle:
    (found,) = [h for h in area_of(signed).findChildren(PanelHandle) if h.isVisible() and h.accessibleName() == name]
    return found


def test_that_the_edges_of_the_panels_can_be_seen_and_named(console: Callable[..., Signed]) -> None:
    signed = console()
    for name in ("Width of the list", "Width of the notes"):
        handle = handle_of(signed, name)
        assert handle.width() >= 8, "the pointer needs room"
        assert handle.accessibleDescription()
        picture = handle.grab().toImage()
        middle = handle.rect().center()
        assert picture.pixelColor(middle) != picture.pixelColor(QPoint(0, middle.y())), "a grip is drawn"


def test_that_alt_shift_and_an_arrow_move_the_edge_of_the_panel_with_the_focus(
    kept: tuple[Signed, dict[str, Choice]],
) -> None:
    signed, choices = kept
    area = area_of(signed)
    area.find_panel.search.edit.setFocus()
    before = area.find_panel.width()
    QTest.keyClick(area.find_panel.search.edit, Qt.Key.Key_Right, ALT_SHIFT)
    assert area.find_panel.width() > before
    assert choices["width_left"] == area.find_panel.width()
    area.desk_panel.note.edit.setFocus()
    before = area.desk_panel.width()
    QTest.keyClick(area.desk_panel.note.edit, Qt.Key.Key_Left, ALT_SHIFT)
    assert area.desk_panel.width() > before
    assert choices["width_right"] == area.desk_panel.width()


def test_that_an_edge_stops_where_a_panel_could_not_be_read(console: Callable[..., Signed]) -> None:
    signed = console()
    area = area_of(signed)
    area.find_panel.search.edit.setFocus()
    for _ in range(40):
        QTest.keyClick(area.find_panel.search.edit, Qt.Key.Key_Left, ALT_SHIFT)
    assert area.find_panel.width() == LEAST_LEFT
    for _ in range(80):
        QTest.keyClick(area.find_panel.search.edit, Qt.Key.Key_Right, ALT_SHIFT)
    assert area.card.width() == LEAST_MIDDLE


def test_that_a_double_click_brings_the_designs_width_back(kept: tuple[Signed, dict[str, Choice]]) -> None:
    signed, choices = kept
    area = area_of(signed)
    area.desk_panel.note.edit.setFocus()
    QTest.keyClick(area.desk_panel.note.edit, Qt.Key.Key_Left, ALT_SHIFT)
    assert area.desk_panel.width() != RIGHT
    QTest.mouseDClick(handle_of(signed, "Width of the notes"), Qt.MouseButton.LeftButton)
    assert area.desk_panel.width() == RIGHT
    assert choices["width_right"] == 0


def test_that_an_edge_can_be_drawn_with_the_mouse(kept: tuple[Signed, dict[str, Choice]]) -> None:
    signed, choices = kept
    handle = handle_of(signed, "Width of the list")
    start = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(handle, start + QPoint(60, 0))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    assert area_of(signed).find_panel.width() == choices["width_left"] != LEFT


def test_that_widths_of_the_last_time_are_there_again(console: Callable[..., Signed]) -> None:
    signed = console()
    area = area_of(signed)
    area._choices = Choices({"width_left": 360, "width_right": 400})
    area.lay_out()
    assert (area.find_panel.width(), area.desk_panel.width()) == (360, 400)
    area._choices = Choices({"width_left": -4, "width_right": 9_000_000})
    assert area._drawn() == Drawn(), "a width that cannot be meant counts as none"


def test_that_a_wide_screen_shows_table_and_card_beside_each_other(console: Callable[..., Signed]) -> None:
    signed = console()
    screen = screen_of(signed)
    signed.window.resize(1366, 768)
    screen.switch_face()
    assert not screen.card.isVisible(), "the table takes the card's place"
    signed.window.resize(1920, 1080)
    assert screen.card.isVisible()
    assert screen.table_panel.isVisible()
    screen.table_panel.returned.emit(2)
    assert screen.is_table, "there is no need to leave the table"


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1366, 768), (1180, 640), (3840, 2160)])
@pytest.mark.parametrize("text", [100, 150, 200])
def test_that_at_every_size_of_the_text_nothing_of_the_card_is_cut_off(
    console: Callable[..., Signed], qtbot: QtBot, qapp: TiraiApplication, size: tuple[int, int], text: int
) -> None:
    signed = console()
    signed.window.resize(*size)
    show_as(qapp, Display("light", text=text))
    qtbot.waitUntil(lambda: not _stick_out(screen_of(signed).card._scroll.widget()))
    assert (signed.window.width(), signed.window.height()) == size, "the window stays as large as it was"
    qtbot.waitUntil(lambda: not cut_texts(screen_of(signed).card))


def test_that_on_a_wide_screen_the_action_stays_near_its_field(console: Callable[..., Signed]) -> None:
    signed = console()
    signed.window.resize(3840, 2160)
    QTest.qWait(1)
    row = next(screen_of(signed).card.rows())
    assert row.width() <= 960


def _stick_out(sheet: QWidget | None) -> list[str]:
    assert sheet is not None
    viewport = sheet.parentWidget()
    assert viewport is not None
    wide = [child for child in sheet.findChildren(QWidget) if child.isVisible()]
    return [c.objectName() for c in wide if c.mapTo(viewport, QPoint(c.width(), 0)).x() > viewport.width() + 1]
