#!/usr/bin/env python3
"""Bring a fresh machine to a working Tirai and run one task: `python3 run.py TASK`, or `make TASK`.

Standard library only, and written so that any Python from 3.6 on can start it: an older one than the program
needs is told so in one sentence. Invariants: only missing system packages are ever named or installed, and
never without root, a person's Enter, or an error that prints the line; every Python package comes from a
hash-locked list; `.venv` counts as made only when its stamp was written last, so an interrupted set-up is redone.
"""

import contextlib
import hashlib
import json
import os
import platform
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Callable, Dict, Iterator, List, NoReturn, Optional, Tuple

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "tirai-set-up.json"
LOCKS = ROOT / "requirements"
PACKAGES_LOCK = LOCKS / "dev.txt"
RESOLVER_LOCK = LOCKS / "lock.txt"

OLDEST_PYTHON = (3, 11)
SYSTEM_PYTHONS = ("/usr/bin/python3.13", "/usr/bin/python3.12", "/usr/bin/python3.11")
EXIT_USAGE = 2
EXIT_ENVIRONMENT = 5

# What Debian and Ubuntu call the libraries, found by `ldd` on Qt's offscreen and xcb plug-ins in a minimal Debian 13.
# Several names for one thing, as releases differ: any of them will do, the first is asked for.
QT_PACKAGES = (
    "libglib2.0-0|libglib2.0-0t64",
    "libegl1",
    "libgl1",
    "libfontconfig1",
    "libdbus-1-3",
    "libgssapi-krb5-2",
    "libxkbcommon0",
    "libxkbcommon-x11-0",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xinerama0",
    "libxcb-xkb1",
    "libwayland-cursor0",
    "libwayland-egl1",
)
DEB_PACKAGES = (
    *("binutils", "dpkg-dev", "xz-utils", "mmdebstrap", "util-linux", "apt-utils", "gpg", "gpgv", "gpg-agent"),
    *("lintian", "appstream", "desktop-file-utils", "man-db", "rpm"),
)
MSI_PACKAGES = (
    "gcc-mingw-w64-x86-64",
    "binutils-mingw-w64-x86-64",
    "wixl",
    "msitools",
    "osslsigncode",
    "faketime",
    "openssl",
)
WINE_PACKAGES = ("wine64", "wine", "xvfb")
KEYRING_PACKAGES = ("gnome-keyring", "dbus", "dbus-daemon|dbus")
DISPLAY_PACKAGES = ("xvfb", "at-spi2-core", "libx11-6")  # for tests at a display and with a screen reader's bus
# For tests that read customers from a MariaDB of their own, and that stand a pooler before PostgreSQL.
DATABASE_PACKAGES = ("mariadb-server-core", "pgbouncer")
# For tests of the customers' page in a real browser.
BROWSER_PACKAGES = ("chromium|chromium-browser", "chromium-driver|chromium-chromedriver")

# Removed from the environment of everything started here: they would point Python or pip past `.venv`.
MISLEADING_VARIABLES = ("PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV")


# --- Saying things -----------------------------------------------------------------------------------------------


def say(text: str) -> None:
    """Tell the person what happens now."""
    print(text, flush=True)


def stop(text: str, code: int = EXIT_ENVIRONMENT) -> NoReturn:
    """End with a sentence on what to do, and an exit code (decisions.md: 2 usage, 5 environment)."""
    print(text, file=sys.stderr, flush=True)
    sys.exit(code)


# --- Which Python ------------------------------------------------------------------------------------------------


def others_can_execute(path: Path) -> bool:
    """Say whether every user may run the file: the x bit for others on it and on each folder above, links followed.

    Security tests run as an ordinary user, so a Python inside /root is no use even to root.
    """
    try:
        real = path.resolve()
        places = [real, *real.parents, *path.parents]
        return real.is_file() and all(place.stat().st_mode & stat.S_IXOTH for place in places)
    except OSError:
        return False


