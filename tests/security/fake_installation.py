"""Installed trees for tests: a small one of bytes, and one in which this checkout's own program runs."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from manifest import sign_folder, write_key_module

from app.crypto.signing import public_of
from app.integrity.installed import Installed

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "tirai"
START = """
import sys
sys.path.insert(0, sys.argv.pop(1))
sys.argv[0] = "tirai"
from app.__main__ import main
main(is_by_hand=True)
"""


def give_modes(root: Path) -> None:
    """As a package lays files down: everybody may read, the owner writes, programs run."""
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.name == PROGRAM else 0o644)


def small(root: Path, seed: Path, version: str = "9.9.9") -> Installed:
    """A tree with a program, a library, a plug-in, data, and a link, signed with the key in `seed`."""
    inside = root / "_internal"
    for name in ("PySide6/Qt/lib/libQt6Core.so.6", "PySide6/Qt/plugins/platforms/libqxcb.so", "stdnum/oui.dat"):
        (inside / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / name).write_bytes(name.encode() * 50)
    (root / PROGRAM).write_bytes(b"program" * 100)
    (inside / "base_library.zip").write_bytes(b"modules" * 100)
    (inside / "libQt6Core.so.6").symlink_to("PySide6/Qt/lib/libQt6Core.so.6")
    give_modes(root)
    sign_folder(root, (PROGRAM,), version=version)
    give_modes(root)
    return Installed(str(root), public_of(bytes.fromhex(seed.read_text())), is_test=False, version=version)


@dataclass(frozen=True, slots=True)
class Running:
    """An installation whose program can be started."""

    root: Path

    def start(self, *words: str, settings: dict[str, str]) -> "subprocess.CompletedProcess[str]":
        """Run `tirai` as a layout without a frozen bundle does; nothing of Python's is written beside it."""
        line = [sys.executable, "-I", "-B", "-c", START, str(self.root / "Lib"), *words]
        return subprocess.run(line, env=settings, cwd="/", capture_output=True, text=True, check=False, timeout=120)


def whole(root: Path) -> Running:
    """This checkout's program below `root`, unfrozen, signed."""
    package = root / "Lib" / "app"
    shutil.copytree(ROOT / "app", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "resources", package / "_resources")
    write_key_module(root / "Lib", up=1)
    give_modes(root)
    sign_folder(root, ())
    give_modes(root)
    return Running(root)
