"""Sign-in: how long one takes, and whether time tells an unknown account from a wrong password or a wrong code.

Tests assert that the refusals go the same way (`tests/security/test_unknown_accounts.py`); here stands what that comes
to in milliseconds, beside the refusal of an unknown account. Office and console share this process; every try begins
after the waits of the last.
"""

import contextlib
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from app.auth.throttle import DAY_S
from app.crypto.calibration import calibrated
from app.crypto.derive import PASSWORD_COST, password_root
from app.domain.errors import NotAllowedError
from benchmarks.harness import Report, arguments, in_turns, work_folder
from tests.office.made import MadeOffice

WRONG = "hujan pertama di kebun"


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of one call, a refusal being an answer like any other."""
    started = time.perf_counter()
    with contextlib.suppress(NotAllowedError):
        work()
    return (time.perf_counter() - started) * 1000


class Tries:
    """Sign-ins at one office under the program's own password parameters."""

    def __init__(self, folder: Path) -> None:
        """Make the office and one agent."""
        self.office = MadeOffice(folder)
        self.office.serve()
        self.office.hire("ratna", "Ratna Dewanti", grant=False)
        self.office.back_office.front_door.set_profile(PASSWORD_COST)
        self.office.command("ratna").end()  # brings her password up to them

    def good(self) -> float:
        """One that succeeds, up to the session's card and lease."""
        code, password = self._ready(), self.office.people["ratna"].password
        started = time.perf_counter()
        session = self.office.sign_in().sign_in_for_command("ratna", password, code)
        taken = (time.perf_counter() - started) * 1000
        session.end()
        return taken

    def refused(self, account: str, password: str = "", code: str = "") -> float:
        """One that is refused."""
        fresh = self._ready()
        code = code or fresh
        password = password or self.office.people["ratna"].password
        return timed(lambda: self.office.sign_in().sign_in_for_command(account, password, code))

    def _ready(self) -> str:
        self.office.clock.pass_s(DAY_S + 60)
        self.office.command("ratna").end()
        return self.office.code("ratna")


def main() -> None:
    """Measure and report."""
    asked = arguments(__doc__, repeats=15, n=100)
    with work_folder() as folder:
        tries = Tries(folder)
        try:
            taken = in_turns(
                {
                    "derivation": lambda: timed(lambda: password_root(WRONG, secrets.token_bytes(16), PASSWORD_COST)),
                    "good": tries.good,
                    "unknown": lambda: tries.refused(f"x{secrets.token_hex(4)}", WRONG),
                    "password": lambda: tries.refused("ratna", WRONG),
                    "code": lambda: tries.refused("ratna", code="000000"),
                },
                asked.repeats,
            )
        finally:
            tries.office.stop()
    cost = calibrated()
    report = Report("sign_in", "Sign-in", {"repeats": asked.repeats, "passes calibrated here": cost.passes})
    report.add("Argon2id of the profile", taken["derivation"], unit="ms")
    report.add("sign-in, from the click to the lease", taken["good"], unit="ms")
    for row, name in (("wrong password, refused", "password"), ("wrong code, refused", "code")):
        report.add(row, taken[name], taken["unknown"], unit="ms", peer_name="unknown account")
    report.finish()


if __name__ == "__main__":
    main()
