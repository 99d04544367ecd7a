"""Values of databases as cells: nothing rounded, nothing guessed, and no value in a refusal."""

import uuid
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sources.sql_cells import Unreadable, cell_text
from app.sources.xlsx_cells import CellFault

JAKARTA = timezone(timedelta(hours=7))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("Sari\nWulandari \u202e", "Sari\nWulandari \u202e"),
        (True, "TRUE"),
        (False, "FALSE"),
        (3273996803870004, "3273996803870004"),
        (-(10**63), "-1" + "0" * 63),
        (0, "0"),
        (Decimal("412500.0000"), "412500"),
        (Decimal("12.50"), "12.5"),
        (Decimal("-0.00"), "0"),
        (Decimal("1E+3"), "1000"),
        (0.1, "0.1"),
        (1e3, "1000"),
        (date(1987, 3, 28), "1987-03-28"),
        (datetime(1987, 3, 28), "1987-03-28"),
        (datetime(1987, 3, 28, 9, 30), "1987-03-28T09:30:00"),
        (datetime(1987, 3, 27, 17, 0, tzinfo=UTC), "1987-03-28"),
        (datetime(1987, 3, 28, 2, 0, 0, 5, tzinfo=UTC), "1987-03-28T09:00:00.000005"),
        (time(9, 30), "09:30:00"),
        (uuid.UUID(int=7), "00000000-0000-0000-0000-000000000007"),
    ],
)
def test_what_a_value_says(value: object, text: str) -> None:
    assert cell_text(value, JAKARTA) == text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (10**64, "more than 64 digits"),
        (10**4000, "more than 64 digits"),
        (Decimal("1E+1000000"), "more than 64 digits"),
        (Decimal("1E-1000000"), "more than 64 digits"),
        (Decimal("NaN"), "none at all"),
        (float("inf"), "cannot be read"),
        (float("nan"), "cannot be read"),
        (1.2345678901234567e20, "more than 15 digits"),
        (b"Sari", "no text"),
        (bytearray(b"Sari"), "no text"),
        (memoryview(b"Sari"), "no text"),
        (["Sari"], "kind that is not read"),
        ({"nik": 1}, "kind that is not read"),
        (timedelta(hours=25), "kind that is not read"),
        (Unreadable("A time outside"), "A time outside"),
        ("S" * 65_537, "longer than"),
        ("\u20ac" * 30_000, "longer than"),
        (datetime(9999, 12, 31, 23, 0, tzinfo=UTC), "years 1 to 9999"),
    ],
)
def test_what_is_refused_and_not_repeated(value: object, words: str) -> None:
    with pytest.raises(CellFault, match=words) as refused:
        cell_text(value, JAKARTA)
    assert "Sari" not in str(refused.value)


def test_that_a_time_with_a_zone_needs_a_declared_one() -> None:
    with pytest.raises(CellFault, match="time_zone"):
        cell_text(datetime(2026, 1, 1, tzinfo=UTC), None)
    assert cell_text(datetime(2026, 1, 1, 5), None) == "2026-01-01T05:00:00"


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40), max_value=10**40, places=9))
def test_that_a_number_keeps_its_value(value: Decimal) -> None:
    assert Decimal(cell_text(value, None)) == value
