"""The call bar, in the session bar while a call is on: how it stands and for how long, hold, end, and the other calls.

Tirai does not speak to the telephone: *Hold* and *End call* say here what was done there, for softphones that do not.
"""

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.session.calls import Call, CallState
from app.ui.calls import Calls
from app.ui.console.calls_popover import CallsPopover
from app.ui.saying import filled
from app.ui.shortcuts import cap_for, words_for
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import icon_label, set_ink, text_label
from app.ui.words import minutes_seconds

BAR, EDGES, SECOND_MS = 48, 12, 1000
"""Px of the design of the bar around, which grows half as fast as the text; above and below the pill; a second."""
ICON_WIDTH, WORDS_EDGES, NO_LIMIT = 32, 40, 16_777_215


class CallChip(QFrame):
    """The call bar; hidden while no call is on.

    Signals:
        end_wanted: the person says that the call is over.
        hold_wanted: the person holds the call, or goes on with it.
        switch_wanted: the person talks on another call (`Call`).
    """

    end_wanted = Signal()
    hold_wanted = Signal()
    switch_wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._calls: Calls | None = None
        self._is_short = False
        self.setObjectName("call_chip")
        self.redress()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 2, 0)
        row.setSpacing(8)
        self._sign = icon_label(look, "phone-call", "ok")
        row.addWidget(self._sign)
        self._state = text_label(look, "", ink="ok", size=SMALL, weight=Weight.SEMIBOLD)
        row.addWidget(self._state)
        self.time = text_label(look, "", size=SMALL, weight=Weight.SEMIBOLD, features=FIGURES)
        self.time.setObjectName("call_time")
        row.addWidget(self.time)
        self._queue = text_label(look, "", ink="ink2", size=SMALL)
        self._queue.setObjectName("call_queue")
        row.addWidget(self._queue)
        self.hold = Button(look, self.tr("Hold"), "quiet", icon="pause", name="hold_call")
        self.end = Button(look, self.tr("End call"), "quiet", icon="phone-off", name="end_call")
        self.others = Button(look, "", "quiet", icon="phone-incoming", name="other_calls")
        for button in (self.hold, self.end, self.others):
            row.addWidget(button)
        self.hold.clicked.connect(self.hold_wanted)
        self.end.clicked.connect(self.end_wanted)
        self.others.clicked.connect(self._show_others)
        self.end.setToolTip(filled("{} ({})", words_for("end_call"), cap_for("end_call")))
        self.hold.setToolTip(filled("{} ({})", words_for("hold_call"), cap_for("hold_call")))
        self._second = QTimer(self, interval=SECOND_MS)
        self._second.timeout.connect(self._show_time)
        self.hide()

    def redress(self) -> None:
        """Another size of the text: the pill never touches the edges of its bar."""
        self.setFixedHeight(self._look.panel(BAR) - EDGES)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Ends that are half circles at every height: a style sheet draws corners where its radius is too large."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("line"), 1))
        painter.setBrush(self._look.colour("sunken"))
        pill = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.end()

    # room ----------------------------------------------------------------------------------------------------------
    def set_short(self, is_short: bool) -> None:
        """With little room there are icons and the time; names and tips stay."""
        if is_short is not self._is_short:
            self._is_short = is_short
            self._show()

    def saved_width(self) -> int:
        """So many pixels at most it is shorter than with words, now."""
        return self.words_width() if self._is_short else 0

    def words_width(self) -> int:
        """So many pixels at most its words take; none while no call is on."""
        if self.isHidden():
            return 0
        words = [self.end.accessibleName(), self.hold.accessibleName()]
        words += [self.others.accessibleName()] if not self.others.isHidden() else []
        advance = self.end.fontMetrics().horizontalAdvance
        labels = self._state.sizeHint().width() + (self._queue.sizeHint().width() + 8 if self._queue.text() else 0)
        return sum(map(advance, words)) + labels + WORDS_EDGES

    # showing -------------------------------------------------------------------------------------------------------
    def follow(self, calls: Calls) -> None:
        """Show these calls."""
        self._calls = calls
        calls.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        if self._calls is None:
            return
        was_on, call = not self.isHidden(), self._calls.current
        if call is not None:
            self._show_call(call, self._calls.queue_of(call))
            self._show_count(len(self._calls.others))
        self._show_time()
        self.setVisible(call is not None)
        if call is not None:
            self._second.start()
        else:
            self._second.stop()
        if was_on is (call is None):
            announce(self, self.tr("A call is on") if call is not None else self.tr("The call has ended"))
        self.updateGeometry()

    def _show_call(self, call: Call, queue: str) -> None:
        is_held, is_short = call.state is CallState.HELD, self._is_short
        sign, ink = ("pause", "warn") if is_held else ("phone-call", "ok")
        if call.state is CallState.WAITS:
            sign, ink = "phone-incoming", "warn"
        self._sign.show_icon(sign, ink)
        set_ink(self._state, ink)
        self._state.setText(self._words_of(call))
        self._state.setVisible(not is_short)
        self._queue.setText(queue)
        self._queue.setVisible(bool(queue) and not is_short)
        self.hold.set_glyph("play" if is_held else "pause")
        before = self.hold.accessibleName()
        self._say(self.hold, self.tr("Resume") if is_held else self.tr("Hold"))
        self.hold.setVisible(call.state is not CallState.WAITS)
        self._say(self.end, self.tr("End call"))
        if self.isVisible() and before != self.hold.accessibleName():
            announce(self, self._state.text())

    def _words_of(self, call: Call) -> str:
        if call.state is CallState.HELD:
            return self.tr("On hold")
        return self.tr("On call") if call.state is CallState.ACTIVE else self.tr("Call waiting")

    def _say(self, button: Button, words: str) -> None:
        """The words of a button, or its name alone where there is no room for them."""
        button.setAccessibleName(words)
        button.setText("" if self._is_short else words)
        button.setMaximumWidth(self._look.px(ICON_WIDTH) if self._is_short else NO_LIMIT)

    def _show_count(self, count: int) -> None:
        words = self.tr("1 more call") if count == 1 else self.tr("{n} more calls").format(n=count)
        self.others.setAccessibleName(words)
        self.others.setToolTip(words)
        self.others.setText(f"+{count}" if self._is_short else words)
        self.others.setVisible(count > 0)

    def _show_time(self) -> None:
        call = self._calls.current if self._calls is not None else None
        if self._calls is None or call is None:
            return
        lasts = self._calls.lasts_s(call) if call.state is CallState.ACTIVE else self._calls.stands_s(call)
        self.time.setText(minutes_seconds(lasts))
        self.time.setAccessibleName(filled("{} {}", self._words_of(call), self.time.text()))
        self.time.setToolTip(self.tr("Since the call began: {t}").format(t=minutes_seconds(self._calls.lasts_s(call))))

    def _show_others(self) -> None:
        if self._calls is not None and self._calls.others:
            popover = CallsPopover(self._look, self.others, self._calls)
            popover.chosen.connect(self.switch_wanted)