def version_of(python: Path) -> Optional[Tuple[int, int, int]]:
    """Ask an interpreter for its version; None when it does not start."""
    question = "import sys; print(*sys.version_info[:3])"
    try:
        answer = subprocess.check_output([str(python), "-I", "-c", question], env=environment())
        major, minor, patch = (int(part) for part in answer.split())
    except (OSError, subprocess.CalledProcessError, ValueError):
        return None
    return major, minor, patch


def candidate_pythons() -> List[Path]:
    """List the interpreters to try, best first: the system's own, then the one running this file."""
    running = Path(getattr(sys, "_base_executable", None) or sys.executable)
    found = [] if os.name == "nt" else [Path(name) for name in SYSTEM_PYTHONS if others_can_execute(Path(name))]
    own_is_private = sys.platform.startswith("linux") and is_root() and not others_can_execute(running)
    return found if own_is_private else [*found, running]


def find_python() -> Tuple[Path, Tuple[int, int, int]]:
    """Choose the Python that `.venv` is made with, or stop with one sentence."""
    for python in candidate_pythons():
        version = version_of(python)
        if version is not None and version >= OLDEST_PYTHON:
            return python, version
    stop(
        "Tirai needs Python %d.%d or newer that every user of this machine can execute; found only Python %s (%s)."
        % (*OLDEST_PYTHON, platform.python_version(), sys.executable)
    )


# --- System packages (Debian, Ubuntu) ----------------------------------------------------------------------------


def is_root() -> bool:
    """Say whether this process may install packages as it is."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def has_apt() -> bool:
    """Say whether this is Debian, Ubuntu, or a system made from them."""
    return bool(shutil.which("apt-get") and shutil.which("dpkg-query"))


def installed_packages(names: List[str]) -> List[str]:
    """Say which of the named Debian packages are installed now."""
    line = ["dpkg-query", "--show", "--showformat", "${db:Status-Status} ${Package}\n", *names]
    answer = subprocess.run(
        line, check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, universal_newlines=True
    )
    pairs = (row.split(" ", 1) for row in answer.stdout.splitlines() if " " in row)
    return [name for state, name in pairs if state == "installed"]


def missing_packages(wanted: List[str]) -> List[str]:
    """Name the wanted packages that are absent; a `|` separates names of one thing."""
    choices = [entry.split("|") for entry in wanted]
    installed = set(installed_packages([name for names in choices for name in names]))
    return [names[0] for names in choices if not installed.intersection(names)]


def can_make_environments(python: Path) -> bool:
    """Say whether the interpreter brings venv and pip; Debian keeps both in a package of their own."""
    line = [str(python), "-I", "-c", "import ensurepip, venv"]
    return subprocess.call(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def apt_lines(packages: List[str]) -> List[List[str]]:
    """Write the two apt commands that install the packages, without recommended extras and without questions."""
    return [["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *packages]]


def as_typed(lines: List[List[str]], prefix: str) -> str:
    """Show commands as a person would type them."""
    return " && ".join(prefix + " ".join(shlex.quote(word) for word in line) for line in lines)


def install_packages(packages: List[str]) -> None:
    """Install missing packages: root at once, a person through sudo after Enter, otherwise stop with the line."""
    lines = apt_lines(packages)
    if is_root():
        say("Installing system packages: %s" % " ".join(packages))
        run_apt(lines, environment(DEBIAN_FRONTEND="noninteractive"))
        return
    if not shutil.which("sudo"):
        stop(
            "Tirai needs system packages that are missing here. Run this as root, then try again:\n"
            + as_typed(lines, "")
        )
    shown = as_typed(lines, "sudo ")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        stop("Tirai needs system packages that are missing here. Run this line, then try again:\n" + shown)
    say("Tirai needs system packages that are missing here. This line installs them:\n\n%s\n" % shown)
    wait_for_enter()
    run_apt([["sudo", "env", "DEBIAN_FRONTEND=noninteractive", *line] for line in lines], environment())


def wait_for_enter() -> None:
    """Let the person agree to the line shown, or stop."""
    try:
        input("Press Enter to run it, or Ctrl-C to stop. ")
    except (KeyboardInterrupt, EOFError):
        stop("\nNothing was installed.")


def run_apt(lines: List[List[str]], env: Dict[str, str]) -> None:
    """Run apt's commands in turn; a failing one stops everything, naming itself."""
    for line in lines:
        if subprocess.call(line, env=env, stdin=None if sys.stdin.isatty() else subprocess.DEVNULL) != 0:
            stop("This command failed; mend what it says above, then try again:\n" + as_typed([line], ""))


