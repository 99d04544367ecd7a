"""The one-time code by which IT makes a workstation known: how it is written down, and what it is kept as.

It is made like an activation code, 128 random bits and which office it belongs to, and told apart by its first letters:
one is a person's, the other a workstation's.
"""

from app.auth.activation import code_text, parse_code
from app.crypto.account_keys import ActivationCode
from app.crypto.derive import mac
from app.crypto.labels import lp
from app.domain.errors import InputRefusedError

_MARK = "WS"


def seat_code_text(code: ActivationCode) -> str:
    """A code as IT reads it: `WS-XXXX-XXXX-...`."""
    return f"{_MARK}-{code_text(code)}"


def parse_seat_code(untrusted: str) -> ActivationCode:
    """Read a code back.

    Raises:
        InputRefusedError: it is none (code `seat_code_form`).
    """
    text = "".join(c for c in untrusted.upper() if c.isalnum())
    try:
        if text.startswith(_MARK):
            return parse_code(text.removeprefix(_MARK))
    except InputRefusedError:
        pass
    raise InputRefusedError(
        "This is not the code of a workstation. It begins with WS and has 13 groups more.", code="seat_code_form"
    )


def stored_seat_code(pepper: bytes, office: bytes, secret: bytes) -> bytes:
    """What the back office stores of a code: HMAC(pepper, LP("seat-code", O, secret))."""
    return mac(pepper, lp("seat-code", office, secret))
