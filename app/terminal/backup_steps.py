"""What `tirai backup` and `tirai restore` do and say."""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import typer

from app.api.messages.backups import BackupState, PeriodState
from app.backoffice.backup_file import checked_backup
from app.backoffice.clock import SystemClock
from app.backoffice.recovery import check_wanted
from app.backoffice.restore import must_be_free, restoring, source_of
from app.bootstrap.own_things import own_store
from app.bootstrap.program import Program, policy, seat_name
from app.bootstrap.way_to_office import need_no_gateway
from app.domain.errors import InputRefusedError
from app.terminal.recovery_steps import (
    Choice,
    no_office,
    open_with_two,
    read_kit,
    remember_as_it_stands,
    say_readmitted,
    seat_half,
    settle,
    wanted,
)

_BAR_AFTER_S = 1.0


@contextmanager
def bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A line that counts, from the second second on.

    Yields:
        To be called with bytes done and bytes in all.
    """
    began, shown = time.monotonic(), False

    def tell(done: int, total: int) -> None:
        nonlocal shown
        if time.monotonic() - began > _BAR_AFTER_S and sys.stderr.isatty():
            shown = True
            much = f"{done / total:.0%} of {total / 1e6:,.0f} MB" if total else "copying"
            sys.stderr.write(f"\r{what}: {much}; Ctrl-C stops      ")
            sys.stderr.flush()

    try:
        yield tell
    finally:
        if shown:
            sys.stderr.write("\n")


def say_made(made: BackupState, *, as_json: bool) -> None:
    """Tell where a backup lies."""
    if as_json:
        told = made.model_dump(include={"office_file", "records_file", "size_bytes", "customers", "destroyed"})
        typer.echo(json.dumps({"ok": True} | told))
        return
    typer.echo(f"Backup of {made.customers:,} customers, {made.size_bytes / 1e6:,.1f} MB:")
    typer.echo(f"  {made.office_file}\n  {made.records_file}   (record keys: they open for 35 days at most)")
    for period in made.destroyed:
        typer.echo(f"The key {period} was out of time and is destroyed.")
    typer.echo("The file of keys was brought up to date. To restore: both files, the file of keys, the kit, two codes.")


def verify_file(path: Path, *, as_json: bool) -> None:
    """Check a file from outside, and say what it is.

    Raises:
        InputRefusedError: it is no backup.
        VerificationError: it is damaged, or not signed by the office that it names.
    """
    file = checked_backup(path)
    head = file.head
    made = datetime.fromtimestamp(head.made_ms / 1000, UTC)
    if as_json:
        told = {"ok": True, "kind": head.kind, "backup": head.id.hex(), "office": head.office.hex()}
        typer.echo(json.dumps(told | {"made": made.isoformat(timespec="seconds"), "period": head.period}))
        return
    what = "The main file" if head.kind == "office" else "The record keys"
    typer.echo(f"{path.name} is whole. {what} of backup {head.id.hex()[:8]}, made {made:%Y-%m-%d %H:%M} UTC,")
    typer.echo(f"by the office {head.office.hex()[:16]}, under the key {head.period}.")


def say_periods(periods: Sequence[PeriodState], *, as_json: bool) -> None:
    """List period keys."""
    if as_json:
        typer.echo(json.dumps([p.model_dump() for p in periods]))
        return
    for p in periods:
        state = "destroyed" if p.destroyed_ms else "due: destroy it" if p.is_due else "lives"
        made = datetime.fromtimestamp(p.made_ms / 1000, UTC)
        typer.echo(f"  {p.period:<20} made {made:%Y-%m-%d}  {state}")
    if not periods:
        typer.echo("There is no backup key yet; the first backup makes one.")


def new_file(path: Path) -> Path:
    """A place where nothing lies yet and something can, before anything is done.

    Raises:
        InputRefusedError: it is none.
    """
    if path.exists() or not path.absolute().parent.is_dir():
        raise InputRefusedError(f"Name a new file in a folder that is there, not {path}.", code="file")
    return path


# restore


@dataclass(frozen=True, slots=True)
class Files:
    """What a restore takes."""

    source: Path
    records: Path | None
    keys: Path
    kit: Path
    certificates: tuple[Path, ...] = ()


def run_restore(program: Program, files: Files, choice: Choice) -> None:
    """Make an office from a backup; prints the activation codes once.

    Raises:
        TiraiError: refused; nothing was made.
    """
    need_no_gateway(program)
    home = program.places.home
    must_be_free(home)
    source = source_of(files.source, files.records, files.keys, certificates=files.certificates)
    made_at = datetime.fromtimestamp(source.made_ms / 1000, UTC)
    typer.echo(f"Both files are whole; the backup was made {made_at:%Y-%m-%d %H:%M} UTC.")
    kit = read_kit(program, files.kit)
    store = own_store(program)
    try:
        opened_kit = open_with_two(kit, stdin=choice.stdin)
        with (
            no_office(program),
            bar("Restore") as tell,
            restoring(source, kit, opened_kit, home, policy(), SystemClock(), tell) as made,
        ):
            standing = settle(made.opened.office, store, choice)
            people = wanted(made.opened.office, choice)
            check_wanted(made.opened.office, people)
            readmitted, marks = made.finish(people, standing, seat_name(), seat_half(store))
            remember_as_it_stands(store, source.office.head.office, marks)
        if made.erased:
            typer.echo(f"{made.erased} customers had been erased since the backup, and were erased again.")
    finally:
        store.close()
    typer.echo(f"The office stands in {home}.")
    say_readmitted(readmitted)
