"""Build `build/deb/tirai-console_VERSION_ARCH.deb`, unsigned, and try it in a minimal Debian (`make deb`).

Steps: an environment with exactly the locked packages that the program needs; PyInstaller with `tirai.spec`; the
package's tree; dependencies computed by dpkg-shlibdeps, which also fails on a library that nothing provides.
Invariants: same sources, same machine, same bytes (SOURCE_DATE_EPOCH, a fixed hash seed, sorted lists, no owner but
root). The package fits the Debian release it is built on, and newer ones with the same libraries.
"""

import argparse
import functools
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from app import __version__

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "deb"
NAME = "tirai-console"
LOCKS = ("requirements/runtime.txt", "requirements/package.txt")
BUNDLE = "usr/lib/tirai"
HERE = Path(__file__).parent

CONTROL = """\
Package: {name}
Version: {version}
Architecture: {architecture}
Maintainer: The Tirai maintainers <maintainers@tirai.invalid>
Installed-Size: {size}
Depends: {depends}
Recommends: gnome-keyring, dbus-user-session | dbus-x11
Section: misc
Priority: optional
Description: console for contact-centre agents
 Customers' sensitive values stay absent from this workstation until one of
 them is released, for one purpose and half a minute, with an audit entry.
 .
 Needs a Secret Service with a collection in memory, as gnome-keyring has.
"""


def main() -> int:
    """Build, then try."""
    parser = argparse.ArgumentParser(prog="make deb", description=__doc__)
    parser.add_argument("--only-build", action="store_true", help="do not try the package")
    parser.add_argument("--only-try", action="store_true", help="try the package that is there")
    asked = parser.parse_args()
    BUILD.mkdir(parents=True, exist_ok=True)
    os.umask(0o022)
    package = BUILD / f"{NAME}_{__version__}_{architecture()}.deb"
    if not asked.only_try:
        began = time.monotonic()
        freeze(environment())
        build(package)
        print(f"{package}: {package.stat().st_size / 1e6:.1f} MB, {time.monotonic() - began:.0f} s", flush=True)
    if asked.only_build:
        return 0
    return subprocess.call([sys.executable, str(HERE / "try_deb.py"), str(package)], cwd=ROOT)


def run(*line: str | Path, settings: Mapping[str, str] | None = None) -> None:
    """Run a step; its failure ends everything."""
    subprocess.run([str(word) for word in line], cwd=ROOT, env=os.environ | dict(settings or {}), check=True)


def said(*line: str | Path, cwd: Path = ROOT) -> str:
    """What a command prints."""
    return subprocess.run(
        [str(word) for word in line], cwd=cwd, check=True, text=True, stdout=subprocess.PIPE
    ).stdout.strip()


def architecture() -> str:
    """Debian's word for this machine."""
    return said("dpkg", "--print-architecture")


def epoch() -> str:
    """Seconds that every file of the package carries: SOURCE_DATE_EPOCH, or the last commit's time."""
    return os.environ.get("SOURCE_DATE_EPOCH") or said("git", "log", "-1", "--format=%ct")


def environment() -> Path:
    """The environment that is frozen: made again when a lock or the Python changed; returns its `bin`."""
    folder = BUILD / "environment"
    stamp = folder / "stamp"
    locks = "".join(hashlib.sha256((ROOT / lock).read_bytes()).hexdigest() for lock in LOCKS)
    wanted = f"{locks} {sys.version}"
    if not stamp.is_file() or stamp.read_text() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        python = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
        run(python, "-I", "-m", "venv", folder)
        pip = (folder / "bin" / "python", "-I", "-m", "pip", "install", "--quiet", "--no-input")
        wanted_lists = [word for lock in LOCKS for word in ("--requirement", lock)]
        run(*pip, "--require-hashes", "--only-binary", ":all:", *wanted_lists)
        stamp.write_text(wanted)
    return folder / "bin"


def freeze(binaries: Path) -> None:
    """Run PyInstaller on a copy of the spec's sources."""
    folders = ("--distpath", BUILD / "dist", "--workpath", BUILD / "work")
    settings = {"PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": epoch(), "PYINSTALLER_CONFIG_DIR": str(BUILD / "config")}
    program = (binaries / "python", "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR")
    run(*program, *folders, HERE / "tirai.spec", settings=settings)


def build(package: Path) -> None:
    """Lay the tree out and pack it."""
    tree = BUILD / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(BUILD / "dist" / "tirai", tree / BUNDLE, symlinks=True)
    put_beside(tree)
    write_control(tree)
    settle(tree)
    package.unlink(missing_ok=True)
    pack = ("dpkg-deb", "--root-owner-group", "-Zzstd", "-z9", "--build")
    run(*pack, tree, package, settings={"SOURCE_DATE_EPOCH": epoch()})
    about = {
        "package": package.name,
        "bytes": package.stat().st_size,
        "sha256": hashlib.sha256(package.read_bytes()).hexdigest(),
        "installed_kib": installed_kib(tree),
        "glibc": glibc_floor(tree / BUNDLE),
        "depends": depends(tree).split(", "),
    }
    (BUILD / "package.json").write_text(json.dumps(about, indent=1) + "\n")
    print(f"glibc {about['glibc']} or newer; {about['installed_kib']} KiB installed", flush=True)


