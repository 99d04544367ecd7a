"""`tirai gateway use` and `forget`: which gateway this workstation belongs to."""

from pathlib import Path
from typing import Annotated

import typer

from app.terminal.commands import Home, program_at


def register(app: typer.Typer) -> None:
    """Add both to the commands on gateways."""
    app.command("use")(use)
    app.command("forget")(forget)


def use(
    url: Annotated[str, typer.Argument(help="https://host or https://host:port.")],
    pin: Annotated[
        list[str] | None,
        typer.Option("--pin", help="SHA-256 of the gateway's public key (SPKI) in hex; may be given again."),
    ] = None,
    ca: Annotated[
        Path | None, typer.Option("--ca", help="The only authority to trust (PEM); default: the machine's trust store.")
    ] = None,
    office: Annotated[
        str | None, typer.Option("--office", help="The office's mark, 64 digits, as `tirai gateway init` says it.")
    ] = None,
    home: Home = None,
) -> None:
    """Have this workstation work with a gateway instead of an office of its own; it is asked who it is first."""
    from app.api.client.errors import OfficeAwayError
    from app.bootstrap.way_to_office import client_of, need_no_office
    from app.crypto.derive import sha256
    from app.domain.gateway_address import gateway_address
    from app.session.machine_door import require_unmanaged_gateway
    from app.storage.gateway_file import write_gateway
    from app.terminal.plain import plain

    program = program_at(home)
    require_unmanaged_gateway(program.managed())
    need_no_office(program)
    address = gateway_address(url, tuple(pin or ()), str(ca.absolute()) if ca else "")
    client, said = client_of(address), f"{address.url} does not answer now; it is asked when somebody signs in."
    try:
        hello = client.hello()
        mark = sha256(hello.root).hex()[:16]
        said = f"The office that answers there calls itself {plain(hello.name)}; its root key begins {mark}."
    except OfficeAwayError:
        pass
    finally:
        client.close()
    if office is not None:
        _know(office)
    write_gateway(program.places.home, address)
    typer.echo(f"This workstation belongs to {address.url}.")
    typer.echo(said)
    typer.echo("People are known here by their activation codes, or when they have signed in here before.")


def _know(office: str) -> None:
    """Know an office by its mark, so that people who need no activation code can sign in here.

    Raises:
        InputRefusedError: it is no mark.
    """
    from app.domain.errors import InputRefusedError
    from app.session.witness import Remembered, remember
    from app.storage.keyring_store import open_key_store

    try:
        mark = bytes.fromhex(office)
    except ValueError:
        mark = b""
    if len(mark) != 32:
        raise InputRefusedError("An office's mark has 64 digits, 0 to 9 and a to f.", code="mark")
    store = open_key_store()
    try:
        remember(store, mark, Remembered())
    finally:
        store.close()


def forget(home: Home = None) -> None:
    """Have this workstation work with no gateway."""
    from app.session.machine_door import require_unmanaged_gateway
    from app.storage.gateway_file import forget_gateway

    program = program_at(home)
    require_unmanaged_gateway(program.managed())
    had = forget_gateway(program.places.home)
    typer.echo("This workstation belongs to no gateway now." if had else "This workstation belonged to no gateway.")
