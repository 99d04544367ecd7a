"""What softphones put in the place of a number."""

import pytest

from app.domain.errors import InputRefusedError
from app.domain.kinds import Kind
from app.sources.caller_number import caller_number
from app.sources.records import normalise

SARI = "+6281204559147"


@pytest.mark.parametrize(
    "text",
    [
        "+6281204559147",
        "081204559147",
        "6281204559147",
        "00 62 812 0455 9147",
        " +62 (812) 0455-9147 ",
        "+62.812.0455.9147",
        "\u202a+62 812\u20110455\u20119147\u202c",
        "\uff0b\uff16\uff12 812 0455 9147",
        "sip:081204559147@10.0.0.5:5060",
        "sips:%2B6281204559147@pbx.example;user=phone",
        "SIP:+6281204559147;phone-context=x",
        "tel:+62-812-0455-9147;ext=3",
        '"Sari W" <sip:+6281204559147@pbx.example>;tag=9a',
        "<tel:081204559147>",
        "081204559147@pbx.example",
    ],
)
def test_that_the_number_is_found_in_each_form(text: str) -> None:
    assert caller_number(text) == SARI


@pytest.mark.parametrize("text", ["+14155552671", "(021) 555-1234"])
def test_that_other_lines_are_numbers_too(text: str) -> None:
    assert caller_number(text) in {"+14155552671", "+62215551234"}


@pytest.mark.parametrize(
    "text", ["081204559147", "+62 812 0455 9147", "(021) 555-1234", "+14155552671", "0062215551234"]
)
def test_that_an_import_reads_the_same_number(text: str) -> None:
    """Otherwise the index would not find whom an import brought in."""
    assert caller_number(text) == normalise(Kind.PHONE, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "anonymous",
        "Anonymous",
        "sip:anonymous@anonymous.invalid",
        '"Anonymous" <sip:anonymous@anonymous.invalid>',
        "sip:anonymous@192.0.2.7",
        "Private",
        "unknown",
        "Restricted",
        "unavailable",
    ],
)
def test_that_a_withheld_number_is_none(text: str) -> None:
    assert caller_number(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "105",
        "Sari Wulandari",
        "0800-FLOWERS",
        "0812'0455'9147; DROP TABLE customers",
        "+62812+0455",
        "++6281204559147",
        "sip:ratna@pbx.example",
        "sip:",
        "<>0812",
        "0812\n0455",
        "\x00",
        "0" * 129,
        "9" * 40,
        "+" + "9" * 20,
        "<" * 100,
        '"' * 100,
        "\u0661\u0662",
    ],
)
def test_that_what_is_no_number_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(InputRefusedError) as refused:
        caller_number(text)
    assert refused.value.code == "not_a_phone"
    assert not set(text) & set("0123456789@<>") & set(refused.value.message)
