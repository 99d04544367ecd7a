"""The master of a gateway, out of a file of versions or by a command: taken, or refused without a byte of it."""

import json
import os
import secrets
import stat
import time
from base64 import b64encode
from pathlib import Path

import pytest

from app.backoffice.master import MasterMissingError
from app.domain.errors import TiraiError, WorkstationError
from app.gateway.config import MasterPlace
from app.gateway.master import MasterCommand, MasterFile, MasterUnavailableError, add_version_to, master_source
from app.gateway.secret_files import SecretFileError, SecretPlace


def line(version: object, key: object) -> str:
    return json.dumps({"version": version, "key": b64encode(key).decode() if isinstance(key, bytes) else key}) + "\n"


def in_file(path: Path, text: str) -> MasterFile:
    path.unlink(missing_ok=True)
    path.write_text(text)
    path.chmod(0o400)
    return MasterFile(SecretPlace.of(str(path)))


def program(path: Path, body: str, mode: int = 0o700) -> Path:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(mode)
    return path


@pytest.fixture
def key() -> bytes:
    return secrets.token_bytes(32)


# the file


def test_that_each_version_has_its_line(tmp_path: Path, key: bytes) -> None:
    other = secrets.token_bytes(32)
    source = in_file(tmp_path / "master", line(1, key) + "\n" + line(7, other))
    assert (source.key(None, 1), source.key(None, 7)) == (key, other)
    with pytest.raises(MasterMissingError, match="no version 2"):
        source.key(None, 2)


def test_that_a_version_that_somebody_puts_there_is_found_without_a_stop(tmp_path: Path, key: bytes) -> None:
    path = tmp_path / "master"
    assert add_version_to(path) == 1
    source = MasterFile(SecretPlace.of(str(path)))
    first = source.key(None, 1)
    with pytest.raises(MasterMissingError):
        source.key(None, 2)
    assert add_version_to(path) == 2
    assert len({first, source.key(None, 2)}) == 2
    assert (source.key(None, 1), stat.S_IMODE(path.stat().st_mode)) == (first, 0o400)


@pytest.mark.parametrize(
    "wrong",
    [
        "KEY",
        '{"version": 1}',
        '{"version": "1", "key": "KEY"}',
        '{"version": true, "key": "KEY"}',
        '{"version": 0, "key": "KEY"}',
        '{"version": 1, "key": "KEY", "note": ""}',
        '{"version": 1, "key": "KEYKEY"}',
        '{"version": 1, "key": "!KEY"}',
        '["version", "key"]',
    ],
)
def test_that_another_line_is_refused_by_its_number_alone(tmp_path: Path, key: bytes, wrong: str) -> None:
    said = b64encode(key).decode()
    source = in_file(tmp_path / "master", line(2, key) + wrong.replace("KEY", said) + "\n")
    with pytest.raises(SecretFileError, match="line 2") as refused:
        source.key(None, 1)
    assert said not in chain_of(refused.value)


