"""Build `tirai-console-VERSION-x64.msi`, signed, into `build/msi/` and `dist/` (`make msi`).

Steps: the CPython that the settings name, or one for tests; the wheels of `requirements/windows.txt`; the folder as it
lies on a workstation; launchers signed; the package made twice and compared; the package signed with a time stamp.
A package that holds the CPython for tests, or is signed for tests, has `TEST` in its name. `package.json` beside it
says what it was made from.
"""

import hashlib
import json
import shutil
import sys
import time
from pathlib import Path

from steps import DIST
from windows.launchers import COMPILER, LAUNCHERS, RESOURCES, build_launcher
from windows.layout import LOCK, ROOT, fetch_wheels, files_of, lay_out, sign_files
from windows.package import build_package
from windows.runtime import Runtime, RuntimeRefusedError, runtime
from windows.signing import Signer, SigningError, signer

from app import __version__

BUILD = ROOT / "build" / "msi"
EXIT_FAILED, EXIT_ENVIRONMENT = 1, 5
TOOLS = (COMPILER, RESOURCES, "wixl", "msibuild", "osslsigncode", "faketime", "openssl")


def main() -> int:
    """Build, and lay the package for people into `dist/`."""
    lacking = [tool for tool in TOOLS if not shutil.which(tool)]
    if lacking:
        print(f"Not here: {', '.join(lacking)}. `make msi` brings them.", file=sys.stderr)
        return EXIT_ENVIRONMENT
    try:
        with signer(BUILD / "authority") as signs:
            package = build_all(signs)
    except (RuntimeRefusedError, SigningError) as error:
        print(error, file=sys.stderr)
        return EXIT_ENVIRONMENT
    DIST.mkdir(exist_ok=True)
    for old in DIST.glob("*.msi"):
        old.unlink()
    shutil.copyfile(package, DIST / package.name)
    return 0


def build_all(signs: Signer) -> Path:
    """Build this version, and a next one of the same contents to try an upgrade with; returns this one's package."""
    began = time.monotonic()
    made = runtime(BUILD / "downloads")
    kind = "for a release" if made.may_be_shipped else "FOR TESTS ONLY, never shipped"
    print(f"Python for Windows: {made.source}, SHA-256 {made.sha256}, {kind}", flush=True)
    wheels, folder = wheels_of_the_lock(), BUILD / f"tirai-{__version__}"
    lay_out(folder, made, wheels, __version__)
    sign_files(folder)
    unsigned = target_of(made, signs, __version__).with_suffix(".unsigned")
    build_package(folder, unsigned, __version__)
    again = is_the_same_again(made, wheels, unsigned)
    more = {"unsigned_sha256": sha256_of(unsigned), "twice_the_same": again}
    package = build(made, folder, __version__, signs, more)
    told(began, package)
    began, following = time.monotonic(), next_version(__version__)
    told(began, build(made, next_folder(folder, made, following), following, signs, {}))
    return package


def told(began: float, target: Path) -> None:
    """Say what was built."""
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB, {time.monotonic() - began:.0f} s", flush=True)


def next_version(version: str) -> str:
    """The version that an upgrade is tried with."""
    major, minor, patch = version.split(".")
    return f"{major}.{minor}.{int(patch) + 1}"


def next_folder(folder: Path, made: Runtime, version: str) -> Path:
    """This version's folder as a next one: other launchers, a file more, a file less."""
    following = BUILD / f"tirai-{version}"
    shutil.rmtree(following, ignore_errors=True)
    shutil.copytree(folder, following)
    for launcher in LAUNCHERS:
        build_launcher(launcher, following, version, made.dll, (folder / "tirai.ico").read_bytes())
    (following / "LICENSE-Tirai.txt").rename(following / "LICENSE.Tirai.txt")
    return following


def wheels_of_the_lock() -> Path:
    """The locked wheels; fetched anew when the lock changed."""
    folder, stamp = BUILD / "wheels", BUILD / "wheels.sha256"
    wanted = hashlib.sha256((ROOT / LOCK).read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text() != wanted:
        stamp.unlink(missing_ok=True)
        fetch_wheels(folder)
        stamp.write_text(wanted)
    return folder


def target_of(made: Runtime, signs: Signer, version: str) -> Path:
    """Where a version's package goes; its name says whether it is one for tests."""
    kind = "" if made.may_be_shipped and not signs.is_for_tests else "-TEST"
    return BUILD / f"tirai-console-{version}-x64{kind}.msi"


def build(made: Runtime, folder: Path, version: str, signs: Signer, more: dict[str, object]) -> Path:
    """Sign the launchers, make the package, sign it, and write down what it is."""
    target = target_of(made, signs, version)
    for launcher in LAUNCHERS:
        signs.sign(folder / launcher.name)
    sign_files(folder)
    build_package(folder, target, version)
    signs.sign(target, is_package=True)
    about = {
        "package": target.name,
        "version": version,
        "is_for_release": "TEST" not in target.name,
        "bytes": target.stat().st_size,
        "sha256": sha256_of(target),
        "files": sum(1 for _ in files_of(folder)),
        "installed_bytes": sum(path.stat().st_size for path in files_of(folder)),
        "python": {"file": made.source, "sha256": made.sha256, "may_be_shipped": made.may_be_shipped},
        "signature_for_tests_only": signs.is_for_tests,
        "lock_sha256": sha256_of(ROOT / LOCK),
        **more,
    }
    target.with_suffix(".json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    return target


def is_the_same_again(made: Runtime, wheels: Path, first: Path) -> bool:
    """Whether a second build, in another folder, gives the same bytes (before signing: a signature has a time)."""
    folder, again = BUILD / "again" / "folder", BUILD / "again" / "again.msi"
    again.parent.mkdir(exist_ok=True)
    lay_out(folder, made, wheels, __version__)
    sign_files(folder)
    build_package(folder, again, __version__)
    same = again.read_bytes() == first.read_bytes()
    if same:
        shutil.rmtree(again.parent)
    return same


def sha256_of(file: Path) -> str:
    """Of a file, hex."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
