"""The unit of a workstation's office, as far as a machine without a running systemd can judge it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from app.storage.service_keys import CREDENTIAL, CREDENTIAL_FILE, Systemd
from app.storage.service_place import SERVICE_HOME, SERVICE_RUNTIME, SERVICE_USER
from tests.ordinary_user import PROJECT

HERE = PROJECT / "packaging" / "console" / "units"
UNIT = HERE / "tirai-office.service"


def program(name: str) -> str:
    """A program, or a loud skip."""
    found = shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin")
    if found is None:
        pytest.skip(f"{name} is not installed here: apt install systemd. The unit was NOT tried.")
    return found


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit, with a program that is here."""
    path = tmp_path / UNIT.name
    path.write_text(UNIT.read_text().replace("/usr/bin/tirai", "/bin/true"))
    return path


def test_that_systemd_understands_the_unit(unit: Path) -> None:
    done = subprocess.run([program("systemd-analyze"), "verify", unit], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_that_the_unit_gives_the_office_little(unit: Path) -> None:
    """systemd's own measure, in tenths: 0 has no rights, 100 all of them."""
    words = ["security", "--offline=true", "--threshold=10", "--no-pager", str(unit)]
    done = subprocess.run([program("systemd-analyze"), *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.attack("A13")
@pytest.mark.parametrize(
    "line",
    [
        "MemorySwapMax=0", "LimitCORE=0", "UMask=0077", "ProtectSystem=strict", "ProtectHome=yes", "Type=notify",
        "NoNewPrivileges=yes", "CapabilityBoundingSet=", "MemoryDenyWriteExecute=yes", "PrivateNetwork=yes",
        "RestrictAddressFamilies=AF_UNIX", "RuntimeDirectoryMode=0755", "StateDirectoryMode=0700",
    ],
)  # fmt: skip
def test_that_the_unit_says(line: str) -> None:
    assert line in UNIT.read_text().splitlines()


def test_that_unit_user_and_folders_are_those_of_the_program() -> None:
    unit = UNIT.read_text()
    user, folders = (HERE.joinpath(f"tirai-office.{kind}.conf").read_text() for kind in ("sysusers", "tmpfiles"))
    said = dict(re.findall(r"^(\w+)=(.*)$", unit, flags=re.MULTILINE))
    assert (said["User"], f"/run/{said['RuntimeDirectory']}") == (SERVICE_USER, str(SERVICE_RUNTIME))
    assert f"/var/lib/{said['StateDirectory']}" == str(SERVICE_HOME)
    assert said["LoadCredentialEncrypted"] == CREDENTIAL == CREDENTIAL_FILE.name
    assert said["ConditionPathExists"] == str(SERVICE_HOME / "office.json"), "none is started that was not made"
    assert f"u {SERVICE_USER} " in user
    assert f"d {SERVICE_HOME} 0700 {SERVICE_USER} {SERVICE_USER} -" in folders


def test_that_systemd_keeps_the_half_and_opens_it_on_this_machine_alone(tmp_path: Path) -> None:
    """The machine's own `systemd-creds`; what it encrypts for another name it does not open."""
    systemd = Systemd(program("systemd-creds"), tmp_path / "credstore" / CREDENTIAL)
    probe = subprocess.run(
        [systemd.program, "encrypt", "--name=probe", "-", "-"], input=b"x", capture_output=True, check=False
    )
    if probe.returncode != 0:
        pytest.skip("systemd-creds has no key on this machine, or this is not root. The credential was NOT tried.")
    half = "5a" * 32
    assert systemd.opened() is None
    systemd.sealed(half)
    assert half.encode() not in systemd.file.read_bytes()
    assert systemd.file.stat().st_mode & 0o077 == 0
    assert systemd.opened() == half
