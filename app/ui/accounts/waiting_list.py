"""What waits for a second person, above the table: a line each, one of them chosen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.session.proposals import Waiting
from app.ui.accounts.facts import empty, section
from app.ui.accounts.words import waiting_title, when
from app.ui.saying import filled
from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import ElidedLabel, icon_label, text_label


class WaitingList(QFrame):
    """Proposals that wait; hidden where there is none.

    Signals:
        chosen: a proposal's id.
    """

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._waiting: tuple[Waiting, ...] = ()
        self.setObjectName("waiting_list")
        self.setProperty("ground", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        column.addWidget(section(look, self.tr("Waits for a second person")))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        column.addLayout(self._rows)
        self.hide()

    def show_waiting(self, waiting: tuple[Waiting, ...]) -> None:
        """Take another list; the same one leaves everything, the focus too, as it is."""
        if waiting == self._waiting:
            return
        self._waiting = waiting
        empty(self._rows)
        for one in waiting:
            self._rows.addLayout(self._make_row(one))
        self.setVisible(bool(waiting))

    def buttons(self) -> list[QWidget]:
        """The buttons of the rows, from above."""
        return [self.findChildren(QWidget, f"look_{one.id}")[-1] for one in self._waiting]

    def named(self, proposal: str) -> Waiting | None:
        """A proposal by its id, or None once it is decided."""
        return next((one for one in self._waiting if one.id == proposal), None)

    def after(self, proposal: str) -> Waiting | None:
        """The next one below that this person may decide, else the first of all; None where there is no other."""
        at = next((i for i, one in enumerate(self._waiting) if one.id == proposal), -1)
        others = [*self._waiting[at + 1 :], *self._waiting[: max(at, 0)]]
        return next((one for one in others if one.why_not is None), None)

    def _make_row(self, waiting: Waiting) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        icon = "key-round" if waiting.data_class is not None else "rotate-ccw"
        row.addWidget(icon_label(self._look, icon, "warn"))
        title = waiting_title(waiting)
        row.addWidget(text_label(self._look, title, weight=Weight.MEDIUM))
        words = self.tr("asked by {name}, {t}").format(name=waiting.proposed_by_name, t=when(waiting.proposed_at))
        row.addWidget(ElidedLabel(self._look, words, ink="ink2", size=SMALL), 1)
        text = self.tr("Look and decide") if waiting.why_not is None else self.tr("Look")
        button = Button(self._look, text, "link", name=f"look_{waiting.id}")
        button.setAccessibleName(filled("{}: {}, {}", text, title, words))
        button.clicked.connect(lambda: self.chosen.emit(waiting.id))
        row.addWidget(button)
        return row
