"""`tirai gateway source`: databases that the gateway reads by a schedule: list, add, run, remove."""

import json
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from app.terminal.commands import AsAccount, Home, Json, Stdin, person
from app.terminal.plain import plain_lines

if TYPE_CHECKING:
    from app.session.sources import ReadSource

source_app = typer.Typer(no_args_is_help=True, help="Databases that the gateway reads by a schedule.")

Name = Annotated[str, typer.Argument(help="Name of the source.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask again.")]


@source_app.command("list")
def list_sources(
    as_json: Json = False, home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False
) -> None:
    """Every source: where it is, who set it up, when it is read next, how its last run ended."""
    with person(home, account, secrets_stdin) as session:
        found = session.sources.listing()
    if as_json:
        typer.echo(json.dumps([asdict(source) for source in found], ensure_ascii=False))
    else:
        lines = plain_lines(line for source in found for line in source_lines(source))
        typer.echo("\n".join(lines) or "No sources.")


@source_app.command("add")
def add_source(
    name: Name, yes: Yes = False, home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False
) -> None:
    """Have a declared source be read by its schedule; the log names you beside each of its imports."""

    def agrees(source: "ReadSource") -> bool:
        typer.echo("\n".join(plain_lines(source_lines(source))), err=True)
        return yes or secrets_stdin or typer.confirm("Read this by its schedule, on your right?", default=False)

    with person(home, account, secrets_stdin) as session:
        added = session.sources.add(name, agrees)
    typer.echo(f"{name} is read by its schedule." if added else "Nothing was changed.")


@source_app.command("run")
def run_source(name: Name, home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False) -> None:
    """Have a source be read as soon as a gateway is free."""
    with person(home, account, secrets_stdin) as session:
        session.sources.run(name)
    typer.echo(f"{name} is read as soon as a gateway is free. See: tirai gateway source list")


@source_app.command("remove")
def remove_source(name: Name, home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False) -> None:
    """Have a source be read no more; customers that came from it stay."""
    with person(home, account, secrets_stdin) as session:
        session.sources.remove(name)
    typer.echo(f"{name} is read no more.")


def source_lines(source: "ReadSource") -> list[str]:
    """A source for people."""
    lines = [f"{source.name}: {source.fault or source.address}"]
    if source.reads:
        lines.append(f"  reads {' '.join(source.reads.split())}, {source.schedule or 'without a schedule'}")
    if source.set_up_by:
        changed = "; its declaration has CHANGED since, add it again" if source.has_changed else ""
        lines.append(f"  set up by {source.set_up_by}{changed}; due {_time(source.due_at)}")
    if source.runs_at:
        lines.append(f"  {source.runs_at} reads it now: {source.rows} rows so far")
    if source.ended_at:
        failed = f"failed ({source.error}): " if source.error else ""
        lines.append(f"  last run ended {_time(source.ended_at)}: {failed}{source.said}")
    return lines


def _time(at: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(at)) if at else "never"