def bring_system_packages(python: Path, version: Tuple[int, int, int], more: Tuple[str, ...] = ()) -> None:
    """Make sure of Python's venv, the libraries of Qt, a Secret Service with its message bus, and `more`."""
    if not has_apt():
        say("Not tried on this system yet: best effort, and the libraries of Qt and a keyring are yours to bring.")
        return
    missing = missing_packages(list(QT_PACKAGES + KEYRING_PACKAGES + more))
    if not can_make_environments(python):
        missing.insert(0, "python%d.%d-venv" % version[:2])
    if missing:
        install_packages(missing)


# --- The virtual environment -------------------------------------------------------------------------------------


def environment(**extra: str) -> Dict[str, str]:
    """Copy the environment without what would lead Python or pip past `.venv`."""
    kept = {name: value for name, value in os.environ.items() if name not in MISLEADING_VARIABLES}
    kept.update(PIP_DISABLE_PIP_VERSION_CHECK="1", **extra)
    return kept


def in_venv(command: str) -> str:
    """Say where a command of the environment lies."""
    folder = VENV / ("Scripts" if os.name == "nt" else "bin")
    return str(folder / (command + ".exe" if os.name == "nt" else command))


def wanted_stamp(python: Path, version: Tuple[int, int, int]) -> Dict[str, str]:
    """Describe the environment that should be there: its lock, its Python, its place, and this set-up's own text."""
    return {
        "lock_sha256": hashlib.sha256(PACKAGES_LOCK.read_bytes()).hexdigest(),
        "set_up_sha256": hashlib.sha256(Path(__file__).read_bytes()).hexdigest(),
        "python": "%s %d.%d.%d" % (python, *version),
        "folder": str(ROOT),
    }


def stamp_matches(wanted: Dict[str, str]) -> bool:
    """Say whether `.venv` was finished for exactly this lock, Python and place."""
    try:
        return bool(json.loads(STAMP.read_text(encoding="utf-8")) == wanted)
    except (OSError, ValueError):
        return False


def make_environment(python: Path, stamp: Dict[str, str]) -> None:
    """Make `.venv` anew from the hash-locked list; its stamp is written last."""
    say("Setting up .venv with %s; this takes a minute, once." % stamp["python"])
    remove(VENV)
    os.umask(0o022)  # tests run parts of it as an ordinary user
    must_run([str(python), "-I", "-m", "venv", str(VENV)])
    install_locked(PACKAGES_LOCK)
    install_project()
    unfinished = STAMP.with_suffix(".part")
    unfinished.write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")
    unfinished.replace(STAMP)


def install_locked(lock: Path) -> None:
    """Install exactly what a lock lists, wheels only, each checked against its hash."""
    pip = [in_venv("python"), "-I", "-m", "pip", "install", "--quiet", "--no-input", "--progress-bar", "off"]
    must_run([*pip, "--require-hashes", "--only-binary", ":all:", "--requirement", str(lock)])


def install_project() -> None:
    """Put this checkout on the environment's path, and the command `tirai` beside its Python.

    A path file and a starter are all that an editable install would leave, and need no build tool.
    """
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    answer = subprocess.check_output([in_venv("python"), "-I", "-c", question], universal_newlines=True)
    Path(answer.strip(), "tirai.pth").write_text(str(ROOT) + "\n", encoding="utf-8")
    if os.name == "nt":
        Path(in_venv("tirai")).with_suffix(".cmd").write_text('@"%~dp0python.exe" -I "%~dp0tirai.py" %*\n')
    starter = Path(in_venv("tirai")).with_suffix(".py" if os.name == "nt" else "")
    starter.write_text(STARTER % shlex.quote(in_venv("python")), encoding="utf-8")
    starter.chmod(0o755)


