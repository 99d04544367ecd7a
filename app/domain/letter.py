"""A letter that an office writes, as values: what it is about, what it says, in one language.

A document speaks the language of its reader, not that of a console. The page that it is printed on and the text that it
is pasted into an e-mail from are made from the same letter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from app.domain.privacy.declared import NOT_SAID, Controller

_WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {"closing": "{name}, privacy officer", "contact": "Contact: {contact}"},
        "id": {"closing": "{name}, Pejabat Pelindungan Data Pribadi", "contact": "Kontak: {contact}"},
    }
)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes a letter, and how they are reached (UU PDP article 5; Permenkominfo 20/2016 article 28i).

    Attributes:
        name: the organisation.
        said: what the inventory says of it; what is left out there stands in no letter.
    """

    name: str
    said: Controller = NOT_SAID

    @property
    def full_name(self) -> str:
        """As the law knows it, and as customers know it where that is another name."""
        if self.said.name in {"", self.name}:
            return self.name
        return f"{self.said.name} ({self.name})"

    def closing(self, language: str) -> str:
        """Who says it, and below it how to reach them; a line each."""
        words = _WORDS[language]
        contact = words["contact"].format(contact=self.said.contact) if self.said.contact else ""
        lines = (words["closing"].format(name=self.full_name), self.said.officer, self.said.address, contact)
        return "\n".join(line for line in lines if line)


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter.

    Attributes:
        language: `en` or `id`.
        sender: the organisation.
        title: what it is about.
        facts: names and texts that stand above it.
        paragraphs: what it says.
        closing: who says it, and how to reach them; a line each.
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
