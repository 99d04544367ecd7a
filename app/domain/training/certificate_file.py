"""A certificate as a file: readable JSON of all that was signed, to be checked with the office's key."""

import json
from collections.abc import Mapping

from app.domain.errors import InputRefusedError

FORMAT = "tirai-training-certificate-1"
LONGEST_FILE = 20_000
_BYTES = frozenset({"id", "digest", "signature", "office"})
_TEXTS = frozenset({"account", "lesson"})
_NUMBERS = frozenset({"version", "passed_ms", "expires_ms", "right", "asked"})


def certificate_text(office: bytes, parts: Mapping[str, object], signature: bytes) -> str:
    """The text of a file.

    Args:
        office: O, 32 bytes.
        parts: id, account, lesson, version, digest, passed_ms, expires_ms, right, asked.
        signature: the office's.
    """
    said = {"format": FORMAT, "office": office, **parts, "signature": signature}
    shown = {key: value.hex() if isinstance(value, bytes) else value for key, value in said.items()}
    return json.dumps(shown, indent=1) + "\n"


def read_certificate(untrusted_text: str) -> tuple[bytes, dict[str, bytes | str | int], bytes]:
    """Office, parts and signature of a file's text; nothing of it is believed before the signature is checked.

    Raises:
        InputRefusedError: it is no such file.
    """
    refused = InputRefusedError("This is no certificate of training.", code="certificate")
    try:
        found = json.loads(untrusted_text) if len(untrusted_text) <= LONGEST_FILE else None
    except (ValueError, RecursionError):
        raise refused from None
    known = _BYTES | _TEXTS | _NUMBERS | {"format"}
    if not isinstance(found, dict) or set(found) != known or found["format"] != FORMAT:
        raise refused
    parts: dict[str, bytes | str | int] = {}
    try:
        parts |= {key: bytes.fromhex(found[key]) for key in _BYTES}
    except (TypeError, ValueError):
        raise refused from None
    for key in _TEXTS | _NUMBERS:
        value = found[key]
        right_kind = isinstance(value, str) if key in _TEXTS else isinstance(value, int) and 0 <= value < 2**53
        if not right_kind or isinstance(value, bool):
            raise refused
        parts[key] = value
    office, signature = parts.pop("office"), parts.pop("signature")
    assert isinstance(office, bytes)
    assert isinstance(signature, bytes)
    return office, parts, signature
