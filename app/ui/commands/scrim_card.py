"""A card over a darkened window, without an anchor: the palette, the sheet of keys."""

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QHideEvent, QPalette
from PySide6.QtWidgets import QWidget

from app.ui.theme.look import Look
from app.ui.widgets.popover import Popover

DARK = 0.47
"""How much of the window the scrim takes away (ui.md section 5)."""
EDGE = 24
"""Least px between card and window."""


class ScrimCard(Popover):
    """Stands in the middle of its window, `top` px from its upper edge at most; the focus goes back where it was.

    Args:
        look: colours.
        window: over which it stands.
        width: in px, if the window is wide enough.
        top: in px.
        name: object name.
    """

    def __init__(self, look: Look, window: QWidget, width: int, top: int, *, name: str) -> None:
        self._before = window.focusWidget()
        super().__init__(look, window, min(width, window.width() - 2 * EDGE), name=name)
        self._top = top
        self.setFixedWidth(min(look.panel(width), window.width() - 2 * EDGE))
        shade = QPalette(self._sheet.palette())
        shade.setColor(QPalette.ColorRole.Window, QColor(0, 0, 0, round(255 * DARK)))
        self._sheet.setPalette(shade)
        self._sheet.setAutoFillBackground(True)

    def place(self) -> None:
        """In the middle; higher up where the window is low."""
        height = min(self._height(), self._window.height() - 2 * EDGE)
        self.setFixedHeight(height)
        self.move(
            (self._window.width() - self.width()) // 2, max(EDGE, min(self._top, self._window.height() - height - EDGE))
        )

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        """The window is light again, also where a lock hides the card."""
        super().hideEvent(event)
        self._sheet.hide()

    def _fold(self) -> None:
        super()._fold()
        before = self._before
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
