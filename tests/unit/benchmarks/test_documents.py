"""The tables in the documents: only what stands between the marks is written."""

from fnmatch import fnmatchcase
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.documents import (
    BEGIN,
    END,
    ORDER,
    SHORT,
    between_marks,
    goals_table,
    long_tables,
    missed_table,
    results,
    short_table,
    write_plots,
)
from benchmarks.harness import ROOT, Report
from benchmarks.reasons import REASONS, reason_of


def test_that_only_what_stands_between_the_marks_is_written() -> None:
    text = f"Above.\n{BEGIN}\nold\n{END}\nBelow.\n"
    once = between_marks(text, "new")
    assert once == f"Above.\n{BEGIN}\n\nnew\n\n{END}\nBelow.\n"
    assert between_marks(once, "new") == once


def test_that_a_document_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="marks"):
        between_marks("Above.\n", "new")


def test_that_readme_and_performance_page_have_their_marks() -> None:
    for name in ("README.md", "docs/performance.md"):
        between_marks((ROOT / name).read_text(encoding="utf-8"), "")


def test_that_a_missed_goal_is_said_in_both_tables(tmp_path: Path) -> None:
    report = Report("first_window", "First window", {"repeats": 1})
    report.add(SHORT["first_window"][0], [420.0], [200.0], unit="ms", peer_name="bare")
    report.finish(tmp_path)
    documents = results(tmp_path)
    assert "≤ 1.4 x (missed by 1.5 x)" in short_table(documents)
    assert long_tables(documents).count("| ≤ 1.4 x | **no**, by 1.5 x |") == 2, "the goals and the benchmark's own"


def test_that_a_goal_without_its_row_is_not_run_and_one_at_a_million_is_the_full_runs(tmp_path: Path) -> None:
    report = Report("changes", "Changes", {"repeats": 1})
    report.add("100,000 customers: 1,000 changes", [3.0], [2.0], unit="ms", peer_name="plain SQLite")
    report.finish(tmp_path)
    lines = goals_table(results(tmp_path)).splitlines()
    (measured, at_a_million) = [line for line in lines if "| changes into" in line]
    assert "| 1.5 x | plain SQLite | ≤ 2 x | yes |" in measured
    assert at_a_million.endswith("| ≤ 2 x | not run: see `make bench-full` |")
    assert all(line.endswith("not run |") for line in lines if "| import from" in line)
    report.add("1,000,000 customers: 1,000 changes", [3.0], [2.0], unit="ms", peer_name="plain SQLite")
    report.finish(tmp_path)
    assert "make bench-full" not in goals_table(results(tmp_path))


def test_that_a_missed_goal_says_why_and_one_that_nobody_looked_into_says_so(tmp_path: Path) -> None:
    known = Report("cache_fill", "Cache fill", {"repeats": 1})
    known.add("fill with search", [3.0], [6.0], unit="rows/CPU s", peer_name="plain SQLite")
    unknown = Report("wipe", "Wipe", {"repeats": 1})
    unknown.add("100,000 customers: key gone, against 10,000", [4.0], [2.0], unit="ms", peer_name="10,000 customers")
    met = Report("changes", "Changes", {"repeats": 1})
    met.add("100,000 customers: 1,000 changes", [3.0], [2.0], unit="ms", peer_name="plain SQLite")
    for report in (known, unknown, met):
        report.finish(tmp_path)
    lines = missed_table(results(tmp_path)).splitlines()[2:]
    reason = reason_of("cache_fill", "fill with search")
    assert reason is not None
    assert sorted(lines) == [
        f"| Cache fill: fill with search | 1.8 x | {reason.why} | {reason.tried} |",
        "| Wipe: 100,000 customers: key gone, against 10,000 | 1.54 x | Nobody has looked yet. |  |",
    ]


def test_that_each_reason_is_of_a_benchmark_and_none_hides_another() -> None:
    assert {reason.bench for reason in REASONS} <= set(ORDER)
    for at, reason in enumerate(REASONS):
        before = [one for one in REASONS[:at] if one.bench == reason.bench]
        assert not any(fnmatchcase(reason.row, one.row) for one in before), reason


def test_that_a_row_that_fits_two_goals_stands_in_the_table_once(tmp_path: Path) -> None:
    report = Report("search", "Search", {"repeats": 1})
    report.add("100,000 customers: 1 letter, first screen, p99", [3.0], [2.0], unit="ms", peer_name="plain SQLite")
    report.finish(tmp_path)
    lines = [line for line in goals_table(results(tmp_path)).splitlines() if "100,000 customers: 1 letter" in line]
    assert len(lines) == 1
    assert "≤ 1.8 x" in lines[0]


def test_that_a_full_runs_rows_stand_behind_the_ordinary_runs_and_outlast_the_next_one(tmp_path: Path) -> None:
    full = Report("changes", "Changes", {"customers": "1,000,000"}, is_full=True)
    full.add("1,000,000 customers: 1,000 changes", [6.0], [4.0], unit="ms", peer_name="plain SQLite")
    full.grow("ours", 1_000_000, 6.0, "ms")
    full.grow("ours", 1_000, 99.0, "ms")
    full.finish(tmp_path)
    (alone,) = results(tmp_path)
    assert [row["row"] for row in alone["rows"]] == ["1,000,000 customers: 1,000 changes"]
    for ours in (3.0, 5.0):
        ordinary = Report("changes", "Changes", {"customers": "100,000"})
        ordinary.add("100,000 customers: 1,000 changes", [ours], [2.0], unit="ms", peer_name="plain SQLite")
        ordinary.grow("ours", 1_000, 1.0, "ms")
        ordinary.finish(tmp_path)
    (both,) = results(tmp_path)
    assert [(row["row"], row["ours"]) for row in both["rows"]] == [
        ("100,000 customers: 1,000 changes", 5.0),
        ("1,000,000 customers: 1,000 changes", 6.0),
    ]
    assert [(point["n"], point["value"]) for point in both["points"]] == [(1_000, 1.0), (1_000_000, 6.0)]
    said = long_tables([both])
    assert "customers 100,000." in said
    assert "customers 1,000,000." in said


def test_that_a_plot_of_growth_is_written_and_its_exponent_said(tmp_path: Path) -> None:
    report = Report("changes", "Changes", {"repeats": 1})
    for n in (1_000, 10_000, 100_000):
        report.grow("ours", n, n / 1000, "ms")
        report.grow("flat", n, 7.0, "ms")
    report.add("1,000 changes", [1.0], unit="ms")
    report.finish(tmp_path)
    documents = results(tmp_path)
    write_plots(documents, tmp_path / "plots")
    picture = ElementTree.fromstring((tmp_path / "plots" / "changes.svg").read_text(encoding="utf-8"))
    assert len(picture.findall(".//{*}polyline")) == 2
    assert "(plots/changes.svg)\n\nExponents: ours n^1.00; flat n^0.00." in long_tables(documents)


def test_that_every_benchmark_can_be_run_and_has_a_row_in_the_readme() -> None:
    assert set(SHORT) == set(ORDER)
    assert all((ROOT / "benchmarks" / f"{name}.py").is_file() for name in ORDER)
