"""Writes the tables of README.md and docs/performance.md from `build/bench/*.json`: `python -m benchmarks.documents`.

Only what stands between the two marks of a document is written; the words around it are a person's.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.harness import RESULTS, ROOT, Row, circumstances, number, table

BEGIN, END = "<!-- benchmarks: written by `python -m benchmarks.documents` -->", "<!-- benchmarks end -->"
ORDER = (
    "cache_fill",
    "changes",
    "search",
    "table",
    "first_window",
    "reveal",
    "unlock",
    "import_customers",
    "lock",
    "wipe",
)
SHORT = {
    "cache_fill": ("fill with search",),
    "changes": ("1,000 changes",),
    "search": ("3 letters, p99", "full name, p50, beside a scan", "open the cache, key in hand"),
    "table": ("100,000 rows: frame of a jump, p99", "100,000 rows: sort by city, after a change"),
    "first_window": ("start to first paint",),
    "reveal": ("reveal, p50",),
    "unlock": ("request to value, p50",),
    "import_customers": ("import, whole way",),
    "lock": ("Ctrl+L to lock screen painted",),
    "wipe": ("key gone, looked at again",),
}
"""The rows that stand in the README; the others stand in docs/performance.md."""


def results(folder: Path = RESULTS) -> list[dict[str, Any]]:
    """What was measured, in the documents' order; what was not is left out."""
    paths = (folder / f"{name}.json" for name in ORDER)
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths if path.exists()]


def rows_of(document: Mapping[str, Any]) -> list[Row]:
    """Its rows."""
    return [Row(**row) for row in document["rows"]]


def short_table(documents: list[dict[str, Any]]) -> str:
    """One table of the rows that say most."""
    lines = ["| | Tirai | peer, same run | ratio | goal |", "|---|---:|---:|---:|---|"]
    for document in documents:
        for row in rows_of(document):
            if row.row not in SHORT[document["name"]]:
                continue
            peer = "" if row.peer is None else f"{number(row.peer)} {row.unit} ({row.peer_name})"
            ratio = "" if row.ratio is None else f"{number(row.ratio)} x"
            missed = " (missed)" if row.met is False else ""
            title = _named(document["title"], row.row)
            lines.append(f"| {title} | {number(row.ours)} {row.unit} | {peer} | {ratio} | {row.goal}{missed} |")
    return "\n".join(lines)


def _named(title: str, row: str) -> str:
    """A row's name where the benchmark's title does not stand above it."""
    return row.capitalize() if row.startswith(title.lower()) else f"{title}: {row}"


def long_tables(documents: list[dict[str, Any]]) -> str:
    """Every row of every benchmark, with its circumstances."""
    parts = (f"### {d['title']}\n\n{table(rows_of(d))}\n\n{circumstances(d)}" for d in documents)
    return "\n\n".join(parts)


def between_marks(text: str, content: str) -> str:
    """The text with this content between its marks.

    Raises:
        ValueError: the marks are not there, once each and in order.
    """
    before, begin, rest = text.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("The document has no marks for the benchmarks.")
    return f"{before}{BEGIN}\n\n{content}\n\n{END}{after}"


def write_documents() -> None:
    """Write both tables anew."""
    documents = results()
    for path, content in (
        (ROOT / "README.md", short_table(documents)),
        (ROOT / "docs" / "performance.md", long_tables(documents)),
    ):
        path.write_text(between_marks(path.read_text(encoding="utf-8"), content), encoding="utf-8")


if __name__ == "__main__":
    write_documents()
