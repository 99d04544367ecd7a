"""How the inventory's text becomes an inventory: all of it or nothing.

A wrong file is refused with the line and the reason; the first fault ends the reading.
"""

import hashlib
import re
import unicodedata
from dataclasses import fields
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from app.domain.data_class import FIELD_CLASSES, DataClass
from app.domain.field import (
    Field,
    LegalBasis,
    MaskChoice,
    PdpCategory,
    Purpose,
    Retention,
    RetentionStart,
    Search,
)
from app.domain.inventory import FIRST_NOTICE, Inventory, InventoryError, RecordRoles
from app.domain.kinds import Kind
from app.domain.privacy.declared import ConsentFrom, Controller, Recipient
from app.domain.retention.rules import MONTHS_LIMIT, DeclaredRule, read_minimums, read_rules
from app.domain.toml_places import TomlError, TomlPlaces, parse_toml

TEXT_LIMIT = 262_144
FIELDS_LIMIT = 200
LABEL_LIMIT = 60
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_NOTICE = re.compile(r"[A-Za-z0-9._-]{1,32}")
_FIELD_KEYS = frozenset(
    {
        "name",
        "label_id",
        "label_en",
        "kind",
        "class",
        "category",
        "mask",
        "search",
        "verify",
        "purposes",
        "basis",
        "retention",
        "required",
        "filter",
    }
)
_OPTIONAL_KEYS = frozenset({"verify", "required", "filter"})
_PURPOSE_KEYS = frozenset({"id", "en", "basis", "recipients", "consent"})
_SAID_LIMIT = 200
_COUNTRY = re.compile(r"[A-Z]{2}")
_UNCOMPARABLE = frozenset({Kind.LONG_TEXT})
"""Kinds in which a whole value is never typed again, so they have neither lookup nor verify."""

_FEW_VALUES = frozenset({Kind.CHOICE, Kind.CITY, Kind.TEXT, Kind.QUEUE})
"""Kinds of which many customers may have the same value, so that a table can offer them as a filter."""

Word = TypeVar("Word", bound=StrEnum)


def load_inventory(text: str) -> Inventory:
    """The inventory that a TOML text declares.

    Raises:
        InventoryError: with line and reason.
    """
    if len(text) > TEXT_LIMIT:
        raise InventoryError(1, f"longer than {TEXT_LIMIT} characters")
    try:
        tables = parse_toml(text)
    except TomlError as error:
        raise InventoryError(error.line, error.reason) from error
    return _Reader(text, tables).inventory()


