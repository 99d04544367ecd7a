"""The list of customers counts the places of its rows: as many as there are, a reset asks for none of them."""

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from app.ui.console.customer_list import CustomerList

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
HEIGHT, WIDTH, MANY = 46, 300, 1_000_000
Key = Qt.Key


class Rows(QAbstractTableModel):
    """Rows that count how often they are asked for."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count, self.calls = count, 0

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        self.calls += 1
        return 0 if parent.isValid() else self.count

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        self.calls += 1
        return 7

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        self.calls += 1
        return f"row {index.row()}" if role == Qt.ItemDataRole.DisplayRole else None


class Painted(QStyledItemDelegate):
    """Remembers which rows it painted, and where."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[int, int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(240, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        self.rows[index.row()] = option.rect.top()


class Made:
    """A list with its model and delegate, which Qt does not keep."""

    def __init__(self, count: int) -> None:
        self.rows, self.painted, self.view = Rows(count), Painted(), CustomerList()
        self.view.setModel(self.rows)
        self.view.setItemDelegate(self.painted)
        self.view.setSelectionMode(CustomerList.SelectionMode.SingleSelection)
        self.view.setVerticalScrollMode(CustomerList.ScrollMode.ScrollPerPixel)
        self.view.setFrameShape(CustomerList.Shape.NoFrame)
        self.view.resize(WIDTH, HEIGHT * 10)

    @property
    def row(self) -> int:
        return self.view.currentIndex().row()


@pytest.fixture
def made(qtbot: QtBot) -> Made:
    made = Made(MANY)
    qtbot.addWidget(made.view)
    made.view.show()
    qtbot.waitExposed(made.view)
    return made


def test_that_a_million_rows_come_without_being_asked_for(qtbot: QtBot, made: Made) -> None:
    made.rows.calls = 0
    made.rows.beginResetModel()
    made.rows.endResetModel()
    made.view.executeDelayedItemsLayout()
    assert made.rows.calls < 100
    assert made.view.verticalScrollBar().maximum() == (MANY - 10) * HEIGHT


def test_that_rows_in_sight_are_painted_and_no_others(qtbot: QtBot, made: Made) -> None:
    made.view.scrollToBottom()
    made.painted.rows.clear()
    made.view.viewport().repaint()
    assert made.painted.rows == {MANY - 10 + at: at * HEIGHT for at in range(10)}


def test_that_keys_reach_every_row(made: Made) -> None:
    made.view.setCurrentIndex(made.rows.index(0, 0))
    for key, row in (
        (Key.Key_Down, 1), (Key.Key_Up, 0), (Key.Key_Up, 0), (Key.Key_PageDown, 9), (Key.Key_End, MANY - 1),
        (Key.Key_Down, MANY - 1), (Key.Key_PageUp, MANY - 10), (Key.Key_Home, 0),
    ):  # fmt: skip
        QTest.keyClick(made.view, key)
        assert made.row == row
        assert made.view.viewport().rect().contains(made.view.visualRect(made.view.currentIndex()))
        assert [index.row() for index in made.view.selectedIndexes()] == [row]


def test_that_a_click_takes_the_row_under_it(made: Made) -> None:
    made.view.scrollTo(made.rows.index(500, 0), CustomerList.ScrollHint.PositionAtTop)
    QTest.mouseClick(made.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, HEIGHT * 3 + 5))
    assert made.row == 503
    assert [index.row() for index in made.view.selectedIndexes()] == [503]


def test_that_below_the_last_row_is_nobody(qtbot: QtBot) -> None:
    few = Made(2)
    qtbot.addWidget(few.view)
    assert few.view.indexAt(QPoint(10, HEIGHT + 1)).row() == 1
    assert not few.view.indexAt(QPoint(10, HEIGHT * 2 + 1)).isValid()
    assert few.view.verticalScrollBar().maximum() == 0


def test_that_a_screen_reader_finds_a_list_with_the_row_of_the_focus(made: Made) -> None:
    node = QAccessible.queryAccessibleInterface(made.view)
    assert node.role() == QAccessible.Role.List
    assert node.childCount() == MANY
    row = node.child(MANY - 1)
    assert row.text(QAccessible.Text.Name) == f"row {MANY - 1}"
    made.view.scrollToBottom()
    assert row.rect().height() == HEIGHT


def test_that_letters_ask_for_a_name_and_read_no_row(made: Made) -> None:
    asked: list[str] = []
    made.view.letters.connect(asked.append)
    made.rows.calls = 0
    QTest.keyClicks(made.view, "sa")
    assert asked == ["s", "sa"]
    assert made.rows.calls < 100
