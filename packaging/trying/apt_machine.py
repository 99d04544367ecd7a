"""apt in a minimal root, with one source of ours beside the release's own."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from linux.apt_repository import KEY_PLACE, PIN, PIN_FILE
from trying.debian_root import Root

_OURS = "etc/apt/sources.list.d/tirai.sources"
_HOSTS = ("127.0.0.1*", "packages.example*")


class RootApt:
    """apt of a root, as it is configured there.

    Args:
        root: which one; the release's own lists are fetched already.
    """

    def __init__(self, root: Root) -> None:
        self._root = root
        place = root.folder / "etc/apt/preferences.d" / PIN_FILE
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(PIN)

    def point(self, source: Callable[[str], str], public: Path) -> None:
        """Take this source and key; forget what was fetched of another one."""
        folder = self._root.folder
        (folder / KEY_PLACE.lstrip("/")).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(public, folder / KEY_PLACE.lstrip("/"))
        (folder / _OURS).write_text(source(KEY_PLACE))
        for path in [found for host in _HOSTS for found in (folder / "var/lib/apt/lists").glob(host)]:
            path.unlink()
        for path in (folder / "var/cache/apt/archives").glob("tirai*"):
            path.unlink()

    def update(self) -> tuple[int, str]:
        """Fetch the index of our source alone."""
        ours = (
            "-o",
            f"Dir::Etc::sourcelist=/{_OURS}",
            "-o",
            "Dir::Etc::sourceparts=-",
            "-o",
            "APT::Get::List-Cleanup=0",
        )
        return self._apt("update", *ours, "-o", "APT::Update::Error-Mode=any")

    def get(self, package: str, *more: str) -> tuple[int, str]:
        """Install it."""
        return self._apt("install", "-y", "--no-install-recommends", *more, package)

    def upgrade(self) -> tuple[int, str]:
        """Upgrade what can be."""
        return self._apt("upgrade", "-y")

    def remove(self, package: str, *, purge: bool = False) -> tuple[int, str]:
        """Remove it."""
        return self._apt("purge" if purge else "remove", "-y", package)

    def has(self, package: str) -> str:
        """The version that is installed and whole, or nothing."""
        done = self._root.run(
            "dpkg-query", "-W", "-f", "${db:Status-Status} ${Version}", package, user="root", check=False
        )
        found = re.fullmatch(r"installed (\S+)", done.strip())
        return found.group(1) if found else ""

    def _apt(self, *words: str) -> tuple[int, str]:
        line = self._root.line("apt-get", "-o", "Dpkg::Use-Pty=0", *words, user="root", settings={"LC_ALL": "C"})
        done = subprocess.run(
            line, check=False, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        return done.returncode, done.stdout
