"""Recovery codes: ten, of 80 bits, read in groups, forgiving to type."""

from base64 import b32decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.recovery_codes import CODES, new_recovery_codes, parse_recovery_code, recovery_code_text
from app.crypto.account_keys import stored_recovery_code
from app.domain.errors import InputRefusedError


@pytest.mark.asvs("V6.5.4")
def test_that_ten_fresh_codes_of_80_bits_are_made() -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == CODES == 10
    assert all(len(b32decode(code)) * 8 == 80 for code in codes)
    assert not set(codes) & set(new_recovery_codes())


def test_that_a_code_is_read_in_four_groups() -> None:
    assert recovery_code_text("ABCDEFGHIJKLMNOP") == "ABCD-EFGH-IJKL-MNOP"


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=16, max_size=16))
def test_that_a_code_comes_back_as_it_was_written_down_and_with_common_slips(code: str) -> None:
    text = recovery_code_text(code)
    slips = [text, text.lower(), text.replace("-", " "), f" {code}\n", text.replace("O", "0"), text.replace("I", "1")]
    assert {parse_recovery_code(slip) for slip in slips} == {code}


@pytest.mark.parametrize(
    "typed", ["", "ABCD", "ABCD-EFGH-IJKL-MNO", "ABCD-EFGH-IJKL-MNOPQ", "ABCD-EFGH-IJKL-MN9P", "é" * 16]
)
def test_that_something_else_is_no_code_and_is_not_repeated(typed: str) -> None:
    with pytest.raises(InputRefusedError) as refusal:
        parse_recovery_code(typed)
    assert not typed or typed not in str(refusal.value)


def test_that_what_is_kept_depends_on_pepper_account_salt_and_code() -> None:
    def kept(pepper: bytes = bytes(32), account: str = "ratna", code: str = "A" * 16, salt: bytes = bytes(16)) -> bytes:
        return stored_recovery_code(pepper, account, code, salt)

    assert kept() == kept()
    assert len({kept(), kept(pepper=b"x" * 32), kept(account="budi"), kept(code="B" * 16), kept(salt=b"x" * 16)}) == 5
