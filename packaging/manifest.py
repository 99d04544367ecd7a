"""Write and sign the manifest of a folder that will be installed, and the module that says which key signs.

Two calls of a build. `write_key_module(FOLDER)` before the program is put together: the module `tirai_installed` with
the public key, to be frozen in, or laid beside `app`. `sign_folder(ROOT, programs)` when everything lies in its place,
before it is packed: `manifest.json` and `manifest.json.sig` in the root. It does not matter how the folder was made.

The key: 32 bytes in hex in the file that TIRAI_MANIFEST_KEY names, which is a release; without it, a key that the build
makes for itself in `build/keys` and that programs tell as a test key. Invariant: no private key goes into the folder.
"""

import argparse
import os
import secrets
import stat
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Final

from app import __version__
from app.crypto.labels import lp
from app.crypto.signing import public_of, sign
from app.integrity.manifest import LABEL, LATER, NAME, SIGNATURE, START, WINDOW, Manifest, OwnFile, OwnLink
from app.integrity.tree import digest_of, listed

ROOT: Final = Path(__file__).resolve().parent.parent
KEY_SETTING: Final = "TIRAI_MANIFEST_KEY"
TEST_KEY: Final = ROOT / "build" / "keys" / "manifest-test"
_INSIDE: Final = ("_internal/", "Lib/site-packages/", "Lib/", "lib/")
"""Where a frozen bundle, and an unfrozen layout, keep packages."""
_OF_WINDOWS: Final = frozenset({"PySide6", "shiboken6", "lucide", "fontpkg_inter"})
_OF_A_START: Final = frozenset({"app", "cryptography", "base_library.zip"})
_BEGIN_OF_A_START: Final = ("libpython", "_cffi_backend", "python3")


def key_of_this_build() -> tuple[bytes, bool]:
    """The signing seed, and whether it is only a build's own.

    Raises:
        SystemExit: the file that the setting names holds no key.
    """
    named = os.environ.get(KEY_SETTING)
    if named:
        return _seed(Path(named)), False
    if not TEST_KEY.is_file():
        TEST_KEY.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(TEST_KEY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_bytes(32).hex() + "\n")
    return _seed(TEST_KEY), True


def _seed(path: Path) -> bytes:
    try:
        seed = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError):
        seed = b""
    if len(seed) != 32:
        raise SystemExit(f"{path.name}: 32 bytes in hex are wanted ({KEY_SETTING})")
    return seed


def key_id(public: bytes) -> str:
    """How a key is called: the first half of itself in hex."""
    return public.hex()[:32]


def write_key_module(folder: Path, *, up: int = 0) -> Path:
    """Write `tirai_installed.py` into a folder.

    Args:
        folder: is made.
        up: how many folders the installed root lies above the one that holds `app`; a frozen bundle knows by itself.
    """
    seed, is_test = key_of_this_build()
    folder.mkdir(parents=True, exist_ok=True)
    module = folder / "tirai_installed.py"
    text = f'"""Which key signs this installation\'s manifest."""\n\nKEY = "{public_of(seed).hex()}"\n'
    module.write_text(f"{text}IS_TEST = {is_test}\nUP = {up}\n", encoding="ascii")
    return module


def sign_folder(root: Path, programs: Collection[str], *, version: str = __version__) -> Manifest:
    """Write the manifest of a folder, and its signature.

    Args:
        root: what will be installed, whole; its files get the modes of `mode_of`, which the manifest holds them to.
        programs: paths of what is run.
        version: of the program.
    """
    seed, _ = key_of_this_build()
    files, links = [], []
    for path, found in sorted(listed(str(root)).items()):
        if stat.S_ISLNK(found.st_mode):
            links.append(OwnLink(path, str((root / path).readlink())))
        elif stat.S_ISREG(found.st_mode):
            digest, mode = digest_of(str(root / path)), mode_of(path, programs)
            (root / path).chmod(mode)
            files.append(OwnFile(path, found.st_size, digest, mode, when_of(path)))
    made = Manifest(version, key_id(public_of(seed)), tuple(files), tuple(links))
    text = made.text()
    (root / NAME).write_bytes(text)
    (root / SIGNATURE).write_text(sign(seed, lp(LABEL, text)).hex() + "\n", encoding="ascii")
    for name in (NAME, SIGNATURE):
        (root / name).chmod(0o644)
    return made


def mode_of(path: str, programs: Collection[str]) -> int:
    """Permission bits of an installed file: only programs run."""
    return 0o755 if path in programs else 0o644


def when_of(path: str) -> str:
    """When a file is checked: what a start loads, what a window loads, and the rest."""
    inside = path
    for folder in _INSIDE:
        inside = inside.removeprefix(folder)
    top = inside.partition("/")[0]
    if top in _OF_WINDOWS or "/_resources/" in path:
        return WINDOW
    if "/" not in path or top in _OF_A_START or top.startswith(_BEGIN_OF_A_START) or "/lib-dynload/" in path:
        return START
    return LATER


def main() -> int:
    """`manifest.py key FOLDER [--up N]`, `manifest.py sign ROOT --program PATH...`."""
    parser = argparse.ArgumentParser(prog="manifest.py", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    key = steps.add_parser("key")
    key.add_argument("folder", type=Path)
    key.add_argument("--up", type=int, default=0)
    signing = steps.add_parser("sign")
    signing.add_argument("root", type=Path)
    signing.add_argument("--program", action="append", default=[])
    asked = parser.parse_args()
    if asked.step == "key":
        print(write_key_module(asked.folder, up=asked.up))
        return 0
    made = sign_folder(asked.root, asked.program)
    size = sum(file.size for file in made.files)
    print(f"{len(made.files)} files, {len(made.links)} links, {size / 1e6:.0f} MB; key {made.key}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
