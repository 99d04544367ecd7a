"""What a session leaves, looked for from outside: another process, the bus's own words, the plain file system.

`python -m tests.demo.outside CACHE_FOLDER` prints JSON. Uses no code of the product.
"""

import json
import sys
from contextlib import closing
from pathlib import Path

import secretstorage

SERVICE = "tirai"


def session_entries() -> int:
    """Session entries in every collection of the keyring."""
    with closing(secretstorage.dbus_init()) as line:
        items = secretstorage.search_items(line, {"service": SERVICE})
        names = [item.get_attributes().get("username", "") for item in items]
    return sum(name.startswith("session:") for name in names)


def cache_files(folder: Path) -> int:
    """Files below the folder of all session caches."""
    return sum(path.is_file() for path in folder.rglob("*"))


if __name__ == "__main__":
    print(json.dumps({"entries": session_entries(), "files": cache_files(Path(sys.argv[1]))}))
