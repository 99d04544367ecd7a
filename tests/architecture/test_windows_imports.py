"""What a command on Windows imports needs nothing that only Unix has; tried here with all of that taken away.

`make msi-check` runs commands under Wine; this one is cheap, and says at once which module broke it.
"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
# Servers run on Linux, and so do the ways in which it tells of its locks; migrations are the servers' too.
LEFT_OUT = ("app.gateway", "app.backoffice.migrations", "app.__main__", "app.system.linux", "app.system.login")
SCRIPT = """
import importlib, os, pkgutil, signal, sys
import app, app.cli

names = [m.name for m in pkgutil.walk_packages(app.__path__, "app.") if not m.name.startswith(LEFT_OUT)]
for name in names:  # all that is not ours is imported while the system is whole
    importlib.import_module(name)
for name in [name for name in sys.modules if name == "app" or name.startswith("app.")]:
    del sys.modules[name]
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
for name in ("O_NOFOLLOW", "O_DIRECTORY", "O_CLOEXEC", "O_NONBLOCK", "fork", "geteuid", "getuid", "pidfd_open",
             "memfd_create", "pipe2", "fchmod", "killpg", "setsid", "pwrite"):
    delattr(os, name)
for name in ("SIGHUP", "SIGQUIT", "SIGKILL", "SIGUSR1", "SIGCHLD"):
    delattr(signal, name)
broken = []
for name in names:
    try:
        importlib.import_module(name)
    except Exception as error:
        broken.append(f"{name}: {type(error).__name__}: {error}")
print("\\n".join(broken))
"""


@pytest.mark.slow
def test_that_no_module_of_a_workstation_needs_unix_to_be_imported() -> None:
    script = f"LEFT_OUT = {LEFT_OUT!r}\n{SCRIPT}"
    line = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{script}"]
    done = subprocess.run(
        line, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=280
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert done.stdout.strip() == ""
