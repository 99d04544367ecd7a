"""The two ways in which a keyring cannot be used. Both stop the program: there is no fallback.

Each error carries the person's sentence (`sentence`, the same on every screen) and what is the matter here (`hint`).
"""

from typing import Final

from app.domain.errors import WorkstationError

K1_SENTENCE: Final = "No keyring is open here, so no session can start. Unlock it, or give IT the code K1."
K2_SENTENCE: Final = "This keyring does not protect keys. Tirai refuses it (K2)."


class KeyringAbsentError(WorkstationError):
    """No keyring, or a locked one (K1). `hint` says what is missing."""

    def __init__(self, hint: str) -> None:
        super().__init__(f"{K1_SENTENCE} {hint}", code="K1")
        self.sentence = K1_SENTENCE
        self.hint = hint


class KeyringRefusedError(WorkstationError):
    """A keyring that does not protect keys is configured or answers (K2). `hint` says what to do."""

    def __init__(self, hint: str) -> None:
        super().__init__(f"{K2_SENTENCE} {hint}", code="K2")
        self.sentence = K2_SENTENCE
        self.hint = hint
