"""Environments with exactly the locked packages that a program needs, and PyInstaller's folders from them.

Invariants: every package comes from a hash-locked list; same sources and same machine give the same bytes
(SOURCE_DATE_EPOCH, a fixed hash seed).
"""

import hashlib
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from manifest import sign_folder, write_key_module
from steps import BUILD, PACKAGING, ROOT, epoch, run


@dataclass(frozen=True)
class Bundle:
    """One program that is frozen.

    Attributes:
        name: of its folder below `build/frozen`.
        spec: what goes in.
        locks: its lists of packages.
    """

    name: str
    spec: Path
    locks: tuple[str, ...]

    @property
    def build(self) -> Path:
        """Where all of it is made."""
        return BUILD / "frozen" / self.name

    @property
    def environment(self) -> Path:
        """The environment that it is frozen from."""
        return self.build / "environment"

    @property
    def folder(self) -> Path:
        """The frozen program."""
        return self.build / "dist" / "tirai"


CONSOLE = Bundle("console", PACKAGING / "console/tirai.spec", ("runtime.txt", "package.txt"))
GATEWAY = Bundle("gateway", PACKAGING / "gateway/gateway.spec", ("gateway.txt", "package.txt"))


def prepare(bundle: Bundle) -> Path:
    """Make the environment, anew when a lock or the Python changed.

    Returns:
        Its `bin`.
    """
    folder = bundle.environment
    stamp = folder / "stamp"
    locks = [ROOT / "requirements" / lock for lock in bundle.locks]
    wanted = " ".join([*(hashlib.sha256(lock.read_bytes()).hexdigest() for lock in locks), sys.version])
    if not stamp.is_file() or stamp.read_text() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        python = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
        run(python, "-I", "-m", "venv", folder)
        pip = (folder / "bin" / "python", "-I", "-m", "pip", "install", "--quiet", "--no-input")
        lists = [word for lock in locks for word in ("--requirement", str(lock))]
        run(*pip, "--require-hashes", "--only-binary", ":all:", *lists)
        stamp.write_text(wanted)
    return folder / "bin"


def freeze(bundle: Bundle) -> Path:
    """Run PyInstaller, with the key in it by which the program checks its own files, and sign what comes out.

    Returns:
        The frozen program's folder.
    """
    binaries = prepare(bundle)
    write_key_module(BUILD / "generated")
    folders = ("--distpath", bundle.build / "dist", "--workpath", bundle.build / "work")
    settings = {
        "PYTHONHASHSEED": "1",
        "SOURCE_DATE_EPOCH": str(epoch()),
        "PYINSTALLER_CONFIG_DIR": str(bundle.build / "config"),
    }
    program = (binaries / "python", "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR")
    run(*program, *folders, bundle.spec, settings=settings)
    sign_folder(bundle.folder, ("tirai",))
    return bundle.folder
