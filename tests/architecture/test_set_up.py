"""The set-up names only what is missing, trusts only a finished environment, and stops with what to do."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import run

ROOT = Path(run.__file__).parent


def start(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "run.py"), *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def test_that_help_lists_every_task_in_one_line() -> None:
    lines = start("help").stdout.splitlines()
    assert [line.split()[1] for line in lines] == list(run.TASKS)
    assert all(len(line) <= 120 for line in lines)


def test_that_make_knows_every_task() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = next(line for line in makefile.splitlines() if line.startswith("TASKS := "))
    assert set(named.split()[2:]) == set(run.TASKS)


def test_that_an_unknown_task_is_a_usage_error_that_lists_the_tasks() -> None:
    result = start("rnu")
    assert result.returncode == run.EXIT_USAGE
    assert "lock-check" in result.stderr


def test_that_only_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "installed_packages", lambda _names: ["libegl1", "libglib2.0-0t64"])
    assert run.missing_packages(["libegl1", "libglib2.0-0|libglib2.0-0t64", "libgl1"]) == ["libgl1"]


def test_that_without_root_or_terminal_the_line_is_printed_and_nothing_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "is_root", lambda: False)
    monkeypatch.setattr("shutil.which", lambda _name: "/usr/bin/sudo")
    monkeypatch.setattr(run, "run_apt", lambda *_: pytest.fail("apt was run"))
    with pytest.raises(SystemExit) as stopped:
        run.install_packages(["libegl1"])
    assert stopped.value.code == run.EXIT_ENVIRONMENT
    assert "sudo apt-get install -y --no-install-recommends libegl1" in capsys.readouterr().err


def test_that_a_python_in_a_private_folder_is_not_chosen(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir()
    python = private / "python3.13"
    python.write_text("")
    python.chmod(0o755)
    private.chmod(0o700)
    assert not run.others_can_execute(python)


def test_that_an_old_python_alone_gets_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "candidate_pythons", lambda: [Path("/usr/bin/python3")])
    monkeypatch.setattr(run, "version_of", lambda _python: (3, 9, 2))
    with pytest.raises(SystemExit) as stopped:
        run.find_python()
    assert stopped.value.code == run.EXIT_ENVIRONMENT
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("left_over", [None, "", "{", '{"python": "another"}'])
def test_that_an_unfinished_or_other_environment_is_made_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, left_over: str | None
) -> None:
    stamp = tmp_path / "stamp.json"
    monkeypatch.setattr(run, "STAMP", stamp)
    if left_over is not None:
        stamp.write_text(left_over)
    assert not run.stamp_matches({"python": "this"})
    stamp.write_text(json.dumps({"python": "this"}))
    assert run.stamp_matches({"python": "this"})
