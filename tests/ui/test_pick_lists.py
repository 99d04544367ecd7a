"""The lists in popovers show their current line as every other list does: a tint and a bar, never the solid accent."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from app.ui.audit.filter_popover import ChoiceList
from app.ui.audit.filters import By
from app.ui.table.pick_list import PickList
from app.ui.theme.look import Look

THEMES = ["contrast", "dark", "light"]


def lists(theme: str, qtbot: QtBot) -> list[QListWidget]:
    look = Look.of(theme)
    picked = PickList(look, "columns", "Columns")
    picked.fill([("name", "Name"), ("city", "City"), ("queue", "Queue")], ("name", "city"))
    shown: list[QListWidget] = [picked, ChoiceList(look, By.OUTCOME, "")]
    for each in shown:
        qtbot.addWidget(each)
        each.resize(260, each.height())
        each.show()
    return shown


def colour_at(shown: QListWidget, line: int, from_right: int) -> QColor:
    rect = shown.visualItemRect(shown.item(line))
    return (
        shown.grab().toImage().pixelColor(shown.viewport().pos() + QPoint(rect.right() - from_right, rect.center().y()))
    )


@pytest.mark.parametrize("theme", THEMES)
def test_that_the_current_line_is_tinted_as_in_other_lists(theme: str, qtbot: QtBot) -> None:
    tint = Look.of(theme).colour("selected").rgb()
    for shown in lists(theme, qtbot):
        assert colour_at(shown, 0, 10).rgb() == tint
        assert colour_at(shown, 1, 10).rgb() != tint
        shown.setCurrentRow(1)
        assert (colour_at(shown, 0, 10).rgb() == tint, colour_at(shown, 1, 10).rgb() == tint) == (False, True)


@pytest.mark.parametrize("theme", THEMES)
def test_that_the_current_line_begins_with_a_bar(theme: str, qtbot: QtBot) -> None:
    bar = Look.of(theme).colour("accent").rgb()
    for shown in lists(theme, qtbot):
        width = shown.visualItemRect(shown.item(0)).width()
        assert colour_at(shown, 0, width - 2).rgb() == bar
        assert colour_at(shown, 1, width - 2).rgb() != bar
