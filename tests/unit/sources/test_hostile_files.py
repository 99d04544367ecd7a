"""Hostile files (attack A35): refused by place, with bounded memory, and no sign of theirs reaches the terminal."""

from pathlib import Path

import pytest

from app.sources.opening import open_source
from app.sources.source import escaped
from tests.unit.sources.hostile import HOSTILE, ONE_TEXT, Hostile, stored
from tests.unit.sources.reading_child import read_in_child
from tests.unit.sources.workbooks import sheet_xml, text_rows, write_workbook

PEAK_LIMIT_MB = 300


@pytest.mark.slow
@pytest.mark.parametrize("hostile", HOSTILE, ids=[h.name for h in HOSTILE])
def test_that_a_hostile_file_is_refused_by_its_place_in_little_memory(tmp_path: Path, hostile: Hostile) -> None:
    path = tmp_path / "customers.csv"
    hostile.write(path)
    fared = read_in_child(path)
    print(f"\n{hostile.name}: {fared.peak_mb:.0f} MB, {fared.seconds:.2f} s: {fared.said}")
    with pytest.raises(ValueError, match=hostile.words):
        raise ValueError(fared.said)
    assert fared.said.isprintable()
    assert fared.peak_mb < PEAK_LIMIT_MB


@pytest.mark.parametrize("trigger", ["=1+1", "+62 812", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(0)"])
def test_that_cells_which_look_like_formulas_stay_text(tmp_path: Path, trigger: str) -> None:
    table = [["a", "b"], [trigger, "x"]]
    text = tmp_path / "a.csv"
    text.write_text("a,b\n" + f'"{trigger}",x\n')
    book = write_workbook(tmp_path / "a.xlsx", {"S": sheet_xml(text_rows(table))})
    assert [row.cells for row in open_source(text)] == [row.cells for row in open_source(book)] == [(trigger, "x")]


def test_that_signs_from_outside_are_shown_escaped() -> None:
    assert escaped("kontak\u202evsc.exe\x1b[2J é\n\u2028") == r"kontak\u202evsc.exe\x1b[2J é\n\u2028"


def test_that_a_large_workbook_streams(tmp_path: Path) -> None:
    """50,000 rows of five columns, and texts each its own."""
    rows = "".join(
        f'<row r="{n}">' + "".join(f'<c t="s"><v>{(n * 5 + c) % 200_000}</v></c>' for c in range(5)) + "</row>"
        for n in range(2, 50_002)
    )
    first = "".join(f'<c t="inlineStr"><is><t>h{c}</t></is></c>' for c in range(5))
    texts = [f"Nama pelanggan nomor {n}" for n in range(200_000)]
    path = write_workbook(tmp_path / "big.xlsx", {"S": sheet_xml(f"<row>{first}</row>{rows}")}, texts=texts)
    fared = read_in_child(path)
    print(f"\n50,000 rows of a workbook: {fared.peak_mb:.0f} MB, {fared.seconds:.2f} s")
    assert (fared.said, fared.rows) == ("", 50_000)
    assert fared.peak_mb < PEAK_LIMIT_MB


@pytest.mark.slow
def test_that_one_text_behind_many_cells_is_held_a_few_rows_at_a_time(tmp_path: Path) -> None:
    """12,000 cells of 60,000 characters in a sheet of 250 kB: 2.9 GB if they were held together."""
    path = tmp_path / "repeated.xlsx"
    header = "".join(f'<c t="inlineStr"><is><t>h{c}</t></is></c>' for c in range(60))
    stored(f"<row>{header}</row>" + f"<row>{ONE_TEXT * 60}</row>" * 200)(path)
    fared = read_in_child(path)
    print(f"\none text behind many cells: {fared.peak_mb:.0f} MB, {fared.seconds:.2f} s")
    assert (fared.said, fared.rows) == ("", 200)
    assert fared.peak_mb < PEAK_LIMIT_MB
