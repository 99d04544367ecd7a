"""What the client raises: one error per thing that a person can do something about."""

from app.domain.errors import InputRefusedError, NotAllowedError, VerificationError, WorkstationError

OFFICE_GONE = "office_gone"
WIPE_NOW = "wipe_now"
NOT_SPOKEN, LIMIT_NOT_SPOKEN = "not_spoken", "limit_not_spoken"
OFFICE_TOO_OLD = "office_too_old"


class OfficeAwayError(WorkstationError):
    """The back office does not answer. Code `OFFICE_GONE`: its process has ended, and every session with it."""


class OfficeFaultError(WorkstationError):
    """The back office had a fault; it gave a number."""


class SessionOverError(NotAllowedError):
    """The session is over: ended, lapsed, or signed in elsewhere.

    Attributes:
        order: id of the order to wipe this workstation, where that is why (`WIPE_NOW`), else empty.
    """

    def __init__(self, message: str, *, code: str = "", order: bytes = b"") -> None:
        super().__init__(message, code=code)
        self.order = order


class SignInAnswerError(NotAllowedError):
    """The office refuses a sign-in or a fresh code.

    Attributes:
        number: tries left, or minutes off.
        wait_s: seconds to wait.
    """

    def __init__(self, message: str, *, code: str, number: int, wait_s: int) -> None:
        super().__init__(message, code=code)
        self.number = number
        self.wait_s = wait_s


class UpdateNeededError(WorkstationError):
    """Console and office speak different versions.

    Code `UPDATE_NEEDED`: this console is too old. Code `OFFICE_TOO_OLD`: the office is.
    """


class NotSpokenError(WorkstationError):
    """The office speaks the protocol before ours, which does not have this; code `NOT_SPOKEN`. It was not asked."""

    def __init__(self, message: str = "", code: str = NOT_SPOKEN) -> None:
        """Say so, or what it means there."""
        older = (
            "Your office's Tirai is older than this one and does not know this yet. It works once IT has updated it."
        )
        super().__init__(message or older, code=code)


class ForeignOfficeError(VerificationError):
    """Somebody else's process, or an answer of another shape, stands where the office should be."""


__all__ = [
    "LIMIT_NOT_SPOKEN",
    "NOT_SPOKEN",
    "OFFICE_GONE",
    "OFFICE_TOO_OLD",
    "ForeignOfficeError",
    "InputRefusedError",
    "NotAllowedError",
    "NotSpokenError",
    "OfficeAwayError",
    "OfficeFaultError",
    "SessionOverError",
    "SignInAnswerError",
    "UpdateNeededError",
]
