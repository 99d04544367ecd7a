"""The one table of commands and keys (ui.md section 7). Screens ask it by the name of what is done.

Rule: Ctrl goes or does; Ctrl+Shift decides or leaves a trace; single letters work only while a field row has the
focus, and can be switched off. A key has one meaning in the whole program, so no two scopes can clash; tests load this
table. Palette, sheet (F1), menus, key caps and tooltips read it; what a line of scope WINDOW does is told to
`app.ui.commands.commands.Commands`, and by nothing else is a key of the window bound.

A new command: a line here, in the order in which the sheet shows it; then a `Command` of its name in
`app/ui/console/console_keys.py`, or in `Workspace.commands` of the workspace that has it.
"""

import sys
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from app.ui.language import later as _later
from app.ui.language import tr as _tr
from app.ui.saying import filled, said


class Scope(StrEnum):
    """Where a key works."""

    WINDOW = "window"
    ROW = "row"
    POPOVER = "popover"


class Group(StrEnum):
    """Under which heading the sheet of keys shows it."""

    CUSTOMERS = "customers"
    CALL = "call"
    ROW = "row"
    REQUESTS = "requests"
    REPORTS = "reports"
    PLACES = "places"
    MOVING = "moving"
    SESSION = "session"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One command.

    Attributes:
        keys: in Qt's words, `Ctrl+Shift+H`; empty: no key, menu and palette have it.
        does: its name in code.
        scope: where the key works.
        words: the English text that is translated at use.
        group: its heading in the sheet.
        icon: its sign in palette and menus.
        repeats: whether a key that is held down does it again and again.
    """

    keys: str
    does: str
    scope: Scope
    words: str
    group: Group = Group.PLACES
    icon: str = ""
    repeats: bool = False


SHORTCUTS: tuple[Shortcut, ...] = (
    # customers
    Shortcut("Ctrl+F", "find", Scope.WINDOW, _later("Find"), Group.CUSTOMERS, "search"),
    Shortcut("Ctrl+T", "list_or_table", Scope.WINDOW, _later("List or table"), Group.CUSTOMERS, "table-2"),
    Shortcut("Ctrl+G", "card", Scope.WINDOW, _later("Customer card"), Group.CUSTOMERS, "user-round"),
    Shortcut("Ctrl+I", "identity_check", Scope.WINDOW, _later("Identity check"), Group.CUSTOMERS, "user-check"),
    Shortcut("", "edit_customer", Scope.WINDOW, _later("Change a field of this customer"), Group.CUSTOMERS, "pencil"),
    Shortcut("Ctrl+J", "note", Scope.WINDOW, _later("Note"), Group.CUSTOMERS, "notebook-pen"),
    Shortcut(
        "Ctrl+Shift+K", "keep_find", Scope.WINDOW, _later("Keep a number in the note as typed"), Group.CUSTOMERS, "pin"
    ),
    Shortcut("", "read_notes", Scope.WINDOW, _later("Show or hide the earlier notes"), Group.CUSTOMERS, "history"),
    Shortcut("Ctrl+O", "outcome", Scope.WINDOW, _later("Outcome"), Group.CUSTOMERS, "clipboard-check"),
    Shortcut(
        "Ctrl+Return",
        "main_action",
        Scope.WINDOW,
        _later("The screen’s main action"),
        Group.CUSTOMERS,
        "corner-down-left",
    ),
    Shortcut("", "table_filter", Scope.WINDOW, _later("Filter the table"), Group.CUSTOMERS, "list-filter"),
    Shortcut("", "table_columns", Scope.WINDOW, _later("Columns of the table"), Group.CUSTOMERS, "columns-3"),
    Shortcut("", "table_views", Scope.WINDOW, _later("Saved views of the table"), Group.CUSTOMERS, "bookmark"),
    Shortcut("F5", "sync", Scope.WINDOW, _later("Sync now"), Group.CUSTOMERS, "refresh-cw"),
    Shortcut(
        "Ctrl+Shift+W", "who_saw", Scope.WINDOW, _later("Who saw this customer’s data"), Group.CUSTOMERS, "scan-eye"
    ),
    Shortcut("", "customer_privacy", Scope.WINDOW, _later("Privacy of this customer"), Group.CUSTOMERS, "shield-user"),
    Shortcut(
        "", "take_request", Scope.WINDOW, _later("Take a request about personal data down"), Group.CUSTOMERS, "inbox"
    ),
    Shortcut("Ctrl+N", "new_contact", Scope.WINDOW, _later("New contact"), Group.CUSTOMERS, "user-plus"),
    # the call
    Shortcut(
        "Ctrl+P",
        "waiting_call",
        Scope.WINDOW,
        _later("Show who calls, or take the call that waits"),
        Group.CALL,
        "phone-incoming",
    ),
    Shortcut("Ctrl+H", "hold_call", Scope.WINDOW, _later("Hold the call, or go on with it"), Group.CALL, "pause"),
    Shortcut("Ctrl+Shift+H", "end_call", Scope.WINDOW, _later("End call"), Group.CALL, "phone-off"),
    # a row of the card
    Shortcut("R", "reveal", Scope.ROW, _later("Reveal"), Group.ROW, "eye"),
    Shortcut(
        "V", "verify", Scope.ROW, _later("Compare what the caller says; the field stays shut"), Group.ROW, "user-check"
    ),
    Shortcut("A", "ask", Scope.ROW, _later("Ask"), Group.ROW, "hand"),
    Shortcut("L", "learn", Scope.ROW, _later("To the lesson that opens it"), Group.ROW, "graduation-cap"),
    Shortcut("W", "withdraw", Scope.ROW, _later("Withdraw"), Group.ROW, "undo-2"),
    Shortcut("D", "act", Scope.ROW, _later("Dial, send or transfer; the field stays shut"), Group.ROW, "send"),
    Shortcut("C", "copy", Scope.ROW, _later("Copy the open value"), Group.ROW, "copy"),
    Shortcut("E", "edit_field", Scope.ROW, _later("Change the field"), Group.ROW, "pencil"),
    Shortcut("H", "field_versions", Scope.ROW, _later("Who changed it, and when"), Group.ROW, "history"),
    Shortcut("S", "say", Scope.ROW, _later("Say the open value (screen reader only)"), Group.ROW, "volume-2"),
    Shortcut("Return", "row_action", Scope.ROW, _later("The row’s action"), Group.ROW, "corner-down-left"),
    Shortcut("Menu", "row_menu", Scope.ROW, _later("All actions of the row"), Group.ROW, "menu"),
    Shortcut("Up", "row_above", Scope.ROW, _later("Row above"), Group.ROW, "arrow-up"),
    Shortcut("Down", "row_below", Scope.ROW, _later("Row below"), Group.ROW, "arrow-down"),
    *(
        Shortcut(str(n), f"reason_{n}", Scope.POPOVER, _later("Choose by number"), Group.ROW, "list")
        for n in range(1, 10)
    ),
    # requests
    Shortcut("Ctrl+Shift+D", "deny", Scope.WINDOW, _later("Deny"), Group.REQUESTS, "ban"),
    Shortcut("Ctrl+Shift+B", "ask_back", Scope.WINDOW, _later("Ask back"), Group.REQUESTS, "reply"),
    Shortcut("Ctrl+Shift+R", "revoke", Scope.WINDOW, _later("Revoke"), Group.REQUESTS, "eye-off"),
    # reports
    Shortcut("F2", "plot_as_table", Scope.WINDOW, _later("A plot as a table, and back"), Group.REPORTS, "chart-column"),
    Shortcut(
        "Ctrl+Shift+Y", "verify_chain", Scope.WINDOW, _later("Verify the audit chain"), Group.REPORTS, "shield-check"
    ),
    Shortcut("Ctrl+Shift+X", "export", Scope.WINDOW, _later("Export"), Group.REPORTS, "download"),
    Shortcut("Ctrl+Shift+S", "report_suspicion", Scope.WINDOW, _later("Report a suspicion"), Group.REPORTS, "siren"),
    # places
    Shortcut("Ctrl+1", "workspace_1", Scope.WINDOW, _later("First workspace"), Group.PLACES, "panels-top-left"),
    Shortcut("Ctrl+2", "workspace_2", Scope.WINDOW, _later("Second workspace"), Group.PLACES, "panels-top-left"),
    Shortcut("Ctrl+3", "workspace_3", Scope.WINDOW, _later("Third workspace"), Group.PLACES, "panels-top-left"),
    Shortcut("Ctrl+4", "workspace_4", Scope.WINDOW, _later("Fourth workspace"), Group.PLACES, "panels-top-left"),
    Shortcut("Ctrl+5", "workspace_5", Scope.WINDOW, _later("Fifth workspace"), Group.PLACES, "panels-top-left"),
    Shortcut("Ctrl+,", "my_account", Scope.WINDOW, _later("My account"), Group.PLACES, "circle-user"),
    # moving about
    Shortcut(
        "F6", "next_region", Scope.WINDOW, _later("Next region"), Group.MOVING, "arrow-right-to-line", repeats=True
    ),
    Shortcut(
        "Shift+F6",
        "previous_region",
        Scope.WINDOW,
        _later("Previous region"),
        Group.MOVING,
        "arrow-left-to-line",
        repeats=True,
    ),
    Shortcut(
        "Ctrl+Down",
        "next_section",
        Scope.WINDOW,
        _later("Next section of the card"),
        Group.MOVING,
        "chevron-down",
        repeats=True,
    ),
    Shortcut(
        "Ctrl+Up",
        "previous_section",
        Scope.WINDOW,
        _later("Previous section of the card"),
        Group.MOVING,
        "chevron-up",
        repeats=True,
    ),
    Shortcut(
        "Alt+Shift+Left",
        "panel_left",
        Scope.WINDOW,
        _later("Edge of the panel to the left"),
        Group.MOVING,
        "panel-left-close",
        repeats=True,
    ),
    Shortcut(
        "Alt+Shift+Right",
        "panel_right",
        Scope.WINDOW,
        _later("Edge of the panel to the right"),
        Group.MOVING,
        "panel-left-open",
        repeats=True,
    ),
    Shortcut("Esc", "close", Scope.WINDOW, _later("Close the innermost thing"), Group.MOVING, "x"),
    Shortcut("Ctrl+Z", "undo", Scope.WINDOW, _later("Undo"), Group.MOVING, "undo-2", repeats=True),
    Shortcut("Ctrl+Shift+Z", "redo", Scope.WINDOW, _later("Redo"), Group.MOVING, "redo-2", repeats=True),
    Shortcut("", "colleagues", Scope.WINDOW, _later("Hand class keys to new colleagues"), Group.PLACES, "user-plus"),
    # session
    Shortcut("", "display", Scope.WINDOW, _later("Display and language"), Group.SESSION, "monitor-cog"),
    Shortcut("Ctrl+L", "lock", Scope.WINDOW, _later("Lock"), Group.SESSION, "lock"),
    Shortcut("Ctrl+Shift+Q", "sign_out", Scope.WINDOW, _later("Sign out and wipe"), Group.SESSION, "log-out"),
    Shortcut("", "what_ends", Scope.WINDOW, _later("What happens at the end"), Group.SESSION, "door-open"),
    # help
    Shortcut("Ctrl+K", "palette", Scope.WINDOW, _later("All commands"), Group.HELP, "command"),
    Shortcut("F1", "keys", Scope.WINDOW, _later("All keys"), Group.HELP, "keyboard"),
    Shortcut("Shift+F1", "why_masked", Scope.WINDOW, _later("Why is this masked?"), Group.HELP, "circle-question-mark"),
    Shortcut("", "tour", Scope.WINDOW, _later("Show the tour"), Group.HELP, "signpost"),
    Shortcut("", "notices", Scope.WINDOW, _later("Bring closed notices back"), Group.HELP, "bell"),
    Shortcut("", "single_keys", Scope.WINDOW, _later("Switch single-letter keys on or off"), Group.HELP, "case-upper"),
)

_BY_NAME = {shortcut.does: shortcut for shortcut in SHORTCUTS}

MAC_KEYS = {"Ctrl+H": "Meta+H", "Ctrl+Shift+Q": "Meta+Shift+Q"}
"""On macOS, where Qt's Ctrl is Command: Command+H hides a program and Command+Shift+Q ends the person's whole session;
the key that says Control is meant there."""


def line_of(does: str) -> Shortcut:
    """The line of a command. Raises KeyError for an unknown name."""
    return _BY_NAME[does]


def platform_keys(keys: str, platform: str = sys.platform) -> str:
    """The keys as they are on this kind of workstation."""
    return MAC_KEYS.get(keys, keys) if platform == "darwin" else keys


def keys_for(does: str) -> QKeySequence:
    """The key sequence of a command; an empty one where it has no key. Raises KeyError for an unknown name."""
    return QKeySequence(platform_keys(_BY_NAME[does].keys))


def key_for(does: str) -> Qt.Key:
    """The single key of a row's or a popover's command. Raises KeyError for an unknown name."""
    return Qt.Key(keys_for(does)[0].key())  # type: ignore[index]  # PySide's stubs lack it


def command_of(event: QKeyEvent) -> str:
    """The command whose keys were pressed, in whichever scope; empty for other keys."""
    pressed = QKeySequence(event.keyCombination())
    return next((line.does for line in SHORTCUTS if line.keys and keys_for(line.does) == pressed), "")


def cap_for(does: str) -> str:
    """The key as it stands on a key cap: `Ctrl F`, `R`; empty where it has none."""
    caps = {"Shift": "⇧", "Return": "↵", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}
    return " ".join(caps.get(part, part) for part in platform_keys(_BY_NAME[does].keys).split("+"))


def words_for(does: str) -> str:
    """What the command does, in the language of the screen."""
    return _tr(_BY_NAME[does].words)


@said
def tip_for(does: str, words: str = "") -> str:
    """A tooltip: what it does, or other words for that, and its key."""
    cap = cap_for(does)
    return filled("{} ({})", words or words_for(does), cap) if cap else words or words_for(does)
