"""`tirai erasure readmit`: let somebody who was erased come back. Nothing heavy is imported before a command runs.

Who is meant is typed, or the line of standard input behind password and code; it stands on no command line.
"""

import json
import time
from typing import TYPE_CHECKING, Annotated

import typer

from app.terminal.commands import AsAccount, Home, Json, Stdin, person
from app.terminal.plain import plain

if TYPE_CHECKING:
    from app.api.messages.readmission import ReadmissionRow
    from app.domain.erasure.readmission import NamedBy

readmit_app = typer.Typer(
    no_args_is_help=True, help="Let somebody who was erased come back: two people name them, with a ground."
)

Number = Annotated[int, typer.Argument(help="The proposal's number.")]
By = Annotated[str, typer.Option("--by", help="What you will type: number, nik, npwp or passport.")]


@readmit_app.command("list")
def list_readmissions(
    as_json: Json = False, home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False
) -> None:
    """Every proposal: who made and decided it, and why. Whom it is about stands nowhere."""
    with person(home, account, secrets_stdin) as session:
        rows = session.readmissions.rows()
    if as_json:
        typer.echo(json.dumps([row.model_dump(mode="json", exclude={"id"}) for row in rows]))
        return
    for row in rows:
        typer.echo(plain(_line(row)))
    if not rows:
        typer.echo("No proposals.")


@readmit_app.command()
def propose(
    reason: Annotated[str, typer.Option("--reason", help="contract, consent, legal_duty or somebody_else.")],
    reference: Annotated[str, typer.Option("--reference", help="Number of the contract, request or case.")],
    by: By = "number",
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Propose that a person comes back; somebody else names them again."""
    from app.domain.erasure.readmission import BackBecause
    from app.domain.errors import InputRefusedError

    named = _named_by(by)
    if reason not in set(BackBecause):
        raise InputRefusedError(f"--reason is one of: {', '.join(BackBecause)}.")
    with person(home, account, secrets_stdin) as session:
        number = session.readmissions.propose(named, _value(by, secrets_stdin), BackBecause(reason), reference)
    typer.echo(f"Proposed. Another person names the same one: tirai erasure readmit approve {number}")


@readmit_app.command()
def approve(
    number: Number, by: By = "number", home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False
) -> None:
    """Name the person whom somebody else has proposed; from then on imports take them in again."""
    named = _named_by(by)
    with person(home, account, secrets_stdin) as session:
        row = session.readmissions.numbered(number)
        session.readmissions.approve(row, named, _value(by, secrets_stdin))
    typer.echo("They may come back. Imports and people who type them in are no longer refused.")


@readmit_app.command()
def drop(number: Number, home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False) -> None:
    """Take an own proposal back, or refuse somebody else's."""
    with person(home, account, secrets_stdin) as session:
        session.readmissions.drop(session.readmissions.numbered(number))
    typer.echo("They stay out.")


def _named_by(word: str) -> "NamedBy":
    from app.domain.erasure.readmission import NamedBy
    from app.domain.errors import InputRefusedError

    if word not in set(NamedBy):
        raise InputRefusedError(f"--by is one of: {', '.join(NamedBy)}.")
    return NamedBy(word)


def _value(by: str, stdin: bool) -> str:
    from app.terminal.asking import ask_secret

    return ask_secret(f"The person's {by}", stdin=stdin).strip()


def _line(row: "ReadmissionRow") -> str:
    at = time.strftime("%Y-%m-%d %H:%M", time.localtime(row.proposed_ms / 1000))
    decided = f", {row.decided_by_name}" if row.decided_ms else ""
    return f"{row.number}  {at}  {row.state}  {row.reason} {row.reference}  {row.proposed_by_name}{decided}"
