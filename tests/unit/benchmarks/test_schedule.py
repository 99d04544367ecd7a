"""The runner: what fails is named and the others run; what is stopped is the last and what was measured stays."""

import os
import signal
import subprocess
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.__main__ import end, run_all, words_of
from benchmarks.schedule import FULL, ORDINARY, Run, keep, kept, table

ASKED = Namespace(n=None, repeats=None)


def test_that_what_is_said_for_all_holds_for_each_but_the_load_of_consoles() -> None:
    asked = Namespace(n=300, repeats=2)
    assert words_of(Run("search", 5, ("--full",)), asked) == ["--full", "--n", "300", "--repeats", "2"]
    assert words_of(Run("team_load", 5, ("--consoles", "4")), asked) == ["--consoles", "4"]


def test_that_one_that_fails_leaves_the_others_running_and_one_that_is_stopped_is_the_last(tmp_path: Path) -> None:
    def measure(run: Run, _words: Sequence[str]) -> str:
        if run.name == "wipe":
            raise KeyboardInterrupt
        return "failed" if run.name == "unlock" else "done"

    ended = run_all(ORDINARY[:5], ASKED, measure, tmp_path)
    assert [(run.name, run.ended) for run in ended] == [
        ("first_window", "done"),
        ("unlock", "failed"),
        ("wipe", "stopped"),
    ]
    assert [run.ended for run in kept(tmp_path)] == ["done", "failed", "stopped"]
    said = table(ended).splitlines()
    assert said[-1].startswith("| all of `make bench` | 1.2 min | 0.0 min |")
    assert said[3].endswith("| failed |")


def test_that_what_each_took_outlasts_a_run_of_others(tmp_path: Path) -> None:
    keep([ORDINARY[0].after(5.04, "done"), FULL[0].after(90.0, "done")], tmp_path)
    keep([ORDINARY[0].after(7.0, "done")], tmp_path)
    assert [(run.name, run.is_full, run.took_s) for run in kept(tmp_path)] == [
        (ORDINARY[0].name, False, 7.0),
        (FULL[0].name, True, 90.0),
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="benchmarks run on Linux")
def test_that_a_benchmark_that_is_ended_puts_its_servers_away_first() -> None:
    code = "import time\ntry:\n print('up', flush=True)\n time.sleep(600)\nfinally:\n print('away', flush=True)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        end(process)
        assert process.stdout.readline() == b"away\n"
    assert process.returncode == -signal.SIGINT
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
