"""Certificates: whatever is altered in one, the office did not sign it."""

from dataclasses import replace

import pytest

from app.auth.training_certificate import TrainingCertificate
from app.crypto import signing
from app.crypto.errors import SealError
from app.domain.errors import InputRefusedError
from app.domain.training.certificate_file import certificate_text, read_certificate

OFFICE, SEED = bytes(range(32)), bytes(32)
ONE = TrainingCertificate(bytes(16), "ratna", "masks", 1, bytes(32), 1_000, 2_000, 7, 8)
SIGNATURE = signing.sign(SEED, ONE.body(OFFICE))
OTHER: dict[str, object] = {
    "id": bytes(15) + b"x", "account": "yoga", "lesson": "law", "version": 2, "digest": bytes(31) + b"x",
    "passed_ms": 1_001, "expires_ms": 2_001, "right": 8, "asked": 9,
}  # fmt: skip


def test_that_a_certificate_holds_with_its_signature() -> None:
    ONE.check(OFFICE, signing.public_of(SEED), SIGNATURE)


@pytest.mark.attack("A54")
@pytest.mark.parametrize("part", OTHER)
def test_that_no_part_of_it_can_be_altered(part: str) -> None:
    with pytest.raises(SealError):
        replace(ONE, **{part: OTHER[part]}).check(OFFICE, signing.public_of(SEED), SIGNATURE)  # type: ignore[arg-type]


def test_that_it_is_no_certificate_of_another_office() -> None:
    with pytest.raises(SealError):
        ONE.check(bytes(32), signing.public_of(SEED), SIGNATURE)


@pytest.mark.parametrize(("now_ms", "holds"), [(999, False), (1_000, True), (1_999, True), (2_000, False)])
def test_that_it_counts_from_its_beginning_to_before_its_end(now_ms: int, holds: bool) -> None:
    assert ONE.holds(now_ms) is holds


def parts() -> dict[str, object]:
    return {name: getattr(ONE, name) for name in TrainingCertificate.__slots__}


def test_that_a_file_says_all_that_was_signed() -> None:
    office, read, signature = read_certificate(certificate_text(OFFICE, parts(), SIGNATURE))
    TrainingCertificate(**read).check(office, signing.public_of(SEED), signature)  # type: ignore[arg-type]
    assert (office, read) == (OFFICE, parts())


TEXT = certificate_text(OFFICE, parts(), SIGNATURE)
BAD = [
    "", "[]", "{}", "null", TEXT.replace("masks", "masks\", \"x\": \"y"), TEXT.replace("1000", "\"1000\""),
    TEXT.replace("1000", "-1"), TEXT.replace("1000", "true"), TEXT.replace(bytes(16).hex(), "zz"), TEXT + "{",
    "[" * 9_000,
    " " * 20_001,
]  # fmt: skip


@pytest.mark.parametrize("text", BAD, ids=range(len(BAD)))
def test_that_another_file_is_none(text: str) -> None:
    with pytest.raises(InputRefusedError) as caught:
        read_certificate(text)
    assert caught.value.code == "certificate"