# The first two lines are shell and Python at once: a `#!` line cannot hold a path that is long or has spaces.
# `-I`: no variable and no folder of the person's own can put code into Python before Tirai begins.
STARTER = """#!/bin/sh
'''exec' %s -I "$0" "$@"
' '''
import sys

from app.__main__ import main

sys.exit(main())
"""


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let one set-up work on `.venv` at a time, where the system has file locks."""
    if os.name == "nt":
        yield
        return
    import fcntl

    folder = ROOT / "build"
    folder.mkdir(exist_ok=True)
    with (folder / "set-up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        os.set_inheritable(lock.fileno(), True)  # a pip that outlives a killed set-up keeps the next one waiting
        yield


def prepare(*more: str) -> None:
    """Bring all that the tasks need, and `more` packages; a finished set-up costs a look at a stamp and a list."""
    python, version = find_python()
    if not sys.platform.startswith("linux"):
        say("Not tried on %s yet: set-up is best effort." % platform.system())
    else:
        bring_system_packages(python, version, more)
    with one_at_a_time():
        stamp = wanted_stamp(python, version)
        if not stamp_matches(stamp):
            make_environment(python, stamp)


# --- Running things ----------------------------------------------------------------------------------------------


def must_run(line: List[str]) -> None:
    """Run a step of the set-up; a failure ends the task."""
    if subprocess.call(line, cwd=str(ROOT), env=environment(), close_fds=False) != 0:
        stop("Setting up failed at: %s" % " ".join(line[:6]))


def hand_over(line: List[str], **extra: str) -> NoReturn:
    """Become the given command, so that its signals and exit code are the task's own."""
    env = environment(**extra)
    sys.stdout.flush()
    if os.name == "nt":
        sys.exit(subprocess.call(line, cwd=str(ROOT), env=env))
    os.chdir(str(ROOT))
    os.execve(line[0], line, env)


def remove(path: Path) -> None:
    """Remove a file, link or folder if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(str(path))
    elif path.exists() or path.is_symlink():
        path.unlink()


# --- Tasks -------------------------------------------------------------------------------------------------------


def task_run(arguments: List[str]) -> None:
    """Prepare the demo office and open the console on it (without a display: play its story)."""
    prepare()
    hand_over([in_venv("python"), "-m", "tests.demo", *arguments])


def task_run_team(arguments: List[str]) -> None:
    """Prepare PostgreSQL, two gateways behind a proxy, two consoles (without a display: play their story)."""
    prepare()
    hand_over([in_venv("python"), "-m", "tests.demo.team_run", *arguments])


def task_test(arguments: List[str]) -> None:
    """Run the fast tests (ARGS="-k words" chooses among them)."""
    prepare()
    hand_over([*pytest_line(), "-m", "not slow", *arguments], QT_QPA_PLATFORM="offscreen")


def task_test_all(arguments: List[str]) -> None:
    """Run all tests, the slow ones too, but for the long variants."""
    prepare(*DISPLAY_PACKAGES, *DATABASE_PACKAGES, *BROWSER_PACKAGES)
    hand_over([*pytest_line(), "-m", "not long", *arguments], QT_QPA_PLATFORM="offscreen")


def task_test_long(arguments: List[str]) -> None:
    """Run the long variants: longer random walks, more kills, a rotation over 100,000 customers."""
    prepare(*DISPLAY_PACKAGES, *DATABASE_PACKAGES, *BROWSER_PACKAGES)
    hand_over([*pytest_line(), "-m", "long", *arguments], QT_QPA_PLATFORM="offscreen")


def pytest_line() -> List[str]:
    """Begin a run of tests: one process more than processors, up to four, each file whole in one, slow files first.

    Many tests wait: for the 30 seconds of a code, for other processes. Its folder has a short name,
    because a socket's path holds 108 bytes; this process becomes pytest, with this number.
    """
    line = [in_venv("python"), "-m", "pytest", "--numprocesses", str(min((os.cpu_count() or 1) + 1, 4))]
    line += ["--dist", "loadfile", "--no-loadscope-reorder"]
    if os.name != "nt":
        line += ["--basetemp", "/tmp/tt%d" % os.getpid()]
    return line


def task_check(_arguments: List[str]) -> None:
    """Check style, format, types and the direction of imports."""
    prepare()
    checks = (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"], ["lint-imports", "--no-logo"])
    failed = []
    for check in checks:
        say("$ " + " ".join(check))
        if subprocess.call([in_venv(check[0]), *check[1:]], cwd=str(ROOT), env=environment()) != 0:
            failed.append(" ".join(check))
    if failed:
        stop("Failed: " + ", ".join(failed), 1)


def task_format(_arguments: List[str]) -> None:
    """Put imports and format in order."""
    prepare()
    for line in (["ruff", "check", "--fix", "."], ["ruff", "format", "."]):
        subprocess.call([in_venv(line[0]), *line[1:]], cwd=str(ROOT), env=environment())


def task_translations(_arguments: List[str]) -> None:
    """Gather the screens' sentences into resources/i18n, compile them, name what is not translated."""
    prepare()
    hand_over([in_venv("python"), "-m", "tests.ui.linguist"])


