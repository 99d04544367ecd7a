"""Versions by their numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.versions import VERSION, is_older, order_of

numbers = st.lists(st.integers(0, 999_999), min_size=1, max_size=4)


@given(numbers, numbers)
def test_versions_are_ordered_by_their_numbers(a: list[int], b: list[int]) -> None:
    first, second = ".".join(map(str, a)), ".".join(map(str, b))
    assert is_older(first, second) == ([*a, 0, 0, 0][:4] < [*b, 0, 0, 0][:4])
    assert not (is_older(first, second) and is_older(second, first))


@pytest.mark.parametrize(
    ("older", "newer"), [("0.9", "0.10"), ("0.2", "0.2.1"), ("1.9.9", "2"), ("", "0.1"), ("dev", "0.1")]
)
def test_numbers_count_not_letters(older: str, newer: str) -> None:
    assert is_older(older, newer)
    assert not is_older(newer, older)


def test_what_follows_the_numbers_does_not_count() -> None:
    assert order_of("1.2rc1") == order_of("1.2.0+deb13") == (1, 2, 0, 0)


@pytest.mark.parametrize("text", ["", "1.", ".1", "1.0a", "v1", "1.2.3.4.5", "1 2", "1.-2", "\u0661.\u0662", "9" * 7])
def test_what_is_no_version(text: str) -> None:
    assert VERSION.fullmatch(text) is None
