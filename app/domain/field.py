"""One field of the data inventory, and the words that describe it.

Invariants: a field is complete or does not exist (`inventory.py` builds it); what is declared is all that is collected.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.data_class import DataClass
from app.domain.kinds import Kind
from app.domain.privacy.declared import ConsentFrom
from app.domain.two_languages import TwoLanguages


class PdpCategory(StrEnum):
    """UU 27/2022 (UU PDP) article 4: *specific* data needs more care (health, children, personal finance...)."""

    GENERAL = "general"
    SPECIFIC = "specific"


class LegalBasis(StrEnum):
    """UU PDP article 20: one of six bases, or the field may not be held."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    VITAL_INTEREST = "vital_interest"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTEREST = "legitimate_interest"


class Search(StrEnum):
    """How a field is found: words of it, the whole value, or not at all."""

    TEXT = "text"
    EXACT = "exact"
    NONE = "none"


class MaskChoice(StrEnum):
    """What stands for the value on a screen."""

    NONE = "none"
    """Open fields only: the value itself."""
    KIND = "kind"
    """The mask rule of the field's kind."""
    HIDDEN = "hidden"
    """Cloth only, whatever the kind."""


class RetentionStart(StrEnum):
    """The event from which a field's months of retention count."""

    COLLECTED = "collected"
    LAST_CONTACT = "last_contact"
    CONTRACT_END = "contract_end"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    """Of the purpose, and not given again since; of rules alone, not of a field's own time."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a field is kept."""

    months: int
    start: RetentionStart


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why fields are held, in words for people.

    Attributes:
        basis: the ground of the purpose itself, where the inventory names one beside those of its fields.
        recipients: who else gets the data for it, by name; None: the inventory does not say.
        consent: where consent to it is, if the office has no receipt.
    """

    name: str
    label_id: str
    label_en: str
    basis: LegalBasis | None = None
    recipients: tuple[str, ...] | None = None
    consent: ConsentFrom = ConsentFrom.SOURCES

    def label(self, language: str) -> str:
        """The label in this language; Indonesian for `id...`, otherwise English."""
        return TwoLanguages(self.label_en, self.label_id, language)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a customer's record, as the inventory declares it.

    Attributes:
        name: the key used in code, API and database; snake_case.
        search: `text` for open fields only; `exact` is answered from keyed tags of the whole value.
        verify: whether a caller's answer may be compared with it without opening it.
        purposes: names of the inventory's purposes.
        required: whether a row without it is refused.
        is_filter: whether tables offer its values to choose from: an open field with few of them.
    """

    name: str
    label_id: str
    label_en: str
    kind: Kind
    data_class: DataClass
    pdp_category: PdpCategory
    mask: MaskChoice
    search: Search
    verify: bool
    purposes: tuple[str, ...]
    legal_basis: LegalBasis
    retention: Retention
    required: bool
    is_filter: bool = False

    @property
    def is_sealed(self) -> bool:
        """Whether its values are encrypted to a class."""
        return self.data_class.is_sealed

    def label(self, language: str) -> str:
        """The label in this language; Indonesian for `id...`, otherwise English."""
        return TwoLanguages(self.label_en, self.label_id, language)
