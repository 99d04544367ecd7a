"""The file that declares a database: what it says, and what is refused, with its line and without a password."""

import os
from pathlib import Path

import pytest

from app.domain.inventory_reader import load_inventory
from app.resource_files import resource_text
from app.sources.mapping import MappingError, plan_columns, ready_mapping
from app.sources.source import SourceError
from app.sources.sql_declaration import DeclarationError, declaration_of, read_declaration
from app.sources.sql_password import CREDENTIALS, PasswordPlace
from tests.unit.sources.sql_samples import declared

WHOLE = '''# The CRM.
[source]
name = "crm"
url = "postgresql://reader@db.example:5433/crm"
password_file = "crm.password"
query = """
select id, "Nama", '[columns]' as tag
from people;
"""
key = "id"
change = "updated_at"
overlap_s = 60
time_zone = "Asia/Jakarta"
queue = "billing"

[columns]
id = "customer_number"
Nama = "full_name"

[schedule]
every = "6h"

[joined]
street_address = ["a", "b"]
'''


def test_that_a_declaration_says_where_what_and_when() -> None:
    source = declaration_of(WHOLE, Path("/etc/tirai"))
    assert source.address.shown == "postgresql://reader@db.example:5433/crm"
    assert source.password.file == Path("/etc/tirai/crm.password")
    assert source.query.endswith("from people")
    assert (source.key, source.change, source.overlap_s, source.queue) == ("id", "updated_at", 60, "billing")
    assert source.schedule is not None
    assert source.schedule.every_s == 6 * 3600
    assert source.needs_tls


def test_that_the_mapping_keeps_the_lines_of_the_file() -> None:
    source = declaration_of(WHOLE, Path())
    assert source.mapping is not None
    assert [number for number, line in enumerate(source.mapping.split("\n"), start=1) if line] == [16, 17, 18, 23, 24]
    with pytest.raises(MappingError, match="line 18: the file has no column 'Nama'"):
        plan_columns(("id",), load_inventory(resource_text("inventory", "customer.toml")), source.mapping)


def test_that_a_ready_mapping_may_be_named() -> None:
    assert declared('mapping = "salesforce"').mapping == ready_mapping("salesforce")


@pytest.mark.parametrize(
    ("more", "after", "line", "words"),
    [
        (['name = "C R M"'], "", 2, "small letters"),
        (['url = "postgresql://reader:hunter2@db/crm"'], "", 3, "must not hold a password"),
        (['url = "postgresql://reader@db/crm?sslmode=disable"'], "", 3, "must not say 'sslmode'"),
        (['url = "postgresql://reader@a,b/crm"'], "", 3, "more than one"),
        (['url = "postgresql://reader@/crm"'], "", 3, "no server"),
        (['url = "postgresql://reader@db/crm?host=/run/pg"'], "", 3, "a host and a socket"),
        (['url = "postgresql://db/crm"'], "", 3, "no account"),
        (['url = "postgresql+asyncpg://reader@db/crm"'], "", 3, "driver psycopg"),
        (['url = "sqlite:///home/ratna/x.db"'], "", 3, "Not a URL"),
        (['url = "%"'], "", 3, "Not a URL"),
        (['url = "mssql://reader@db/crm"'], "", 3, "proves no certificate"),
        (["key = 4"], "", 5, "key must be a text"),
        (["overlap_s = 5"], "", 6, "belongs to change"),
        (['query = "select 1; delete from people"'], "", 5, "one SELECT"),
        (['time_zone = "Mars/Base"'], "", 6, "does not know"),
        (["page_rows = 0"], "", 6, "from 1 to"),
        (["page_rows = true"], "", 6, "from 1 to"),
        (['password = "hunter2"'], "", 6, "unknown key 'password'"),
        (['mapping = "zoho"'], "", 6, "no ready mapping"),
        (['mapping = "hubspot"'], '[columns]\nid = "customer_number"', 6, "either mapping or"),
        ([], "[tsl]\nca = 3", 6, "unknown table 'tsl'"),
        ([], '[tls]\nca = "missing.pem"', 7, "file of certificates"),
        ([], '[tls]\nallow_insecure = "yes"', 7, "true or false"),
        ([], '[schedule]\nevery = "5s"', 7, "from 5m to 31d"),
        ([], '[schedule]\nat = "02:30"', 6, "time_zone"),
        ([], '[schedule]\nat = "25:30"\ntime_zone = "UTC"', 7, "such as 08:00"),
        ([], '[schedule]\nat = "02:30"\nevery = "6h"', 8, "either every or at"),
        ([], "[tls", 6, "Expected"),
    ],
)
def test_that_what_is_wrong_is_refused_with_its_line(more: list[str], after: str, line: int, words: str) -> None:
    with pytest.raises(DeclarationError, match=words) as refused:
        declared(*more, after=after)
    assert refused.value.line == line
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "is_local"),
    [
        ("postgresql://r@localhost/crm", True),
        ("postgresql://r@127.3.2.1/crm", True),
        ("postgresql://r@[::1]/crm", True),
        ("mariadb://r@/crm?unix_socket=/run/mysqld/mysqld.sock", True),
        ("mysql://r@10.0.0.1/crm", False),
        ("mysql://r@localhost.example/crm", False),
    ],
)
def test_that_tls_is_needed_unless_the_way_stays_here_or_is_allowed(url: str, is_local: bool) -> None:
    assert declared(url=url).needs_tls is not is_local
    assert not declared(url=url, after="[tls]\nallow_insecure = true").needs_tls


