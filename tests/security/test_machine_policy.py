"""An ordinary user does not loosen the machine policy: not by files, links, modes, variables, options or another home.

The claims run as an ordinary user. Those about root's own files need root to make them.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from app.storage.machine_policy.files import FOLDER
from tests.ordinary_user import (
    NOBODY,
    PROJECT,
    ordinary_folder,
    ordinary_user_can_run,
    run_as_ordinary_user,
    skip_unless_ordinary_user_can_run,
)

pytestmark = pytest.mark.slow  # real processes

LOOSE = "[mandatory]\nother_homes_allowed = true\n"
STRICT = '[mandatory]\ngateway_url = "https://it.example"\nclipboard_allowed = false\nidle_lock_s = 60\n'
READ = """
import json
from pathlib import Path
from app.domain.machine_policy.errors import MachinePolicyError
from app.domain.machine_policy.judging import judge
from app.storage.machine_policy.files import read_files
try:
    policy = judge(read_files(Path({folder!r})))
    print(json.dumps({{"says": dict(policy.mandatory), "refused": ""}}))
except MachinePolicyError as error:
    print(json.dumps({{"says": {{}}, "refused": error.code, "source": error.source, "reason": error.reason}}))
"""


def read_as_ordinary_user(policy_folder: Path, folder: Path, before: str = "") -> dict[str, object]:
    done = run_as_ordinary_user(dedent(before) + READ.format(folder=str(policy_folder)), folder)
    assert done.returncode == 0, done.stderr
    said: dict[str, object] = json.loads(done.stdout)
    return said


@pytest.fixture
def roots(tmp_path: Path) -> Path:
    """Root's own policy folder below a folder where everybody may enter."""
    if os.geteuid() != 0:
        pytest.skip("only root can make root's own files")
    skip_unless_ordinary_user_can_run()
    for above in (tmp_path, *tmp_path.parents):
        if above != Path("/tmp") and above.stat().st_uid == 0 and len(above.parts) > 2:
            above.chmod(0o755)
    folder = tmp_path / "tirai" / "policy.d"
    folder.mkdir(parents=True)
    for made in (folder.parent, folder):
        made.chmod(0o755)
    (folder / "10-site.toml").write_text(STRICT)
    (folder / "10-site.toml").chmod(0o644)
    return folder


def test_that_a_folder_that_an_ordinary_user_made_is_refused_whatever_stands_in_it() -> None:
    skip_unless_ordinary_user_can_run()
    with ordinary_folder() as folder:
        planted = folder / "policy.d"
        before = f"""
        import pathlib
        made = pathlib.Path({str(planted)!r})
        made.mkdir(mode=0o755)
        (made / "10-site.toml").write_text({LOOSE!r})
        (made / "10-site.toml").chmod(0o644)
        """
        said = read_as_ordinary_user(planted, folder, before)
        assert said["refused"] == "M1", "it is not passed over: whoever can plant a folder could hide root's"
        assert "not to root" in str(said["reason"])


def test_that_what_is_roots_is_read_and_an_ordinary_user_cannot_change_it(roots: Path) -> None:
    tries = f"""
    import os, pathlib
    folder, refused = pathlib.Path({str(roots)!r}), 0
    file = folder / "10-site.toml"
    for attack in (
        lambda: file.write_text({LOOSE!r}),
        lambda: file.chmod(0o666),
        lambda: folder.chmod(0o777),
        lambda: file.unlink(),
        lambda: file.rename(folder / "old"),
        lambda: folder.rename(folder.with_name("gone")),
        lambda: folder.parent.rename(folder.parent.with_name("gone")),
        lambda: (folder / "99-mine.toml").write_text({LOOSE!r}),
        lambda: (folder / "99-mine.toml").symlink_to("/tmp/mine.toml"),
        lambda: os.link("/etc/hostname", folder / "99-mine.toml"),
    ):
        try:
            attack()
        except OSError:
            refused += 1
    assert refused == 10, refused
    """
    with ordinary_folder() as folder:
        said = read_as_ordinary_user(roots, folder, tries)
    assert said["says"] == {"gateway_url": "https://it.example", "clipboard_allowed": False, "idle_lock_s": 60}


