"""`/etc/tirai/policy.d`: what is read, and everything doubtful about places and texts that is refused."""

import os
import socket
from pathlib import Path

import pytest

from app.domain.machine_policy.errors import CONTENT, PLACE, MachinePolicyError
from app.domain.machine_policy.judging import judge
from app.domain.machine_policy.policy import MachinePolicy
from app.storage.machine_policy.files import LONGEST_BYTES, MOST_FILES, read_files

OWN = {0, os.geteuid()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "policy.d"
    made.mkdir(mode=0o755)
    return made


def put(folder: Path, text: str | bytes, name: str = "10-site.toml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(0o644)
    return path


def read(folder: Path) -> MachinePolicy:
    return judge(read_files(folder, OWN))


def refused(folder: Path) -> MachinePolicyError:
    with pytest.raises(MachinePolicyError) as error:
        read(folder)
    return error.value


def test_that_nothing_is_there_where_there_is_no_folder_or_no_file(folder: Path) -> None:
    assert read(folder).is_empty
    assert read(folder / "missing").is_empty
    put(folder, "not read", "README")
    put(folder, "not read", "10-site.toml.dpkg-dist")
    put(folder, "not read", ".10-site.toml")
    assert read(folder).is_empty


def test_that_files_are_read_in_their_order_and_name_themselves(folder: Path) -> None:
    first = put(folder, "[mandatory]\nidle_lock_s = 120\n")
    second = put(folder, '[recommended]\ntheme = "dark"\n', "20-look.toml")
    policy = read(folder)
    assert policy.number("idle_lock_s") == 120
    assert policy.suggested("theme") == "dark"
    assert policy.places == (str(first), str(second))


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        ("[mandatory\n", "line 1", ""),
        ("[mandatory]\nidle_lock_s = \n", "line 2", ""),
        ("[mandatory]\nidle_lock_s = 60\nidle_lock_s = 60\n", "line 3", ""),
        ("[mandatory]\n\nfoo = 1\n", "line 3", "no setting foo"),
        ("[recommended]\nlanguage = 'xx'\n", "line 2", "one of en, id"),
        ("idle_lock_s = 60\n", "line 1", "nothing else"),
        ("[office]\n", "line 1", "nothing else"),
        ("mandatory = 1\n", "line 1", "nothing else"),
        ("[mandatory]\nidle_lock_s = 3000\n", "line 2", "tightened"),
        ("[mandatory.deep]\nx = 1\n", "line", "no setting deep"),
    ],
)
def test_that_a_wrong_text_is_refused_with_its_line(folder: Path, text: str, place: str, why: str) -> None:
    path = put(folder, text)
    error = refused(folder)
    assert error.code == CONTENT
    assert error.source.startswith(str(path))
    assert place in error.source
    assert why in error.reason


@pytest.mark.parametrize("data", [b"\xff\xfe[mandatory]", b"#" * (LONGEST_BYTES + 1)])
def test_that_no_text_and_a_huge_one_are_refused(folder: Path, data: bytes) -> None:
    put(folder, data)
    assert refused(folder).code == CONTENT


@pytest.mark.parametrize("name", ["site.toml", "1-site.toml", "10-Site.toml", "10 site.toml", "10-.toml"])
def test_that_a_name_that_does_not_fit_is_not_passed_over(folder: Path, name: str) -> None:
    put(folder, "[mandatory]\n", name)
    assert refused(folder).code == CONTENT


def test_that_too_many_files_are_refused(folder: Path) -> None:
    for number in range(MOST_FILES + 1):
        put(folder, "[mandatory]\n", f"{number % 100:02}-{number}.toml")
    assert "more than" in refused(folder).reason


@pytest.mark.parametrize("mode", [0o664, 0o646, 0o666, 0o620])
def test_that_a_file_that_others_can_write_is_refused(folder: Path, mode: int) -> None:
    put(folder, "[mandatory]\n").chmod(mode)
    error = refused(folder)
    assert error.code == PLACE
    assert error.exit_code == 5
    assert "can write" in error.reason


@pytest.mark.parametrize("mode", [0o775, 0o757, 0o777, 0o1777])
def test_that_a_folder_that_others_can_write_is_refused(folder: Path, mode: int) -> None:
    folder.chmod(mode)
    assert refused(folder).code == PLACE


def test_that_a_folder_above_it_that_others_can_write_is_refused(folder: Path) -> None:
    folder.parent.chmod(0o777)
    error = refused(folder)
    assert (error.code, error.source) == (PLACE, str(folder.parent))


def test_that_somebody_elses_file_and_folder_are_refused(folder: Path) -> None:
    put(folder, "[mandatory]\n")
    with pytest.raises(MachinePolicyError, match="belongs to user") as error:
        judge(read_files(folder, {123456}))
    assert error.value.code == PLACE


def test_that_links_are_not_followed(folder: Path, tmp_path: Path) -> None:
    real = put(tmp_path, "[mandatory]\n", "real.toml")
    (folder / "10-site.toml").symlink_to(real)
    assert refused(folder).code == PLACE
    linked = tmp_path / "linked.d"
    linked.symlink_to(folder, target_is_directory=True)
    assert refused(linked).code == PLACE
    (tmp_path / "up").symlink_to(tmp_path, target_is_directory=True)
    assert refused(tmp_path / "up" / "policy.d").code == PLACE


def test_that_a_dangling_link_is_no_missing_file(folder: Path) -> None:
    (folder / "10-site.toml").symlink_to(folder / "nowhere")
    assert refused(folder).code == PLACE


def test_that_what_is_no_plain_file_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(folder / "10-site.toml", 0o644)
    assert refused(folder).code == PLACE
    (folder / "10-site.toml").unlink()
    (folder / "10-site.toml").mkdir(0o755)
    assert refused(folder).code == PLACE
    (folder / "10-site.toml").rmdir()
    monkeypatch.chdir(folder)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as line:
        line.bind("10-site.toml")
        assert refused(folder).code == PLACE


def test_that_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "[mandatory]\n", "policy.d")
    assert refused(tmp_path / "policy.d").code == PLACE
