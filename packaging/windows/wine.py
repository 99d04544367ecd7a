"""A Wine prefix of its own, with what Wine lacks and Qt and NumPy need: a Windows to try a package with, and no more.

Wine is not Windows: what passes here has been seen to work with Windows' programming interface as Wine has it. Three
stand-ins are laid into the prefix (`shims/`), never into a package.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from windows.launchers import COMPILER

HERE = Path(__file__).parent / "shims"
TOOLS = ("wine", "wineserver", "wineboot", "msiinfo", "x86_64-w64-mingw32-objdump", COMPILER)
_RENAMED = "tiraicrt"
_OWN = {"creal", "crealf", "cimag", "cimagf"}


def lacking() -> list[str]:
    """Tools that are not here."""
    return [tool for tool in TOOLS if not (shutil.which(tool) or Path(f"/usr/lib/wine/{tool}").exists())]


class Wine:
    """A prefix and programs in it. Nothing of the person's own desktop is linked into it."""

    def __init__(self, prefix: Path) -> None:
        """Make it anew."""
        self.prefix, self.drive = prefix, prefix / "drive_c"
        shutil.rmtree(prefix, ignore_errors=True)
        prefix.mkdir(parents=True)
        self._settings = {
            **{name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}},
            "WINEPREFIX": str(prefix),
            "WINEDEBUG": "-all",
            "WINEARCH": "win64",
            "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe=",
        }
        self._run(["wineboot", "--init"], 300)
        self._lay_stand_ins()

    def run(self, *words: str, timeout_s: float = 300, display: str = "") -> "subprocess.CompletedProcess[str]":
        """Run a Windows program; what it printed, and its exit code (of which Unix keeps the last eight bits)."""
        return self._run(["wine", *words], timeout_s, display)

    def start(self, *words: str, display: str = "") -> "subprocess.Popen[bytes]":
        """Start a Windows program."""
        settings = self._settings | ({"DISPLAY": display} if display else {})
        null = subprocess.DEVNULL
        return subprocess.Popen(["wine", *words], env=settings, stdin=null, stdout=null, stderr=null)

    def exit_code(self, *words: str, timeout_s: float = 600) -> int:
        """The whole exit code of a Windows program, as Windows counts (1603, 3010, ...): asked of cmd."""
        line = " ".join(f'"{word}"' if " " in word and not word.startswith('"') else word for word in words)
        script = self.drive / "run.cmd"
        script.write_text(f"@start /wait {line}\r\n@echo code=%ERRORLEVEL%\r\n", encoding="utf-8")
        said = self.run("cmd", "/c", r"C:\run.cmd", timeout_s=timeout_s).stdout
        found = re.search(r"code=(-?\d+)", said)
        return int(found[1]) if found else -1

    def registry(self, key: str) -> dict[str, str]:
        """Values of a key of the registry, as text; empty where it is not there."""
        said = self.run("reg", "query", key).stdout
        rows = re.findall(r"^ {4}(.+?) {4}REG_\w+ {4}(.*?)\r?$", said, re.MULTILINE)
        return dict(rows)

    def has_key(self, key: str) -> bool:
        """Whether a key is there."""
        return self.run("reg", "query", key).returncode == 0

    def close(self) -> None:
        """End all that runs in the prefix."""
        subprocess.run(["wineserver", "-k"], env=self._settings, check=False)
        subprocess.run(["wineserver", "-w"], env=self._settings, check=False, timeout=60)

    def _run(self, line: Sequence[str], timeout_s: float, display: str = "") -> "subprocess.CompletedProcess[str]":
        settings = self._settings | ({"DISPLAY": display} if display else {})
        return subprocess.run(
            line,
            env=settings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=timeout_s,
            check=False,
            encoding="utf-8",
            errors="replace",
        )

    def _lay_stand_ins(self) -> None:
        system = self.drive / "windows" / "system32"
        shutil.copyfile(system / "ucrtbase.dll", system / f"{_RENAMED}.dll")
        work = self.prefix / "stand-ins"
        work.mkdir()
        (work / "ucrtbase.def").write_text(_handed_on(system / "ucrtbase.dll"), encoding="ascii")
        for name, more in (("icuuc", []), ("mscms", []), ("ucrtbase", ["-nostdlib", "ucrtbase.def", "-Wl,--entry=0"])):
            made = work / f"{name}.dll"
            line = [COMPILER, "-shared", "-O2", "-s", "-o", made.name, str(HERE / f"{name}.c"), *more]
            subprocess.run(line, check=True, cwd=work)
            (system / made.name).unlink(missing_ok=True)
            shutil.copyfile(made, system / made.name)
            key = r"HKCU\Software\Wine\DllOverrides"
            self.run("reg", "add", key, "/v", name, "/d", "native,builtin", "/f")


def _handed_on(library: Path) -> str:
    """A list of exports that hands on all of a library's but our own."""
    said = subprocess.run(
        ["x86_64-w64-mingw32-objdump", "-p", str(library)], check=True, text=True, stdout=subprocess.PIPE
    ).stdout
    names = sorted(set(re.findall(r"\+base\[\s*\d+\]\s+[0-9a-f]+ (\S+)", said)))
    rows = (f"  {name} = shim_{name}" if name in _OWN else f"  {name} = {_RENAMED}.{name}" for name in names)
    return "LIBRARY ucrtbase.dll\nEXPORTS\n" + "\n".join(rows) + "\n"
