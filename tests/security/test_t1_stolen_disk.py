"""T1: the thief of a switched-off workstation or disk. Ciphertext, and no list of customers or staff.

Here: a real seat's whole profile, the keyring's files included, is copied while its session is locked and again after
the sign-out (`locked_story.py`). A1: no customer's value, name or number, nobody's account or password and no key in
any spelling; files are noise; keys that a thief would try open nothing, and a guess costs the documented Argon2id.
A17: what the program wrote is what the architecture lists, and deleted rows leave no trace in file or log. Enforced by
*key*.

An office's *name*, its root's public key and the sealed recovery kit are readable. An open login keyring would give
guesses at one Argon2id each (the threat model's limits); here the thief has it locked.

Further parts: `test_cache_with_its_key.py` (a thief who has the cache's key, too), `test_stolen_backup.py`,
`test_canary_walk.py` (files while a console is open), `tests/unit/storage/test_sqlcipher.py`,
`tests/unit/backoffice/test_front_door.py`.
"""

import json
import math
import re
import secrets
import sqlite3
import time
from base64 import b64encode
from collections import Counter
from pathlib import Path

import pytest

from app.crypto.account_keys import password_keys
from app.crypto.derive import PASSWORD_COST, PASSWORD_FLOOR, PasswordCost, at_least, sha256
from app.domain.errors import VerificationError
from app.storage import sqlcipher
from tests.security.canaries import files_below, found_in
from tests.security.locked_story import Locked
from tests.security.memory_scan import keys_in, marked_in
from tests.security.test_cache_with_its_key import decrypted

pytestmark = pytest.mark.slow  # real processes

STATIONS = ("locked", "signed out")
PEOPLE = ("ratna", "hendra", "adi", "Hendra Kusuma", "Adi Nugroho", "agent0")
SHORTEST = 5
"""Bytes. Three given ones stand somewhere in megabytes of noise, which a cipher's text is, in one run of a few."""
ARCHITECTURE = Path(__file__).parents[2] / "docs" / "architecture.md"


def stolen(story: Locked, station: str) -> list[tuple[Path, bytes]]:
    """Every file of the copied profile."""
    files = list(files_below(story.copies[station]))
    assert {"office.db", "front-door", "office.json"} <= {path.name for path, _ in files}
    assert any(path.suffix == ".keyring" for path, _ in files), "the control: the keyring's file was stolen, too"
    return files


def spelled(text: str) -> list[bytes]:
    """A text as UTF-8, UTF-16, hex, and as the Base64 of either; not those that noise would hold by chance."""
    plain, wide = text.encode(), text.encode("utf-16-le")
    forms = [plain, wide, plain.hex().encode(), b64encode(plain).rstrip(b"="), b64encode(wide).rstrip(b"=")]
    return [form for form in forms if len(form) >= SHORTEST]


@pytest.mark.attack("A1")
@pytest.mark.parametrize("station", STATIONS)
def test_that_no_value_name_number_account_password_or_key_is_in_a_stolen_profile(story: Locked, station: str) -> None:
    rows = json.loads((story.copies[station].parent / "rows").read_text())
    texts = {text for row in rows for text in row.values() if len(text) > 5}
    assert len(texts) > 100, "the control: there is something to look for"
    wanted = [form for text in (*texts, *PEOPLE, story.begun["password"]) for form in spelled(text)]
    keys = {name: bytes.fromhex(key) for name, key in story.keys.items()}
    for path, content in stolen(story, station):
        assert marked_in([content], story.begun["mark"]) == {}, path
        assert keys_in([content], keys) == set(), path
        assert found_in(content, wanted) == [], path


def entropy(content: bytes) -> float:
    """Bits in each byte."""
    counts = Counter(content)
    return -sum(n / len(content) * math.log2(n / len(content)) for n in counts.values())


@pytest.mark.attack("A1")
@pytest.mark.parametrize("station", STATIONS)
def test_that_the_stolen_files_are_noise(story: Locked, station: str) -> None:
    """Databases and logs of them; `-shm` is an index of page numbers, without content."""
    files = {path.name: content for path, content in stolen(story, station)}
    noisy = [name for name in files if name.endswith((".db", "-wal")) and len(files[name]) > 16_384]
    assert "office.db" in noisy
    assert ("cache.db" in noisy) == (station == "locked"), "the cache of a session that waits"
    for name in noisy:
        assert entropy(files[name]) > 7.9, name
        assert not files[name].startswith(b"SQLite format 3\0"), name
    assert re.findall(rb"[ -~]{16,}", files["front-door"]) == [], "the door's file shows no text"


