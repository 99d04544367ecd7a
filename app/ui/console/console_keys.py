"""What each key of the table does in the console."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QShortcut

from app.ui.console.workspace_entries import CONSOLE, MY_ACCOUNT
from app.ui.shortcuts import keys_for

if TYPE_CHECKING:
    from app.ui.console.screen import ConsoleScreen


def join_keys(screen: "ConsoleScreen") -> None:
    """Make the keys work in a console."""
    for does, act in actions_of(screen).items():
        shortcut = QShortcut(keys_for(does), screen)
        shortcut.activated.connect(act)


def actions_of(screen: "ConsoleScreen") -> dict[str, Callable[[], object]]:
    """Name of a key -> what it does for this person."""
    workspaces = screen.workspaces
    actions: dict[str, Callable[[], object]] = {
        "find": screen.focus_search,
        "list_or_table": partial(screen.at_work, screen.switch_face),
        "card": partial(screen.at_work, screen.card.focus_rows),
        "identity_check": partial(screen.at_work, screen.focus_check),
        "note": partial(screen.at_work, screen.desk_panel.note.focus_note),
        "sync": partial(screen.at_work, screen.syncing.now),
        "next_section": partial(_in_front, screen, screen.card.go_section, 1),
        "previous_section": partial(_in_front, screen, screen.card.go_section, -1),
        "panel_left": partial(_in_front, screen, screen.area.nudge_panel, -1),
        "panel_right": partial(_in_front, screen, screen.area.nudge_panel, 1),
        "lock": screen.leaving.lock_by_hand,
        "end_call": screen.calls.end_all,
        "sign_out": partial(screen.end, "signed_out"),
        "close": screen.close_innermost,
        "my_account": partial(screen.show_workspace, MY_ACCOUNT),
        "next_region": partial(screen.next_region, 1),
        "previous_region": partial(screen.next_region, -1),
        "main_action": screen.take_main_action,
    }
    approvals = workspaces.approvals
    if approvals is not None:
        decide = {"deny": approvals.ask_why_not, "ask_back": approvals.ask_back, "revoke": approvals.revoke_newest}
        actions |= {does: partial(screen.at_approvals, act) for does, act in decide.items()}
    if screen.card.offers_who_saw:
        actions["who_saw"] = screen.show_who_saw
    for at, key in enumerate(workspaces.keys, start=1):
        actions[f"workspace_{at}"] = partial(screen.show_workspace, key)
    return actions


def _in_front(screen: "ConsoleScreen", act: Callable[[int], object], step: int) -> None:
    """A step in the work with customers, where that is in front; it brings nothing to the front."""
    if screen.workspaces.current == CONSOLE:
        act(step)
