"""What a call changes in the console: how long one may be away, whose check counts, what is covered meanwhile."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.ui.console.workspace_entries import CONSOLE

if TYPE_CHECKING:
    from app.ui.console.screen import ConsoleScreen


class OnCall(QObject):
    """Joins the calls of one console with its bar, its check, its unused time and its covers."""

    def __init__(self, screen: "ConsoleScreen") -> None:
        super().__init__(screen)
        self._screen, self._calls = screen, screen.calls
        self._is_on = False

    def join(self) -> None:
        """Follow calls from now on."""
        screen, calls = self._screen, self._calls
        screen.idle.types_on = screen.covering.types_on
        screen.idle.covers.connect(self._cover)
        screen.idle.uncovers.connect(screen.covering.uncover)
        screen.idle.uncovers.connect(screen.popping.show_bar)
        screen.bar.call.follow(calls)
        screen.bar.call.end_wanted.connect(calls.end_current)
        screen.bar.call.hold_wanted.connect(calls.hold_or_resume)
        screen.bar.call.switch_wanted.connect(screen.popping.switch_to)
        screen.popping.opened.connect(self._focus_caller)
        screen.checking.call_now = self._call_now
        calls.sees_customers = CONSOLE in screen.workspaces.keys
        calls.changed.connect(self.look)
        calls.changed.connect(screen.helping.stop)

    def look(self) -> None:
        """See which calls are on."""
        screen, calls = self._screen, self._calls
        was_on, self._is_on = self._is_on, calls.count > 0
        if screen.leaving.is_begun:
            return
        if was_on and not self._is_on:
            screen.checking.hang_up()
        screen.checking.calls_on([call.key for call in calls.calls])
        screen.idle.set_call(self._is_on)
        screen.call_telling.look()

    def _call_now(self) -> str:
        return self._calls.current.key if self._calls.current is not None else ""

    def _focus_caller(self) -> None:
        """The card of whoever calls is shown: ask who it is, or, with nothing to ask, go to the fields."""
        card = self._screen.card
        if card.check is not None:
            card.check.focus_check()
        else:
            card.focus_rows()

    def _cover(self, locks_in_s: float) -> None:
        """Nobody is here during a call: nothing stays open, and nothing of a customer on the screen."""
        screen = self._screen
        if not screen.covering.is_covered:
            screen.closing.on_window_left()
        screen.covering.cover(locks_in_s)
        screen.popping.show_bar()
