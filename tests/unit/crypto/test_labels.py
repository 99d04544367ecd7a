"""Labels: two different lists never give the same bytes."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.labels import encoded, lp, lp_bytes, unlp

labels = st.text("abcdefghijklmnopqrstuvwxyz-/0123456789", min_size=1, max_size=12)
parts = st.lists(st.binary(max_size=24), max_size=5)


@given(labels, parts, labels, parts)
def test_that_two_lists_never_give_the_same_bytes(one: str, a: list[bytes], two: str, b: list[bytes]) -> None:
    assert (lp(one, *a) == lp(two, *b)) == ((one, a) == (two, b))


@given(labels, parts)
def test_that_an_encoding_comes_apart_into_its_parts(label: str, these: list[bytes]) -> None:
    assert unlp(lp(label, *these), label) == these


@given(labels, parts, st.integers(min_value=0, max_value=23))
def test_that_moving_a_border_between_parts_changes_the_bytes(label: str, these: list[bytes], at: int) -> None:
    joined = b"".join(these)
    moved = [joined[:at], joined[at:]]
    assert (lp(label, *moved) == lp(label, *these)) == (moved == these)


@given(st.integers(min_value=0, max_value=2**64 - 1))
def test_that_a_number_has_eight_bytes_whatever_it_is(number: int) -> None:
    assert lp("x", number) == lp("x", number.to_bytes(8, "big"))


@pytest.mark.parametrize("number", [-1, 2**64])
def test_that_a_number_out_of_range_is_refused_not_cut(number: int) -> None:
    with pytest.raises(struct.error):
        lp("x", number)


def test_that_composed_and_decomposed_text_are_one_text() -> None:
    assert lp("x", "café") == lp("x", "cafe\u0301")


def test_that_another_label_does_not_come_apart() -> None:
    with pytest.raises(ValueError, match="another label"):
        unlp(lp("one", b"x"), "two")


@pytest.mark.parametrize("cut", [1, 3, 5])
def test_that_a_truncated_encoding_does_not_come_apart(cut: int) -> None:
    with pytest.raises((ValueError, struct.error)):
        unlp(lp("one", b"some bytes")[:-cut], "one")


@given(st.binary(max_size=300))
def test_that_one_part_of_bytes_has_a_shorter_way_to_the_same(data: bytes) -> None:
    assert lp_bytes("share", data) == lp("share", data)


@given(st.lists(st.one_of(st.binary(max_size=40), st.text(max_size=40), st.integers(0, 2**64 - 1)), max_size=5))
def test_that_parts_are_encoded_as_behind_a_label(parts: list[bytes | str | int]) -> None:
    assert lp("value", *parts) == lp("value") + encoded(*parts)
