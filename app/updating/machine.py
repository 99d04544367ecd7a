"""What an update needs to know of this machine, and the package manager that it is handed to."""

import platform
import shutil
import sys
from pathlib import Path
from typing import Final

from app.domain.errors import WorkstationError
from app.updating.release import Release

_MACHINE_IDS: Final = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_DEBIAN: Final = {"x86_64": "amd64", "aarch64": "arm64"}


def kind_here() -> str:
    """Kind of package and machine, as releases name them, such as `deb-amd64`.

    Raises:
        WorkstationError: this system has no package manager that updates are made for.
    """
    machine = platform.machine().lower().replace("amd64", "x86_64")
    if sys.platform == "win32":
        return f"msi-{machine}"
    if shutil.which("dpkg") is not None:
        return f"deb-{_DEBIAN.get(machine, machine)}"
    if shutil.which("rpm") is not None:
        return f"rpm-{machine}"
    raise WorkstationError("There is no dpkg, rpm or Windows here, so there is nobody to hand an update to.", code="U8")


def machine_id() -> str:
    """What is steady and this machine's own; for the place in a rollout, and told to nobody (machine-id(5)).

    Raises:
        WorkstationError: it has none.
    """
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(  # type: ignore[attr-defined, unused-ignore]
            winreg.HKEY_LOCAL_MACHINE,  # type: ignore[attr-defined, unused-ignore]
            r"SOFTWARE\Microsoft\Cryptography",
            0,
            winreg.KEY_READ | winreg.KEY_WOW64_64KEY,  # type: ignore[attr-defined, unused-ignore]
        ) as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])  # type: ignore[attr-defined, unused-ignore]
    for place in _MACHINE_IDS:
        try:
            told = place.read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            continue
        if told:
            return told
    raise WorkstationError("This machine has no machine id (/etc/machine-id); systemd-machine-id-setup makes one.")


def command_for(release: Release, package: Path) -> list[str]:
    """The package manager's command that installs a verified package without a question.

    None of them goes back to an older version by itself: apt and rpm need a word for it that is not given here, and
    the MSI refuses.
    """
    kind = release.kind.partition("-")[0]
    if kind == "deb":
        return ["apt-get", "install", "--yes", "--no-remove", "-o", "Dpkg::Options::=--force-confold", str(package)]
    if kind == "rpm":
        return ["rpm", "--upgrade", "--verbose", str(package)]
    return ["msiexec", "/i", str(package), "/qn", "/norestart"]
