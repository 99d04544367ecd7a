"""The minimal Debian of a trial, with systemd as the first process of its own namespaces: units run as on a machine.

Needs root, and a cgroup file system of the second kind that may be written. Invariants: all of it ends with the block;
of this machine it changes nothing but one control group, which is removed: `/sys` and `/proc/sys` are read-only there,
and its device files are its own. It shares this machine's network and clock.
Limits: a resource is limited only where this machine's second cgroup hierarchy has that controller.
"""

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from trying.debian_root import Root

STARTED_S = 120
_UP = {"running", "degraded"}
_BOOT = """
hostname tirai-trial
mount --make-rprivate /
mount --bind "$0" "$0"
mount -t proc proc "$0/proc"
mount --bind "$0/proc/sys" "$0/proc/sys" && mount -o remount,bind,ro "$0/proc/sys"
mount -t sysfs -o ro sysfs "$0/sys"
mount -t cgroup2 cgroup2 "$0/sys/fs/cgroup"
mount -t tmpfs -o mode=755 tmpfs "$0/dev"
for name in null zero full random urandom tty; do cp -a "/dev/$name" "$0/dev/$name"; done
mkdir "$0/dev/pts" "$0/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$0/dev/pts"
ln -s pts/ptmx "$0/dev/ptmx"
ln -s /proc/self/fd "$0/dev/fd"
mount -t tmpfs -o mode=1777 tmpfs "$0/dev/shm"
mount -t tmpfs -o mode=755 tmpfs "$0/run"
mount -t tmpfs -o mode=1777 tmpfs "$0/tmp"
mkdir "$0/run/machine"
cd "$0"
pivot_root . run/machine
umount -l /run/machine
mount --make-rshared /
exec env -i container=tirai-trial PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  /lib/systemd/systemd --unit=multi-user.target --log-target=journal --show-status=no
"""


class BootedRoot(Root):
    """A root whose first process is systemd; see `Root`."""

    def _enter(self, user: str) -> list[str]:
        enter = ["nsenter", "--target", str(self._pid), "--mount", "--pid", "--uts", "--ipc", "--cgroup", "--root"]
        return [*enter, "--wd=/", "--", "chroot", f"--userspec={user}:{user}", "/"]

    def unit(self, name: str, *asked: str) -> Mapping[str, str]:
        """Properties of a unit, as systemd has them."""
        said = self.run("systemctl", "show", name, "-p", ",".join(asked), user="root")
        return dict(row.split("=", 1) for row in said.splitlines() if "=" in row)


@contextlib.contextmanager
def booted(folder: Path) -> Iterator[BootedRoot]:
    """A root that has systemd, run by it, until the block is left.

    Raises:
        RuntimeError: this machine does not let it run, or it does not come up.
    """
    group = _cgroups() / f"tirai-trial-{os.getpid()}"
    group.mkdir()
    namespaces = ("--mount", "--pid", "--cgroup", "--uts", "--ipc", "--fork", "--kill-child")
    enters = f'echo $$ > {group}/cgroup.procs && exec unshare {" ".join(namespaces)} sh -e -c "$1" "$0"'
    keeper = subprocess.Popen(["sh", "-c", enters, str(folder), _BOOT], stdin=subprocess.DEVNULL)
    try:
        yield _up(folder, keeper)
    finally:
        keeper.kill()
        keeper.wait()
        _removed(group)


def _up(folder: Path, keeper: "subprocess.Popen[bytes]") -> BootedRoot:
    """The root, once systemd has started what it starts."""
    until, said = time.monotonic() + STARTED_S, ""
    children = Path(f"/proc/{keeper.pid}/task/{keeper.pid}/children")
    while time.monotonic() < until and keeper.poll() is None:
        time.sleep(0.5)
        first = children.read_text(encoding="ascii").split() if children.exists() else []
        if not first or Path(f"/proc/{first[0]}/comm").read_text(encoding="utf-8").strip() != "systemd":
            continue
        root = BootedRoot(folder, int(first[0]))
        said = root.run("systemctl", "is-system-running", user="root", check=False).strip()
        if said in _UP:
            return root
    raise RuntimeError(f"systemd does not come up here: {said or keeper.poll()}")


def _cgroups() -> Path:
    """Where the second hierarchy is mounted."""
    for row in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines():
        words, _, kind = row.partition(" - ")
        if kind.split()[0] == "cgroup2":
            return Path(words.split()[4])
    raise RuntimeError("this machine has no cgroup file system of the second kind")


def _removed(group: Path) -> None:
    """The control groups go, from the leaves, once the last process has left them."""
    until = time.monotonic() + 20
    while group.exists() and time.monotonic() < until:
        for place, _, _ in os.walk(group, topdown=False):
            with contextlib.suppress(OSError):
                os.rmdir(place)  # noqa: PTH106 -- a control group has files that nobody removes
        time.sleep(0.2)
