"""Who must not come back: keyed hashes of an erased customer's number and of the values that are looked up whole.

    tag = HMAC(index key, LP("suppressed", lookup tag))

It is made of tags that stand beside the sealed values, so an erasure opens nothing. Whoever holds the master and the
database can test guesses against it, as against any lookup tag (docs/threat-model.md). Imports and sources leave such
rows out and count them; nobody types such a customer in anew.
"""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import Connection, func, select

from app.backoffice import schema
from app.backoffice.erasure_tables import suppressed as TABLE  # noqa: N812  (a table)
from app.backoffice.office import OpenOffice
from app.crypto.derive import mac
from app.crypto.labels import lp
from app.crypto.values import lookup_tag
from app.domain.erasure.suppression import NUMBER, is_same_person
from app.domain.field import Search
from app.domain.inventory import Inventory
from app.sources.records import verify_form

_AT_ONCE: Final = 500
_values = schema.sealed_values.c


def suppress(office: OpenOffice, db: Connection, record: bytes, number: str, order: bytes) -> int:
    """Keep a customer who is about to be erased from coming back; call it while the values are there.

    Returns:
        How many hashes stand now.
    """
    kinds = {field.name: field.kind.value for field in office.inventory.sealed_fields}
    newest: dict[str, bytes] = {}
    query = (
        select(_values.field, _values.lookup_tag)
        .join(schema.imports, schema.imports.c.id == _values.import_id)
        .where(schema.imports.c.committed, _values.record == record)
    )
    for name, tag in db.execute(query.order_by(_values.version)):  # the last is the newest
        newest[name] = tag
    tags = {suppression_tag(office, tag): kinds[name] for name, tag in newest.items() if tag and name in kinds}
    tags[suppression_tag(office, _number_tag(office, number))] = NUMBER
    person = secrets.token_bytes(16)
    rows = [{"tag": tag, "person": person, "kind": kind, "order_id": order} for tag, kind in tags.items()]
    db.execute(TABLE.insert(), rows)
    return len(rows)


def suppression_tag(office: OpenOffice, tag: bytes) -> bytes:
    """The hash that stays of a lookup tag."""
    return mac(office.keys.index_key, lp("suppressed", tag))


def must_stay_out(
    office: OpenOffice, db: Connection, inventory: Inventory, rows: Mapping[str, Mapping[str, str]]
) -> set[str]:
    """Which of these would bring somebody back who was erased.

    Args:
        office: the open office.
        db: a connection.
        inventory: by which the rows are read.
        rows: values by field, by customer number.
    """
    if not rows or db.execute(select(TABLE.c.person).limit(1)).first() is None:
        return set()
    whose: dict[bytes, list[str]] = defaultdict(list)
    for number, values in rows.items():
        for tag in _tags(office, inventory, number, values):
            whose[tag].append(number)
    matched: dict[tuple[str, bytes], set[str]] = defaultdict(set)
    tags = list(whose)
    for at in range(0, len(tags), _AT_ONCE):
        for row in db.execute(select(TABLE).where(TABLE.c.tag.in_(tags[at : at + _AT_ONCE]))):
            for number in whose[row.tag]:
                matched[number, row.person].add(row.kind)
    return {number for (number, _person), kinds in matched.items() if is_same_person(kinds)}


def how_many(db: Connection) -> int:
    """How many hashes there are: an import that began before another erasure is made anew."""
    return int(db.execute(select(func.count()).select_from(TABLE)).scalar_one())


def _tags(office: OpenOffice, inventory: Inventory, number: str, values: Mapping[str, str]) -> Iterable[bytes]:
    yield suppression_tag(office, _number_tag(office, number))
    for field in inventory.sealed_fields:
        if field.search is Search.EXACT and field.name in values:
            form = verify_form(field.kind, values[field.name])
            yield suppression_tag(office, lookup_tag(office.keys.index_key, field.kind.value, form))


def tag_of(office: OpenOffice, kind: str, form: str) -> bytes:
    """The lookup tag of a customer number or of a value's verify form."""
    return lookup_tag(office.keys.index_key, kind, form.casefold() if kind == NUMBER else form)


def _number_tag(office: OpenOffice, number: str) -> bytes:
    return tag_of(office, NUMBER, number)
