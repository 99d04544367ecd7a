"""One home of Tirai on a workstation, as every process is told of it; its names and its policy."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.machine_policy.policy import MachinePolicy
from app.resource_files import resource_text
from app.storage.gateway_file import has_gateway
from app.storage.machine_policy.reading import read_machine_policy
from app.storage.places import PlaceRefusedError, Places, private_folder
from app.storage.service_place import ServicePlace

if TYPE_CHECKING:
    from app.domain.policy import Policy

ONE_USER = "one-user"
MOVING_NOTE = "moving.json"
"""`app/backoffice/moving.py`: a move to a gateway was begun."""
OFFICE_FILE = "office.json"
"""The back office's name plate; named here too, so that a console's start need not import the back office."""
ACTIONS_FILE = Path("/etc/tirai/actions.toml")
"""Of the whole machine, and its administrator's: whoever writes it has values handed to programs."""
_SEAT_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Program:
    """One home of Tirai on this workstation.

    Attributes:
        places: its folders.
        theme: light, dark, contrast, or system, for windows.
        language: en or id, where the person named one; otherwise what the home remembers, or the system's.
        on_console: called in a console's process with its window, before the loop runs (the demo's hook).
        on_approval: the same for the desk approval.
        actions_file: IT's file of what may be done with fields that stay masked.
        managed: reads what the machine's administrator has settled, as it stands now.
        service: the office of the whole workstation, where this program works with that one; None: with the one of
            this home, or its gateway.
        is_service: whether this is that office itself, or root at work on it as its user.
    """

    places: Places
    theme: str = "system"
    language: str | None = None
    on_console: Callable[[object], None] | None = None
    on_approval: Callable[[object], None] | None = None
    actions_file: Path = ACTIONS_FILE
    managed: Callable[[], MachinePolicy] = read_machine_policy
    service: ServicePlace | None = None
    is_service: bool = False

    @classmethod
    def at(cls, home: Path | None, theme: str = "system", language: str | None = None) -> "Program":
        """The program for a home; its folders are made and checked.

        Raises:
            PlaceRefusedError: a folder is not this user's alone.
        """
        places = Places.find(home).prepare()
        return cls(places, theme, language, service=service_of(places.home) if home is None else None)

    @classmethod
    def of_service(cls, place: ServicePlace) -> "Program":
        """The program that is the office of the whole workstation, or works on its files as its user.

        Raises:
            PlaceRefusedError: its folder is not its user's alone.
        """
        places = place.places()
        try:
            private_folder(places.home)
        except PlaceRefusedError as e:
            raise PlaceRefusedError(f"{e.message} It has to belong to {place.user}, mode 0700.") from e
        return cls(places, is_service=True)


def service_of(home: Path, place: ServicePlace | None = None) -> ServicePlace | None:
    """The office of the whole workstation, if people of this home work with that one.

    They do where it is installed, unless this home belongs to a gateway or holds an office of its own.
    """
    place = place or ServicePlace()
    has_own = has_gateway(home) or (home / OFFICE_FILE).exists()
    return place if place.is_here and not has_own else None


def seat_name() -> str:
    """Name of this workstation on screens and in the log."""
    import platform

    return (platform.node() or "workstation")[:_SEAT_LENGTH]


def policy() -> "Policy":
    """The policy that came with the program: what an office's edits stay within."""
    from app.domain.policy_reader import load_policy

    return load_policy(resource_text("policy", "default.toml"))
