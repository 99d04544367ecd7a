"""The form of an export: what outsiders may know, what they should not learn, and the least k and l."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.analytics.settings import MOST_QUASI, USUAL_T
from app.session.privacy.exporting import ShownColumn
from app.ui.console.search_bar import Picker
from app.ui.privacy.exporting.words import column_name
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.strips import Message

COLUMN_WIDTH, LEAST_WIDTH = 196, 112
SHOWN_AT_FIRST = 2
LEAST_KS, LEAST_LS, MOST_TS = (3, 5, 10, 20, 50), (2, 3, 4, 5), (20, 30, 40, 50)
USUAL_K = 5


class ExportForm(QWidget):
    """The form.

    Args:
        look: colours.
        columns: all that may stand in an export.

    Signals:
        sent: the button.
    """

    sent = Signal()

    def __init__(self, look: Look, columns: Sequence[ShownColumn]) -> None:
        super().__init__()
        self.setObjectName("export_form")
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 0, 20, 10)
        column.setSpacing(4)
        self._row = FlowRow(8)
        column.addWidget(self._row)
        names = [(column_name(one), one.value) for one in columns]
        self.known = tuple(self._known(at, names) for at in range(MOST_QUASI))
        for picker in self.known:
            picker.currentIndexChanged.connect(self._show_next)
        self.sensitive = self._picker("sensitive", self.tr("What is protected"), COLUMN_WIDTH)
        self._fill(self.sensitive, [(self.tr("What is protected…"), ""), *names])
        self.k = self._least("k", self.tr("k at least"), self.tr("k at least {n}"), LEAST_KS)
        self.different = self._least("l", self.tr("l at least"), self.tr("l at least {n}"), LEAST_LS)
        self.most_t = self._least("t", self.tr("t at most"), self.tr("t at most 0.{n}"), MOST_TS)
        self.button = Button(look, self.tr("Propose"), "primary", name="propose_export")
        self._row.add(self.button)
        self.error = Message(look, "danger", "export_error")
        column.addWidget(self.error)
        self.button.clicked.connect(self.sent)
        self.clear()

    def chosen_known(self) -> tuple[str, ...]:
        """What outsiders may know, in order; what is left open is none."""
        values = (str(picker.currentData()) for picker in self.known)
        return tuple(value for value in values if value)

    def chosen_sensitive(self) -> str:
        """What is protected; empty when nothing is chosen."""
        return str(self.sensitive.currentData())

    def least(self) -> tuple[int, int, int]:
        """The least k and l, and the most t in hundredths."""
        return int(self.k.currentData()), int(self.different.currentData()), int(self.most_t.currentData())

    def clear(self) -> None:
        """As it was at first."""
        for picker in (*self.known, self.sensitive, self.different):
            picker.setCurrentIndex(0)
        self.k.setCurrentIndex(LEAST_KS.index(USUAL_K))
        self.most_t.setCurrentIndex(MOST_TS.index(USUAL_T))
        self.error.say("")
        self._show_next()

    def _show_next(self) -> None:
        """As many fields as are chosen, and one more."""
        chosen = max((at + 1 for at, picker in enumerate(self.known) if picker.currentIndex() > 0), default=0)
        for at, picker in enumerate(self.known):
            picker.setVisible(at < max(SHOWN_AT_FIRST, chosen + 1))

    def refuse(self, sentence: str) -> None:
        """Say why it was not taken."""
        self.error.say(sentence)

    def _known(self, at: int, names: Sequence[tuple[str, str]]) -> Picker:
        words = self.tr("Known to outsiders, {n}").format(n=at + 1)
        picker = self._picker(f"known_{at + 1}", words, COLUMN_WIDTH)
        nothing = (
            self.tr("Known to outsiders…"),
            self.tr("No second field"),
            self.tr("No third field"),
            self.tr("No fourth field"),
            self.tr("No fifth field"),
            self.tr("No sixth field"),
        )
        self._fill(picker, [(nothing[at], ""), *names])
        return picker

    def _least(self, name: str, label: str, words: str, values: Iterable[int]) -> Picker:
        picker = self._picker(name, label, LEAST_WIDTH)
        self._fill(picker, [(words.format(n=value), str(value)) for value in values])
        return picker

    def _picker(self, name: str, words: str, width: int) -> Picker:
        picker = Picker(self._look)
        picker.setObjectName(f"export_{name}")
        picker.setAccessibleName(words)
        picker.setMinimumWidth(self._look.px(width))
        picker.setSizeAdjustPolicy(Picker.SizeAdjustPolicy.AdjustToContents)
        self._row.add(picker)
        return picker

    @staticmethod
    def _fill(picker: Picker, choices: Iterable[tuple[str, str]]) -> None:
        for words, value in choices:
            picker.addItem(words, value)
