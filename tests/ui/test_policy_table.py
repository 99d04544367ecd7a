"""Cells of a table that wraps: a text that is wider than its column goes on in a second line, whole."""

import pytest
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from app.ui.policy.policy_table import Line, PolicyTable
from app.ui.theme.look import Look
from tests.ui.walk import painted_cuts

LONG = "Waits for a second person"


@pytest.mark.parametrize(("wraps", "cuts"), [(True, []), (False, [f"painted: {LONG}"])])
def test_that_a_text_wider_than_its_column_goes_on_in_a_second_line(
    wraps: bool, cuts: list[str], qtbot: QtBot, look: Look
) -> None:
    width = round(QFontMetricsF(look.font()).horizontalAdvance(LONG))
    table = PolicyTable(look, "table", "Table", ("Name", "State"), {1: width}, wraps=wraps)
    qtbot.addWidget(table)
    table.show_lines((Line("one", ("Name", LONG)), Line("other", ("Name", "Two\nlines"))))
    table.resize(3 * width, 200)
    table.show()
    found: list[str] = []
    with painted_cuts(found):
        table.grab()
    assert sorted(set(found)) == cuts
