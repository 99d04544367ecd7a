"""`tirai policy show`, and `tirai policy check` for a file of the machine policy.

Both work where the machine policy cannot be used and nobody can sign in: this is where IT looks then.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from app.domain.errors import InputRefusedError
from app.domain.machine_policy.errors import MachinePolicyError
from app.domain.machine_policy.judging import effective, judge
from app.domain.machine_policy.policy import MachinePolicy
from app.domain.machine_policy.setting import Value
from app.storage.machine_policy.files import said_by
from app.storage.machine_policy.reading import read_machine_policy
from app.terminal.plain import plain

SHORT = 12
"""Digits of the digest that people compare."""


def show_machine_policy(*, as_json: bool, read: Callable[[], MachinePolicy] = read_machine_policy) -> int:
    """Say what the administrator of this machine has settled, and where.

    Returns:
        The exit code: 0; 3 or 5 where it is refused, for what it says or for where it lies.
    """
    try:
        policy = read()
    except MachinePolicyError as error:
        return _refused(error, as_json=as_json)
    if as_json:
        typer.echo(json.dumps(policy_json(policy)))
    else:
        typer.echo("\n".join(plain(line) for line in policy_lines(policy)))
    return 0


def check_machine_policy(file: Path, text: str, *, as_json: bool) -> int:
    """Judge a file of the machine policy as a workstation would; where it lies and whose it is does not matter yet."""
    try:
        policy = judge([said_by(str(file), text)])
    except MachinePolicyError as error:
        return _refused(error, as_json=as_json)
    if as_json:
        typer.echo(json.dumps({"kind": "machine", **policy_json(policy)}))
        return 0
    typer.echo("This file of the machine policy is good.")
    typer.echo("\n".join(plain(line) for line in policy_lines(policy)))
    return 0


def is_machine_policy(text: str) -> bool:
    """Whether a text is a file of the machine policy rather than an office's policy: it has one of its tables."""
    from app.domain.toml_places import TomlError, parse_toml
    from app.storage.machine_policy.files import TABLES

    try:
        return any(table in parse_toml(text) for table in TABLES)
    except TomlError:
        return False


def policy_json(policy: MachinePolicy) -> dict[str, Any]:
    """What holds, for programs: every setting with its value, level and source."""
    settings = {
        setting.key: {"value": _plain_value(value), "level": level or "none", "source": source}
        for setting, value, level, source in effective(policy)
    }
    return {"ok": True, "hash": policy.digest, "sources": list(policy.places), "settings": settings}


def policy_lines(policy: MachinePolicy) -> list[str]:
    """What holds, for people: what somebody has settled or recommends."""
    if policy.is_empty:
        return ["Nothing is settled for this machine: there is no machine policy."]
    lines = [f"Machine policy {policy.digest[:SHORT]}, from {', '.join(policy.places)}"]
    for setting, value, level, source in effective(policy):
        if level:
            lines.append(f"  {setting.key:<28} {shown_value(value):<20} {level:<12} {source}")
    return lines


def shown_value(value: Value | None) -> str:
    """A value as TOML writes it."""
    if isinstance(value, tuple):
        return json.dumps(list(value), ensure_ascii=False)
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _plain_value(value: Value | None) -> object:
    return list(value) if isinstance(value, tuple) else value


def _refused(error: MachinePolicyError, *, as_json: bool) -> int:
    if as_json:
        said = {"ok": False, "code": error.code, "source": error.source, "reason": error.reason}
        typer.echo(json.dumps(said))
    else:
        typer.echo(plain(f"The machine policy is refused ({error.code}), so nobody signs in here."), err=True)
        typer.echo(plain(f"{error.source}: {error.reason}."), err=True)
    return error.exit_code


def text_of_policy(file: Path) -> str:
    """The text of a file that is to be judged.

    Raises:
        InputRefusedError: it cannot be read as a text.
    """
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefusedError(f"{file} cannot be read as a UTF-8 text file.") from error
