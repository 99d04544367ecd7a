"""Each benchmark runs with a few rows, and its rows carry their goals. What they measure here says nothing."""

import json
import os
import secrets
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from benchmarks import fill, footprint, peers, reveal
from benchmarks.customers import many_cache_rows
from benchmarks.documents import ORDER
from benchmarks.goals import GOALS
from benchmarks.harness import ROOT, Report
from benchmarks.schedule import FULL, NAMES, ORDINARY, WITHOUT_PEER


def rows_of(name: str, results: Path, *words: str) -> list[dict[str, Any]]:
    """The rows of a benchmark that is run as a program."""
    environment = os.environ | {"TIRAI_BENCH_RESULTS": str(results), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", f"benchmarks.{name}", "--repeats", "1", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    document = json.loads((results / f"{name}.json").read_text(encoding="utf-8"))
    assert all(point["value"] > 0 for point in document["points"])
    return list(document["rows"])


def need_goals(name: str, rows: list[dict[str, Any]]) -> None:
    """Each goal of a benchmark has a row, and says whether it is met."""
    wanted = [one for one in GOALS if one.bench == name]
    assert wanted
    for one in wanted:
        fitting = [row for row in rows if fnmatchcase(row["row"], one.row)]
        assert fitting, f"no row of {name} is {one.row}"
        assert all(row["goal"] and row["met"] is not None for row in fitting)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "words"), [("changes", ["--n", "1500"]), ("search", ["--n", "300"])])
def test_that_a_benchmark_of_the_cache_has_a_row_for_each_of_its_goals(
    name: str, words: list[str], tmp_path: Path
) -> None:
    need_goals(name, rows_of(name, tmp_path, *words))


@pytest.mark.slow
def test_that_a_fill_beside_plain_sqlite_ends_with_the_same_rows(tmp_path: Path) -> None:
    taken = fill.measured(tmp_path / "fill", 150, 1)
    assert {name: len(values) for name, values in taken.items()} == dict.fromkeys(
        ("ours", "ours cpu", "peer", "peer cpu", "search"), 1
    )
    report = Report("fill", "Fill", {})
    fill._say(report, 150, taken)
    assert report.rows[0].goal == "≥ 0.65 x"
    assert report.rows[0].met is not None


@pytest.mark.slow
def test_that_a_reveal_and_a_card_are_measured_beside_the_least_they_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reveal, "PEOPLE", 5)
    monkeypatch.setattr(reveal, "EACH", 3)
    taken = reveal.beside_the_least(tmp_path / "reveal")
    assert len(taken["reveal"]) == len(taken["least"]) == 3
    assert all(ms > 0 for times in taken.values() for ms in times)


@pytest.mark.skipif(sys.platform != "linux", reason="the guardian of a window is built for Linux")
def test_that_the_least_python_and_a_bare_window_say_what_they_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert 1 < footprint.least_python_mib() < 100
    assert footprint.least_python_ms() > 0
    assert footprint.bare_window()["VmRSS"] > 0


def test_that_every_program_that_is_measured_finds_the_customer_in_its_own_file(tmp_path: Path) -> None:
    rows = many_cache_rows(120)
    for peer in (peers.OURS, peers.FERNET):
        place = peer.make(tmp_path, rows)
        assert peer.run_ms(place, "exact", rows[60].number) > 0
        assert peer.run_ms(place, "prefix", peers._names(rows[60])[:4]) > 0
        with pytest.raises(RuntimeError, match="found nothing"):
            peer.run_ms(place, "exact", secrets.token_hex(8))


def test_that_a_peer_who_is_absent_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "which", lambda _name: None)
    monkeypatch.setattr(peers, "environment_stands", lambda: False)
    there, absent = peers.present()
    assert there == [peers.FERNET]
    assert "KeePassXC is absent" in absent[0]
    assert "DuckDB, sqlite3mc and pykeepass are absent" in absent[1]


def test_that_the_ordinary_run_has_every_benchmark_and_is_planned_for_less_than_twenty_minutes() -> None:
    assert sorted(NAMES) == sorted([*ORDER, WITHOUT_PEER])
    assert sum(run.planned_s for run in ORDINARY) <= 17 * 60


def test_that_a_full_run_has_every_goal_that_is_asked_for_at_a_million_and_500_consoles() -> None:
    assert {one.bench for one in GOALS if one.million} <= {run.name for run in FULL}
    assert all(run.is_full for run in FULL)
    (load,) = [run for run in FULL if run.name == "team_load"]
    assert "500" in load.words


def test_that_every_goal_is_of_a_benchmark_in_the_order_of_the_documents() -> None:
    assert {one.bench for one in GOALS} <= set(ORDER)
