"""Try the packages under Wine, and their signatures by osslsigncode, and say what was seen: `build/msi/report.json`.

1. Signatures: good; one byte changed in program and package, unsigned, another authority: all refused.
2. Installed silently with IT's properties; the program tests itself; keys go into the Credential Manager and out.
3. The next version over it, silently and without properties: what IT said is kept. The older one again: refused.
4. The next version while a program has the old one's files open. A disk that has no room for it.
5. Removed silently: no file, no value, no menu entry is left. Installed elsewhere, without menu entry and login sweep.
6. There, without a policy: the console's window at a gateway, and every kill (`window_trial.py`).

What only Windows can show is listed in `NOT_RUN` and written into the report.
"""

import contextlib
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from trying.findings import Findings
from windows.package import OWN_KEY, POLICY_KEY
from windows.signing import Signer, TestAuthority
from windows.window_trial import WindowTrial, gateway
from windows.wine import Wine, lacking

NOT_RUN = (
    "any Windows at all: everything above ran under Wine",
    "SmartScreen, and the reputation of a certificate",
    "signtool verify /pa, and trust by Group Policy",
    "ICE validation of the package (msival2, Orca)",
    "Restart Manager while files are in use",
    "Windows Installer's own refusal of a full disk: Wine's goes on and says that all went well",
    "Group Policy software installation, Intune, Configuration Manager",
    "a roaming profile, AppLocker, Windows Defender Application Control, virus scanners",
    "who else may open the console's processes and pipes, the capture block, a real screen lock, sleep or logoff",
    "a softphone's words, and a second console of the same account: both need AF_UNIX",
    "Windows on ARM",
)
GATEWAY = "https://gateway.example:8443"
_FOLDER, _UNINSTALL = "Program Files/Tirai", r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall"
_RUN_KEY = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Run"
_NEEDED = (
    "own_files",
    "hardening",
    "own_code",
    "resources",
    "records",
    "sqlcipher",
    "hpke",
    "keyring",
    "documents",
    "platform_offscreen",
)
"""Parts of the self-check that must be found under Wine; the others are told."""


def lay_python(place: Path, downloads: Path, library: str) -> None:
    """Lay a Python for Windows into a new folder, that finds an installed program's modules.

    Args:
        place: the folder.
        downloads: where its files are kept.
        library: the program's modules, as Windows names the folder.
    """
    from windows.runtime import runtime

    place.mkdir()
    made = runtime(downloads, keep=("python.exe",))
    for name, content in made.files.items():
        (place / name).write_bytes(content)
    (place / made.dll.replace(".dll", "._pth")).write_text(f"{made.library}\n.\n{library}\n", encoding="ascii")


def try_packages(build: Path, signs: Signer) -> bool:
    """Try this version and the next one; whether all went well.

    Args:
        build: where `make_msi` left them.
        signs: who signed them.
    """
    abouts = sorted(
        (json.loads(p.read_text(encoding="utf-8")) for p in build.glob("*.json") if p.name != "report.json"),
        key=lambda a: a["version"],
    )
    this, following = abouts[0], abouts[-1]
    findings = Findings()
    findings.add("two builds are the same bytes before signing", bool(this["twice_the_same"]), this["unsigned_sha256"])
    try_signatures(findings, build, this, signs)
    missing = lacking()
    if missing:
        findings.add("Wine", False, f"not here: {', '.join(missing)}")
    else:
        wine = Wine(build / "wine")
        try:
            Trial(findings, wine, build, this, following).run()
        except Exception as error:  # noqa: BLE001 -- whatever it was, it is told and the report is written
            findings.add("the rest", False, f"{type(error).__name__}: {error}")
        finally:
            wine.close()
    findings.write(build / "report.json", {"package": this, "not_run": list(NOT_RUN)})
    return findings.ok


