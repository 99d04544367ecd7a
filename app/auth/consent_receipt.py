"""The receipt of a consent or its withdrawal: what was said, when, by what text and to whom, signed by the office.

It can be checked by anybody, without an office: the receipt carries the office's key with the root's signature from the
book, and the root's public key gives the office's id O. Whoever checks compares O with the one they know.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from typing import Any, Final

from app.auth.book_entry import ROOT, Entry, Kind, Signature
from app.crypto import signing
from app.crypto.derive import same, sha256
from app.crypto.errors import SealError
from app.crypto.labels import lp

FORMAT: Final = "tirai-consent-receipt-1"
LARGEST: Final = 65_536
"""Bytes of a receipt's file."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was said.

    Attributes:
        id: of the request, 16 bytes in hexadecimal.
        office: O, hexadecimal.
        office_name: the organisation.
        record: the record's id, hexadecimal.
        customer: the customer's number.
        purpose: its name in code.
        question: what was asked, in the language in which it was.
        said: `given` or `withdrawn`.
        at_ms: when, by the office's clock.
        language: `id` or `en`.
        notice: code of the notice that was told; empty for a withdrawal without one.
        notice_hash: its digest, hexadecimal.
        channel: how it was said.
        agent: the account that wrote it down; empty: the customer alone.
        speaker: who said it.
        recording: reference of the recording.
        means: how it was made sure who the guardian is, or in which way a person with a disability was spoken with.
    """

    id: str
    office: str
    office_name: str
    record: str
    customer: str
    purpose: str
    question: str
    said: str
    at_ms: int
    language: str
    notice: str
    notice_hash: str
    channel: str
    agent: str
    speaker: str
    recording: str
    means: str

    def text(self) -> str:
        """The one text that says it."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def body(office: bytes, text: str) -> bytes:
    """What is signed: LP("consent-receipt", O, text)."""
    return lp("consent-receipt", office, text)


def signed(office: bytes, seed: bytes, text: str) -> bytes:
    """The office's signature, 64 bytes."""
    return signing.sign(seed, body(office, text))


class ReceiptError(ValueError):
    """A receipt does not hold; the text says why."""


def file_of(text: str, signature: bytes, root: bytes, office_entry: Entry) -> str:
    """The file for a customer: the receipt as signed, and what proves the office's key."""
    told = {
        "format": FORMAT,
        "receipt": text,
        "signature": b64encode(signature).decode(),
        "root": root.hex(),
        "office_entry": {
            "number": office_entry.number,
            "previous": office_entry.previous.hex(),
            "name": office_entry.name,
            "kem": b64encode(office_entry.kem).decode(),
            "sign": office_entry.sign.hex(),
            "signatures": [[one.signer, b64encode(one.value).decode()] for one in office_entry.signatures],
        },
        "read": json.loads(text),
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def verified(untrusted_file: str) -> Receipt:
    """The receipt in a file, once everything in it holds.

    Raises:
        ReceiptError: it is none, or was altered, or another office's key signed it.
    """
    try:
        told = json.loads(untrusted_file)
        if not isinstance(told, dict) or told["format"] != FORMAT:
            raise ReceiptError("this is no receipt of a consent")
        text, root = str(told["receipt"]), bytes.fromhex(told["root"])
        entry, signature = _entry_of(told["office_entry"]), b64decode(told["signature"], validate=True)
        read = Receipt(**json.loads(text))
    except (ValueError, KeyError, TypeError, RecursionError) as e:
        raise e if isinstance(e, ReceiptError) else ReceiptError("this is no receipt of a consent") from e
    office = sha256(root)
    _check_office(office, root, entry)
    try:
        signing.check(entry.sign, signature, body(office, text))
    except SealError as e:
        raise ReceiptError("the receipt was altered, or this office did not sign it") from e
    if not same(bytes.fromhex(read.office), office):
        raise ReceiptError("the receipt names another office than the one that signed it")
    if told.get("read") != json.loads(text):
        raise ReceiptError("what is written out beside the receipt is not what was signed")
    return read


def _entry_of(told: Any) -> Entry:
    signatures = tuple(Signature(str(who), b64decode(value, validate=True)) for who, value in told["signatures"])
    return Entry(
        int(told["number"]),
        bytes.fromhex(told["previous"]),
        Kind.OFFICE,
        str(told["name"]),
        kem=b64decode(told["kem"], validate=True),
        sign=bytes.fromhex(told["sign"]),
        signatures=signatures,
    )


def _check_office(office: bytes, root: bytes, entry: Entry) -> None:
    for one in entry.signatures:
        if one.signer == ROOT:
            try:
                signing.check(root, one.value, entry.body(office))
            except SealError as e:
                raise ReceiptError("the office's key was not named by its root") from e
            return
    raise ReceiptError("the office's key was not named by its root")
