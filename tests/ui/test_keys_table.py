"""The one table of keys: no key has two meanings, none is taken by a text field, a desktop or a screen reader."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence

import app.ui
from app.ui.shortcuts import SHORTCUTS, Scope, Shortcut, cap_for, key_for, platform_keys, tip_for
from app.ui.theme.look import Look

PLATFORMS = ("darwin", "linux", "win32")

TEXT_KEYS = {
    # qtbase/src/gui/kernel/qplatformtheme.cpp, QPlatformThemePrivate::keyBindings: what text fields do with a key.
    "linux": (
        "Ctrl+A Ctrl+C Ctrl+X Ctrl+V Ctrl+D Ctrl+E Ctrl+K Ctrl+U Ctrl+Z Ctrl+Shift+Z Ctrl+Shift+A Ctrl+Insert "
        "Shift+Insert Ctrl+Del Shift+Del Ctrl+Backspace Ctrl+Left Ctrl+Right Ctrl+Shift+Left Ctrl+Shift+Right "
        "Ctrl+Home Ctrl+End Ctrl+Shift+Home Ctrl+Shift+End Shift+Home Shift+End "
        "Shift+Left Shift+Right Shift+Up Shift+Down"
    ),
    "win32": (
        "Ctrl+A Ctrl+C Ctrl+X Ctrl+V Ctrl+Y Ctrl+Z Ctrl+Shift+Z Alt+Backspace Alt+Shift+Backspace Ctrl+Insert "
        "Shift+Insert Ctrl+Del Shift+Del Ctrl+Backspace Ctrl+Left Ctrl+Right Ctrl+Shift+Left Ctrl+Shift+Right "
        "Ctrl+Home Ctrl+End Ctrl+Shift+Home Ctrl+Shift+End Shift+Home Shift+End "
        "Shift+Left Shift+Right Shift+Up Shift+Down"
    ),
    "darwin": (
        "Ctrl+A Ctrl+C Ctrl+X Ctrl+V Ctrl+Z Ctrl+Shift+Z Meta+A Meta+B Meta+D Meta+E Meta+F Meta+H Meta+K Meta+N "
        "Meta+O Meta+P Meta+V Alt+Backspace Alt+Del Ctrl+Left Ctrl+Right Alt+Left Alt+Right "
        "Ctrl+Shift+Left Ctrl+Shift+Right Alt+Up Alt+Down"
    ),
}

RESERVED = {
    "linux": (
        # GNOME, KDE and window managers; Ctrl+Shift+U and Ctrl+Space are an input method's (IBus).
        "Alt+F1 Alt+F2 Alt+F4 Alt+Tab Alt+Space Alt+Esc Ctrl+Alt+Del Ctrl+Alt+L Ctrl+Alt+T Ctrl+Alt+Up Ctrl+Alt+Down "
        "Ctrl+Alt+Left Ctrl+Alt+Right Ctrl+Esc Ctrl+Space Ctrl+Shift+U F10 Shift+F10 F11 Print Meta+L Meta+D"
    ),
    "win32": (
        "Alt+F4 Alt+Tab Alt+Space Alt+Esc Ctrl+Esc Ctrl+Shift+Esc Ctrl+Alt+Del Ctrl+Alt+Tab F10 Shift+F10 F11 F12 "
        "Print Meta+L Meta+D"
    ),
    "darwin": (
        # support.apple.com/HT201236; Ctrl is Command in Qt's words.
        "Ctrl+H Ctrl+M Ctrl+Q Ctrl+W Ctrl+Tab Ctrl+Space Ctrl+Shift+Q Ctrl+Shift+3 Ctrl+Shift+4 Ctrl+Shift+5 "
        "Ctrl+Alt+Esc Ctrl+Alt+H Ctrl+Alt+M Ctrl+Alt+D Meta+Up Meta+Down Meta+Left Meta+Right "
        "Meta+Space Meta+Ctrl+Q Meta+Ctrl+F F11"
    ),
}

YIELDED = frozenset({"Ctrl+K", "Ctrl+E", "Ctrl+D", "Ctrl+H", "Meta+H"})
"""What text fields give up (`app.ui.yielding`)."""
SAME_THERE = frozenset({"Ctrl+Z", "Ctrl+Shift+Z"})
"""What means the same in a text field."""


def same(keys: str) -> str:
    """A sequence as Qt writes it."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)


def keyed() -> list[Shortcut]:
    return [shortcut for shortcut in SHORTCUTS if shortcut.keys]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_that_a_key_has_one_meaning_in_the_whole_program(platform: str) -> None:
    keys = [same(platform_keys(shortcut.keys, platform)) for shortcut in keyed()]
    assert all(keys)
    assert len(keys) == len(set(keys))
    assert len({shortcut.does for shortcut in SHORTCUTS}) == len(SHORTCUTS)


