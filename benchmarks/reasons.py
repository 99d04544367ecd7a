"""Why a goal of `benchmarks/goals.py` is missed, and what was tried: told beside it in `docs/performance.md`.

Figures here are findings of a day that is named there; the goals' own table has what was measured last.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final


@dataclass(frozen=True, slots=True)
class Reason:
    """Of one goal, or of a few that are missed alike.

    Attributes:
        bench: the benchmark.
        row: its rows, as a pattern of their names.
        why: where the time, or the memory, goes.
        tried: what helped, and what did not.
    """

    bench: str
    row: str
    why: str
    tried: str


REASONS: Final = (
    Reason(
        "fill",
        "*: fill, from the office to the last row",
        "The peer has its rows ready in memory. Ours are read under memory security, laid out and judged by"
        " two processes that Python runs, and encrypted page by page.",
        "Helped: a stream in place of pages; rows copied, not decoded; lines judged a chunk at a time; four"
        " chunks taken ahead. Not: lines made by the database, threads that judge beside the one that writes.",
    ),
    Reason(
        "fill",
        "*: longest turn of the GUI thread meanwhile",
        "Python's cycle collector walks all that the console holds, on the GUI thread, once in a fill of a million:"
        " the only turn over 50 ms.",
        "Helped: all is walked once memory has grown by a quarter, as Python itself does it; before, many times"
        " (125 to 13 ms with 200,000 customers). Not tried: the oldest objects set aside (`gc.freeze`).",
    ),
    Reason(
        "cache_fill",
        "fill with search",
        "Pages are encrypted and authenticated, once for each transaction that touches them, and indexes live"
        " from the first row on, since search does.",
        "Helped: three chunks in a transaction, rows as they came. Not: more of them (a search would wait), a"
        " larger page cache, indexes after the load, SHA-256 for SHA-512 (3 in 100), other merging of the"
        " search index.",
    ),
    Reason(
        "gateway_fill",
        "*",
        "The peer reads columns and drops them, in C. Ours lays rows out, judges the session before each"
        " chunk, packs and encrypts; and gateway, PostgreSQL and console share two processors.",
        "Helped: rows as the driver has them, texts cut instead of decoded. Left: packing is a fifth of the"
        " gateway's part, and is worth it on a slow line.",
    ),
    Reason(
        "import_customers",
        "*",
        "Each value has a key, two tags and a row of its own: eleven rows of an index per customer under"
        " memory security, where the peer writes one.",
        "Helped: a second process that seals and writes, 4,000 customers in a transaction, record ids that"
        " begin alike, one key object per use. Left: the first process works for a third of the time only;"
        " sealing there would balance them.",
    ),
    Reason(
        "reveal",
        "one record opened",
        "Python: two lists in JSON, a look at two files whether they were touched, fifteen masks and 23"
        " fields, each an object, where the peer is one statement.",
        "Helped: one row by its key, two looks in place of four, what is the same on every card put together"
        " once, named tuples (7.2 to 3.4 x).",
    ),
    Reason(
        "reveal",
        "one field revealed",
        "A third is the commit, a third HTTP and turns of threads (the peer's empty call has most of it,"
        " too); the rest is seventeen statements of the gates under memory security, signatures, and the chain"
        " of keys.",
        "Helped: statements made once, the shift followed through the log, the connection whose pages are"
        " decrypted. Not: more statements kept ready, which memory security makes dearer; a larger lookaside,"
        " wiped too late.",
    ),
    Reason(
        "audit",
        "*: durable append",
        "One fsync, as the peer; above it seven encrypted pages, one for the entry and six for the indexes by"
        " which the log is searched.",
        "Helped: two statements made once (1.0 to 0.64 ms of processor). Not: 64 MiB of decrypted pages,"
        " fewer checkpoints of the log of pages. Not taken: fewer indexes.",
    ),
    Reason(
        "search",
        "*letter*",
        "The list behind the first screen: as many ids as match, those by name first, where the peer orders"
        " nothing. For one letter that is half of all.",
        "Helped: the first screen by two short questions (no such p99 is over 1.5 ms at a million), the rest"
        " behind it, and a search that the next letter stops. Left: the list is read whole, so that its length"
        " is told.",
    ),
    Reason(
        "first_window",
        "*",
        "Two programs start: a guardian that nothing can read, which then forks the console; and Tirai's own"
        " screens. Each costs what a third of a bare window does, besides fonts, icons and the door's picture.",
        "Helped: imports after the first paint, no parser of commands, outlines of icons in one small file,"
        " what a session leaves in a module of its own. Not: PySide6's signatures from the disk (3 ms of 92),"
        " a fork before the guardian has imported (5 ms).",
    ),
    Reason(
        "footprint",
        "guardian: *",
        "The peer imports nothing, not even site; a plain python -c pass is at 1.3 times of it. The guardian"
        " has 189 modules: OpenSSL for SHA-256, ctypes, the messages on its line.",
        "Helped: shutil, secrets and platform when they are used, no Qt, no cipher, no HTTP. Not: records"
        " without dataclasses, a sixth of the start, which would leave it at nine times.",
    ),
    Reason(
        "footprint",
        "1,000,000 customers against 100,000",
        "The list of all customers has 8 MB of ids in the model and as many in each answer that replaces it, and"
        " is sorted as Python's integers; and the cache's pages are full.",
        "Helped: ids are cut from their text in pieces (1.34 to 1.26 x; 75 MiB at once before, 16 now).",
    ),
    Reason(
        "footprint",
        "console*",
        "Python and Qt hold 55 MiB, as the bare window does; screens 30, pydantic and the messages 19, httpx"
        " 9, cryptography 7, SQLCipher 5, and the cache's pages 16.",
        "Helped: httpx without its command (7 MiB). Not: malloc_trim (2), collecting cycles (none), schemas"
        " made at their first use (8, made while somebody waits).",
    ),
    Reason(
        "lock",
        "resume *",
        "Behind Argon2id another console opens session and cache, and another office its file; half of the"
        " console's work is its screens, a third of the office's is statements that SQLAlchemy compiles.",
        "Helped: console and office have imported ahead, keyless; routes put together ahead; keyring and card"
        " asked early (2.4 s before, 0.7 now). Not: an office kept through a lock, whose keys nobody would"
        " need.",
    ),
    Reason(
        "table",
        "*: first paint",
        "The panel with its header, its filters and its model is made, and rows come from SQLCipher on"
        " another thread; the peer has one view and its rows in memory.",
        "Helped: the first page of rows comes with the ids of the first screens (282 to 34 ms at a million,"
        " where they waited behind the list of all; 25 as the first paint is measured now). The inventory and"
        " the policy, read anew, were measured"
        " too, and are not.",
    ),
    Reason(
        "table",
        "*: frame of a *",
        "A jump lands on pages that are not there: their rows are painted a second time once they have come,"
        " with curtains and marks.",
        "Helped: texts that were cut once are not measured again, ones that have room not at all; colours and"
        " measures are made once.",
    ),
    Reason(
        "peers",
        "*sqlite3mc*",
        "The same work with the same tables; ours imports more: the checks of file, key and generation around"
        " the cache.",
        "The rest is Python's imports, not the cipher: opening takes 0.6 ms.",
    ),
)
"""What misses its goal. Where a row fits two, the first one holds."""


def reason_of(bench: str, row: str) -> Reason | None:
    """Why a row misses its goal, where somebody has looked."""
    return next((one for one in REASONS if one.bench == bench and fnmatchcase(row, one.row)), None)
