"""The record of processing as a document: both languages, the same bytes for the same record, all that it says."""

import re
from dataclasses import replace
from html import unescape

import pytest

from app.backoffice.privacy.record_html import html_of
from app.backoffice.privacy.record_pdf import RecordDocument, facts_of, pdf_of
from app.domain.inventory_reader import load_inventory
from app.domain.policy_reader import load_policy
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


@pytest.mark.parametrize(("language", "unsaid"), [("en", "not said in the inventory for: "), ("id", "untuk: ")])
def test_that_each_field_has_its_purposes_who_else_gets_it_and_its_least_time(language: str, unsaid: str) -> None:
    told = INVENTORY.text.replace(
        "[purposes]", '[recipients]\ncourier = { id = "Kurir", en = "Courier", country = "ID" }\n[purposes]', 1
    )
    delivery = 'en = "Deliver goods and documents"'
    inventory = load_inventory(told.replace(delivery, f'{delivery}, recipients = ["courier"]', 1))
    said = RecordSaid(processing_record(inventory), inventory, POLICY, language)
    field = {one.name: one for one in said.fields()}
    purpose = {one.name: one.label(language) for one in inventory.purposes}
    months = said.words.text("months", n=120)
    courier = "Courier (ID)" if language == "en" else "Kurir (ID)"
    assert field["street_address"].purposes == purpose["delivery"]
    assert field["street_address"].recipients == courier
    assert field["city"].recipients == f"{courier}, {said.words.text('not_said.for', names=purpose['service'])}"
    assert unsaid in field["city"].recipients
    assert field["npwp"].recipients == said.words.text("not_said")
    assert field["npwp"].least.startswith(months)
    assert field["full_name"].least.startswith(said.words.text("months", n=60))

    html = html_of(replace(document(language), said=said)).decode()
    rows = [re.findall(r"<td>(.*?)</td>", row) for row in re.findall(r"<tr>(<td>.*?)</tr>", html)]
    pdf = " ".join(text_of(pdf_of(replace(document(language), said=said))).split())
    for one, row in zip(said.fields(), rows, strict=True):
        assert [one.purposes, one.bases, one.recipients, one.least, one.kept] == list(map(unescape, row[3:]))
        labels = (said.words.text(f"column.{key}") for key in ("purposes", "recipients", "least"))
        told_below = zip(labels, (one.purposes, one.recipients, one.least), strict=True)
        assert " ".join(f"{label} {text}" for label, text in told_below) in pdf, one.name


def test_that_what_an_inventory_says_is_text_and_never_markup() -> None:
    told = INVENTORY.text.replace("[purposes]", '[controller]\nname = "<script>alert(1)</script>"\n[purposes]', 1)
    inventory = load_inventory(told)
    said = RecordSaid(processing_record(inventory), inventory, POLICY, "en")
    html = html_of(replace(document("en"), said=said)).decode()
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
