"""The clocks that lock or end a session: unused time, the ends that were set at sign-in, a machine clock set back.

What comes is said in two bars, with what becomes of the note in hand.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.session.idle import IdleRule
from app.session.timed_end import Coming
from app.ui.console.end_bar import EndBar, note_words
from app.ui.console.end_watch import EndWatch
from app.ui.console.idle_bar import IdleBar
from app.ui.idle import IdleWatch
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases

if TYPE_CHECKING:
    from app.ui.console.screen import ConsoleScreen

MACHINE_MS = 5_000
"""How often the machine's clock is looked at."""


class Clocks(QObject):
    """All clocks of one console.

    Args:
        look: colours.
        desk: the session.
        idle_clock: tells how long nobody used the console.
        screen: the console.

    Attributes:
        rule: counts unused time.
        idle: watches it.
        ends: watches the ends by the clock.
        machine: beats whenever the machine's clock is to be looked at.
        idle_bar, end_bar: what is said of unused time, and of the ends.
    """

    def __init__(
        self, look: Look, desk: DeskUseCases, idle_clock: Callable[[], float], screen: "ConsoleScreen"
    ) -> None:
        super().__init__(screen)
        self._screen = screen
        self.rule = IdleRule(
            desk.idle_end_s, clock=idle_clock, lock_s=desk.idle_lock_s, call_max_s=desk.call_idle_max_s
        )
        self.idle = IdleWatch(self.rule, self)
        self.machine = QTimer(self, interval=MACHINE_MS)
        self.idle_bar, self.end_bar = IdleBar(look), EndBar(look)
        self.ends = EndWatch(lambda: desk.person, lambda: screen.pulse.is_away, self._has_work, self)

    def join(self) -> None:
        """Say what comes, and leave by the way that it asks for."""
        leaving = self._screen.leaving
        self.machine.timeout.connect(leaving.look_at_clock)
        self.idle.noticed.connect(lambda left_s: self.idle_bar.show_left(left_s, self._note_words()))
        self.idle.kept.connect(self.idle_bar.show_kept)
        self.idle.locks.connect(leaving.lock_unused)
        self.idle.over.connect(lambda: leaving.end("idle"))
        self.ends.told.connect(self._on_end_coming)
        self.ends.due.connect(lambda: leaving.end("session_over"))

    def start(self) -> None:
        """Look from now on."""
        self.idle.start()
        self.machine.start()
        self.ends.start()

    def stop(self) -> None:
        """The session ends, or locks."""
        self.idle.stop()
        self.machine.stop()
        self.ends.stop()

    def _has_work(self) -> bool:
        panel = self._screen.desk_panel
        return self._screen.calls.count > 0 or panel.note.has_text or panel.wrapping.is_begun

    def _note_words(self) -> str:
        note = self._screen.desk_panel.note
        return note_words(has_note=note.has_text, is_kept=note.is_kept, is_waiting=note.is_waiting)

    def _on_end_coming(self, coming: Coming | None) -> None:
        self.end_bar.show_coming(coming, self._note_words(), is_call=self._screen.calls.count > 0)
