"""Free text as the office keeps it: whatever a console has sent, no card number and no card code (PCI DSS 3.3, 3.5)."""


def kept(text: str) -> str:
    """A text as it may be kept, hashed or handed on.

    Ask this before the turn of writing: a long text takes a while. The scanner is loaded with the first text.
    """
    from app.scanner.gate import without_cards

    return without_cards(text)
