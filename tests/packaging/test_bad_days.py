"""Each bad day names checks that exist, and the page tells how each went."""

import ast
import fnmatch
from pathlib import Path

import pytest
from bad_days import BAD_DAYS, BadDay, OwnTest, Part, judged, own_tests
from steps import PACKAGING, ROOT

TRIALS = {
    "apt": ("try_apt.py", "trying/apt_attacks.py"),
    "console": ("try_deb.py",),
    "rpm": ("make_rpm.py",),
    "msi": ("windows/trying.py",),
    "supply": ("dist_check.py",),
}


def words_of(trial: str) -> list[str]:
    """Texts of a trial's programs; what is filled in counts as `*`."""
    found = []
    for name in TRIALS[trial]:
        for node in ast.walk(ast.parse((PACKAGING / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                found.append(
                    "".join(str(each.value) if isinstance(each, ast.Constant) else "*" for each in node.values)
                )
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(node.value)
    return found


@pytest.mark.parametrize("day", BAD_DAYS, ids=lambda day: day.what)
def test_that_each_part_of_a_trial_that_is_named_is_tried(day: BadDay) -> None:
    for check in day.checks:
        if isinstance(check, Part):
            known = words_of(check.trial)
            assert any(_fit(check.words, each) for each in known), check


def _fit(named: str, written: str) -> bool:
    """Whether a part's name and a text of the program can be the same words; either may leave some open."""
    open_words = written.count("*") and len(written.replace("*", "")) > 8
    return fnmatch.fnmatchcase(written, named) or bool(open_words and fnmatch.fnmatchcase(named, written))


@pytest.mark.parametrize("test", own_tests(), ids=lambda test: test.name)
def test_that_each_test_that_is_named_is_there(test: OwnTest) -> None:
    tree = ast.parse((ROOT / Path(test.file)).read_text(encoding="utf-8"))
    assert test.name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_that_a_failure_and_what_was_not_run_are_told() -> None:
    day = BadDay("a day", "what happens", (Part("apt", "no signature"), Part("msi", "the * is refused")))
    parts = [{"part": "no signature", "ok": False}]
    assert [ok for _, ok in judged(day, {"apt": {"parts": parts}, "msi": None})] == [False, None]
    both = [{"part": "the program is refused", "ok": True}, {"part": "the package is refused", "ok": False}]
    assert [ok for _, ok in judged(day, {"msi": {"parts": both}})] == [None, False]
