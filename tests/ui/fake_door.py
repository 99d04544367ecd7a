"""The door of the office in memory: sign-in, the way back from a lock, a supervisor who signs in to decide."""

import time
from dataclasses import dataclass

from app.domain.data_class import DataClass
from app.domain.role import Role
from app.session.ends import LockedSession
from app.session.errors import SignInRefusal, SignInRefusedError
from app.session.lock_place import Place
from app.session.shown import Office, UnlockLimits, UnlockWaiting
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_incidents import FakeIncidents
from tests.ui.fake_my_account import RECOVERY_CODE, FakeReplacing
from tests.ui.fake_people import MASKS, local, person


def refused(why: SignInRefusal, *, tries_left: int = 4, wait_s: int = 12, minutes_off: int = 0) -> SignInRefusedError:
    """A refused sign-in."""
    return SignInRefusedError("refused", why, tries_left=tries_left, wait_s=wait_s, minutes_off=minutes_off)


class FakeApproval:
    """A supervisor's sign-in at the desk."""

    def __init__(self, waiting: list[UnlockWaiting] | None = None) -> None:
        self.person = person(Role.SUPERVISOR)
        self.incidents = FakeIncidents()
        now = time.time()
        self._waiting = (
            waiting
            if waiting is not None
            else [
                UnlockWaiting(
                    "q0",
                    "ratna.dewanti",
                    "Ratna Dewanti",
                    "SBY-0417",
                    "C-104288",
                    "r0",
                    "card_number",
                    local("Card number"),
                    DataClass.FINANCIAL,
                    MASKS["card_number"],
                    local("Dispute on this card"),
                    "Caller says the 2 March charge is on the old card. I need the middle digits.",
                    now - 42,
                    now + 78,
                )
            ]
        )
        self.approved: list[tuple[str, int]] = []
        self.denied: list[tuple[str, str]] = []
        self.limits = UnlockLimits(120, 1, 30)
        self.is_over = False

    def waiting(self) -> list[UnlockWaiting]:
        done = {request for request, _ in self.approved} | {request for request, _ in self.denied}
        return [w for w in self._waiting if w.id not in done]

    def approve(self, request: str, usable_s: int) -> None:
        self.approved.append((request, usable_s))

    def deny(self, request: str, why: str) -> None:
        self.denied.append((request, why))

    def end(self) -> None:
        self.is_over = True


class FakeSignIn:
    """The door of the office in memory. `refusals` are raised first, in order."""

    def __init__(self, desk: FakeDesk | None = None, approval: FakeApproval | None = None) -> None:
        self.desk = desk or FakeDesk()
        self.approval = approval or FakeApproval()
        self.refusals: list[Exception] = []
        self.tries: list[tuple[str, str, str]] = []
        self.home = "one-user"

    def office(self) -> Office:
        return Office("Nusantara Care, Surabaya", "SBY-0417", self.home)

    def sign_in(self, account: str, password: str, code: str) -> FakeDesk:
        self.tries.append((account, password, code))
        if self.refusals:
            raise self.refusals.pop(0)
        return self.desk

    def sign_in_to_replace(self, account: str, password: str, recovery_code: str) -> FakeReplacing:
        if recovery_code != RECOVERY_CODE:
            raise SignInRefusedError("no", SignInRefusal.WRONG, tries_left=4)
        return FakeReplacing()

    def sign_in_to_approve(self, account: str, password: str, code: str) -> FakeApproval:
        self.tries.append((account, password, code))
        if self.refusals:
            raise self.refusals.pop(0)
        return self.approval


@dataclass
class FakeBack:
    """A resumed session."""

    desk: FakeDesk
    place: Place


class FakeLock:
    """A locked session of the office in memory. `refusals` are raised first, in order."""

    def __init__(self, desk: FakeDesk | None = None, *, cause: str = "idle", ends_in_s: float = 588.0) -> None:
        self.desk = desk or FakeDesk()
        self.place = Place()
        self.refusals: list[Exception] = []
        self.tried: list[str] = []
        self.asked = 0
        self.became: Exception | None = None
        self.lock = LockedSession(
            session="5e" * 16,
            account="ratna.dewanti",
            display_name="Ratna Dewanti",
            role="agent",
            seat="SBY-0417",
            cause=cause,
            at=1_772_532_360.0,
            ends_at_boot_s=50_000.0 + ends_in_s,
            unused_s=300.0,
            generation=7,
            tries=5,
        )

    def ask(self) -> None:
        self.asked += 1
        if self.became is not None:
            raise self.became

    def resume(self, password: str) -> FakeBack:
        self.tried.append(password)
        if self.refusals:
            raise self.refusals.pop(0)
        return FakeBack(self.desk, self.place)
