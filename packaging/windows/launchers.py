"""The programs that start Tirai on Windows, built by mingw: `tirai.exe` for commands, `tirai-console.exe` for menus.

Both come from `launcher.c`, with icon, version and manifest. Invariant: same sources, same compiler, same bytes (no
time stamp, no random seed, no path).
"""

import shutil
import struct
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
COMPILER, RESOURCES = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-windres"
ICON_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)


@dataclass(frozen=True, slots=True)
class Launcher:
    """One of the two programs.

    Attributes:
        name: of its file.
        says: its description, as Windows shows it.
        has_console: whether it is a console program.
    """

    name: str
    says: str
    has_console: bool


LAUNCHERS = (
    Launcher("tirai.exe", "Tirai, commands", has_console=True),
    Launcher("tirai-console.exe", "Tirai", has_console=False),
)


def can_build() -> bool:
    """Whether mingw is here."""
    return all(shutil.which(tool) for tool in (COMPILER, RESOURCES))


def build_launcher(launcher: Launcher, folder: Path, version: str, python_dll: str, icon: bytes) -> Path:
    """Compile one of them into a folder; returns its path."""
    target = folder / launcher.name
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        for name in ("launcher.c", "launcher.manifest"):
            shutil.copyfile(HERE / name, work / name)
        (work / "tirai.ico").write_bytes(icon)
        (work / "launcher.rc").write_text(resource_script(launcher, version), encoding="utf-8")
        subprocess.run(
            [RESOURCES, "--codepage=65001", "launcher.rc", "-O", "coff", "-o", "launcher.res"], cwd=work, check=True
        )
        subprocess.run(compiler_line(launcher, python_dll), cwd=work, check=True)
        shutil.copyfile(work / launcher.name, target)
    return target


def compiler_line(launcher: Launcher, python_dll: str) -> list[str]:
    """How it is compiled: static, hardened as Windows offers (ASLR with high entropy, DEP), without a time stamp."""
    line = [COMPILER, "-municode", "-O2", "-Wall", "-Werror", "-static", "-s", "-frandom-seed=tirai"]
    line += [f'-DPYTHON_DLL=L"{python_dll}"']
    line += [] if launcher.has_console else ["-mwindows", "-DWITHOUT_CONSOLE"]
    line += ["-Wl,--no-insert-timestamp", "-Wl,--dynamicbase", "-Wl,--high-entropy-va", "-Wl,--nxcompat"]
    return [*line, "launcher.c", "launcher.res", "-o", launcher.name]


def resource_script(launcher: Launcher, version: str) -> str:
    """Icon, manifest and version block (Windows SDK, VERSIONINFO)."""
    numbers = ",".join(four_numbers(version))
    values = {
        "CompanyName": "The Tirai maintainers",
        "FileDescription": launcher.says,
        "FileVersion": version,
        "InternalName": launcher.name.removesuffix(".exe"),
        "LegalCopyright": "Apache-2.0",
        "OriginalFilename": launcher.name,
        "ProductName": "Tirai",
        "ProductVersion": version,
    }
    rows = "\n".join(f'   VALUE "{name}", "{value}"' for name, value in values.items())
    return (
        f'1 ICON "tirai.ico"\n1 24 "launcher.manifest"\n1 VERSIONINFO\n'
        f"FILEVERSION {numbers}\nPRODUCTVERSION {numbers}\n"
        'FILEOS 0x40004\nFILETYPE 0x1\nBEGIN\n BLOCK "StringFileInfo" BEGIN\n  BLOCK "040904b0" BEGIN\n'
        f'{rows}\n  END\n END\n BLOCK "VarFileInfo" BEGIN\n  VALUE "Translation", 0x409, 1200\n END\nEND\n'
    )


def four_numbers(version: str) -> list[str]:
    """A version as Windows counts: `0.1.0` is 0, 1, 0, 0."""
    parts = version.split(".")
    return [*parts, *["0"] * (4 - len(parts))]


def icon_of(pictures: Sequence[tuple[int, bytes]]) -> bytes:
    """An .ico file of PNG pictures (since Windows Vista).

    Args:
        pictures: edge in pixels, and the PNG.
    """
    head, at = struct.pack("<3H", 0, 1, len(pictures)), 6 + 16 * len(pictures)
    rows, body = b"", b""
    for edge, picture in pictures:
        rows += struct.pack("<4B2H2I", edge % 256, edge % 256, 0, 0, 1, 32, len(picture), at + len(body))
        body += picture
    return head + rows + body


def drawn_icon(mark: Path) -> bytes:
    """The program's mark (SVG) as an .ico, drawn by Qt."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    drawer, pictures = QSvgRenderer(str(mark)), []
    for edge in ICON_SIZES:
        image = QImage(edge, edge, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        drawer.render(painter)
        painter.end()
        held = QByteArray()
        buffer = QBuffer(held)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        pictures.append((edge, bytes(held.data())))
    return icon_of(pictures)
