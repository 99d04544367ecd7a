"""F6 and Shift+F6: the focus goes round the regions of the window (ui.md section 8).

With customers in front: session bar, find, identity check, fields, note, wrap-up, history, status bar; in another
workspace what stands between the bars. A region that is not shown, or that has nothing to focus, is passed over.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from app.ui.console.session_bar import SessionBar
from app.ui.console.status_bar import StatusBar
from app.ui.console.work_area import WorkArea


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the window.

    Attributes:
        widget: all of it.
        enter: puts the focus where one begins; whether there was such a place.
    """

    widget: QWidget
    enter: Callable[[], bool]


class Regions:
    """The regions of a console.

    Args:
        screen: whose focus it is.
        bar, status: what stands above and below in every workspace.
        area: the panels of the work with customers.
    """

    def __init__(self, screen: QWidget, bar: SessionBar, area: WorkArea, status: StatusBar) -> None:
        self._screen, self._bar, self._area, self._status = screen, bar, area, status

    def go(self, step: int) -> None:
        """Put the focus into the next region (1) or the previous one (-1) of the work with customers."""
        self._go(step, [*self._left(), *self._right()])

    def go_past(self, workspace: QWidget, step: int) -> None:
        """The same in another workspace."""
        self._go(step, [_plain(workspace)])

    def _left(self) -> Sequence[Region]:
        card, face = self._area.card, self._area.face
        found = [Region(face, lambda: _focus(face.view))]
        if self._area.hides_card:
            return found
        check = card.check
        if check is not None:
            found.append(Region(check, lambda: _after(check.focus_check, check)))
        return [*found, Region(card, lambda: _after(card.focus_rows, card))]

    def _right(self) -> Sequence[Region]:
        desk = self._area.desk_panel
        parts = (desk.note, getattr(desk, "wrap_up", None), desk.history)
        return [_plain(part) for part in parts if isinstance(part, QWidget)]

    def _go(self, step: int, between: Sequence[Region]) -> None:
        regions = [_plain(self._bar), *between, Region(self._status, lambda: _focus(self._status))]
        focus = self._screen.focusWidget()
        here = next((at for at, region in enumerate(regions) if focus is not None and _holds(region, focus)), -1)
        count = len(regions)
        start = here if here >= 0 else (-1 if step > 0 else count)
        for passed in range(1, count + 1):
            region = regions[(start + step * passed) % count]
            if region.widget.isVisible() and region.widget.isEnabled() and region.enter():
                return


def _holds(region: Region, focus: QWidget) -> bool:
    return region.widget is focus or region.widget.isAncestorOf(focus)


def _plain(widget: QWidget) -> Region:
    """A region that begins with its first Tab stop."""

    def enter() -> bool:
        for child in widget.findChildren(QWidget):
            if child.isVisible() and child.isEnabled() and child.focusPolicy() & Qt.FocusPolicy.TabFocus:
                return _focus(child)
        return False

    return Region(widget, enter)


def _focus(widget: QWidget) -> bool:
    widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget, 0, 8)
        parent = parent.parentWidget()
    return True


def _after(act: Callable[[], object], widget: QWidget) -> bool:
    """Whether the focus is in a widget once something was done."""
    act()
    focus = widget.window().focusWidget()
    return focus is not None and widget.isAncestorOf(focus)
