"""Writes tables and plots of the documents from `build/bench`: `python -m benchmarks.documents`.

Only what stands between the two marks of a document is written; the words around it are a person's.
"""

import json
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from benchmarks.goals import GOALS, MILLION, Wanted
from benchmarks.harness import FULL, RESULTS, ROOT, Row, circumstances, met, number, table
from benchmarks.plots import said, series_of, svg
from benchmarks.reasons import Reason, reason_of
from benchmarks.schedule import Run, kept
from benchmarks.schedule import table as durations

BEGIN, END = "<!-- benchmarks: written by `python -m benchmarks.documents` -->", "<!-- benchmarks end -->"
ORDER = (
    "fill",
    "cache_fill",
    "changes",
    "gateway_fill",
    "import_customers",
    "search",
    "reveal",
    "unlock",
    "first_window",
    "footprint",
    "lock",
    "wipe",
    "table",
    "peers",
    "audit",
    "team_load",
)
SHORT = {
    "fill": ("*: fill, from the office to the last row",),
    "cache_fill": ("fill with search",),
    "changes": ("*: 1,000 changes",),
    "gateway_fill": ("*: end to end",),
    "import_customers": ("*: import, whole way",),
    "search": ("*: 3 letters, first screen, p99",),
    "reveal": ("one record opened", "one field revealed"),
    "unlock": ("request to value, p50",),
    "first_window": ("start to first paint",),
    "footprint": ("guardian: start", "console with 100,000 customers"),
    "lock": ("Ctrl+L to lock screen painted", "resume to the record back, less Argon2id"),
    "wipe": ("*: key gone, against 10,000",),
    "table": ("*: frame of a jump, p99",),
    "peers": ("50,000 records: exact, before KeePassXC*", "50,000 records: prefix, before *"),
    "audit": ("*: durable append", "*: judge the chain, an entry (CPU)"),
    "team_load": ("*: calls a second",),
}
"""The rows that stand in the README, as patterns of their names; the others stand in docs/performance.md."""
PLOTS = ROOT / "docs" / "plots"
NOT_RUN = "not run"
FULL_ALONE = "not run: see `make bench-full`"


def results(folder: Path = RESULTS) -> list[dict[str, Any]]:
    """What was measured, in the documents' order; what was not is left out.

    What a full run measured stands behind what an ordinary run did, with circumstances of its own.
    """
    return [merged(found) for name in ORDER if (found := _of(folder, name))]


def _of(folder: Path, name: str) -> list[dict[str, Any]]:
    paths = (folder / f"{name}.json", folder / FULL / f"{name}.json")
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths if path.exists()]


def merged(found: list[dict[str, Any]]) -> dict[str, Any]:
    """One document out of an ordinary run's and a full run's: where both have a row or a point, the first one's.

    Args:
        found: one or both.
    """
    first, *more = found
    document = first | {"circumstances": [circumstances(one) for one in found]}
    for one in more:
        rows = {row["row"] for row in document["rows"]}
        points = {(point["series"], point["n"]) for point in document["points"]}
        document["rows"] = document["rows"] + [row for row in one["rows"] if row["row"] not in rows]
        document["points"] = document["points"] + [p for p in one["points"] if (p["series"], p["n"]) not in points]
        document["notes"] = document["notes"] + [note for note in one["notes"] if note not in document["notes"]]
    return document


def rows_of(document: Mapping[str, Any]) -> list[Row]:
    """Its rows."""
    return [Row(**row) for row in document["rows"]]


def short_table(documents: list[dict[str, Any]]) -> str:
    """One table of the rows that say most."""
    lines = ["| | Tirai | peer, same run | ratio | goal |", "|---|---:|---:|---:|---|"]
    for document in documents:
        for row in rows_of(document):
            if not any(fnmatchcase(row.row, pattern) for pattern in SHORT[document["name"]]):
                continue
            peer = "" if row.peer is None else f"{number(row.peer)} {row.unit} ({row.peer_name})"
            ratio = "" if row.ratio is None else f"{number(row.ratio)} x"
            missed = f" (missed{_by(row)})" if row.met is False else ""
            title = _named(document["title"], row.row)
            lines.append(f"| {title} | {number(row.ours)} {row.unit} | {peer} | {ratio} | {row.goal}{missed} |")
    return "\n".join(lines)


