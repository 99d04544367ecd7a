"""Values: one form per kind, refusals that tell the reason and never the text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from app.domain.inventory import Inventory
from app.domain.inventory_reader import load_inventory
from app.domain.kinds import Kind
from app.resource_files import resource_text
from app.sources.csv_file import UntrustedRow
from app.sources.mapping import plan_columns
from app.sources.records import LONG_TEXT_LIMIT, TEXT_LIMIT, BadCellError, normalise, read_row, verify_form

NIK = "3273996803870004"
any_text = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789+-. /'()Rp,", max_size=30),
    st.from_regex(r"[a-zA-ZİßÅ0-9._-]{1,8}@[a-zA-ZİßÅ0-9.-]{1,12}", fullmatch=True),
    st.dates().map(str),
)


@pytest.mark.parametrize(
    ("kind", "untrusted", "normalised"),
    [
        (Kind.TEXT, "  Jawa\n Barat ", "Jawa Barat"),
        (Kind.NAME, "Jose\u0301", "José"),
        (Kind.LONG_TEXT, " a  b \r\n\r\nc\t", "a b\n\nc"),
        (Kind.ADDRESS, "Jl. Merdeka 1,\nBandung", "Jl. Merdeka 1, Bandung"),
        (Kind.PHONE, "0812-3456-7890", "+6281234567890"),
        (Kind.PHONE, "+62 (0)812 3456 7890", "+6281234567890"),
        (Kind.PHONE, "6281234567890", "+6281234567890"),
        (Kind.PHONE, "006281234567890", "+6281234567890"),
        (Kind.PHONE, "81234567890", "+6281234567890"),
        (Kind.PHONE, "'081234567890", "+6281234567890"),
        (Kind.PHONE, "\u202a+62 812\u20113456\u20117890\u202c", "+6281234567890"),
        (Kind.PHONE, "٠٨١٢٣٤٥٦٧٨٩٠", "+6281234567890"),
        (Kind.PHONE, "(021) 555-1234", "+62215551234"),
        (Kind.PHONE, "+1 202 555 0143", "+12025550143"),
        (Kind.EMAIL, " Sari.W@Gading.EXAMPLE ", "Sari.W@gading.example"),
        (Kind.NIK, "3273 9968 0387 0004", NIK),
        (Kind.NIK, "'3273996803870004", NIK),
        (Kind.NPWP, "53.085.706.9-994.000", "530857069994000"),
        (Kind.NPWP, "0530857069994000", "0530857069994000"),
        (Kind.NPWP, NIK, NIK),
        (Kind.PASSPORT, "x 1234567", "X1234567"),
        (Kind.PAN, "4111 1111-1111 1111", "4111111111111111"),
        (Kind.ACCOUNT, "442-334 2788", "4423342788"),
        (Kind.BIRTH_DATE, "1987-03-28", "1987-03-28"),
        (Kind.BIRTH_DATE, "28/03/1987", "1987-03-28"),
        (Kind.BIRTH_DATE, "28-3-1987", "1987-03-28"),
        (Kind.DATE, "28.03.1987 00:00:00", "1987-03-28"),
        (Kind.DATE, "2024-02-29T00:00:00", "2024-02-29"),
        (Kind.MONEY, "Rp 412.500,-", "412500"),
        (Kind.MONEY, "Rp. 1.250.000,50", "1250000.50"),
        (Kind.MONEY, "412,500.00", "412500"),
        (Kind.MONEY, "1.500", "1500"),
        (Kind.MONEY, "5,5", "5.50"),
        (Kind.MONEY, "-3", "-3"),
        (Kind.MONEY, "-0,00", "0"),
        (Kind.MONEY, "007 IDR", "7"),
    ],
)
def test_that_a_value_has_one_form(kind: Kind, untrusted: str, normalised: str) -> None:
    assert normalise(kind, untrusted) == normalised


@pytest.mark.parametrize(
    ("kind", "untrusted", "reason"),
    [
        (Kind.TEXT, "a\0b", "control_character"),
        (Kind.TEXT, "\x1cab", "control_character"),
        (Kind.PHONE, "0812\x07", "control_character"),
        (Kind.TEXT, "a\u202eb", "direction_character"),
        (Kind.TEXT, "x" * (TEXT_LIMIT + 1), "too_long"),
        (Kind.LONG_TEXT, "x" * (LONG_TEXT_LIMIT + 1), "too_long"),
        (Kind.NAME, "x" * 201, "too_long"),
        (Kind.PHONE, "12", "not_a_phone"),
        (Kind.PHONE, "-", "not_a_phone"),
        (Kind.PHONE, "0812 3456 7890 ext. 3", "not_digits"),
        (Kind.PHONE, "8.12346E+11", "rounded"),
        (Kind.PHONE, "1" * 200, "too_long"),
        (Kind.EMAIL, "sari", "not_an_email"),
        (Kind.EMAIL, "sari@gading", "not_an_email"),
        (Kind.EMAIL, "sa ri@gading.example", "not_an_email"),
        (Kind.EMAIL, "sari@@gading.example", "not_an_email"),
        (Kind.EMAIL, "sari..w@gading.example", "not_an_email"),
        (Kind.EMAIL, "a" * 250 + "@b.example", "too_long"),
        (Kind.NIK, "327399680387000", "wrong_length"),
        (Kind.NIK, "3,27399680387E+15", "rounded"),
        (Kind.NIK, "3273997213870004", "not_plausible"),
        (Kind.NIK, "3273996813870004", "not_plausible"),
        (Kind.NIK, "0273996803870004", "not_plausible"),
        (Kind.NIK, "3273996803870000", "not_plausible"),
        (Kind.NPWP, "53.085.706.8-994.000", "check_digit"),
        (Kind.NPWP, "0530857068994000", "check_digit"),
        (Kind.NPWP, "9999999999999999", "not_plausible"),
        (Kind.NPWP, "123", "wrong_length"),
        (Kind.PASSPORT, "X12#4567", "not_alphanumeric"),
        (Kind.PASSPORT, "Ｘ1234567", "not_alphanumeric"),
        (Kind.PASSPORT, "X1", "wrong_length"),
        (Kind.PAN, "4111111111111112", "check_digit"),
        (Kind.PAN, "0000000000000000", "check_digit"),
        (Kind.PAN, "411111111111", "wrong_length"),
        (Kind.PAN, "4.11111E+15", "rounded"),
        (Kind.ACCOUNT, "1.23456E+09", "rounded"),
        (Kind.BIRTH_DATE, "03/28/1987", "no_such_date"),
        (Kind.BIRTH_DATE, "1987-02-29", "no_such_date"),
        (Kind.BIRTH_DATE, "0987-02-28", "no_such_date"),
        (Kind.BIRTH_DATE, "28/03/87", "not_a_date"),
        (Kind.BIRTH_DATE, "28/03-1987", "not_a_date"),
        (Kind.DATE, "31864", "not_a_date"),
        (Kind.MONEY, "1.23.456", "not_money"),
        (Kind.MONEY, "9.999.999.999.999.999", "not_money"),
        (Kind.MONEY, "many", "not_money"),
    ],
)
def test_that_what_is_no_value_is_refused_by_reason(kind: Kind, untrusted: str, reason: str) -> None:
    with pytest.raises(BadCellError) as refused:
        normalise(kind, untrusted)
    assert refused.value.reason_code == reason
    assert refused.value.exit_code == 3
    assert len(untrusted) < 4 or untrusted not in refused.value.sentence


def outcome(kind: Kind, untrusted: str) -> str | None:
    """The normalised value, or nothing where it is refused."""
    try:
        return normalise(kind, untrusted)
    except BadCellError:
        return None


@given(kind=st.sampled_from(Kind), untrusted=any_text)
def test_that_a_normalised_value_stays_as_it_is(kind: Kind, untrusted: str) -> None:
    value = outcome(kind, untrusted)
    assert value is None or normalise(kind, value) == value


@given(kind=st.sampled_from(Kind), untrusted=any_text)
def test_that_every_value_is_composed_bounded_and_plain(kind: Kind, untrusted: str) -> None:
    value = outcome(kind, untrusted) or ""
    assert unicodedata.is_normalized("NFC", value)
    assert len(value) <= LONG_TEXT_LIMIT
    assert not any(unicodedata.category(c) == "Cc" for c in value.replace("\n", ""))
    assert "\n" not in value or kind is Kind.LONG_TEXT


@given(kind=st.sampled_from(Kind), blank=st.text(alphabet=" \t\n\u00a0", max_size=5))
def test_that_blank_is_empty_for_every_kind(kind: Kind, blank: str) -> None:
    assert normalise(kind, blank) == ""


@given(body=st.text(alphabet="123456789", min_size=12, max_size=18), wrong=st.integers(1, 9))
def test_that_a_card_number_with_another_check_digit_is_refused(body: str, wrong: int) -> None:
    right = luhn.calc_check_digit(body)
    assert normalise(Kind.PAN, body + right) == body + right
    assert outcome(Kind.PAN, f"{body}{(int(right) + wrong) % 10}") is None


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (Kind.NAME, "Winda  HAKIM", "winda hakim"),
        (Kind.NAME, "Dr. O'Neil-Putri", "dr o neil putri"),
        (Kind.NAME, "Straße", "STRASSE"),
        (Kind.PHONE, "0812 3456 7890", "+62 812-3456-7890"),
        (Kind.NPWP, "53.085.706.9-994.000", "0530857069994000"),
        (Kind.EMAIL, "Sari@Gading.example", "sari@gading.EXAMPLE"),
        (Kind.BIRTH_DATE, "28/03/1987", "1987-03-28"),
        (Kind.NUMBER, "C-104288", "c 104288"),
        (Kind.PASSPORT, "x 1234567", "X1234567"),
        (Kind.MONEY, "Rp 412.500", "412500"),
        (Kind.ADDRESS, "Jl. Merdeka No. 1", "jl merdeka no 1"),
    ],
)
def test_that_two_spellings_of_one_thing_have_one_verify_form(kind: Kind, one: str, other: str) -> None:
    assert verify_form(kind, normalise(kind, one)) == verify_form(kind, normalise(kind, other)) != ""


def test_that_different_things_have_different_verify_forms() -> None:
    assert verify_form(Kind.EMAIL, "a.b@c.example") != verify_form(Kind.EMAIL, "ab@c.example")
    assert verify_form(Kind.MONEY, "-3") != verify_form(Kind.MONEY, "3")
    assert verify_form(Kind.PHONE, "+6281234567890") == "6281234567890"
    assert verify_form(Kind.NAME, "Winda Hakim") != verify_form(Kind.NAME, "Windahakim")


@given(kind=st.sampled_from(Kind), untrusted=st.one_of(any_text, st.text(alphabet="-—…★.'", min_size=1)))
def test_that_no_value_has_the_verify_form_of_nothing(kind: Kind, untrusted: str) -> None:
    value = outcome(kind, untrusted)
    assert not value or verify_form(kind, value)


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    return load_inventory(resource_text("inventory", "customer.toml"))


HEADER = ("Nomor pelanggan", "Nama lengkap", "NIK", "Catatan", "Surel", "Antrean")


def test_that_a_row_keeps_what_is_declared_and_drops_empty_cells(inventory: Inventory) -> None:
    row = UntrustedRow(7, (" C-1 ", "Sari", NIK, "not declared", " ", "billing"))
    read = read_row(row, plan_columns(HEADER, inventory), inventory, HEADER)
    assert read.values == {"customer_number": "C-1", "full_name": "Sari", "nik": NIK, "queue": "billing"}
    assert (read.line, read.bad) == (7, ())


def test_that_each_bad_cell_is_named_by_place_and_reason_without_its_text(inventory: Inventory) -> None:
    row = UntrustedRow(9, ("C-2", " ", "CANARY", "", "CANARY", "billing"))
    read = read_row(row, plan_columns(HEADER, inventory), inventory, HEADER)
    assert [(cell.line, cell.column, cell.field, cell.reason_code) for cell in read.bad] == [
        (9, "Nama lengkap", "full_name", "required"),
        (9, "Surel", "email", "not_an_email"),
        (9, "NIK", "nik", "not_digits"),
    ]
    assert "CANARY" not in repr(read)


def test_that_a_row_never_shows_its_values_in_a_trace(inventory: Inventory) -> None:
    row = UntrustedRow(3, ("C-3", "CANARY", "", "", "", "billing"))
    read = read_row(row, plan_columns(HEADER, inventory), inventory, HEADER)
    assert read.values["full_name"] == "CANARY"
    assert "CANARY" not in repr(row) + repr(read)
