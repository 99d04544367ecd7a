"""Which column feeds which field. The inventory decides; a column that it does not declare is not collected.

A header leads to the field whose name, Indonesian or English label it is, whatever its capitals; a mapping file
(`[columns]`, `"Nama di berkas" = "full_name"`) goes before that. Invariant: one column feeds one field, and one field
is fed by one column.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.errors import InputRefusedError
from app.domain.inventory import Inventory
from app.domain.toml_places import TomlError, TomlPlaces, parse_toml

MAPPING_LIMIT = 262_144


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
        collected: field name to column index, from 0.
        not_collected: headers of the columns that nobody reads.
        missing_required: required fields that no column feeds.
    """

    collected: Mapping[str, int]
    not_collected: tuple[str, ...]
    missing_required: tuple[str, ...]


def plan_columns(header: tuple[str, ...], inventory: Inventory, mapping_toml: str | None = None) -> ColumnPlan:
    """Judge a header against the inventory.

    Raises:
        MappingError: the mapping names a column or field that does not exist, or two columns feed one field.
    """
    collected = _mapped(header, inventory, mapping_toml) if mapping_toml is not None else {}
    words = _words(inventory)
    taken = set(collected.values())
    for index, name in enumerate(header):
        field = words.get(name.casefold())
        if field is None or index in taken:
            continue
        if field in collected:
            raise MappingError(f"Columns {collected[field] + 1} and {index + 1} both feed the field {field!r}")
        collected[field] = index
    used = set(collected.values())
    return ColumnPlan(
        collected=collected,
        not_collected=tuple(name for index, name in enumerate(header) if index not in used),
        missing_required=tuple(f.name for f in inventory.fields if f.required and f.name not in collected),
    )


def _words(inventory: Inventory) -> dict[str, str]:
    """Each name and label, in small letters, to its field's name."""
    return {
        word.casefold(): field.name
        for field in inventory.fields
        for word in (field.name, field.label_id, field.label_en)
    }


def _mapped(header: tuple[str, ...], inventory: Inventory, text: str) -> dict[str, int]:
    """What the mapping file says, judged."""
    if len(text) > MAPPING_LIMIT:
        raise MappingError(f"longer than {MAPPING_LIMIT} characters", 1)
    try:
        tables = parse_toml(text)
    except TomlError as error:
        raise MappingError(error.reason, error.line) from error
    places = TomlPlaces(text)
    for table in tables:
        if table != "columns":
            raise MappingError(f"unknown table {table!r}; only [columns] is read", places.line(table))
    columns = tables.get("columns")
    if not isinstance(columns, dict) or not columns:
        raise MappingError("the table [columns] is missing or empty", places.line("columns"))
    positions = {name.casefold(): index for index, name in enumerate(header)}
    collected: dict[str, int] = {}
    for column, field in columns.items():
        line = places.line("columns", column)
        index = positions.get(" ".join(column.split()).casefold())
        if index is None:
            raise MappingError(f"the file has no column {column!r}", line)
        if not isinstance(field, str) or not inventory.has(field):
            raise MappingError(f"the column {column!r} leads to a field that the inventory does not declare", line)
        if field in collected or index in collected.values():
            raise MappingError(f"the field {field!r} or the column {column!r} is mapped twice", line)
        collected[field] = index
    return collected
