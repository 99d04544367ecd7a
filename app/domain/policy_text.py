"""Single changes in the text of a policy: what else stands there, its comments too, stays as it is.

Invariant: each function reads the text again and demands that exactly the one thing has changed; a text that somebody
wrote in another manner (a list over several lines) is refused, to be changed by hand.
"""

import json
import re
from collections.abc import Collection
from typing import Any

from app.domain.data_class import DataClass
from app.domain.policy import Access, Policy, PolicyError, Reason
from app.domain.role import Role
from app.domain.toml_places import TomlPlaces, parse_toml

Value = int | bool | str | Collection[str]
_HEADER = re.compile(r"\s*\[")


def with_value(text: str, table: str, key: str, value: Value) -> str:
    """The text with one key of one table set.

    Args:
        text: TOML.
        table: `numbers`, `role.agent`; it is added where there is none.
        key: its key.
        value: a number, a switch, a word, or a list of words, which is sorted as it comes.

    Raises:
        PolicyError: the place is written in a manner that cannot be changed here.
    """
    lines, places = text.split("\n"), TomlPlaces(text)
    at, head = places.line(table, key) - 1, places.line(table) - 1
    written = f"{key} = {_toml(value)}"
    if re.match(rf"\s*{re.escape(key)}\s*=", lines[at]):
        lines[at] = written + _comment(lines[at])
    elif re.match(rf"\s*\[\s*{re.escape(table)}\s*\]", lines[head]):
        lines.insert(head + 1, written)
    else:
        lines += [f"[{table}]", written, ""]
    changed = "\n".join(lines)
    expected = parse_toml(text)
    inner = expected
    for part in table.split("."):
        inner = inner.setdefault(part, {})
    inner[key] = list(value) if isinstance(value, Collection) and not isinstance(value, str) else value
    return _checked(changed, expected, at + 1)


def with_access(
    text: str, policy: Policy, role: Role, data_class: DataClass, access: Access, *, steps_up: bool, decides: bool
) -> str:
    """The text with another right of a role to a class; who does not reveal it needs no code and decides nothing.

    Args:
        text: TOML.
        policy: what the text says now.
        role: whose right.
        data_class: to what.
        access: what the role may do.
        steps_up: whether only with a fresh code.
        decides: whether it decides on other people's requests.

    Raises:
        PolicyError: the place is written in a manner that cannot be changed here.
    """
    rights, reveals = policy.roles[role], access is Access.REVEAL
    wanted = {
        "reveals": (rights.reveals, reveals),
        "asks": (rights.asks, access is Access.ASK),
        "decides": (rights.decides, reveals and decides),
        "steps_up_for": (rights.steps_up_for, reveals and steps_up),
    }
    for key, (before, has) in wanted.items():
        after = before | {data_class} if has else before - {data_class}
        if after != before:
            text = with_value(text, f"role.{role}", key, [c for c in DataClass if c in after])
    return text


def without_table(text: str, table: str) -> str:
    """The text without a table; its own comments go with it where they stand below its head.

    Raises:
        PolicyError: the place is written in a manner that cannot be changed here.
    """
    expected = parse_toml(text)
    if table not in expected:
        return text
    del expected[table]
    return _checked(_cut(text, TomlPlaces(text).line(table)), expected, TomlPlaces(text).line(table))


def with_reason(text: str, table: str, reason: Reason) -> str:
    """The text with another reason, as the last one.

    Args:
        text: TOML; it lists reasons of this kind already, or the base's would go.
        table: `reveal_reason` or `ask_reason`.
        reason: the new one.

    Raises:
        PolicyError: a reason of that code is there already.
    """
    expected = parse_toml(text)
    found = expected.setdefault(table, [])
    if any(item.get("code") == reason.code for item in found):
        raise PolicyError(1, f"the reason {reason.code!r} is declared twice")
    values: dict[str, Value] = {
        "code": reason.code,
        "label_en": reason.label_en,
        "label_id": reason.label_id,
        "needs_text": reason.needs_text,
        "needs_caller": reason.needs_caller,
        "classes": sorted(reason.classes),
    }
    if reason.purpose:
        values["purpose"] = reason.purpose
    found.append(values)
    block = [f"[[{table}]]", *(f"{key} = {_toml(value)}" for key, value in values.items())]
    return _checked("\n".join([text.rstrip("\n"), "", *block, ""]), expected, 1)


def without_reason(text: str, table: str, code: str) -> str:
    """The text without a reason.

    Raises:
        PolicyError: there is none, or it is written in a manner that cannot be changed here.
    """
    expected = parse_toml(text)
    codes = [item.get("code") for item in expected.get(table, [])]
    if code not in codes:
        raise PolicyError(1, f"no reason {code!r} is declared")
    index = codes.index(code)
    del expected[table][index]
    line = TomlPlaces(text).line(table, "", index)
    return _checked(_cut(text, line), expected, line)


def _cut(text: str, line: int) -> str:
    """Without the table whose head is at this line, up to its last key; what is commented out stays."""
    lines, end = text.split("\n"), line
    for at in range(line, len(lines)):
        if _HEADER.match(lines[at]):
            break
        if lines[at].strip() and not lines[at].lstrip().startswith("#"):
            end = at + 1
    while end < len(lines) and not lines[end].strip():
        end += 1
    return "\n".join(lines[: line - 1] + lines[end:])


def _checked(changed: str, expected: dict[str, Any], line: int) -> str:
    try:
        right = parse_toml(changed) == expected
    except ValueError:
        right = False
    if not right:
        raise PolicyError(line, "this place is written in a manner that only its text changes")
    return changed


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return "[" + ", ".join(_toml(word) for word in value) + "]"


def _comment(line: str) -> str:
    """What stands behind a value, with its room; a sign inside quotes is none."""
    found = re.search(r"""^[^"'#]*(?:"[^"]*"[^"'#]*)*(\s*)(#.*)$""", line)
    return f" {found[2]}" if found else ""
