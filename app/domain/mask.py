"""The mask: what is shown instead of a sealed value. Made once, when the value is sealed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mask:
    """What stays visible beside the curtain.

    Attributes:
        before: kept characters left of the cloth (`+62`, `5412 75`), or empty.
        after: kept characters right of it (`47`, `@g`, `Bandung`, `1987`), or empty.
        pleats: width of the cloth in pleats, 6, 10 or 16: by kind, never by the value's length.
    """

    before: str
    after: str
    pleats: int

    def __str__(self) -> str:
        """The mask in one line of text, for terminals and screen readers."""
        return f"{self.before} ••• {self.after}".strip()
