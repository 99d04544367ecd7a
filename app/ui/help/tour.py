"""The tour: five callouts beside the things they tell of. Return goes on, Esc or *Skip tour* ends it.

A callout stands beside its thing and never on it; a thing that is not on the screen now is told of where it will be.
The tour is shown once for each person at this workstation, and again when somebody asks for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.ui.saying import filled
from app.ui.theme.fonts import BODY, FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label

WIDTH, GAP, EDGE, RING, BESIDE, EDGES = 300, 12, 8, 3, 6, 36
"""Px: width of a callout, between it and its thing, from the window's edge; how far the ring stands out."""
FOLLOW_MS = 200
"""How often the place of the thing is looked at, which may move while the callout stands."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop.

    Attributes:
        subject: finds what it tells of, the first visible one of them counts.
        title, text: what it tells.
    """

    subject: Callable[[], Sequence[QWidget | None]]
    title: str
    text: str


class Ring(QWidget):
    """A frame round the thing; takes no click and has no name."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("focus"), 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)
        painter.end()


class Callout(QFrame):
    """What is told at one stop.

    Signals:
        go: a step, 1 or -1.
        skipped: no more of it.
    """

    go = Signal(int)
    skipped = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self.setObjectName("tour_callout")
        self.setProperty("ground", "popover")
        self._window = window
        self._fit_width()
        if not look.is_contrast:
            shadow = QGraphicsDropShadowEffect(self)
            shadow.setBlurRadius(28)
            shadow.setOffset(0, 8)
            shadow.setColor(QColor(0, 0, 0, 46))
            self.setGraphicsEffect(shadow)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 12, 12)
        column.setSpacing(6)
        self._title = text_label(look, "", size=BODY, weight=Weight.SEMIBOLD, wrap=True)
        self._text = text_label(look, "", ink="ink2", size=SMALL, wrap=True)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(4)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        self._count = text_label(look, "", ink="ink3", size=SMALL, features=FIGURES)
        self._count.setObjectName("tour_count")
        foot.addWidget(self._count)
        foot.addStretch(1)
        self.skip = Button(look, self.tr("Skip tour"), "link", name="tour_skip")
        self.back = Button(look, self.tr("Back"), "secondary", name="tour_back")
        self.next = Button(look, self.tr("Next"), "primary", name="tour_next")
        self.skip.clicked.connect(self.skipped)
        self.back.clicked.connect(lambda: self.go.emit(-1))
        self.next.clicked.connect(lambda: self.go.emit(1))
        for button in (self.skip, self.back, self.next):
            button.installEventFilter(self)  # arrows would go from button to button
            foot.addWidget(button)
        column.addLayout(foot)

    def tell(self, stop: Stop, at: int, count: int) -> None:
        """Show one stop; a reader hears it."""
        is_last = at == count - 1
        self._title.setText(stop.title)
        self._text.setText(stop.text)
        number = self.tr("{n} of {m}").format(n=at + 1, m=count)
        self._count.setText(number)
        self.back.setVisible(at > 0)
        self.skip.setVisible(not is_last)
        self.next.set_words(self.tr("Done") if is_last else self.tr("Next"))
        self._fit_width()
        whole = filled("{}. {}", stop.title, stop.text)
        self.setAccessibleName(filled("{}, {}: {}", self.tr("Tour"), number, stop.title))
        self.setAccessibleDescription(stop.text)
        self.next.setAccessibleDescription(whole)
        announce(self, f"{number}. {whole}", now=True)

    def _fit_width(self) -> None:
        """As wide as the design says, or as its buttons need; never wider than the window."""
        parts = [part for part in self.findChildren(QPushButton) if not part.isHidden()]
        count = self.findChild(QLabel, "tour_count")
        words = count.sizeHint().width() if count is not None else 0
        needed = words + sum(part.sizeHint().width() + BESIDE for part in parts) + self._look.px(EDGES)
        self.setFixedWidth(min(max(self._look.panel(WIDTH), needed), self._window.width() - 2 * EDGE))

    def size_for(self) -> QSize:
        """How large it has to be for its words."""
        layout = self.layout()
        assert layout is not None
        layout.invalidate()
        return QSize(self.width(), layout.totalHeightForWidth(self.width()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Esc ends the tour, left and right go back and on."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.skipped.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.go.emit(1 if key == Qt.Key.Key_Right else -1)
        else:
            return super().eventFilter(watched, event)
        return True

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, N802 (Qt's names)
        """Tab goes round inside."""
        stops = [one for one in (self.skip, self.back, self.next) if one.isVisible()]
        if not stops:  # it is being hidden
            return False
        current = self.focusWidget()
        at = stops.index(current) if current in stops else -1
        stops[(at + (1 if next else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True


class Tour(QObject):
    """Goes from stop to stop.

    Signals:
        ended: it was seen to its end, or skipped.
    """

    ended = Signal()

    def __init__(self, look: Look, window: QWidget, stops: Sequence[Stop]) -> None:
        super().__init__(window)
        self._window, self._stops, self._at = window, tuple(stops), 0
        self._before = window.focusWidget()
        self.ring, self.callout = Ring(look, window), Callout(look, window)
        self.callout.go.connect(self._go)
        self.callout.skipped.connect(self.end)
        self._follow = QTimer(self, interval=FOLLOW_MS)
        self._follow.timeout.connect(self.place)

    @property
    def is_on(self) -> bool:
        """Whether it is being shown."""
        return shiboken6.isValid(self.callout) and not self.callout.isHidden()

    def begin(self) -> None:
        """Show the first stop."""
        self._tell()
        self.ring.show()
        self.callout.show()
        self.callout.raise_()
        self.callout.next.setFocus(Qt.FocusReason.PopupFocusReason)
        self._follow.start()

    def drop(self) -> None:
        """Away with it, unseen."""
        self._follow.stop()
        self.callout.hide()
        self.ring.hide()
        for one in (self.callout, self.ring, self):
            one.deleteLater()

    def end(self) -> None:
        """No more of it; the focus goes back where it was."""
        if not self.is_on:
            return
        self.drop()
        if self._before is not None and shiboken6.isValid(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.ended.emit()

    def subject(self) -> QWidget | None:
        """What the stop in hand tells of."""
        found = self._stops[self._at].subject()
        return next((one for one in found if one is not None and shiboken6.isValid(one) and one.isVisible()), None)

    def _go(self, step: int) -> None:
        if self._at + step >= len(self._stops):
            self.end()
        elif self._at + step >= 0:
            self._at += step
            self._tell()
            self.callout.next.setFocus(Qt.FocusReason.PopupFocusReason)

    def _tell(self) -> None:
        if (subject := self.subject()) is not None:
            _bring_in_sight(subject)
        self.callout.tell(self._stops[self._at], self._at, len(self._stops))
        self.place()

    def place(self) -> None:
        """Stand beside the thing: right of it, left, below or above, where there is room."""
        subject = self.subject()
        size = self.callout.size_for()
        self.callout.setFixedHeight(size.height())
        room = self._window.rect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        if subject is None:
            self.ring.hide()
            self.callout.move(room.center() - QPoint(size.width() // 2, size.height() // 2))
            return
        thing = QRect(subject.mapTo(self._window, QPoint(0, 0)), subject.size()).intersected(self._window.rect())
        self.ring.setGeometry(thing.adjusted(-RING, -RING, RING, RING))
        self.ring.show()
        self.ring.raise_()
        self.callout.move(_beside(thing, size, room))
        self.callout.raise_()


def _bring_in_sight(subject: QWidget) -> None:
    """Scroll what holds it, so that all of it is seen."""
    parent = subject.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(subject, 0, EDGE)
        parent = parent.parentWidget()


def _beside(thing: QRect, size: QSize, room: QRect) -> QPoint:
    """Where a callout covers nothing of a thing; where it covers least, if the thing is as large as the window."""
    along_y = max(room.top(), min(thing.top(), room.bottom() + 1 - size.height()))
    along_x = max(room.left(), min(thing.left(), room.right() + 1 - size.width()))
    places = (
        QPoint(thing.right() + 1 + GAP, along_y),
        QPoint(thing.left() - GAP - size.width(), along_y),
        QPoint(along_x, thing.bottom() + 1 + GAP),
        QPoint(along_x, thing.top() - GAP - size.height()),
    )
    fitting = [place for place in places if room.contains(QRect(place, size))]
    if fitting:
        return fitting[0]
    corners = (QPoint(room.right() + 1 - size.width(), room.bottom() + 1 - size.height()), room.topLeft())
    return min(corners, key=lambda place: _area(QRect(place, size).intersected(thing)))


def _area(rect: QRect) -> int:
    return max(0, rect.width()) * max(0, rect.height())
