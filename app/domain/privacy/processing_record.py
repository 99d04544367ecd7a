"""The record of processing activities (UU PDP article 31; PP 33/2026 article 74), computed from the inventory.

One activity for each purpose: the fields that serve it, on which grounds, how long, who else gets them. Nothing is said
that the inventory does not say; what the law wants there and the file lacks is a gap with a code of its own.
"""

from dataclasses import dataclass

from app.domain.data_class import DataClass
from app.domain.field import Field, LegalBasis, PdpCategory, Purpose
from app.domain.inventory import Inventory
from app.domain.privacy.declared import Controller, Recipient
from app.domain.retention.terms import Term
from app.domain.retention.times import longest_of


@dataclass(frozen=True, slots=True)
class Activity:
    """What is done with data for one purpose.

    Attributes:
        purpose: which.
        fields: that serve it, as the inventory has them.
        bases: the grounds, each once: the purpose's own and those of its fields.
        recipients: who else gets the data; None: not said.
        longest: the longest time that any of its fields is kept; None: no field serves it.
    """

    purpose: Purpose
    fields: tuple[Field, ...]
    bases: tuple[LegalBasis, ...]
    recipients: tuple[Recipient, ...] | None
    longest: Term | None

    @property
    def has_specific(self) -> bool:
        """Whether specific data (article 4) is among it."""
        return any(is_specific(field) for field in self.fields)

    @property
    def classes(self) -> tuple[DataClass, ...]:
        """The classes of its fields, each once."""
        return tuple(dict.fromkeys(field.data_class for field in self.fields))


@dataclass(frozen=True, slots=True)
class Gap:
    """What the record should say and the inventory does not.

    Attributes:
        code: `controller_name`, `controller_contact`, `controller_officer`, `recipients`, `recipient_country`,
            `unused_purpose`.
        subject: name of the purpose or recipient that it is about; empty for the whole.
    """

    code: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class ProcessingRecord:
    """The whole record."""

    title: str
    controller: Controller
    activities: tuple[Activity, ...]
    specific: tuple[Field, ...]
    gaps: tuple[Gap, ...]
    digest: bytes

    @property
    def needs_impact_assessment(self) -> bool:
        """Whether specific data is processed: one of the cases of article 34(2), which want an assessment."""
        return bool(self.specific)


def is_specific(field: Field) -> bool:
    """Whether a field is specific data (article 4), by its category or by the class that only such data has."""
    return field.pdp_category is PdpCategory.SPECIFIC or field.data_class is DataClass.SPECIAL


def processing_record(inventory: Inventory) -> ProcessingRecord:
    """The record that an inventory gives."""
    activities = tuple(_activity(inventory, purpose) for purpose in inventory.purposes)
    return ProcessingRecord(
        title=inventory.title,
        controller=inventory.controller,
        activities=activities,
        specific=tuple(field for field in inventory.fields if is_specific(field)),
        gaps=tuple(_gaps(inventory, activities)),
        digest=inventory.digest,
    )


def _activity(inventory: Inventory, purpose: Purpose) -> Activity:
    fields = tuple(field for field in inventory.fields if purpose.name in field.purposes)
    own = () if purpose.basis is None else (purpose.basis,)
    known = {recipient.name: recipient for recipient in inventory.recipients}
    return Activity(
        purpose=purpose,
        fields=fields,
        bases=tuple(dict.fromkeys((*own, *(field.legal_basis for field in fields)))),
        recipients=None if purpose.recipients is None else tuple(known[name] for name in purpose.recipients),
        longest=max((longest_of(inventory, field) for field in fields), key=lambda term: term.months, default=None),
    )


def _gaps(inventory: Inventory, activities: tuple[Activity, ...]) -> list[Gap]:
    said = inventory.controller
    found = [Gap(f"controller_{key}") for key in ("name", "contact", "officer") if not getattr(said, key)]
    found += [Gap("unused_purpose", one.purpose.name) for one in activities if not one.fields]
    found += [Gap("recipients", one.purpose.name) for one in activities if one.fields and one.recipients is None]
    found += [Gap("recipient_country", one.name) for one in inventory.recipients if not one.country]
    return found
