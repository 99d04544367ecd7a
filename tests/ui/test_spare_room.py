"""The room of a bar, where Qt asks for room in the middle of making it."""

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.one_at_a_time import MOST, OneAtATime
from app.ui.widgets.spare_room import SpareRoom

WIDE = 4_000


class Telling(QLabel):
    """A label that says when it is shown."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.tell: Callable[[], object] = list

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        self.tell()


def a_row(qtbot: QtBot) -> tuple[QWidget, QHBoxLayout, Telling, QLabel]:
    bar = QWidget()
    qtbot.addWidget(bar)
    row = QHBoxLayout(bar)
    first, second = Telling("first"), QLabel("second")
    for label in (first, second):
        row.addWidget(label)
    bar.resize(WIDE, 40)
    bar.show()
    qtbot.waitExposed(bar)
    return bar, row, first, second


def test_that_a_group_that_goes_while_another_is_shown_is_gone(qtbot: QtBot) -> None:
    _bar, row, first, second = a_row(qtbot)
    room = SpareRoom(row, [[first], [second]])
    room.fit(1)
    assert first.isHidden()
    assert second.isHidden()
    first.tell = lambda: room.want(1, False)
    room.fit(WIDE)
    assert first.isVisible()
    assert not second.isVisible()
    room.want(1, True)
    assert second.isVisible()


def test_that_a_group_that_is_unwanted_while_it_is_shown_is_gone(qtbot: QtBot) -> None:
    _bar, row, first, second = a_row(qtbot)
    room = SpareRoom(row, [[first], [second]])
    room.fit(1)
    first.tell = lambda: room.want(0, False)
    room.fit(WIDE)
    assert not first.isVisible()
    assert second.isVisible()


def test_that_a_narrower_width_while_a_group_is_shown_counts(qtbot: QtBot) -> None:
    _bar, row, first, second = a_row(qtbot)
    room = SpareRoom(row, [[first], [second]])
    room.fit(1)
    first.tell = lambda: room.fit(1)
    room.fit(WIDE)
    assert not first.isVisible()
    assert not second.isVisible()


def test_that_what_fails_does_not_stop_the_next() -> None:
    done: list[int] = []

    def work() -> None:
        done.append(len(done))
        if len(done) == 1:
            raise ValueError

    settle = OneAtATime(work)
    try:
        settle()
    except ValueError:
        settle()
    assert done == [0, 1]


def test_that_work_which_never_comes_to_rest_does_not_hold_the_window() -> None:
    done: list[int] = []

    def work() -> None:
        done.append(len(done))
        settle()

    settle = OneAtATime(work)
    settle()
    assert len(done) == MOST
    settle()
    assert len(done) == 2 * MOST
