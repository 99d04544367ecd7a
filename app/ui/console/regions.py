"""F6 and Shift+F6: the focus goes round the regions of the console (ui.md section 8)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.ui.console.session_bar import SessionBar
from app.ui.console.work_area import WorkArea


class Regions:
    """The regions while customers are in front.

    Args:
        screen: whose focus it is.
        bar: the session bar.
        area: the panels.
    """

    def __init__(self, screen: QWidget, bar: SessionBar, area: WorkArea) -> None:
        self._screen, self._bar, self._area = screen, bar, area

    def go(self, step: int) -> None:
        """Put the focus into the next region (1) or the previous one (-1)."""
        area = self._area
        stops = [self._bar.sign_out, area.face.view, area.card, area.desk_panel.note.edit]
        focus = self._screen.focusWidget()
        at = next((i for i, stop in enumerate(stops) if focus is stop or stop.isAncestorOf(focus)), 0) if focus else 0
        target = stops[(at + step) % len(stops)]
        if target is area.card and not area.is_table:
            area.card.focus_rows()
        else:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
