"""The bar at the foot: session cache, connection, open field, what was just done; at right the end, and two keys.

Quiet until someone must act.
"""

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.capture.guard import CaptureState
from app.ui.shortcuts import cap_for, keys_for, tip_for, words_for
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import key_cap
from app.ui.widgets.labels import ElidedLabel, IconLabel, icon_label, line, set_ink, text_label
from app.ui.widgets.popover import BOTTOM_BAR
from app.ui.widgets.spare_room import SpareRoom
from app.ui.words import number, one_or_many

HEIGHT, FRAME, ENDS, EDGE = 26, 3, 24, 2
"""Px of the design; which group of calm things workstation and lease are; and a button's size and room around it."""
SAID_MS = 30_000
"""How long what was done is said."""


class FillLine(QWidget):
    """How far the first fill is, as a short line."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._share = look, 0.0
        self.setFixedSize(look.px(64), look.px(4))
        self.hide()

    def show_share(self, share: float) -> None:
        """0 to 1; full hides it."""
        self._share = share
        self.setVisible(share < 1.0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw track and part."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for role, width in (("accent_line", self.width()), ("accent", self.width() * self._share)):
            painter.setBrush(self._look.colour(role))
            painter.drawRoundedRect(QRectF(0, 0, width, self.height()), 2, 2)
        painter.end()


class StatusBar(QWidget):
    """The status bar.

    Signals:
        ends_wanted: tell what happens at the end; the widget to tell it at.
    """

    ends_wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._is_connected = True
        self._age_s: float | None = None
        self.setObjectName(BOTTOM_BAR)
        self.setProperty("ground", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.redress()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line())
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(6)
        column.addLayout(row, 1)
        self._row = row
        self._cache_sign, self._cache = self._add(row, "hard-drive", "cache_state")
        self._fill = FillLine(look)
        row.addWidget(self._fill)
        self._link_sign, self._link = self._add(row, "refresh-cw", "connection_state")
        frame = self._add_frame(row)
        self._open_sign, self._open = self._add(row, "eye", "open_state", "warn")
        self._keys_sign, self._keys = self._add(row, "key-round", "keys_state")
        self._system_sign, self._system = self._add(row, "lock-keyhole", "system_state", "warn")
        self._waits_sign, self._waits = self._add(row, "notebook-pen", "outbox_state")
        self._copied_sign, self._copied = self._add(row, "copy", "clipboard_state", "warn")
        self._capture_sign, self._capture = self._add(row, "monitor", "capture_state")
        self._done_sign = icon_label(look, "info", "ink2", 14)
        row.addWidget(self._done_sign)
        self._done = ElidedLabel(look, "", ink="ink2", size=SMALL)
        self._done.setObjectName("done_state")
        row.addWidget(self._done, 100)
        self._said = QTimer(self, interval=SAID_MS, singleShot=True)
        self._said.timeout.connect(lambda: self.say(""))
        row.addStretch(1)
        self._caps = QWidget()
        caps = QHBoxLayout(self._caps)
        caps.setContentsMargins(0, 0, 0, 0)
        caps.setSpacing(6)
        for does, words in (("palette", self.tr("Commands")), ("keys", self.tr("Keys"))):
            caps.addWidget(key_cap(look, cap_for(does)))
            caps.addWidget(text_label(look, words, ink="ink2", size=SMALL))
            caps.addSpacing(8)
        self._add_ends(row)
        row.addWidget(self._caps)
        calm = ([self._caps], [self._cache_sign, self._cache], [self._link_sign, self._link], frame)
        self._spare = SpareRoom(row, calm)
        self.show_frame("", "")
        self._show_nothing()

    def _add_frame(self, row: QHBoxLayout) -> list[QWidget]:
        seat_sign, self._seat = self._add(row, "monitor-dot", "seat_state")
        lease_sign, self._lease = self._add(row, "timer", "lease_state")
        return [seat_sign, self._seat, lease_sign, self._lease]

    def _add_ends(self, row: QHBoxLayout) -> None:
        self.report = self._make_report()
        row.addWidget(self.report)
        row.addWidget(self._make_ends())

    def _make_report(self) -> Button:
        """The siren: whoever suspects something reports it from wherever they are."""
        report = Button(self._look, "", "link", name="report_suspicion")
        report.set_glyph("siren", "ink2")
        report.setAccessibleName(words_for("report_suspicion"))
        report.setToolTip(tip_for("report_suspicion"))
        return report

    def _make_ends(self) -> Button:
        ends = Button(self._look, "", "link", name="what_ends")
        ends.set_glyph("door-open", "ink2")
        self._ends = ends
        self._fit_ends()
        ends.setAccessibleName(words_for("what_ends"))
        ends.setToolTip(tip_for("what_ends"))
        ends.clicked.connect(lambda: self.ends_wanted.emit(ends))
        return ends

    def come_last(self) -> None:
        """Stand at the end of the round of Tab, behind what was made after it."""
        last = self.window().previousInFocusChain()
        while last is not None and not last.focusPolicy() & Qt.FocusPolicy.TabFocus:
            last = last.previousInFocusChain()
        if last is not None:
            QWidget.setTabOrder(last, self.report)
            QWidget.setTabOrder(self.report, self._ends)

    def _show_nothing(self) -> None:
        """As it is before anything is known."""
        self.say("")
        self.show_system(hears_locks=True, hears_sleep=True)
        self.show_moving(0)
        self.show_waiting(0)
        self.show_copied(0)
        self.show_capture(CaptureState.UNAVAILABLE)
        self.show_filled(0, 0)
        self.show_connected(True)
        self.show_open(0)

    def event(self, event: QEvent) -> bool:
        """Another width, or other words: calm things make room for what must be read."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize) and hasattr(self, "_spare"):
            self._spare.fit(self.width())
        return super().event(event)

    def _add(self, row: QHBoxLayout, icon: str, name: str, ink: str = "ink2") -> tuple[IconLabel, QLabel]:
        sign = icon_label(self._look, icon, ink, 14)
        weight = Weight.MEDIUM if ink == "warn" else Weight.REGULAR
        label = text_label(self._look, "", ink=ink, size=SMALL, weight=weight, features=FIGURES)
        label.setObjectName(name)
        label.setContentsMargins(0, 0, 12, 0)
        row.addWidget(sign)
        row.addWidget(label)
        return sign, label

    def show_filled(self, rows: int, total: int) -> None:
        """How much of the session cache is filled."""
        text = self.tr("Cache encrypted, {n} of {m} records").format(n=number(rows), m=number(total))
        filling = self.tr("{n} of {m} records, search works already").format(n=number(rows), m=number(total))
        if total == 0:
            text = self.tr("Cache encrypted, filling")
        self._cache.setText(filling if 0 < rows < total else text)
        self._fill.show_share(rows / total if total else 0.0)

    def show_nothing_to_fill(self) -> None:
        """The person sees no customers: none in the queues, or not the role for it."""
        self._cache.setText(self.tr("Cache encrypted, no records for you"))
        self._fill.show_share(1.0)

    def show_no_customers(self) -> None:
        """The role sees no customers, so nothing is said of a copy of them."""
        self._spare.want(1, False)
        self._fill.hide()

    def show_moving(self, left: int) -> None:
        """How many data keys are still moved to a new class key."""
        one, many = self.tr("{n} data key still moves to a new key"), self.tr("{n} data keys still move to a new key")
        self._keys.setText(one_or_many(left, one, many).format(n=number(left)))
        self._keys.setVisible(left > 0)
        self._keys_sign.setVisible(left > 0)

    def say(self, text: str) -> None:
        """Say for half a minute what was done, or what became of it; a reader says it, too."""
        self._done.setText(text)
        self._done.setVisible(bool(text))
        self._done_sign.setVisible(bool(text))
        if text:
            self._said.start()
        else:
            self._said.stop()
        announce(self, text)

    def show_copied(self, seconds: int) -> None:
        """How long a copied value stays in the clipboard."""
        self._copied.setText(self.tr("Copied, cleared in {n} s").format(n=seconds))
        self._copied.setVisible(seconds > 0)
        self._copied_sign.setVisible(seconds > 0)

    def show_capture(self, state: CaptureState, until: str = "") -> None:
        """Whether screenshots and shared screens are kept out; until when IT lets them through."""
        words = {
            CaptureState.BLOCKED: self.tr("Screen capture blocked"),
            CaptureState.UNAVAILABLE: self.tr("Screen capture block: not available here"),
            CaptureState.REFUSED: self.tr("Screen capture block: refused by this system"),
            CaptureState.EXCEPTED: self.tr("IT lets screenshots through until {t}").format(t=until),
        }
        calm = state in (CaptureState.BLOCKED, CaptureState.UNAVAILABLE)
        self._capture.setText(words[state])
        set_ink(self._capture, "ink2" if calm else "warn")
        icon = "monitor-check" if state is CaptureState.BLOCKED else "monitor" if calm else "triangle-alert"
        self._capture_sign.show_icon(icon, "ink2" if calm else "warn")

    @property
    def capture_words(self) -> str:
        """What it says of screen capture."""
        return self._capture.text()

    def show_system(self, *, hears_locks: bool, hears_sleep: bool) -> None:
        """Whether the system's own screen lock, and its sleep, lock this console, too; quiet where they do."""
        words = self.tr("This computer's lock does not lock Tirai: press {key} when you leave")
        text = words.format(key=keys_for("lock").toString()) if not hears_locks else ""
        if hears_locks and not hears_sleep:
            text = self.tr("This computer's sleep does not lock Tirai")
        self._system.setText(text)
        self._system.setVisible(bool(text))
        self._system_sign.setVisible(bool(text))

    def show_waiting(self, count: int) -> None:
        """How much is kept here for the back office."""
        self._waits.setText(self.tr("{n} kept here for the back office").format(n=number(count)))
        self._waits.setVisible(count > 0)
        self._waits_sign.setVisible(count > 0)

    def show_frame(self, seat: str, lease: str) -> None:
        """Workstation and lease, where the bar at the top has no room for them."""
        self._seat.setText(seat)
        self._lease.setText(lease)
        self._spare.want(FRAME, bool(seat))
        self._spare.fit(self.width())

    def redress(self) -> None:
        """Another size of the text."""
        self.setFixedHeight(self._look.panel(HEIGHT))
        if hasattr(self, "_ends"):
            self._fit_ends()

    def _fit_ends(self) -> None:
        """No higher than the bar, which grows half as fast as the text."""
        side = min(self._look.px(ENDS), self._look.panel(HEIGHT) - EDGE)
        for button in (self.report, self._ends):
            button.setFixedSize(side, side)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """A reader that comes here by F6 hears all that it says."""
        states = [label.text() for label in self.findChildren(QLabel) if label.objectName().endswith("_state")]
        self.setAccessibleName(self.tr("State: {states}").format(states="; ".join(text for text in states if text)))
        super().focusInEvent(event)

    def show_caps(self, shown: bool) -> None:
        """The two keys that lead to all others."""
        self._spare.want(0, shown)
        self._spare.fit(self.width())

    def show_connected(self, connected: bool, since: str = "") -> None:
        """Whether the back office answers."""
        away = self.tr("Back office away since {t}").format(t=since)
        self._is_connected = connected
        self._link.setText(self._connected_words() if connected else away)
        set_ink(self._link, "ink2" if connected else "warn")
        icon, ink = ("refresh-cw", "ink2") if connected else ("cloud-off", "warn")
        self._link_sign.show_icon(icon, ink)

    def show_synced(self, age_s: float) -> None:
        """How long ago the copy here was as the office's."""
        self._age_s = age_s
        if self._is_connected:
            self._link.setText(self._connected_words())

    def _connected_words(self) -> str:
        if self._age_s is None:
            return self.tr("Connected")
        if self._age_s < 60:
            return self.tr("Connected, synced {n} s ago").format(n=int(self._age_s))
        return self.tr("Connected, synced {n} min ago").format(n=int(self._age_s // 60))

    def show_open(self, count: int, *, notes: bool = False) -> None:
        """Whether something is open now, a field or the notes."""
        shown = count > 0
        words = self.tr("Notes open, watermark on") if notes else self.tr("1 field open, watermark on")
        self._open.setText(words if shown else "")
        self._open.setVisible(shown)
        self._open_sign.setVisible(shown)
        self._open_sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
