"""A certificate on paper: what the office signed stands on it, in the reader's language; nothing makes it differ."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from app.auth.training_certificate import TrainingCertificate
from app.session.training_paper import CertificatePage, certificate_pdf
from tests.office.pdf_text import text_of

ONE = TrainingCertificate(b"i" * 16, "ratna", "masks", 3, b"d" * 32, 1_795_800_000_000, 1_827_336_000_000, 7, 8)
PAGE = CertificatePage(
    ONE, b"s" * 64, "Ratna Dewanti", "Masks and reveals", "UU 27/2022 art. 16", b"o" * 32, "PT Uji",
    ZoneInfo("Asia/Jakarta"), "en",
)  # fmt: skip


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Certificate of training", "Ratna Dewanti has passed", "7 of 8", "28 November 2026"]),
        ("id", ["Sertifikat pelatihan", "Ratna Dewanti telah lulus", "7 dari 8", "28 November 2026"]),
    ],
)
def test_that_a_page_says_whose_it_is_of_what_and_until_when(language: str, expected: list[str]) -> None:
    pdf = certificate_pdf(replace(PAGE, language=language))
    said = " ".join(text_of(pdf).split())
    for words in (*expected, "ratna", "Masks and reveals", "UU 27/2022 art. 16", "PT Uji", ONE.id.hex(), "2027"):
        assert words in said, words
    assert (b"s" * 64).hex() in said.replace(" ", "")
    assert "1 / 1" in said or "1 of 1" in said or "1 dari 1" in said


def test_that_the_same_certificate_gives_the_same_page() -> None:
    assert certificate_pdf(PAGE) == certificate_pdf(PAGE)
