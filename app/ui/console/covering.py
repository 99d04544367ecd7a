"""Covers the console while a call is on and nobody uses it, and shows everything again as it was.

At the work with customers the note stays, and whoever types there goes on typing; anywhere else all is covered.
Popovers step aside with what is typed in them. The focus comes back to where it was.
"""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from app.ui.console.call_cover import Covered
from app.ui.widgets.popover import Popover


class Covering(QObject):
    """One console's covers.

    Args:
        work: the customers, beside the note.
        whole: everything between the bars.
        at_work: whether the work with customers is in front.
        note: where a person goes on typing.
        screen: the console.
    """

    def __init__(
        self, work: Covered, whole: Covered, at_work: Callable[[], bool], note: QWidget, screen: QWidget
    ) -> None:
        super().__init__(screen)
        self._work, self._whole, self._at_work, self._note, self._screen = work, whole, at_work, note, screen
        self._popovers: list[Popover] = []
        self._focus: QWidget | None = None

    @property
    def is_covered(self) -> bool:
        """Whether customers are covered."""
        return self._work.is_covered or self._whole.is_covered

    def types_on(self) -> bool:
        """Whether a key goes into the note, which is not covered."""
        return self._note.hasFocus() and not self._whole.is_covered

    def cover(self, locks_in_s: float) -> None:
        """Cover what is in front; the console locks in so many seconds."""
        if self.is_covered:
            self._in_front().cover_page.show_left(locks_in_s)
            return
        window = self._screen.window()
        self._popovers = [popover for popover in window.findChildren(Popover) if popover.isVisible()]
        focus = window.focusWidget()
        for popover in self._popovers:
            popover.step_aside()
        covered = self._work if self._at_work() else self._whole
        covered.cover(locks_in_s)
        if covered is self._work and focus is self._note:
            return
        self._focus = focus
        covered.cover_page.setFocus(Qt.FocusReason.OtherFocusReason)

    def uncover(self) -> None:
        """Show everything again."""
        self._work.uncover()
        self._whole.uncover()
        for popover in self._popovers:
            if shiboken6.isValid(popover):
                popover.come_back()
        focus, self._focus, self._popovers = self._focus, None, []
        if focus is not None and shiboken6.isValid(focus) and focus.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def drop(self) -> None:
        """The session ends or locks: popovers that have stepped aside go with what is typed in them."""
        for popover in self._popovers:
            if shiboken6.isValid(popover):
                popover.finish()
        self._popovers, self._focus = [], None

    def _in_front(self) -> Covered:
        return self._work if self._work.is_covered else self._whole
