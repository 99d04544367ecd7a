"""Looks at this workstation now and then, has the office told, and says it where values stay shut for what it lacks."""

from PySide6.QtCore import QObject, QTimer

from app.session.posture import LOOK_EVERY_S, ShownPart
from app.ui.console.pulse import Pulse
from app.ui.posture.use_cases import PostureUseCases
from app.ui.posture.words import names_of
from app.ui.saying import joined
from app.ui.tasks import Tasks
from app.ui.widgets.announce import announce
from app.ui.widgets.strips import Strip

FIRST_MS = 20_000
"""The first look waits until the customers have come, unless values wait for it."""


class PostureWatch(QObject):
    """Looks.

    Args:
        posture: this workstation.
        pulse: tells with a beat what was found.
        tasks: the way off the GUI thread.
        notice: says what is lacking.
        parent: whose console.
    """

    def __init__(self, posture: PostureUseCases, pulse: Pulse, tasks: Tasks, notice: Strip, parent: QObject) -> None:
        super().__init__(parent)
        self._posture, self._pulse, self._tasks, self._notice = posture, pulse, tasks, notice
        self._said = ""
        self._timer = QTimer(self, interval=LOOK_EVERY_S * 1000)
        self._timer.timeout.connect(self.look)
        self._first = QTimer(self, interval=FIRST_MS, singleShot=True)
        self._first.timeout.connect(self.look)

    def begin(self) -> None:
        """Look from now on."""
        self._timer.start()
        if self._posture.is_anything_required:
            self.look()
        else:
            self._first.start()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._first.stop()

    def look(self) -> None:
        """Look now."""
        self._tasks.run(self._posture.look, self._on_looked, owner=self)

    def _on_looked(self, parts: tuple[ShownPart, ...]) -> None:
        if not self._timer.isActive():
            return
        self._pulse.beat()
        lacking = [one for one in parts if one.shuts]
        named = " ".join(one.part for one in lacking)
        if named == self._said:
            return
        self._said = named
        if not lacking:
            self._notice.hide()
            return
        words = self.tr("This workstation lacks what your office requires: {parts}. Values stay shut here.")
        more = self.tr("My account says what to do.")
        self._notice.say(joined(" ", words.format(parts=names_of(lacking)), more))
        announce(self._notice, self._notice.label.text())