def try_part(build: Path, name: str) -> bool:
    """Try one part at the window again, in a prefix of its own; the last report takes what it finds.

    Args:
        build: where `make_msi` left the packages, and the report of all parts.
        name: the part's.
    """
    report = json.loads((build / "report.json").read_text(encoding="utf-8"))
    this = report["package"]
    findings, wine = Findings(), Wine(build / "wine")
    try:
        Trial(findings, wine, build, this, this).run_at_window(name)
    finally:
        wine.close()
    again = {part["part"]: part for part in findings.parts}
    kept = Findings()
    kept.parts = [again.get(part["part"], part) for part in report["parts"]]
    alone = f"{name}: tried again by itself, after the rest"
    not_run = [*(text for text in report["not_run"] if text != alone), alone]
    kept.write(build / "report.json", {"package": this, "not_run": not_run})
    return findings.ok


def try_signatures(findings: Findings, build: Path, about: dict[str, Any], signs: Signer) -> None:
    """Good, changed, unsigned, and by somebody else."""
    package = build / about["package"]
    program = build / f"tirai-{about['version']}" / "tirai-console.exe"
    other = TestAuthority(build / "other-authority", "Somebody else").certificate("root")
    scratch = build / "scratch"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    for kind, file in (("program", program), ("package", package)):
        ok, said = signs.verify(file)
        findings.add(f"the {kind}'s signature and time stamp are good", ok and "Timestamp" in said, _last(said))
        changed = scratch / file.name
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        changed.write_bytes(content)
        ok, said = signs.verify(changed)
        findings.add(f"one byte changed in the {kind} is refused", not ok, _last(said))
        ok, said = signs.verify(file, other)
        findings.add(f"the {kind} signed by another authority is refused", not ok, _last(said))
        bare = scratch / f"bare-{file.name}"
        subprocess.run(
            ["osslsigncode", "remove-signature", "-in", str(file), "-out", str(bare)],
            check=False,
            stdout=subprocess.DEVNULL,
        )
        ok, said = signs.verify(bare)
        findings.add(f"the {kind} without its signature is refused", not ok and bare.is_file(), _last(said))


def _last(said: str) -> str:
    """The lines that judge."""
    told = ("verification", "mismatch", "No signature", "Number of verified", "Error", "Failed", "Succeeded")
    return "; ".join(line.strip() for line in said.splitlines() if any(word in line for word in told))[:300]


@contextlib.contextmanager
def _display() -> Iterator[str]:
    """A display for windows, where Xvfb is here; otherwise none."""
    if not shutil.which("Xvfb"):
        yield ""
        return
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            yield f":{said.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


