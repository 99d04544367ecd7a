"""What a screen may know of editing: masks, marks and names, never a value of a sealed field."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.data_class import DataClass
from app.domain.mask import Mask


@dataclass(frozen=True, slots=True)
class FieldNow:
    """How one field stands at the office.

    Attributes:
        field: its name.
        mark: names the version that lies there, hex; an edit says which one the person saw.
        changes: how often it was changed since it came in.
        mask: of a sealed field, None where it is empty.
        text: of an open field.
        can_be_emptied: whether its value may be taken away by hand.
        label, kind, data_class: as the inventory has them, the label in the language of the screen.
    """

    field: str
    mark: str
    changes: int
    mask: Mask | None = None
    text: str = ""
    label: str = ""
    kind: str = "text"
    data_class: DataClass = DataClass.OPEN
    can_be_emptied: bool = False

    @property
    def is_sealed(self) -> bool:
        """Whether its versions lie sealed."""
        return self.data_class is not DataClass.OPEN

    @property
    def is_empty(self) -> bool:
        """Whether nothing lies there."""
        return self.mask is None and not self.text


@dataclass(frozen=True, slots=True)
class ShownNeighbour:
    """Somebody else who has the same customer open; `editing` is the label of the field that they change, or empty."""

    name: str
    seat: str
    editing: str = ""


@dataclass(frozen=True, slots=True)
class RecordNow:
    """A customer as it stands: who else is there, and the fields that this person may change, by name."""

    record: str
    others: tuple[ShownNeighbour, ...] = ()
    fields: Mapping[str, FieldNow] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EditConflict:
    """Somebody changed the field meanwhile; nothing was overwritten.

    Attributes:
        theirs: the field as they left it.
        mine: mask of what was typed here; None of an open field, whose text is on the screen, and where nothing was
            to be left.
        name: who; empty where an import did.
        at: when, seconds since 1970.
    """

    theirs: FieldNow
    mine: Mask | None
    name: str
    at: float


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """One version of a field; the newest comes first.

    Attributes:
        at: since when, seconds since 1970.
        name: who made it.
        kind: `import`, `edit`, `emptied` where the value was taken away, or `new` with its customer.
        mask: of a sealed field; None where nobody kept it, or there is no value.
        text: of an open field.
    """

    at: float
    name: str
    kind: str
    mask: Mask | None = None
    text: str = ""
