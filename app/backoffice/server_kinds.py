"""Which database server answers, and whether Tirai was ever run on it: others speak PostgreSQL's protocol, too."""

import re
from typing import Final

OLDEST: Final = 15
TRIED: Final = (15, 18)
"""Major versions of PostgreSQL that the tests were run on."""
_OTHERS: Final = (
    ("cockroachdb", "CockroachDB", "its advisory locks hold nobody, so the log's order would be lost"),
    ("-yb-", "YugabyteDB", "advisory locks and NOTIFY came late there, and the log's order rests on them"),
    ("citus", "PostgreSQL with Citus", "all tables must stay unspread, on its coordinator"),
)
"""By a word of `version()` or by an extension: what it is, and what of it Tirai leans on (docs/scale.md)."""
_MAJOR = re.compile(r"postgresql (\d+)", re.IGNORECASE)


def other_server(version: str, extensions: tuple[str, ...] = ()) -> str:
    """What to say of a server that is not PostgreSQL alone.

    Args:
        version: what `version()` says, or words that quote it.
        extensions: what is installed in the database.

    Returns:
        A sentence, or nothing where it is PostgreSQL.
    """
    found = f"{version} {' '.join(extensions)}".lower()
    for mark, name, why in _OTHERS:
        if mark in found:
            return f"This is {name}, on which Tirai was never run: {why}. See docs/scale.md."
    return "" if _MAJOR.search(version) else "This is no PostgreSQL, and Tirai was run on nothing else."


def is_refused(version: str) -> bool:
    """Whether nothing is to be served from it: it is no PostgreSQL, or older than what Tirai needs."""
    major = _MAJOR.search(version)
    return major is None or int(major[1]) < OLDEST


def is_tried(version: str) -> bool:
    """Whether the tests were run on this major version."""
    major = _MAJOR.search(version)
    return major is not None and int(major[1]) in TRIED
