"""`tirai gateway init` and `move-in` at a server's terminal: two people are there for either."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from app.terminal.commands import Home, program_at

Config = Annotated[Path | None, typer.Option("--config", help="Configuration; default: /etc/tirai/gateway.toml.")]


def register(app: typer.Typer) -> None:
    """Add both to the commands on gateways."""
    app.command("init")(init)
    app.command("move-in")(move)


def init(
    kit_file: Annotated[Path, typer.Option("--kit", help="Where the sealed recovery kit is written; a new file.")],
    config: Config = None,
    name: Annotated[str | None, typer.Option("--name", help="The office's name.")] = None,
    inventory: Annotated[Path | None, typer.Option("--inventory", help="Data inventory (TOML).")] = None,
) -> None:
    """Make a new office in the gateway's database: two people, their authenticators, the recovery kit."""
    import platform

    from app.backoffice.clock import ServersClock
    from app.backoffice.office import KIT_FILE
    from app.backoffice.set_up import SetUp
    from app.bootstrap.program import policy
    from app.domain.inventory_reader import load_inventory
    from app.gateway.arriving import bring_new_office, demand_free_place
    from app.gateway.config import USUAL_PLACE, load_config
    from app.resource_files import resource_text
    from app.terminal.asking import need_terminal
    from app.terminal.commands import text_of
    from app.terminal.set_up import add_two_people, name_of_office, say_kit

    read = load_config(config or USUAL_PLACE)
    _demand_new(kit_file)
    text = text_of(inventory) or resource_text("inventory", "customer.toml")
    load_inventory(text)
    demand_free_place(read)  # before two people have typed everything
    need_terminal()
    called, clock = name_of_office(name), ServersClock()
    with tempfile.TemporaryDirectory(prefix="tirai-init-") as folder:
        home = Path(folder)
        making = SetUp(
            home, called, load_inventory(text), policy(), clock, platform.node() or "gateway", secrets.token_bytes(32)
        )
        try:
            add_two_people(making)
            typer.echo("\nMaking the office…", err=True)
            made = making.finish()
        except BaseException:
            making.cancel()
            raise
        shutil.copyfile(home / KIT_FILE, kit_file)  # before the office is anywhere: it opens nothing without its codes
        moved = bring_new_office(making, home, made, policy(), clock, read)
    typer.echo(f"\nThe office {moved.name} is made in the gateway's database.")
    say_kit(made)
    typer.echo(f"They are shown once. Put {kit_file} and the codes into three safes.")
    typer.echo("Then serve: tirai gateway serve. On each workstation, for the first people:")
    typer.echo(f"  tirai gateway use https://HOST --office {made.plate.office.hex()}")


def _demand_new(kit: Path) -> None:
    """Demand a place where the kit's file can be made.

    Raises:
        InputRefusedError: there is a file, or no folder for one.
    """
    from app.domain.errors import InputRefusedError

    if kit.exists() or kit.is_symlink():
        raise InputRefusedError(f"{kit} is there already. Name a new file: --kit FILE.", code="kit")
    if not os.access(kit.parent, os.W_OK | os.X_OK):
        raise InputRefusedError(
            f"No file can be made in {kit.absolute().parent}. Name another: --kit FILE.", code="kit"
        )


def _added(tell: Callable[[int], None]) -> Callable[[str, int], None]:
    """Progress over all tables, from that of each."""
    rows: dict[str, int] = {}

    def told(what: str, count: int) -> None:
        rows[what] = count
        tell(sum(rows.values()))

    return told


def move(
    config: Config = None,
    kit_file: Annotated[Path | None, typer.Option("--kit", help="The recovery kit; default: the home's.")] = None,
    stdin: Annotated[bool, typer.Option("--codes-stdin", help="Two kit codes as lines of standard input.")] = False,
    home: Home = None,
) -> None:
    """Move this workstation's office into the gateway's database, with two holders of its recovery kit.

    The office must have ended its sessions. Interrupted, run it again: one home works at any moment.
    """
    from app.backoffice.clock import SystemClock
    from app.bootstrap.program import policy
    from app.gateway.arriving import demand_office, demand_place, move_in
    from app.gateway.config import USUAL_PLACE, load_config
    from app.storage.keyring_store import open_key_store
    from app.terminal.counting import counting
    from app.terminal.recovery_steps import no_office, open_with_two, read_kit

    program = program_at(home)
    read = load_config(config or USUAL_PLACE)
    demand_office(program.places.home)
    sealed = read_kit(program, kit_file)
    demand_place(read)
    kit = open_with_two(sealed, stdin=stdin, option="--codes-stdin")
    store = open_key_store()
    try:
        with no_office(program), counting("Moving: {n} rows so far; Ctrl-C stops, and the office stays here") as tell:
            moved = move_in(program.places.home, kit, store.seat_half(), policy(), SystemClock(), read, _added(tell))
    finally:
        store.close()
    if not moved.name:
        typer.echo("The office had arrived already; this home was closed now.")
    else:
        customers = moved.rows["customers"]
        typer.echo(f"The office {moved.name} has moved: {customers:,} customers, {moved.entries:,} entries of the log,")
        typer.echo("counted and verified behind the gateway. Nothing opens the file that is left here.")
    typer.echo("Next: tirai gateway serve; on each workstation: tirai gateway use https://HOST")
