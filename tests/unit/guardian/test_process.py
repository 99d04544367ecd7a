"""What makes a process unreadable, and which environment variables are hostile."""

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


def test_that_no_core_is_written_and_files_are_private() -> None:
    done = run_hardened("harden(); print(json.dumps([resource.getrlimit(resource.RLIMIT_CORE), os.umask(0)]))")
    assert json.loads(done.stdout) == [[0, 0], 0o077]


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


@pytest.mark.parametrize(
    "name",
    [
        "LD_PRELOAD",
        "LD_LIBRARY_PATH",
        "PYTHONPATH",
        "PYTHONHOME",
        "QML2_IMPORT_PATH",
        "QML_IMPORT_PATH",
        "SSLKEYLOGFILE",
        "QT_PLUGIN_PATH",
        "QT_QPA_PLATFORM_PLUGIN_PATH",
        "HTTPS_PROXY",
        "http_proxy",
        "ALL_PROXY",
        "no_proxy",
    ],
)
def test_that_a_variable_which_loads_code_or_diverts_traffic_is_hostile(name: str) -> None:
    assert process.hostile_names({name: "x"}) == (name,)


@pytest.mark.parametrize("name", ["PATH", "HOME", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"])
def test_that_a_variable_which_a_desktop_needs_stays(name: str) -> None:
    assert process.hostile_names({name: "x"}) == ()


def test_that_a_keyring_named_by_the_environment_is_left_for_the_key_store_to_refuse() -> None:
    assert process.hostile_names({"PYTHON_KEYRING_BACKEND": "x"}) == ()


def test_that_what_the_program_set_itself_is_kept() -> None:
    assert process.hostile_names({"PYTHONUTF8": "1", "PYTHONPATH": "x"}, keep={"PYTHONUTF8"}) == ("PYTHONPATH",)


@pytest.mark.parametrize("status", ["Name:\tx\nTracerPid:\t41\n", "Name:\tx\n"])
def test_that_a_tracer_or_silence_about_it_is_refused(status: str) -> None:
    with pytest.raises(WorkstationError, match="debugger"):
        process.require_untraced(status)


def test_that_an_untraced_process_goes_on() -> None:
    process.require_untraced("Name:\tx\nTracerPid:\t0\n")


def test_that_another_system_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
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