def put_beside(tree: Path) -> None:
    """What lies outside the bundle: the command, the menu entry, the sweep at each login, the mark, licences."""
    share, doc = tree / "usr/share", tree / "usr/share/doc" / NAME
    units, autostart = tree / "usr/lib/systemd/user", tree / "etc/xdg/autostart"
    wanted = units / "default.target.wants"
    for folder in (
        tree / "usr/bin",
        share / "applications",
        share / "icons/hicolor/scalable/apps",
        doc,
        wanted,
        autostart,
    ):
        folder.mkdir(parents=True)
    shutil.copyfile(HERE / "tirai-sweep.service", units / "tirai-sweep.service")
    (wanted / "tirai-sweep.service").symlink_to("../tirai-sweep.service")
    shutil.copyfile(HERE / "tirai-sweep.desktop", autostart / "tirai-sweep.desktop")
    (tree / "usr/bin/tirai").symlink_to("../lib/tirai/tirai")
    shutil.copyfile(HERE / "tirai.desktop", share / "applications/tirai.desktop")
    shutil.copyfile(ROOT / "resources/icons/mark.svg", share / "icons/hicolor/scalable/apps/tirai.svg")
    shutil.copyfile(HERE / "copyright", doc / "copyright")
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    (doc / "changelog.gz").write_bytes(gzip.compress(changes, mtime=0))
    copy_licences(doc / "third-party")


def copy_licences(target: Path) -> None:
    """The licence files of every package that was frozen, as their makers ship them."""
    found = (BUILD / "environment").glob("lib/python*/site-packages/*.dist-info")
    for folder in sorted(found):
        name = folder.name.removesuffix(".dist-info")
        if name.lower().startswith(("pip-", "pyinstaller", "setuptools-", "altgraph-", "pexpect-", "ptyprocess-")):
            continue
        for file in sorted(path for path in folder.rglob("*") if is_licence(path)):
            (target / name).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target / name / file.name)


def is_licence(path: Path) -> bool:
    """Whether a file of a package's metadata is a licence or a notice."""
    named = re.match(r"(licen[cs]e|copying|notice|authors|metadata$)", path.name, re.IGNORECASE)
    return path.is_file() and (bool(named) or "licenses" in path.parts)


def write_control(tree: Path) -> None:
    """Control file, checksums, and what an administrator may change."""
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN/conffiles").write_text("/etc/xdg/autostart/tirai-sweep.desktop\n")
    sums = [
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(tree)}\n"
        for path in sorted(tree.rglob("*"))
        if path.is_file() and not path.is_symlink() and "DEBIAN" not in path.parts
    ]
    (tree / "DEBIAN/md5sums").write_text("".join(sums))
    text = CONTROL.format(
        name=NAME,
        version=__version__,
        architecture=architecture(),
        size=installed_kib(tree),
        depends=depends(tree),
    )
    (tree / "DEBIAN/control").write_text(text)


def binaries_of(tree: Path) -> list[Path]:
    """Programs and libraries of the bundle."""
    files = sorted(path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    return [path for path in files if path.open("rb").read(4) == b"\x7fELF"]


@functools.cache
def depends(tree: Path) -> str:
    """Debian packages whose libraries the bundle links.

    Raises:
        subprocess.CalledProcessError: a library is neither in the bundle nor in a package.
    """
    work = BUILD / "shlibdeps"
    (work / "debian").mkdir(parents=True, exist_ok=True)
    (work / "debian/control").write_text(f"Source: tirai\n\nPackage: {NAME}\nArchitecture: any\n")
    binaries = binaries_of(tree / BUNDLE)
    folders = sorted({str(path.parent) for path in binaries})
    line = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", *(f"-l{folder}" for folder in folders)]
    line += [f"-e{path}" for path in binaries]
    done = subprocess.run(line, cwd=work, check=False, text=True, capture_output=True)
    if done.returncode != 0:
        print("\n".join(row for row in done.stderr.splitlines() if "error" in row), file=sys.stderr)
        done.check_returncode()
    return done.stdout.strip().removeprefix("shlibs:Depends=")


def glibc_floor(bundle: Path) -> str:
    """The newest version of glibc that a program or library of the bundle asks for."""
    told = said("objdump", "-T", *binaries_of(bundle))
    found = {tuple(int(part) for part in text.split(".")) for text in re.findall(r"GLIBC_(\d+\.\d+)", told)}
    return ".".join(str(part) for part in max(found))


def installed_kib(tree: Path) -> int:
    """Size of the installed files, each rounded up to KiB as Debian policy says."""
    files = (path for path in tree.rglob("*") if path.is_file() and "DEBIAN" not in path.parts)
    return sum((path.lstat().st_size + 1023) // 1024 for path in files)


def settle(tree: Path) -> None:
    """Modes and times that do not depend on who built."""
    when = int(epoch())
    for path in sorted(tree.rglob("*"), reverse=True):
        if not path.is_symlink():
            runs = path.is_dir() or path == tree / BUNDLE / "tirai"
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (when, when), follow_symlinks=False)
    tree.chmod(0o755)


if __name__ == "__main__":
    sys.exit(main())
