"""What of a customer a screen is given: rows and cards out of the cache, with the one action each field offers."""

from collections.abc import Callable

from app.domain.data_class import FIELD_CLASSES, DataClass
from app.domain.field import Field
from app.domain.inventory import Inventory
from app.domain.kinds import Kind
from app.domain.mask import Mask
from app.domain.policy import Access, Policy
from app.domain.role import Role
from app.domain.training.rule import RULES
from app.session.columns import Columns
from app.session.shown import Action, ShownCustomer, ShownField, ShownRow
from app.storage.cache_rows import CacheRow

_Line = tuple[str, str, str, bool, ShownField]
"""A sealed field: its name, label, kind, whether it may be compared, and what is shown where it is empty."""


class Cards:
    """Makes rows and cards for one person."""

    def __init__(
        self,
        inventory: Inventory,
        policy: Callable[[], Policy],
        role: Role,
        language: str,
        missing: Callable[[DataClass], str] = lambda _class: "",
    ) -> None:
        """Make them for this role and language, by the policy as it is when one is made.

        Args:
            inventory: names and labels of fields.
            policy: who may what.
            role: whose cards.
            language: of labels.
            missing: the lesson without which a class rests, or `RULES`, or nothing.
        """
        self._missing = missing
        self._inventory = inventory
        self._policy = policy
        self._role = role
        self.columns = Columns(inventory, language)
        # An inventory finds its fields anew each time it is asked, and a label is put together: half of a card's time.
        self._open, self._sealed = inventory.open_fields, inventory.sealed_fields
        self._labels = {field.name: field.label(language) for field in inventory.fields}
        sections = ((c, inventory.in_class(c)) for c in FIELD_CLASSES if c.is_sealed)
        self._sections = tuple(
            (data_class, tuple(map(self._lines, fields))) for data_class, fields in sections if fields
        )
        record = inventory.record
        head = (record.number, record.name, record.queue, record.city, record.ticket)
        self._facts = tuple(
            (f.name, self._labels[f.name], f.kind.value, f.data_class) for f in self._open if f.name not in head
        )
        self._open_names = tuple(field.name for field in self._open)
        self._sealed_names = tuple(field.name for field in self._sealed)
        self._phone = next((f for f in self._sealed if f.kind is Kind.PHONE), None)

    def row(self, row: CacheRow) -> ShownRow:
        """One customer in list or table."""
        values, masks = self._values(row), self._masks(row)
        record = self._inventory.record
        return ShownRow(
            id=row.id,
            record=row.record,
            name=values.get(record.name, ""),
            number=row.number,
            city=values.get(record.city, ""),
            queue=row.queue,
            ticket=values.get(record.ticket, ""),
            phone=masks.get(self._phone.name) if self._phone else None,
            last_contact=values.get(record.last_contact, ""),
            more=self._more(values, masks),
        )

    def _more(self, values: dict[str, str], masks: dict[str, Mask]) -> dict[str, str | Mask]:
        """What columns without a role show."""
        more: dict[str, str | Mask] = {name: value for name, value in values.items() if name in self.columns.roleless}
        return more | {name: mask for name, mask in masks.items() if name in self.columns.roleless}

    def customer(self, row: CacheRow, held: frozenset[DataClass]) -> ShownCustomer:
        """One customer's card.

        Args:
            row: from the cache.
            held: classes whose key is here.
        """
        values, masks, record = self._values(row), self._masks(row), self._inventory.record
        facts = tuple([ShownField(*fact, values[fact[0]]) for fact in self._facts if fact[0] in values])
        sections = tuple(
            [(data_class, self._fields(data_class, lines, masks, held)) for data_class, lines in self._sections]
        )
        subtitle = tuple(v for v in (values.get(record.city, ""), values.get(record.ticket, ""), row.queue) if v)
        name = values.get(record.name, "")
        return ShownCustomer(row.id, row.record, name, row.number, subtitle, facts, sections)

    def _lines(self, field: Field) -> _Line:
        label, kind = self._labels[field.name], field.kind.value
        empty = ShownField(field.name, label, kind, field.data_class, reason="empty")
        return field.name, label, kind, field.verify, empty

    def _fields(
        self, data_class: DataClass, lines: tuple[_Line, ...], masks: dict[str, Mask], held: frozenset[DataClass]
    ) -> tuple[ShownField, ...]:
        """The fields of one class: those with a value all offer the same."""
        if masks.keys().isdisjoint([line[0] for line in lines]):
            return tuple([line[4] for line in lines])
        action, reason = self._action(data_class, held)
        lesson = self._missing(data_class) if reason == "training" else ""
        return tuple(
            [
                ShownField(name, label, kind, data_class, "", mask, action, reason, verify, lesson)
                if (mask := masks.get(name))
                else empty
                for name, label, kind, verify, empty in lines
            ]
        )

    def _action(self, data_class: DataClass, held: frozenset[DataClass]) -> tuple[Action, str]:
        access = self._policy().access(self._role, data_class)
        if access is not Access.NEVER and (missing := self._missing(data_class)):
            return Action.NONE, RULES if missing == RULES else "training"
        match access:
            case Access.REVEAL if data_class not in held:
                return Action.NONE, "no_class_key"
            case Access.REVEAL:
                return Action.REVEAL, "may_reveal"
            case Access.ASK:
                special = data_class is DataClass.SPECIAL
                return Action.ASK, "privacy_officer_only" if special else "supervisor_opens"
            case _:
                return Action.NONE, "privacy_officer_only"

    def _values(self, row: CacheRow) -> dict[str, str]:
        return {name: value for name, value in zip(self._open_names, row.open, strict=True) if value}

    def _masks(self, row: CacheRow) -> dict[str, Mask]:
        return {name: Mask(*mask) for name, mask in zip(self._sealed_names, row.masks, strict=True) if mask[2]}
