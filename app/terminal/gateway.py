"""`tirai gateway ...`: the care of a server, and which one a workstation belongs to. Nothing is loaded early."""

import json
from pathlib import Path
from typing import Annotated

import typer

from app.terminal import gateway_backup, gateway_office, own_gateway, seat_codes
from app.terminal.commands import Json
from app.terminal.sources import source_app

gateway_app = typer.Typer(no_args_is_help=True, help="A gateway: one office for many workstations.")

gateway_app.add_typer(source_app, name="source")

Config = Annotated[Path | None, typer.Option("--config", help="Configuration; default: /etc/tirai/gateway.toml.")]


@gateway_app.callback()
def _group() -> None:
    """Keeps each command one of its own."""


@gateway_app.command("migrate")
def migrate(
    config: Config = None,
    url_file: Annotated[
        Path | None,
        typer.Option("--database-url-file", help="File with the owner's URL, instead of a configuration."),
    ] = None,
    role: Annotated[
        str | None, typer.Option("--gateway-role", help="The gateway's role, with --database-url-file.")
    ] = None,
) -> None:
    """Make or change the tables of a gateway's database, as its owner; gateways may be at work."""
    from app.gateway.config import USUAL_PLACE
    from app.gateway.migrate import USUAL_ROLE, migrate_by_config, migrate_by_url

    if url_file is None:
        if role is not None:
            raise typer.BadParameter("--gateway-role belongs to --database-url-file; a configuration names the role.")
        done = migrate_by_config(config or USUAL_PLACE)
    elif config is not None:
        raise typer.BadParameter("Either --config or --database-url-file.")
    else:
        done = migrate_by_url(url_file, role or USUAL_ROLE)
    if done.before == done.after:
        typer.echo(f"The tables are as they should be (migration {done.after}). The gateway's rights were set again.")
    else:
        typer.echo(f"Migrated from {done.before or 'nothing'} to {done.after}. The gateway's rights are set.")


@gateway_app.command("check")
def check(
    config: Config = None,
    as_json: Json = False,
    running: Annotated[bool, typer.Option("--running", help="A gateway runs here: do not try its ports.")] = False,
) -> None:
    """Try everything that a gateway needs before it serves; a line for each finding."""
    from app.gateway.check import check_gateway, exit_code_of
    from app.gateway.config import USUAL_PLACE
    from app.terminal.plain import plain

    found = check_gateway(config or USUAL_PLACE, runs=running)
    code = exit_code_of(found)
    if as_json:
        findings = [{"level": f.level, "what": f.what, "said": f.said} for f in found]
        typer.echo(json.dumps({"ok": not code, "findings": findings}, ensure_ascii=False))
    else:
        for finding in found:
            typer.echo(f"{finding.level:<8} {finding.what:<12} {plain(finding.said)}")
    raise SystemExit(code)


@gateway_app.command("add-master")
def add_master(
    file: Annotated[Path, typer.Argument(help="The master's file, with its whole path; made if it is not there.")],
) -> None:
    """Put a fresh version of the master into a file; nothing is wrapped under it before a rotation."""
    from app.gateway.master import add_version_to

    version = add_version_to(file)
    typer.echo(f"{file} has version {version} now. Put the same file on each gateway, and a copy into the safe:")
    typer.echo("without it nothing of the office opens, and no backup does.")


@gateway_app.command("rotate-master")
def rotate_master(
    config: Config = None,
    wait_s: Annotated[int, typer.Option("--wait", help="Seconds to wait for gateways that lack the version.")] = 120,
) -> None:
    """Wrap everything under the next version of the master, while everybody works; killed, run it again: it goes on."""
    from app.backoffice.master_rotation import MasterRotation, rotate
    from app.gateway.config import USUAL_PLACE, load_config
    from app.gateway.opening import opened_office, who_cares
    from app.terminal.counting import counting

    with (
        opened_office(load_config(config or USUAL_PLACE)) as office,
        counting("Wrapping anew: {n} keys; Ctrl-C stops, and running this again goes on") as tell,
    ):
        done = rotate(MasterRotation(office, who_cares()), tell, wait_s)
    typer.echo(f"Everything is under version {done.wraps} of the master. Version {done.leaves} opens backups alone:")
    typer.echo("keep its line until the newest one made under it is out of time.")


own_gateway.register(gateway_app)
gateway_office.register(gateway_app)
gateway_backup.register(gateway_app)
gateway_app.command("seat-code")(seat_codes.seat_code)


@gateway_app.command("serve")
def serve(
    config: Config = None,
    plaintext: Annotated[
        bool, typer.Option("--loopback-plaintext", help="Without TLS, on loopback alone: for tests.")
    ] = False,
) -> None:
    """Serve consoles until told to stop (SIGTERM). Any number of gateways may serve one office."""
    from app.gateway.config import USUAL_PLACE
    from app.gateway.serve import serve_gateway

    raise typer.Exit(serve_gateway(config or USUAL_PLACE, plaintext=plaintext, tell=typer.echo))
