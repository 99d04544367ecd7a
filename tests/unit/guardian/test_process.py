"""What makes a process unreadable."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.errors import WorkstationError
from app.guardian import process

ROOT = Path(__file__).parents[3]


def run_hardened(program: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    start = f"import sys, os, json, resource; sys.path.insert(0, {str(ROOT)!r})\nfrom app.guardian.process import *\n"
    return subprocess.run(
        [sys.executable, "-I", "-c", start + program],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", **environment},
    )


@pytest.mark.attack("A4", "A13")
def test_that_a_hardened_process_and_its_fork_are_not_dumpable() -> None:
    done = run_hardened(
        "harden(); require_hardened()\n"
        "pid = os.fork()\n"
        "if pid == 0:\n"
        "    require_hardened(); os._exit(17)\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))"
    )
    assert done.stdout == "17\n", done.stderr


def test_that_a_process_that_was_not_hardened_is_found_out() -> None:
    done = run_hardened("require_hardened()")
    assert "WorkstationError" in done.stderr


@pytest.mark.attack("A13")
def test_that_no_core_is_written_and_files_are_private() -> None:
    done = run_hardened("harden(); print(json.dumps([resource.getrlimit(resource.RLIMIT_CORE), os.umask(0)]))")
    assert json.loads(done.stdout) == [[0, 0], 0o077]


@pytest.mark.attack("A42")
def test_that_hostile_variables_are_gone_for_children_and_named_without_values() -> None:
    done = run_hardened(
        "h = harden(); print(json.dumps([h.dropped, sorted(os.environ)]))",
        LD_PRELOAD="",
        PYTHONSTARTUP="/x/evil-value",
        QT_PLUGIN_PATH="/x",
        https_proxy="http://x",
        LANG="C.UTF-8",
    )
    dropped, left = json.loads(done.stdout)
    assert dropped == ["LD_PRELOAD", "PYTHONSTARTUP", "QT_PLUGIN_PATH", "https_proxy"]
    assert set(left) == {"LANG", "PATH"} | ({"LC_CTYPE"} & set(left))
    assert "evil-value" not in done.stdout


@pytest.mark.parametrize("status", ["Name:\tx\nTracerPid:\t41\n", "Name:\tx\n"])
def test_that_a_tracer_or_silence_about_it_is_refused(status: str) -> None:
    with pytest.raises(WorkstationError, match="debugger"):
        process.require_untraced(status)


def test_that_an_untraced_process_goes_on() -> None:
    process.require_untraced("Name:\tx\nTracerPid:\t0\n")


def test_that_another_system_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(WorkstationError, match="not built for this system yet"):
        process.harden()


def test_that_missing_standard_descriptors_are_filled() -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec "{sys.executable}" -I -c "$0" 0<&- 1>&- 2>&-', standard_fds_program()],
        check=False,
    )
    assert done.returncode == 3


def standard_fds_program() -> str:
    return (
        f"import sys, os; sys.path.insert(0, {str(ROOT)!r})\n"
        "from app.guardian.process import harden\n"
        "harden()\n"
        "os._exit(os.open('/dev/null', os.O_RDONLY))"
    )


def test_that_the_guardian_imports_no_qt_keyring_cipher_or_http() -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "import app.guardian.guardian, app.guardian.storage_work, app.guardian.office_start, app.guardian.watch\n"
        "print(' '.join(sorted(m.partition('.')[0] for m in sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    heavy = {"PySide6", "keyring", "secretstorage", "jeepney", "cryptography", "sqlcipher3", "httpx", "sqlalchemy"}
    assert heavy.isdisjoint(done.stdout.split())
