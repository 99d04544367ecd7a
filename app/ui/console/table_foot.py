"""The foot of the table: how many of how many, or what is being made ready, how far, and how to stop it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app.ui.theme.fonts import FIGURES, SMALL
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label

_BAR = 120


class TableFoot(QWidget):
    """One line.

    Signals:
        stop_wanted: Stop.
    """

    stop_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._said = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(10)
        self.label = text_label(look, "", ink="ink2", size=SMALL, features=FIGURES)
        self.label.setObjectName("table_foot")
        row.addWidget(self.label)
        self.bar = QProgressBar()
        self.bar.setObjectName("table_progress")
        self.bar.setAccessibleName(self.tr("Making the column ready"))
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(look.px(_BAR), look.px(6))
        row.addWidget(self.bar)
        self.stop = Button(look, self.tr("Stop"), "link", icon="x", name="table_stop")
        self.stop.setToolTip(self.tr("Keep the order that is shown (Esc)"))
        self.stop.clicked.connect(self.stop_wanted)
        row.addWidget(self.stop)
        row.addStretch(1)
        self.bar.hide()
        self.stop.hide()

    def say(self, sentence: str) -> None:
        """What there is to say of the rows; while a column is being made ready it waits."""
        self._said = sentence
        if not self.is_making:
            self.label.setText(sentence)

    @property
    def is_making(self) -> bool:
        """Whether it shows how far something is."""
        return not self.bar.isHidden()

    def show_making(self, column: str, done: int, total: int) -> None:
        """A column is being made ready: so many steps of so many."""
        if not self.is_making:
            self.label.setText(self.tr("Making “{column}” ready to sort and filter").format(column=column))
            announce(self, self.label.text())
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(min(done, total))
        self.bar.show()
        self.stop.show()

    def end_making(self) -> bool:
        """Nothing is being made any more.

        Returns:
            Whether Stop had the focus, which has to go elsewhere.
        """
        had_focus = self.stop.hasFocus()
        self.bar.hide()
        self.stop.hide()
        self.label.setText(self._said)
        return had_focus
