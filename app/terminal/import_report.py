"""What `tirai import` says: while it runs, when it is done, and about the file that still lies there."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer

from app.session.command import ImportReport

SHOWN_BAD_CELLS = 50
BAR_AFTER_S = 1.0
"""Progress is shown for anything that takes longer than a second."""
_CHUNK = 1024 * 1024


@contextmanager
def progress(name: str) -> Iterator[Callable[[int], None]]:
    """A line on the terminal that counts rows, from the second second on; Ctrl-C stops the import.

    Args:
        name: of the file.

    Yields:
        To be called with the number of rows so far.
    """
    began, shown = time.monotonic(), False

    def on_rows(rows: int) -> None:
        nonlocal shown
        if time.monotonic() - began > BAR_AFTER_S and sys.stderr.isatty():
            shown = True
            sys.stderr.write(f"\r{name}: {rows:,} rows, Ctrl-C stops and imports nothing ")
            sys.stderr.flush()

    try:
        yield on_rows
    finally:
        if shown:
            sys.stderr.write("\n")


def report_json(report: ImportReport) -> dict[str, Any]:
    """The report for programs."""
    done = report.done
    return {
        "ok": not report.bad,
        "rows": report.rows,
        "imported": done.rows if done else 0,
        "new": done.new if done else 0,
        "changed": done.changed if done else 0,
        "unchanged": done.unchanged if done else 0,
        "uncompared": done.uncompared if done else 0,
        "kept_out": done.kept_out if done else 0,
        "collected": list(report.plan.collected),
        "not_collected": list(report.plan.not_collected),
        "bad": [
            {"line": b.line, "column": b.column, "reason": b.reason}
            | ({"key": report.keys[b.line]} if b.line in report.keys else {})
            for b in report.bad
        ],
        "remarks": list(report.remarks),
        "queues": [{"queue": q, "rows": n, "agents": a} for q, n, a in done.queues] if done else [],
        "audit_entry": done.audit_entry if done else None,
    }


def report_text(report: ImportReport, name: str) -> str:
    """The report for people."""
    lines = [f"{name}: {report.rows} rows, {len(report.plan.collected)} columns are collected."]
    if report.plan.not_collected:
        headers = ", ".join(report.plan.not_collected)
        lines.append(f"Not collected, because the inventory does not declare them: {headers}.")
    lines += report.remarks
    lines += [f"  {_place(report, b.line)}, {b.column}: {b.reason}" for b in report.bad[:SHOWN_BAD_CELLS]]
    if len(report.bad) > SHOWN_BAD_CELLS:
        lines.append(f"  and {len(report.bad) - SHOWN_BAD_CELLS} more; --json lists all.")
    if report.bad:
        what = "these rows" if report.keys else "the file"
        lines.append(f"Nothing was imported: {len(report.bad)} bad cells. Mend {what} and run this again.")
    elif report.done is None:
        lines.append("Dry run: every row can come in. Nothing was imported.")
    else:
        lines += _done_lines(report)
    return "\n".join(lines)


def _place(report: ImportReport, line: int) -> str:
    """A row by its key where it has one: a row of a database has no line."""
    return f"row {line} (key {report.keys[line]})" if line in report.keys else f"line {line}"


def _done_lines(report: ImportReport) -> list[str]:
    done = report.done
    assert done is not None
    lines = [f"{done.new} new, {done.changed} changed, {done.unchanged} unchanged; audit entry {done.audit_entry}."]
    if done.uncompared:
        lines.append(f"{done.uncompared} values that nothing can compare were written anew.")
    if done.kept_out:
        lines.append(f"{done.kept_out} rows belong to people who were erased, so they were left out.")
    return lines + [f"  queue {q}: {n} customers, seen by {_agents(a)}" for q, n, a in done.queues]


def _agents(count: int) -> str:
    return "no agent yet" if not count else "1 agent" if count == 1 else f"{count} agents"


def after_import(file: Path, *, wanted: bool | None, quiet: bool) -> None:
    """Say where the plaintext still lies; overwrite and remove it if wanted, or if a person at the terminal says so.

    Args:
        file: what was imported.
        wanted: what the options say; None asks a person, and keeps the file where there is none.
        quiet: whether a program reads the output.
    """
    if wanted is None and not quiet and sys.stdin.isatty():
        typer.echo(f"The file still lies in plain text at {file.resolve()}.")
        wanted = typer.confirm("Overwrite and remove it now?", default=False)
    if wanted:
        shred(file)
    if quiet:
        return
    if wanted:
        typer.echo("The file is overwritten and removed. Copies, backups and worn blocks of the disk may remain.")
    else:
        typer.echo(f"The file still lies in plain text at {file.resolve()}. Remove it when you no longer need it.")


def shred(file: Path) -> None:
    """Overwrite a file once with random bytes, then remove it. One pass is what a disk can promise (NIST SP 800-88).

    Args:
        file: a plain file; a link is removed, never followed.
    """
    if not file.is_symlink():
        with file.open("r+b") as target:
            left = target.seek(0, os.SEEK_END)
            target.seek(0)
            while left > 0:
                left -= target.write(os.urandom(min(_CHUNK, left)))
            target.flush()
            os.fsync(target.fileno())
    file.unlink()
