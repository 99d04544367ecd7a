"""Tab all the way round a screen and back, and a look whether each stop shows that it has the focus (WCAG 2.4.7).

It types real keys into the window that has them. A popover that is open is a round of its own: Tab stays inside.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from app.ui.widgets.view_ring import framed_for, wants_ring
from tests.ui.access_walk import luminance, pixels_of, ratio_of
from tests.ui.walk import place_of

MOST_STOPS = 120
RING_ROOM = 4
"""Logical pixels round a widget in which its ring may be drawn by a frame or a row."""
_WALKS = 3
SEEN_CONTRAST, SEEN_PIXELS = 1.25, 40
"""So many pixels differ by that ratio with and without the focus: a ring round the smallest target has more."""
WHOLE = ("KitPage", "CallCover")
"""Pages that have the focus as a whole, so that a reader says them; nothing on them is pressed by it."""


def round_of(window: QWidget, key: Qt.Key) -> list[QWidget]:
    """The stops from the next one until one comes twice; that has the focus then, and is the first if all is well."""
    QTest.keyClick(window.focusWidget() or window, key)
    way: list[QWidget] = []
    at = window.focusWidget()
    while at is not None and at not in way and len(way) < MOST_STOPS:
        way.append(at)
        QTest.keyClick(at, key)
        at = window.focusWidget()
    return way


def round_faults(window: QWidget) -> Iterator[str]:
    """Traps, and ways back that are another way."""
    forth = round_of(window, Qt.Key.Key_Tab)
    if not forth:
        yield "nothing takes the focus"
        return
    if window.focusWidget() is not forth[0]:
        stuck = window.focusWidget()
        yield f"from {place_of(forth[-1])} Tab comes to {place_of(stuck) if stuck else 'nothing'}, not round"
        return
    back = round_of(window, Qt.Key.Key_Backtab)
    if list(reversed(back)) != [*forth[1:], forth[0]] and list(reversed(back)) != forth:
        yield f"back is another way: {[place_of(w) for w in forth]} and {[place_of(w) for w in back]}"


def unseen_focus(window: QWidget, looked_at: set[str] | None = None) -> list[str]:
    """Stops that look with the focus as they look without it.

    Args:
        looked_at: places that have shown it already and need not show it again; those that do now are added.

    An answer that comes late, on a machine with much to do, draws part of a window anew in the midst of the walk, and
    takes stops away; then the walk is made again.
    """
    for _ in range(_WALKS - 1):
        try:
            return list(_unseen_focus(window, looked_at))
        except RuntimeError as gone:
            if "already deleted" not in str(gone):
                raise
        QTest.qWait(500)
    return list(_unseen_focus(window, looked_at))


def _unseen_focus(window: QWidget, looked_at: set[str] | None) -> Iterator[str]:
    begin = window.focusWidget()
    window.activateWindow()
    QApplication.processEvents()
    if begin is None or QApplication.activeWindow() is not window:
        return
    way = round_of(window, Qt.Key.Key_Tab)
    for at, stop in enumerate(way):
        if len(way) < 2:
            return
        if looked_at is not None and place_of(stop) in looked_at:
            continue
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        _bring_into_view(stop)
        QApplication.processEvents()
        area = _area(stop, window)
        lit = window.grab(area).toImage()
        way[at - 1].setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        dark = window.grab(area).toImage()
        is_same = _differing(pixels_of(lit), pixels_of(dark)) < SEEN_PIXELS
        if is_same and _area(stop, window) == area and type(stop).__name__ not in WHOLE:
            yield place_of(stop)
        elif looked_at is not None and not is_same:
            looked_at.add(place_of(stop))
    begin.setFocus(Qt.FocusReason.OtherFocusReason)


def _bring_into_view(stop: QWidget) -> None:
    """As Tab does, whose way a focus that is set by hand does not take."""
    above = stop.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(stop)
        above = above.parentWidget()


def _area(stop: QWidget, window: QWidget) -> QRect:
    """The widget, the frame that draws the ring for it, or the sentence that wears it where a list is empty."""
    frame = stop.parentWidget()
    drawn = frame if stop.property("bare") and frame is not None else stop
    drawn = (framed_for(stop) if wants_ring(stop) else None) or drawn
    rect = QRect(drawn.mapTo(window, QPoint(0, 0)), drawn.size())
    return rect.adjusted(-RING_ROOM, -RING_ROOM, RING_ROOM, RING_ROOM).intersected(window.rect())


def _differing(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> int:
    if one.shape != other.shape:
        return SEEN_PIXELS
    differs = one != other
    pairs, counts = np.unique(np.stack([one[differs], other[differs]], axis=1), axis=0, return_counts=True)
    strong = [
        count
        for (a, b), count in zip(pairs.tolist(), counts.tolist(), strict=True)
        if ratio_of(luminance(a), luminance(b)) >= SEEN_CONTRAST
    ]
    return sum(strong)
