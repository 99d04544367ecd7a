"""What lies in Tirai's folder on Windows: an embeddable CPython, locked packages, the program, its data, two launchers.

Invariants: every package comes from a wheel whose hash stands in `requirements/windows.txt`; of the working tree only
what Git tracks goes in; Python sources go in compiled (checked by no time stamp, so equal sources give equal bytes)
and not as text; of Qt, only what a window on Windows needs. The folder is read alone: nothing is written into it later.
"""

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from manifest import sign_folder, write_key_module
from windows.launchers import LAUNCHERS, build_launcher, drawn_icon
from windows.runtime import Runtime

ROOT = Path(__file__).resolve().parent.parent.parent
LOCK = "requirements/windows.txt"
LIBRARY = "lib"

_QT = "Core|Gui|Widgets|Svg|PrintSupport|OpenGL|OpenGLWidgets"
_PYSIDE = re.compile(
    rf"PySide6/(__init__\.py|_config\.py|_git_pyside_version\.py|py\.typed|Qt({_QT})\.pyd|Qt6({_QT})\.dll|pyside6\.abi3\.dll"
    r"|(msvcp|vcruntime|concrt)\w*\.dll"
    r"|plugins/(platforms/q(windows|offscreen)|styles/|imageformats/q(svg|jpeg|ico)|iconengines/)[\w.]*(?<!d\.dll)$"
    r"|translations/qtbase_(en|id)\.qm|support/(__init__|deprecated)\.py$)"
)
"""Of PySide6, with the style of Windows; no software OpenGL, no data of ICU. pyqtgraph imports Qt's OpenGL modules."""
_DROPPED = re.compile(
    r"(^|/)(tests?|testing|_pyinstaller|__pycache__|examples)/|\.(pyi|lib|h|pxd|pyx|typed|c)$"
    r"|/(RECORD|INSTALLER|REQUESTED)$"
    r"|^(numpy/(f2py|_core/include|_core/lib|distutils)|sqlalchemy/testing|pythonwin|shiboken6/docs|reportlab/fonts)/"
    r"|^phonenumbers/(geodata|carrierdata|tzdata)/|^PIL/_avif|^pygments/(lexers|styles)/(?!_|python|__)"
    r"|^[\w.-]+\.data/(scripts|headers)/|^shiboken6/(msvcp140_codecvt_ids|concrt140)|^numpy/.*\.(f|f90|pyf|src|a)$"
)
"""Of the others: tests, type stubs, headers, lists that pip would need to uninstall."""
_KEPT = re.compile(r"^numpy/(testing|_core/tests/_natype)")
"""Parts of the above that are imported all the same."""


def lay_out(folder: Path, made: Runtime, wheels: Path, version: str) -> None:
    """Lay the whole folder out, anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in made.files.items():
        (folder / name).write_bytes(content)
    (folder / made.dll.replace(".dll", "._pth")).write_text(f"{made.library}\n.\n{LIBRARY}\n", encoding="ascii")
    for wheel in sorted(wheels.glob("*.whl")):
        _unpack(wheel, folder / LIBRARY)
    _copy_program(folder / LIBRARY)
    write_key_module(folder / LIBRARY, up=1)
    _compile(folder / LIBRARY)
    icon = drawn_icon(ROOT / "resources/icons/mark.svg")
    (folder / "tirai.ico").write_bytes(icon)
    for launcher in LAUNCHERS:
        build_launcher(launcher, folder, version, made.dll, icon)
    shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE-Tirai.txt")
    shutil.copytree(ROOT / "packaging/windows/policy", folder / "policy")


def sign_files(folder: Path) -> None:
    """Write the signed manifest of all files, by which the program checks itself: last, before the folder is packed."""
    sign_folder(folder, [launcher.name for launcher in LAUNCHERS])


def fetch_wheels(folder: Path) -> None:
    """Have pip bring the wheels of the lock for Windows, each checked against its hash; nothing is installed."""
    shutil.rmtree(folder, ignore_errors=True)
    line = [sys.executable, "-I", "-m", "pip", "download", "--quiet", "--no-input", "--require-hashes", "--no-deps"]
    line += ["--only-binary", ":all:", "--platform", "win_amd64", "--python-version", "3.13", "--implementation", "cp"]
    subprocess.run([*line, "--dest", str(folder), "--requirement", LOCK], cwd=ROOT, check=True)


def is_wanted(name: str) -> bool:
    """Whether a file of a wheel goes in, by its path there."""
    if name.startswith("PySide6/"):
        return bool(_PYSIDE.match(name))
    return bool(_KEPT.match(name)) or not _DROPPED.search(name)


def _unpack(wheel: Path, library: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        for entry in packed.infolist():
            name = re.sub(r"^[^/]+\.data/(purelib|platlib)/", "", entry.filename)
            if entry.is_dir() or not is_wanted(name):
                continue
            if ".." in PurePosixPath(name).parts or PurePosixPath(name).is_absolute() or "\\" in name:
                raise ValueError(f"{wheel.name} names a file outside of itself.")
            place = library / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(packed.read(entry))


def _copy_program(library: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "app", "resources"], cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    for name in filter(None, tracked.stdout.decode().split("\0")):
        target = library / re.sub("^resources/", "app/_resources/", name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)


def _compile(library: Path) -> None:
    """Compile every source in its place, in a process of its own with a fixed seed; the text goes."""
    line = [sys.executable, "-I", str(Path(__file__).with_name("compile_all.py")), str(library)]
    subprocess.run(line, check=True, env={"PYTHONHASHSEED": "0"})


def files_of(folder: Path) -> Iterable[Path]:
    """All files, in one order on every machine."""
    return sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.as_posix())
