"""A label that an office declares in both languages: text in the one wanted, and still known in the other.

The labels of fields, reasons and actions come from an inventory and a policy. A console that changes its language
while somebody is signed in asks nobody for them again.
"""


class TwoLanguages(str):
    """A label in the language wanted, which knows itself in English and in Indonesian."""

    __slots__ = ("english", "indonesian")
    english: str
    indonesian: str

    def __new__(cls, english: str, indonesian: str, language: str) -> "TwoLanguages":
        """Be the Indonesian text where the language begins with `id`, the English otherwise."""
        label = super().__new__(cls, indonesian if _is_indonesian(language) else english)
        label.english, label.indonesian = english, indonesian
        return label

    def in_language(self, language: str) -> "TwoLanguages":
        """The same label in a language."""
        return TwoLanguages(self.english, self.indonesian, language)

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """A copy in a file or a pipe is plain text."""
        return str, (str(self),)


def _is_indonesian(language: str) -> bool:
    return language.lower().startswith("id")
