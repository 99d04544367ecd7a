"""`tirai privacy export`: analytics exports that two people order. Nothing heavy is imported before a command runs.

One person proposes (a privacy officer), another approves, the first makes the file; its report stands beside it.
"""

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.terminal.commands import AsAccount, Home, Json, Stdin, person
from app.terminal.plain import plain, plain_lines

if TYPE_CHECKING:
    from app.api.messages.analytics import ExportRow
    from app.domain.analytics.report import Report

export_app = typer.Typer(no_args_is_help=True, help="Analytics exports: nobody in them stands alone.")

Named = Annotated[str, typer.Argument(help="As much of its id as tells it apart.")]
_LEVELS = "NAME:LEVEL; levels: as_is, year, five_years, ten_years, band."


@export_app.command("list")
def list_exports(
    as_json: Json = False, home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False
) -> None:
    """Every export: who proposed and decided it, its settings, what it came to."""
    with person(home, account, secrets_stdin) as session:
        rows = session.analytics.exports()
    if as_json:
        typer.echo(json.dumps([_json(row) for row in rows]))
        return
    for row in rows:
        typer.echo(plain(_line(row)))
    if not rows:
        typer.echo("No exports.")


@export_app.command()
def propose(
    known: Annotated[list[str], typer.Option("--known", help=f"What outsiders may know of a person: {_LEVELS}")],
    sensitive: Annotated[str, typer.Option("--sensitive", help=f"What they should not learn: {_LEVELS}")],
    k: Annotated[int, typer.Option("--k", help="So many people share each combination, at least.")] = 5,
    different: Annotated[int, typer.Option("--l", help="So many sensitive values has each, at least.")] = 2,
    most_t: Annotated[
        int, typer.Option("--t", help="Hundredths that a combination's sensitive values may be from everybody's.")
    ] = 30,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Propose an export; somebody else approves it."""
    settings = f"k={k} l={different} t={most_t} quasi={','.join(known)} sensitive={sensitive}"
    with person(home, account, secrets_stdin) as session:
        key = session.analytics.propose(settings)
    typer.echo(f"Proposed. Another person approves it: tirai privacy export approve {key[:8]}")


@export_app.command()
def approve(name: Named, home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False) -> None:
    """Approve what somebody else has proposed."""
    with person(home, account, secrets_stdin) as session:
        export = session.analytics.named(name)
        session.analytics.approve(export)
    typer.echo(plain(f"Approved: {export.settings}"))
    typer.echo(plain(f"{export.proposed_by} makes it: tirai privacy export make {export.id.hex()[:8]} --to FILE.csv"))


@export_app.command()
def drop(name: Named, home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False) -> None:
    """Take an own proposal back, or refuse somebody else's."""
    with person(home, account, secrets_stdin) as session:
        session.analytics.drop(session.analytics.named(name))
    typer.echo("It will not be made.")


@export_app.command()
def make(
    name: Named,
    to: Annotated[Path, typer.Option("--to", help="The file (CSV); its report is written beside it.")],
    as_json: Json = False,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Make an export that was approved: whole, or not at all."""
    with person(home, account, secrets_stdin) as session:
        report = session.analytics.make(session.analytics.named(name), to)
    typer.echo(json.dumps(report.as_json()) if as_json else "\n".join(plain_lines(report_lines(report, to))))


def report_lines(report: "Report", to: Path) -> list[str]:
    """What an export came to, for a person."""
    after, attack = report.after, report.attack
    held = "fewer than k" if report.held is None else str(report.held)
    share = f"{attack.share_found:.2%} of {attack.people} people re-identified"
    return [
        f"{to}: {after.rows} of {report.before.rows} customers, {report.lost:.1%} left out.",
        f"Not looked at, since processing is restricted or objected to: {held}.",
        f"k = {after.k}, l = {after.l}, t = {after.t:.3f}; {after.groups} groups of {after.average:.1f} people.",
        f"Linkage test: {share} by what outsiders may know, best guess 1 in {round(1 / attack.best_guess)};",
        f"without leaving anybody out it would be {report.naive.share_found:.2%}.",
        f"Report: {to.name}.report.json",
    ]


def _line(row: "ExportRow") -> str:
    at = time.strftime("%Y-%m-%d %H:%M", time.localtime(row.proposed_ms / 1000))
    came = f", k={row.k} l={row.l}, {row.exported} of {row.rows}" if row.ended_ms and row.k else ""
    decided = f", {row.decided_by}" if row.decided_by else ""
    return f"{row.id.hex()[:8]}  {at}  {row.state:9}  {row.proposed_by}{decided}: {row.settings}{came}"


def _json(row: "ExportRow") -> dict[str, object]:
    shown = row.model_dump(exclude={"id", "signature"})
    return {"id": row.id.hex(), **shown}
