"""What two people sign before an analytics export: known answers, and nothing else fits."""

import hashlib

import pytest

from app.auth.export_order import ExportOrder, pseudonym
from app.crypto import signing
from app.crypto.errors import SealError
from app.crypto.labels import lp

OFFICE, KEY, RECORD = bytes(range(32)), bytes(range(32, 64)), bytes(range(16))
ORDER = ExportOrder(bytes(range(16, 32)), "k=5 l=2 quasi=city:as_is sensitive=plan:as_is", 1_795_800_000_000)


def test_that_the_forms_are_those_of_the_architecture() -> None:
    body = lp("export-order", OFFICE, ORDER.id, ORDER.settings, ORDER.proposed_ms)
    assert ORDER.body(OFFICE) == body
    assert ORDER.approval(OFFICE) == lp("export-approval", OFFICE, ORDER.id, hashlib.sha256(body).digest())
    assert hashlib.sha256(ORDER.approval(OFFICE)).hexdigest()[:32] == "a3017807ddcb9af60a241d981b05140a"
    assert pseudonym(KEY, RECORD) == "3eff2ba4a4fc4d52339d7eb869580c11"


def test_that_another_order_or_person_does_not_fit() -> None:
    seed, other = bytes(32), bytes([1] * 32)
    signature = signing.sign(seed, ORDER.body(OFFICE))
    ORDER.check(OFFICE, signing.public_of(seed), signature)
    finer = ExportOrder(ORDER.id, ORDER.settings.replace("k=5", "k=3"), ORDER.proposed_ms)
    for order, office, public in (
        (finer, OFFICE, signing.public_of(seed)),
        (ORDER, bytes(32), signing.public_of(seed)),
        (ORDER, OFFICE, signing.public_of(other)),
    ):
        with pytest.raises(SealError):
            order.check(office, public, signature)
        with pytest.raises(SealError):
            order.check_approval(office, public, signature)


def test_that_two_exports_cannot_be_joined() -> None:
    assert pseudonym(KEY, RECORD) != pseudonym(OFFICE, RECORD)
