"""The one table of keys (ui.md section 7). Screens ask it for a key by the name of what it does.

Rule: Ctrl goes or does; Ctrl+Shift decides or leaves a trace; single letters work only while a field row has the
focus. A key has one meaning in the whole program, so no two scopes can clash; a test loads this table.
"""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QKeySequence

from app.ui.language import later as _later
from app.ui.language import tr as _tr


class Scope(StrEnum):
    """Where a key works."""

    WINDOW = "window"
    ROW = "row"
    POPOVER = "popover"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One key. `does` is its name in code; `words` the English text that is translated at use."""

    keys: str
    does: str
    scope: Scope
    words: str


SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut("Ctrl+F", "find", Scope.WINDOW, _later("Find")),
    Shortcut("Ctrl+T", "list_or_table", Scope.WINDOW, _later("List or table")),
    Shortcut("Ctrl+G", "card", Scope.WINDOW, _later("Customer card")),
    Shortcut("Ctrl+I", "identity_check", Scope.WINDOW, _later("Identity check")),
    Shortcut("Ctrl+J", "note", Scope.WINDOW, _later("Note")),
    Shortcut("Ctrl+Return", "main_action", Scope.WINDOW, _later("The screen’s main action")),
    Shortcut("Ctrl+Shift+H", "end_call", Scope.WINDOW, _later("End call")),
    Shortcut("Ctrl+L", "lock", Scope.WINDOW, _later("Lock")),
    Shortcut("Ctrl+Shift+Q", "sign_out", Scope.WINDOW, _later("Sign out and wipe")),
    Shortcut("Ctrl+Shift+D", "deny", Scope.WINDOW, _later("Deny")),
    Shortcut("Ctrl+Shift+B", "ask_back", Scope.WINDOW, _later("Ask back")),
    Shortcut("Ctrl+Shift+R", "revoke", Scope.WINDOW, _later("Revoke")),
    Shortcut("F2", "plot_as_table", Scope.WINDOW, _later("A plot as a table, and back")),
    Shortcut("Ctrl+Shift+Y", "verify_chain", Scope.WINDOW, _later("Verify the audit chain")),
    Shortcut("Ctrl+Shift+W", "who_saw", Scope.WINDOW, _later("Who saw this customer’s data")),
    Shortcut("Ctrl+Shift+X", "export", Scope.WINDOW, _later("Export")),
    Shortcut("Ctrl+1", "workspace_1", Scope.WINDOW, _later("First workspace")),
    Shortcut("Ctrl+2", "workspace_2", Scope.WINDOW, _later("Second workspace")),
    Shortcut("Ctrl+3", "workspace_3", Scope.WINDOW, _later("Third workspace")),
    Shortcut("Ctrl+4", "workspace_4", Scope.WINDOW, _later("Fourth workspace")),
    Shortcut("Ctrl+5", "workspace_5", Scope.WINDOW, _later("Fifth workspace")),
    Shortcut("Ctrl+,", "my_account", Scope.WINDOW, _later("My account")),
    Shortcut("Esc", "close", Scope.WINDOW, _later("Close the innermost thing")),
    Shortcut("F6", "next_region", Scope.WINDOW, _later("Next region")),
    Shortcut("Shift+F6", "previous_region", Scope.WINDOW, _later("Previous region")),
    Shortcut("R", "reveal", Scope.ROW, _later("Reveal")),
    Shortcut("V", "verify", Scope.ROW, _later("Compare what the caller says; the field stays shut")),
    Shortcut("A", "ask", Scope.ROW, _later("Ask")),
    Shortcut("W", "withdraw", Scope.ROW, _later("Withdraw")),
    Shortcut("D", "act", Scope.ROW, _later("Dial, send or transfer; the field stays shut")),
    Shortcut("C", "copy", Scope.ROW, _later("Copy the open value")),
    Shortcut("S", "say", Scope.ROW, _later("Say the open value (screen reader only)")),
    Shortcut("Return", "row_action", Scope.ROW, _later("The row’s action")),
    Shortcut("Up", "row_above", Scope.ROW, _later("Row above")),
    Shortcut("Down", "row_below", Scope.ROW, _later("Row below")),
    *(Shortcut(str(n), f"reason_{n}", Scope.POPOVER, _later("Reason")) for n in range(1, 10)),
)

_BY_NAME = {shortcut.does: shortcut for shortcut in SHORTCUTS}


def keys_for(does: str) -> QKeySequence:
    """The key sequence of an action. Raises KeyError for an unknown name."""
    return QKeySequence(_BY_NAME[does].keys)


def cap_for(does: str) -> str:
    """The key as it stands on a key cap: `Ctrl F`, `R`."""
    caps = {"Shift": "⇧", "Return": "↵"}
    return " ".join(caps.get(part, part) for part in _BY_NAME[does].keys.split("+"))


def words_for(does: str) -> str:
    """What the key does, in the language of the screen."""
    return _tr(_BY_NAME[does].words)
