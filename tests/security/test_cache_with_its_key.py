"""T1, T4: whoever has the session cache *and its key* has open fields and masks, and nothing that leads to a value.

The key is made as the session itself makes it (session half from the keyring, C from the password). Tables are read
through SQLCipher; file and WAL are also decrypted page by page, free pages and old WAL frames included. Holds by
*key* and by what is never written; that the console's memory forgets a shown value is software and not claimed here.
"""

import contextlib
import os
import shutil
import struct
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from app.crypto.account_keys import cache_key, password_keys
from app.crypto.derive import PasswordCost
from app.session.desk import Desk
from app.storage import sqlcipher
from tests.office.made import MadeOffice, made_office
from tests.security.canaries import (
    Canary,
    boxes,
    files_below,
    found_in,
    needles,
    new_canary,
    office_file,
    planted,
    record_of,
    sealed_rows,
    share_of,
    spellings,
)

SERVERS = ("tirai-pg-", "tirai-my-", "tirai-disk-")
"""How folders of the tests' database servers begin."""
PAGE, RESERVE = 4096, 80
"""SQLCipher 4: each page ends with a 16-byte IV and a 64-byte HMAC."""


@pytest.fixture(scope="module")
def planted_rows() -> tuple[list[dict[str, str]], list[Canary]]:
    return planted(12)


@pytest.fixture(scope="module")
def office(
    tmp_path_factory: pytest.TempPathFactory, planted_rows: tuple[list[dict[str, str]], list[Canary]]
) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("cache")) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("billing", "delivery"))
        made.bring_in(planted_rows[0])
        yield made


@pytest.fixture
def desk(office: MadeOffice) -> Iterator[Desk]:
    desk = office.desk("ratna")
    yield desk
    desk.end("signed_out")


def key_of_cache(office: MadeOffice, desk: Desk) -> bytes:
    """The cache's key, from both halves."""
    client = office.connect()
    salt = client.salt("ratna")
    client.close()
    cost = PasswordCost(salt.memory_kib, salt.passes, salt.lanes)
    console = password_keys("ratna", office.people["ratna"].password, salt.salt, cost).console
    half = office.store.session(desk.session)
    assert half is not None
    return cache_key(office.made.plate.office, "ratna", bytes.fromhex(desk.session), half, console)


def cache_file(office: MadeOffice, desk: Desk) -> Path:
    return office.places.session_folder(desk.session) / "cache.db"


def table_bytes(path: Path, key: bytes) -> bytes:
    """Every cell of every table, shadow tables of the index included; of a copy, since the console shares its file
    with nobody."""
    with tempfile.TemporaryDirectory() as folder:
        for name in (path.name, f"{path.name}-wal"):
            shutil.copy(path.with_name(name), folder)
        return _table_bytes(Path(folder) / path.name, key)


def _table_bytes(path: Path, key: bytes) -> bytes:
    db = sqlcipher.connect(path, key, memory_security=False)
    try:
        names = [
            n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
        ]
        cells = (cell for name in names for row in db.execute(f'SELECT * FROM "{name}"') for cell in row)
        return b"\x1f".join(cell if isinstance(cell, bytes) else str(cell).encode() for cell in cells)
    finally:
        db.close()


def decrypted(path: Path, key: bytes) -> bytes:
    """All pages of the file and all frames of its WAL in the open, also what no table reaches any more."""
    file = path.read_bytes()
    pages = [_page(file[at : at + PAGE], key, first=at == 0) for at in range(0, len(file), PAGE)]
    wal = path.with_name(f"{path.name}-wal").read_bytes()
    for at in range(32, len(wal) - 24 - PAGE + 1, 24 + PAGE):
        (number,) = struct.unpack(">I", wal[at : at + 4])
        pages.append(_page(wal[at + 24 : at + 24 + PAGE], key, first=number == 1))
    return b"".join(pages)


def _page(page: bytes, key: bytes, *, first: bool) -> bytes:
    iv = page[-RESERVE : -RESERVE + 16]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return decryptor.update(page[16 if first else 0 : -RESERVE]) + decryptor.finalize()


def secrets_of_values(office: MadeOffice) -> list[bytes]:
    """Blobs, shares, record keys, boxes, checks and tags, in every spelling."""
    rows = sealed_rows(office)
    wanted = [part for row in rows for part in (row.blob, row.blob[33:65], share_of(office, row), row.record_key)]
    for _class, _version, box, check in boxes(office).values():
        wanted += [box, check]
    with office_file(office) as db:
        for verify, lookup in db.execute("SELECT verify_tag, lookup_tag FROM sealed_values"):
            wanted += [tag for tag in (verify, lookup) if tag]
    return [spelled for part in wanted for spelled in spellings(part)]


