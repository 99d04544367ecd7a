"""`tirai act`: IT judges the file of actions and tries an e-mail, before anybody works with it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.cli import app
from app.domain.errors import InputRefusedError
from tests.office.mail_server import mail_server
from tests.unit.domain.test_actions import GOOD


def run(*words: str, given: str = "") -> Result:
    return CliRunner().invoke(app, ["act", *words], input=given)


def test_that_a_machine_without_the_file_has_no_actions() -> None:
    if Path("/etc/tirai/actions.toml").exists():
        pytest.skip("this machine has actions")
    assert json.loads(run("check", "--json").stdout) == {"ok": True, "actions": [], "warnings": []}


def test_that_a_file_is_judged_and_what_its_programs_lack_is_said(tmp_path: Path) -> None:
    path = tmp_path / "actions.toml"
    path.write_text(GOOD)
    path.chmod(0o666)
    said = run("check", str(path))
    assert said.exit_code == 3
    assert "appointment_mail, dial" in said.stdout
    assert "not root's alone, so the office refuses it" in said.stdout
    assert "dial: /usr/bin/dialler is not there" in said.stdout


def test_that_a_wrong_file_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "actions.toml"
    path.write_text(GOOD.replace('"/usr/bin/dialler"', '"/bin/sh"'))
    with pytest.raises(InputRefusedError, match="line 23: no shell"):
        app(["act", "check", str(path)], standalone_mode=False)


def test_that_an_address_on_standard_input_gets_the_text(tmp_path: Path) -> None:
    path = tmp_path / "mail.toml"
    with mail_server(tmp_path / "kept", "starttls") as server:
        path.write_text(server.settings("starttls"))
        command = [sys.executable, "-c", "from app.cli import main; main()", "act", "mail", str(path), "appointment"]
        root = Path(__file__).parents[3]
        done = subprocess.run(command, input=b"it@nusantara.example\n", capture_output=True, check=False, cwd=root)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"Sent.\n", b"")
        assert server.message["To"] == "it@nusantara.example"
        refused = subprocess.run(command, input=b"nobody\n", capture_output=True, check=False, cwd=root)
    assert (refused.returncode, b"no address" in refused.stderr, b"nobody" in refused.stderr) == (5, True, False)


def test_that_a_text_that_is_not_there_is_said(tmp_path: Path) -> None:
    path = tmp_path / "mail.toml"
    with mail_server(tmp_path / "kept", "plain") as server:
        path.write_text(server.settings("none"))
    with pytest.raises(InputRefusedError, match="there are: appointment"):
        app(["act", "mail", str(path), "bill"], standalone_mode=False)