def test_that_a_mark_counts_for_the_same_rows_alone() -> None:
    plain = declared()
    assert plain.digest == declared("page_rows = 7").digest
    others = ('view = "people"', 'key = "nr"', 'change = "at"', 'url = "postgresql://reader@other.example/crm"')
    assert len({plain.digest, *(declared(line).digest for line in others)}) == 5


# the password


def test_that_a_password_is_read_from_its_file_and_shown_nowhere(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("rahasia sekali\n")
    file.chmod(0o600)
    password = PasswordPlace(file).read()
    assert password.reveal() == "rahasia sekali"
    assert "rahasia" not in repr(password)


@pytest.mark.parametrize("text", [b"", b"\n", b"two\nlines", b"\xff\xfe", b"nul\0", b"x" * 5000])
def test_that_a_file_that_holds_no_password_is_refused(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "password").write_bytes(text)
    (tmp_path / "password").chmod(0o600)
    with pytest.raises(SourceError, match="one line"):
        PasswordPlace(tmp_path / "password").read()


def test_that_a_password_that_everybody_may_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("rahasia")
    (tmp_path / "password").chmod(0o644)
    with pytest.raises(SourceError, match="Everybody"):
        PasswordPlace(tmp_path / "password").read()


def test_that_a_credential_of_systemd_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "crm").write_text("rahasia")
    (tmp_path / "crm").chmod(0o400)
    place = declared('password_file = "credential:crm"').password
    with pytest.raises(SourceError, match="No credentials"):
        place.read()
    monkeypatch.setenv(CREDENTIALS, str(tmp_path))
    assert place.read().reveal() == "rahasia"
    for name in ("../crm", ".", "a/b", ""):
        with pytest.raises(SourceError):
            PasswordPlace(credential=name or "/").read()


def test_that_a_file_is_read_and_a_pipe_is_not(tmp_path: Path) -> None:
    (tmp_path / "crm.toml").write_text(WHOLE)
    assert read_declaration(tmp_path / "crm.toml").name == "crm"
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceError, match="regular"):
        read_declaration(tmp_path / "pipe")
    (tmp_path / "latin.toml").write_bytes(b"\xe9")
    with pytest.raises(SourceError, match="UTF-8"):
        read_declaration(tmp_path / "latin.toml")
