"""The file that declares one database as a source of customers, in TOML, judged before anything is connected.

`[source]` says where, what and how; `[tls]` how the way there is proved; `[schedule]` when a gateway reads it by
itself; `[columns]`, `[joined]` and `[optional]` are a mapping (`mapping.py`), or `mapping` names a ready one.
Invariants: an unknown word is refused with its line; no password stands in it; the way to another machine is TLS, or
says itself that it is not.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Any

from app.domain.office_hours import OfficeHoursError, zone_named
from app.domain.schedule import Schedule, ScheduleError, read_schedule
from app.domain.toml_places import TomlError, TomlPlaces, parse_toml
from app.sources.mapping import MAPPING_LIMIT, ready_mapping
from app.sources.source import SourceError, open_regular
from app.sources.sql_address import Maker, SqlAddress, address_of
from app.sources.sql_password import CREDENTIAL, PasswordPlace

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_OURS = ("source", "tls", "schedule")
_MAPPING = ("columns", "joined", "optional")
_SOURCE = frozenset(
    (
        *("name", "url", "password_file", "view", "query", "key", "change", "overlap_s"),
        *("time_zone", "queue", "mapping", "page_rows", "statement_timeout_s", "connect_timeout_s"),
    )
)
_TLS = frozenset({"ca", "allow_insecure"})
_QUERY_LIMIT = 65_536


class DeclarationError(SourceError):
    """The file is refused.

    Attributes:
        line: of the file, from 1.
    """

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason, f"Source, line {line}", code="sql_declaration")
        self.line = line


@dataclass(frozen=True, slots=True)
class SqlDeclaration:
    """A source, as declared.

    Attributes:
        name: by which marks, jobs and the log know it.
        address: where.
        password: where the account's password is.
        view: name of a table or view, perhaps behind a schema's, or empty.
        query: a SELECT, or empty.
        key: column that names a row: unique, never empty, and no value of a customer.
        change: column that grows whenever a row changes, or empty.
        overlap_s: how far behind the highest time of change the next reading begins, seconds.
        zone: in which times with a zone are told, and times of change without one are; or None.
        queue: of every row, or None.
        mapping: TOML text of the mapping, its lines those of the file; or None.
        page_rows: rows of one page.
        statement_timeout_s, connect_timeout_s: seconds.
        ca: file with the certificates that may sign the server's, or None for the machine's own.
        allow_insecure: whether another machine may be reached by a way that is not proved.
        schedule: when a gateway reads it, or None.
    """

    name: str
    address: SqlAddress
    password: PasswordPlace
    view: str
    query: str
    key: str
    change: str
    overlap_s: int
    zone: tzinfo | None
    queue: str | None
    mapping: str | None
    page_rows: int
    statement_timeout_s: int
    connect_timeout_s: int
    ca: Path | None
    allow_insecure: bool
    schedule: Schedule | None

    @property
    def needs_tls(self) -> bool:
        """Whether the way to the server is proved by its certificate."""
        return self.ca is not None or not (self.address.is_local or self.allow_insecure)

    @property
    def digest(self) -> str:
        """Of what is read: a mark counts for the same database, rows, key and column of change alone."""
        where = (self.address.shown, self.view, self.query, self.key, self.change)
        return hashlib.sha256(json.dumps(where).encode()).hexdigest()[:32]


def read_declaration(path: Path) -> SqlDeclaration:
    """Read the file; paths in it count from its folder.

    Raises:
        DeclarationError: with line and reason.
        SourceError: it cannot be read.
    """
    with open_regular(path) as stream:
        raw = stream.read(MAPPING_LIMIT + 1)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise SourceError("The source's file is no UTF-8 text") from None
    return declaration_of(text, path.parent)


def declaration_of(text: str, folder: Path) -> SqlDeclaration:
    """Judge a declaration.

    Args:
        text: TOML.
        folder: where paths in it begin.

    Raises:
        DeclarationError: with line and reason.
    """
    return _Judge(text, folder).judged()


class _Judge:
    def __init__(self, text: str, folder: Path) -> None:
        self._text, self._folder, self._places = text, folder, TomlPlaces(text)
        if len(text) > MAPPING_LIMIT:
            raise DeclarationError(f"longer than {MAPPING_LIMIT} characters", 1)
        try:
            self._tables = parse_toml(text)
        except TomlError as error:
            raise DeclarationError(error.reason, error.line) from error
        for name, table in self._tables.items():
            if name not in (*_OURS, *_MAPPING) or not isinstance(table, dict):
                raise DeclarationError(f"unknown table {name!r}", self._places.line(name))
        self._source = self._table("source", _SOURCE)
        self._tls = self._table("tls", _TLS)

    def judged(self) -> SqlDeclaration:
        name = self._word("name")
        if not _NAME.fullmatch(name):
            raise self._wrong("name", "name must be small letters, digits, - and _, up to 40 of them")
        view, query = self._word("view", ""), self._query()
        if bool(view) == bool(query):
            raise self._wrong("view", "say either view or query")
        address = self._address()
        change, zone = self._word("change", ""), self._zone()
        if self._source.get("overlap_s") is not None and not change:
            raise self._wrong("overlap_s", "overlap_s belongs to change")
        declared = SqlDeclaration(
            name=name,
            address=address,
            password=self._password(),
            view=view,
            query=query,
            key=self._word("key"),
            change=change,
            overlap_s=self._number("overlap_s", 600, 0, 7 * 86_400),
            zone=zone,
            queue=self._word("queue", "") or None,
            mapping=self._mapping(),
            page_rows=self._number("page_rows", 500, 1, 10_000),
            statement_timeout_s=self._number("statement_timeout_s", 60, 1, 600),
            connect_timeout_s=self._number("connect_timeout_s", 10, 1, 300),
            ca=self._ca(),
            allow_insecure=self._insecure(),
            schedule=self._schedule(),
        )
        if address.maker is Maker.SQL_SERVER and declared.needs_tls:
            raise self._wrong("url", "SQL Server's driver proves no certificate; say allow_insecure in [tls]")
        return declared

    # parts

    def _address(self) -> SqlAddress:
        try:
            return address_of(self._word("url"))
        except DeclarationError:
            raise
        except SourceError as error:
            raise self._wrong("url", error.reason) from None

    def _query(self) -> str:
        """The query, without a last semicolon; the drivers refuse a second statement, and so does this."""
        query = self._word("query", "", longest=_QUERY_LIMIT).strip().removesuffix(";").strip()
        if ";" in query or "\0" in query:
            raise self._wrong("query", "query must be one SELECT without a semicolon")
        return query

    def _password(self) -> PasswordPlace:
        word = self._word("password_file", "")
        if word.startswith(CREDENTIAL):
            return PasswordPlace(credential=word.removeprefix(CREDENTIAL))
        return PasswordPlace(self._folder / word if word else None)

    def _zone(self) -> tzinfo | None:
        if "time_zone" not in self._source:
            return None
        try:
            return zone_named(self._source["time_zone"])[1]
        except OfficeHoursError as error:
            raise self._wrong("time_zone", error.reason) from error

    def _ca(self) -> Path | None:
        ca = self._tls.get("ca")
        if ca is None:
            return None
        if not isinstance(ca, str) or not (self._folder / ca).is_file():
            raise DeclarationError("ca must name a file of certificates (PEM)", self._places.line("tls", "ca"))
        return self._folder / ca

    def _insecure(self) -> bool:
        allowed = self._tls.get("allow_insecure", False)
        if not isinstance(allowed, bool) or (allowed and "ca" in self._tls):
            line = self._places.line("tls", "allow_insecure")
            raise DeclarationError("allow_insecure is true or false, and goes with no ca", line)
        return allowed

    def _schedule(self) -> Schedule | None:
        if "schedule" not in self._tables:
            return None
        try:
            return read_schedule(self._tables["schedule"])
        except ScheduleError as error:
            raise DeclarationError(error.reason, self._places.line("schedule", error.key)) from error

    def _mapping(self) -> str | None:
        """The tables of the mapping, each on its own line still, so that its refusals name lines of the file."""
        tables = {name: table for name, table in self._tables.items() if name in _MAPPING}
        if ready := self._word("mapping", ""):
            if tables:
                raise self._wrong("mapping", "say either mapping or tables of columns")
            text = ready_mapping(ready)
            if text is None:
                raise self._wrong("mapping", "there is no ready mapping of this name")
            return text
        if not tables:
            return None
        text = "\n".join(self._lines_of(_MAPPING))
        if parse_toml(text) != tables:
            raise DeclarationError("write each table of the mapping under its own [name]", 1)
        return text

    def _lines_of(self, names: tuple[str, ...]) -> list[str]:
        starts = {line: name for name in self._tables if (line := self._places.table_line(name))}
        table, lines = "", list[str]()
        for number, text in enumerate(self._text.split("\n"), start=1):
            table = starts.get(number, table)
            lines.append(text if table in names else "")
        return lines

    # words

    def _table(self, name: str, known: frozenset[str]) -> Mapping[str, Any]:
        table: Mapping[str, Any] = self._tables.get(name, {})
        for key in table:
            if key not in known:
                raise DeclarationError(f"unknown key {key!r}", self._places.line(name, key))
        return table

    def _word(self, key: str, default: str | None = None, longest: int = 1_024) -> str:
        value = self._source.get(key, default)
        if not isinstance(value, str) or len(value) > longest or (default is None and not value):
            raise self._wrong(key, f"{key} must be a text of up to {longest} characters")
        return value

    def _number(self, key: str, default: int, least: int, most: int) -> int:
        value = self._source.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self._wrong(key, f"{key} must be a whole number from {least} to {most}")
        return value

    def _wrong(self, key: str, reason: str) -> DeclarationError:
        return DeclarationError(reason, self._places.line("source", key))
