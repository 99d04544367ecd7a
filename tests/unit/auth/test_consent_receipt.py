"""The receipt of a consent: whole, it says who signed it; changed anywhere, it is none."""

import json
from typing import Any

import pytest

from app.auth.book_entry import ROOT, Entry, Kind
from app.auth.consent_receipt import Receipt, ReceiptError, file_of, signed, verified
from app.crypto import hpke, signing
from app.crypto.derive import sha256

ROOT_SEED, OFFICE_SEED = signing.new_seed(), signing.new_seed()
ROOT_PUBLIC = signing.public_of(ROOT_SEED)
OFFICE = sha256(ROOT_PUBLIC)
ENTRY = Entry(
    0, OFFICE, Kind.OFFICE, "office", kem=bytes(hpke.PUBLIC_BYTES), sign=signing.public_of(OFFICE_SEED)
).signed(OFFICE, [(ROOT, ROOT_SEED)])
RECEIPT = Receipt(
    id="11" * 16, office=OFFICE.hex(), office_name="Kantor Uji", record="22" * 16, customer="C-1", purpose="offers",
    question="Saya setuju…", said="given", at_ms=1_795_000_000_000, language="id", notice="2026-01",
    notice_hash="33" * 32, channel="spoken", agent="ratna", speaker="self", recording="REC-1", means="",
)  # fmt: skip
FILE = file_of(RECEIPT.text(), signed(OFFICE, OFFICE_SEED, RECEIPT.text()), ROOT_PUBLIC, ENTRY)


def test_that_a_whole_receipt_holds() -> None:
    assert verified(FILE) == RECEIPT


@pytest.mark.parametrize("part", list(json.loads(RECEIPT.text())))
def test_that_no_part_of_what_was_said_can_be_changed(part: str) -> None:
    told = json.loads(FILE)
    said = json.loads(told["receipt"])
    said[part] = 1 if part == "at_ms" else "x"
    told["receipt"] = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    told["read"] = said
    with pytest.raises(ReceiptError, match=r"altered|another office"):
        verified(json.dumps(told))


def change(told: dict[str, Any], where: str) -> None:
    entry = told["office_entry"]
    match where:
        case "read":
            told["read"]["said"] = "withdrawn"
        case "root":
            told["root"] = signing.public_of(signing.new_seed()).hex()
        case "key":
            entry["sign"] = signing.public_of(signing.new_seed()).hex()
        case "nobody":
            entry["signatures"] = []
        case "signature":
            told["signature"] = told["signature"][:-8] + "AAAAAA=="
        case "format":
            told["format"] = "another"


@pytest.mark.parametrize("where", ["read", "root", "key", "nobody", "signature", "format"])
def test_that_nothing_around_it_can_be_changed(where: str) -> None:
    told = json.loads(FILE)
    change(told, where)
    with pytest.raises(ReceiptError):
        verified(json.dumps(told))


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", "x", "[" * 100_000, '{"format":"tirai-consent-receipt-1"}'])
def test_that_what_is_no_receipt_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ReceiptError, match="no receipt"):
        verified(text)


def test_that_another_office_can_sign_its_own_receipts_alone() -> None:
    """Its file holds, but under its own id: whoever checks compares that."""
    root, seed = signing.new_seed(), signing.new_seed()
    public, office = signing.public_of(root), sha256(signing.public_of(root))
    entry = Entry(0, office, Kind.OFFICE, "office", kem=bytes(hpke.PUBLIC_BYTES), sign=signing.public_of(seed)).signed(
        office, [(ROOT, root)]
    )
    with pytest.raises(ReceiptError, match="another office"):
        verified(file_of(RECEIPT.text(), signed(office, seed, RECEIPT.text()), public, entry))
