"""The publisher's command, as a person uses it, and a machine that believes what it made."""

import json
from pathlib import Path

import pytest
from updates.publish import main

from app.updating.settings import UpdatePlaces
from app.updating.steps import State
from tests.updating.play import Machine


@pytest.fixture
def place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["new", str(tmp_path / "repository"), "--keys", str(tmp_path / "keys")]) == 0
    assert "medium of its own" in capsys.readouterr().out
    return tmp_path


def _signed(place: Path) -> list[str]:
    keys = place / "keys"
    return [
        str(place / "repository"),
        "--targets-key",
        str(keys / "targets.pem"),
        "--online-key",
        str(keys / "online.pem"),
    ]


def _publish(place: Path, version: str, *more: str) -> int:
    package = place / f"tirai-console_{version}_amd64.deb"
    package.write_bytes(version.encode() * 100)
    line = ["publish", *_signed(place), "--package", str(package), "--version", version, "--kind", "deb-amd64", *more]
    return main(line)


def _machine(place: Path) -> Machine:
    state = place / "state"
    state.mkdir(exist_ok=True)
    trust = (place / "repository/metadata/1.root.json").read_bytes()
    return Machine(UpdatePlaces(state), "https://nobody.invalid", trust)


def test_keys_are_private_and_never_overwritten(place: Path) -> None:
    for key in (place / "keys").iterdir():
        assert key.stat().st_mode & 0o077 == 0
    before = (place / "keys/root-1.pem").read_bytes()
    assert main(["new", str(place / "another"), "--keys", str(place / "keys")]) == 3
    assert (place / "keys/root-1.pem").read_bytes() == before


def test_a_release_is_published_widened_and_installed(place: Path) -> None:
    assert _publish(place, "0.2.0", "--rollout", "0") == 0
    machine = _machine(place)
    assert machine.hand_over(place / "repository").state is State.NEWEST
    assert main(["widen", *_signed(place), "--rollout", "100", "tirai-console_0.2.0_amd64.deb"]) == 0
    assert machine.hand_over(place / "repository").state is State.INSTALLED


def test_a_release_is_withdrawn(place: Path) -> None:
    assert _publish(place, "0.2.0") == 0
    assert main(["withdraw", *_signed(place), "tirai-console_0.2.0_amd64.deb"]) == 0
    assert _machine(place).hand_over(place / "repository").state is State.NEWEST
    assert main(["withdraw", *_signed(place), "tirai-console_0.2.0_amd64.deb"]) == 3  # it is not there


def test_the_wrong_key_signs_nothing_that_is_believed(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys = place / "keys"
    package = place / "tirai-console_0.2.0_amd64.deb"
    package.write_bytes(b"x")
    line = ["publish", str(place / "repository"), "--targets-key", str(keys / "root-1.pem")]
    line += [
        "--online-key",
        str(keys / "online.pem"),
        "--package",
        str(package),
        "--version",
        "0.2",
        "--kind",
        "deb-amd64",
    ]
    assert main(line) == 3
    assert "Not done" in capsys.readouterr().err
    assert _machine(place).hand_over(place / "repository").state is State.NEWEST  # the list before stands, whole


def test_a_lost_root_key_and_a_stolen_online_key_are_replaced(place: Path) -> None:
    keys, repository = place / "keys", place / "repository"
    root = json.loads((repository / "metadata/1.root.json").read_text())["signed"]
    lost = root["roles"]["root"]["keyids"][2]
    two = ["--root-key", str(keys / "root-1.pem"), "--root-key", str(keys / "root-2.pem")]
    assert main(["change-root", str(repository), *two, "--retire", lost, "--add", str(keys / "root-4.pem")]) == 0
    stolen = root["roles"]["timestamp"]["keyids"][0]
    assert main(["change-online", str(repository), *two, "--old", stolen, "--new", str(keys / "online-2.pem")]) == 0
    (keys / "online.pem").write_bytes((keys / "online-2.pem").read_bytes())
    assert _publish(place, "0.2.0") == 0
    assert _machine(place).hand_over(repository).state is State.INSTALLED


def test_a_root_that_one_alone_signs_is_not_published(place: Path) -> None:
    keys, repository = place / "keys", place / "repository"
    root = json.loads((repository / "metadata/1.root.json").read_text())["signed"]
    lost = root["roles"]["root"]["keyids"][2]
    one = ["--root-key", str(keys / "root-1.pem")]
    assert main(["change-root", str(repository), *one, "--retire", lost, "--add", str(keys / "root-4.pem")]) == 3
    assert not (repository / "metadata/2.root.json").exists()


def test_keys_with_a_password(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("correct horse battery staple\n")
    named = ["--password-file", str(secret)]
    assert main([*named, "new", str(tmp_path / "repository"), "--keys", str(tmp_path / "keys")]) == 0
    assert b"ENCRYPTED" in (tmp_path / "keys/root-1.pem").read_bytes()
    fresh = ["freshen", str(tmp_path / "repository"), "--online-key", str(tmp_path / "keys/online.pem")]
    assert main([*named, *fresh]) == 0
    secret.write_text("another\n")
    assert main([*named, *fresh]) == 3