def task_screens(arguments: List[str]) -> None:
    """Write every screen in all themes, languages and scales, with contact sheets, and name what is cut."""
    prepare()
    hand_over([in_venv("python"), "-m", "tests.ui.gallery.screens", *arguments], QT_QPA_PLATFORM="offscreen")


def task_asvs(_arguments: List[str]) -> None:
    """Write docs/asvs.md: which test shows which requirement on sign-in and sessions."""
    prepare()
    hand_over([in_venv("python"), "-m", "tests.architecture.asvs"])


def task_attacks(_arguments: List[str]) -> None:
    """Write docs/attacks.md: which test tries which attack, and who owns the rest."""
    prepare()
    hand_over([in_venv("python"), "-m", "tests.architecture.attacks"])


def task_openapi(_arguments: List[str]) -> None:
    """Write docs/openapi.json and docs/openapi-import.json: the office's API, described."""
    prepare()
    hand_over([in_venv("python"), "-m", "tests.architecture.openapi"])


def task_kill_rounds(arguments: List[str]) -> None:
    """Kill processes at random moments of a session and look what stays (ROUNDS=100 SEED=1)."""
    prepare()
    hand_over([in_venv("python"), "-m", "tests.security.kill_rounds", *arguments], QT_QPA_PLATFORM="offscreen")


def task_lock(arguments: List[str]) -> None:
    """Write the hash-locked lists from pyproject.toml, keeping versions that still fit."""
    prepare()
    install_locked(RESOLVER_LOCK)
    for lock, sources in LOCK_SOURCES.items():
        compile_lock(sources, LOCKS / lock, arguments)


def task_upgrade(arguments: List[str]) -> None:
    """Write the hash-locked lists anew with the newest versions that pyproject.toml allows."""
    task_lock(["--upgrade", *arguments])


def task_lock_check(_arguments: List[str]) -> None:
    """Compile the lists again beside the kept ones and say whether they are the same."""
    prepare()
    install_locked(RESOLVER_LOCK)
    trial_folder = ROOT / "build" / "lock-check"
    remove(trial_folder)
    shutil.copytree(str(LOCKS), str(trial_folder))
    for lock, sources in LOCK_SOURCES.items():
        compile_lock(sources, trial_folder / lock, [])
    stale = [lock for lock in LOCK_SOURCES if (trial_folder / lock).read_bytes() != (LOCKS / lock).read_bytes()]
    if stale:
        stop("Not what pyproject.toml asks for; run `make lock`: " + ", ".join(stale), 1)
    say("The lists are what pyproject.toml asks for.")


