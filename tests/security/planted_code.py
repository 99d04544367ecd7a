"""Code that leaves a mark when it is loaded, whichever way: libraries, Qt plug-ins, OpenSSL modules, Python files.

Each plant has a control: a plain program that obeys the same setting and leaves the mark. Without that, a mark that is
missing would tell nothing.
"""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import PySide6

QT_PLUGINS = Path(PySide6.__file__).parent / "Qt" / "plugins"
PLATFORM = "plantedqt"
METADATA = ".note.qt.metadata"
_TOUCH = """
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
extern char **environ;
static void __attribute__((constructor)) touch(void) {
    int fd = open(MARK, O_WRONLY | O_CREAT, 0600);
    if (fd >= 0) close(fd);
    HIDE
}
unsigned int la_version(unsigned int version) { return version; }
"""
_HIDE = """
    for (char **at = environ; *at; at++)
        if (strncmp(*at, "LD_", 3) == 0) memset(*at, 'x', strlen(*at));
"""
_PYTHON = "import os\nos.close(os.open({mark!r}, os.O_WRONLY | os.O_CREAT, 0o600))\n"
_OPENSSL = """
openssl_conf = init
[init]
providers = providers
[providers]
planted = planted_section
[planted_section]
module = {library}
activate = 1
"""


@dataclass(frozen=True, slots=True)
class Plant:
    """A setting that loads code.

    Attributes:
        settings: environment variables.
        control: a Python program that obeys them, run without `-I`.
        folder: where it is started.
    """

    settings: dict[str, str]
    control: str
    folder: Path | None = None


class Planted:
    """Plants in a folder; `mark` is there once any of them was loaded."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.mark = folder, folder / "mark"
        self._make_python()
        self.has_libraries = shutil.which("gcc") is not None and shutil.which("objcopy") is not None
        if self.has_libraries:
            self._make_libraries()

    def _make_python(self) -> None:
        code = _PYTHON.format(mark=str(self.mark))
        for name in ("modules/sitecustomize.py", "startup.py", "here/app/__init__.py", "here/typer.py", "here/re.py"):
            self._write(name, code)
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        self._write(f"base/lib/{version}/site-packages/usercustomize.py", code)
        self._write(f"base/lib/{version}/site-packages/planted.pth", f"import os; exec({code!r})\n")
        self._write("modules/planted_warning.py", code + "class Planted(Warning): pass\n")

    def _make_libraries(self) -> None:
        self._compile("touch.so", "")
        self._compile("hide.so", "", hide=_HIDE)
        for kind, real in (("platforms", "libqoffscreen.so"), ("platformthemes", "libqgtk3.so")):
            section = self.folder / f"{real}.section"
            command = ["objcopy", "-O", "binary", f"--only-section={METADATA}", str(QT_PLUGINS / kind / real)]
            subprocess.run([*command, str(section)], check=True)
            self._make_plugin(f"qt/{kind}", section.read_bytes())
            if kind == "platforms":  # a path of its own is searched last, so for a platform that only it has
                self._make_plugin("platform", section.read_bytes().replace(b"offscreen", PLATFORM.encode()))
        self._write("openssl.cnf", _OPENSSL.format(library=self.folder / "touch.so"))

    def _make_plugin(self, folder: str, metadata: bytes) -> None:
        """A library that Qt takes for the plug-in which the metadata names."""
        numbers = ",".join(map(str, metadata))
        note = f'__attribute__((section("{METADATA}"), used, aligned(8))) const unsigned char m[] = {{{numbers}}};'
        (self.folder / folder).mkdir(parents=True)
        self._compile(f"{folder}/planted.so", note)

    def _write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def _compile(self, name: str, more: str, hide: str = "") -> None:
        source = self.folder / "planted.c"
        source.write_text(_TOUCH.replace("HIDE", hide) + more)
        mark = f'-DMARK="{self.mark}"'
        subprocess.run(["gcc", "-shared", "-fPIC", mark, "-o", str(self.folder / name), str(source)], check=True)

    def by_python(self) -> dict[str, Plant]:
        """Settings of Python's own."""
        here = self.folder / "here"
        return {
            "PYTHONPATH": Plant({"PYTHONPATH": str(self.folder / "modules")}, ""),
            "PYTHONUSERBASE": Plant({"PYTHONUSERBASE": str(self.folder / "base")}, ""),
            "PYTHONWARNINGS": Plant(
                {
                    "PYTHONPATH": str(self.folder / "modules"),
                    "PYTHONWARNINGS": "error::planted_warning.Planted",
                },
                "",
            ),
            "the folder of the start": Plant({}, "import typer", here),
        }

    def by_loader(self) -> dict[str, Plant]:
        """Settings of the dynamic loader."""
        library = str(self.folder / "touch.so")
        (self.folder / "libraries").mkdir(exist_ok=True)
        shutil.copyfile(library, self.folder / "libraries" / "libplanted.so.1")
        find = "import ctypes; ctypes.CDLL('libplanted.so.1')"
        return {
            "LD_PRELOAD": Plant({"LD_PRELOAD": library}, ""),
            "LD_PRELOAD that hides": Plant({"LD_PRELOAD": str(self.folder / "hide.so")}, ""),
            "LD_AUDIT": Plant({"LD_AUDIT": library}, ""),
            "LD_LIBRARY_PATH": Plant({"LD_LIBRARY_PATH": str(self.folder / "libraries")}, find),
        }

    def by_libraries(self) -> dict[str, Plant]:
        """Settings of Qt and OpenSSL, which load what they name."""
        qt = "from PySide6.QtGui import QGuiApplication; QGuiApplication(['x'])"
        offscreen = {"QT_QPA_PLATFORM": "offscreen"}
        folder = str(self.folder / "qt")
        platform = {"QT_QPA_PLATFORM_PLUGIN_PATH": str(self.folder / "platform"), "QT_QPA_PLATFORM": PLATFORM}
        theme = {"QT_PLUGIN_PATH": folder, "QT_QPA_PLATFORMTHEME": "gtk3", **offscreen}
        return {
            "QT_QPA_PLATFORM_PLUGIN_PATH": Plant(platform, qt),
            "QT_PLUGIN_PATH": Plant({"QT_PLUGIN_PATH": folder, **offscreen}, qt),
            "QT_QPA_PLATFORMTHEME": Plant(theme, qt),
            "OPENSSL_CONF": Plant(
                {"OPENSSL_CONF": str(self.folder / "openssl.cnf")}, "import hashlib; hashlib.new('md5')"
            ),
            "SSLKEYLOGFILE": Plant({"SSLKEYLOGFILE": str(self.mark)}, "import ssl; ssl.create_default_context()"),
        }
