"""A letter that an office writes, as values: what it is about, what it says, in one language.

A document speaks the language of its reader, not that of a console. The page that it is printed on and the text that it
is pasted into an e-mail from are made from the same letter.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter.

    Attributes:
        language: `en` or `id`.
        sender: the organisation.
        title: what it is about.
        facts: names and texts that stand above it.
        paragraphs: what it says.
        closing: who says it.
        mark: stands above and below all else, as that it belongs to a drill; or empty.
    """

    language: str
    sender: str
    title: str
    facts: tuple[tuple[str, str], ...]
    paragraphs: tuple[str, ...]
    closing: str
    mark: str = ""

    @property
    def text(self) -> str:
        """The same in plain lines, for a message."""
        facts = "\n".join(f"{name}: {text}" for name, text in self.facts)
        parts = (self.mark, self.sender, self.title, facts, *self.paragraphs, self.closing, self.mark)
        return "\n\n".join(part for part in parts if part) + "\n"
