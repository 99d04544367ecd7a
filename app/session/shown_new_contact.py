"""What the card of a new contact asks for, and why it may: plain words, no value.

The form follows the inventory: a field that it requires and the office does not make itself is asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError, NotAllowedError


@dataclass(frozen=True, slots=True)
class NewField:
    """One field that is asked for.

    Attributes:
        name, label, kind: as the inventory has them, the label in the language of the screen.
        data_class: `open`, or the class under which the office seals it.
        required: whether the inventory wants it.
        basis: the legal basis as the inventory names it (`contract`, `consent`, ...; UU PDP article 20).
        choices: the only values, where there are such: the person's queues.
        is_caller: whether the number of whoever calls belongs here.
    """

    name: str
    label: str
    kind: str
    data_class: DataClass
    required: bool
    basis: str
    choices: tuple[str, ...] = ()
    is_caller: bool = False


@dataclass(frozen=True, slots=True)
class NewContactForm:
    """The card of a new contact.

    Attributes:
        fields: what is asked for, in its order.
        notice: the version of the privacy notice that is written down with the record, as this console knows it.
    """

    fields: tuple[NewField, ...]
    notice: str


class NewContactRefusedError(InputRefusedError):
    """Fields that cannot be taken as they are.

    Attributes:
        fields: codes of `sources.records.BadCellError`, or `missing`, `number_given`, `bad_queue`, `not_in_queue`,
            `role_edits`, by field; never a value.
    """

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("Some fields are missing, or cannot be what they should be.", code="bad_fields")
        self.fields = dict(fields)


class KnownContactsError(NotAllowedError):
    """Customers in the person's queues have one of these numbers already; nobody was made.

    Attributes:
        ids: their ids in the cache.
    """

    def __init__(self, ids: tuple[int, ...]) -> None:
        super().__init__("Somebody with this number is known already.", code="known_contacts")
        self.ids = ids
