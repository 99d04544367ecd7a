"""The columns that a table of customers may have, and where the session cache has each of them.

A column's key is its role (`name`, `phone`, ...) where it has one, so that a saved view outlives another inventory, and
else the name of its field.
"""

from dataclasses import replace

from app.domain.data_class import DataClass
from app.domain.field import Field
from app.domain.inventory import Inventory
from app.domain.kinds import Kind
from app.domain.table_query import Filter, FilterKind, Sort, TableColumn, TableQuery

PHONE = "phone"
_ROLES = ("name", "number", "city", "ticket", "queue", "last_contact")
_USUAL = frozenset({"name", "number", "city", PHONE, "last_contact", "queue"})


class Columns:
    """The columns of one inventory.

    Attributes:
        all: every column, those with a role first.
        roleless: keys of columns that are fields without a role.
    """

    def __init__(self, inventory: Inventory, language: str) -> None:
        self._places: dict[str, str] = {}
        columns: list[TableColumn] = []
        self._roles = {getattr(inventory.record, role): role for role in _ROLES if getattr(inventory.record, role)}
        self._phone = next((f.name for f in inventory.sealed_fields if f.kind is Kind.PHONE), "")
        for place, field in enumerate(inventory.open_fields):
            key = self._roles.get(field.name, field.name)
            self._places[key] = key if key in ("name", "number", "queue") else f"open:{place}"
            label, kind, by = field.label(language), field.kind.value, _filter(key, field)
            columns.append(TableColumn(key, label, kind, by, is_usual=key in _USUAL))
        for place, field in enumerate(inventory.sealed_fields):
            if field.data_class is DataClass.CONTACT:
                key = PHONE if field.name == self._phone else field.name
                self._places[key] = f"mask:{place}"
                label, kind = field.label(language), field.kind.value
                columns.append(TableColumn(key, label, kind, is_masked=True, is_usual=key in _USUAL))
        order = ("name", "number", "city", PHONE, "last_contact", "ticket", "queue")
        columns.sort(key=lambda column: order.index(column.key) if column.key in order else len(order))
        self.all = tuple(columns)
        self.roleless = frozenset(self._places) - {*_ROLES, PHONE}

    def key_of(self, field: str) -> str:
        """The column of a field."""
        return PHONE if field == self._phone else self._roles.get(field, field)

    def place_of(self, key: str) -> str:
        """Where the cache has a column.

        Raises:
            ValueError: there is no such column: a saved view may name one of an older inventory.
        """
        if key not in self._places:
            raise ValueError("This table has no such column.")
        return self._places[key]

    def key_at(self, place: str) -> str:
        """Which column the cache has at a place."""
        return next(key for key, at in self._places.items() if at == place)

    def placed(self, query: TableQuery) -> TableQuery:
        """The query in the words of the cache; filters and sorts by columns that are no more are left out."""
        filters: list[Filter] = []
        for asked in query.filters:
            if asked.by in self._places:
                by = self._places[asked.by]
                filters.append(replace(asked, by=by))
        sort = query.sort
        placed = Sort(self._places[sort.by], sort.is_down) if sort is not None and sort.by in self._places else None
        return replace(query, filters=tuple(filters), sort=placed)


def _filter(key: str, field: Field) -> FilterKind:
    if key == "last_contact":
        return FilterKind.DAYS
    return FilterKind.AMONG if key == "queue" or field.is_filter else FilterKind.NONE
