"""The record of processing as a document: both languages, the same bytes for the same record, all that it says."""

import re
from dataclasses import replace
from html import unescape

import pytest

from app.backoffice.privacy.record_html import html_of
from app.backoffice.privacy.record_pdf import RecordDocument, facts_of, pdf_of
from app.domain.inventory import load_inventory
from app.domain.policy import load_policy
from app.domain.privacy.processing_record import processing_record
from app.domain.privacy.record_words import RecordSaid
from app.resource_files import resource_text
from tests.office.pdf_text import text_of

INVENTORY = load_inventory(resource_text("inventory", "customer.toml"))
POLICY = load_policy(resource_text("policy", "default.toml"))


def document(language: str) -> RecordDocument:
    said = RecordSaid(processing_record(INVENTORY), INVENTORY, POLICY, language)
    return RecordDocument("Kantor Uji", said, "Ratna", "27 November 2026, 14:25 WIB", 1_795_000_000_000, 3, 2)


@pytest.mark.parametrize("language", ["en", "id"])
def test_that_the_document_has_each_purpose_and_field_of_the_inventory(language: str) -> None:
    pdf = pdf_of(document(language))
    assert pdf == pdf_of(document(language))
    text = " ".join(text_of(pdf).split())
    for purpose in INVENTORY.purposes:
        assert purpose.label(language) in text
    for field in INVENTORY.fields:
        assert field.label(language) in text
    for gap in document(language).said.gaps():
        assert gap in text
    assert INVENTORY.digest.hex()[:16] in text
    assert f"/Lang ({language})".encode() in pdf


@pytest.mark.parametrize("language", ["en", "id"])
def test_that_the_page_says_all_that_the_document_says_and_needs_no_script(language: str) -> None:
    html = html_of(document(language)).decode()
    assert html_of(document(language)).decode() == html
    text = unescape(html)
    said = document(language).said
    for _label, fact in facts_of(document(language)):
        assert fact in text
    for one in said.activities():
        assert {one.purpose, one.data, one.kept} <= set(map(unescape, re.findall(r">([^<]+)<", html)))
    for field in said.fields():
        assert field.label in text
    for gap in said.gaps():
        assert gap in text
    assert "<script" not in html
    assert "default-src 'none'" in html
    assert f'<html lang="{language}">' in html


def test_that_what_an_inventory_says_is_text_and_never_markup() -> None:
    told = INVENTORY.text.replace("[purposes]", '[controller]\nname = "<script>alert(1)</script>"\n[purposes]', 1)
    inventory = load_inventory(told)
    said = RecordSaid(processing_record(inventory), inventory, POLICY, "en")
    html = html_of(replace(document("en"), said=said)).decode()
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
