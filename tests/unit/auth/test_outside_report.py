"""Reports made while nobody is signed in: what the seat signs, what opens, and what does not."""

from dataclasses import replace

import pytest

from app.auth.outside_report import BLOCK, OutsideReport, keep_office_key, kept_office_key, open_report
from app.crypto import hpke, signing
from app.crypto.aead import unwrap
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.domain.incidents.words import Origin, Suspicion

OFFICE, OTHER, HALF, SEED = b"\1" * 32, b"\2" * 32, bytes(range(32)), b"\3" * 32
SECRET = b"\4" * hpke.SECRET_BYTES
REPORT = OutsideReport(
    id=b"\5" * 16,
    suspicion=Suspicion.STOLEN_ACCOUNT,
    words="Kata sandi di bawah papan ketik",
    made_ms=1_795_921_200_000,
    origin=Origin.LOCKED,
    account="ratna",
    seat=b"\6" * 16,
)


def sealed(report: OutsideReport = REPORT) -> bytes:
    return report.sealed(OFFICE, hpke.public_of(SECRET), SEED)


def test_that_what_was_sealed_opens_as_it_was_and_shows_its_seat() -> None:
    opened = open_report(OFFICE, SECRET, sealed())
    assert opened.report == REPORT
    opened.check_seat(REPORT.seat, signing.public_of(SEED))


@pytest.mark.parametrize("words", ["", "x", "x" * 1500, "é" * 2000, "😀" * 2000])
def test_that_its_length_tells_a_range_of_lengths_and_the_longest_fits(words: str) -> None:
    report = replace(REPORT, words=words)
    box = sealed(report)
    assert (len(box) - len(sealed(replace(REPORT, words="")))) % BLOCK == 0
    assert len(box) < 15 * 1024
    assert open_report(OFFICE, SECRET, box).report == report


def test_that_another_office_another_seat_and_a_changed_byte_are_refused() -> None:
    with pytest.raises(SealError):
        open_report(OTHER, SECRET, sealed())
    box = bytearray(sealed())
    box[-1] ^= 1
    with pytest.raises(SealError):
        open_report(OFFICE, SECRET, bytes(box))
    opened = open_report(OFFICE, SECRET, sealed())
    for seat, key in ((b"\7" * 16, signing.public_of(SEED)), (REPORT.seat, signing.public_of(b"\x08" * 32))):
        with pytest.raises(SealError):
            opened.check_seat(seat, key)


def test_that_a_box_of_another_form_is_refused() -> None:
    public = hpke.public_of(SECRET)
    for inner in (b"", b"\x80", b"\0" * BLOCK, lp("suspicion-sealed", b"", b"").ljust(BLOCK - 1, b"\0") + b"\x80"):
        with pytest.raises(SealError):
            open_report(OFFICE, SECRET, hpke.seal(public, inner, lp("suspicion-box", OFFICE)))


def test_that_the_offices_key_is_kept_under_the_documented_key_and_opens_with_this_half_alone() -> None:
    public = hpke.public_of(SECRET)
    kept = keep_office_key(OFFICE, HALF, public)
    assert kept_office_key(OFFICE, HALF, kept) == public
    # HMAC-SHA-256(H = 00..1f, LP("suspicion-office", O = 01 x 32) || 01), made without Tirai
    key = bytes.fromhex("91a27b6afdf50907d76fde3e45842b1b6b12c1ea5778210f60c40d91aaeb943e")
    assert unwrap(key, kept, lp("suspicion-office", OFFICE)) == public
    for office, half in ((OTHER, HALF), (OFFICE, bytes(32))):
        with pytest.raises(SealError):
            kept_office_key(office, half, kept)
