"""`tirai privacy letters`: the letters to each person of an order to erase, or of an incident, in one ZIP."""

import json
from pathlib import Path
from typing import Annotated

import typer

from app.terminal.commands import AsAccount, Home, Json, Stdin, person
from app.terminal.counting import counting
from app.terminal.plain import plain

letters_app = typer.Typer(no_args_is_help=True, help="Letters to each person whom something is about, in one ZIP.")
_MAKING = "{n} letters are made; Ctrl-C stops, and nothing is written"
Number = Annotated[int, typer.Argument(help="Its number, as the privacy desk shows it.", min=1)]
Output = Annotated[Path, typer.Option("--output", help="New file (ZIP): a PDF for each, and a list of references.")]


@letters_app.command("erasure")
def erasure(
    number: Number,
    output: Output,
    as_json: Json = False,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """To the people of an order to erase (UU PDP article 45); nobody of them is erased before the file is written."""
    with person(home, account, secrets_stdin) as session, counting(_MAKING) as tell:
        count = session.letters.of_order(session.letters.order_of(number), output, tell)
    _say(output, as_json, letters=count)


@letters_app.command("incident")
def incident(
    number: Number,
    output: Output,
    as_json: Json = False,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """To each customer whom an incident touched (UU PDP article 46); that they were sent is said at the desk."""
    with person(home, account, secrets_stdin) as session, counting(_MAKING) as tell:
        made = session.letters.of_incident(session.letters.incident_of(number), output, tell)
    _say(output, as_json, letters=made.letters, gone=made.gone)


def _say(output: Path, as_json: bool, **counts: int) -> None:
    if as_json:
        typer.echo(json.dumps({"ok": True, "file": str(output), **counts}))
        return
    gone = f" Customers who are gone: {counts['gone']}." if counts.get("gone") else ""
    typer.echo(plain(f"{counts['letters']} letters, saved as {output}.{gone} No wipe removes the file."))
