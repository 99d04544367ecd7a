"""A form proves that it came from the page behind its link, for one use and not too long ago.

The proof is a MAC under the link's token, which nobody has but the holder of the link and, as a digest, the office: so
any process of the page can judge it, none keeps anything for it, and a site elsewhere cannot make one. The random part
names one filled-in form: two clicks on one button are one answer.
"""

import base64
import secrets
from typing import Final

from app.crypto.derive import mac, same

GOOD_FOR_MS: Final = 2 * 3_600_000
_TIME, _RANDOM, _MAC = 6, 12, 18
LONGEST: Final = 48


class OldFormError(ValueError):
    """The form is another one's, or was open for too long."""


def new_nonce(token: str, form: str, now_ms: int) -> str:
    """A nonce for one form of a link, base64url."""
    head = now_ms.to_bytes(_TIME, "big") + secrets.token_bytes(_RANDOM)
    return base64.urlsafe_b64encode(head + _proof(token, form, head)).decode()


def check_nonce(nonce: str, token: str, form: str, now_ms: int) -> None:
    """Judge what came back.

    Raises:
        OldFormError: it is none, another form's or link's, or too old.
    """
    try:
        raw = base64.b64decode(nonce.encode("ascii"), altchars=b"-_", validate=True) if len(nonce) == LONGEST else b""
    except ValueError as e:
        raise OldFormError("form") from e
    head, proof = raw[: _TIME + _RANDOM], raw[_TIME + _RANDOM :]
    if len(proof) != _MAC or not same(proof, _proof(token, form, head)):
        raise OldFormError("form")
    if not 0 <= now_ms - int.from_bytes(head[:_TIME], "big") <= GOOD_FOR_MS:
        raise OldFormError("form")


def _proof(token: str, form: str, head: bytes) -> bytes:
    said = b"tirai/page/form/v1\0" + form.encode() + b"\0" + head
    return mac(token.encode(), said)[:_MAC]
