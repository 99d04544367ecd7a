"""`tirai act`: what IT needs to set up actions on fields that stay masked: judge the file, try an e-mail."""

import json
from pathlib import Path
from typing import Annotated

import typer

from app.domain.actions import SHIPPED, load_actions
from app.domain.errors import InputRefusedError, WorkstationError
from app.terminal.commands import Json

act_app = typer.Typer(no_args_is_help=True, help="Actions on fields that stay masked, for IT.")


@act_app.command("check")
def check(
    file: Annotated[Path | None, typer.Argument(help="Actions (TOML); default: the machine's.")] = None,
    as_json: Json = False,
) -> None:
    """Judge a file of actions: refused with line and reason, or taken; and whether its programs are there."""
    from app.bootstrap.program import ACTIONS_FILE
    from app.clean_start import can_be_changed

    path = file or ACTIONS_FILE
    if file is None and not path.exists():
        typer.echo(json.dumps({"ok": True, "actions": [], "warnings": []}) if as_json else f"No actions: no {path}.")
        return
    actions = load_actions(_text_of(path))
    warnings = [f"{path}: not root's alone, so the office refuses it"] if can_be_changed(str(path)) else []
    for action in actions.all:
        program = Path(action.argv[0])
        if program.name in SHIPPED:
            continue
        if not program.is_file():
            warnings.append(f"{action.code}: {program} is not there")
        warnings += [f"{action.code}: {word} is not root's alone" for word in action.argv if _is_loose(word)]
    if as_json:
        codes = [action.code for action in actions.all]
        typer.echo(json.dumps({"ok": not warnings, "actions": codes, "warnings": warnings}))
    else:
        typer.echo(f"The file is good: {', '.join(a.code for a in actions.all) or 'no actions'}.")
        for warning in warnings:
            typer.echo(f"But {warning}.")
    raise typer.Exit(InputRefusedError.exit_code if warnings else 0)


@act_app.command("mail")
def mail(
    settings: Annotated[Path, typer.Argument(help="IT's file for e-mail (TOML).")],
    text: Annotated[str, typer.Argument(help="The code of a text in it.")],
) -> None:
    """Send a text to the address on standard input, as `tirai-mail` does for an action. Try it with your own."""
    import sys

    from app.mail.program import read_settings, send_mail

    try:
        found = read_settings(settings)[0]
    except (OSError, ValueError) as error:
        raise InputRefusedError(f"{settings} or a file it names cannot be read, or everybody may.") from error
    if text not in found.texts:
        raise InputRefusedError(f"There is no text of this code; there are: {', '.join(found.texts)}.")
    if sys.stdin.isatty():
        typer.echo("The address, then Return:", err=True)
    code = send_mail([str(settings), text])
    if code:
        raise WorkstationError(_WORDS.get(code, f"It was not sent ({code})."))
    typer.echo("Sent.")


_WORDS = {
    65: "That is no address, or the server takes none such.",
    69: "The server is not reached, or refuses the message.",
    75: "The server asks to try again later.",
    76: "The server's TLS does not hold: none offered, or a certificate of another name, time or authority.",
    77: "The server does not take account and password.",
    78: "The file is refused.",
}


def _is_loose(word: str) -> bool:
    from app.clean_start import can_be_changed

    return word.startswith("/") and Path(word).is_file() and can_be_changed(word)


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefusedError(f"{path} cannot be read as a UTF-8 text file.") from error
