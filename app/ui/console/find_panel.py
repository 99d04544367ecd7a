"""The find panel: the list face of the customers found, beside the card."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout

from app.domain.whole_value import Looks, looks_like
from app.ui.console.customer_delegates import LIST_ROW, ListDelegate
from app.ui.console.customer_list import CustomerList
from app.ui.console.customer_model import Column, CustomerModel
from app.ui.console.face import Face
from app.ui.console.next_line import NextLine
from app.ui.console.search_bar import SearchBar
from app.ui.console.waiting_list import WaitingList
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.labels import text_label
from app.ui.widgets.nothing_here import NothingHere
from app.ui.widgets.view_ring import rings_its_row, says_for
from app.ui.words import number, one_or_many


class FindPanel(Face):
    """Search, queue, who waits, what was found, who comes next.

    Return goes to the card, which shows the current row already.

    Signals:
        chosen: the id of the customer whose card is wanted.
    """

    chosen = Signal(int)

    def __init__(self, look: Look, model: CustomerModel, queues: Sequence[str]) -> None:
        view = CustomerList()
        super().__init__(model, SearchBar(look, queues), view, "bg")
        self.list = view
        self.column.setContentsMargins(8, 12, 2, 0)
        self.search.setContentsMargins(4, 0, 10, 0)
        self.column.addWidget(self.search)
        self.column.addSpacing(12)
        self.waiting, self.next = WaitingList(look), NextLine(look)
        self.column.addWidget(self.waiting)
        self._add_head(look)
        self._has_nobody = False
        self._empty = NothingHere(look, is_list=True, name="find_empty")
        self._empty.taken.connect(self._look_wider)
        self._empty.hide()
        self.column.addWidget(self._empty)
        self._dress_list(look)
        rings_its_row(self.list)
        says_for(self.list, self._empty)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.next)
        self.setTabOrder(self.waiting.list, self.list)

    def _add_head(self, look: Look) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 16, 0)
        self._count = text_label(look, "", ink="ink2", size=SMALL, weight=Weight.SEMIBOLD, features=FIGURES)
        self._count.setObjectName("found_count")
        self._speed = text_label(look, "", ink="ink3", size=SMALL, features=FIGURES)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._speed)
        self.column.addLayout(head)
        self.column.addSpacing(6)

    def _dress_list(self, look: Look) -> None:
        view = self.list
        view.setObjectName("customer_list")
        view.setAccessibleName(self.tr("Customers found"))
        view.setModelColumn(int(Column.NAME))
        view.setItemDelegate(ListDelegate(look, view))
        view.setMouseTracking(True)
        view.setVerticalScrollMode(CustomerList.ScrollMode.ScrollPerPixel)
        view.verticalScrollBar().setSingleStep(LIST_ROW // 2)
        view.selectionModel().currentChanged.connect(lambda current, _previous: self._on_current(current))
        view.clicked.connect(self._on_current)

    def show_found(self, count: int, ms: float, *, asked: bool) -> None:
        """Say how many were found and how long it took; say what to do where there are none."""
        words = one_or_many(count, self.tr("{n} customer"), self.tr("{n} customers"))
        words = self.tr("{n} found") if asked else words
        self._count.setText(words.format(n=number(count)))
        self._speed.setText(self.tr("in {ms} ms").format(ms=max(1, round(ms))) if asked else "")
        self._has_nobody = self._has_nobody and count == 0
        if asked and count == 0 and not self._has_nobody:
            self._empty.say(self._nobody_words(), self._wider_words())
        elif not self._has_nobody:
            self._empty.say("")

    def _nobody_words(self) -> str:
        match looks_like(self.search.text()):
            case Looks.WHOLE:
                return self.tr("Press Return: the back office knows whose number this is. It is written down.")
            case Looks.PART:
                return self.tr("Type the whole number. Parts of a hidden number are never searched.")
            case _:
                return self.tr("No one found. Check the spelling, or look in all your queues.")

    def _wider_words(self) -> str:
        """What helps: all queues where one was chosen, else the whole list again; nothing where that is there."""
        if self.search.queue():
            return self.tr("Look in all my queues")
        return self.tr("Clear the search") if self.search.text() or not self._model.rowCount() else ""

    def _look_wider(self) -> None:
        self.search.look_for(self.search.text() if self.search.queue() else "", None)
        self.search.changed.emit()
        self.search.focus_search()

    def show_looked_up(self, count: int) -> None:
        """Say how many have the whole value that was looked up."""
        self._count.setText(self.tr("{n} found").format(n=number(count)))
        self._speed.setText("")
        self.say_nobody("" if count else self.tr("Nobody in your queues has exactly this number or address."))

    def say_nobody(self, text: str) -> None:
        """Say why nobody is shown; empty: somebody is."""
        self._empty.say(text, self._wider_words() if text else "")

    def show_nobody(self) -> None:
        """The person sees no customers at all."""
        self._has_nobody = True
        self._empty.say(self.tr("No customer is in your queues. Ask a supervisor which queues you work in."))

    def select(self, id_: int) -> None:
        """Mark a customer as current without asking for the card again."""
        row = self._model.row_of(id_)
        selection = self.list.selectionModel()
        selection.blockSignals(True)
        self.list.setCurrentIndex(self._model.index(row, 0) if row >= 0 else QModelIndex())
        selection.blockSignals(False)
        self.list.viewport().update()

    def _on_current(self, index: QModelIndex) -> None:
        id_ = self.id_at(index)
        if id_ is not None:
            self.chosen.emit(id_)
