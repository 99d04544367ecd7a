"""Whatever takes over a second stands in one table: who begins it, who tells how far it is, who stops it (issue 7.10).

The table is held against the code, whose functions it names, against every door by which progress reaches a window
(`Tasks.on_gui`) or a terminal, and against `docs/performance.md`. What has no progress or no stop says "open" in both.
"""

import ast
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
CTRL_C, OPEN = "Ctrl-C", "open"


class Long(NamedTuple):
    """A long task; places are `file:function` under `app/`, several of them with a comma between.

    Attributes:
        words: the first cell of its row in `docs/performance.md`.
        begins: who begins it.
        tells: who shows what and how far, or OPEN.
        stops: who stops it, CTRL_C or OPEN.
    """

    words: str
    begins: str
    tells: str
    stops: str


LONG = (
    Long("filling the cache", "ui/console/customer_flow.py:_fill", "ui/console/status_bar.py:show_filled",
         "ui/console/leaving.py:lock"),
    Long("verifying the chain", "ui/audit/screen.py:verify", "ui/audit/verify_bar.py:say_progress",
         "ui/audit/screen.py:stop"),
    Long("counting exposures", "ui/exposures/screen.py:_read", "ui/exposures/busy.py:__init__",
         "ui/exposures/screen.py:_on_stopped"),
    Long("moving data keys in a console", "ui/console/resealing.py:_go_on", "ui/console/status_bar.py:show_moving",
         "ui/console/resealing.py:stop"),
    Long("`tirai keys reseal`", "terminal/keys.py:reseal", "terminal/keys.py:_progress", CTRL_C),
    Long("`tirai import`", "cli.py:import_customers", "terminal/import_report.py:progress", CTRL_C),
    Long("`tirai audit export`", "terminal/audit_log.py:export", "terminal/counting.py:counting", CTRL_C),
    Long("`tirai backup make`, `verify`, `restore`",
         "terminal/backup.py:make, terminal/backup_steps.py:verify_file, terminal/backup_steps.py:run_restore",
         "terminal/backup_steps.py:bar", CTRL_C),
    Long("the first sort or filter by a column of a large table", "ui/console/ordering.py:_go_on",
         "ui/console/table_foot.py:show_making", "ui/console/ordering.py:stop"),
    Long("who saw: the PDF", "ui/who_saw/screen.py:_save", "ui/who_saw/making_strip.py:show_progress",
         "ui/who_saw/screen.py:stop_making"),
    Long("`tirai audit verify`", "cli.py:audit_verify", "terminal/counting.py:counting", CTRL_C),
    Long("`tirai audit archive`, `verify-archive`",
         "terminal/audit_log.py:archive, terminal/audit_log.py:verify_archive",
         "terminal/counting.py:counting_steps", CTRL_C),
    Long("making an analytics export", "ui/privacy/exporting/page.py:_make", "ui/privacy/exporting/page.py:_on_rows",
         "ui/privacy/exporting/page.py:stop_making"),
    Long("controls, compliance report and evidence pack", "ui/privacy/compliance/page.py:_tell_far",
         "ui/privacy/compliance/page.py:_on_far", "ui/privacy/compliance/page.py:stop_looking"),
    Long("`tirai compliance report`, `review`, `assessment`, `pack`", "terminal/compliance.py:report",
         "terminal/counting.py:counting", CTRL_C),
    Long("letters to the people of an erasure", "ui/privacy/keeping/erasure_page.py:_save_letters",
         "ui/privacy/keeping/erasure_page.py:_on_letters", "ui/privacy/letters_strip.py:stop"),
    Long("letters to each customer of an incident", "ui/privacy/incidents/page.py:_save_letters_to_each",
         "ui/privacy/incidents/page.py:_on_letters", "ui/privacy/letters_strip.py:stop"),
    Long("`tirai privacy letters`", "terminal/letters.py:erasure, terminal/letters.py:incident",
         "terminal/counting.py:counting", CTRL_C),
)  # fmt: skip

NEWS = {
    "ui/system_watch.py:begin",
    "ui/console/customer_flow.py:begin",
    "ui/console/live.py:start",
    "ui/console/pulse.py:_watch_office",
}
"""Who takes news from another thread that is no progress of anything."""


def functions_in(path: Path) -> dict[str, ast.FunctionDef]:
    """The functions of a file by their names; of two with one name, the last."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def callers_of_on_gui() -> set[str]:
    """Every function of a screen that takes something from another thread, as `file:function`."""
    return {
        f"{path.relative_to(ROOT / 'app').as_posix()}:{name}"
        for path in sorted((ROOT / "app" / "ui").rglob("*.py"))
        if ".on_gui(" in path.read_text(encoding="utf-8")
        for name, function in functions_in(path).items()
        if any(isinstance(node, ast.Attribute) and node.attr == "on_gui" for node in ast.walk(function))
    }


def rows() -> dict[str, str]:
    """The rows of the table in `docs/performance.md`, by their first cell."""
    text = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    table = text.partition("### What takes over a second")[2].partition("\n## ")[0]
    lines = [line.strip("| ") for line in table.splitlines() if line.startswith("| ")]
    return dict(map(str.strip, line.split(" | ", 1)) for line in lines[1:])  # type: ignore[misc]


@pytest.mark.parametrize("task", LONG, ids=[task.begins for task in LONG])
def test_that_who_begins_tells_and_stops_is_in_the_code(task: Long) -> None:
    places = ", ".join(place for place in (task.begins, task.tells, task.stops) if place not in (CTRL_C, OPEN))
    for place in places.split(", "):
        file, _, name = place.partition(":")
        assert name in functions_in(ROOT / "app" / file), f"{place} is gone; put the place of now into this table"


def test_that_progress_reaches_a_window_from_no_other_task() -> None:
    known = {place for task in LONG for place in task.begins.split(", ")}
    others = callers_of_on_gui() - known - NEWS
    assert not others, f"say of each what it tells and how it is stopped (LONG), or that it is news: {sorted(others)}"
    assert "ui/audit/screen.py:verify" in callers_of_on_gui(), "the control: callers are found"


def test_that_the_table_for_people_has_the_same_tasks_and_says_what_is_open() -> None:
    written = rows()
    assert set(written) == {task.words for task in LONG}
    for task in LONG:
        is_open = OPEN in (task.tells, task.stops)
        assert (OPEN in written[task.words]) == is_open, task.words
