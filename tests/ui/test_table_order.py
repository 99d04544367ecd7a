"""A column of a large table is made ready beside everything else; the foot says how far, Stop leaves what is shown."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.domain.table_query import Sort
from app.ui.console.screen import ConsoleScreen
from app.ui.console.table_panel import TablePanel
from tests.ui.conftest import Signed, named
from tests.ui.fake_desk import FakeDesk

Make = Callable[..., Signed]
Key = Qt.Key
SHOWN = "300 of 300 records, answered in"


@pytest.fixture
def desk() -> FakeDesk:
    desk = FakeDesk(count=300)
    desk.unordered = {"city", "phone"}
    return desk


@pytest.fixture
def screen(qtbot: QtBot, console: Make, desk: FakeDesk) -> ConsoleScreen:
    screen = console(desk).window.console
    assert screen is not None
    screen.switch_face()
    qtbot.waitUntil(lambda: foot(screen.table_panel).startswith(SHOWN))
    return screen


@pytest.fixture
def table(screen: ConsoleScreen) -> TablePanel:
    return screen.table_panel


def foot(panel: TablePanel) -> str:
    return panel.foot.label.text()


def header(panel: TablePanel, key: str) -> str:
    return str(panel._model.headerData(panel._model.keys.index(key), Qt.Orientation.Horizontal))


def first(panel: TablePanel) -> int:
    return panel._model.ids[0]


def begin(qtbot: QtBot, panel: TablePanel, key: str = "city") -> None:
    """Sort by a column, until the foot says how far it is."""
    panel.state.sort_by(key)
    qtbot.waitUntil(lambda: panel.foot.bar.isVisible() and panel.foot.bar.value() >= 3)


def test_that_the_foot_says_what_and_how_far_and_then_the_rows_are_sorted(
    qtbot: QtBot, table: TablePanel, desk: FakeDesk
) -> None:
    begin(qtbot, table)
    assert foot(table) == "Making “City” ready to sort and filter"
    assert table.foot.bar.maximum() == 100
    assert (header(table, "city"), first(table)) == ("City", 0), "until then it shows the order of before"
    desk.may_make.set()
    qtbot.waitUntil(lambda: header(table, "city") == "City ↑" and first(table) != 0)
    qtbot.waitUntil(lambda: foot(table).startswith(SHOWN))
    assert not table.foot.is_making
    assert desk.making == ["city"]


def test_that_searches_and_cards_are_answered_meanwhile(
    qtbot: QtBot, screen: ConsoleScreen, table: TablePanel, desk: FakeDesk
) -> None:
    begin(qtbot, table)
    table.search.edit.setText("togar")
    qtbot.waitUntil(lambda: table._model.rowCount() == 30)
    screen.show_customer(first(table))
    qtbot.waitUntil(lambda: screen.card.customer is not None)
    assert table.foot.is_making
    desk.may_make.set()
    qtbot.waitUntil(lambda: header(table, "city") == "City ↑")
    assert table._model.rowCount() == 30, "the search of meanwhile holds"


@pytest.mark.parametrize("way", ["esc", "button"])
def test_that_a_stop_leaves_the_order_that_was_shown(qtbot: QtBot, table: TablePanel, desk: FakeDesk, way: str) -> None:
    table.state.sort_by("name")
    qtbot.waitUntil(lambda: first(table) != 0)
    shown = list(table._model.ids)
    begin(qtbot, table)
    if way == "esc":
        QTest.keyClick(table.window(), Key.Key_Escape)
    else:
        stop = named(table.window(), "table_stop")
        assert isinstance(stop, QPushButton)
        stop.setFocus()
        QTest.keyClick(stop, Key.Key_Space)
        assert table.window().focusWidget() is table.table, "who stopped by keys is in the rows"
    assert not table.foot.is_making
    assert table.state.sort == Sort("name")
    qtbot.waitUntil(lambda: foot(table).startswith(SHOWN))
    assert (header(table, "name"), list(table._model.ids)) == ("Name ↑", shown)
    assert "city" in desk.unordered


def test_that_a_stop_takes_the_chip_of_a_filter_away_again(qtbot: QtBot, table: TablePanel, desk: FakeDesk) -> None:
    table.state.filter_by("city", ("Bandung",))
    qtbot.waitUntil(table.foot.stop.isVisible)
    assert "city" in table.bar._chips
    QTest.keyClick(table.window(), Key.Key_Escape)
    assert (table.state.filters, table.bar._chips) == ({}, {})
    assert table._model.rowCount() == 300


def test_that_another_order_meanwhile_is_the_one_that_counts(qtbot: QtBot, table: TablePanel, desk: FakeDesk) -> None:
    begin(qtbot, table)
    table.state.sort_by("phone")
    qtbot.waitUntil(lambda: desk.making == ["city", "phone"])
    qtbot.waitUntil(lambda: "phone" in foot(table).lower())
    desk.may_make.set()
    qtbot.waitUntil(lambda: header(table, "phone").endswith("↑"))
    assert "city" in desk.unordered, "nobody waited for it any more"
    table.state.sort_by("number")
    qtbot.waitUntil(lambda: header(table, "number") == "Number ↑")


def test_that_the_values_of_a_filter_come_when_they_are_ready(
    qtbot: QtBot, screen: ConsoleScreen, table: TablePanel, desk: FakeDesk
) -> None:
    screen.commands.run("table_filter")
    QTest.keyClick(table.window().focusWidget(), Key.Key_Return)  # the first is the city
    values = named(table.window(), "filter_values_popover")
    qtbot.waitUntil(lambda: table.foot.is_making)
    desk.may_make.set()
    qtbot.waitUntil(lambda: named(values, "filter_values").isVisible())
    qtbot.waitUntil(lambda: not table.foot.is_making)


def test_that_a_column_that_is_being_made_in_advance_tells_who_comes_to_wait_for_it(
    qtbot: QtBot, table: TablePanel, desk: FakeDesk
) -> None:
    ordering = table_screen(table).flow.table.ordering
    qtbot.waitUntil(lambda: desk.prepared == list(table.state.shown) and not ordering._now)
    desk.prepare_column = desk.make_order  # type: ignore[method-assign]
    ordering.prepare(["name", "city", "phone"])
    qtbot.waitUntil(lambda: desk.making == ["name"])
    assert not table.foot.is_making, "nobody waits"
    begin(qtbot, table)
    assert desk.making == ["name", "city"], "what somebody waits for goes first"
    desk.may_make.set()
    qtbot.waitUntil(lambda: desk.making == ["name", "city", "name", "phone"])
    desk.may_make.clear()
    desk.making.clear()
    desk.unordered = {"city", "phone"}
    ordering.prepare(["city"])
    qtbot.waitUntil(lambda: desk.making == ["city"])
    table.state.sort_by("number")
    table.state.sort_by("city")
    qtbot.waitUntil(lambda: table.foot.is_making)
    assert desk.making == ["city"], "it is not begun anew"
    desk.may_make.set()
    qtbot.waitUntil(lambda: header(table, "city") == "City ↑")


def test_that_a_sync_meanwhile_keeps_what_is_shown(
    qtbot: QtBot, screen: ConsoleScreen, table: TablePanel, desk: FakeDesk
) -> None:
    table.state.sort_by("name")
    qtbot.waitUntil(lambda: first(table) != 0)
    begin(qtbot, table)
    gone = first(table)
    desk.left.add(gone)
    screen.syncing.now()
    qtbot.waitUntil(lambda: gone not in table._model.ids)
    QTest.keyClick(table.window(), Key.Key_Escape)
    assert table.state.sort == Sort("name")
    qtbot.waitUntil(lambda: header(table, "name") == "Name ↑")


def test_that_a_lock_ends_it(qtbot: QtBot, screen: ConsoleScreen, table: TablePanel, desk: FakeDesk) -> None:
    begin(qtbot, table)
    with qtbot.waitSignal(screen.locked):
        screen.leaving.lock_by_hand()
    stop = screen.flow.table.ordering._stop
    assert stop.is_set(), "its thread holds the process no longer"
    assert "city" in desk.unordered
    screen.flow.table.ordering.need(["phone"])
    assert desk.making == ["city"], "nothing is begun any more"


def test_that_what_fails_says_so_and_gives_the_foot_back(qtbot: QtBot, table: TablePanel, desk: FakeDesk) -> None:
    def fail(*_asked: object) -> None:
        raise OSError("disk")

    desk.make_order = fail  # type: ignore[method-assign, assignment]
    with qtbot.waitSignal(table_screen(table).flow.failed):
        table.state.sort_by("city")
    assert not table.foot.is_making
    qtbot.waitUntil(lambda: foot(table).startswith(SHOWN))


def table_screen(panel: TablePanel) -> ConsoleScreen:
    screen = panel.window().findChild(ConsoleScreen)
    assert screen is not None
    return screen


def test_that_filters_that_are_cleared_with_an_order_that_has_to_wait_are_gone_at_once(
    qtbot: QtBot, table: TablePanel, desk: FakeDesk
) -> None:
    table.state.filter_by("plan", ("Nobody has this plan",))
    qtbot.waitUntil(table.empty.isVisible)
    table.state.clear()
    begin(qtbot, table)
    qtbot.waitUntil(lambda: table._model.rowCount() == 300)
    assert table.table.isVisible()
    assert table.foot.is_making, "the order is still being made"
    QTest.keyClick(table.window(), Key.Key_Escape)
    assert (table.state.filters, table.state.sort) == ({}, None), "the stop is about the order alone"
    qtbot.waitUntil(lambda: foot(table).startswith(SHOWN))


def test_that_nothing_is_said_of_filters_that_nobody_has_asked_for_yet(
    qtbot: QtBot, table: TablePanel, desk: FakeDesk
) -> None:
    table.state.filter_by("plan", ("Nobody has this plan",))
    qtbot.waitUntil(table.empty.isVisible)
    table.state.come_back({"city": ("Bandung",)}, None)
    qtbot.waitUntil(lambda: table.foot.is_making)
    assert not table.empty.isVisible(), "these filters may fit somebody"
    desk.may_make.set()
    qtbot.waitUntil(lambda: 0 < table._model.rowCount() < 300)
    assert table.table.isVisible()


def test_that_an_order_that_could_not_be_made_leaves_filters_and_rows_of_one_question(
    qtbot: QtBot, table: TablePanel, desk: FakeDesk
) -> None:
    def fail(*_asked: object) -> None:
        raise OSError("disk")

    desk.make_order = fail  # type: ignore[method-assign, assignment]
    with qtbot.waitSignal(table_screen(table).flow.failed):
        table.state.sort_by("city")
    assert table.state.sort is None, "no arrow over rows that are in no order"
