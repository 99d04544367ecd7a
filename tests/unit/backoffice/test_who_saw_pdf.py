"""The document: the same input gives the same bytes, long lists go on over pages, and nothing of it is markup."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from app.backoffice.paper import A4, LEFT, WIDTH, Head, Paper, width_of, wrapped
from app.backoffice.who_saw_pdf import pdf_of
from tests.office.pdf_text import streams_of, text_of
from tests.office.sample_accesses import BEGAN_MS, document, sample

HEAD = Head("Title", "Office", "C-1", "en", "20261127072509+00'00'")


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


@pytest.mark.parametrize("language", ["en", "id"])
def test_that_the_same_list_gives_the_same_bytes(language: str) -> None:
    once, again = pdf_of(document(sample(), language)), pdf_of(document(sample(), language))
    assert once == again
    assert once != pdf_of(document(sample(14), language)), "the control"


def test_that_documents_made_at_once_do_not_mix() -> None:
    made = [document(sample(count), language) for count in (3, 40, 90) for language in ("en", "id")]
    alone = [pdf_of(one) for one in made]
    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(pdf_of, made)) == alone


def test_that_the_document_says_when_it_was_made_and_in_which_language() -> None:
    pdf = pdf_of(document(sample(), "id"))
    assert b"(D:20261127072509+00'00')" in pdf.replace(b"\\", b"")
    assert b"/Lang (id)" in pdf
    assert "Siapa yang melihat data saya" in text_of(pdf)
    assert "27 November 2026, 14.25 WIB (UTC+07:00)" in text_of(pdf)


def test_that_fonts_are_inside() -> None:
    pdf = pdf_of(document(sample()))
    assert set(re.findall(rb"/BaseFont /(\S+)", pdf)) == {b"AAAAAA+Inter-Regular"}
    assert b"/FontFile2" in pdf


def test_that_five_hundred_entries_are_all_there_once_on_numbered_pages() -> None:
    found = sample(500)
    pdf = pdf_of(document(found, "en"))
    text = text_of(pdf)
    total = pages_of(pdf)
    assert total > 10
    assert [f"Page {n} of {total}" in text for n in range(1, total + 1)] == [True] * total
    lines = text.split("\n")
    assert [lines.count(f"{access.number:,}") for access in found.accesses] == [1] * 500
    assert lines.count("Purpose") == total - lines_after_the_list(lines), "each page of the list has its columns"


def lines_after_the_list(lines: list[str]) -> int:
    """How many of the last pages have none of the list: what words mean, and how to check it."""
    after = lines[len(lines) - lines[::-1].index("Purpose") :]
    return sum(line.startswith("Page ") for line in after) - 1


def test_that_an_empty_list_is_one_honest_page() -> None:
    pdf = pdf_of(document(sample(0, refused=0)))
    assert pages_of(pdf) == 1
    assert "Nobody saw, checked, used or changed this data in this time." in text_of(pdf)
    assert "Purpose" not in text_of(pdf)


def test_that_entry_head_signature_and_basis_are_there() -> None:
    made = document(sample())
    text = text_of(pdf_of(made))
    assert made.proof.head.hex() in text
    assert "This document is entry 88,191 itself." in text.replace("\n", " ")
    assert "Law No. 27 of 2022" in text
    assert "Agent 2" in text
    assert "Shown by own right, 12 s" in text


def test_that_the_list_says_that_it_counts_itself_where_it_does() -> None:
    made = document(sample())
    assert "This list counts itself." not in text_of(pdf_of(made))
    last = replace(made.found.accesses[-1], number=made.proof.entries)
    found = replace(made.found, accesses=(*made.found.accesses[:-1], last))
    assert "This list counts itself." in text_of(pdf_of(replace(made, found=found)))


@pytest.mark.parametrize(
    "name",
    ["<b>Budi</b> & Co", "(Siti) \\ Tj", "Budi\x00\x1b[31m\nSari", "Đặng Thị Ánh", "O" * 300, "é" * 40, "عمر 王"],
)
def test_that_a_name_is_text_and_breaks_nothing(name: str) -> None:
    made = document(replace(sample(), customer_name=name))
    pdf = pdf_of(made)
    assert pages_of(pdf) >= 2
    if name.isascii() and name.isprintable() and len(name) < 60:
        assert name in text_of(pdf)


def test_that_a_word_longer_than_a_line_is_broken_and_nothing_is_lost() -> None:
    word = "abcdefghij" * 30
    lines = wrapped(f"before {word} after", 9, 100)
    assert "".join(lines).replace(" ", "") == f"before{word}after"
    assert max(width_of(line, 9) for line in lines) <= 100
    assert wrapped("", 9, 100) == [""]


def test_that_nothing_is_drawn_beside_the_paper() -> None:
    paper = Paper()
    for _ in range(200):
        paper.block(0, "text " * 40, 9, WIDTH)
    pdf = paper.pdf(HEAD, lambda n, total: ("left", f"{n}/{total}"))
    places = re.findall(rb"1 0 0 1 ([\d.]+) ([\d.]+) Tm", streams_of(pdf))
    assert len(places) > 200
    assert all(LEFT <= float(x) < A4[0] - LEFT and 0 < float(y) < A4[1] for x, y in places)


def test_that_a_day_s_heading_never_stands_alone_at_the_end_of_a_page() -> None:
    for count in range(10, 40):
        text = text_of(pdf_of(document(sample(count))))
        for page in re.split(r"Page \d+ of \d+\n?", text):
            lines = [line for line in page.split("\n") if line][:-1]  # the last is the left foot
            assert not lines or not re.search(r"day, \d+ \w+ 2026$", lines[-1])


def test_that_times_are_those_of_the_office() -> None:
    assert BEGAN_MS % 3_600_000 == 12 * 60_000
    assert "08:12" in text_of(pdf_of(document(sample(1))))
