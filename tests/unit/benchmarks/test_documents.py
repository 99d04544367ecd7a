"""The tables in the documents: only what stands between the marks is written."""

from pathlib import Path

import pytest

from benchmarks.documents import BEGIN, END, ORDER, SHORT, between_marks, long_tables, results, short_table
from benchmarks.harness import ROOT, Goal, Report


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
    report.add(SHORT["first_window"][0], [300.0], [200.0], unit="ms", peer_name="bare", goal=Goal(1.4))
    report.finish(tmp_path)
    documents = results(tmp_path)
    assert "(missed)" in short_table(documents)
    assert "**no**" in long_tables(documents)


def test_that_every_benchmark_can_be_run_and_has_a_row_in_the_readme() -> None:
    assert set(SHORT) == set(ORDER)
    assert all((ROOT / "benchmarks" / f"{name}.py").is_file() for name in ORDER)