# One list per purpose: what the program needs, what servers need beside it, what working on it needs (the others'
# lists hold it to the same versions), what the Windows package holds (held to what the program needs), what freezes
# the program, and the resolver itself.
LOCK_SOURCES = {
    "runtime.txt": ["pyproject.toml"],
    "gateway.txt": ["pyproject.toml", "--extra", "gateway", "--constraints", "requirements/runtime.txt"],
    "dev.txt": [
        *("pyproject.toml", "--extra", "gateway", "--extra", "mysql", "--group", "dev"),
        *("--constraints", "requirements/runtime.txt", "--constraints", "requirements/gateway.txt"),
    ],
    "windows.txt": ["pyproject.toml", "--constraints", "requirements/runtime.txt"],
    "package.txt": ["--group", "package", "--constraints", "requirements/runtime.txt"],
    "lock.txt": ["--group", "lock"],
}


# Lists for one system and one Python; the others hold for all.
LOCK_PLACES = {"windows.txt": ["--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.13"]}


def compile_lock(sources: List[str], output: Path, extra: List[str]) -> None:
    """Resolve one list for every system and every Python from the oldest on, with hashes and without any address."""
    everywhere = ["--universal", "--python-version", "%d.%d" % OLDEST_PYTHON]
    line = [in_venv("uv"), "--quiet", "pip", "compile", *sources, "--output-file", str(output), *extra]
    line += [*LOCK_PLACES.get(output.name, everywhere), "--generate-hashes"]
    line += ["--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "make lock"]
    line += ["--python", in_venv("python"), "--no-python-downloads", "--no-config"]
    must_run(line)


def task_deb(arguments: List[str]) -> None:
    """Build tirai-console and try it in a minimal Debian (ARGS=--only-build, --only-try, --compare)."""
    package_by("make_deb.py", ["--kind", "console", *arguments])


def task_gateway_deb(arguments: List[str]) -> None:
    """Build tirai-gateway and try it there over PostgreSQL (the same ARGS)."""
    package_by("make_deb.py", ["--kind", "gateway", *arguments])


def task_apt_repo(arguments: List[str]) -> None:
    """Make the signed apt repository dist/apt from what was built (ARGS="--days 14")."""
    package_by("make_apt_repo.py", arguments)


def task_apt_check(arguments: List[str]) -> None:
    """Attack a signed repository in a minimal Debian, then install, upgrade and remove."""
    package_by("try_apt.py", arguments)


def task_rpm(arguments: List[str]) -> None:
    """Make signed RPMs from what `make deb` and `make gateway-deb` laid out, and prove their signatures."""
    package_by("make_rpm.py", arguments)


def task_audit(arguments: List[str]) -> None:
    """Look up known vulnerabilities of every locked package (ARGS="--only NAME")."""
    prepare()
    hand_over([in_venv("python"), str(ROOT / "packaging" / "audit.py"), *arguments])


def task_dist(arguments: List[str]) -> None:
    """Build all that can be built here, with bills of materials and signed sums (ARGS=--keep)."""
    package_by("make_dist.py", arguments)


def task_dist_check(arguments: List[str]) -> None:
    """Prove each artefact in a clean place; writes docs/deployment/status.md (ARGS="--only apt")."""
    package_by("dist_check.py", arguments)


def package_by(program: str, arguments: List[str]) -> NoReturn:
    """Bring what packages are made with, and become a program of packaging/."""
    prepare()
    if not (has_apt() and sys.platform.startswith("linux")):
        stop("Packages for Linux are built on Debian or Ubuntu.")
    _python, version = find_python()
    missing = missing_packages([*DEB_PACKAGES, "libpython%d.%d|libpython%d.%dt64" % (version[:2] * 2)])
    if missing:
        install_packages(missing)
    hand_over([in_venv("python"), str(ROOT / "packaging" / program), *arguments], QT_QPA_PLATFORM="offscreen")


def task_msi(arguments: List[str]) -> None:
    """Build the signed Windows package, twice the same (TIRAI_WINDOWS_PYTHON: a release's CPython)."""
    prepare_for_windows()
    hand_over([in_venv("python"), str(ROOT / "packaging" / "make_msi.py"), *arguments])


def task_msi_check(arguments: List[str]) -> None:
    """Try the Windows package that `make msi` built: its signatures, and under Wine; some minutes."""
    prepare_for_windows(*WINE_PACKAGES)
    hand_over([in_venv("python"), str(ROOT / "packaging" / "try_msi.py"), *arguments])


def prepare_for_windows(*more: str) -> None:
    """Bring the compiler, the package's maker and the signer."""
    prepare()
    if not (has_apt() and sys.platform.startswith("linux")):
        stop("The Windows package is built on Debian or Ubuntu.")
    missing = missing_packages([*MSI_PACKAGES, *more])
    if missing:
        install_packages(missing)


def task_updates(arguments: List[str]) -> None:
    """Publish updates: keys, repository, releases (ARGS="new REPOSITORY --keys KEYS")."""
    prepare()
    hand_over([in_venv("python"), str(ROOT / "packaging" / "updates" / "publish.py"), *arguments])


def task_bench(arguments: List[str]) -> None:
    """Measure beside peers and write tables and plots (ARGS="--only search"); 20 minutes."""
    prepare()
    hand_over([in_venv("python"), "-m", "benchmarks", *arguments], QT_QPA_PLATFORM="offscreen")


def task_bench_full(arguments: List[str]) -> None:
    """The same, then a million rows and 500 consoles at the gateways (ARGS="--million" for those alone)."""
    task_bench(["--full", *arguments])


def task_clean(_arguments: List[str]) -> None:
    """Remove everything that the tasks made: .venv, build, dist and caches."""
    made = (".venv", "build", "dist", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis")
    for name in (*made, ".import_linter_cache"):
        remove(ROOT / name)
    for folder in ("app", "tests", "benchmarks"):
        for cache in list((ROOT / folder).rglob("__pycache__")):
            remove(cache)


def task_help(_arguments: List[str]) -> None:
    """List the tasks, a line each."""
    for name, task in TASKS.items():
        say("make %-12s %s" % (name, (task.__doc__ or "").splitlines()[0]))


TASKS: Dict[str, Callable[[List[str]], None]] = {
    "run": task_run,
    "run-team": task_run_team,
    "test": task_test,
    "test-all": task_test_all,
    "test-long": task_test_long,
    "check": task_check,
    "format": task_format,
    "translations": task_translations,
    "screens": task_screens,
    "asvs": task_asvs,
    "attacks": task_attacks,
    "openapi": task_openapi,
    "kill-rounds": task_kill_rounds,
    "lock": task_lock,
    "lock-check": task_lock_check,
    "upgrade": task_upgrade,
    "deb": task_deb,
    "gateway-deb": task_gateway_deb,
    "apt-repo": task_apt_repo,
    "apt-check": task_apt_check,
    "rpm": task_rpm,
    "audit": task_audit,
    "msi": task_msi,
    "msi-check": task_msi_check,
    "dist": task_dist,
    "dist-check": task_dist_check,
    "updates": task_updates,
    "bench": task_bench,
    "bench-full": task_bench_full,
    "clean": task_clean,
    "help": task_help,
}


def main(arguments: List[str]) -> None:
    """Run the named task with the rest of the words."""
    name, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if name not in TASKS:
        stop("No task is called %s. Tasks: %s." % (name, ", ".join(TASKS)), EXIT_USAGE)
    try:
        TASKS[name](rest)
    except KeyboardInterrupt:
        stop("\nStopped.", 130)


if __name__ == "__main__":
    main(sys.argv[1:])
