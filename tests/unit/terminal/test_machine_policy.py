"""`tirai policy show`, and `check` of a file of the machine policy: what is said, and the exit codes."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.domain.machine_policy.errors import CONTENT, PLACE, MachinePolicyError
from app.domain.machine_policy.judging import judge
from app.domain.machine_policy.policy import NOTHING_MANAGED, MachinePolicy
from app.domain.machine_policy.said import Said
from app.resource_files import resource_text
from app.terminal.machine_policy import show_machine_policy

GOOD = """[mandatory]
idle_lock_s = 120
gateway_pins = ["{pin}"]
gateway_url = "https://it.example"
[recommended]
theme = "dark"
"""


def checked(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["policy", "check", *words])
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "10-site.toml"
    path.write_text(GOOD.format(pin="ab" * 32))
    return path


def test_that_a_file_of_the_machine_is_told_from_an_offices(file: Path, tmp_path: Path) -> None:
    code, said, _ = checked(str(file))
    assert code == 0
    assert "machine policy is good" in said
    assert "idle_lock_s" in said
    office = tmp_path / "office.toml"
    office.write_text(resource_text("policy", "default.toml"))
    code, said, _ = checked(str(office))
    assert code == 0
    assert "The policy is good" in said


def test_that_programs_get_every_setting_and_the_hash(file: Path) -> None:
    code, said, _ = checked(str(file), "--json")
    answer = json.loads(said)
    assert code == 0
    assert (answer["ok"], answer["kind"], len(answer["hash"])) == (True, "machine", 64)
    assert answer["settings"]["idle_lock_s"] == {"value": 120, "level": "mandatory", "source": str(file)}
    assert answer["settings"]["theme"]["level"] == "recommended"
    assert answer["settings"]["gateway_pins"]["value"] == ["ab" * 32]
    assert answer["settings"]["calls_allowed"] == {"value": True, "level": "none", "source": ""}


@pytest.mark.parametrize("text", ["[mandatory]\nfoo = 1\n", "[mandatory]\nidle_lock_s = 9999\n"])
def test_that_a_bad_file_is_refused_with_its_line_and_exit_code_3(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text)
    code, said, told = checked(str(path))
    assert (code, said) == (3, "")
    assert "M2" in told
    assert f"{path}, line 2" in told
    answer = json.loads(checked(str(path), "--json")[1])
    assert (answer["ok"], answer["code"]) == (False, "M2")


def test_that_an_empty_file_and_a_broken_one_can_be_called_the_machines(tmp_path: Path) -> None:
    path = tmp_path / "empty.toml"
    path.write_text("")
    assert checked(str(path), "--machine")[0] == 0
    path.write_text("[mandatory\n")
    assert checked(str(path), "--machine")[0] == 3


def test_that_showing_says_what_holds_or_why_nobody_signs_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert show_machine_policy(as_json=False, read=lambda: NOTHING_MANAGED) == 0
    assert "no machine policy" in capsys.readouterr().out
    policy = judge([Said("/etc/tirai/policy.d/10-a.toml", {"theme": "dark"})])
    assert show_machine_policy(as_json=False, read=lambda: policy) == 0
    said = capsys.readouterr().out
    assert policy.digest[:12] in said
    assert "/etc/tirai/policy.d/10-a.toml" in said


@pytest.mark.parametrize(("code", "exit_code"), [(PLACE, 5), (CONTENT, 3)])
def test_that_a_refused_one_names_place_and_code(capsys: pytest.CaptureFixture[str], code: str, exit_code: int) -> None:
    def read() -> MachinePolicy:
        raise MachinePolicyError(code, "/etc/tirai/policy.d\x1b[2J", "others than root can write it")

    assert show_machine_policy(as_json=False, read=read) == exit_code
    told = capsys.readouterr().err
    assert code in told
    assert "others than root can write it" in told
    assert "\x1b" not in told
    assert show_machine_policy(as_json=True, read=read) == exit_code
    assert json.loads(capsys.readouterr().out)["code"] == code
