"""The file with which two people have a backup key destroyed: read as it was written, or refused."""

import json

import pytest

from app.auth.period_end import LONGEST, PeriodEnd, period_end_of
from app.crypto import signing
from app.domain.errors import InputRefusedError

ORDER = PeriodEnd("office-2025-11", 1_700_000_000_000, "adi", "dewi").signed(
    bytes(32), signing.new_seed(), signing.new_seed()
)


def test_that_an_order_comes_back_as_it_was_written() -> None:
    assert period_end_of(ORDER.text()) == ORDER


@pytest.mark.parametrize(
    "untrusted",
    [
        "", "[]", "{}", "[" * LONGEST, ORDER.text()[:-4],
        json.dumps(json.loads(ORDER.text()) | {"what": "something else"}),
        json.dumps(json.loads(ORDER.text()) | {"at_ms": -1}),
        json.dumps(json.loads(ORDER.text()) | {"at_ms": 2**53}),
        json.dumps(json.loads(ORDER.text()) | {"signatures": ["?"]}),
        json.dumps(json.loads(ORDER.text()) | {"signatures": 7}),
    ],
)  # fmt: skip
def test_that_anything_else_is_no_order(untrusted: str) -> None:
    with pytest.raises(InputRefusedError):
        period_end_of(untrusted)