def _named(title: str, row: str) -> str:
    """A row's name where the benchmark's title does not stand above it."""
    return row.capitalize() if row.startswith(title.lower()) else f"{title}: {row}"


def _by(row: Row) -> str:
    return "" if row.missed_by is None else f" by {number(row.missed_by)} x"


def goals_table(documents: list[dict[str, Any]]) -> str:
    """Every goal of the contract, with the rows that stand for it and whether they meet it."""
    rows = {document["name"]: rows_of(document) for document in documents}
    lines = ["| what | row | measured | peer | goal | met |", "|---|---|---:|---|---|---|"]
    for wanted in GOALS:
        goal = wanted.goal.text(wanted.unit)
        mine = [row for row in rows.get(wanted.bench, []) if _first_for(wanted, row.row)]
        for row in mine:
            judged = f"{number(row.ours)} {row.unit}" if wanted.goal.of == "ours" else f"{number(row.ratio or 0)} x"
            lines.append(f"| {wanted.what} | {row.row} | {judged} | {row.peer_name} | {row.goal} | {met(row)} |")
        if not mine:
            lines.append(f"| {wanted.what} | {_plainly(wanted.row)} | | | {goal} | {NOT_RUN} |")
        elif wanted.million and not any(row.row.startswith(MILLION) for row in mine):
            lines.append(f"| {wanted.what} | {_plainly(wanted.row)}, at a million | | | {goal} | {FULL_ALONE} |")
    return "\n".join(lines)


def missed_table(documents: list[dict[str, Any]]) -> str:
    """Each goal that is missed: by how much, why, and what was tried."""
    missed = [(document, row) for document in documents for row in rows_of(document) if row.met is False]
    lines = ["| what is missed | by | why | what was tried |", "|---|---:|---|---|"]
    told: Reason | None = None
    for document, row in missed:
        by = "" if row.missed_by is None else f"{number(row.missed_by)} x"
        reason = reason_of(document["name"], row.row)
        why, tried = (reason.why, reason.tried) if reason else ("Nobody has looked yet.", "")
        if reason is not None and reason is told:
            why, tried = "as above", ""
        told = reason
        lines.append(f"| {_named(document['title'], row.row)} | {by} | {why} | {tried} |")
    return "\n".join(lines) if missed else "None."


def _first_for(wanted: Wanted, row: str) -> bool:
    """Whether this is the first goal that a row fits."""
    fitting = (one for one in GOALS if one.bench == wanted.bench and fnmatchcase(row, one.row))
    return next(fitting, None) is wanted


def _plainly(pattern: str) -> str:
    """A pattern as words."""
    return pattern.removeprefix("*: ").replace("*", "…").replace("?", "n")


def long_tables(documents: list[dict[str, Any]], runs: Sequence[Run] = ()) -> str:
    """The goals; every row of every benchmark, with its plot, its notes and its circumstances; what each took."""
    took = [f"### What each takes\n\n{durations(runs)}"] if runs else []
    missed = f"### Goals that are missed\n\n{missed_table(documents)}"
    return "\n\n".join([f"### Goals\n\n{goals_table(documents)}", missed, *map(_section, documents), *took])


def _section(document: Mapping[str, Any]) -> str:
    parts = [f"### {document['title']}", table(rows_of(document)), *document.get("notes", [])]
    if series := series_of(document):
        parts.append(f"![How the cost grows with the number of rows](plots/{document['name']}.svg)")
        parts.append(f"Exponents: {said(series)}.")
    return "\n\n".join([*parts, *document["circumstances"]])


def write_plots(documents: list[dict[str, Any]], folder: Path = PLOTS) -> None:
    """Draw the growth of each benchmark that has measured it."""
    folder.mkdir(exist_ok=True)
    for document in documents:
        if series := series_of(document):
            picture = svg(document["title"], document["points"][0]["unit"], series)
            (folder / f"{document['name']}.svg").write_text(picture, encoding="utf-8")


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


def write_documents(folder: Path = RESULTS) -> None:
    """Write both tables and the plots anew, from what lies there."""
    documents = results(folder)
    write_plots(documents)
    for path, content in (
        (ROOT / "README.md", short_table(documents)),
        (ROOT / "docs" / "performance.md", long_tables(documents, kept(folder))),
    ):
        path.write_text(between_marks(path.read_text(encoding="utf-8"), content), encoding="utf-8")


if __name__ == "__main__":
    write_documents()
