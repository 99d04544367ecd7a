"""What an inventory may say beside its fields: who answers for the data, and who else gets it.

All of it is optional, and nothing stands in for what is left out: a record of processing that named a recipient, or
denied that there is one, without anybody having said so would be true of no company.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.two_languages import TwoLanguages


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody outside who gets data.

    Attributes:
        name: in code.
        label_id, label_en: in words.
        country: two letters (ISO 3166-1); empty: not said. Abroad is UU PDP article 56.
    """

    name: str
    label_id: str
    label_en: str
    country: str = ""

    def label(self, language: str) -> str:
        """The label in this language; Indonesian for `id...`, otherwise English."""
        return TwoLanguages(self.label_en, self.label_id, language)


@dataclass(frozen=True, slots=True)
class Controller:
    """Who answers for the data (UU PDP articles 31, 53; PP 33/2026 article 74). What is empty was not said.

    Attributes:
        name: the organisation as the law knows it.
        address: where it is.
        contact: how customers reach it about their data.
        officer: who is responsible for data protection there, and how to reach them.
        processes_for: on whose instruction, where the organisation is a processor (article 51).
    """

    name: str = ""
    address: str = ""
    contact: str = ""
    officer: str = ""
    processes_for: str = ""


NOT_SAID = Controller()


class ConsentFrom(StrEnum):
    """Where an office has a customer's consent to a purpose from, if no receipt of it lies there."""

    SOURCES = "sources"
    """What an import brings was consented to there: whoever imports answers for it. Shown as said, not as proved."""
    RECEIPT = "receipt"
    """From nowhere: without a receipt the purpose is shut."""
