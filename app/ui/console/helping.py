"""Help over the console: palette, sheet of keys, why a field is masked, what happens at the end, the tour."""

from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.session.shown_why import ShownWhy
from app.ui.choices import Choices
from app.ui.commands.action_menu import ActionMenu
from app.ui.commands.commands import Commands
from app.ui.commands.keys_sheet import open_keys_sheet
from app.ui.commands.palette import open_palette
from app.ui.console.field_row import FieldRow
from app.ui.console.row_commands import commands_of
from app.ui.console.tour_stops import stops_of
from app.ui.console.work_area import WorkArea
from app.ui.console.workspace_entries import PLACE
from app.ui.help.ends_popover import EndsPopover
from app.ui.help.tour import Tour
from app.ui.help.why_popover import WhyPopover
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases

TOUR_SEEN, SINGLE_KEYS = "tour_seen", "single_keys"
MENU = (
    ("display", "palette", "keys", "tour", "single_keys", "notices"),
    ("report_suspicion", "what_ends", "lock", "sign_out"),
)
"""What the menu of the session bar has besides workspaces, in groups."""
TOUR_AFTER_MS = 400
"""The list is filled, and then a moment passes until the first tour begins."""


class Helping(QObject):
    """Opens what helps, one thing at a time.

    Args:
        look: colours.
        desk, tasks: who says why.
        screen: over which it stands.
        area: the panels of the work.
        lock: the button that the tour ends at.
        commands: what palette and sheet list.
        choices: what the person has seen and chosen.
        has_customers: whether the role works with customers.
        is_over: whether the session is being left.
    """

    def __init__(
        self,
        look: Look,
        desk: DeskUseCases,
        tasks: Tasks,
        screen: QWidget,
        area: WorkArea,
        lock: QWidget,
        commands: Commands,
        choices: Choices,
        *,
        has_customers: bool,
        is_over: Callable[[], bool],
    ) -> None:
        super().__init__(screen)
        self._look, self._desk, self._tasks, self._screen = look, desk, tasks, screen
        self._area, self._lock, self._commands, self._choices = area, lock, commands, choices
        self._has_customers, self._is_over = has_customers, is_over
        self._tour: Tour | None = None
        area.card.menu_wanted.connect(self.open_row_menu)
        area.card.set_letters(self.takes_letters)
        choices.changed.connect(self._on_choice_changed)

    # palette and keys ----------------------------------------------------------------------------------------------
    def open_palette(self) -> None:
        """The palette, or no palette if it stands."""
        self.end_tour()
        open_palette(self._look, self._screen.window(), self._commands)

    def open_keys(self) -> None:
        """The sheet of keys, or none if it stands."""
        self.end_tour()
        open_keys_sheet(self._look, self._screen.window(), self._commands, has_rows=self._has_customers)

    def open_row_menu(self, row: FieldRow) -> None:
        """What can be done with a row."""
        standing = [one for one in self._screen.window().findChildren(ActionMenu) if one.isVisible()]
        if not standing and not self._is_over():
            found = commands_of(row, self.explain, is_short=True)
            ActionMenu(self._look, row, row.field.label, [found], self._commands)

    def open_menu(self, anchor: QWidget) -> None:
        """The menu of the frame: workspaces without a tab, help, ends; what cannot be done now is not in it."""
        known = {command.does: command for command in self._commands.all() if not command.why_not()}
        places = [command for does, command in known.items() if does.startswith(PLACE)]
        groups = [places, *([known[does] for does in group if does in known] for group in MENU)]
        ActionMenu(self._look, anchor, self.tr("Menu"), groups, self._commands)

    @property
    def takes_letters(self) -> bool:
        """Whether single letters do something in a row."""
        return self._choices.flag(SINGLE_KEYS, True)

    def toggle_letters(self) -> None:
        """Single letters in a row, or no single letters."""
        self._choices.keep(SINGLE_KEYS, not self.takes_letters)

    def _on_choice_changed(self, name: str) -> None:
        if name == SINGLE_KEYS:
            self._area.card.set_letters(self.takes_letters)

    # why, and what then --------------------------------------------------------------------------------------------
    @property
    def chosen_row(self) -> FieldRow | None:
        """The row that has the focus."""
        return next((row for row in self._area.card.rows() if row.hasFocus()), None)

    def explain(self, row: FieldRow) -> None:
        """Why this row is masked."""
        name = row.field.name
        self._tasks.run(lambda: self._desk.why_masked(name), partial(self._show_why, row), lane="cache", owner=self)

    def explain_chosen(self) -> None:
        """Why the row that has the focus is masked."""
        if (row := self.chosen_row) is not None:
            self.explain(row)

    def _show_why(self, row: FieldRow, why: ShownWhy) -> None:
        if shiboken6.isValid(row) and row.isVisible() and not self._is_over():
            can_verify = row.can_verify
            WhyPopover(self._look, row, row.field.label, why, row.reason_code, can_verify=can_verify)

    def explain_ends(self, anchor: QWidget | None = None) -> None:
        """What lock, sign-out and wipe do."""
        EndsPopover(self._look, anchor or self._lock, self._desk.idle_lock_s, self._desk.idle_end_s)

    # the tour ------------------------------------------------------------------------------------------------------
    def offer_tour(self) -> None:
        """Begin the tour if this person has never seen it here, once the work stands."""
        if self._has_customers and not self._choices.flag(TOUR_SEEN):
            QTimer.singleShot(TOUR_AFTER_MS, self, self._begin_first_tour)

    def _begin_first_tour(self) -> None:
        """Who has begun to work is not disturbed: the tour comes with another session, or when it is asked for."""
        has_begun = bool(self._area.face.search.text()) or self._area.card.customer is not None
        if not has_begun and not self._choices.flag(TOUR_SEEN):
            self.begin_tour()

    def begin_tour(self) -> None:
        """The tour from its beginning."""
        if self._is_over() or (self._tour is not None and shiboken6.isValid(self._tour) and self._tour.is_on):
            return
        self._tour = Tour(self._look, self._screen.window(), stops_of(self._area, self._lock))
        self._tour.ended.connect(lambda: self._choices.keep(TOUR_SEEN, True))
        self._tour.begin()

    def stop(self) -> None:
        """The session is being left, or somebody calls; a tour that was not seen to its end may come again."""
        tour, self._tour = self._tour, None
        if tour is not None and shiboken6.isValid(tour) and tour.is_on:
            tour.drop()

    def end_tour(self) -> bool:
        """No more of it; whether there was one."""
        tour, self._tour = self._tour, None
        if tour is None or not shiboken6.isValid(tour) or not tour.is_on:
            return False
        tour.end()
        return True
