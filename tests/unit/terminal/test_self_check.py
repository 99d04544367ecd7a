"""The self-check says what is there, what is not, and nothing of anybody."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.terminal import self_check
from tests.demo.terminal import ROOT
from tests.keyring_session import missing_programs, private_bus, private_keyring

PARTS = {
    "hardening",
    "own_code",
    "swap",
    "platform_offscreen",
    "resources",
    "records",
    "sqlcipher",
    "hpke",
    "keyring",
    "screen_capture",
    "crash_reports",
    "system_locks",
    "documents",
}

needs_keyring = pytest.mark.skipif(bool(missing_programs()), reason="needs dbus-daemon and gnome-keyring-daemon")


def check(environment: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    shown = {name: value for name, value in environment.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    command = [sys.executable, "-m", "app", "self-check", *words]
    return subprocess.run(command, env=shown, cwd=ROOT, capture_output=True, text=True, check=False)


@needs_keyring
def test_that_a_workstation_with_an_open_keyring_is_fit(tmp_path: Path) -> None:
    with private_keyring(tmp_path) as environment:
        done = check(environment, "--json", "--home", str(tmp_path / "office"))
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["ok"]) == (0, True), done.stdout + done.stderr
    assert set(answer["checks"]) == PARTS
    assert (answer["home"], answer["frozen"]) == ("not there", False)
    assert "unknown" not in answer["versions"].values()
    assert str(tmp_path) not in done.stdout
    assert not (tmp_path / "office").exists()


@needs_keyring
def test_that_without_a_keyring_it_says_k1_and_ends_with_5(tmp_path: Path) -> None:
    with private_bus(tmp_path) as environment:
        done = check(environment, "--json")
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["ok"]) == (5, False)
    assert [name for name, part in answer["checks"].items() if not part["ok"]] == ["keyring"]
    assert answer["checks"]["keyring"]["found"].startswith("K1: ")


@needs_keyring
def test_that_a_foreign_keyring_setting_is_k2_and_no_home_folder_is_named(tmp_path: Path) -> None:
    with private_keyring(tmp_path) as environment:
        settings = Path(environment["XDG_CONFIG_HOME"]) / "python_keyring" / "keyringrc.cfg"
        settings.parent.mkdir()
        settings.write_text("[backend]\ndefault-keyring=keyring.backends.null.Keyring\n")
        done = check(environment)
    assert done.returncode == 5
    assert "NOT  keyring: K2: " in done.stdout
    assert environment["HOME"] not in done.stdout


def test_that_a_platform_that_does_not_load_is_told_and_ends_no_one_else() -> None:
    program = "from app.terminal.self_check import qt_platform\nqt_platform('no-such-platform')"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    assert "WorkstationError: Qt's plug-in or one of its libraries does not load" in done.stderr


def test_that_displays_that_are_there_are_tried_too() -> None:
    assert self_check.platforms({}) == ("offscreen",)
    assert self_check.platforms({"DISPLAY": ":1", "WAYLAND_DISPLAY": ""}) == ("offscreen", "xcb")


def test_that_a_box_that_opens_to_something_else_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = json.loads((ROOT / "resources" / "self_check" / "hpke.json").read_text(encoding="utf-8"))
    assert self_check.hpke() == "known answer"
    kept["box"] = kept["box"][:-2] + ("00" if kept["box"][-2:] != "00" else "01")
    monkeypatch.setattr(self_check, "resource_text", lambda *_parts: json.dumps(kept))
    found = self_check._tried("hpke", self_check.hpke)
    assert not found.ok


def test_that_a_scratch_file_that_is_not_encrypted_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_check, "_opens", lambda _path, _key: True)
    found = self_check._tried("sqlcipher", self_check.sqlcipher)
    assert (found.ok, found.found) == (False, "the scratch file does not keep to its key")
