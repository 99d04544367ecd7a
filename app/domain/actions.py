"""Actions: what may be done with a field that stays masked, and by which program. IT's file, judged once at each look.

Invariants: a program is named by its whole path, or is one that Tirai ships; it is no shell, and nothing of a customer
goes into its words; only classes that open in the daily work are handed to a program, never `special`, never a note.
"""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, NoReturn

from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError
from app.domain.kinds import Kind
from app.domain.role import Role
from app.domain.toml_places import TomlError, TomlPlaces, parse_toml

SHIPPED = frozenset({"tirai-mail"})
"""Programs that come with Tirai; they run without being executed anew (`docs/adr/0031-used-not-shown.md`)."""
KINDS = frozenset(Kind) - {Kind.LONG_TEXT}
"""A program reads one line."""
CLASSES = frozenset({DataClass.CONTACT, DataClass.IDENTITY, DataClass.FINANCIAL})
LONGEST_S, MOST_A_SHIFT, MOST_ACTIONS, LONGEST_LABEL = 60, 1_000, 32, 36
_MOST_WORDS, _LONGEST_WORD = 32, 500
_SHELLS = frozenset({"sh", "bash", "dash", "ash", "zsh", "ksh", "mksh", "csh", "tcsh", "fish", "busybox", "env"})


