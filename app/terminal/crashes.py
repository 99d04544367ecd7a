"""Faults that nobody expected, at a terminal: what a command says of its own, and `tirai crashes`, which lists all."""

import json
from pathlib import Path

import typer

from app.guardian.lost_exceptions import LostExceptions, tell_of_fatal
from app.storage.crash_reports import FOLDER, CrashReports, kept_crashes
from app.storage.places import Places
from app.storage.text_log import TextLog

EXIT_CRASHED = 1


def take_over(home: Path) -> None:
    """Have what goes wrong in this command's threads and log written down in this home, without any value."""
    LostExceptions(CrashReports(home, "command"), TextLog(home, "command")).install(fatal=False)


def crashed(error: Exception, home: Path | None) -> int:
    """Say that a command failed by a fault of ours; the exit code.

    Args:
        error: what nobody expected.
        home: the home that the command worked in, once it had one.
    """
    kept = CrashReports(home or Places.find(None).home, "command").keep(error) if _takes_reports(home) else None
    number = f" (no. {kept.number})" if kept is not None else f" ({type(error).__name__})"
    typer.secho(f"Something went wrong on Tirai's side{number}. Nothing of yours is in the report.", err=True)
    if kept is not None and kept.path is not None:
        typer.secho(f"Report: {kept.path}", err=True)
    return EXIT_CRASHED


def _takes_reports(home: Path | None) -> bool:
    return home is not None or Places.find(None).home.is_dir()


def list_crashes(home: Path | None, *, as_json: bool) -> int:
    """Say which reports lie in a home.

    Args:
        home: which; otherwise the user's.
        as_json: answer as one JSON object.
    """
    where = Places.find(home).home
    tell_of_fatal(CrashReports(where, "fatal-signal"))
    found = kept_crashes(where)
    if as_json:
        told = [
            {
                "number": c.number,
                "process": c.process,
                "kind": c.kind,
                "count": c.count,
                "first": c.first,
                "last": c.last,
                "path": str(c.path),
            }
            for c in found
        ]
        typer.echo(json.dumps({"folder": str(where / FOLDER), "reports": told}))
        return 0
    if not found:
        typer.echo("No fault was written down here.")
        return 0
    for crash in found:
        times = "once" if crash.count == 1 else f"{crash.count:,} times"
        typer.echo(f"{crash.number}  {crash.last}  {crash.process}: {crash.kind}, {times}")
        typer.echo(f"        {crash.path}")
    typer.echo("They hold types and places in the program, no value, message or name. Send them to whoever helps you.")
    return 0
