"""What is open in the console, and how it closes: Esc, another customer, a window that is left, a call without anybody.

Nothing is open when another customer is shown, the window loses the focus, or the session ends.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.exposures.words import ClosedBy
from app.ui.console.workspace_entries import CONSOLE
from app.ui.widgets.fault_card import FaultCard
from app.ui.widgets.popover import Popover

if TYPE_CHECKING:
    from app.ui.console.screen import ConsoleScreen


class Closing(QObject):
    """Knows what is open in one console."""

    def __init__(self, screen: "ConsoleScreen") -> None:
        super().__init__(screen)
        self._screen = screen
        self._actions, self._desk_panel = screen.field_actions, screen.desk_panel

    def close_innermost(self) -> None:
        """Esc: the tour, a card or popover, the open field, open notes, a column that is made, the card's sentence."""
        screen, actions = self._screen, self._actions
        faults, popovers = self._faults(), self._popovers()
        is_at_work = screen.workspaces.current == CONSOLE
        if faults or popovers:
            (faults or popovers[-1:])[0].dismiss()
        elif screen.helping.end_tour():
            pass
        elif actions.editing.is_open:
            actions.editing.step_back()
        elif actions.is_open:
            actions.close()
        elif actions.acting.can_stop:
            actions.acting.stop()
        elif self._desk_panel.history.is_open:
            self._desk_panel.history.close_notes()
        elif (is_at_work and screen.privacy.close_innermost()) or (is_at_work and screen.flow.table.ordering.stop()):
            pass
        elif not screen.workspaces.close_innermost() and not screen.popping.close_innermost():
            screen.card.fault.say("")

    def close_all(self, cause: ClosedBy = ClosedBy.ANOTHER) -> None:
        """Nothing stays open."""
        self._actions.close(cause)
        self._desk_panel.history.close_notes(cause)
        self._screen.taking.close()
        self._screen.reporting.close()

    def leave_work(self) -> None:
        """Another workspace comes to the front: nothing stays open behind it, and the note is saved."""
        self.close_all()
        self._desk_panel.note.save_now()

    def on_window_left(self) -> None:
        """The focus left the window: shut what is open, keep the note; a half-written request stays."""
        self._actions.opener.close(ClosedBy.LEFT)
        self._desk_panel.history.close_notes(ClosedBy.LEFT)
        self._desk_panel.note.save_now()

    def show_lit(self) -> None:
        """How much is open: the watermarks stand over it, and the status bar counts it."""
        are_notes_open = self._desk_panel.history.is_open
        count = int(self._actions.is_open) + int(are_notes_open)
        self._screen.card.watermark.cover(count > 0)
        self._desk_panel.watermark.cover(are_notes_open)
        self._screen.status.show_open(count, notes=are_notes_open)

    def is_at_more(self) -> bool:
        """Whether something stands over the work with customers, or before it."""
        opened = self._actions.is_open or self._desk_panel.history.is_open
        elsewhere = self._screen.leaving.is_begun or self._screen.workspaces.current != CONSOLE
        return elsewhere or opened or bool(self._faults() or self._popovers())

    def _faults(self) -> list[FaultCard]:
        return [card for card in self._screen.window().findChildren(FaultCard) if card.isVisible()]

    def _popovers(self) -> list[Popover]:
        return [card for card in self._screen.window().findChildren(Popover) if card.isVisible()]