class ActionsError(InputRefusedError):
    """The file of actions is refused.

    Attributes:
        line: the line of the file, from 1.
        reason: what is wrong there, in one sentence.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"Actions, line {line}: {reason}", code="actions")
        self.line, self.reason = line, reason


@dataclass(frozen=True, slots=True)
class Action:
    """One action.

    Attributes:
        code: its name in the log.
        kinds, classes: the fields it fits.
        roles: who may take it.
        argv: the program and its words; nothing of a customer among them.
        timeout_s: so many seconds it may take; then it is killed.
        needs_reason: whether a reason is chosen first, one of those that policy offers for a reveal.
        needs_caller: whether the caller must be identified.
    """

    code: str
    label_en: str
    label_id: str
    kinds: frozenset[Kind]
    classes: frozenset[DataClass]
    roles: frozenset[Role]
    argv: tuple[str, ...]
    timeout_s: int
    needs_reason: bool
    needs_caller: bool

    def fits(self, kind: Kind, data_class: DataClass) -> bool:
        """Whether it can be done with a field of this kind and class."""
        return kind in self.kinds and data_class in self.classes


@dataclass(frozen=True, slots=True)
class Actions:
    """All actions of an office.

    Attributes:
        per_shift: so many one person may take in a shift, over all of them.
    """

    per_shift: int
    all: tuple[Action, ...]

    def of(self, code: str) -> Action | None:
        """An action by its code."""
        return next((action for action in self.all if action.code == code), None)


NO_ACTIONS = Actions(0, ())


def load_actions(text: str) -> Actions:
    """The actions that a TOML text declares.

    Raises:
        ActionsError: with line and reason.
    """
    try:
        tables = parse_toml(text)
    except TomlError as error:
        raise ActionsError(error.line, error.reason) from error
    return _Reader(text).actions(tables)


class _Reader:
    """Judges a parsed file and builds the actions."""

    def __init__(self, text: str) -> None:
        self._places = TomlPlaces(text)
        self._at = 0

    def actions(self, tables: Mapping[str, Any]) -> Actions:
        for key in tables:
            if key not in {"per_shift", "action"}:
                line = self._places.line(key) if isinstance(tables[key], dict | list) else self._places.line("", key)
                raise ActionsError(line, f"unknown key {key!r}")
        found = tables.get("action", [])
        if not isinstance(found, list) or any(not isinstance(table, dict) for table in found):
            raise ActionsError(self._places.line("action"), "actions are written as [[action]]")
        if len(found) > MOST_ACTIONS:
            raise ActionsError(1, f"there are {MOST_ACTIONS} actions at most")
        per_shift = self._per_shift(tables) if found or "per_shift" in tables else 0
        actions: list[Action] = []
        for self._at, table in enumerate(found):
            action = self._action(table)
            if any(other.code == action.code for other in actions):
                self._refuse("code", "this code is taken by an action above")
            actions.append(action)
        return Actions(per_shift, tuple(actions))

    def _per_shift(self, tables: Mapping[str, Any]) -> int:
        value = tables.get("per_shift")
        if not _is_whole(value, MOST_A_SHIFT):
            line = self._places.line("", "per_shift")
            raise ActionsError(line, f"per_shift must be a whole number from 1 to {MOST_A_SHIFT}")
        return int(value)  # type: ignore[arg-type]

    def _refuse(self, key: str, reason: str) -> NoReturn:
        raise ActionsError(self._places.line("action", key, self._at), reason)

    def _action(self, table: dict[str, Any]) -> Action:
        known = {field.name for field in fields(Action)}
        for key in table:
            if key not in known:
                self._refuse(key, f"unknown key {key!r}")
        for key in sorted(known):
            if key not in table:
                self._refuse("", f"{key} is missing")
        return Action(
            code=self._code(table["code"]),
            label_en=self._label(table, "label_en"),
            label_id=self._label(table, "label_id"),
            kinds=frozenset(Kind(word) for word in self._words(table, "kinds", KINDS)),
            classes=frozenset(DataClass(word) for word in self._words(table, "classes", CLASSES)),
            roles=frozenset(Role(word) for word in self._words(table, "roles", frozenset(Role) - {Role.RECOVERY})),
            argv=self._argv(table["argv"]),
            timeout_s=self._timeout(table["timeout_s"]),
            needs_reason=self._flag(table, "needs_reason"),
            needs_caller=self._flag(table, "needs_caller"),
        )

    def _code(self, value: object) -> str:
        if not isinstance(value, str) or not 1 <= len(value) <= 32 or not set(value) <= set(_CODE_LETTERS):
            self._refuse("code", "code must be 1 to 32 letters a to z and _")
        return value

    def _label(self, table: dict[str, Any], key: str) -> str:
        value = table[key]
        if not isinstance(value, str) or not value.strip() or not value.isprintable() or len(value) > LONGEST_LABEL:
            self._refuse(key, f"{key} must be a text of up to {LONGEST_LABEL} characters")
        return value.strip()

    def _words(self, table: dict[str, Any], key: str, known: frozenset[Any]) -> list[str]:
        value, may = table[key], sorted(word.value for word in known)
        if not isinstance(value, list) or not value or any(word not in may for word in value):
            self._refuse(key, f"{key} must list some of: {', '.join(may)}")
        return value

    def _flag(self, table: dict[str, Any], key: str) -> bool:
        value = table[key]
        if not isinstance(value, bool):
            self._refuse(key, f"{key} must be true or false")
        return value

    def _timeout(self, value: object) -> int:
        if not _is_whole(value, LONGEST_S):
            self._refuse("timeout_s", f"timeout_s must be a whole number from 1 to {LONGEST_S}")
        return int(value)  # type: ignore[call-overload,no-any-return]

    def _argv(self, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not value or any(not isinstance(word, str) for word in value):
            self._refuse("argv", "argv must list a program and its words, each a text of its own")
        if len(value) > _MOST_WORDS or any(len(w) > _LONGEST_WORD or not w.isprintable() for w in value):
            self._refuse("argv", f"argv has {_MOST_WORDS} words at most, each of {_LONGEST_WORD} plain characters")
        program = value[0]
        if program in SHIPPED:
            return tuple(value)
        if not posixpath.isabs(program) or posixpath.normpath(program) != program:
            self._refuse("argv", f"name the program by its whole path, or one of Tirai's: {', '.join(SHIPPED)}")
        if posixpath.basename(program) in _SHELLS:
            self._refuse("argv", "no shell: name the program itself")
        return tuple(value)


_CODE_LETTERS = "abcdefghijklmnopqrstuvwxyz_"


def _is_whole(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most