def test_that_a_version_twice_is_refused(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(SecretFileError, match="twice"):
        in_file(tmp_path / "master", line(1, key) * 2).key(None, 1)


def test_that_a_file_that_others_read_is_refused_and_added_to_by_nobody(tmp_path: Path, key: bytes) -> None:
    path = tmp_path / "master"
    source = in_file(path, line(1, key))
    path.chmod(0o444)
    for refused in (lambda: source.key(None, 1), lambda: add_version_to(path)):
        with pytest.raises(SecretFileError, match="chmod 0400"):
            refused()
    assert path.read_text() == line(1, key)


# the command


def test_that_a_command_gives_a_version_and_is_asked_once(tmp_path: Path, key: bytes) -> None:
    said = b64encode(key).decode()
    path = program(tmp_path / "kms", f'echo "$@" >> {tmp_path}/asked\necho {said}')
    source = master_source(MasterPlace(command=(str(path), "decrypt", "; touch /tmp/no")))
    assert source.key(None, 3) == source.key(None, 3) == key  # type: ignore[arg-type]
    assert (tmp_path / "asked").read_text() == "decrypt ; touch /tmp/no 3\n"


def test_that_a_command_gets_a_fixed_environment_and_no_input(
    tmp_path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIRAI_SECRET", "hunter2")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", "/run/credentials/tirai-gateway.service")
    path = program(tmp_path / "kms", f"env > {tmp_path}/env\ncat >> {tmp_path}/input\necho {b64encode(key).decode()}")
    assert MasterCommand([str(path)], 30).key(None, 1) == key
    names = {entry.partition("=")[0] for entry in (tmp_path / "env").read_text().splitlines()}
    assert names - {"PWD", "SHLVL", "_", "OLDPWD"} == {"PATH", "LANG", "CREDENTIALS_DIRECTORY"}
    assert (tmp_path / "input").read_text() == ""


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("echo KEY; echo KEY >&2; exit 3", "ended with 3"),
        ("echo KEY; kill -KILL $$", "ended with -9"),
        ("echo KEYKEY", "must answer with one line"),
        ("echo KEY KEY", "must answer with one line"),
        ("printf ''", "must answer with one line"),
        ("while :; do echo KEY; done", "must answer with one line"),
    ],
)
def test_that_another_answer_is_refused_without_a_byte_of_it(tmp_path: Path, key: bytes, body: str, why: str) -> None:
    said = b64encode(key).decode()
    path = program(tmp_path / "kms", body.replace("KEY", said))
    with pytest.raises(MasterUnavailableError, match=why) as refused:
        MasterCommand([str(path)], 30).key(None, 1)
    assert refused.value.exit_code == 5
    assert said not in chain_of(refused.value)


def test_that_a_command_that_hangs_is_stopped_with_what_it_started(tmp_path: Path) -> None:
    told = tmp_path / "child"
    path = program(tmp_path / "kms", f"sleep 600 & echo $! > {told}.new && mv {told}.new {told}\nwait")
    for time_s in (0.5, 5.0, 60.0):  # a busy machine may stop the command before it has begun anything
        with pytest.raises(MasterUnavailableError, match=f"within {time_s:g} s"):
            MasterCommand([str(path)], time_s).key(None, 1)
        if told.exists():
            break
    child = int(told.read_text())
    while not is_dead(child):  # the test's own time limit ends this
        time.sleep(0.01)


def test_that_a_child_that_keeps_the_pipe_open_is_not_waited_for(tmp_path: Path, key: bytes) -> None:
    path = program(tmp_path / "kms", f"sleep 600 & echo {b64encode(key).decode()}")
    with pytest.raises(MasterUnavailableError, match=r"within 0\.5 s"):
        MasterCommand([str(path)], 0.5).key(None, 1)


def is_dead(pid: int) -> bool:
    """Gone, or waiting for whoever has adopted it to look."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (ProcessLookupError, FileNotFoundError):
        return True


@pytest.mark.parametrize("mode", [0o720, 0o702])
def test_that_a_program_that_others_can_change_is_not_run(tmp_path: Path, mode: int) -> None:
    path = program(tmp_path / "kms", f"touch {tmp_path}/ran", mode)
    with pytest.raises(MasterUnavailableError, match="can be changed by others"):
        MasterCommand([str(path)], 5).key(None, 1)
    assert not (tmp_path / "ran").exists()


def test_that_a_program_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(WorkstationError, match="cannot be run"):
        MasterCommand([str(tmp_path / "kms")], 5).key(None, 1)


def chain_of(error: BaseException | None) -> str:
    """An error's words, and those of what it came from, as a traceback prints them."""
    words = ""
    while error is not None:
        words += str(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return words


def test_that_these_are_refusals_of_tirais_own() -> None:
    assert issubclass(MasterUnavailableError, TiraiError)
