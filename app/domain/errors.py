"""Errors that cross layers. Two kinds: the world failed (say what to do) or we failed (report).

Invariant: no message carries a customer's value, a password, a code or a key. Messages are for logs and
terminals; screens choose their own words by the error's type and `code`.
"""


class TiraiError(Exception):
    """Anything Tirai refuses or cannot do, with a sentence that says what to do."""

    exit_code = 5

    def __init__(self, message: str, *, code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code


class InputRefusedError(TiraiError):
    """A file, a form or an argument is not acceptable; the message names the place."""

    exit_code = 3


class NotAllowedError(TiraiError):
    """The office refuses: role, policy, book, quota or a missing grant."""

    exit_code = 4


class PacedError(NotAllowedError):
    """The office refuses because it was too much in too short a time.

    Attributes:
        wait_s: seconds until it goes on by itself.
    """

    def __init__(self, message: str, *, code: str, wait_s: int) -> None:
        super().__init__(message, code=code)
        self.wait_s = wait_s


class WorkstationError(TiraiError):
    """The workstation lacks something: keyring, display, disk, office."""

    exit_code = 5


class TooOftenError(WorkstationError):
    """Too many requests came in too short a time; nothing of this one was done.

    Attributes:
        wait_s: seconds until one is taken again.
    """

    def __init__(self, message: str, *, wait_s: int) -> None:
        super().__init__(message, code="rate")
        self.wait_s = wait_s


class VerificationError(TiraiError):
    """A proof failed: a chain, a signature, a seal, an encrypted file."""

    exit_code = 6
