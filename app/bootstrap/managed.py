"""What the machine's administrator has settled, asked at each door; and with whose office a home works."""

from typing import TYPE_CHECKING

from app.bootstrap.program import Program
from app.domain.errors import TiraiError
from app.domain.machine_policy.policy import NOTHING_MANAGED, MachinePolicy
from app.storage.gateway_file import has_gateway, read_gateway
from app.storage.service_place import ServicePlace

if TYPE_CHECKING:
    from app.domain.gateway_address import GatewayAddress


def managed_here(program: Program) -> MachinePolicy:
    """What the machine's administrator has settled, for whoever is about to sign in; a refusal is noted for the log.

    Raises:
        MachinePolicyError: M1 to M3: it cannot be used, so nobody signs in.
        ShutHereError: M4, M5: it lets nobody in here.
    """
    from app.storage.log_notes import leave_note

    try:
        return usable_here(program)
    except TiraiError as e:
        leave_note(program.places.home, "start.refused", "refused", "machine_policy", e.code)
        raise


def usable_here(program: Program) -> MachinePolicy:
    """The same, without a note.

    Raises:
        MachinePolicyError, ShutHereError: as for `managed_here`.
    """
    from app.session.machine_door import require_usable

    managed, home = program.managed(), program.places.home
    is_elsewhere = program.service is not None or managed.is_managed("gateway_url") or has_gateway(home)
    if not program.is_service:  # what is settled for people's homes is not meant for the service's
        require_usable(managed, home, has_gateway=is_elsewhere)
    return managed


def managed_at_console(program: Program) -> MachinePolicy:
    """The same for a console, whose windows may have to be kept out of captures.

    Raises:
        MachinePolicyError, ShutHereError: as for `managed_here`.
    """
    from app.session.machine_door import require_captures_blocked
    from app.ui.capture.block import block_of_this_system

    managed = managed_here(program)
    block = block_of_this_system()
    require_captures_blocked(managed, is_blocked=block is not None and block.is_dependable)
    return managed


def managed_at_terminal(program: Program) -> MachinePolicy:
    """The same for a command that signs somebody in.

    Raises:
        MachinePolicyError, ShutHereError: as for `managed_here`.
    """
    from app.session.machine_door import require_commands

    managed = managed_here(program)
    require_commands(managed)
    return managed


def managed_at_approval(program: Program) -> MachinePolicy:
    """The same for a supervisor who signs in beside somebody else's session.

    Raises:
        MachinePolicyError, ShutHereError: as for `managed_here`.
    """
    from app.session.machine_door import require_desk_approval

    managed = managed_at_console(program)
    require_desk_approval(managed)
    return managed


def managed_on_screens(program: Program) -> MachinePolicy:
    """What screens wear and show as settled; nothing of a policy that cannot be used, of which the door tells."""
    try:
        return program.managed()
    except TiraiError:
        return NOTHING_MANAGED


def gateway_of(program: Program) -> "GatewayAddress | None":
    """The gateway of a home: the administrator's, or else the one of the home's own file; None where there is none.

    Raises:
        MachinePolicyError: the machine policy cannot be used.
        WorkstationError: the home's file is there and cannot be used.
    """
    managed = program.managed()
    if url := managed.text("gateway_url"):
        from app.domain.gateway_address import gateway_address

        return gateway_address(url, managed.texts("gateway_pins"), managed.text("gateway_ca"))
    return read_gateway(program.places.home)


def is_of_gateway(program: Program) -> bool:
    """Whether a home works with a gateway, by the administrator's word or its own file, a broken one too.

    Raises:
        MachinePolicyError: the machine policy cannot be used.
    """
    return program.managed().is_managed("gateway_url") or has_gateway(program.places.home)


def service_for(program: Program) -> ServicePlace | None:
    """The office of the whole workstation, where this home works with that one and with no gateway.

    Raises:
        MachinePolicyError: the machine policy cannot be used.
    """
    return program.service if program.service is not None and not is_of_gateway(program) else None


def may_be_of_gateway(program: Program) -> bool:
    """The same, without a refusal: where nobody can tell, it may be."""
    try:
        return is_of_gateway(program)
    except TiraiError:
        return True
