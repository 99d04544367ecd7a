"""The table of a workspace's list: a line to find in, the table, a foot that counts, and words where nothing fits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme.fonts import BODY, FIGURES, SMALL, Weight
from app.ui.theme.icons import draw_icon
from app.ui.theme.look import Look
from app.ui.widgets.column_room import ColumnRoom
from app.ui.widgets.labels import text_label
from app.ui.widgets.listed_model import ITEM_ROLE, Listed, ListedModel
from app.ui.widgets.nothing_here import NothingHere
from app.ui.widgets.tables import dress_table, paint_ground
from app.ui.words import number

ROW = 32
LEAST = 104
"""Width of the column that takes what is left, at least: the beginning of a name, which the drawer has whole."""
_LONGEST = 200
T = TypeVar("T")
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class TableWords:
    """What a table says, in the person's language.

    Attributes:
        find: shown where words are typed.
        finding: the accessible name of that.
        table: the accessible name of the table.
        nothing: that nothing fits.
        all: the button that shows everything again.
        count: of the foot, with `{n}` and `{total}`.
    """

    find: str
    finding: str
    table: str
    nothing: str
    all: str
    count: str


class ListedDelegate(QStyledItemDelegate, Generic[T]):
    """One line per item; how it stands has a sign. The current row is lit: it is the one that the drawer shows."""

    def __init__(self, look: Look, table: QTableView, listed: Listed[T]) -> None:
        super().__init__(table)
        self._look, self._table, self._listed = look, table, listed

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 (Qt's name)
        """Rows of 32."""
        return QSize(80, self._look.row(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        selected = index.row() == self._table.currentIndex().row()
        paint_ground(painter, self._look, rect, is_current=selected, has_bar=index.column() == 0)
        item = index.data(ITEM_ROLE)
        if item is not None:
            self._paint_cell(painter, rect.adjusted(12 if index.column() == 0 else 10, 0, -8, 0), item, index)
        painter.restore()

    def _paint_cell(self, painter: QPainter, rect: QRectF, item: T, index: _Index) -> None:
        is_first, is_last = index.column() == 0, index.column() == len(self._listed.columns) - 1
        font = self._look.font(BODY, Weight.MEDIUM if is_first else Weight.REGULAR)
        ink = self._listed.ink(item) if is_first else "ink2"
        if is_last:
            sign, ink = self._listed.sign(item)
            edge = self._look.px(14)
            place = QRectF(rect.left(), rect.center().y() - edge / 2, edge, edge)
            draw_icon(painter, sign, self._look.colour(ink), place)
            rect = rect.adjusted(edge + 6, 0, 0, 0)
            ink = "ink2" if ink in ("ok", "ink3") else ink
        painter.setFont(font)
        painter.setPen(self._look.colour(ink))
        shown = QFontMetricsF(font).elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class ListedTable(QWidget, Generic[T]):
    """Filter, table, foot.

    Signals:
        chosen: the key of the current row's item.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, listed: Listed[T], name: str, widths: Mapping[int, int], stretched: int) -> None:
        """Show nothing yet.

        Args:
            look: fonts and colours.
            listed: what is shown of an item.
            name: begins the names of its parts.
            widths: of the columns, px of the design.
            stretched: the column that takes what is left.
        """
        super().__init__()
        self._look, self._listed = look, listed
        words = self.say()
        self.model = ListedModel(listed, self)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = self._make_head(name, words)
        self.make_more(head)
        column.addLayout(head)
        self.table = self._make_table(name, words, widths, stretched)
        column.addWidget(self.table, 1)
        self.empty = NothingHere(look, name=f"{name}s_empty")
        self.empty.taken.connect(self._clear)
        self.empty.hide()
        column.addWidget(self.empty, 1)
        self._foot = text_label(look, "", ink="ink2", size=SMALL, features=FIGURES)
        self._foot.setContentsMargins(12, 6, 12, 6)
        column.addWidget(self._foot)

    # what a list has of its own ------------------------------------------------------------------------------------
    def say(self) -> TableWords:
        """What it says."""
        raise NotImplementedError

    def make_more(self, head: QHBoxLayout) -> None:
        """Put more beside the line to find in."""

    def narrowed(self) -> Callable[[T], bool] | None:
        """What an item must be besides having the words; None for nothing."""
        return None

    def widen(self) -> None:
        """Want nothing in particular."""

    # parts ---------------------------------------------------------------------------------------------------------
    def _make_head(self, name: str, words: TableWords) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(12, 12, 12, 10)
        head.setSpacing(8)
        self.search = QLineEdit()
        self.search.setObjectName(f"{name}_search")
        self.search.setFont(self._look.font())
        self.search.setMaxLength(_LONGEST)
        self.search.setPlaceholderText(words.find)
        self.search.setAccessibleName(words.finding)
        self.search.textChanged.connect(lambda _text: self.look_for())
        self.search.returnPressed.connect(self._on_search_entered)
        head.addWidget(self.search, 1)
        return head

    def _make_table(self, name: str, words: TableWords, widths: Mapping[int, int], stretched: int) -> QTableView:
        table = QTableView()
        table.setObjectName(f"{name}_table")
        table.setAccessibleName(words.table)
        table.setModel(self.model)
        table.setItemDelegate(ListedDelegate(self._look, table, self._listed))
        dress_table(table, self._look, ROW, widths, stretched)
        fixed = {at: width for at, width in widths.items() if at != stretched}
        ColumnRoom(table, self._look, fixed, (stretched,), LEAST)
        table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        for signal in (table.clicked, table.activated):  # the row is the current one already: the drawer shows another
            signal.connect(lambda index: self._on_row_changed(index, index))
        return table

    def _on_search_entered(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)  # which makes a row the current one
        self._on_row_changed(self.table.currentIndex(), self.table.currentIndex())

    def _on_row_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.table.viewport().update()
        item = self.model.at(current.row())
        if item is not None:
            self.chosen.emit(self._listed.key(item))

    # showing -------------------------------------------------------------------------------------------------------
    def look_for(self) -> None:
        """Show what fits now; the current row stays, if it does."""
        current = self.current()
        self.model.look_for(self.search.text(), self.narrowed())
        self._say_count()
        if current:
            self.select(current)

    def _clear(self) -> None:
        """Look for nothing in particular."""
        self.search.clear()
        self.widen()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def current(self) -> str:
        """The key of the current row's item, or empty."""
        item = self.model.at(self.table.currentIndex().row())
        return self._listed.key(item) if item is not None else ""

    def show_items(self, items: tuple[T, ...]) -> None:
        """Take another listing; the current row stays."""
        current, place = self.current(), self.table.verticalScrollBar().value()
        self.model.show(items)
        self._say_count()
        if current:
            self.select(current)
        self.table.verticalScrollBar().setValue(place)

    def select(self, key: str) -> None:
        """Make an item's row the current one, without telling anybody."""
        row = self.model.row_of(key)
        selection = self.table.selectionModel()
        blocked = selection.blockSignals(True)
        self.table.setCurrentIndex(self.model.index(row, 0) if row >= 0 else QModelIndex())
        selection.blockSignals(blocked)
        self.table.viewport().update()

    def _say_count(self) -> None:
        """Say how many fit; where nothing does, say that instead. Before the first listing nothing is said."""
        is_wanted = bool(self.search.text().strip()) or self.narrowed() is not None
        is_empty = is_wanted and not self.model.rowCount()
        self.table.setVisible(not is_empty)
        words = self.say()  # in the language that is spoken now
        self.empty.say(words.nothing if is_empty else "", words.all)
        counts = {"n": number(self.model.rowCount()), "total": number(self.model.total)}
        self._foot.setText(words.count.format(**counts))
