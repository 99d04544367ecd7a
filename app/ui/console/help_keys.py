"""The commands that help, and those of the frame without a key."""

from functools import partial
from typing import TYPE_CHECKING

from app.ui.commands.command import Command
from app.ui.console.workspace_entries import CONSOLE
from app.ui.language import tr as _tr

if TYPE_CHECKING:
    from app.ui.console.screen import ConsoleScreen


def help_commands(screen: "ConsoleScreen") -> list[Command]:
    """What helps, for this person."""
    helping, closed = screen.helping, screen.closed_notices
    found = [
        Command("palette", helping.open_palette),
        Command("keys", helping.open_keys),
        Command("what_ends", partial(helping.explain_ends, None)),
        Command("notices", closed.bring_back, lambda: "" if closed.any else _tr("No notice was closed.")),
    ]
    if CONSOLE in screen.workspaces.keys:
        off, on = _tr("Switch single-letter keys off"), _tr("Switch single-letter keys on")
        found += [
            Command(
                "why_masked",
                helping.explain_chosen,
                lambda: "" if helping.chosen_row is not None else _tr("Go to a row of the card first."),
            ),
            Command("tour", helping.begin_tour),
            Command("single_keys", helping.toggle_letters, words=off if helping.takes_letters else on),
        ]
    if screen.colleagues.are_waiting:
        found.append(Command("colleagues", screen.bar.colleagues.click))
    return found
