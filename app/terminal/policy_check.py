"""`tirai policy check`: judge a policy file, and say what it lets out of the screen."""

import json
import time
from pathlib import Path
from typing import Annotated

import typer

from app.domain.capture_exception import CaptureException
from app.domain.errors import InputRefusedError
from app.domain.policy import load_policy
from app.resource_files import resource_text
from app.terminal.commands import Json

policy_app = typer.Typer(no_args_is_help=True, help="The policy.")


@policy_app.callback()
def _group() -> None:
    """Keeps `check` a command of its own."""


@policy_app.command("check")
def check(
    file: Annotated[Path | None, typer.Argument(help="Policy (TOML); default: the one that came with Tirai.")] = None,
    as_json: Json = False,
) -> None:
    """Judge a policy: refused with line and reason, or taken."""
    policy = load_policy(_text_of(file))
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
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefusedError(f"{file} cannot be read as a UTF-8 text file.") from error
