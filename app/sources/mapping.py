"""Which column feeds which field. The inventory decides; a column that it does not declare is not collected.

A header leads to the field whose name, Indonesian or English label it is, whatever its capitals; a mapping file
(`[columns]`, `"Nama di berkas" = "full_name"`) goes before that. `[joined]` makes one field of several columns,
`full_name = ["FirstName", "LastName"]`; `[optional]` is like `[columns]` for columns that some files lack and fields
that some inventories lack, where the first of several columns for one field counts. Ready mappings for the exports of
others lie in `resources/mappings/` and are chosen by name. Invariant: one column feeds one field.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.errors import InputRefusedError
from app.domain.inventory import Inventory
from app.domain.toml_places import TomlError, TomlPlaces, parse_toml
from app.resource_files import resource_path, resource_text

MAPPING_LIMIT = 262_144
_TABLES = ("columns", "joined", "optional")
_READY_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")


class MappingError(InputRefusedError):
    """The mapping file, or what it makes of the header, is refused.

    Attributes:
        line: the line of the mapping file, or 0 when the header itself is at fault.
    """

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(f"Mapping, line {line}: {reason}" if line else reason, code="mapping")
        self.reason = reason
        self.line = line


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """What becomes of each column.

    Attributes:
        collected: field name to column index, from 0; the first column where several are joined.
        joined: field name to the further columns whose texts follow, each after a space.
        not_collected: headers of the columns that nobody reads.
        missing_required: required fields that no column feeds.
    """

    collected: Mapping[str, int]
    not_collected: tuple[str, ...]
    missing_required: tuple[str, ...]
    joined: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def text_of(self, name: str, cells: tuple[str, ...]) -> str:
        """The text of a collected field in a row."""
        first = cells[self.collected[name]]
        further = self.joined.get(name)
        return " ".join(t for t in (first, *(cells[i] for i in further)) if t) if further else first

    def column_of(self, name: str, header: tuple[str, ...]) -> str:
        """The name of a collected field's column, or of all that are joined."""
        return " + ".join(header[i] for i in (self.collected[name], *self.joined.get(name, ())))


def ready_mappings() -> tuple[str, ...]:
    """Names of the mappings that come with Tirai."""
    try:
        return tuple(sorted(path.stem for path in resource_path("mappings").glob("*.toml")))
    except FileNotFoundError:
        return ()


def ready_mapping(name: str) -> str | None:
    """The TOML text of a mapping that comes with Tirai, or None when there is none of that name."""
    if not _READY_NAME.fullmatch(name) or name not in ready_mappings():
        return None
    return resource_text("mappings", f"{name}.toml")


def plan_columns(header: tuple[str, ...], inventory: Inventory, mapping_toml: str | None = None) -> ColumnPlan:
    """Judge a header against the inventory.

    Raises:
        MappingError: the mapping names a column or field that does not exist, or two columns feed one field.
    """
    mapped = _Mapped(header, inventory, mapping_toml) if mapping_toml is not None else None
    collected = mapped.collected if mapped else {}
    joined = mapped.joined if mapped else {}
    words = _words(inventory)
    taken = {*collected.values(), *(index for further in joined.values() for index in further)}
    for index, name in enumerate(header):
        declared = words.get(name.casefold())
        if declared is None or index in taken or (declared in collected and mapped and declared in mapped.settled):
            continue
        if declared in collected:
            raise MappingError(f"Columns {collected[declared] + 1} and {index + 1} both feed the field {declared!r}")
        collected[declared] = index
    used = {*collected.values(), *taken}
    return ColumnPlan(
        collected=collected,
        not_collected=tuple(name for index, name in enumerate(header) if index not in used),
        missing_required=tuple(f.name for f in inventory.fields if f.required and f.name not in collected),
        joined=joined,
    )


def _words(inventory: Inventory) -> dict[str, str]:
    """Each name and label, in small letters, to its field's name."""
    return {
        word.casefold(): declared.name
        for declared in inventory.fields
        for word in (declared.name, declared.label_id, declared.label_en)
    }


class _Mapped:
    """What a mapping file says of a header, judged.

    Attributes:
        settled: fields of `[optional]` and `[joined]`; a further column that bears such a field's name feeds nobody.
    """

    def __init__(self, header: tuple[str, ...], inventory: Inventory, text: str) -> None:
        """Judge the text.

        Raises:
            MappingError: at the first thing that is wrong.
        """
        self.collected: dict[str, int] = {}
        self.joined: dict[str, tuple[int, ...]] = {}
        self.settled: set[str] = set()
        self._used: set[int] = set()
        self._inventory = inventory
        self._positions = {name.casefold(): index for index, name in enumerate(header)}
        self._places = TomlPlaces(text)
        tables = self._tables(text)
        for column, name in tables.get("columns", {}).items():
            self._column(column, name)
        for name, columns in tables.get("joined", {}).items():
            self._join(name, columns)
        for column, name in tables.get("optional", {}).items():
            self._optional(column, name)

    def _tables(self, text: str) -> dict[str, dict[str, object]]:
        if len(text) > MAPPING_LIMIT:
            raise MappingError(f"longer than {MAPPING_LIMIT} characters", 1)
        try:
            tables = parse_toml(text)
        except TomlError as error:
            raise MappingError(error.reason, error.line) from error
        for name, table in tables.items():
            if name not in _TABLES:
                raise MappingError(
                    f"unknown table {name!r}; read are [columns], [joined] and [optional]", self._places.line(name)
                )
            if not isinstance(table, dict) or not table:
                raise MappingError(f"the table [{name}] is missing or empty", self._places.line(name))
        if not tables:
            raise MappingError("the table [columns] is missing or empty", self._places.line("columns"))
        return tables

    def _column(self, column: str, name: object) -> None:
        line = self._places.line("columns", column)
        index = self._index(column, line)
        if not isinstance(name, str) or not self._inventory.has(name):
            raise MappingError(f"the column {column!r} leads to a field that the inventory does not declare", line)
        if name in self.collected or index in self._used:
            raise MappingError(f"the field {name!r} or the column {column!r} is mapped twice", line)
        self._take(name, index)

    def _join(self, name: str, columns: object) -> None:
        line = self._places.line("joined", name)
        if not self._inventory.has(name):
            raise MappingError(f"{name!r} is a field that the inventory does not declare", line)
        if not isinstance(columns, list) or len(columns) < 2 or not all(isinstance(c, str) for c in columns):
            raise MappingError(f"the field {name!r} needs a list of two or more columns", line)
        indexes = [self._index(column, line) for column in columns]
        if name in self.collected or len(set(indexes)) < len(indexes) or self._used.intersection(indexes):
            raise MappingError(f"the field {name!r} or one of its columns is mapped twice", line)
        self._take(name, *indexes)
        self.settled.add(name)

    def _optional(self, column: str, name: object) -> None:
        line = self._places.line("optional", column)
        if not isinstance(name, str):
            raise MappingError(f"the column {column!r} needs the name of a field", line)
        index = self._positions.get(_folded(column))
        if index is None or index in self._used or name in self.collected or not self._inventory.has(name):
            return
        self._take(name, index)
        self.settled.add(name)

    def _index(self, column: str, line: int) -> int:
        index = self._positions.get(_folded(column))
        if index is None:
            raise MappingError(f"the file has no column {column!r}", line)
        return index

    def _take(self, name: str, index: int, *further: int) -> None:
        self.collected[name] = index
        if further:
            self.joined[name] = further
        self._used.update((index, *further))


def _folded(column: str) -> str:
    return " ".join(column.split()).casefold()
