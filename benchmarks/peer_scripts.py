"""Whole programs that are measured from their spawn to their end: each opens its file and prints the first rows found.

Arguments: the file, `exact` or `prefix`, and what is looked for (a customer number, or how a name begins). Every
program ends with an error where it finds nothing.
"""

from typing import Final

from app.storage.session_cache import _SCHEMA
from benchmarks.plain_sqlite import KEY

PASSWORD: Final = "kata sandi bangku"
_HEAD: Final = "import sys\nplace, kind, text = sys.argv[1:]\n"
_TAIL: Final = """
assert found
print(len(found))
"""

OURS: Final = f"""{_HEAD}
from pathlib import Path
from app.storage.session_cache import SessionCache
cache = SessionCache.open(Path(place), {KEY!r})
ids = cache.first_ids(text, 50) if kind == "prefix" else cache.ids(text)
found = cache.rows((cache.ids(text) if ids is None else ids)[:50])
{_TAIL}"""
FERNET: Final = f"""{_HEAD}
import json
from cryptography.fernet import Fernet
with open(place + ".key", "rb") as key, open(place, "rb") as file:
    rows = json.loads(Fernet(key.read()).decrypt(file.read()))
if kind == "exact":
    found = [row for row in rows if row[0] == text]
else:
    found = [row for row in rows if row[1].casefold().startswith(text.casefold())][:50]
{_TAIL}"""
DUCKDB: Final = f"""{_HEAD}
import duckdb
db = duckdb.connect()
db.execute(f"ATTACH '{{place}}' AS d (ENCRYPTION_KEY '{PASSWORD}', READ_ONLY)")
if kind == "exact":
    found = db.execute("SELECT * FROM d.record WHERE number = ?", [text]).fetchall()
else:
    found = db.execute("SELECT * FROM d.record WHERE name ILIKE ? LIMIT 50", [text + "%"]).fetchall()
{_TAIL}"""
DUCKDB_MAKE: Final = f"""
import sys, duckdb
place, rows = sys.argv[1:]
db = duckdb.connect()
db.execute("SET force_mbedtls_unsafe = 'true'")
db.execute(f"ATTACH '{{place}}' AS d (ENCRYPTION_KEY '{PASSWORD}')")
columns = "{{'number': 'VARCHAR', 'name': 'VARCHAR', 'open': 'VARCHAR', 'masks': 'VARCHAR'}}"
db.execute(f"CREATE TABLE d.record AS SELECT * FROM read_csv('{{rows}}', header = false, columns = {{columns}})")
db.execute("CREATE INDEX by_number ON d.record (number)")
"""
_MC_OPEN: Final = f"""
import apsw
db = apsw.Connection(place)
db.execute("PRAGMA cipher = 'aegis'")
db.execute("PRAGMA hexkey = '{KEY.hex()}'")
"""
SQLITE3MC: Final = f"""{_HEAD}{_MC_OPEN}
words = " AND ".join(f'"{{word}}"*' for word in text.replace("-", " ").casefold().split())
found = db.execute(
    "SELECT id, record, number, queue, open, masks FROM customer WHERE id IN "
    "(SELECT rowid FROM found WHERE found MATCH ? ORDER BY rowid LIMIT 50)", (words,)
).fetchall()
{_TAIL}"""
SQLITE3MC_MAKE: Final = f"""
import csv, sys
place, rows = sys.argv[1:]
{_MC_OPEN}
db.execute("PRAGMA journal_mode = WAL")
db.execute({_SCHEMA!r})
with open(rows, newline="") as file, db:
    for at, (number, name, opened, masks) in enumerate(csv.reader(file), 1):
        kept = (at, f"{{at:032x}}", number, "general", name.casefold(), opened, masks)
        db.execute("INSERT INTO customer VALUES (?, ?, ?, ?, ?, ?, ?)", kept)
        db.execute("INSERT INTO found (rowid, words) VALUES (?, ?)", (at, f"{{number}} {{opened}}"))
db.execute("INSERT INTO found (found) VALUES ('optimize')")
db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
"""
PYKEEPASS: Final = f"""{_HEAD}
from pykeepass import PyKeePass
db = PyKeePass(place, password={PASSWORD!r})
if kind == "exact":
    found = [db.find_entries(title=text, first=True)]
else:
    found = db.find_entries(username=text + ".*", regex=True, flags="i")[:50]
assert found[0]
{_TAIL}"""
