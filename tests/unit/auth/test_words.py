"""What people type at the door: names and activation codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.activation import code_text, parse_code
from app.auth.names import account_name, queue_name
from app.crypto.account_keys import ActivationCode
from app.domain.errors import InputRefusedError

# names


@pytest.mark.parametrize(
    ("typed", "name"),
    [("ratna", "ratna"), (" Ratna ", "ratna"), ("r2", "r2"), ("a.b-c_d", "a.b-c_d"), ("a" * 32, "a" * 32)],
)
def test_that_a_name_is_taken_in_lower_case(typed: str, name: str) -> None:
    assert account_name(typed) == queue_name(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "r",
        "2ratna",
        ".ratna",
        "rat na",
        "ratna#1",
        "ratna\nx",
        "ráṭna",
        "rаtna",
        "a" * 33,
        "r/../x",
        "*",
    ],
)
def test_that_something_else_is_no_name_and_is_not_repeated(typed: str) -> None:
    for rule in (account_name, queue_name):
        with pytest.raises(InputRefusedError) as refusal:
            rule(typed)
        assert not typed.strip() or typed.strip() in {"r", "*"} or typed.strip() not in str(refusal.value)


# activation codes


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=16, max_size=16))
def test_that_a_code_written_down_comes_back(secret: bytes, pin: bytes) -> None:
    again = parse_code(code_text(ActivationCode(secret, pin)))
    assert (again.secret, again.office_pin) == (secret, pin)


@given(st.binary(min_size=16, max_size=16), st.data())
def test_that_common_slips_are_forgiven(secret: bytes, data: st.DataObject) -> None:
    text = code_text(ActivationCode(secret, bytes(16)))
    slip = data.draw(
        st.sampled_from(
            [
                text.lower(),
                text.replace("-", ""),
                text.replace("-", " "),
                f"\n {text} \t",
                text.replace("O", "0"),
                text.replace("I", "1"),
                text.replace("-", " – "),
                "".join(f"{c} " for c in text),
            ]
        )
    )
    assert parse_code(slip).secret == secret


def test_that_a_code_is_thirteen_groups_of_four() -> None:
    text = code_text(ActivationCode.new(bytes(32)))
    assert [len(group) for group in text.split("-")] == [4] * 13


@pytest.mark.parametrize("typed", ["", "x", "AAAA", "A" * 51, "A" * 53, "8" * 52, "É" * 52, "A" * 4000, "\x00" * 52])
def test_that_something_else_is_no_code_and_is_not_repeated(typed: str) -> None:
    with pytest.raises(InputRefusedError) as refusal:
        parse_code(typed)
    assert len(typed) < 5 or typed not in str(refusal.value)


def test_that_codes_are_fresh() -> None:
    assert len({ActivationCode.new(bytes(32)).secret for _ in range(20)}) == 20


def test_that_a_code_pins_its_office_and_account() -> None:
    code = ActivationCode(bytes(range(16)), bytes(16))
    assert len({code.sign_seed(bytes(32), "a"), code.sign_seed(bytes(32), "b"), code.sign_seed(b"x" * 32, "a")}) == 3
    assert code.sign_seed(bytes(32), "a") != code.slot_key(bytes(32), "a")
