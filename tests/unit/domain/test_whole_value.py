"""What a search text looks like."""

import pytest

from app.domain.whole_value import Looks, looks_like


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("sari", Looks.WORDS),
        ("C-104288", Looks.WORDS),
        ("T-55120", Looks.WORDS),
        ("", Looks.WORDS),
        ("412", Looks.WORDS),
        ("4417", Looks.PART),
        ("0812 34", Looks.PART),
        ("0812-3456-7890", Looks.WHOLE),
        ("+62 (812) 3456 7890", Looks.WHOLE),
        ("5412 7500 0000 4417", Looks.WHOLE),
        ("41.615.596.8-994.000", Looks.WHOLE),
        ("sari.wulandari@gading.example", Looks.WHOLE),
        ("sari@", Looks.WORDS),
        ("@gading.example", Looks.WORDS),
        ("sari wulandari@gading.example", Looks.WORDS),
    ],
)
def test_that_a_text_is_judged_by_its_form(text: str, looks: Looks) -> None:
    assert looks_like(text) is looks
