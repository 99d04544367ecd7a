"""The office's gate: no card number and no card code in any free text, whatever stands around it."""

import pytest

from app.scanner.gate import without_cards
from app.scanner.scan import masked, scan
from benchmarks.notes_corpus import CHANGES, SEED, changed, notes

CARD = "4111 11 ••• 1111"
HIDDEN = {
    "behind a date": ("exp 12/26 4111 1111 1111 1111", f"exp 12/26 {CARD}"),
    "behind a date and a comma": ("exp 11/28, 4111 1111 1111 1111", f"exp 11/28, {CARD}"),
    "behind half a phone number": ("hp 0812 4111 1111 1111 1111", f"hp 0812 {CARD}"),
    "colons": ("4111:1111:1111:1111", CARD),
    "stars": ("4111*1111*1111*1111", CARD),
    "underscores": ("4111_1111_1111_1111", CARD),
    "four spaces": ("4111    1111    1111    1111", CARD),
    "control characters": ("4111\x0b1111\x001111\x0b1111", CARD),
    "blanks that are signs": ("4111\u28001111\u28001111\u28001111", CARD),
    "a digit glued before": ("94111111111111111", f"9{CARD}"),
    "a digit glued after": ("41111111111111117", f"{CARD}7"),
    "each digit alone": (" ".join("4111111111111111"), CARD),
    "a code": ("cvv 123", "cvv •••"),
    "a code with an ending": ("cvv-nya 123", "cvv-nya •••"),
    "a code behind words": ("cvv nya itu 123", "cvv nya itu •••"),
    "a code in brackets": ("cvv (123)", "cvv (•••)"),
    "a code before its word": ("123 cvv", "••• cvv"),
    "a code in English": ("the security code is 1234.", "the security code is •••."),
}


@pytest.mark.parametrize("case", HIDDEN)
def test_that_a_card_or_its_code_gets_through_in_no_dress(case: str) -> None:
    text, kept = HIDDEN[case]
    assert without_cards(text) == kept
    assert masked(text, scan(text)) == kept, "nor through a console's own scanner"


@pytest.mark.parametrize("change", CHANGES)
def test_that_a_note_with_masks_passes_as_it_is(change: str) -> None:
    """The office takes nothing more from what a console has masked."""
    for note in notes(400):
        text = changed(note, change, SEED).text
        kept = masked(text, scan(text))
        assert without_cards(kept) == kept
        assert without_cards(without_cards(text)) == without_cards(text)


LEFT = (
    "cvv TIDAK dicatat, exp 09/27",
    "Router SN 4829104857201938 firmware 1.2.3.4.",
    "order 24-11-2026 10.30 tiket 4100012345 resi 0123456789012",
    "hp 0812-3456-7890, surel sari@example.com",
    "",
)


@pytest.mark.parametrize("text", LEFT)
def test_that_what_is_no_card_stays_as_it_is(text: str) -> None:
    assert without_cards(text) == text
