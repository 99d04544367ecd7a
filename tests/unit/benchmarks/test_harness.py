"""The harness: medians of pairs, goals, and a document that holds what it was made of. No test measures anything."""

import json
from argparse import Namespace
from pathlib import Path

import pytest

from benchmarks.harness import Goal, Report, arguments, grown, in_turns, number, percentile, row_of, table
from benchmarks.plots import exponent, svg


def test_that_a_ratio_is_the_median_of_the_pairs_and_not_of_the_medians() -> None:
    row = row_of("fill", [1.0, 2.0, 30.0], [2.0, 1.0, 10.0], unit="s")
    assert (row.ours, row.peer, row.ratio) == (2.0, 2.0, 2.0)


def test_that_repeats_without_a_pair_are_refused() -> None:
    with pytest.raises(ValueError, match="pairs"):
        row_of("fill", [1.0, 2.0], [1.0], unit="s")


def test_that_a_goal_judges_the_ratio_or_our_own_figure_in_its_direction() -> None:
    assert row_of("rate", [9.0], [10.0], unit="rows/s", goal=Goal(0.9, at_least=True)).met is True
    assert row_of("rate", [8.0], [10.0], unit="rows/s", goal=Goal(0.9, at_least=True)).met is False
    assert row_of("wait", [12.0], None, unit="ms", goal=Goal(10, of="ours")).met is False
    assert row_of("wait", [12.0], None, unit="ms", goal=Goal(10)).met is None
    assert row_of("wait", [12.0], None, unit="ms").met is None


def test_that_a_missed_goal_says_by_how_much() -> None:
    assert Goal(2).missed_by(9.0, 3.0) == 1.5
    assert Goal(2).missed_by(9.0, 2.0) is None
    assert Goal(0.9, at_least=True).missed_by(9.0, 0.6) == pytest.approx(1.5)
    assert Goal(0, "ours").missed_by(3.0, None) is None, "how many times nothing?"


def test_that_the_sizes_of_a_plot_go_up_to_what_was_asked_for_and_a_full_run_has_that_alone() -> None:
    assert grown(Namespace(n=100_000, full=False)) == (1_000, 10_000, 100_000)
    assert grown(Namespace(n=5_000, full=False)) == (1_000, 5_000)
    assert grown(Namespace(n=1_000_000, full=True)) == (1_000_000,)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([], (100_000, 7)),
        (["--full"], (1_000_000, 3)),
        (["--full", "--n", "2000", "--repeats", "1"], (2_000, 1)),
        (["--n", "2000"], (2_000, 7)),
    ],
)
def test_that_a_full_run_has_its_own_size_and_rounds_unless_they_are_said(
    words: list[str], wanted: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["benchmark", *words])
    asked = arguments("Measures.", repeats=7, n=100_000)
    assert (asked.n, asked.repeats) == wanted


def test_that_an_exponent_is_the_slope_in_logarithms() -> None:
    assert exponent([(10, 3.0), (1_000, 300.0)]) == pytest.approx(1.0)
    assert exponent([(10, 4.0), (100, 4.0), (1_000, 4.0)]) == pytest.approx(0.0)
    assert exponent([(10, 4.0)]) is None
    with pytest.raises(ValueError, match="plot"):
        svg("nothing", "ms", {"none": []})


def test_that_turns_alternate_and_every_second_round_goes_backwards() -> None:
    order: list[str] = []

    def turn(name: str) -> float:
        order.append(name)
        return float(len(order))

    measured = in_turns({"ours": lambda: turn("ours"), "peer": lambda: turn("peer")}, 3)
    assert order == ["ours", "peer", "peer", "ours", "ours", "peer"]
    assert measured == {"ours": [1.0, 4.0, 5.0], "peer": [2.0, 3.0, 6.0]}


def test_that_the_document_holds_rows_repeats_machine_versions_and_settings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = Report("sample", "A sample", {"n": 100})
    report.add("fill", [1.0, 3.0], [2.0, 2.0], unit="s", peer_name="plain", goal=Goal(1.2))
    document = json.loads(report.finish(tmp_path).read_text(encoding="utf-8"))
    (row,) = document["rows"]
    assert {"row", "ours", "peer", "unit", "ratio", "goal", "met"} <= row.keys()
    assert (row["ratio"], row["met"], row["ours_repeats"], row["peer_repeats"]) == (1.0, True, [1.0, 3.0], [2.0, 2.0])
    assert document["settings"] == {"n": 100}
    assert {"machine", "versions", "load", "measured"} <= document.keys()
    assert table(report.rows) in capsys.readouterr().out


def test_that_figures_keep_three_digits_and_percentiles_are_taken_from_the_values() -> None:
    assert [number(v) for v in (123456.0, 12.345, 0.012345)] == ["123,000", "12.3", "0.0123"]
    assert percentile([5.0, 1.0, 3.0], 0.5) == 3.0
    assert percentile([5.0, 1.0, 3.0], 0.99) == 5.0
