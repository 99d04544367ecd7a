"""A key that makes many MACs makes the same ones as a key that makes one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto import values
from app.crypto.derive import expand, mac
from app.crypto.mac_key import MacKey

KEY = bytes(range(32))


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_that_it_makes_the_same_macs_and_keys_however_often(one: bytes, other: bytes) -> None:
    key = MacKey(KEY)
    for data in (one, other, one):
        assert key.mac(data) == mac(KEY, data)
        assert key.expand(data) == expand(KEY, data)


@pytest.mark.parametrize("form", ["", "+6281234567890", "Jl. Kenanga 4, Jawa Tímur"])
def test_that_a_record_sealer_makes_the_tags_of_its_record(form: str) -> None:
    sealer = values.RecordSealer(bytes(32), bytes(16), KEY)
    assert sealer.verify_tag("mobile_phone", form) == values.verify_tag(KEY, "mobile_phone", form)
