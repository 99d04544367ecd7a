"""A service that refuses to start says why in one sentence, which systemd's journal gets, and leaves it in two logs.

The real command as the office's own user, as systemd starts it. What lies beside is what an accident, or a hand at the
wrong place, would have made of it.
"""

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.security.test_service_home import OFFICE, PLAY, SUPERVISOR, Workstation, workstation

pytestmark = pytest.mark.slow  # real processes of two OS users
FOREIGN = 61_509


@pytest.fixture(scope="module")
def stopped() -> Iterator[Workstation]:
    """A workstation whose office was made, and stopped."""
    with workstation() as it:
        assert it.stop() == 0
        yield it


def refused(it: Workstation) -> tuple[int, str]:
    """Start it as systemd does; how it ended, and what the journal would have."""
    line = [sys.executable, str(PLAY), "office", str(it.folder), str(OFFICE)]
    env = {"HOME": "/", "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        line, user=OFFICE, group=OFFICE, extra_groups=[], cwd="/", env=env, capture_output=True, text=True, check=False,
        timeout=120,
    )  # fmt: skip
    return done.returncode, done.stderr


def of_somebody_else(it: Workstation) -> None:
    os.chown(it.home, FOREIGN, FOREIGN)


def others_may_write(it: Workstation) -> None:
    it.home.chmod(0o777)


def half_is_gone(it: Workstation) -> None:
    (it.home / "seat-half").unlink()


def half_of_another_office(it: Workstation) -> None:
    (it.home / "seat-half").write_text(secrets.token_hex(32), "ascii")


def half_is_open_to_others(it: Workstation) -> None:
    (it.home / "seat-half").chmod(0o644)
    os.chown(it.home / "seat-half", FOREIGN, FOREIGN)


def plate_is_damaged(it: Workstation) -> None:
    (it.home / "office.json").write_text("{}", "utf-8")


def socket_where_others_write(it: Workstation) -> None:
    it.socket.parent.chmod(0o777)


SPOILT: dict[Callable[[Workstation], None], tuple[int, str, bool]] = {
    of_somebody_else: (5, f"cannot be used: Permission denied. It has to belong to {OFFICE}, mode 0700.", False),
    others_may_write: (5, "others could write into it", False),
    half_is_gone: (5, "The key of the front door is gone. As root: tirai office recover", True),
    half_of_another_office: (6, "front door", True),
    half_is_open_to_others: (5, "seat-half", True),
    plate_is_damaged: (5, "damaged", True),
    socket_where_others_write: (5, "Others could put a socket of theirs", True),
}
"""What is wrong: exit code, words of the sentence, and whether the home is still good enough to write a log in."""


@pytest.mark.parametrize("spoil", SPOILT, ids=lambda spoil: spoil.__name__)
def test_that_a_refused_start_says_why_in_one_sentence_and_where_it_can_in_its_logs(
    stopped: Workstation, tmp_path: Path, spoil: Callable[[Workstation], None]
) -> None:
    code, words, is_written = SPOILT[spoil]
    it, kept = stopped, tmp_path / "kept"
    shutil.copytree(it.home, kept, copy_function=shutil.copy2)
    half = (it.home / "seat-half").read_text("ascii")
    log = it.home / "log" / "tirai.log"
    before = log.read_text("utf-8") if log.exists() else ""
    try:
        spoil(it)
        ended, said = refused(it)
        (sentence,) = said.splitlines()
        assert (ended, words in sentence) == (code, True), said
        assert half not in said
        if is_written:
            assert f"refused to start: {sentence}" in log.read_text("utf-8").removeprefix(before)
    finally:
        shutil.rmtree(it.home)
        shutil.copytree(kept, it.home, copy_function=shutil.copy2)
        for path in (it.home, *it.home.rglob("*")):
            os.chown(path, OFFICE, OFFICE)
        it.home.chmod(0o700)
        it.socket.parent.chmod(0o755)


def test_that_the_offices_own_log_has_it_once_it_opens_again(stopped: Workstation) -> None:
    it = stopped
    half = (it.home / "seat-half").read_text("ascii")
    half_is_gone(it)
    assert refused(it)[0] == 5
    (it.home / "seat-half").write_text(half, "ascii")
    (it.home / "seat-half").chmod(0o600)
    os.chown(it.home / "seat-half", OFFICE, OFFICE)
    assert "start.refused" in (it.home / "for-the-log").read_text("utf-8")
    it.start()
    it.sign_in(SUPERVISOR, "command", "hendra")
    assert it.user(SUPERVISOR).ask("entries", event="start.refused")["entries"][-1] == ["refused", "service"]
    assert (it.home / "for-the-log").read_text("utf-8") == ""
    assert it.stop() == 0
