"""Masks: whatever the text, no more is shown than the rule of its kind says."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.data_class import DataClass
from app.domain.inventory_reader import load_inventory
from app.domain.kinds import Kind
from app.domain.mask import Mask
from app.domain.masks import MASK_RULES, mask_for, mask_of
from app.resource_files import resource_text

NOTHING_SHOWN = {
    Kind.TEXT,
    Kind.LONG_TEXT,
    Kind.NAME,
    Kind.NUMBER,
    Kind.TICKET,
    Kind.QUEUE,
    Kind.CITY,
    Kind.CHOICE,
    Kind.PASSPORT,
    Kind.DATE,
    Kind.MONEY,
}
DIGITS = "0123456789"
OTHER_DIGITS = "٠١٢٣४५६７８９"
SPACES = " \u00a0\u2009\t-./"
number_like = st.text(alphabet=DIGITS + OTHER_DIGITS + SPACES + "+", max_size=40)
ascii_digits = st.text(alphabet=DIGITS, max_size=40)
email_like = st.from_regex(r"[^\s@]{0,9}@[^\s@]{0,9}(\.[^\s@]{0,6})?", fullmatch=True)
any_text = st.one_of(st.text(max_size=120), number_like, ascii_digits, ascii_digits.map("+{}".format), email_like)
any_kind = st.sampled_from(Kind)


def shown(mask: Mask) -> str:
    """The characters of the value that stay visible."""
    return mask.before.replace(" ", "").lstrip("+") + mask.after.replace("@", "")


def test_that_every_kind_has_one_rule_of_a_drawn_width() -> None:
    assert set(MASK_RULES) == set(Kind)
    assert {rule.pleats for rule in MASK_RULES.values()} == {6, 10, 16}


@pytest.mark.parametrize(
    ("kind", "normalised", "before", "after"),
    [
        (Kind.PHONE, "+628123456747", "+62", "47"),
        (Kind.PHONE, "+12025550143", "+1", "43"),
        (Kind.PHONE, "+6707712345", "+670", "45"),
        (Kind.EMAIL, "sari@gading.example", "s", "@g"),
        (Kind.ADDRESS, "Jl. Merdeka No. 1, Bandung 40111", "", "Bandung"),
        (Kind.NIK, "3273015503870004", "", "0004"),
        (Kind.NPWP, "091234567014000", "", "4000"),
        (Kind.NPWP, "0091234567014000", "", "4000"),
        (Kind.PAN, "4111111111111111", "4111 11", "1111"),
        (Kind.PAN, "5412751234564417", "5412 75", "4417"),
        (Kind.PAN, "4111111111111111110", "4111 11", "1110"),
        (Kind.PAN, "378282246310005", "", "0005"),
        (Kind.PAN, "4222222222222", "", "2222"),
        (Kind.ACCOUNT, "1234567888", "", "88"),
        (Kind.BIRTH_DATE, "1987-03-28", "", "1987"),
    ],
)
def test_that_a_mask_keeps_what_helps_an_agent(kind: Kind, normalised: str, before: str, after: str) -> None:
    mask = mask_for(kind, normalised, "Bandung")
    assert (mask.before, mask.after) == (before, after)


@pytest.mark.parametrize(
    ("kind", "odd"),
    [
        (Kind.PAN, "411111111111"),  # twelve digits
        (Kind.PAN, "4111 1111 1111 1111"),
        (Kind.PAN, "٤١١١١١١١١١١١١١١١"),
        (Kind.PAN, "4111111111111111\n"),
        (Kind.NIK, "327301550387000"),
        (Kind.NIK, "3273-0155-0387-0004"),
        (Kind.NPWP, "09.123.456.7-014.000"),
        (Kind.PHONE, "081234567"),
        (Kind.PHONE, "+6281"),
        (Kind.PHONE, "+2812345678"),  # a zone without a country
        (Kind.EMAIL, "sari"),
        (Kind.EMAIL, "a@b"),
        (Kind.EMAIL, "sari@gading@example"),
        (Kind.BIRTH_DATE, "28/03/1987"),
        (Kind.BIRTH_DATE, "1987"),
        (Kind.ACCOUNT, "12345"),
        (Kind.ADDRESS, "Bandung"),  # the city is all there is
    ],
)
def test_that_a_value_without_the_form_of_its_kind_shows_nothing(kind: Kind, odd: str) -> None:
    assert shown(mask_for(kind, odd, "Bandung")) == ""


@given(kind=any_kind, text=any_text, city=st.text(max_size=60))
def test_that_the_cloth_never_tells_the_length(kind: Kind, text: str, city: str) -> None:
    assert mask_for(kind, text, city).pleats == MASK_RULES[kind].pleats


@given(kind=st.sampled_from(sorted(NOTHING_SHOWN)), text=any_text, city=st.text(max_size=60))
def test_that_kinds_without_a_rule_show_nothing(kind: Kind, text: str, city: str) -> None:
    assert shown(mask_for(kind, text, city)) == ""


@given(kind=any_kind, text=any_text, city=st.text(max_size=60), data_class=st.sampled_from(["special", "note"]))
def test_that_special_data_and_notes_show_nothing_whatever_the_kind(
    kind: Kind, text: str, city: str, data_class: str
) -> None:
    assert shown(mask_for(kind, text, city, DataClass(data_class))) == ""


@given(text=any_text)
def test_that_a_card_shows_six_and_four_digits_at_most(text: str) -> None:
    mask = mask_for(Kind.PAN, text)
    before, after = mask.before.replace(" ", ""), mask.after
    assert re.fullmatch(r"[0-9]{0,6}", before)
    assert re.fullmatch(r"[0-9]{0,4}", after)
    assert text.startswith(before)
    assert text.endswith(after)
    if len(text) < 13:
        assert shown(mask) == ""


@given(digits=st.text(alphabet=DIGITS, min_size=13, max_size=19))
def test_that_a_card_hides_at_least_six_digits(digits: str) -> None:
    assert len(digits) - len(shown(mask_for(Kind.PAN, digits))) >= 6


@given(text=any_text, kind=st.sampled_from([Kind.NIK, Kind.NPWP]))
def test_that_identity_numbers_show_the_last_four_digits_at_most(text: str, kind: Kind) -> None:
    mask = mask_for(kind, text)
    assert mask.before == ""
    assert mask.after in ("", text[-4:])
    assert mask.after == "" or len(text) in (15, 16)


@given(text=any_text)
def test_that_a_phone_shows_its_country_and_two_digits_at_most(text: str) -> None:
    mask = mask_for(Kind.PHONE, text)
    assert re.fullmatch(r"(\+[0-9]{1,3})?", mask.before)
    assert mask.after in ("", text[-2:])
    assert text.startswith(mask.before)


@given(text=any_text)
def test_that_an_email_shows_two_letters_at_most(text: str) -> None:
    mask = mask_for(Kind.EMAIL, text)
    local, _, domain = text.rpartition("@")
    assert mask.before in ("", local[:1])
    assert mask.after in ("", f"@{domain[:1]}")


@given(text=any_text)
def test_that_an_account_shows_two_characters_at_most(text: str) -> None:
    mask = mask_for(Kind.ACCOUNT, text)
    assert mask.before == ""
    assert mask.after in ("", text[-2:])


@given(text=any_text)
def test_that_a_birth_date_shows_its_year_at_most(text: str) -> None:
    mask = mask_for(Kind.BIRTH_DATE, text)
    assert mask.before == ""
    assert mask.after in ("", text[:4])


@given(text=any_text)
def test_that_an_address_shows_nothing_of_itself(text: str) -> None:
    assert shown(mask_for(Kind.ADDRESS, text)) == ""


@given(text=st.text(max_size=200), city=st.text(max_size=60))
def test_that_an_address_shows_the_city_or_nothing(text: str, city: str) -> None:
    mask = mask_for(Kind.ADDRESS, text, city)
    assert mask.before == ""
    assert mask.after in ("", " ".join(city.split()))
    assert not any(sign.isdigit() for sign in mask.after)


@given(kind=st.sampled_from(sorted(set(Kind) - {Kind.PAN})), text=any_text, city=st.text(max_size=30))
def test_that_no_more_than_half_of_a_value_is_ever_shown(kind: Kind, text: str, city: str) -> None:
    assert 2 * len(shown(mask_for(kind, text, city))) <= len(text)


def test_that_a_field_that_the_inventory_hides_shows_nothing() -> None:
    inventory = load_inventory(
        resource_text("inventory", "customer.toml").replace(
            'kind = "nik"\nclass = "identity"\ncategory = "general"\nmask = "kind"',
            'kind = "nik"\nclass = "identity"\ncategory = "general"\nmask = "hidden"',
        )
    )
    assert shown(mask_of(inventory.field("nik"), "3273015503870004")) == ""
    assert shown(mask_of(inventory.field("mobile_phone"), "+628123456747")) == "6247"
