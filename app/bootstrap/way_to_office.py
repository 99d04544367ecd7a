"""How a home's people come to their office: what must be there, who starts it, what speaks to it."""

import contextlib
from typing import TYPE_CHECKING

from app.bootstrap.managed import (
    gateway_of,
    is_of_gateway,
    managed_at_terminal,
    managed_here,
    may_be_of_gateway,
    service_for,
    usable_here,
)
from app.bootstrap.offices import serve_office
from app.bootstrap.own_things import open_keyring
from app.bootstrap.program import OFFICE_FILE, Program, seat_name
from app.domain.errors import WorkstationError
from app.storage.service_place import ServicePlace

if TYPE_CHECKING:
    from app.api.client.client import ApiClient
    from app.domain.gateway_address import GatewayAddress


def need_office(program: Program) -> None:
    """Refuse a home without an office or a gateway before anybody types a secret.

    Raises:
        WorkstationError: there is none, or the keyring is not open.
    """
    managed_at_terminal(program)
    if (place := service_for(program)) is not None:
        _need_service(place)
    elif gateway_of(program) is None:
        from app.backoffice.office import NamePlate

        NamePlate.read(program.places.home)
    open_keyring(program.places.home).close()


def _need_service(place: ServicePlace) -> None:
    """Refuse to go on without the office of the whole workstation.

    Raises:
        WorkstationError: it does not run.
    """
    from app.guardian.office_start import SOCKET_NAME

    if not place.socket(SOCKET_NAME).exists():
        raise WorkstationError(
            "The office of this workstation does not run. IT sets it up with: tirai office setup, and looks at it "
            "with: systemctl status tirai-office. (For an office of your own: tirai --home FOLDER.)",
            code="O6",
        )


def need_no_gateway(program: Program) -> None:
    """Refuse to make or change an office in a home of a gateway or a service, or where the administrator lets none be.

    Raises:
        WorkstationError: so it is.
    """
    managed_here(program)
    if service_for(program) is not None:
        raise WorkstationError(
            "The office of this workstation is a service; root works on it: sudo tirai office setup, recover or "
            "restore. For an office of your own, name a folder with --home."
        )
    if is_of_gateway(program):
        raise WorkstationError(
            "This workstation belongs to a gateway, whose office is not made here. Name another folder with --home, "
            "or leave the gateway first: tirai gateway forget."
        )


def need_no_office(program: Program) -> None:
    """Refuse a gateway for a home that has an office of its own: nobody would know with which of them one works.

    Raises:
        WorkstationError: it has one.
    """
    if (program.places.home / OFFICE_FILE).exists():
        raise WorkstationError(
            "This folder holds an office of its own. Name another folder with --home, or move the office away first."
        )


def start_office(program: Program) -> None:
    """Start the home's office if none lives; a gateway is not started from here. The caller must have one thread.

    Raises:
        WorkstationError: it does not come up; the message says why.
    """
    if is_of_gateway(program):
        return
    usable_here(program)
    if program.is_service:
        raise WorkstationError("People work with the office of this workstation without --home.")
    if (place := service_for(program)) is not None:
        _need_service(place)
        return
    from app.guardian.office_start import ensure_office

    ensure_office(program.places, lambda: serve_office(program))


def start_office_if_let(program: Program) -> None:
    """The same, for a guardian: what the machine policy shuts, the door says.

    Raises:
        WorkstationError: as for `start_office`.
    """
    from app.domain.machine_policy.errors import MachinePolicyError, ShutHereError

    with contextlib.suppress(MachinePolicyError, ShutHereError):
        start_office(program)


def connect(program: Program) -> "ApiClient":
    """A client for the home's gateway, or for the office that lives in it. Nothing else makes one.

    Raises:
        WorkstationError: the home belongs to a gateway, and what is said of it cannot be used.
    """
    if (gateway := gateway_of(program)) is not None:
        return client_of(gateway)
    from app.api.client.client import ApiClient
    from app.api.client.transport import SocketTransport
    from app.guardian.office_start import SOCKET_NAME

    if (place := program.service) is not None:
        transport = SocketTransport(place.socket(SOCKET_NAME), place.uid, is_of_machine=True)
        return ApiClient(transport, workstation=seat_name())
    return ApiClient(SocketTransport(program.places.socket(SOCKET_NAME)))


def client_of(gateway: "GatewayAddress") -> "ApiClient":
    """A client for a gateway.

    Raises:
        WorkstationError: whom to trust cannot be read.
    """
    from app.api.client.client import ApiClient
    from app.api.client.https_transport import HttpsTransport

    return ApiClient(HttpsTransport(gateway), workstation=seat_name())


def has_office(program: Program) -> bool:
    """Whether people of this home have an office to sign in to: its own, the workstation's, or a gateway's."""
    is_elsewhere = program.service is not None or may_be_of_gateway(program)
    return is_elsewhere or (program.places.home / OFFICE_FILE).exists()


def has_own_office(program: Program) -> bool:
    """Whether this home's own office is the one that its people sign in to; then the guardian has it started."""
    is_elsewhere = program.service is not None or program.is_service or may_be_of_gateway(program)
    return not is_elsewhere and (program.places.home / OFFICE_FILE).exists()


def own_office_answers(program: Program) -> bool:
    """Whether this home's own office takes connections; one of another user is none, and is refused later."""
    from app.guardian.office_start import SOCKET_NAME, office_answers

    try:
        return office_answers(program.places.socket(SOCKET_NAME))
    except WorkstationError:
        return False
