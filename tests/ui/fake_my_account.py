"""One's own account in memory, for tests of its screen and for the gallery."""

import threading
import time
from dataclasses import dataclass

from app.domain.errors import InputRefusedError, NotAllowedError
from app.session.errors import SignInAnswerError
from app.session.my_account import NewAuthenticator, OwnFactors, OwnSession, OwnSignIn
from app.session.shown import Secret

PASSWORD = "four words nobody joins"
CODE = "731904"
RECOVERY_CODE = "K7QF-2MXP-9RTA-4WZD"
AT = 1_772_000_000.0
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass(frozen=True)
class Judged:
    """A judgement on a password."""

    score: int
    hint: str


def codes() -> tuple[Secret, ...]:
    """Ten codes that nobody has."""
    return tuple(Secret(f"K7QF-2MXP-9RTA-4WZ{n}") for n in "ABCDEFGHJK")


class FakeMyAccount:
    """Everything the screen asks for; `told` says what it was asked to do."""

    def __init__(self, left: int = 7) -> None:
        self.told: list[str] = []
        self.left = left
        self.others = 2
        self.password_at = float(AT)
        self.gate = threading.Event()  # shut, the office is slow
        self.gate.set()
        self.asked = 0

    def factors(self) -> OwnFactors:
        return OwnFactors("ratna.dewanti", "Ratna Dewanti", self.password_at, AT, "sha1", self.left)

    def sign_ins(self, limit: int = 50) -> list[OwnSignIn]:
        rows = [
            OwnSignIn(AT, "SBY-0417", "console", True, ""),
            OwnSignIn(AT - 400, "SBY-0417", "", False, "wrong"),
            OwnSignIn(AT - 460, "SBY-0417", "", False, "used_code"),
            OwnSignIn(AT - 86_000, "SBY-0422", "replace", True, ""),
        ]
        return rows[:limit]

    def sessions(self) -> list[OwnSession]:
        now = time.time()
        this = OwnSession("aa" * 16, "console", "SBY-0417", AT, now + 30_000, True)
        other = OwnSession("bb" * 16, "command", "SBY-0422", AT, now + 30_000, False)
        return [this, *[other] * self.others]

    def end_others(self) -> int:
        self._wait()
        ended, self.others = self.others, 0
        self.told.append("end others")
        return ended

    def strength(self, password: str) -> Judged:
        return Judged(4, "") if len(password) > 20 else Judged(1, "words")

    def change_password(self, current: str, new: str, code: str = "") -> None:
        self._wait()
        if "password" in new:
            raise InputRefusedError("common", code="password_common")
        self._judge(current, code)
        self.told.append(f"password {new}")

    def begin_authenticator(
        self, current: str, code: str = "", *, recovery_code: str = "", totp_sha256: bool = False
    ) -> NewAuthenticator:
        self._wait()
        if recovery_code:
            if recovery_code != RECOVERY_CODE:
                raise InputRefusedError("no code", code="recovery_code_form")
            code = CODE
        self._judge(current, code)
        uri = f"otpauth://totp/Tirai:ratna.dewanti?secret={SECRET}&issuer=Tirai"
        return NewAuthenticator(Secret(SECRET), Secret(uri), time.time() + 300)

    def finish_authenticator(self, code: str) -> None:
        self._wait()
        if code != CODE:
            raise NotAllowedError("wrong", code="wrong_code")
        self.told.append("authenticator")

    def new_recovery_codes(self, current: str, code: str = "") -> tuple[Secret, ...]:
        self._wait()
        self._judge(current, code)
        self.left = 10
        return codes()

    def _wait(self) -> None:
        self.asked += 1
        self.gate.wait(60)

    @staticmethod
    def _judge(current: str, code: str) -> None:
        if current != PASSWORD or code != CODE:
            raise SignInAnswerError("wrong", code="wrong", number=0, wait_s=0)


class FakeReplacing:
    """A replacement in memory."""

    def __init__(self) -> None:
        self.state = "signed in"
        self.gate = threading.Event()
        self.gate.set()
        self.asked = 0

    def begin(self, *, totp_sha256: bool = False) -> NewAuthenticator:
        self.state = "begun"
        return NewAuthenticator(Secret(SECRET), Secret(f"otpauth://totp/x?secret={SECRET}"), time.time() + 300)

    def finish(self, code: str) -> None:
        self.asked += 1
        self.gate.wait(60)
        if code != CODE:
            raise NotAllowedError("no", code="wrong_code")
        self.state = "finished"

    def end(self) -> None:
        self.state = "ended"
