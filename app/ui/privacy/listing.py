"""A table, and in its place what to do where there is nothing in it: an empty table says nothing."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.policy.policy_table import Line, PolicyTable
from app.ui.theme.look import Look
from app.ui.widgets.nothing_here import NothingHere


class Listing(QWidget):
    """One of the two.

    Args:
        look: colours.
        table: of all.
        sentence: where there is none.

    Attributes:
        empty: says it.
    """

    def __init__(self, look: Look, table: PolicyTable, sentence: str) -> None:
        super().__init__()
        self._table, self._sentence = table, sentence
        self.empty = NothingHere(look, name=f"{table.objectName()}_empty")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(table, 1)
        column.addWidget(self.empty, 1)
        self.empty.hide()

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """What the office has answered; until then the table stands without a word."""
        self._table.show_lines(lines)
        self._table.setVisible(bool(lines))
        self.empty.say("" if lines else self._sentence)
