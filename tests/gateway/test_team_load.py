"""The load program on a few consoles: it serves callers on one gateway and on two, and counts what the log has."""

import json
import re
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.team_console import CALLS, EVENTS, Seen
from benchmarks.team_load import Load
from tests.demo.terminal import ROOT

CONSOLES, LONGEST_S = 6, 600
AUDITED = re.compile(r"^audit entries: expected (\d+), found (\d+), equal$", re.MULTILINE)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_that_a_small_load_fails_nowhere_and_the_log_has_each_acknowledged_call_once(tmp_path: Path) -> None:
    words = ["--consoles", str(CONSOLES), "--customers", "60", "--seconds", "8", "--at-once", "4"]
    command = [sys.executable, "-X", "faulthandler", "-m", "benchmarks.team_load", *words, "--results", str(tmp_path)]
    told = tmp_path / "told"
    with told.open("wb") as file, subprocess.Popen(command, cwd=ROOT, stdout=file, stderr=subprocess.STDOUT) as load:
        try:
            load.wait(LONGEST_S)
        except subprocess.TimeoutExpired:  # where each of its threads is
            load.send_signal(signal.SIGABRT)
    said = told.read_text(encoding="utf-8")
    assert load.returncode == 0, said
    assert len(re.findall(r"^errors: 0", said, re.MULTILINE)) == 2
    audited = [(int(expected), int(found)) for expected, found in AUDITED.findall(said)]
    assert len(audited) == 2
    for expected, found in audited:
        assert expected == found >= CONSOLES * len({"sign_in", "end"}) + len(set(CALLS) & set(EVENTS))
    rows = json.loads((tmp_path / "team_load.json").read_text(encoding="utf-8"))["rows"]
    named = {row["row"]: row for row in rows}
    for gateways in ("1 gateway", "2 gateways"):
        assert named[f"{CONSOLES} consoles, {gateways}: calls a second"]["peer"] > 0


def test_that_an_entry_too_few_or_too_many_and_an_error_make_a_load_wrong() -> None:
    entries = Counter({"reveal ok": 3})
    assert Load(1, expected=entries, found=entries).is_right
    assert not Load(1, expected=entries, found=Counter({"reveal ok": 2})).is_right
    assert not Load(1, expected=entries, found=entries + Counter({"reveal refused": 1})).is_right
    failed = Seen(errors=Counter({"reveal: OfficeAwayError": 1}))
    assert not Load(1, seen=failed, expected=entries, found=entries).is_right
