"""How an activation code is written down: Base32 in groups of four, forgiving to type."""

from base64 import b32decode, b32encode

from app.crypto.account_keys import ACTIVATION_BYTES, ActivationCode
from app.domain.errors import InputRefusedError


def code_text(code: ActivationCode) -> str:
    """A code as a person reads it: `XXXX-XXXX-...`, 52 characters."""
    text = b32encode(code.secret + code.office_pin).decode().rstrip("=")
    return "-".join(text[i : i + 4] for i in range(0, len(text), 4))


def parse_code(untrusted: str) -> ActivationCode:
    """Read a code back.

    Raises:
        InputRefusedError: it is not one.
    """
    text = "".join(c for c in untrusted.upper() if c.isalnum()).replace("0", "O").replace("1", "I")
    try:
        raw = b32decode(text + "=" * (-len(text) % 8))
    except ValueError:
        raw = b""
    if len(raw) != 2 * ACTIVATION_BYTES:
        raise InputRefusedError(
            "This is not an activation code. Copy all 13 groups from the paper or message.", code="activation_form"
        )
    return ActivationCode(raw[:ACTIVATION_BYTES], raw[ACTIVATION_BYTES:])
