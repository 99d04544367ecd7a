"""Recovery codes: ten look-up secrets on paper, each good once, in place of an authenticator that is gone.

80 random bits each (NIST SP 800-63B-4 section 3.1.2 asks for 64 where no throttle were), written as four groups of
four signs of Base32. They are kept hashed by Argon2id at the floor (`app/crypto/derive.py:PASSWORD_FLOOR`), under one
salt per set: 2^80 guesses at 19 MiB each are out of reach, so more memory would buy nothing and only slow the office,
and with one salt a code that is shown costs one derivation, whichever of the ten it is.
"""

import secrets
from base64 import b32encode

from app.domain.errors import InputRefusedError

CODES = 10
CODE_BYTES = 10
LENGTH = 16
_GROUP = 4
_SIGNS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


def new_recovery_codes() -> tuple[str, ...]:
    """Ten fresh codes, as they are compared: 16 signs without groups."""
    return tuple(b32encode(secrets.token_bytes(CODE_BYTES)).decode() for _ in range(CODES))


def recovery_code_text(code: str) -> str:
    """A code as a person reads it: `XXXX-XXXX-XXXX-XXXX`."""
    return "-".join(code[i : i + _GROUP] for i in range(0, len(code), _GROUP))


def parse_recovery_code(untrusted: str) -> str:
    """Read a code as typed: any case, with or without groups; 0, 1 and 8 are taken for O, I and B.

    Raises:
        InputRefusedError: it is not one.
    """
    text = "".join(c for c in untrusted.upper() if c.isalnum()).translate(str.maketrans("018", "OIB"))
    if len(text) != LENGTH or not set(text) <= _SIGNS:
        raise InputRefusedError(
            "This is not a recovery code. Copy all four groups from your page.", code="recovery_code_form"
        )
    return text
