"""The office of this home, asked without signing in and never started: its clock, its protocol; and the lease."""

from pathlib import Path
from typing import Final

from app.api.messages.wire import PROTOCOL
from app.domain.errors import TiraiError
from app.domain.machine_policy.errors import MachinePolicyError
from app.domain.policy import load_policy
from app.guardian.office_start import SOCKET_NAME, office_answers
from app.resource_files import resource_text
from app.storage.gateway_file import has_gateway
from app.storage.machine_policy.reading import read_machine_policy
from app.storage.places import Places
from app.terminal.checks.finding import CheckState, Detail, Told

WAIT_S: Final = 5.0


class AskedOffice:
    """One question to the office of a home, at most once.

    Attributes:
        state: `none`, `answers`, `silent` or `refused`.
        now_ms: its clock as it answered.
        why: why nothing is said to it.
        protocol: which one it was asked in; 0: it did not answer.
    """

    def __init__(self, home: Path | None) -> None:
        """Ask where there is one to ask."""
        self.state, self.why = "none", ""
        self.now_ms: int | None = None
        self.protocol = 0
        places = Places.find(home)
        if not has_gateway(places.home) and not office_answers(places.socket(SOCKET_NAME)):
            return
        self._ask(home)

    def _ask(self, home: Path | None) -> None:
        from app.bootstrap.program import Program
        from app.bootstrap.way_to_office import connect

        try:
            client = connect(Program(Places.find(home)))
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
