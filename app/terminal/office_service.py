"""`tirai office`: the office of a whole workstation, as a system service under a user of its own.

systemd runs `serve`; root runs the others, which work on the office's files as that user while the service is stopped.
"""

from pathlib import Path
from typing import Annotated

import typer

from app.terminal.commands import SERVICE, service_at_work
from app.terminal.recovery import AcceptOlder, AcceptWrong, Administrators, CodesStdin, Supervisors

office_app = typer.Typer(no_args_is_help=True, help="The office of the whole workstation, as a system service.")
_THEN = "Start it: systemctl enable --now tirai-office"


@office_app.command()
def serve() -> None:
    """Be the office of this workstation; systemd runs this as the user tirai-office."""
    from app.bootstrap.offices import serve_service
    from app.guardian.process import harden

    harden()
    raise SystemExit(serve_service(SERVICE))


@office_app.command()
def setup(
    name: Annotated[str | None, typer.Option("--name", help="Name of the office.")] = None,
    inventory: Annotated[Path | None, typer.Option("--inventory", help="Data inventory (TOML).")] = None,
) -> None:
    """Make the office of this workstation, as root: two people, its keys, its recovery kit."""
    from app.terminal.commands import text_of
    from app.terminal.set_up import set_up_office

    text = text_of(inventory)  # as root, who named it
    set_up_office(service_at_work(), name, text)
    typer.echo(_THEN)


@office_app.command()
def recover(
    kit: Annotated[Path | None, typer.Option("--kit", help="The recovery kit's file; default: the office's.")] = None,
    administrator: Administrators = None,
    supervisor: Supervisors = None,
    accept_older: AcceptOlder = False,
    accept_wrong: AcceptWrong = False,
    secrets_stdin: CodesStdin = False,
) -> None:
    """Open the office of this workstation again with two codes of its kit, as root, while its service is stopped."""
    from app.terminal.recovery_steps import Choice, run_open

    choice = Choice(tuple(administrator or ()), tuple(supervisor or ()), accept_older, accept_wrong, secrets_stdin)
    run_open(service_at_work(), kit, choice)
    typer.echo(_THEN)


@office_app.command("restore")
def restore_here(
    source: Annotated[Path, typer.Argument(help="The main file of a backup (.tirai-office).")],
    keys: Annotated[Path, typer.Option("--keys", help="File of the backup keys.")],
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
    secrets_stdin: CodesStdin = False,
) -> None:
    """Make the office of this workstation from a backup, of another home too, as root; tirai-office reads the files."""
    from app.terminal.backup_steps import Files, run_restore
    from app.terminal.recovery_steps import Choice

    choice = Choice(tuple(administrator or ()), tuple(supervisor or ()), accept_older, accept_wrong, secrets_stdin)
    run_restore(service_at_work(), Files(source, records, keys, kit, tuple(certificates or ())), choice)
    typer.echo(_THEN)
