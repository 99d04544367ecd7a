"""In place of the plots while nothing was opened: one sentence, and one thing to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label


class EmptyCard(QFrame):
    """The card. Before the first answer it says nothing and keeps the place of the plots.

    Signals:
        month_wanted: look back over thirty days.
    """

    month_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("exposures_empty")
        self.setProperty("ground", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 28, 16, 28)
        row.setSpacing(10)
        row.addStretch(1)
        self.words = text_label(look, "", ink="ink2")
        row.addWidget(self.words)
        self._month = Button(look, self.tr("Look at 30 days"), "link", name="look_at_month")
        self._month.clicked.connect(self.month_wanted)
        row.addWidget(self._month)
        row.addStretch(1)
        self._month.hide()

    def say_nothing(self, *, may_look_back: bool) -> None:
        """Nothing was opened in what was asked for."""
        self.words.setText(self.tr("Nobody has opened anything in this time."))
        self._month.setVisible(may_look_back)