@pytest.mark.parametrize("what", ["file", "folder", "above"])
@pytest.mark.parametrize("change", ["owner", "group_writes", "all_write"])
def test_that_a_place_that_somebody_else_could_write_fails_closed(roots: Path, what: str, change: str) -> None:
    path = {"file": roots / "10-site.toml", "folder": roots, "above": roots.parent}[what]
    if change == "owner":
        os.chown(path, NOBODY, NOBODY)
    else:
        path.chmod(path.stat().st_mode | (0o020 if change == "group_writes" else 0o002))
    with ordinary_folder() as folder:
        said = read_as_ordinary_user(roots, folder)
    assert (said["refused"], said["source"]) == ("M1", str(path))


@pytest.mark.parametrize("where", ["file", "folder"])
def test_that_what_cannot_be_read_fails_closed(roots: Path, where: str) -> None:
    (roots if where == "folder" else roots / "10-site.toml").chmod(0o700 if where == "folder" else 0o600)
    with ordinary_folder() as folder:
        said = read_as_ordinary_user(roots, folder)
    assert said["refused"] == "M1"


def test_that_a_link_of_roots_own_to_a_persons_file_is_not_followed(roots: Path) -> None:
    with ordinary_folder() as folder:
        mine = folder / "mine.toml"
        mine.write_text(LOOSE)
        (roots / "20-more.toml").symlink_to(mine)
        said = read_as_ordinary_user(roots, folder)
    assert (said["refused"], said["source"]) == ("M1", str(roots / "20-more.toml"))


HOSTILE = {
    "TIRAI_POLICY": "{home}/policy.d",
    "TIRAI_POLICY_DIR": "{home}/policy.d",
    "TIRAI_CONFIG": "{home}/policy.d",
    "XDG_CONFIG_HOME": "{home}/.config",
    "XDG_CONFIG_DIRS": "{home}/.config:/etc/xdg",
    "XDG_DATA_HOME": "{home}/.local/share",
    "XDG_DATA_DIRS": "{home}/.local/share",
    "CONFIGURATION_DIRECTORY": "{home}/policy.d",
    "ROOT": "{home}",
    "SYSROOT": "{home}",
    "DESTDIR": "{home}",
}


def test_that_no_variable_names_another_place(tmp_path: Path) -> None:
    assert Path("/etc/tirai/policy.d") == FOLDER
    with ordinary_folder() as folder:
        home = folder / "home"
        places = ("policy.d", ".config/tirai/policy.d", ".local/share/tirai/policy.d", "etc/tirai/policy.d")
        plant = f"""
        import pathlib
        for place in {places!r}:
            made = pathlib.Path({str(home)!r}) / place
            made.mkdir(parents=True, exist_ok=True)
            (made / "00-mine.toml").write_text({LOOSE!r})
        import os
        os.chdir({str(home)!r})
        from app.storage.machine_policy.reading import read_machine_policy
        import builtins, sys
        opened = []
        sys.addaudithook(lambda name, words: opened.append(str(words[0])) if name == "open" else None)
        real = os.open
        policy = read_machine_policy()
        assert not any({str(home)!r} in path for path in opened), opened
        assert opened, "the hook hears"
        print(policy.places)
        """
        variables = {name: value.format(home=home) for name, value in HOSTILE.items()}
        done = run_as_ordinary_user(dedent(plant), folder, variables)
        assert done.returncode == 0, done.stderr
        assert str(home) not in done.stdout


@pytest.mark.parametrize("words", [["policy", "show"], ["policy", "show", "--json"]])
def test_that_the_command_reads_the_machines_place_alone(words: list[str]) -> None:
    with ordinary_folder() as folder:
        (folder / "policy.d").mkdir()
        (folder / "policy.d" / "00-mine.toml").write_text(LOOSE)
        environment = {name: value.format(home=folder) for name, value in HOSTILE.items()}
        environment |= {"HOME": str(folder), "PATH": os.defpath, "PYTHONPATH": str(PROJECT)}
        done = subprocess.run(
            [sys.executable, "-m", "app", *words],
            env=environment,
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            user=NOBODY if os.geteuid() == 0 and ordinary_user_can_run() else None,
        )
    assert str(folder) not in done.stdout + done.stderr
    assert done.returncode in {0, 3, 5}
