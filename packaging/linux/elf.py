"""What the programs and libraries of a bundle ask of the system: Debian packages, and the oldest glibc that will do."""

import functools
import hashlib
import re
import subprocess
import sys
from pathlib import Path

from steps import BUILD, said


def binaries_of(folder: Path) -> list[Path]:
    """Programs and libraries below a folder, sorted."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return [path for path in files if _begins(path) == b"\x7fELF"]


def _begins(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)


@functools.cache
def debian_packages(bundle: Path, package: str) -> str:
    """The `Depends` that dpkg-shlibdeps computes; asked again only when the bundle asks for something else.

    Raises:
        RuntimeError: a library is neither in the bundle nor in a package.
    """
    work = BUILD / "shlibdeps" / package
    (work / "debian").mkdir(parents=True, exist_ok=True)
    (work / "debian/control").write_text(f"Source: tirai\n\nPackage: {package}\nArchitecture: any\n")
    binaries = binaries_of(bundle)
    # All that counts: which libraries each needs, by which symbols. The program's own code is no part of it.
    asks = said("objdump", "-p", "-T", *(path.relative_to(bundle) for path in binaries), cwd=bundle)
    known = work / hashlib.sha256(asks.encode()).hexdigest()
    if known.is_file():
        return known.read_text()
    folders = sorted({str(path.parent) for path in binaries})
    line = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", *(f"-l{folder}" for folder in folders)]
    line += [f"-e{path}" for path in binaries]
    done = subprocess.run(line, cwd=work, check=False, text=True, capture_output=True)
    if done.returncode != 0:
        errors = "\n".join(row for row in done.stderr.splitlines() if "error" in row)
        print(errors, file=sys.stderr)
        raise RuntimeError(errors)
    found = done.stdout.strip().removeprefix("shlibs:Depends=")
    known.write_text(found)
    return found


def glibc_floor(bundle: Path) -> str:
    """The newest version of glibc that a program or library of the bundle asks for."""
    told = said("objdump", "-T", *binaries_of(bundle))
    found = {tuple(int(part) for part in text.split(".")) for text in re.findall(r"GLIBC_(\d+\.\d+)", told)}
    return ".".join(str(part) for part in max(found))
