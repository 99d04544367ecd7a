"""What stands where the table has no rows: why, and what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.table.state import TableState
from app.ui.theme.fonts import BODY, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label


class TableEmpty(QWidget):
    """No record fits."""

    def __init__(self, look: Look, state: TableState) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(1)
        self._title = text_label(look, "", size=BODY, weight=Weight.MEDIUM)
        self._hint = text_label(look, "", ink="ink2", wrap=True)
        self.clear = Button(look, self.tr("Clear the filters"), "secondary", name="empty_clear")
        self.clear.clicked.connect(state.clear)
        for part in (self._title, self._hint):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part)
        column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    @property
    def words(self) -> str:
        """All that it says."""
        return f"{self._title.text()} {self._hint.text()}"

    def show_for(self, *, has_filters: bool, has_text: bool) -> None:
        """Say what to do where filters, or a search, leave nobody."""
        self._title.setText(self.tr("No record fits these filters") if has_filters else self.tr("No one found"))
        if has_filters and has_text:
            hint = self.tr("Clear the filters, or look for something else.")
        elif has_filters:
            hint = self.tr("Take one away, or clear them all.")
        else:
            hint = self.tr("Check the spelling, or look in all your queues.")
        self._hint.setText(hint)
        self.clear.setVisible(has_filters)

    def focus_first(self) -> None:
        """The rows are gone: the focus goes to what helps."""
        if self.clear.isVisibleTo(self):
            self.clear.setFocus(Qt.FocusReason.OtherFocusReason)
