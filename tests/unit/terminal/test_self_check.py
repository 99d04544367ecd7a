"""The self-check says what is there, what is not, and nothing of anybody."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest

from app.storage.last_check import keep_last_check
from app.system.posture.machine import Machine, Ran
from app.terminal import self_check
from app.terminal.checks import machine, protection
from app.terminal.checks.finding import CheckState, Finding, tried
from app.terminal.checks.qt import platforms
from tests.demo.terminal import ROOT
from tests.keyring_session import missing_programs, private_bus, private_keyring

NEEDED = {
    "hardening",
    "own_code",
    "platform_offscreen",
    "resources",
    "records",
    "sqlcipher",
    "hpke",
    "keyring",
    "documents",
    "version",
    "policy",
}
ADVISED = {"own_files", "swap", "screen_capture", "system_locks", "crash_reports", "lease", "clock"}
AROUND = {"office", *(f"posture_{part}" for part in ("disk", "firewall", "antivirus", "screen_lock", "updates"))}

needs_keyring = pytest.mark.skipif(bool(missing_programs()), reason="needs dbus-daemon and gnome-keyring-daemon")


def check(environment: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    shown = {name: value for name, value in environment.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    command = [sys.executable, "-m", "app", "self-check", *words]
    return subprocess.run(command, env=shown, cwd=ROOT, capture_output=True, text=True, check=False)


@needs_keyring
def test_that_a_workstation_with_an_open_keyring_is_fit(tmp_path: Path) -> None:
    with private_keyring(tmp_path) as environment:
        done = check(environment, "--json", "--quick", "--home", str(tmp_path / "office"))
        strictly = check(environment, "--json", "--quick", "--strict", "--home", str(tmp_path / "office"))
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["ok"], answer["failed"]) == (0, True, []), done.stdout + done.stderr
    parts = answer["checks"]
    assert {name for name, part in parts.items() if part["counts"]} == NEEDED
    assert {name for name, part in parts.items() if not part["counts"]} == ADVISED
    assert all(part["ok"] == (part["state"] == "ok") == (part["advice"] == "") for part in parts.values())
    assert (strictly.returncode, json.loads(strictly.stdout)["ok"]) == (5, False)
    assert (parts["own_files"]["state"], "own_files" in answer["unknown"]) == ("unknown", True)
    assert parts["sqlcipher"]["details"]["cipher_hmac_algorithm"] == "HMAC_SHA512"
    assert parts["keyring"]["details"] == {"backend": "SecretService.Keyring", "probe": True}
    assert (answer["home"], answer["frozen"]) == ("not there", False)
    assert "unknown" not in answer["versions"].values()
    assert str(tmp_path) not in done.stdout
    assert not (tmp_path / "office").exists()


@needs_keyring
def test_that_without_a_keyring_it_says_k1_and_ends_with_5(tmp_path: Path) -> None:
    with private_bus(tmp_path) as environment:
        done = check(environment, "--json")
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["ok"], answer["exit"]) == (5, False, 5)
    assert answer["failed"] == ["keyring"]
    assert set(answer["checks"]) == NEEDED | ADVISED | AROUND
    assert answer["checks"]["keyring"]["found"].startswith("K1: ")


@needs_keyring
def test_that_a_foreign_keyring_setting_is_k2_and_no_home_folder_is_named(tmp_path: Path) -> None:
    with private_keyring(tmp_path) as environment:
        settings = Path(environment["XDG_CONFIG_HOME"]) / "python_keyring" / "keyringrc.cfg"
        settings.parent.mkdir()
        settings.write_text("[backend]\ndefault-keyring=keyring.backends.null.Keyring\n")
        done = check(environment, "--quick")
    assert done.returncode == 5
    assert "NOT  keyring: K2: " in done.stdout
    assert self_check.ADVICE["keyring"] in done.stdout
    assert environment["HOME"] not in done.stdout


def test_that_a_platform_that_does_not_load_is_told_and_ends_no_one_else() -> None:
    program = "from app.terminal.checks.qt import qt_platform\nqt_platform('no-such-platform')"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    assert "WorkstationError: Qt's plug-in or one of its libraries does not load" in done.stderr


def test_that_displays_that_are_there_are_tried_too() -> None:
    assert platforms({}) == ("offscreen",)
    assert platforms({"DISPLAY": ":1", "WAYLAND_DISPLAY": ""}) == ("offscreen", "xcb")


def test_that_a_box_that_opens_to_something_else_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = json.loads((ROOT / "resources" / "self_check" / "hpke.json").read_text(encoding="utf-8"))
    assert protection.hpke() == "known answer"
    kept["box"] = kept["box"][:-2] + ("00" if kept["box"][-2:] != "00" else "01")
    monkeypatch.setattr(protection, "resource_text", lambda *_parts: json.dumps(kept))
    assert not tried("hpke", protection.hpke).ok


def test_that_a_scratch_file_that_is_not_encrypted_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protection, "_opens", lambda _path, _key: True)
    found = tried("sqlcipher", protection.sqlcipher)
    assert (found.state, found.found) == (CheckState.NOT, "the scratch file does not keep to its key")


GOOD = {
    "cipher_version": "4.19.0",
    "cipher_provider": "openssl",
    "cipher_use_hmac": "1",
    "cipher_hmac_algorithm": "HMAC_SHA512",
    "cipher_kdf_algorithm": "PBKDF2_HMAC_SHA512",
    "cipher_plaintext_header_size": "0",
    "cipher_memory_security": "1",
    "secure_delete": "1",
    "temp_store": "2",
    "trusted_schema": "0",
}


@pytest.mark.parametrize("setting", sorted(GOOD.keys() - {"cipher_version", "cipher_provider"}))
def test_that_one_weaker_setting_of_the_cipher_is_named(setting: str) -> None:
    assert protection.judged_settings(GOOD).state is CheckState.OK
    for value in ("", "0" if GOOD[setting] != "0" else "1"):
        told = protection.judged_settings(GOOD | {setting: value})
        assert (told.state, setting in told.found) == (CheckState.NOT, True)


class _Store:
    """A keyring that keeps what it is asked to remove, or gives back something else."""

    def __init__(self, *, keeps: bool = False, lies: bool = False) -> None:
        self.kept: dict[str, bytes] = {}
        self._keeps, self._lies = keeps, lies
        self.closed = False

    def put_session(self, name: str, half: bytes) -> None:
        self.kept[name] = half

    def session(self, name: str) -> bytes | None:
        found = self.kept.get(name)
        return bytes(32) if self._lies and found else found

    def delete_session(self, name: str) -> bool:
        return self._keeps or self.kept.pop(name, None) is not None

    def close(self) -> None:
        self.closed = True


def test_that_the_keyrings_probe_leaves_nothing_and_finds_a_keyring_that_lies() -> None:
    good = _Store()
    assert tried("keyring", lambda: protection.keyring(good)).ok
    assert (good.kept, good.closed) == ({}, True)
    for store in (_Store(keeps=True), _Store(lies=True)):
        found = tried("keyring", lambda store=store: protection.keyring(store))  # type: ignore[misc]
        assert (found.state, found.found[:3], store.closed) == (CheckState.NOT, "K2:", True)


def test_that_unknown_is_never_ok_and_a_failed_verification_is_6() -> None:
    ok, not_, unknown = (Finding("x", state, "", counts=True) for state in CheckState)
    advised = Finding("x", CheckState.UNKNOWN, "", counts=False)
    proof = Finding("x", CheckState.NOT, "", is_proof=True)
    cases = [((ok,), 0), ((ok, not_), 5), ((unknown,), 5), ((advised,), 0), ((not_, proof), 6)]
    assert [self_check.exit_code(found) for found, _ in cases] == [code for _, code in cases]
    assert self_check.exit_code((ok, advised), is_strict=True) == 5
    assert not unknown.ok


class _Machine:
    """A machine whose `timedatectl` says this, or nothing."""

    def __init__(self, said: str | None) -> None:
        self._said = said

    def run(self, *_command: str) -> Ran | None:
        return None if self._said is None else Ran(0, self._said)


@pytest.mark.parametrize(
    ("office_ms", "said", "state"),
    [
        (None, None, CheckState.UNKNOWN),
        (None, "yes\n", CheckState.OK),
        (None, "no\n", CheckState.NOT),
        (None, "perhaps", CheckState.UNKNOWN),
        (1_000_000_000, None, CheckState.OK),
        (1_000_031_000, "yes", CheckState.NOT),
        (999_969_000, "yes", CheckState.NOT),
    ],
)
def test_that_a_clock_is_judged_by_the_office_else_by_the_system(
    tmp_path: Path, office_ms: int | None, said: str | None, state: CheckState
) -> None:
    told = machine.clock(tmp_path, lambda: office_ms, cast("Machine", _Machine(said)), now=lambda: 1_000_000.0)
    assert told.state is state, told.found


def test_that_a_clock_behind_the_last_self_check_was_set_back(tmp_path: Path) -> None:
    keep_last_check(tmp_path, 1_000_200_000, ())
    told = machine.clock(tmp_path, lambda: None, cast("Machine", _Machine("yes")), now=lambda: 1_000_000.0)
    assert (told.state, told.details["set_back"]) == (CheckState.NOT, True)