@pytest.mark.attack("A1")
@pytest.mark.parametrize("station", STATIONS)
def test_that_no_key_a_thief_would_try_opens_a_database(story: Locked, station: str, tmp_path: Path) -> None:
    files = stolen(story, station)
    tried = {bytes(32), b"\xff" * 32, sha256(b""), *(sha256(name.encode()) for name in PEOPLE)}
    for _path, content in files:
        tried |= {content[:32], content[-32:], sha256(content)}
    for path, content in files:
        if path.suffix != ".db":
            continue
        copy = tmp_path / path.name
        copy.write_bytes(content)
        copy.chmod(0o600)
        for key in (k for k in tried if len(k) == 32):
            with pytest.raises(VerificationError):
                sqlcipher.connect(copy, key, memory_security=False)
        with sqlite3.connect(copy) as plain, pytest.raises(sqlite3.DatabaseError, match="not a database"):
            plain.execute("SELECT count(*) FROM sqlite_master")
        plain.close()


@pytest.mark.attack("A1")
def test_that_each_guess_of_a_password_costs_the_documented_derivation(story: Locked) -> None:
    told = story.guesses
    cost = PasswordCost(told["memory_kib"], told["passes"], told["lanes"])
    assert at_least(cost, PASSWORD_FLOOR) == cost, "these people were made with the least; a real office takes more:"
    assert at_least(PASSWORD_COST, PasswordCost(memory_kib=64 * 1024, passes=3, lanes=4)) == PASSWORD_COST
    assert len(bytes.fromhex(told["salt"])) == 16
    begun = time.perf_counter()
    guessed = password_keys("ratna", "a guess of somebody", bytes.fromhex(told["salt"]), cost)
    print(f"\none guess: {cost.memory_kib >> 10} MiB, {cost.passes} passes, {time.perf_counter() - begun:.2f} s")
    assert guessed.console.hex() != story.keys["C"]


# --- A17: remnants


PLACES = {
    "<data>": "office",
    "<cache>": r"home/\.cache/tirai",
    "<runtime>": "runtime/tirai/[0-9a-f]+",
    "<session>": "[0-9a-f]{32}",
    "<random>": "[^/]+",
}
NOT_OURS = re.compile(
    r"[^/]+|home/\.local/share/keyrings/.*|home/\.cache/(fontconfig|qtshadercache).*|runtime/(keyring|bus).*"
)
"""What the play itself writes beside the folders, the keyring, and libraries of the desktop."""


def documented() -> list[re.Pattern[str]]:
    """The files of a workstation as the architecture lists them: patterns of whole paths in the play's folder."""
    text = ARCHITECTURE.read_text(encoding="utf-8").partition("## Files on a workstation")[2].partition("\n## ")[0]
    firsts = re.findall(r"^\| (`[^|]+) \|", text, flags=re.MULTILINE)
    names = [name for cell in firsts for name in re.findall(r"`([^`]+)`", cell)]
    assert len(names) > 20
    patterns = []
    for name in names:
        parts = re.split("(" + "|".join(PLACES) + ")", name)
        patterns.append(re.compile("".join(PLACES.get(part, re.escape(part)) for part in parts)))
    return patterns


@pytest.mark.attack("A17")
def test_that_the_program_makes_the_files_that_the_architecture_lists_and_no_other(story: Locked) -> None:
    """From the making of the office to the sign-out, files that came and went included."""
    assert story.watch_was_whole
    patterns = documented()
    made = [path for path in story.made if not NOT_OURS.fullmatch(path)]
    assert any(path.endswith("/cache.db") for path in made), "the control"
    assert [path for path in made if not any(p.fullmatch(path) for p in patterns)] == []


@pytest.mark.attack("A17")
def test_that_deleted_rows_are_in_no_page_of_file_or_log_after_a_checkpoint(tmp_path: Path) -> None:
    """Table, full-text index and their old pages, decrypted one by one."""
    key, path = secrets.token_bytes(32), tmp_path / "remnants.db"
    gone, stays = "remnant of a deleted person", "somebody who stays"
    db = sqlcipher.connect(path, key, memory_security=False, create=True)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT)")
    db.execute("CREATE VIRTUAL TABLE found USING fts5(name)")
    db.execute("INSERT INTO found (found, rank) VALUES ('secure-delete', 1)")
    for n in range(200):
        for text in (f"{gone} {n}", f"{stays} {n}"):
            db.execute("INSERT INTO people (name) VALUES (?)", (text,))
            db.execute("INSERT INTO found (name) VALUES (?)", (text,))
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert gone.encode() in decrypted(path, key), "the control"
    db.execute("DELETE FROM people WHERE name LIKE 'remnant%'")
    db.execute("DELETE FROM found WHERE name MATCH 'remnant'")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    pages = decrypted(path, key)
    db.close()
    assert stays.encode() in pages
    for part in (gone.encode(), b"remnant", b"deleted"):
        assert part not in pages
