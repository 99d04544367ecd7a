"""The certificate of an erasure: what two people ordered and what became of it, signed by the back office.

    text      = {"certificate": {...}, "signature": Base64}
    signature = Ed25519(checkpoint key; LP("erasure-certificate", O, SHA-256(the certificate as JSON, keys sorted)))

It brings along the office's root and the root's word for the checkpoint key, so that anybody checks it without the
office; whoever pins O knows that it is this office's.
"""

import binascii
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from app.api.messages.book import BookEntry
from app.api.messages.since import all_said
from app.auth.book import ROOT, Entry, Kind
from app.auth.book_messages import entry_message, entry_of
from app.crypto import signing
from app.crypto.derive import sha256
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.domain.errors import InputRefusedError, VerificationError

WHAT: Final = "Tirai certificate of erasure"
LONGEST: Final = 4_000_000


def signed_certificate(facts: Mapping[str, Any], root: bytes, office_entry: Entry, seed: bytes) -> str:
    """A certificate as text.

    Args:
        facts: what it says.
        root: the office's root public key.
        office_entry: the book's entry of the office.
        seed: the office's checkpoint seed.
    """
    with all_said():
        entry = json.loads(entry_message(office_entry).model_dump_json())
    said = {"what": WHAT, "format": 1, "root": b64encode(root).decode(), "office_entry": entry, **facts}
    signature = signing.sign(seed, _body(sha256(root), said))
    whole = {"certificate": said, "signature": b64encode(signature).decode()}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def checked_certificate(untrusted: str, office: bytes | None = None) -> Mapping[str, Any]:
    """What a certificate says, if the office that it names has signed it.

    Args:
        untrusted: the text.
        office: O, where the reader knows which office it has to be.

    Raises:
        InputRefusedError: it is none.
        VerificationError: it was changed, or is another office's.
    """
    try:
        whole = json.loads(untrusted[:LONGEST])
        said, signature = whole["certificate"], b64decode(whole["signature"], validate=True)
        root, entry = b64decode(said["root"], validate=True), _entry(said["office_entry"])
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error, ValidationError) as e:
        raise InputRefusedError("This is no certificate of Tirai.", code="certificate") from e
    is_expected = entry.kind is Kind.OFFICE and office in {None, sha256(root)}
    try:
        root_mark = next(s for s in entry.signatures if s.signer == ROOT and is_expected)
        signing.check(root, root_mark.value, entry.body(sha256(root)))
        signing.check(entry.sign, signature, _body(sha256(root), said))
    except (SealError, StopIteration) as e:
        raise VerificationError(
            "This certificate was changed, or another office has signed it. Ask for it anew.", code="certificate"
        ) from e
    return dict(said)


def office_of(said: Mapping[str, Any]) -> bytes:
    """O of a checked certificate."""
    return sha256(b64decode(said["root"]))


def _entry(raw: Any) -> Entry:
    return entry_of(BookEntry.model_validate_json(json.dumps(raw)))


def _body(office: bytes, said: Mapping[str, Any]) -> bytes:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return lp("erasure-certificate", office, sha256(text.encode()))
