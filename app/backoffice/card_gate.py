"""Free text as the office keeps it: whatever a console has sent, no card number and no card code (PCI DSS 3.3, 3.5)."""

from app.domain.kinds import Kind

_WORDS = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.NAME, Kind.CITY, Kind.CHOICE, Kind.ADDRESS})


def kept(text: str) -> str:
    """A text as it may be kept, hashed or handed on.

    Ask this before the turn of writing: a long text takes a while. The scanner is loaded with the first text.
    """
    from app.scanner.gate import without_cards

    return without_cards(text)


def holds_card(kind: Kind, text: str) -> bool:
    """Whether somebody has typed a card number or card code into a field of words; ask this before the turn of writing.

    Fields of numbers have their own rules, and a card's own field is sealed as such.
    """
    return kind in _WORDS and kept(text) != text
