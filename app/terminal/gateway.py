"""`tirai gateway ...`: the care of a server. Nothing of a gateway is loaded before one of these runs."""

from pathlib import Path
from typing import Annotated

import typer

gateway_app = typer.Typer(no_args_is_help=True, help="A gateway: one office for many workstations.")

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
