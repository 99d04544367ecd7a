"""Whether anybody may sign in at this workstation at all, as its administrator has settled it.

Asked before a keyring, an office or a secret is. Nothing that a person can set counts: the folder that is a person's
own is found from the system's list of users, not from a variable.
"""

import os
import sys
from pathlib import Path

from app import __version__
from app.domain.machine_policy.errors import OLD_PROGRAM, ShutHereError
from app.domain.machine_policy.policy import MachinePolicy
from app.domain.versions import is_older


def require_usable(managed: MachinePolicy, home: Path, *, has_gateway: bool, version: str = __version__) -> None:
    """Refuse what a good machine policy shuts here.

    Args:
        managed: what the administrator has settled.
        home: the home that is to be used.
        has_gateway: whether that home works with a gateway.
        version: of this program.

    Raises:
        ShutHereError: M4: the program is too old; M5: this home, or an office of one's own, is shut here.
    """
    least = managed.text("minimum_version")
    if least and is_older(version, least):
        raise ShutHereError(f"Your organisation wants Tirai {least} or newer; this is {version}.", code=OLD_PROGRAM)
    if not managed.allows("other_homes_allowed") and home != own_home():
        raise ShutHereError("Your organisation lets Tirai use no other folder than your own; leave --home out.")
    if not managed.allows("own_office_allowed") and not has_gateway:
        raise ShutHereError("Your organisation lets no office be kept on this workstation; it wants a gateway here.")


def own_home() -> Path:
    """The data folder of this OS user, whatever the environment says."""
    if sys.platform == "linux":
        import pwd

        return Path(pwd.getpwuid(os.geteuid()).pw_dir) / ".local" / "share" / "tirai"
    from app.storage.places import Places

    return Places.find(None).home


def require_commands(managed: MachinePolicy) -> None:
    """Refuse a command that signs somebody in.

    Raises:
        ShutHereError: the administrator lets none here.
    """
    if not managed.allows("commands_allowed"):
        raise ShutHereError("Your organisation lets no command sign anybody in on this workstation.")


def require_desk_approval(managed: MachinePolicy) -> None:
    """Refuse an approval at the desk.

    Raises:
        ShutHereError: the administrator lets nobody decide here beside another person's session.
    """
    if not managed.allows("desk_approval_allowed"):
        raise ShutHereError("Your organisation lets nobody approve at an agent's desk.", code="M5_desk")


def require_captures_blocked(managed: MachinePolicy, *, is_blocked: bool) -> None:
    """Refuse a console where captures are not kept out and the administrator wants that.

    Raises:
        ShutHereError: so it is.
    """
    if managed.allows("capture_block_required") and not is_blocked:
        raise ShutHereError(
            "Your organisation lets nobody sign in where the system cannot keep windows out of screenshots.",
            code="M5_capture",
        )


def require_unmanaged_gateway(managed: MachinePolicy) -> None:
    """Refuse to choose a gateway where the administrator has.

    Raises:
        ShutHereError: they have.
    """
    if managed.is_managed("gateway_url"):
        raise ShutHereError("The gateway of this workstation is set by your organisation: tirai policy show")
