"""The table of accounts with its filter line and foot."""

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

from app.session.accounts import Account, AccountState
from app.ui.accounts.account_model import ACCOUNT_ROLE, AccountModel, Column
from app.ui.accounts.words import state_sign
from app.ui.console.search_bar import Picker
from app.ui.theme.fonts import BODY, FIGURES, SMALL, Weight
from app.ui.theme.icons import draw_icon
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label
from app.ui.widgets.nothing_here import NothingHere
from app.ui.widgets.tables import dress_table, paint_ground
from app.ui.words import number

ROW = 32
_WIDTHS = {Column.ACCOUNT: 142, Column.ROLE: 152, Column.QUEUES: 132, Column.LAST: 116, Column.STATE: 160}
_Index = QModelIndex | QPersistentModelIndex


class AccountDelegate(QStyledItemDelegate):
    """One line per account; the state has a sign. The current row is lit: it is the one that the drawer shows."""

    def __init__(self, look: Look, table: QTableView) -> None:
        super().__init__(table)
        self._look, self._table = look, table

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
        account = index.data(ACCOUNT_ROLE)
        if isinstance(account, Account):
            self._paint_cell(painter, rect.adjusted(12 if index.column() == 0 else 10, 0, -8, 0), account, index)
        painter.restore()

    def _paint_cell(self, painter: QPainter, rect: QRectF, account: Account, index: _Index) -> None:
        column, ink = Column(index.column()), "ink2"
        font = self._look.font(BODY, Weight.MEDIUM if column is Column.PERSON else Weight.REGULAR)
        if column is Column.PERSON:
            ink = "ink3" if account.state is AccountState.CLOSED else "ink"
        if column is Column.STATE:
            sign, ink = state_sign(account)
            edge = self._look.px(14)
            place = QRectF(rect.left(), rect.center().y() - edge / 2, edge, edge)
            draw_icon(painter, sign, self._look.colour(ink), place)
            rect = rect.adjusted(edge + 6, 0, 0, 0)
            ink = "ink2" if ink in ("ok", "ink3") else ink
        painter.setFont(font)
        painter.setPen(self._look.colour(ink))
        shown = QFontMetricsF(font).elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class AccountTable(QWidget):
    """Filter, table, foot.

    Signals:
        chosen: the account of the current row.
        new_wanted: somebody wants to make an account.
    """

    chosen = Signal(str)
    new_wanted = Signal()

    def __init__(self, look: Look, *, may_make: bool) -> None:
        super().__init__()
        self.model = AccountModel(self)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_head(look, may_make))
        self.table = self._make_table(look)
        column.addWidget(self.table, 1)
        self.empty = NothingHere(look, name="accounts_empty")
        self.empty.taken.connect(self._clear)
        self.empty.hide()
        column.addWidget(self.empty, 1)
        self._foot = text_label(look, "", ink="ink2", size=SMALL, features=FIGURES)
        self._foot.setContentsMargins(12, 6, 12, 6)
        column.addWidget(self._foot)

    def _make_head(self, look: Look, may_make: bool) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(12, 12, 12, 10)
        head.setSpacing(8)
        self.search = QLineEdit()
        self.search.setObjectName("account_search")
        self.search.setFont(look.font())
        self.search.setMaxLength(200)
        self.search.setPlaceholderText(self.tr("Person, account, role, queue"))
        self.search.setAccessibleName(self.tr("Find accounts by person, account, role or queue"))
        self.search.textChanged.connect(lambda _text: self._look_for())
        self.search.returnPressed.connect(self._on_search_entered)
        head.addWidget(self.search, 1)
        self.state = Picker(look)
        self.state.setObjectName("account_state")
        self.state.setAccessibleName(self.tr("State"))
        for text, state in (
            (self.tr("All states"), None),
            (self.tr("Active"), AccountState.ACTIVE),
            (self.tr("Invited"), AccountState.INVITED),
            (self.tr("Reset"), AccountState.RESET),
            (self.tr("Closed"), AccountState.CLOSED),
        ):
            self.state.addItem(text, state)
        self.state.setMinimumWidth(look.px(140))
        self.state.currentIndexChanged.connect(lambda _index: self._look_for())
        head.addWidget(self.state)
        self.new = Button(look, self.tr("New account"), "primary", icon="user-plus", name="new_account")
        self.new.clicked.connect(self.new_wanted)
        head.addWidget(self.new)
        if not may_make:  # never shown before it has a place: it would be a window of its own
            self.new.hide()
        return head

    def _make_table(self, look: Look) -> QTableView:
        table = QTableView()
        table.setObjectName("account_table")
        table.setAccessibleName(self.tr("Accounts"))
        table.setModel(self.model)
        table.setItemDelegate(AccountDelegate(look, table))
        dress_table(table, look, ROW, _WIDTHS, Column.PERSON)
        table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        for signal in (table.clicked, table.activated):  # the row is the current one already: the drawer shows another
            signal.connect(lambda index: self._on_row_changed(index, index))
        return table

    def _on_search_entered(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)  # which makes a row the current one
        self._on_row_changed(self.table.currentIndex(), self.table.currentIndex())

    def _on_row_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.table.viewport().update()
        account = self.model.account(current.row())
        if account is not None:
            self.chosen.emit(account.account)

    def _look_for(self) -> None:
        state = self.state.currentData()
        current = self.current()
        self.model.look_for(self.search.text(), AccountState(state) if state else None)
        self._say_count()
        if current:
            self.select(current)

    def _clear(self) -> None:
        """Look for nothing in particular, in every state."""
        self.search.clear()
        self.state.setCurrentIndex(0)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_empty(self) -> None:
        """Nobody fits what is looked for; before the first listing nothing is said."""
        wanted = bool(self.search.text().strip()) or self.state.currentIndex() > 0
        is_empty = wanted and not self.model.rowCount()
        self.table.setVisible(not is_empty)
        words = self.tr("No account fits. Check the spelling, or look in all states.")
        self.empty.say(words if is_empty else "", self.tr("Show all accounts"))

    def current(self) -> str:
        """The account of the current row, or empty."""
        account = self.model.account(self.table.currentIndex().row())
        return account.account if account is not None else ""

    def show_accounts(self, accounts: tuple[Account, ...]) -> None:
        """Take another listing; the current row stays."""
        current, place = self.current(), self.table.verticalScrollBar().value()
        self.model.show(accounts)
        self._say_count()
        if current:
            self.select(current)
        self.table.verticalScrollBar().setValue(place)

    def select(self, name: str) -> None:
        """Make an account's row the current one, without telling anybody."""
        row = self.model.row_of(name)
        selection = self.table.selectionModel()
        blocked = selection.blockSignals(True)
        self.table.setCurrentIndex(self.model.index(row, 0) if row >= 0 else QModelIndex())
        selection.blockSignals(blocked)
        self.table.viewport().update()

    def _say_count(self) -> None:
        self._show_empty()
        text = self.tr("{n} of {total} accounts")
        self._foot.setText(text.format(n=number(self.model.rowCount()), total=number(self.model.total)))