class _Reader:
    """Judges a parsed inventory and builds it; knows where each word stands in the text."""

    def __init__(self, text: str, tables: dict[str, Any]) -> None:
        self._text = text
        self._tables = tables
        self._places = TomlPlaces(text)

    def inventory(self) -> Inventory:
        """The whole inventory.

        Raises:
            InventoryError: at the first thing that is wrong.
        """
        known = {"title", "notice", "record", "purposes", "field", "recipients", "controller", "minimum"}
        known |= {"guardian_field", "retention"}
        self.only_keys("", self._tables, frozenset(known))
        title = self.label("", "title", self._tables.get("title"))
        recipients = self._recipients()
        purposes = self._purposes(frozenset(r.name for r in recipients))
        declared = self._fields(frozenset(p.name for p in purposes))
        return Inventory(
            title=title,
            fields=declared,
            purposes=purposes,
            record=self._record(declared),
            digest=hashlib.sha256(self._text.encode()).digest(),
            text=self._text,
            notice=self._notice(),
            recipients=recipients,
            controller=self._controller(),
            retention_rules=self._retention_rules(declared, purposes),
            guardian_field=self._guardian(declared),
        )

    def _guardian(self, declared: tuple[Field, ...]) -> str:
        name = self._tables.get("guardian_field", "")
        if name and name not in {field.name for field in declared if field.is_sealed}:
            self.refuse("guardian_field must name a sealed field", "", "guardian_field")
        return str(name)

    def _notice(self) -> str:
        notice = self._tables.get("notice", FIRST_NOTICE)
        if not isinstance(notice, str) or not _NOTICE.fullmatch(notice):
            self.refuse("notice must be a code of letters, digits, points, - and _, 32 at most", "", "notice")
        return notice

    def refuse(self, reason: str, table: str, key: str = "", index: int = 0) -> NoReturn:
        """Refuse the file at the line of a key of the index-th table of that name."""
        raise InventoryError(self._places.line(table, key, index), reason)

    def only_keys(self, table: str, found: dict[str, Any], known: frozenset[str], index: int = 0) -> None:
        """Refuse keys that nobody reads: a typing error must not pass for a setting."""
        for key, value in found.items():
            if key in known:
                continue
            if not table and isinstance(value, dict | list):
                self.refuse(f"unknown table {key!r}", key)
            self.refuse(f"unknown key {key!r}", table, key, index)

    def _table(self, table: str) -> dict[str, Any]:
        found = self._tables.get(table)
        if not isinstance(found, dict):
            self.refuse(f"the table [{table}] is missing", table)
        return found

    def label(self, table: str, key: str, value: object, index: int = 0) -> str:
        """A text for people: one line, trimmed, printable."""
        if value is None:
            self.refuse(f"{key} is missing", table, "", index)
        if not isinstance(value, str) or not value.strip():
            self.refuse(f"{key} must be a text", table, key, index)
        if len(value) > LABEL_LIMIT or not value.isprintable():
            self.refuse(f"{key} must be one printable line of at most {LABEL_LIMIT} characters", table, key, index)
        return unicodedata.normalize("NFC", value.strip())

    def _controller(self) -> Controller:
        found = self._tables.get("controller", {})
        if not isinstance(found, dict):
            self.refuse("controller must be a table", "controller")
        self.only_keys("controller", found, frozenset(one.name for one in fields(Controller)))
        for key, said in found.items():
            if not isinstance(said, str) or not said.strip() or len(said) > _SAID_LIMIT or not said.isprintable():
                self.refuse(f"{key} must be one printable line of at most {_SAID_LIMIT} characters", "controller", key)
        return Controller(**found)

    def _retention_rules(self, declared: tuple[Field, ...], purposes: tuple[Purpose, ...]) -> tuple[DeclaredRule, ...]:
        names = frozenset(one.name for one in purposes)
        older = read_minimums(self, self._tables.get("minimum", {}), declared, names)
        return (*older, *read_rules(self, self._tables.get("retention", []), names))

    def _recipients(self) -> tuple[Recipient, ...]:
        found = self._tables.get("recipients", {})
        if not isinstance(found, dict):
            self.refuse("recipients must be a table", "recipients")
        return tuple(self._recipient(name, said) for name, said in found.items())

    def _recipient(self, name: str, said: object) -> Recipient:
        labels = self._labels("recipients", "recipient", name, said, frozenset({"id", "en", "country"}))
        country = labels.get("country", "")
        if not isinstance(country, str) or (country and not _COUNTRY.fullmatch(country)):
            self.refuse(f"the country of {name!r} must be two capital letters (ISO 3166-1)", "recipients", name)
        return Recipient(
            name, self.label("recipients", name, labels["id"]), self.label("recipients", name, labels["en"]), country
        )

    def _labels(self, table: str, what: str, name: str, said: object, known: frozenset[str]) -> dict[str, Any]:
        if not _NAME.fullmatch(name):
            self.refuse(f"the {what} {name!r} must be named in snake_case", table, name)
        if not isinstance(said, dict) or not {"id", "en"} <= set(said) <= known:
            others = " and perhaps " + ", ".join(sorted(known - {"id", "en"}))
            self.refuse(f"the {what} {name!r} needs the labels id and en{others}, nothing else", table, name)
        return said

    def _purposes(self, recipients: frozenset[str]) -> tuple[Purpose, ...]:
        found = self._table("purposes")
        if not found:
            self.refuse("no purpose is declared", "purposes")
        return tuple(self._purpose(name, said, recipients) for name, said in found.items())

    def _purpose(self, name: str, said: object, recipients: frozenset[str]) -> Purpose:
        labels = self._labels("purposes", "purpose", name, said, _PURPOSE_KEYS)
        return Purpose(
            name=name,
            label_id=self.label("purposes", name, labels["id"]),
            label_en=self.label("purposes", name, labels["en"]),
            basis=self._purpose_word(name, "basis", labels.get("basis"), LegalBasis),
            recipients=self._purpose_recipients(name, labels.get("recipients"), recipients),
            consent=self._purpose_word(name, "consent", labels.get("consent"), ConsentFrom) or ConsentFrom.SOURCES,
        )

    def _purpose_word(self, name: str, key: str, value: object, words: type[Word]) -> Word | None:
        if value is None:
            return None
        if not isinstance(value, str) or value not in set(words):
            known = ", ".join(words)
            self.refuse(f"unknown {key} {_quoted(value)} of the purpose {name!r}; one of: {known}", "purposes", name)
        return words(value)

    def _purpose_recipients(self, name: str, value: object, known: frozenset[str]) -> tuple[str, ...] | None:
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(r, str) and r in known for r in value):
            self.refuse(f"recipients of the purpose {name!r} must list declared recipients", "purposes", name)
        return tuple(dict.fromkeys(value))

    def _fields(self, purposes: frozenset[str]) -> tuple[Field, ...]:
        found = self._tables.get("field")
        if not isinstance(found, list) or not found or not all(isinstance(item, dict) for item in found):
            self.refuse("no [[field]] is declared", "field")
        if len(found) > FIELDS_LIMIT:
            self.refuse(f"more than {FIELDS_LIMIT} fields", "field", "", FIELDS_LIMIT)
        declared: list[Field] = []
        words: dict[str, int] = {}
        for index, item in enumerate(found):
            field = _FieldReader(self, item, index, purposes).field()
            self._claim_words(field, index, words)
            declared.append(field)
        return tuple(declared)

    def _claim_words(self, field: Field, index: int, words: dict[str, int]) -> None:
        """Refuse a name or label that already leads to another field: a column header must find one field."""
        for key, word in (("name", field.name), ("label_id", field.label_id), ("label_en", field.label_en)):
            if words.setdefault(word.casefold(), index) != index:
                self.refuse(f"{key} of the field {field.name!r} already names another field", "field", key, index)

    def _record(self, declared: tuple[Field, ...]) -> RecordRoles:
        found = self._table("record")
        roles = [role.name for role in fields(RecordRoles)]
        self.only_keys("record", found, frozenset(roles))
        by_name = {field.name: field for field in declared}
        for role in roles:
            if role in found:
                self._role(role, found[role], by_name)
            elif role in {"number", "name"}:
                self.refuse(f"the role {role!r} is missing", "record")
        if not by_name[found["number"]].required:
            self.refuse("the field of the role 'number' must be required", "record", "number")
        return RecordRoles(**found)

    def _role(self, role: str, name: object, by_name: dict[str, Field]) -> None:
        field = by_name.get(name) if isinstance(name, str) else None
        if field is None:
            self.refuse(f"the role {role!r} names a field that is not declared", "record", role)
        if field.is_sealed:
            self.refuse(f"the role {role!r} names {field.name!r}, which is sealed", "record", role)