class Trial:
    """One story in a prefix.

    Args:
        findings: told of each part.
        wine: where it is played.
        build: where the packages are.
        this, following: what is said of them.
    """

    def __init__(
        self, findings: Findings, wine: Wine, build: Path, this: dict[str, Any], following: dict[str, Any]
    ) -> None:
        self._findings, self._wine, self._this, self._next = findings, wine, this, following
        self._folder = wine.drive / _FOLDER
        for about in (this, following):
            shutil.copyfile(build / about["package"], wine.drive / f"{about['version']}.msi")
        self._python = build / "downloads"

    def run(self) -> None:
        """All parts, in order."""
        self._install()
        self._self_check()
        self._keys()
        self._upgrade()
        self._downgrade()
        self._remove(self._next)
        self._install_elsewhere()
        self._full_disk()
        self._while_it_runs()

    def _msiexec(self, *words: str) -> int:
        return self._wine.exit_code("msiexec", *words, "/qn")

    def _package(self, about: dict[str, Any]) -> str:
        return rf"C:\{about['version']}.msi"

    def _install(self) -> None:
        said = (f"GATEWAYURL={GATEWAY}",)
        code = self._msiexec("/i", self._package(self._this), *said, "/l*v", r"C:\install.log")
        files = self._files(self._folder)
        policy = self._wine.registry(rf"HKLM\{POLICY_KEY}")
        ok = code == 0 and files == self._this["files"] and GATEWAY in policy.values()
        self._findings.add("installed silently", ok, {"code": code, "files": files, "policy": policy})
        sweep = self._wine.registry(_RUN_KEY).get("Tirai sweep", "")
        menu = self._menu_entries()
        ok = "wipe --quiet" in sweep and bool(menu) and self._versions() == [self._this["version"]]
        self._findings.add("menu entry, login sweep, list of programs", ok, [menu, sweep, self._versions()])

    def _self_check(self) -> None:
        with _display() as display:
            done = self._wine.run(
                r"C:\Program Files\Tirai\tirai.exe", "self-check", "--json", "--quick", display=display
            )
        checks = json.loads(done.stdout)["checks"]
        found = {name: f"{'' if part['ok'] else 'NOT: '}{part['found']}" for name, part in checks.items()}
        ok = all(checks[name]["ok"] for name in _NEEDED)
        self._findings.add("the installed program tests itself", ok, found)
        swept = self._wine.run(r"C:\Program Files\Tirai\tirai-console.exe", "wipe", "--quiet")
        self._findings.add(
            "the login's sweep runs and says nothing", (swept.returncode, swept.stdout) == (0, ""), swept.stdout
        )
        program = r"C:\Program Files\Tirai\tirai.exe"
        shown = self._wine.run(program, "policy", "show")
        ok = shown.returncode == 0 and GATEWAY in shown.stdout and "HKLM" in shown.stdout
        self._findings.add("policy show names the gateway and where it stands", ok, shown.stdout.splitlines()[:4])

    def _keys(self) -> None:
        """By the program's own key store, run by the same Python with the installed modules."""
        said = self._with_python(
            "from app.storage.keyring_store import open_key_store\n"
            "store = open_key_store()\n"
            "store.put_session('trial', bytes(range(32)))\n"
            "there = store.session('trial') == bytes(range(32))\n"
            "store.delete_session('trial')\n"
            "print(there, store.session('trial'))\n"
        )
        self._findings.add("a key goes into the Credential Manager and out", said == "True None", said)

    def _upgrade(self) -> None:
        code = self._msiexec("/i", self._package(self._next))
        policy = self._wine.registry(rf"HKLM\{POLICY_KEY}")
        ok = code == 0 and self._versions() == [self._next["version"]] and GATEWAY in policy.values()
        files = self._files(self._folder)
        ok = ok and files == self._next["files"]
        sees = {"code": code, "versions": self._versions(), "files": files, "policy": policy}
        self._findings.add("the next version over it keeps what IT said", ok, sees)

    def _downgrade(self) -> None:
        code = self._msiexec("/i", self._package(self._this))
        ok = (
            code != 0
            and self._versions() == [self._next["version"]]
            and self._files(self._folder) == self._next["files"]
        )
        self._findings.add("an older version is refused", ok, {"code": code, "versions": self._versions()})

    def _remove(self, about: dict[str, Any], folder: Path | None = None) -> None:
        place = folder or self._folder
        code = self._msiexec("/x", self._package(about))
        left = sorted(path.relative_to(self._wine.drive).as_posix() for path in place.rglob("*") if path.is_file())
        keys = [key for key in (OWN_KEY, POLICY_KEY) if self._wine.registry(rf"HKLM\{key}")]
        sweep = "Tirai sweep" in self._wine.registry(_RUN_KEY)
        ok = code == 0 and not (left or keys or sweep or self._menu_entries() or self._versions())
        sees = {"code": code, "files": left[:5], "keys": keys, "folder": place.exists(), "menu": self._menu_entries()}
        self._findings.add("removed silently, nothing is left", ok, sees)

    def _install_elsewhere(self) -> None:
        said = (r"INSTALLFOLDER=C:\Apps\Tirai", "NOSHORTCUT=1", "NOAUTOSTART=1")
        code = self._msiexec("/i", self._package(self._this), *said)
        place = self._wine.drive / "Apps/Tirai"
        sweep = self._wine.registry(_RUN_KEY).get("Tirai sweep", "")
        policy = self._wine.registry(rf"HKLM\{POLICY_KEY}")
        ok = code == 0 and self._files(place) == self._this["files"] and not (sweep or policy or self._menu_entries())
        self._findings.add(
            "installed elsewhere, no menu entry, no sweep, no policy",
            ok,
            {"code": code, "sweep": sweep, "menu": self._menu_entries()},
        )
        opened = self._wine.run(r"C:\Apps\Tirai\tirai.exe", "console")
        self._findings.add(
            "without a gateway the console says so and opens nothing", opened.returncode == 5, opened.returncode
        )
        self._windows()
        code = self._msiexec("/i", self._package(self._next))
        ok = code == 0 and self._files(place) == self._next["files"] and not self._menu_entries()
        self._findings.add("the next version stays in its folder", ok, {"code": code, "files": self._files(place)})
        self._remove(self._next, place)

    def run_at_window(self, name: str) -> None:
        """One part at the window, where the package was installed for it."""
        code = self._msiexec("/i", self._package(self._this), r"INSTALLFOLDER=C:\Apps\Tirai", "NOAUTOSTART=1")
        if code:
            self._findings.add(name, False, {"not installed": code})
            return
        self._windows(name)

    def _windows(self, only: str = "") -> None:
        """The console's window at a gateway of this machine, where an administrator's policy names none."""
        lay_python(self._wine.drive / "window", self._python, r"C:\Apps\Tirai\lib")
        folder = self._wine.prefix.parent / "window"
        shutil.rmtree(folder, ignore_errors=True)
        python, program = (r"C:\window\python.exe",), (r"C:\Apps\Tirai\tirai.exe",)
        try:
            with _display() as display, gateway(folder / "office") as (place, agent, supervisor):
                words, menu = folder / "words", r"C:\Apps\Tirai\tirai-console.exe"
                who = agent, supervisor
                WindowTrial(self._findings, self._wine, python, program, menu, display, words, *who).run(place, only)
        except Exception as error:  # noqa: BLE001 -- whatever it was, it is told and the other parts follow
            self._findings.add("the console's window", False, f"{type(error).__name__}: {error}")

    def _full_disk(self) -> None:
        """Onto a disk without room for it, a file system of its own (needs root). Wine's installer goes on there."""
        small = self._wine.drive / "Small"
        small.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", str(small)], check=True)
        try:
            code = self._msiexec("/i", self._package(self._this), r"INSTALLFOLDER=C:\Small\Tirai")
            started = self._wine.run(r"C:\Small\Tirai\tirai.exe", "policy", "show").returncode
        finally:
            subprocess.run(["umount", "--lazy", str(small)], check=True)
        sees = {"code": code, "start": started}
        self._findings.add("a full disk leaves nothing that starts", code != 0 or started != 0, sees)
        if code == 0:
            self._msiexec("/x", self._package(self._this))

    def _while_it_runs(self) -> None:
        self._msiexec("/i", self._package(self._this))
        holder = self._start_python("import PySide6.QtWidgets, time\ntime.sleep(120)\n")
        time.sleep(8)
        code = self._msiexec("/i", self._package(self._next))
        alive = holder.poll() is None
        holder.kill()
        holder.wait()
        versions = self._versions()
        ok = code in {0, 3010} and versions == [self._next["version"]]
        self._findings.add(
            "the next version while a program has the old files open",
            ok,
            {"code": code, "went on": alive, "versions": versions},
        )
        self._remove(self._next)

    # looking

    def _files(self, folder: Path) -> int:
        return sum(1 for path in folder.rglob("*") if path.is_file())

    def _menu_entries(self) -> list[str]:
        return sorted(path.name for path in self._wine.drive.rglob("Tirai*.lnk"))

    def _versions(self) -> list[str]:
        said = self._wine.run("reg", "query", _UNINSTALL, "/s").stdout
        ours = [part for part in said.split("HKEY_") if re.search(r"DisplayName +REG_SZ +Tirai\b", part)]
        return sorted(found for part in ours for found in re.findall(r"DisplayVersion +REG_SZ +(\S+)", part))

    # the same Python without the launcher

    def _trial_python(self) -> Path:
        place = self._wine.drive / "trial"
        if not place.exists():
            lay_python(place, self._python, r"C:\Program Files\Tirai\lib")
        return place

    def _with_python(self, text: str) -> str:
        place = self._trial_python()
        (place / "trial.py").write_text(text, encoding="utf-8")
        return self._wine.run(r"C:\trial\python.exe", r"C:\trial\trial.py").stdout.strip()

    def _start_python(self, text: str) -> Any:
        place = self._trial_python()
        (place / "trial.py").write_text(text, encoding="utf-8")
        return self._wine.start(r"C:\trial\python.exe", r"C:\trial\trial.py")
