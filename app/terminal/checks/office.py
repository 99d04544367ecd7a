"""The office of this home, asked without signing in and never started: which, its clock, its protocol; the lease."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.api.messages.wire import PROTOCOL
from app.domain.errors import TiraiError
from app.domain.machine_policy.errors import MachinePolicyError
from app.domain.policy_reader import load_policy
from app.guardian.office_start import SOCKET_NAME, office_answers
from app.resource_files import resource_text
from app.storage.gateway_file import has_gateway
from app.storage.machine_policy.reading import read_machine_policy
from app.storage.places import Places
from app.storage.service_place import ServicePlace
from app.terminal.checks.finding import CheckState, Detail, Told

if TYPE_CHECKING:
    from app.bootstrap.program import Program

WAIT_S: Final = 5.0


class WorksWith(StrEnum):
    """Which office a home works with; the words of `docs/deployment/self-check.md`."""

    ONE_USER = "one-user"
    SERVICE = "service"
    GATEWAY = "gateway"
    UNKNOWN = "unknown"


def program_of(home: Path | None) -> "Program":
    """The program of a home as `tirai` would have it; nothing is made."""
    from app.bootstrap.program import Program, service_of

    places = Places.find(home)
    return Program(places, service=service_of(places.home) if home is None else None)


def works_with(program: "Program") -> WorksWith:
    """Which office this home works with; unknown where the machine policy, which may name a gateway, cannot be used."""
    from app.bootstrap.managed import is_of_gateway, service_for

    try:
        if is_of_gateway(program):
            return WorksWith.GATEWAY
        return WorksWith.SERVICE if service_for(program) is not None else WorksWith.ONE_USER
    except TiraiError:
        return WorksWith.UNKNOWN


def service_socket(place: ServicePlace) -> Told:
    """Who stands at the socket of the workstation's office: its folder and its listener, by the kernel's word."""
    from app.guardian.office_keeper import listens_as

    path = place.socket(SOCKET_NAME)
    try:
        folder = path.parent.stat(follow_symlinks=False)
    except FileNotFoundError:
        return Told("the office of this workstation does not run", CheckState.UNKNOWN, {"listens": "nobody"})
    if folder.st_uid not in {0, place.uid} or folder.st_mode & 0o022:
        return Told(f"others can put a socket into {path.parent}", CheckState.NOT, {"listens": "unsafe"}, is_proof=True)
    uid = listens_as(path)
    if uid is None:
        return Told("the office of this workstation does not run", CheckState.UNKNOWN, {"listens": "nobody"})
    if uid != place.uid:
        found = "another user's process listens in place of the office"
        return Told(found, CheckState.NOT, {"listens": "other"}, is_proof=True)
    return Told(f"{place.user} listens", details={"listens": "office"})


class AskedOffice:
    """One question to the office of a home, at most once.

    Attributes:
        state: `none`, `answers`, `silent` or `refused`.
        now_ms: its clock as it answered.
        why: why nothing is said to it.
        protocol: which one it was asked in; 0: it did not answer.
    """

    def __init__(self, program: "Program") -> None:
        """Ask where there is one to ask."""
        self.state, self.why = "none", ""
        self.now_ms: int | None = None
        self.protocol = 0
        if (place := program.service) is not None:
            is_there = place.socket(SOCKET_NAME).exists()
        else:
            is_there = office_answers(program.places.socket(SOCKET_NAME))
        if works_with(program) is WorksWith.GATEWAY or has_gateway(program.places.home) or is_there:
            self._ask(program)

    def _ask(self, program: "Program") -> None:
        from app.bootstrap.way_to_office import connect

        try:
            client = connect(program)
            self.now_ms, self.protocol = client.hello().now_ms, client.protocol
            client.hang_up()
        except TiraiError as error:
            self.state = "refused" if error.code else "silent"
            self.why = error.message.replace(str(Path.home()), "~")
        else:
            self.state = "answers"

    def told(self) -> Told:
        """What the part `office` says: whether one answers, and speaks a protocol that we do."""
        details: dict[str, Detail] = {"office": self.state}
        if self.state == "answers":
            details["protocol"] = self.protocol
            if self.protocol < PROTOCOL:
                words = f"answers in protocol {self.protocol}, the one before ours: what is newer waits for its update"
                return Told(words, details=details)
            return Told("answers, and speaks our protocol", details=details)
        if self.state == "none":
            return Told("none runs here, and no gateway is named", CheckState.OK, details)
        return Told(self.why, CheckState.NOT, details)


def lease(home: Path | None) -> Told:
    """How long a console may go on without its office, and how many sessions have left something here."""
    places = Places.find(home)
    kept = len(places.session_ids())
    lease_s = load_policy(resource_text("policy", "default.toml")).lease_s
    try:
        lease_s = min(lease_s, read_machine_policy().number("lease_s") or lease_s)
    except MachinePolicyError:
        return Told("the machine's policy cannot be used", CheckState.UNKNOWN, {"sessions": kept})
    many = {0: "no session here", 1: "one session here"}.get(kept, f"{kept} sessions here")
    return Told(f"{lease_s // 60} min at most; {many}", details={"lease_s": lease_s, "sessions": kept})