class _FieldReader:
    """Judges one [[field]] table."""

    def __init__(self, reader: _Reader, item: dict[str, Any], index: int, purposes: frozenset[str]) -> None:
        self._reader = reader
        self._item = item
        self._index = index
        self._declared_purposes = purposes

    def field(self) -> Field:
        """The field.

        Raises:
            InventoryError: at the first thing that is wrong.
        """
        self._reader.only_keys("field", self._item, _FIELD_KEYS, self._index)
        name = self._name()
        for key in sorted(_FIELD_KEYS - _OPTIONAL_KEYS - self._item.keys()):
            self._refuse(f"{key} of the field {name!r} is missing")
        field = Field(
            name=name,
            label_id=self._reader.label("field", "label_id", self._item["label_id"], self._index),
            label_en=self._reader.label("field", "label_en", self._item["label_en"], self._index),
            kind=self._word("kind", Kind),
            data_class=self._class(),
            pdp_category=self._word("category", PdpCategory),
            mask=self._word("mask", MaskChoice),
            search=self._word("search", Search),
            verify=self._switch("verify"),
            purposes=self._purposes(),
            legal_basis=self._word("basis", LegalBasis),
            retention=self._retention(),
            required=self._switch("required"),
            is_filter=self._switch("filter"),
        )
        self._judge(field)
        return field

    def _refuse(self, reason: str, key: str = "") -> NoReturn:
        self._reader.refuse(reason, "field", key, self._index)

    def _name(self) -> str:
        name = self._item.get("name")
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            self._refuse("a field needs a name in snake_case of at most 40 characters", "name")
        return name

    def _word(self, key: str, words: type[Word]) -> Word:
        value = self._item[key]
        if not isinstance(value, str) or value not in set(words):
            self._refuse(f"unknown {key} {_quoted(value)}; one of: {', '.join(words)}", key)
        return words(value)

    def _class(self) -> DataClass:
        value = self._word("class", DataClass)
        if value not in FIELD_CLASSES:
            self._refuse("the class 'note' belongs to notes and is not declared", "class")
        return value

    def _switch(self, key: str) -> bool:
        value = self._item.get(key, False)
        if not isinstance(value, bool):
            self._refuse(f"{key} must be true or false", key)
        return value

    def _purposes(self) -> tuple[str, ...]:
        value = self._item["purposes"]
        if not isinstance(value, list) or not value or not all(isinstance(p, str) for p in value):
            self._refuse("purposes must list at least one declared purpose", "purposes")
        if unknown := [p for p in value if p not in self._declared_purposes]:
            self._refuse(f"the purpose {_quoted(unknown[0])} is not declared", "purposes")
        if len(set(value)) != len(value):
            self._refuse("a purpose is listed twice", "purposes")
        return tuple(value)

    def _retention(self) -> Retention:
        value = self._item["retention"]
        if not isinstance(value, dict) or set(value) != {"months", "from"}:
            self._refuse("retention must be { months = N, from = EVENT }", "retention")
        months, start = value["months"], value["from"]
        if not isinstance(months, int) or isinstance(months, bool) or not 1 <= months <= MONTHS_LIMIT:
            self._refuse(f"retention needs months from 1 to {MONTHS_LIMIT}", "retention")
        events = [one for one in RetentionStart if one is not RetentionStart.CONSENT_WITHDRAWN]
        if start not in events:
            self._refuse(f"unknown retention event; one of: {', '.join(events)}", "retention")
        return Retention(months, RetentionStart(start))

    def _judge(self, field: Field) -> None:
        """Refuse words that contradict each other."""
        if field.is_sealed and field.search is Search.TEXT:
            self._refuse(f"{field.name!r} is sealed, so it cannot be searched by text", "search")
        if field.is_sealed == (field.mask is MaskChoice.NONE):
            self._refuse("a sealed field has the mask 'kind' or 'hidden', an open field 'none'", "mask")
        if field.pdp_category is PdpCategory.SPECIFIC and not field.is_sealed:
            self._refuse(f"{field.name!r} is specific data (UU PDP article 4), so it cannot be open", "class")
        if field.data_class is DataClass.SPECIAL:
            self._judge_special(field)
        if field.kind in _UNCOMPARABLE and (field.search is Search.EXACT or field.verify):
            self._refuse(f"a field of the kind {field.kind.value!r} has no whole value to search or verify", "search")
        if field.is_filter and (field.is_sealed or field.kind not in _FEW_VALUES):
            self._refuse(f"{field.name!r} cannot be a filter: only open fields with few values can", "filter")
        if field.verify and not field.is_sealed:
            self._refuse(f"{field.name!r} is open, so a caller's answer proves nothing", "verify")

    def _judge_special(self, field: Field) -> None:
        if field.pdp_category is not PdpCategory.SPECIFIC:
            self._refuse("the class 'special' is for specific data (UU PDP article 4)", "category")
        if field.mask is not MaskChoice.HIDDEN:
            self._refuse("a field of the class 'special' shows nothing: mask = 'hidden'", "mask")
        if field.search is not Search.NONE or field.verify:
            self._refuse("a field of the class 'special' is neither searched nor verified", "search")


def _quoted(value: object) -> str:
    """A word of the file for a message: short, printable."""
    return repr(value)[:40] if isinstance(value, str) else f"of type {type(value).__name__}"
