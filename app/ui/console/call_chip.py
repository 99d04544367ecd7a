"""The chip in the session bar while a call is on: how long, and *End call*, for a softphone that forgets to say so."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.ui.calls import Calls
from app.ui.saying import filled
from app.ui.shortcuts import cap_for, words_for
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import icon_label, text_label
from app.ui.words import minutes_seconds

HEIGHT, SECOND_MS = 36, 1000
ICON_WIDTH, WORDS_EDGES, NO_LIMIT = 32, 32, 16_777_215


class CallChip(QFrame):
    """The chip; hidden while no call is on.

    Signals:
        end_wanted: the person says that the call is over.
    """

    end_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._calls: Calls | None = None
        self._is_short = False
        self.setObjectName("call_chip")
        self.setProperty("kind", "pill")
        self.setFixedHeight(look.px(HEIGHT))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 2, 0)
        row.setSpacing(8)
        row.addWidget(icon_label(look, "phone-call", "ok"))
        self._state = text_label(look, "", ink="ok", size=SMALL, weight=Weight.SEMIBOLD)
        row.addWidget(self._state)
        self.time = text_label(look, "", size=SMALL, weight=Weight.SEMIBOLD, features=FIGURES)
        self.time.setObjectName("call_time")
        row.addWidget(self.time)
        self.end = Button(look, self.tr("End call"), "quiet", icon="phone-off", name="end_call")
        self.end.setToolTip(filled("{} ({})", words_for("end_call"), cap_for("end_call")))
        self.end.clicked.connect(self.end_wanted)
        row.addWidget(self.end)
        self._second = QTimer(self, interval=SECOND_MS)
        self._second.timeout.connect(self._show_time)
        self.hide()

    def set_short(self, is_short: bool) -> None:
        """With little room there are icons and the time; names and tip stay."""
        if is_short is not self._is_short:
            self._is_short = is_short
            self._state.setVisible(not is_short)
            self.end.setText("" if is_short else self.tr("End call"))
            self.end.setMaximumWidth(self._look.px(ICON_WIDTH) if is_short else NO_LIMIT)
            self.updateGeometry()

    def saved_width(self) -> int:
        """So many pixels at most it is shorter than with words, now."""
        return self.words_width() if self._is_short else 0

    def words_width(self) -> int:
        """So many pixels at most its words take; none while no call is on."""
        if self.isHidden():
            return 0
        words = self.end.fontMetrics().horizontalAdvance(self.tr("End call"))
        return words + self._state.sizeHint().width() + WORDS_EDGES

    def follow(self, calls: Calls) -> None:
        """Show these calls."""
        self._calls = calls
        calls.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        was_on, is_on = not self.isHidden(), self._calls is not None and self._calls.count > 0
        self._show_time()
        self.setVisible(is_on)
        if is_on:
            self._second.start()
        else:
            self._second.stop()
        if is_on != was_on:
            announce(self, self.tr("A call is on") if is_on else self.tr("The call has ended"))

    def _show_time(self) -> None:
        if self._calls is None:
            return
        count = self._calls.count
        self._state.setText(self.tr("On call") if count <= 1 else self.tr("{n} calls").format(n=count))
        self.time.setText(minutes_seconds(self._calls.lasts_s()))
        self.time.setAccessibleName(filled("{} {}", self._state.text(), self.time.text()))
