"""`tirai gateway backup`, `restore` and `restore-drill` at a server's terminal; `go-on` at a workstation.

Nothing is loaded early.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from app.terminal.commands import Json

Config = Annotated[Path | None, typer.Option("--config", help="Configuration; default: /etc/tirai/gateway.toml.")]
Main = Annotated[Path, typer.Argument(help="The main file of a backup (.tirai-gateway).")]
Kit = Annotated[Path, typer.Option("--kit", help="The recovery kit's file, or its page typed in as text.")]
Records = Annotated[Path | None, typer.Option("--records", help="Record keys; default: the ones of the same backup.")]
Keys = Annotated[Path | None, typer.Option("--keys", help="File of the backup keys; default: as configured.")]
Stdin = Annotated[bool, typer.Option("--codes-stdin", help="Two kit codes as lines of standard input.")]


Certificates = Annotated[
    list[Path] | None,
    typer.Option("--certificate", help="Of an erasure after the last backup, to erase again; repeat for each."),
]


def register(app: typer.Typer) -> None:
    """Add them to the commands on gateways."""
    app.command("backup")(back_up)
    app.command("restore")(restore)
    app.command("restore-drill")(drill)
    app.command("destroy-key")(destroy_key)
    app.command("go-on")(go_on)


def back_up(config: Config = None, as_json: Json = False) -> None:
    """Make a backup of the office, as the table backup of the configuration says; gateways go on serving."""
    from app.api.messages.backups import BackupState
    from app.gateway import backing_up
    from app.gateway.config import USUAL_PLACE, load_config
    from app.terminal.backup_steps import say_made

    with _megabytes("Backing up: {n} MB; Ctrl-C stops, and nothing stays of it") as tell:
        made = backing_up.back_up(load_config(config or USUAL_PLACE), tell)
    state = BackupState(
        state="done",
        office_file=str(made.office_file),
        records_file=str(made.records_file),
        size_bytes=made.size_bytes,
        customers=made.customers,
        destroyed=made.destroyed,
    )
    say_made(state, as_json=as_json)


def restore(
    main: Main,
    kit: Kit,
    records: Records = None,
    keys: Keys = None,
    certificates: Certificates = None,
    config: Config = None,
    stdin: Stdin = False,
) -> None:
    """Restore an office into the empty database that the table migrations names, with two codes of the recovery kit."""
    from app.gateway import backing_up
    from app.gateway.config import USUAL_PLACE, load_config
    from app.terminal.recovery_steps import kit_in, open_with_two

    read = load_config(config or USUAL_PLACE)
    source = backing_up.source_for(read, main, records, keys, certificates or ())
    opened = open_with_two(kit_in(kit), stdin=stdin, option="--codes-stdin")
    with _megabytes("Restoring: {n} MB; Ctrl-C stops, and nothing is made") as tell:
        done = backing_up.restore(read, source, opened, tell)
    typer.echo(
        f"The office {done.name} is restored: {done.customers:,} customers, {done.entries:,} entries of the log,"
    )
    typer.echo(f"all verified. {done.sessions:,} sessions of the backup are over; passwords and authenticators stay.")
    if done.erased:
        typer.echo(f"{done.erased:,} customers had been erased since the backup, and were erased again.")
    typer.echo("A workstation that remembers more than the backup has lets nobody sign in, until this is run there:")
    typer.echo(f"\n  tirai gateway go-on {done.go_on.word()}\n")
    typer.echo("Next: tirai gateway check, then tirai gateway serve; and a backup.")


def drill(
    main: Main,
    kit: Kit,
    records: Records = None,
    keys: Keys = None,
    config: Config = None,
    stdin: Stdin = False,
    as_json: Json = False,
) -> None:
    """Prove that a backup restores: into the scratch database that the table backup names, which is emptied again."""
    from app.gateway import backing_up
    from app.gateway.config import USUAL_PLACE, load_config
    from app.terminal.plain import plain
    from app.terminal.recovery_steps import kit_in, open_with_two

    read = load_config(config or USUAL_PLACE)
    source = backing_up.source_for(read, main, records, keys)
    opened = open_with_two(kit_in(kit), stdin=stdin, option="--codes-stdin")
    with _megabytes("Restoring into the scratch database: {n} MB; Ctrl-C stops, and empties it") as tell:
        checks = backing_up.drill(read, source, opened, tell)
    ok = all(check.ok for check in checks)
    if as_json:
        typer.echo(json.dumps({"ok": ok, "checks": {c.name: {"ok": c.ok, "found": c.found} for c in checks}}))
    else:
        for check in checks:
            typer.echo(f"  {'ok ' if check.ok else 'NOT'}  {check.name}: {plain(check.found)}")
        typer.echo("This backup restores." if ok else "This backup would NOT restore as it should.")
        typer.echo("The scratch database is empty again. Nothing was written down: note date and holders yourselves.")
    raise typer.Exit(0 if ok else 6)


def destroy_key(
    order: Annotated[Path, typer.Argument(help="As two people signed it: tirai backup destroy-key --order.")],
    certificate: Annotated[Path, typer.Option("--certificate", help="New file for the office's proof.")],
    config: Config = None,
) -> None:
    """Destroy a period's key in the configured file of keys, as two people have signed."""
    from app.gateway import backing_up
    from app.gateway.config import USUAL_PLACE, load_config
    from app.terminal.backup_steps import new_file

    out = new_file(certificate)
    text = backing_up.destroy_key(load_config(config or USUAL_PLACE), order)
    out.write_text(text, "utf-8")
    typer.echo(f"The key is destroyed; the proof is {out}. Other copies of the file of keys still hold it: replace")
    typer.echo("each of them by this one. A disk's free blocks may hold what an old file held.")


def go_on(word: Annotated[str, typer.Argument(help="What `tirai gateway restore` said.")]) -> None:
    """Have this workstation go on with a restored office, whose log is shorter than it remembers."""
    from app.auth.go_on import go_on_of
    from app.session.witness import go_on_with
    from app.storage.keyring_store import open_key_store

    go_on_of(word)  # a word that was cut needs no keyring to be refused
    store = open_key_store()
    try:
        audit = go_on_with(store, word)
    finally:
        store.close()
    typer.echo(f"This workstation goes on with entry {audit.length:,} of the log, as two holders of the kit have said.")


@contextmanager
def _megabytes(words: str) -> Iterator[Callable[[int], None]]:
    from app.terminal.counting import counting

    with counting(words) as tell:
        yield lambda size: tell(size // 1_000_000)
