"""Where popovers stand: below their anchor, above it, or at its side; never over the bars of the window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme.look import Look
from app.ui.widgets.popover import BOTTOM_BAR, GAP, MARGIN, TOP_BAR, Popover

WIDTH, HEIGHT, BAR, HIGH = 1180, 640, 40, 300


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    window.resize(WIDTH, HEIGHT)
    for name, top in ((TOP_BAR, 0), (BOTTOM_BAR, HEIGHT - BAR)):
        bar = QWidget(window)
        bar.setObjectName(name)
        bar.setGeometry(0, top, WIDTH, BAR)
    window.show()
    yield window
    window.close()


def opened(look: Look, window: QWidget, row: QRect, high: int = HIGH, *clear: QRect) -> QRect:
    """Where a popover of 440 and so high stands that belongs to this row, and is to keep clear of these in it."""
    anchor = QWidget(window)
    anchor.setGeometry(row)
    anchor.show()
    popover = Popover(look, anchor, 440)
    popover.column.setContentsMargins(0, 0, 0, 0)
    inside = QWidget()
    inside.setFixedHeight(high)
    popover.column.addWidget(inside)
    parts = [QWidget(anchor) for _part in clear]
    for part, place in zip(parts, clear, strict=True):
        part.setGeometry(place)
        part.show()
    popover.keep_clear(*parts)
    popover.unfold()
    return popover.geometry()


def test_that_it_stands_below_its_row_and_above_it_where_there_is_no_room(look: Look, window: QWidget) -> None:
    row = QRect(320, 100, 480, 30)
    below = opened(look, window, row)
    assert (below.top(), below.right()) == (row.bottom() + GAP, row.right() - 1)
    row.moveTop(500)
    assert opened(look, window, row).bottom() == row.top() - GAP - 1


@pytest.mark.parametrize(("left", "at_right"), [(320, True), (600, False)])
def test_that_it_stands_at_the_side_where_it_covers_least_of_its_row(
    look: Look, window: QWidget, left: int, at_right: bool
) -> None:
    row = QRect(left, 300, 480, 30)
    place = opened(look, window, row, 420)
    assert place.left() == (WIDTH - 440 - MARGIN if at_right else row.left() - GAP - 440)
    assert place.top() >= BAR + MARGIN
    assert place.bottom() < HEIGHT - BAR - MARGIN


def test_that_at_the_side_it_leaves_the_action_of_its_row_visible(look: Look, window: QWidget) -> None:
    row, action = QRect(320, 300, 480, 30), QRect(390, 0, 90, 30)
    assert opened(look, window, row, 420).right() > row.left() + action.left(), "the control: it would be covered"
    place = opened(look, window, row, 420, action)
    assert place.left() == MARGIN
    assert not place.intersects(action.translated(row.topLeft()))


def test_that_at_the_side_the_name_of_its_row_counts_more_than_its_action(look: Look, window: QWidget) -> None:
    row, name, action = QRect(320, 300, 480, 30), QRect(10, 0, 140, 30), QRect(390, 0, 90, 30)
    assert opened(look, window, row, 420, action).intersects(name.translated(row.topLeft())), "the control: covered"
    place = opened(look, window, row, 420, name, action)
    assert not place.intersects(name.translated(row.topLeft()))


def test_that_one_which_is_too_high_for_all_between_the_bars_is_whole_all_the_same(look: Look, window: QWidget) -> None:
    place = opened(look, window, QRect(320, 300, 480, 30), 600)
    assert window.rect().contains(place)
    assert place.top() >= MARGIN
