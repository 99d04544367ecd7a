"""A narrow table: the column that takes what is left keeps its least width, and none goes out of sight."""

import pytest
from pytestqt.qtbot import QtBot

from app.ui.policy.policy_table import PolicyTable
from app.ui.theme.look import Look
from app.ui.widgets.column_room import KEPT_LEAST, REST_LEAST, shrunk

WIDTHS = {0: 190, 2: 112, 3: 164, 4: 150}
HEADINGS = ("Request", "Customer", "Received", "Clock", "State")


@pytest.mark.parametrize(
    ("wanted", "room", "part"), [(600, 600, 1.0), (600, 700, 1.0), (600, 480, 0.8), (600, 100, KEPT_LEAST), (0, 0, 1.0)]
)
def test_that_columns_give_way_by_their_share_and_keep_the_most_of_it(wanted: int, room: int, part: float) -> None:
    assert shrunk(wanted, room) == pytest.approx(part)


def table_of(qtbot: QtBot, look: Look, width: int) -> PolicyTable:
    table = PolicyTable(look, "narrow", "Narrow", HEADINGS, WIDTHS, wraps=True)
    qtbot.addWidget(table)
    table.resize(width, 300)
    table.show()
    qtbot.waitExposed(table)
    return table


def test_that_all_columns_of_a_narrow_table_are_in_sight(qtbot: QtBot, look: Look) -> None:
    table = table_of(qtbot, look, 590)
    assert table.columnWidth(1) >= look.px(REST_LEAST) - 2
    assert table.horizontalHeader().length() <= table.viewport().width()
    assert not table.horizontalScrollBar().maximum()


def test_that_columns_have_their_widths_again_in_a_wide_one(qtbot: QtBot, look: Look) -> None:
    table = table_of(qtbot, look, 590)
    assert table.columnWidth(0) < look.px(190)
    table.resize(1100, 300)
    qtbot.waitUntil(lambda: table.columnWidth(0) == look.px(190))
    assert [table.columnWidth(at) for at in WIDTHS] == [look.px(width) for width in WIDTHS.values()]
