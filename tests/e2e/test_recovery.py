"""The recovery of an office as people live it: commands at a terminal, a real keyring, real processes.

A backup; a drill; the keyring is lost and two kit holders open the office again; the disk dies and two kit holders
restore it elsewhere. Each step is a command that the person who does it would type.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.demo.customers import write_customers
from tests.demo.people import DemoPerson
from tests.demo.terminal import TIMEOUT_S, Terminal
from tests.keyring_session import missing_programs, private_keyring

ADI = DemoPerson("adi", "Adi Pratama", "administrator", (), "kopi tubruk pagi ini")
HENDRA = DemoPerson("hendra", "Hendra Kusuma", "supervisor", (), "angin sore di sawah")
_KIT_CODE = re.compile(r"Kit code \d: (\S+)")
_CODES = re.compile(r"(administrator|supervisor) +(\S+) +((?:[A-Z2-7]{4}-){12}[A-Z2-7]{4})")


class Story:
    """The office, its kit, and what was told."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.terminal = Terminal(folder / "office", environment)
        self.codes: list[str] = []

    def with_codes(self, *words: str, expect: int = 0) -> str:
        """A command of two kit holders."""
        done = subprocess.run(
            self.terminal.command(*words, "--secrets-stdin"),
            input=f"{self.codes[0]}\n{self.codes[2]}\n",
            env=self.terminal.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=TIMEOUT_S,
        )
        assert done.returncode == expect, done.stdout + done.stderr
        return done.stdout + done.stderr

    def readmit(self, told: str) -> None:
        """The people activate, and the supervisor gets the classes."""
        codes = {account: code for _role, account, code in _CODES.findall(told)}
        for person in (ADI, HENDRA):
            self.terminal.activate(person, codes[person.account])
        assert "now holds: contact" in self.with_codes("recovery", "grant", "hendra")


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(bool(missing_programs()), reason="dbus-daemon and gnome-keyring-daemon are needed")
def test_that_an_office_comes_back_from_a_lost_keyring_and_from_a_dead_disk(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second, tmp_path / "backups", tmp_path / "safe"):
        folder.mkdir()
    keys, kit = str(tmp_path / "safe" / "backup-keys"), str(tmp_path / "safe" / "kit.txt")
    with private_keyring(first) as environment:
        story = Story(tmp_path, environment)
        terminal = story.terminal
        story.codes = _KIT_CODE.findall(terminal.set_up("Nusantara Care", ADI, HENDRA))
        write_customers(tmp_path / "customers.csv", 40)
        terminal.as_person(HENDRA, "import", str(tmp_path / "customers.csv"), "--keep")
        assert terminal.run("recovery", "print", "--out", kit).returncode == 0
        made = json.loads(
            terminal.with_stdin(ADI, "backup", "make", str(tmp_path / "backups"), "--keys", keys, "--json").stdout
        )
        assert made["customers"] == 40
        drilled = story.with_codes("recovery", "drill", "--kit", kit, "--json")
        assert json.loads(drilled.splitlines()[0])["ok"]

    with private_keyring(second) as environment:  # another keyring: H and the witness are gone
        terminal.environment = dict(environment)
        told = story.with_codes("recovery", "open", "--administrator", "adi", "--supervisor", "hendra")
        assert "remembers nothing" in told
        story.readmit(told)
        assert "holds" in terminal.as_person(ADI, "audit", "verify")

        shutil.move(tmp_path / "office", tmp_path / "dead")
        words = ("restore", made["office_file"], "--keys", keys, "--kit", kit)
        who = ("--administrator", "adi", "--supervisor", "hendra")
        refused = story.with_codes(*words, *who, expect=6)
        assert "lost" in refused
        assert not (tmp_path / "office" / "office.json").exists()
        story.readmit(story.with_codes(*words, *who, "--accept-older"))
        assert "holds" in terminal.as_person(ADI, "audit", "verify")
        verified = terminal.run("backup", "verify", made["office_file"])
        assert verified.returncode == 0, verified.stderr
        assert "is whole" in verified.stdout
