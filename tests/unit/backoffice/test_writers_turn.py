"""Whose turn it is to write: one process's at a time, and nobody's that has ended."""

import fcntl
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.backoffice.writers_turn import WritersTurn

HOLDER = """
import sys, time
from pathlib import Path
from app.backoffice.writers_turn import WritersTurn
with WritersTurn(Path(sys.argv[1])).taken():
    print("taken", flush=True)
    time.sleep(600)
"""


def is_free(turn: WritersTurn) -> bool:
    try:
        fcntl.flock(turn._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(turn._fd, fcntl.LOCK_UN)
    return True


def test_that_one_process_writes_at_a_time_and_a_killed_one_no_more(tmp_path: Path) -> None:
    turn = WritersTurn(tmp_path / "office.db")
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "office.db")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "taken\n"
        assert not is_free(turn)
        other.send_signal(signal.SIGKILL)
        other.wait()
    with turn.taken():
        other_hand = WritersTurn(tmp_path / "office.db")
        assert not is_free(other_hand)
    assert is_free(other_hand)
    for each in (turn, other_hand):
        each.close()


def test_that_a_turn_passes_on_after_an_error(tmp_path: Path) -> None:
    turn, other = WritersTurn(tmp_path / "office.db"), WritersTurn(tmp_path / "office.db")
    with pytest.raises(ValueError, match="fault"), turn.taken():
        raise ValueError("fault")
    assert is_free(other)
    for each in (turn, other):
        each.close()


def test_that_its_file_is_the_owners_alone_and_no_link(tmp_path: Path) -> None:
    WritersTurn(tmp_path / "office.db").close()
    path = tmp_path / "office.db-turn"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.stat().st_size == 0
    path.unlink()
    (tmp_path / "elsewhere").touch()
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic links"):
        WritersTurn(tmp_path / "office.db")
