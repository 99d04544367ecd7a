"""`tirai backup` and `tirai restore`. Nothing heavy is imported before a command runs."""

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from app.terminal.commands import AsAccount, Home, Json, Stdin, person, program_at
from app.terminal.recovery import AcceptOlder, AcceptWrong, Administrators, CodesStdin, Supervisors


class _MakeByDefault(TyperGroup):
    """`tirai backup FOLDER` is `tirai backup make FOLDER`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # of the click that Typer brings along
        """Take a word that is no command for the folder of `make`."""
        known = args and (args[0] in self.commands or args[0].startswith("-"))
        return super().resolve_command(ctx, args if known else ["make", *args])


backup_app = typer.Typer(cls=_MakeByDefault, no_args_is_help=True, help="Backups: make, verify, keys, destroy-key.")

KeysFile = Annotated[Path, typer.Option("--keys", help="File of the backup keys, on another medium than the backups.")]


@backup_app.command()
def make(
    folder: Annotated[Path, typer.Argument(help="Folder for the backup, on another disk than the office.")],
    keys: KeysFile,
    as_json: Json = False,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Make a backup, as an administrator; the office goes on meanwhile."""
    from app.terminal.backup_steps import bar, say_made

    with person(home, account, secrets_stdin) as session, bar("Backup") as tell:
        made = session.back_up(str(folder.absolute()), str(keys.absolute()), tell)
    say_made(made, as_json=as_json)


@backup_app.command()
def verify(
    source: Annotated[Path, typer.Argument(help="One of the two files of a backup.")],
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Say whether a file of a backup is whole and what it is; needs no code and no office, and opens nothing."""
    from app.terminal.backup_steps import verify_file

    del home  # every command takes it
    verify_file(source, as_json=as_json)


@backup_app.command("keys")
def list_keys(
    keys: KeysFile,
    as_json: Json = False,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """List the period keys: which live, which are due to be destroyed."""
    from app.terminal.backup_steps import say_periods

    with person(home, account, secrets_stdin) as session:
        periods = session.backup_periods(str(keys.absolute()))
    say_periods(periods, as_json=as_json)


@backup_app.command("destroy-key")
def destroy_key(
    period: Annotated[str, typer.Argument(help="Such as office-2026-11; see: tirai backup keys.")],
    keys: Annotated[Path | None, typer.Option("--keys", help="File of the backup keys; at a gateway: --order.")] = None,
    second: Annotated[
        str | None, typer.Option("--second", help="Supervisor or privacy officer, who signs too.")
    ] = None,
    certificate: Annotated[Path | None, typer.Option("--certificate", help="New file for the office's proof.")] = None,
    order: Annotated[
        Path | None, typer.Option("--order", help="New file for the signed order, for tirai gateway destroy-key.")
    ] = None,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Destroy a period's key by two people, an administrator first: its backups never open again."""
    from app.domain.errors import InputRefusedError
    from app.terminal.backup_steps import new_file

    if (order is None) == (keys is None) or (keys is None) != (certificate is None):
        raise InputRefusedError("Name --keys and --certificate, or for a gateway --order.")
    out = new_file(order or certificate or Path())
    with person(home, account, secrets_stdin) as session:
        typer.echo("The second person:")
        with person(home, second, secrets_stdin) as other:
            signed = session.order_backup_period_end(other, period)
            said = signed.text() if keys is None else session.destroy_backup_period(signed, str(keys.absolute()))
    out.write_text(said, "utf-8")
    if keys is None:
        typer.echo(f"{out} is signed by both, for three days. On the machine with the keys: tirai gateway destroy-key")
        return
    typer.echo(
        f"The key {period} is destroyed, here and in {keys}; the proof is {out}. Other copies of the file of keys"
    )
    typer.echo("still hold it: replace each of them by this one. A disk's free blocks may hold what an old file held.")


def restore(
    source: Annotated[Path, typer.Argument(help="The main file of a backup (.tirai-office).")],
    keys: KeysFile,
    kit: Annotated[Path, typer.Option("--kit", help="The recovery kit's file, or its page typed in as text.")],
    records: Annotated[
        Path | None, typer.Option("--records", help="Record keys; default: the ones of the same backup.")
    ] = None,
    certificates: Annotated[
        list[Path] | None,
        typer.Option("--certificate", help="Of an erasure after the last backup, to erase again; repeat for each."),
    ] = None,
    administrator: Administrators = None,
    supervisor: Supervisors = None,
    accept_older: AcceptOlder = False,
    accept_wrong: AcceptWrong = False,
    home: Home = None,
    secrets_stdin: CodesStdin = False,
) -> None:
    """Make an office again from a backup, with two codes of the recovery kit, in a home that has none."""
    from app.terminal.backup_steps import Files, run_restore
    from app.terminal.recovery_steps import Choice

    choice = Choice(tuple(administrator or ()), tuple(supervisor or ()), accept_older, accept_wrong, secrets_stdin)
    run_restore(program_at(home), Files(source, records, keys, kit, tuple(certificates or ())), choice)
