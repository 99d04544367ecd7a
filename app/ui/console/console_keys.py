"""What each command of the table does in the console, and why it cannot be done now."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.domain.privacy.duties import Duty, may
from app.ui.commands.command import Command, Nearness, always
from app.ui.console.call_keys import needs_call, needs_held, needs_making, needs_waiting, take_call
from app.ui.console.help_keys import help_commands
from app.ui.console.row_commands import row_commands
from app.ui.console.workspace_entries import APPROVALS, AUDIT, CONSOLE, EXPOSURES, MY_ACCOUNT, PLACE, WHO_SAW, menu_of
from app.ui.language import tr as _tr
from app.ui.shortcuts import cap_for
from app.ui.words import workspace_name

if TYPE_CHECKING:
    from app.ui.console.screen import ConsoleScreen

ELSEWHERE = {
    "deny": APPROVALS,
    "ask_back": APPROVALS,
    "revoke": APPROVALS,
    "plot_as_table": EXPOSURES,
    "export": WHO_SAW,
}
"""Commands of one workspace: with another one in front they are grey and say where they are."""

WORKSPACE_NAMES = {
    "approvals": "Approvals",
    "exposures": "Exposures",
    "privacy": "Privacy desk",
    "training": "Training",
    "accounts": "Accounts",
    "workstations": "Workstations",
    "audit": "Audit log",
    "policy": "Policy",
    "who_saw": "Who saw my data",
    "console": "Console",
}
"""In English, for whoever types them so."""

WhyNot = Callable[[], str]


def join_keys(screen: "ConsoleScreen") -> None:
    """Make the commands of the table work in a console."""
    commands = screen.commands
    commands.offer(screen.workspaces.front_commands)
    commands.offer(lambda: row_commands(screen))
    commands.offer(lambda: _customer_commands(screen))
    commands.offer(lambda: _screen_commands(screen))
    commands.offer(lambda: _place_commands(screen))
    commands.offer(lambda: help_commands(screen))
    commands.refused.connect(screen.status.say)


def _customer_commands(screen: "ConsoleScreen") -> list[Command]:
    """The work with customers, for who has it."""
    if CONSOLE not in screen.workspaces.keys:
        return [Command("find", screen.going.focus_search)]
    at_work, needs = screen.going.at_work, partial(_needs_customer, screen)
    history = screen.desk_panel.history
    found = [
        _near("card", partial(at_work, screen.card.focus_rows), needs),
        _near("identity_check", partial(at_work, screen.going.focus_check), partial(_needs_check, screen)),
        _near("edit_customer", partial(at_work, screen.field_actions.editing.choose), partial(_needs_editable, screen)),
        _near("note", partial(at_work, screen.desk_panel.note.focus_note), needs),
        _near("outcome", partial(at_work, screen.rounds.focus_outcome), needs),
        _near("keep_find", screen.desk_panel.note.finds.choose_reason, screen.desk_panel.note.finds.why_not_keep),
        _near("read_notes", partial(at_work, history.press), lambda: needs() or history.why_not()),
        Command("next_section", partial(_in_front, screen, screen.card.go_section, 1), nearness=Nearness.SCREEN),
        Command("previous_section", partial(_in_front, screen, screen.card.go_section, -1), nearness=Nearness.SCREEN),
        Command("panel_left", partial(_in_front, screen, screen.area.nudge_panel, -1), nearness=Nearness.SCREEN),
        Command("panel_right", partial(_in_front, screen, screen.area.nudge_panel, 1), nearness=Nearness.SCREEN),
        Command("find", screen.going.focus_search),
        Command("list_or_table", partial(at_work, screen.switch_face)),
        Command("waiting_call", partial(take_call, screen), partial(needs_waiting, screen)),
        Command("hold_call", screen.calls.hold_or_resume, partial(needs_held, screen)),
        Command("end_call", screen.calls.end_current, partial(needs_call, screen)),
        _near("customer_privacy", partial(at_work, screen.privacy.show), needs),
        Command("new_contact", screen.popping.new_contact, partial(needs_making, screen)),
        Command("sync", partial(at_work, screen.syncing.now)),
        Command("table_filter", partial(at_work, partial(_at_table, screen, screen.table_panel.bar.choose_filter))),
        Command("table_columns", partial(at_work, partial(_at_table, screen, screen.table_panel.bar.arrange.click))),
        Command("table_views", partial(at_work, partial(_at_table, screen, screen.table_panel.bar.views.click))),
    ]
    if screen.taking.may_take:
        found.insert(4, _near("take_request", partial(at_work, screen.take_request), needs))
    if screen.card.offers_who_saw:
        found.insert(4, _near("who_saw", screen.going.show_who_saw))
    return found


def _at_table(screen: "ConsoleScreen", act: Callable[[], object]) -> None:
    """Do something with the table, which comes to the front for it."""
    if not screen.is_table:
        screen.switch_face()
    act()


def _in_front(screen: "ConsoleScreen", act: Callable[[int], object], step: int) -> None:
    """A step in the work with customers, where that is in front; it brings nothing to the front."""
    if screen.workspaces.current == CONSOLE:
        act(step)


def _near(does: str, act: Callable[[], object], why_not: WhyNot = always) -> Command:
    return Command(does, act, why_not, nearness=Nearness.RECORD)


def _needs_customer(screen: "ConsoleScreen") -> str:
    return "" if screen.card.customer is not None else _tr("Open a customer first.")


def _needs_editable(screen: "ConsoleScreen") -> str:
    return _needs_customer(screen) or screen.field_actions.editing.why_not()


def _needs_check(screen: "ConsoleScreen") -> str:
    if why_not := _needs_customer(screen):
        return why_not
    return "" if screen.card.check is not None else _tr("Nothing of this customer is compared here.")


def _screen_commands(screen: "ConsoleScreen") -> list[Command]:
    """What belongs to the frame, and where commands of one workspace are."""
    undoing = screen.undoing
    found = [
        Command(
            "main_action", partial(_main_action, screen), partial(_needs_main_action, screen), nearness=Nearness.SCREEN
        ),
        Command("close", screen.closing.close_innermost, nearness=Nearness.SCREEN),
        Command("next_region", partial(screen.going.next_region, 1), nearness=Nearness.SCREEN),
        Command("previous_region", partial(screen.going.next_region, -1), nearness=Nearness.SCREEN),
        Command("undo", undoing.undo, lambda: "" if undoing.can_undo else _tr("There is nothing to undo.")),
        Command("redo", undoing.redo, lambda: "" if undoing.can_redo else _tr("There is nothing to redo.")),
        Command("report_suspicion", screen.report_suspicion),
        Command("display", screen.open_display),
        Command("lock", screen.leaving.lock_by_hand),
        Command("sign_out", partial(screen.end, "signed_out")),
    ]
    places = screen.workspaces.places
    found += [
        Command(does, always, partial(_first_open, screen, does, place))
        for does, place in ELSEWHERE.items()
        if place in places
    ]
    if AUDIT in places:
        found.append(Command("verify_chain", partial(_verify_there, screen)))
    return found


def _main_action(screen: "ConsoleScreen") -> None:
    """What the screen in front is for."""
    pages, actions, workspaces = screen.popping.pages, screen.field_actions, screen.workspaces
    if workspaces.current == CONSOLE and pages.can_save:
        pages.save()
    elif workspaces.current == CONSOLE and actions.has_main_action:
        actions.take_main_action()
    elif workspaces.current == CONSOLE:
        screen.rounds.take_main_action()
    elif workspaces.approvals is not None and workspaces.current == APPROVALS:
        workspaces.approvals.take_main_action()


def _needs_main_action(screen: "ConsoleScreen") -> str:
    """Why there is none, or empty."""
    parts = (screen.field_actions, screen.rounds)
    has_some = screen.popping.pages.can_save or any(part.has_main_action for part in parts)
    is_here = screen.workspaces.current == CONSOLE and has_some
    return "" if is_here else _tr("Nothing here waits to be sent or approved.")


def _first_open(screen: "ConsoleScreen", does: str, place: str) -> str:
    if does == "plot_as_table" and may(screen.role, Duty.PROVE):
        words = _tr("First open {name}, or the page Compliance of the privacy desk.")
        return words.format(name=workspace_name(place))
    key = screen.workspaces.key_of(place)
    words = _tr("First open {name} ({key}).") if key else _tr("First open {name}.")
    return words.format(name=workspace_name(place), key=cap_for(key) if key else "")


def _verify_there(screen: "ConsoleScreen") -> None:
    """To the audit log, and verify it there."""
    screen.going.show_workspace(AUDIT)
    if screen.workspaces.current == AUDIT:
        screen.commands.run("verify_chain")


def _place_commands(screen: "ConsoleScreen") -> list[Command]:
    """A line for each workspace, by the name of its tab or its line in the menu."""
    tabs = [
        Command(
            f"workspace_{at}",
            partial(screen.going.show_workspace, key),
            words=workspace_name(key),
            english=WORKSPACE_NAMES[key],
        )
        for at, key in enumerate(screen.workspaces.keys, start=1)
    ]
    menu = [
        Command(
            f"{PLACE}{entry.key}",
            partial(screen.going.show_workspace, entry.key),
            words=workspace_name(entry.key),
            english=WORKSPACE_NAMES[entry.key],
            icon=entry.icon,
        )
        for entry in menu_of(screen.role)
    ]
    return [*tabs, *menu, Command("my_account", partial(screen.going.show_workspace, MY_ACCOUNT))]
