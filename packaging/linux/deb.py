"""Pack a tree as a Debian package: control, checksums, conffiles and scripts; the same tree gives the same bytes."""

import hashlib
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from steps import MAINTAINER, architecture, epoch, package_version, run

SCRIPTS = ("preinst", "postinst", "prerm", "postrm")


@dataclass(frozen=True)
class About:
    """What the control file says.

    Attributes:
        name: of the package.
        summary: one line.
        description: what it is, by paragraphs of plain text.
        depends: of libraries and of what scripts need.
        more: further fields, for example `Recommends`.
        scripts: the folder where preinst and the others lie.
        programs: places below the tree that are executable.
    """

    name: str
    summary: str
    description: str
    depends: str
    scripts: Path
    more: dict[str, str] = field(default_factory=dict)
    programs: tuple[str, ...] = ()


def pack(tree: Path, about: About, target: Path) -> Path:
    """Write the package.

    Args:
        tree: what is installed, from the root on; gets its DEBIAN folder here.
        about: what the control file says.
        target: the folder for the package.

    Returns:
        Its path.
    """
    _write_control(tree, about)
    settle(tree, (*about.programs, *(f"DEBIAN/{name}" for name in SCRIPTS)))
    target.mkdir(parents=True, exist_ok=True)
    package = target / file_name(about.name)
    package.unlink(missing_ok=True)
    line = ("dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build")
    run(*line, tree, package, settings={"SOURCE_DATE_EPOCH": str(epoch())})
    return package


def file_name(name: str) -> str:
    """What the package's file is called."""
    return f"{name}_{package_version()}_{architecture()}.deb"


def _write_control(tree: Path, about: About) -> None:
    control = tree / "DEBIAN"
    control.mkdir()
    files = sorted(path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    files = [path for path in files if control not in path.parents]
    sums = [
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(tree)}\n"
        for path in files
    ]
    (control / "md5sums").write_text("".join(sums))
    settings = [path for path in files if path.is_relative_to(tree / "etc")]
    (control / "conffiles").write_text("".join(f"/{path.relative_to(tree)}\n" for path in settings))
    for name in SCRIPTS:
        if (about.scripts / name).is_file():
            shutil.copyfile(about.scripts / name, control / name)
    fields = {
        "Package": about.name,
        "Source": "tirai",
        "Version": package_version(),
        "Architecture": architecture(),
        "Maintainer": MAINTAINER,
        "Installed-Size": str(installed_kib(tree)),
        "Depends": about.depends,
        **about.more,
        "Section": "misc",
        "Priority": "optional",
        "Description": about.summary + "\n" + _folded(about.description),
    }
    (control / "control").write_text("".join(f"{name}: {text}\n" for name, text in fields.items()))


def _folded(text: str) -> str:
    return "\n".join(f" {line}" if line else " ." for line in text.strip().splitlines())


def installed_kib(tree: Path) -> int:
    """Size of the installed files, each rounded up to KiB as Debian policy says (5.6.20)."""
    files = (path for path in tree.rglob("*") if path.is_file() and "DEBIAN" not in path.parts)
    return sum((path.lstat().st_size + 1023) // 1024 for path in files)


def settle(tree: Path, programs: tuple[str, ...] = ()) -> None:
    """Modes and times that do not depend on who built."""
    when = epoch()
    runs = {tree / place for place in programs}
    for path in sorted(tree.rglob("*"), reverse=True):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path in runs else 0o644)
        os.utime(path, (when, when), follow_symlinks=False)
    tree.chmod(0o755)
