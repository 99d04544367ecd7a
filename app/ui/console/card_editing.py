"""What the card has for editing: the button of its head, who else has the customer open, and the place of an edit."""

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.data_class import DataClass
from app.session.shown_editing import ShownNeighbour
from app.ui.console.field_row import FieldRow
from app.ui.saying import joined
from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import icon_label, text_label


class CardEditing(QObject):
    """Belongs to one card, for one customer after the other.

    Signals:
        wanted: a field to change is to be chosen.
    """

    wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.button: Button | None = None
        self._others: QWidget | None = None
        self._label: QLabel | None = None
        self._column: QVBoxLayout | None = None
        self._ends: dict[DataClass, QWidget] = {}
        self._edit: QWidget | None = None
        self._row: FieldRow | None = None
        self._may = False
        self._beside: tuple[ShownNeighbour, ...] = ()

    # making a card ---------------------------------------------------------------------------------------------------
    def make_button(self) -> Button:
        """The head's way to all fields."""
        self.button = Button(self._look, self.tr("Edit"), "link", icon="pencil", name="card_edit")
        self.button.setToolTip(self.tr("Change a field of this customer"))
        self.button.clicked.connect(self.wanted)
        self.button.setVisible(False)
        return self.button

    def make_others(self) -> QWidget:
        """The line that says who else has the customer open."""
        self._others = QWidget()
        self._others.setObjectName("also_open")
        row = QHBoxLayout(self._others)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(6)
        row.addWidget(icon_label(self._look, "users", "warn", 14), 0, Qt.AlignmentFlag.AlignTop)
        self._label = text_label(self._look, "", ink="warn", size=SMALL, weight=Weight.MEDIUM, wrap=True)
        row.addWidget(self._label, 1)
        self._others.setVisible(False)
        return self._others

    def begin_card(self, column: QVBoxLayout) -> None:
        """Another card is being made; an edit on the one before goes with it."""
        self._column, self._ends, self._edit, self._row = column, {}, None, None

    def place_after(self, data_class: DataClass, last: QWidget) -> None:
        """Below this an edit of a class stands whose field has no row."""
        self._ends[data_class] = last

    def place_below(self, data_class: DataClass) -> None:
        """The same below what the card has last; where a section is its head alone, at that place."""
        column = self._column
        if column is None:
            return
        mark = QWidget()
        mark.setFixedHeight(0)
        column.addWidget(mark)
        self._ends[data_class] = mark

    # showing ---------------------------------------------------------------------------------------------------------
    def show_may(self, may: bool) -> None:
        """Whether this person may change anything here now."""
        self._may = may
        if self.button is not None and shiboken6.isValid(self.button):
            self.button.setVisible(may)

    def show_others(self, others: tuple[ShownNeighbour, ...]) -> None:
        """Who else has the customer open, by name."""
        if self._others is None or self._label is None or not shiboken6.isValid(self._others):
            return
        words = self.tr("Also open by {names}").format(names=joined(", ", *(self._one(other) for other in others)))
        news = {other.name for other in others} - {other.name for other in self._beside}
        self._beside = others
        self._label.setText(words)
        self._others.setVisible(bool(others))
        if news:
            announce(self._others, words)

    def _one(self, other: ShownNeighbour) -> str:
        place = f"{other.name} ({other.seat})"
        if not other.editing:
            return place
        return self.tr("{name}, changing {field}").format(name=place, field=other.editing)

    # an edit ---------------------------------------------------------------------------------------------------------
    @property
    def is_open(self) -> bool:
        """Whether a field is being changed."""
        return self._edit is not None and shiboken6.isValid(self._edit)

    def open(self, edit: QWidget, row: FieldRow | None, data_class: DataClass) -> None:
        """Put an edit in its place."""
        after = row if row is not None else self._ends.get(data_class)
        if self._column is None:
            return
        at = self._column.indexOf(after) + 1 if after is not None else self._column.count() - 1
        self._column.insertWidget(at, edit)
        self._edit, self._row = edit, row
        if row is not None:
            row.hide()
        edit.show()

    def close(self, edit: QWidget) -> tuple[FieldRow | None, bool]:
        """Take an edit away.

        Returns:
            The row that is there again, and whether the edit had the focus.
        """
        focus = edit.window().focusWidget()
        had_focus = focus is not None and (focus is edit or edit.isAncestorOf(focus))
        row, self._row, self._edit = self._row, None, None
        edit.hide()
        edit.deleteLater()
        if row is not None and not shiboken6.isValid(row):
            row = None
        if row is not None:
            row.show()
        return row, had_focus

    def focus_button(self) -> None:
        """The focus goes back to where the edit was chosen."""
        if self.button is not None and shiboken6.isValid(self.button) and self.button.isVisible():
            self.button.setFocus()
