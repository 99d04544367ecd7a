"""The table by keys alone: sorts, filters, columns, saved views, letters; and by mouse where that is another way."""

import json
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.table_query import Among, Between, Sort
from app.ui.choices import Choices
from app.ui.console.customer_delegates import KEPT_CUT, TableDelegate
from app.ui.console.customer_model import Column
from app.ui.console.screen import ConsoleScreen
from app.ui.console.table_panel import TablePanel
from app.ui.main_window import MainWindow
from app.ui.table.state import TableState
from app.ui.widgets.strips import Message
from tests.ui.conftest import Signed, named
from tests.ui.fake_desk import FakeDesk

Make = Callable[..., Signed]
Key = Qt.Key


def press(widget: QWidget, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(widget.window().focusWidget() or widget, key)


def screen_of(signed: Signed) -> ConsoleScreen:
    screen = signed.window.console
    assert screen is not None
    return screen


@pytest.fixture
def table(qtbot: QtBot, console: Make) -> TablePanel:
    signed = console()
    QTest.keyClick(signed.window, Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    panel = screen_of(signed).table_panel
    assert signed.window.focusWidget() is panel.table
    qtbot.waitUntil(lambda: panel.table.model().index(0, 0).data() is not None)
    return panel


def desk_of(panel: TablePanel) -> FakeDesk:
    desk = panel._model._desk
    assert isinstance(desk, FakeDesk)
    return desk


def sorts_last(panel: TablePanel, sort: Sort) -> bool:
    return [query.sort for query in desk_of(panel).queries][-1:] == [sort]


def names(panel: TablePanel, count: int) -> list[str]:
    model = panel.table.model()
    return [model.index(row, int(Column.NAME)).data() for row in range(count)]


def header_text(panel: TablePanel, column: int) -> str:
    return str(panel.table.model().headerData(column, Qt.Orientation.Horizontal))


def test_that_columns_are_made_ready_once_the_table_is_in_front(qtbot: QtBot, table: TablePanel) -> None:
    qtbot.waitUntil(lambda: desk_of(table).prepared == list(table.state.shown))


def test_that_the_palette_s_commands_bring_the_table_to_the_front(qtbot: QtBot, console: Make) -> None:
    signed = console()
    screen = screen_of(signed)
    screen.commands.run("table_columns")
    assert screen.is_table
    assert named(signed.window, "columns_popover").isVisible()


# sorting


def test_that_keys_alone_sort_by_a_column_both_ways_and_not_any_more(qtbot: QtBot, table: TablePanel) -> None:
    press(table, Key.Key_Home, Key.Key_Up)
    assert table.window().focusWidget() is table.header
    press(table, Key.Key_Right, Key.Key_Right, Key.Key_Return)
    assert table.state.sort == Sort("city")
    assert header_text(table, Column.CITY) == "City ↑"
    qtbot.waitUntil(lambda: names(table, 1) == ["Togar Panjaitan"])  # Balikpapan
    press(table, Key.Key_Space)
    assert header_text(table, Column.CITY) == "City ↓"
    qtbot.waitUntil(lambda: names(table, 1) == ["Dewi Anjani Putri"])  # Yogyakarta
    press(table, Key.Key_Return)
    assert table.state.sort is None
    qtbot.waitUntil(lambda: names(table, 1) == ["Sari Wulandari"])
    press(table, Key.Key_Down)
    assert table.window().focusWidget() is table.table


def test_that_each_column_sorts_with_a_click(qtbot: QtBot, table: TablePanel) -> None:
    table.state.show(list(table.state.columns))
    for section, key in enumerate(table._model.keys):
        table.table.scrollTo(table.table.model().index(0, section))
        middle = table.header.sectionViewportPosition(section) + table.header.sectionSize(section) // 2
        QTest.mouseClick(table.header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle, 12))
        assert table.state.sort == Sort(key)
        qtbot.waitUntil(partial(sorts_last, table, Sort(key)))


def test_that_another_order_begins_at_the_top_and_a_table_that_comes_back_at_its_customer(
    qtbot: QtBot, table: TablePanel
) -> None:
    table.table.go_to(200)
    table.state.sort_by("name")
    qtbot.waitUntil(lambda: len(desk_of(table).queries) > 0 and table._model.ids[0] != 0)
    assert table.table.first_in_sight == 0
    table.table.go_to(250)
    id_ = table.id_at(table.table.currentIndex())
    press(table, Key.Key_Return)
    window = table.window()
    assert isinstance(window, MainWindow)
    screen = window.console
    assert screen is not None
    qtbot.waitUntil(lambda: table._model.ids[0] == 0)  # the list, in its own order
    qtbot.waitUntil(lambda: screen.card.customer is not None and screen.card.customer.id == id_)
    QTest.keyClick(table.window(), Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: table._model.ids[0] != 0)
    qtbot.waitUntil(lambda: table.id_at(table.table.currentIndex()) == id_)


# filters


def test_that_keys_alone_filter_and_clear(qtbot: QtBot, table: TablePanel) -> None:
    window = table.window()
    named(window, "add_filter").setFocus()
    press(table, Key.Key_Return)
    assert named(window, "filter_columns_popover").isVisible()
    press(table, Key.Key_Return)  # the first is the city
    values = named(window, "filter_values_popover")
    qtbot.waitUntil(lambda: window.focusWidget() is values.findChild(QWidget, "filter_values"))
    press(table, Key.Key_Space, Key.Key_Down, Key.Key_Space, Key.Key_Return)
    assert table.state.filters == {"city": ("Balikpapan", "Bandung")}
    qtbot.waitUntil(lambda: table.table.model().rowCount() == 60)
    assert desk_of(table).queries[-1].filters == (Among("city", ("Balikpapan", "Bandung")),)
    assert named(window, "filter_city").property("text") == "City: Balikpapan, Bandung"
    assert named(window, "table_foot").property("text").startswith("60 of 300 records, answered in")
    named(window, "clear_filters").setFocus()
    press(table, Key.Key_Return)
    qtbot.waitUntil(lambda: table.table.model().rowCount() == 300)
    assert not window.findChildren(QWidget, "filter_city") or not named_or_none(window, "filter_city")


def named_or_none(parent: QWidget, name: str) -> QWidget | None:
    return next((child for child in parent.findChildren(QWidget, name) if child.isVisible()), None)


def test_that_the_last_contact_filters_by_spans_that_count_from_today(qtbot: QtBot, table: TablePanel) -> None:
    table.state.filter_by("last_contact", ("never",))
    qtbot.waitUntil(lambda: table.table.model().rowCount() == len(range(0, 300, 7)))
    table.state.filter_by("last_contact", ("not_month",))
    qtbot.waitUntil(lambda: isinstance(desk_of(table).queries[-1].filters[0], Between))
    asked = desk_of(table).queries[-1].filters[0]
    assert isinstance(asked, Between)
    assert (asked.first, asked.with_none) == ("", True)


def test_that_nobody_who_fits_says_so_and_gives_a_way_out(qtbot: QtBot, table: TablePanel) -> None:
    window = table.window()
    table.state.filter_by("city", ("Nowhere",))
    qtbot.waitUntil(table.empty.isVisible)
    assert table.empty.words == "No record fits these filters Take one away, or clear them all."
    assert window.focusWidget() is table.empty.clear
    press(table, Key.Key_Return)
    qtbot.waitUntil(table.table.isVisible)
    assert table.table.model().rowCount() == 300


def test_that_the_list_has_no_hidden_filter(qtbot: QtBot, table: TablePanel) -> None:
    table.state.filter_by("city", ("Bandung",))
    qtbot.waitUntil(lambda: table.table.model().rowCount() == 30)
    press(table, Key.Key_Home)
    QTest.keyClick(table.table, Key.Key_Return)
    qtbot.waitUntil(lambda: table.table.model().rowCount() == 300)
    QTest.keyClick(table.window(), Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: table.table.model().rowCount() == 30)


# columns


@pytest.mark.parametrize("text", ["C-1040", "WWWWWWWW", "WAVAToTyLT//", "@" * 12, "Siti Rahayu", "Élan Ömer", "ﷺ ﷺ"])
def test_that_a_text_is_cut_as_its_column_wants_it_however_often_and_is_forgotten_with_its_customers(
    table: TablePanel, text: str
) -> None:
    delegate = table.table.itemDelegate()
    assert isinstance(delegate, TableDelegate)
    look = delegate._look.drawn
    for column in (Column.NAME, Column.NUMBER, Column.CITY):
        _font, metrics, _widest = delegate._font(look, column)
        for _again in range(2):
            for width in range(0, 220, 3):
                wanted = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
                assert delegate._fitting(look, column, text, float(width)) == wanted
    assert 0 < len(delegate._cut) <= KEPT_CUT
    table._model.set_ids(table._model.ids[:1])
    assert not delegate._cut


def test_that_columns_are_chosen_moved_and_drawn_by_keys_and_kept(qtbot: QtBot, table: TablePanel) -> None:
    window, state = table.window(), table.state
    named(window, "table_columns_button").setFocus()
    press(table, Key.Key_Return)
    press(table, Key.Key_Down, Key.Key_Space)
    assert "number" not in state.shown
    assert table.header.isSectionHidden(Column.NUMBER)
    QTest.keyClick(window.focusWidget(), Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    press(table, Key.Key_Return)
    table.header.setFocus()
    press(table, Key.Key_Home, Key.Key_Right)
    before = state.shown
    QTest.keyClick(table.header, Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert state.shown == (before[0], before[2], before[1], *before[3:])
    width = table.header.sectionSize(table.header.current)
    QTest.keyClick(table.header, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert table.header.sectionSize(table.header.current) == width + 16
    key = table._model.keys[table.header.current]
    assert state.widths == {key: width + 16}
    other = TableState(desk_of(table).columns, state._choices, lambda _text: ())
    assert (other.shown, other.widths) == (state.shown, state.widths)
    state.reset()
    assert not table.header.isSectionHidden(Column.NUMBER)


def test_that_a_column_drawn_with_the_mouse_is_kept_and_layout_is_not(table: TablePanel) -> None:
    assert table.state.widths == {}
    header = table.header
    edge = header.sectionViewportPosition(Column.NUMBER) + header.sectionSize(Column.NUMBER) - 1
    viewport = header.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=QPoint(edge, 10))
    QTest.mouseMove(viewport, QPoint(edge + 30, 10))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=QPoint(edge + 30, 10))
    assert set(table.state.widths) <= {"number"}
    table.window().resize(1400, 800)
    assert set(table.state.widths) <= {"number"}


# saved views


def choices() -> Choices:
    return Choices()


def state(kept: Choices, finds: Callable[[str], tuple[object, ...]] = lambda _text: ()) -> TableState:
    return TableState(FakeDesk().columns, kept, finds)


def test_that_a_view_is_saved_and_shown_by_keys(qtbot: QtBot, table: TablePanel) -> None:
    window, of = table.window(), table.state
    of.filter_by("city", ("Bandung",))
    of.sort_by("name")
    named(window, "table_views").setFocus()
    press(table, Key.Key_Return)
    assert window.focusWidget() is named(window, "view_name")
    QTest.keyClicks(window.focusWidget(), "Bandung by name")
    press(table, Key.Key_Return)
    of.clear()
    of.sort_by("number")
    assert window.focusWidget() is named(window, "table_views")
    press(table, Key.Key_Return, Key.Key_Return)
    assert (of.filters, of.sort) == ({"city": ("Bandung",)}, Sort("name"))
    press(table, Key.Key_Return, Key.Key_Delete)
    assert of.views == ()


@pytest.mark.parametrize("name", ["Pak Budi 0812-3456-7890", "kartu 4111 1111 1111 1111", "3273014708850003"])
def test_that_a_name_with_somebody_s_number_is_refused(qtbot: QtBot, table: TablePanel, name: str) -> None:
    window = table.window()
    named(window, "table_views").setFocus()
    press(table, Key.Key_Return)
    edit = window.focusWidget()
    assert isinstance(edit, QLineEdit)
    edit.setText(name)
    press(table, Key.Key_Return)
    error = window.findChild(Message, "view_error")
    assert error is not None
    assert "number" in error.text()
    assert table.state.views == ()
    assert window.focusWidget() is edit


def test_that_a_view_has_no_room_for_search_text_or_anything_of_a_customer(qtbot: QtBot, table: TablePanel) -> None:
    kept = table.state._choices
    QTest.keyClicks(named(table.window(), "table_search"), "Canary Wulandari")
    table.state.sort_by("phone")
    assert table.state.save("Mine") == ""
    (text,) = kept.words("table_views")
    assert "canary" not in text.lower()
    assert "wulandari" not in text.lower()
    assert set(json.loads(text)) == {"name", "filters", "sort", "columns"}


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", '{"name": 4}', '{"name": ""}', '{"name": "a\\u0000b"}', "[" * 100_000,
        '{"name": "x", "filters": {"city": [1]}, "sort": ["city"], "columns": [4]}',
        '{"name": "x", "filters": {"nik": ["1"], "name": ["y"], "last_contact": ["ever"]}, "sort": ["nik", true]}',
    ],
)  # fmt: skip
def test_that_a_view_that_was_tampered_with_filters_by_nothing_unknown(text: str) -> None:
    kept = choices()
    kept.keep("table_views", (text,))
    for view in state(kept).views:
        assert (view.name, dict(view.filters), view.sort, view.columns) == ("x", {}, None, ())


def test_that_twelve_views_are_kept_and_one_of_the_same_name_replaced() -> None:
    of = state(choices())
    for number in range(12):
        assert of.save(f"View {number}") == ""
    assert of.save("One more") == "Twelve views are kept. Remove one first."
    of.sort_by("name")
    assert of.save("view 3") == ""
    assert len(of.views) == 12
    assert of.save("x" * 41) != ""
    assert of.save("  ") != ""


def test_that_a_filter_with_somebody_s_number_is_not_kept() -> None:
    of = state(choices(), lambda text: (1,) if "0812" in text else ())
    of.filter_by("plan", ("0812 3456 7890",))
    assert "not kept" in of.save("Plans")
    assert of.views == ()


# rows


def test_that_letters_go_to_a_name_and_on_to_the_next(qtbot: QtBot, table: TablePanel) -> None:
    table.table.go_to(0)
    QTest.keyClicks(table.table, "to")
    qtbot.waitUntil(lambda: table.table.currentIndex().row() == 9)  # Togar
    table.table._name.forget()
    QTest.keyClicks(table.table, "t")
    qtbot.waitUntil(lambda: table.table.currentIndex().row() == 19)
    assert desk_of(table).asked_rows  # pages, by id
    assert sum(map(len, desk_of(table).asked_rows)) < 300


def test_that_home_end_and_pages_reach_every_row(table: TablePanel) -> None:
    press(table, Key.Key_End)
    assert table.table.currentIndex().row() == 299
    press(table, Key.Key_PageUp)
    assert 250 < table.table.currentIndex().row() < 299
    press(table, Key.Key_Home)
    assert table.table.currentIndex().row() == 0


def test_that_one_row_is_chosen_at_a_time(table: TablePanel) -> None:
    table.table.go_to(3)
    QTest.keyClick(table.table, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(table.table.selectionModel().selectedRows()) == 1
