"""`pg_dump` and `pg_restore`, run so that nothing of the office goes by a disk, a command line or a message.

The password goes by a file without a name that only the program inherits (memfd); rows go by pipes. What the programs
complain of is not shown, since it may quote a row: only that a program is too old is told from it.
"""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Final

from app.domain.errors import WorkstationError
from app.gateway.config import NO_FILE

_PATH: Final = "/usr/bin:/bin:/usr/local/bin"
_PIECE_BYTES: Final = 64 * 1024
_LARGEST_COMPLAINT: Final = 64 * 1024
_AS_OWNER: Final = ("--no-owner", "--no-privileges")


def dumping(words: Mapping[str, str], programs: Path | None) -> Callable[[str, tuple[str, ...]], Iterator[bytes]]:
    """`pg_dump` of a database, by the way of its reader.

    Args:
        words: libpq's words for it.
        programs: the folder of PostgreSQL's programs; None for where the system has them.
    """

    def dump(snapshot: str, without_rows: tuple[str, ...]) -> Iterator[bytes]:
        left_out = [f"--exclude-table-data=public.{table}" for table in without_rows]
        arguments = ("--format=custom", f"--snapshot={snapshot}", *_AS_OWNER, *left_out)
        with _run("pg_dump", programs, words, arguments, stdout=subprocess.PIPE) as (child, ended):
            assert child.stdout is not None
            while piece := child.stdout.read(_PIECE_BYTES):
                yield piece
            ended()

    return dump


def loading(words: Mapping[str, str], programs: Path | None) -> Callable[[Iterable[bytes]], None]:
    """`pg_restore` into a database, by the way of its owner, in one transaction.

    Args:
        words: libpq's words for it.
        programs: the folder of PostgreSQL's programs; None for where the system has them.
    """

    def load(pieces: Iterable[bytes]) -> None:
        arguments = (*_AS_OWNER, "--exit-on-error", "--single-transaction")
        with _run("pg_restore", programs, words, arguments, stdin=subprocess.PIPE) as (child, ended):
            assert child.stdin is not None
            with contextlib.suppress(BrokenPipeError):  # it left before it had all: how it ended tells why
                for piece in pieces:
                    child.stdin.write(piece)
                child.stdin.flush()
            with contextlib.suppress(BrokenPipeError):
                child.stdin.close()
            ended()

    return load


@contextlib.contextmanager
def _run(
    name: str,
    programs: Path | None,
    words: Mapping[str, str],
    arguments: Sequence[str],
    stdin: int = subprocess.DEVNULL,
    stdout: int = subprocess.DEVNULL,
) -> "Iterator[tuple[subprocess.Popen[bytes], Callable[[], None]]]":
    """Run a program; whoever leaves the block before it has ended ends it.

    Yields:
        The program, and what waits for its end and demands that it went well.
    """
    program = shutil.which(name, path=str(programs) if programs is not None else _PATH)
    if program is None:
        where = programs or "the usual places"
        raise WorkstationError(
            f"There is no {name} in {where}. Install PostgreSQL's client, or name its folder: [backup] programs.",
            code="pg_programs",
        )
    with _password_file(words.get("password")) as (passfile, fds), _unnamed("complaint") as complaint:
        said = {**words, "passfile": passfile}
        said.pop("password", None)
        connection = " ".join(f"{word}='{_quoted(value)}'" for word, value in said.items())
        child = subprocess.Popen(  # noqa: S603 -- PostgreSQL's own program, from a folder that IT named
            [program, *arguments, "--no-password", "--dbname", connection],
            stdin=stdin,
            stdout=stdout,
            stderr=complaint,
            env={"PATH": _PATH, "LC_ALL": "C"},
            cwd="/",
            pass_fds=fds,
        )
        try:
            yield child, lambda: _must_end_well(name, child, complaint)
        finally:
            child.kill()
            for pipe in (child.stdin, child.stdout):
                _close(pipe)
            child.wait()


def _must_end_well(name: str, child: "subprocess.Popen[bytes]", complaint: int) -> None:
    code = child.wait()
    if code == 0:
        return
    if b"server version mismatch" in os.pread(complaint, _LARGEST_COMPLAINT, 0):
        raise WorkstationError(
            f"{name} is older than the database's server. Install the server's version of PostgreSQL's client, or name "
            "its folder: [backup] programs.",
            code="pg_programs",
        )
    raise WorkstationError(f"{name} gave up (it ended with {code}). Look at the database server's log.", code="pg_run")


@contextlib.contextmanager
def _password_file(password: str | None) -> Iterator[tuple[str, tuple[int, ...]]]:
    """A password in a form that libpq reads, in memory alone; PostgreSQL 18 documentation, section 32.16."""
    if password is None:
        yield NO_FILE, ()
        return
    with _unnamed("passfile") as fd:
        escaped = password.replace("\\", "\\\\").replace(":", "\\:")
        os.fchmod(fd, 0o600)  # libpq leaves a file that others may read
        os.write(fd, f"*:*:*:*:{escaped}\n".encode())
        yield f"/proc/self/fd/{fd}", (fd,)


@contextlib.contextmanager
def _unnamed(name: str) -> Iterator[int]:
    fd = os.memfd_create(name)
    try:
        yield fd
    finally:
        os.close(fd)


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        with contextlib.suppress(OSError):
            pipe.close()
