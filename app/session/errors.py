"""What the console's use cases refuse, as screens may word it."""

from enum import StrEnum

from app.api.client.errors import (
    OFFICE_GONE,
    OfficeAwayError,
    OfficeFaultError,
    SessionOverError,
    SignInAnswerError,
)
from app.domain.errors import NotAllowedError, VerificationError, WorkstationError
from app.storage.keyring_errors import KeyringAbsentError, KeyringRefusedError


class SignInRefusal(StrEnum):
    """Why a sign-in is refused; only what may be said."""

    WRONG = "wrong"
    USED_CODE = "used_code"
    CLOCK_OFF = "clock_off"
    THROTTLED = "throttled"
    CODES_REFUSED = "codes_refused"
    UNKNOWN_OFFICE = "unknown_office"
    SEAT_REVOKED = "seat_revoked"
    SEAT_KEY = "seat_key"
    SEAT_UNKNOWN = "seat_unknown"


class SignInRefusedError(NotAllowedError):
    """Nobody is signed in.

    Attributes:
        why: which refusal.
        tries_left: tries before a wait begins.
        wait_s: seconds to wait.
        minutes_off: how far the clock is off.
    """

    def __init__(
        self, message: str, why: SignInRefusal, *, tries_left: int = 0, wait_s: int = 0, minutes_off: int = 0
    ) -> None:
        super().__init__(message, code=why.value)
        self.why = why
        self.tries_left = tries_left
        self.wait_s = wait_s
        self.minutes_off = minutes_off


class CacheLostError(WorkstationError):
    """The session cache was damaged and cannot be made anew; the session ends."""


class RolledBackError(VerificationError):
    """The office shows less than this workstation remembers: an earlier copy was put back, or the log was cut."""


__all__ = [
    "OFFICE_GONE",
    "CacheLostError",
    "KeyringAbsentError",
    "KeyringRefusedError",
    "OfficeAwayError",
    "OfficeFaultError",
    "RolledBackError",
    "SessionOverError",
    "SignInAnswerError",
    "SignInRefusal",
    "SignInRefusedError",
]


class VerificationStopped(Exception):  # noqa: N818  (not an error: somebody pressed Stop)
    """A verification was stopped before its end; it says nothing about the log."""


class DocumentStopped(Exception):  # noqa: N818  (not an error: somebody pressed Stop)
    """A document was stopped on its way; no file was written.

    Attributes:
        entry: number of the log's entry that says it was made, where Stop came after it; else 0.
    """

    def __init__(self, entry: int = 0) -> None:
        super().__init__()
        self.entry = entry
