"""A minimal Debian in a folder, and programs in it, for the package's self-test.

Needs root and mmdebstrap. Invariants: packages come from Debian's own archive, checked by its keys; all that runs in it
lives in one process and mount namespace of its own and ends with it; nothing is mounted outside.
"""

import contextlib
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from steps import BUILD

UID = 1000
PERSON = "clerk"
_BASE_S = 86_400
NOTHING: Mapping[str, str] = {}
_MOUNTS = """
mount --make-rprivate / && mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" &&
mount -t tmpfs -o mode=1777 tmpfs "$0/tmp" && mount -t tmpfs tmpfs "$0/run" &&
mkdir -p "$0/run/user/1000" && chown 1000:1000 "$0/run/user/1000" && chmod 700 "$0/run/user/1000" &&
mkdir -m 1777 "$0/tmp/.X11-unix" && echo ready && exec sleep infinity
"""


def release() -> str:
    """The Debian release of this machine, which is what the package was built on."""
    words = dict(
        line.split("=", 1) for line in Path("/etc/os-release").read_text(encoding="utf-8").splitlines() if "=" in line
    )
    return words["VERSION_CODENAME"].strip('"')


def own_sources() -> list[Path]:
    """Where this machine has its packages from: its own apt sources, so that no archive is named here.

    Folders of the machine are left out: they are not there inside the root.
    """
    apt = Path("/etc/apt")
    found = [apt / "sources.list", *sorted((apt / "sources.list.d").glob("*.sources"))]
    return [path for path in found if path.exists() and _is_archive(path.read_text(encoding="utf-8"))]


def _is_archive(sources: str) -> bool:
    lines = [line for line in sources.splitlines() if line.strip() and not line.startswith("#")]
    return bool(lines) and not any(re.search(r"\bfile:", line) for line in lines)


def make_root(folder: Path) -> None:
    """The smallest Debian that has apt, with one ordinary user: a copy of one that is made once a day."""
    shutil.rmtree(folder, ignore_errors=True)
    base = BUILD / "debian-base"
    if not (base / "made").is_file() or time.time() - (base / "made").stat().st_mtime > _BASE_S:
        _make_base(base)
    folder.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", "--reflink=auto", base / "root", folder], check=True)


def _make_base(base: Path) -> None:
    shutil.rmtree(base, ignore_errors=True)
    base.mkdir(parents=True)
    folder = base / "root"
    name = release()
    line = ["mmdebstrap", "--quiet", "--mode=root", "--variant=minbase", name, str(folder)]
    subprocess.run([*line, *map(str, own_sources())], check=True)
    for file in ("etc/resolv.conf", "etc/hosts"):
        (folder / file).unlink(missing_ok=True)
        shutil.copyfile(f"/{file}", folder / file)
    subprocess.run(["chroot", folder, "useradd", "--create-home", "--uid", str(UID), PERSON], check=True)
    (base / "made").touch()


class Root:
    """A running root.

    Args:
        folder: where it lies.
        pid: first process of its namespace.
    """

    def __init__(self, folder: Path, pid: int) -> None:
        self.folder, self._pid = folder, pid
        self.home = folder / "home" / PERSON

    def line(self, *words: str, user: str = PERSON, settings: Mapping[str, str] = NOTHING) -> list[str]:
        """The command line that runs `words` inside."""
        home = "/root" if user == "root" else f"/home/{PERSON}"
        inside = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": home,
            "LANG": "C.UTF-8",
            "TERM": "xterm",
            "DEBIAN_FRONTEND": "noninteractive",
        }
        if user != "root":
            inside |= {"XDG_RUNTIME_DIR": f"/run/user/{UID}"}
        variables = [f"{name}={value}" for name, value in (inside | dict(settings)).items()]
        return [*self._enter(user), "env", "-i", *variables, *words]

    def _enter(self, user: str) -> list[str]:
        enter = ["nsenter", "--target", str(self._pid), "--mount", "--pid", "--"]
        return [*enter, "chroot", f"--userspec={user}:{user}", str(self.folder)]

    def run(self, *words: str, user: str = PERSON, check: bool = True, settings: Mapping[str, str] = NOTHING) -> str:
        """Run inside; returns what was printed."""
        done = subprocess.run(
            self.line(*words, user=user, settings=settings), text=True, stdout=subprocess.PIPE, check=False, timeout=600
        )
        if check and done.returncode != 0:
            raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout[-2000:]}")
        return done.stdout

    def start(self, *words: str, log: Path, settings: Mapping[str, str] = NOTHING) -> "subprocess.Popen[bytes]":
        """Start inside; ends with the root."""
        with log.open("ab") as file:
            return subprocess.Popen(
                self.line(*words, settings=settings), stdin=subprocess.DEVNULL, stdout=file, stderr=file
            )

    def install(self, *packages: str) -> None:
        """Install packages without recommended ones."""
        line = ("apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", "install", "-y", "--no-install-recommends")
        self.run(*line, *packages, user="root")

    def programs(self) -> list[str]:
        """Which files the processes inside run."""
        return self.run("sh", "-c", "readlink /proc/[0-9]*/exe", user="root", check=False).split()

    def end(self, program: str, signal: str = "KILL") -> None:
        """Send a signal to every process inside that runs this file; a minimal root has no pkill."""
        each = f'[ "$(readlink $exe)" != {program} ] || kill -{signal} $(basename ${{exe%/exe}})'
        self.run("sh", "-c", f"for exe in /proc/[0-9]*/exe; do {each}; done", user="root", check=False)

    def give(self, path: Path) -> None:
        """Make the person inside the owner of a file or folder."""
        for each in (path, *path.rglob("*")):
            os.chown(each, UID, UID, follow_symlinks=False)


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Root]:
    """Mounts and processes of a root, until the block is left."""
    line = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", _MOUNTS, str(folder)]
    keeper = subprocess.Popen(line, stdout=subprocess.PIPE, text=True)
    try:
        assert keeper.stdout is not None
        if keeper.stdout.readline().strip() != "ready":
            raise RuntimeError("the minimal root could not be mounted (needs root with CAP_SYS_ADMIN)")
        children = Path(f"/proc/{keeper.pid}/task/{keeper.pid}/children").read_text(encoding="ascii").split()
        yield Root(folder, int(children[0]))
    finally:
        keeper.kill()
        keeper.wait()


def until(what: str, seconds: float, ready: Callable[[], object]) -> None:
    """Wait for something.

    Raises:
        RuntimeError: it did not come.
    """
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise RuntimeError(f"did not come in {seconds:.0f} s: {what}")
        time.sleep(0.3)
