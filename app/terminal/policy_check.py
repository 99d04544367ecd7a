"""`tirai policy check` and `show`: the office's policy, and the machine's, which is another thing.

A file with a table `[mandatory]` or `[recommended]` is the machine's; any other is an office's policy.
"""

import json
import time
from pathlib import Path
from typing import Annotated

import typer

from app.domain.capture_exception import CaptureException
from app.domain.policy_reader import load_policy
from app.resource_files import resource_text
from app.terminal.commands import Json
from app.terminal.machine_policy import (
    check_machine_policy,
    is_machine_policy,
    show_machine_policy,
    text_of_policy,
)

policy_app = typer.Typer(no_args_is_help=True, help="The policy of an office, and that of this machine.")
Machine = Annotated[bool, typer.Option("--machine", help="The file is one of the machine policy, whatever is in it.")]


@policy_app.command("show")
def show(as_json: Json = False) -> None:
    """What the administrator of this machine has settled, from where; or why nobody can sign in."""
    raise SystemExit(show_machine_policy(as_json=as_json))


@policy_app.command("check")
def check(
    file: Annotated[Path | None, typer.Argument(help="Policy (TOML); default: the one that came with Tirai.")] = None,
    is_machine: Machine = False,
    as_json: Json = False,
) -> None:
    """Judge a policy, an office's or the machine's: refused with line and reason, or taken."""
    text = _text_of(file)
    if file is not None and (is_machine or is_machine_policy(text)):
        raise SystemExit(check_machine_policy(file, text, as_json=as_json))
    policy = load_policy(text)
    copied, exception = sorted(c.value for c in policy.copied), policy.capture_exception
    state = _state(exception, time.time())
    if as_json:
        until = exception.ends_at if exception is not None else None
        typer.echo(json.dumps({"ok": True, "copied": copied, "capture_exception": state, "until": until}))
        return
    typer.echo("The policy is good.")
    typer.echo(f"Copied to the clipboard: {', '.join(copied) or 'nothing'}.")
    if exception is not None:
        at = time.strftime("%Y-%m-%d %H:%M", time.localtime(exception.ends_at))
        typer.echo(f"IT's exception to the block of screen capture: {_WORDS[state]}; until {at}: {exception.reason}")


_WORDS = {"holds": "it holds now", "over": "it is over", "not_yet": "it has not begun"}


def _state(exception: CaptureException | None, now: float) -> str:
    if exception is None:
        return "none"
    return "holds" if exception.holds(now) else "over" if now >= exception.ends_at else "not_yet"


def _text_of(file: Path | None) -> str:
    if file is None:
        return resource_text("policy", "default.toml")
    return text_of_policy(file)
