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
        "Python: two lists in JSON, a look at two files whether they were touched, fifteen masks and 23 fields, each"
        " an object, where the peer is one statement.",
        "Helped: one row by its key, two looks in place of four, what is the same on every card put together once,"
        " named tuples (7.2 to 3.4 x).",
    ),
    Reason(
        "reveal",
        "one field revealed",
        "A third is the commit, a third HTTP and turns of threads (the peer's empty call has most of it, too); the"
        " rest is seventeen statements of the gates under memory security, signatures, and the chain of keys.",
        "Helped: statements made once, the shift followed through the log, the connection whose pages are decrypted."
        " Not: more statements kept ready, which memory security makes dearer; a larger lookaside, wiped too late.",
    ),
    Reason(
        "audit",
        "*: durable append",
        "One fsync, as the peer; above it seven encrypted pages, one for the entry and six for the indexes by which"
        " the log is searched.",
        "Helped: two statements made once (1.0 to 0.64 ms of processor). Not: 64 MiB of decrypted pages, fewer"
        " checkpoints of the log of pages. Not taken: fewer indexes.",
    ),
)
"""What misses its goal. Where a row fits two, the first one holds."""


def reason_of(bench: str, row: str) -> Reason | None:
    """Why a row misses its goal, where somebody has looked."""
    return next((one for one in REASONS if one.bench == bench and fnmatchcase(row, one.row)), None)