def test_that_single_letters_work_in_rows_and_popovers_only() -> None:
    assert all(len(s.keys) > 1 or s.scope is not Scope.WINDOW for s in keyed())


@pytest.mark.parametrize("platform", PLATFORMS)
def test_that_no_key_of_the_window_is_one_of_a_text_field(platform: str) -> None:
    taken = {same(keys) for keys in TEXT_KEYS[platform].split()} - YIELDED - SAME_THERE
    ours = {same(platform_keys(s.keys, platform)) for s in keyed() if s.scope is Scope.WINDOW}
    assert not ours & taken


def test_that_no_key_of_the_window_is_bound_here_by_qts_text_fields(look: Look) -> None:
    names = [name for name in QKeySequence.StandardKey if name.name.startswith(("Move", "Select", "Delete", "Insert"))]
    names += [QKeySequence.StandardKey[name] for name in ("Copy", "Cut", "Paste", "Deselect", "Backspace")]
    taken = {bound.toString() for name in names for bound in QKeySequence.keyBindings(name)} - YIELDED
    ours = {same(s.keys) for s in keyed() if s.scope is Scope.WINDOW}
    assert not ours & taken


@pytest.mark.parametrize("platform", PLATFORMS)
def test_that_no_key_is_kept_by_a_desktop(platform: str) -> None:
    kept = {same(keys) for keys in RESERVED[platform].split()}
    assert not {same(platform_keys(s.keys, platform)) for s in keyed()} & kept


def test_that_ctrl_shift_decides_or_leaves_a_trace() -> None:
    """Redo excepted."""
    traced = {
        "keep_find",
        "who_saw",
        "end_call",
        "deny",
        "ask_back",
        "revoke",
        "verify_chain",
        "export",
        "print",
        "sign_out",
        "report_suspicion",
    }
    assert {s.does for s in keyed() if s.keys.startswith("Ctrl+Shift+")} <= traced | {"redo"}


def test_that_caps_and_tips_tell_the_key(look: Look) -> None:
    assert cap_for("end_call") == "Ctrl ⇧ H"
    assert tip_for("lock") == "Lock (Ctrl L)"
    assert (cap_for("tour"), tip_for("tour")) == ("", "Show the tour")
    assert chr(key_for("reveal")) == "R"


# what the sources say -------------------------------------------------------------------------------------------------
MOVES = frozenset(
    (
        *("Return", "Enter", "Space", "Escape", "Tab", "Backtab", "Backspace", "Delete", "CapsLock", "Menu"),
        *("Up", "Down", "Left", "Right", "Home", "End", "PageUp", "PageDown", "0", "1"),
    )
)
"""Keys that widgets take for what every widget of their kind does with them."""


def sources() -> Iterator[tuple[str, ast.AST]]:
    root = Path(app.ui.__file__).parent
    for path in sorted(root.rglob("*.py")):
        if path.name != "shortcuts.py":
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                yield f"{path.relative_to(root)}:{getattr(node, 'lineno', 0)}", node


def called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def test_that_every_key_of_a_shortcut_or_an_action_comes_from_the_table() -> None:
    wrong = []
    for place, node in sources():
        name = called(node)
        if name in {"QShortcut", "setShortcut", "setShortcuts", "setKey"}:
            assert isinstance(node, ast.Call)
            of_table = node.args and called(node.args[0]) == "keys_for"
            wrong += [] if of_table else [place]
        if name in {"QAction", "QKeySequence", "QKeyCombination"}:
            wrong.append(place)
    assert not wrong, f"ask app.ui.shortcuts.keys_for: {wrong}"


def test_that_the_keys_of_a_window_are_bound_in_one_place() -> None:
    """Doors excepted, where there are no commands: Esc leads back while the focus is in a page; a suspicion's key."""
    bound = {place.partition(":")[0] for place, node in sources() if called(node) == "QShortcut"}
    assert bound == {"commands/commands.py", "enrolment/step_card.py", "sign_in/outside.py"}


def test_that_widgets_take_no_letter_and_no_function_key_by_themselves() -> None:
    named = [(place, node.attr) for place, node in sources() if isinstance(node, ast.Attribute)]
    wrong = [(place, key) for place, key in named if key.startswith("Key_") and key[4:] not in MOVES]
    assert not wrong, f"ask app.ui.shortcuts.key_for: {wrong}"


@pytest.mark.slow
def test_that_every_name_asked_for_is_in_the_table() -> None:
    known = {shortcut.does for shortcut in SHORTCUTS}
    asked = {
        (place, node.args[0].value)
        for place, node in sources()
        if isinstance(node, ast.Call)
        and called(node) in {"keys_for", "key_for", "cap_for", "words_for", "tip_for", "line_of"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert {name for _, name in asked} <= known, sorted((p, n) for p, n in asked if n not in known)
