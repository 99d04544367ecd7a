"""Notices that the person has sent away: Ctrl+Z brings the last one back, a command all of them."""

from PySide6.QtCore import QObject

from app.ui.undoing import Undoing
from app.ui.widgets.announce import announce
from app.ui.widgets.strips import Strip


class ClosedNotices(QObject):
    """Knows which strips were sent away and still have something to say."""

    def __init__(self, undoing: Undoing, parent: QObject) -> None:
        super().__init__(parent)
        self._undoing = undoing
        self._strips: list[Strip] = []

    def follow(self, *strips: Strip) -> None:
        """From now on also these."""
        for strip in strips:
            self._strips.append(strip)
            strip.closed.connect(lambda strip=strip: self._on_closed(strip))

    def _on_closed(self, strip: Strip) -> None:
        self._undoing.did(self.tr("The notice is back."), lambda: self._show(strip), strip.send_away)

    @property
    def any(self) -> bool:
        """Whether there is one to bring back."""
        return any(strip.is_closed for strip in self._strips)

    def bring_back(self) -> None:
        """All of them."""
        for strip in self._strips:
            self._show(strip)

    def _show(self, strip: Strip) -> None:
        if strip.is_closed:
            strip.come_back()
            announce(strip, strip.label.text())
