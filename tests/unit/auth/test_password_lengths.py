"""Where a password is long enough and where too long, in code points of the NFC form; and that all of it counts."""

import secrets

import pytest

from app.auth.password import LONGEST, SHORTEST, check_password
from app.crypto.account_keys import password_keys
from app.crypto.derive import PASSWORD_FLOOR
from app.domain.errors import InputRefusedError

SALT = bytes(range(16))


def why_not(password: str) -> str:
    try:
        check_password(password, "ratna", "Ratna Dewanti", "Nusantara Care")
    except InputRefusedError as refusal:
        return refusal.code
    return ""


@pytest.mark.asvs("V6.2.1")
@pytest.mark.parametrize("sign", ["x", "é", "漢", "🙂"], ids=["one byte", "two bytes", "three bytes", "four bytes"])
def test_that_fourteen_signs_are_too_short_and_fifteen_are_not_however_many_bytes(sign: str) -> None:
    rest = "mqzpvtrwkbnhdy"
    assert SHORTEST == 15
    assert why_not(sign + rest[:13]) == "password_short"
    assert why_not(sign + rest) == ""


@pytest.mark.asvs("V6.2.4")
def test_that_every_entry_of_the_bundled_list_is_refused() -> None:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    listed = FREQUENCY_LISTS["passwords"]
    assert len(listed) >= 3000
    assert not [password for password in listed if not why_not(password)]


@pytest.mark.asvs("V6.2.9")
@pytest.mark.parametrize("length", [64, 128, 256])
def test_that_a_long_password_of_any_signs_is_taken(length: int) -> None:
    signs = "abcdefghijklmnopqrstuvwxyz éüñ漢字かな🙂🌧🌴ЖЩ"
    for _ in range(20):
        password = "".join(secrets.choice(signs) for _ in range(length))
        assert why_not(password) == ""
    assert LONGEST == 256
    assert why_not("".join(secrets.choice(signs) for _ in range(257))) == "password_long"


@pytest.mark.asvs("V6.2.8")
@pytest.mark.parametrize(
    "other",
    ["A" * 199, "A" * 201, "A" * 199 + "a", "A" * 200 + " ", " " + "A" * 200, "A" * 72, "A" * 200 + "\0"],
    ids=["one less", "one more", "another case", "space after", "space before", "72 bytes", "zero byte"],
)
def test_that_every_sign_of_a_password_counts(other: str) -> None:
    one, two = (password_keys("ratna", text, SALT, PASSWORD_FLOOR) for text in ("A" * 200, other))
    assert not {one.verifier, one.wrapping, one.console} & {two.verifier, two.wrapping, two.console}


@pytest.mark.asvs("V6.2.8")
def test_that_two_keyboards_give_one_password() -> None:
    composed, decomposed = (password_keys("ratna", text, SALT, PASSWORD_FLOOR) for text in ("caf\u00e9", "cafe\u0301"))
    assert composed.verifier == decomposed.verifier