def test_that_the_cache_opened_with_its_key_holds_no_value_blob_box_share_or_tag(
    office: MadeOffice, desk: Desk, planted_rows: tuple[list[dict[str, str]], list[Canary]]
) -> None:
    canaries = planted_rows[1]
    contact = next(c for c in canaries if c.field == "street_address")
    desk.reveal(record_of(desk, contact.number), "street_address", "confirm_delivery")
    key, path = key_of_cache(office, desk), cache_file(office, desk)
    opened, pages = table_bytes(path, key), decrypted(path, key)
    for content in (opened, pages):
        assert b"Sari Wulandari" in content, "the control: open fields are there, so the cache was really read"
        assert found_in(content, needles(canaries)) == []
        assert found_in(content, secrets_of_values(office)) == []


def test_that_the_cache_holds_no_class_key_and_no_account_key_in_the_open(office: MadeOffice, desk: Desk) -> None:
    key, path = key_of_cache(office, desk), cache_file(office, desk)
    identity = desk._identity
    keys = [*identity.class_keys.values(), identity.keys.kem, identity.keys.seed, identity.session_seed]
    content = table_bytes(path, key) + decrypted(path, key)
    assert found_in(content, [s for part in keys for s in spellings(part)]) == []


def test_that_the_text_of_a_saved_note_is_in_no_table(office: MadeOffice, desk: Desk) -> None:
    """While a note waits to be saved, its draft lies in the encrypted cache; once it is saved, it does not.

    Limit: the replaced draft stays in an old frame of the cache's WAL until SQLite reuses it, under the cache's key.
    """
    note = new_canary("note")
    record = record_of(desk, "C-")
    desk.save_note(record, desk.new_note(), note)
    desk.notes(record)
    opened = table_bytes(cache_file(office, desk), key_of_cache(office, desk))
    assert note.encode() not in opened
    assert b"draft" in opened


@pytest.mark.slow
@pytest.mark.attack("A17")
def test_that_nothing_sealed_is_on_the_disk_before_during_and_after_a_reveal(
    office: MadeOffice, desk: Desk, planted_rows: tuple[list[dict[str, str]], list[Canary]]
) -> None:
    """Cache, home, runtime folder and everything written to shared temporary folders since the import, raw bytes."""
    canaries = planted_rows[1]
    wanted = needles(canaries)
    roots = (
        office.places.home.parent,
        *(p for p in map(Path, (tempfile.gettempdir(), "/dev/shm", "/var/tmp")) if p.exists()),
    )
    begun = time.time() - 60
    contact = [c for c in canaries if c.data_class == "contact"][:6]
    records = {c.number: record_of(desk, c.number) for c in contact}
    assert seen_on_disk(office.places.home.parent, roots, begun, wanted) == []
    over = threading.Event()
    seen: list[str] = []

    def watch() -> None:
        while not over.is_set():
            seen.extend(seen_on_disk(office.places.home.parent, roots[:1], begun, wanted))

    watcher = threading.Thread(target=watch)
    watcher.start()
    held = [desk.reveal(records[c.number], c.field, "correct_contact") for c in contact]
    on_show = seen_on_disk(office.places.home.parent, roots, begun, wanted)
    over.set()
    watcher.join()
    assert [h.value.reveal() for h in held] == [c.value for c in contact], "the control: they were open"
    del held
    assert (seen, on_show) == ([], [])
    assert seen_on_disk(office.places.home.parent, roots, begun, wanted) == []


def seen_on_disk(own: Path, roots: tuple[Path, ...], since: float, wanted: list[bytes]) -> list[str]:
    """Files with a canary: all of our own, and of others what was written since."""
    hits = [str(path) for path, content in files_below(own) if found_in(content, wanted)]
    for root in roots[1:]:
        for path in written_below(root, own, since):
            with contextlib.suppress(OSError):
                if path.stat().st_size < 50_000_000 and found_in(path.read_bytes(), wanted):
                    hits.append(str(path))
    return hits


def written_below(root: Path, own: Path, since: float) -> Iterator[Path]:
    """Files written since in a shared folder, but for what is nobody's to share: the run's own folder, with what other
    tests have there, and databases of servers. On a busy machine they are gigabytes.
    """
    for folder, folders, names in os.walk(root):
        if Path(folder) == root:
            folders[:] = [n for n in folders if not n.startswith(SERVERS) and root / n not in (own, *own.parents)]
        for path in (Path(folder, name) for name in names):
            with contextlib.suppress(OSError):
                if path.is_file() and path.stat().st_mtime >= since:
                    yield path
