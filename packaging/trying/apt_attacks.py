"""Six attacks on a repository and what apt answers: in a clean root, or with a configuration of its own.

Each attack is a copy of a good repository with one thing changed, served over HTTP on this machine as an attacker in
the network would serve it. Refused means: apt ends with an error, names why, and nothing of it is installed or fetched.
"""

import contextlib
import functools
import http.server
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from linux.apt_repository import Repository
from supply.signing import Signer


class Apt(Protocol):
    """apt on some machine whose only source is the one that it was given."""

    def point(self, source: Callable[[str], str], public: Path) -> None:
        """Take this source, given the place of the key, and forget what was fetched before."""
        ...

    def update(self) -> tuple[int, str]:
        """Fetch the index; exit code and words."""
        ...

    def get(self, package: str) -> tuple[int, str]:
        """Fetch (and where it is a machine, install) a package; exit code and words."""
        ...

    def has(self, package: str) -> str:
        """The version that is there now, or nothing."""
        ...


@dataclass(frozen=True)
class Attack:
    """One way to cheat apt.

    Attributes:
        name: in a line of the report.
        change: what it does to a copy of the good repository.
        answer: what apt's words must have.
        at_update: whether the index is refused already; otherwise the package.
    """

    name: str
    change: Callable[[Repository, Signer], None]
    answer: str
    at_update: bool = True


def _byte_of_package(repository: Repository, _other: Signer) -> None:
    package = next(repository.folder.glob("pool/main/t/tirai/*.deb"))
    content = bytearray(package.read_bytes())
    content[len(content) // 2] ^= 1
    package.write_bytes(content)


def _packages_changed(repository: Repository, _other: Signer) -> None:
    for path in (*repository.index.glob("Packages"), *repository.index.glob("by-hash/SHA256/*")):
        content = path.read_bytes()
        path.write_bytes(content.replace(b"Version: 0", b"Version: 9") if b"Version: " in content else content[:-1])
    (repository.index / "Packages.gz").unlink()


def _release_text(repository: Repository, _other: Signer) -> None:
    for path in (repository.in_release, repository.suite / "Release"):
        path.write_text(path.read_text().replace("Label: Tirai", "Label: Tiral"))


def _other_key(repository: Repository, other: Signer) -> None:
    repository.sign(other)


def _no_signature(repository: Repository, _other: Signer) -> None:
    repository.in_release.unlink()
    (repository.suite / "Release.gpg").unlink()


ATTACKS = (
    Attack("one byte of the package", _byte_of_package, "Hash Sum mismatch", at_update=False),
    Attack("Packages changed", _packages_changed, "unexpected size|Hash Sum mismatch|hashes"),
    Attack("InRelease text changed", _release_text, "manipulated|BADSIG|not signed|invalid"),
    Attack("signed with another key", _other_key, "Missing key|NO_PUBKEY|not signed|verif"),
    Attack("no signature", _no_signature, "not signed|does not have a Release file"),
)
STALE = "stale index"


@dataclass(frozen=True)
class Answer:
    """What apt did."""

    name: str
    ok: bool
    words: str


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder over HTTP on this machine; its address."""
    with _serving(functools.partial(_Quiet, directory=str(folder))) as address:
        yield address


@contextlib.contextmanager
def proxy(folder: Path, host: str) -> Iterator[tuple[str, list[str]]]:
    """A proxy that knows one host, whose pages are the folder; its address, and what it was asked."""
    asked: list[str] = []

    class Proxy(_Quiet):
        def translate_path(self, path: str) -> str:
            """Where the whole address that a proxy is asked lies."""
            asked.append(path)
            return super().translate_path(path.removeprefix(f"http://{host}"))

    with _serving(functools.partial(Proxy, directory=str(folder))) as address:
        yield address, asked


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def _serving(handler: Callable[..., http.server.BaseHTTPRequestHandler]) -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def complaint(words: str, wanted: str) -> str:
    """The line of apt's that says why."""
    found = [line.strip() for line in words.splitlines() if re.search(wanted, line)]
    return re.sub(r"https?://\S+", "...", found[0])[:160] if found else ""


def attack(good: Repository, apt: Apt, keys: tuple[Signer, Signer], package: str, work: Path) -> Iterator[Answer]:
    """Try everything; the good repository first, else every refusal would be worth nothing.

    Args:
        good: a repository that the first key signed.
        apt: the machine that is attacked; it has none of the packages.
        keys: the archive's, and a stranger's.
        package: what is asked for.
        work: a folder for copies.
    """
    own, other = keys
    public = work / "own.pgp"
    own.write_public(public)
    with served(work) as address:

        def point(copy: Repository) -> None:
            apt.point(functools.partial(copy.source, f"{address}/{copy.folder.name}"), public)

        for one in ATTACKS:
            copy = _copy(good, work / re.sub(r"\W+", "-", one.name))
            one.change(copy, other)
            point(copy)
            code, words = apt.update()
            if not one.at_update:
                assert code == 0, words
                code, words = apt.get(package)
            said = complaint(words, one.answer)
            yield Answer(one.name, code != 0 and bool(said) and not apt.has(package), said or words[-300:])
            shutil.rmtree(copy.folder)
        stale = _copy(good, work / "stale")
        stale.sign(own, now=1_700_000_000)
        point(stale)
        code, words = apt.update()
        said = complaint(words, "expired")
        yield Answer(STALE, code != 0 and bool(said), said or words[-300:])
        shutil.rmtree(stale.folder)
        fresh = _copy(good, work / "good")
        point(fresh)
        code, words = apt.update()
        if code == 0:
            code, words = apt.get(package)
        yield Answer("the good repository", code == 0 and bool(apt.has(package)), apt.has(package) or words[-300:])


def _copy(good: Repository, folder: Path) -> Repository:
    shutil.copytree(good.folder, folder)
    return Repository(folder, good.architecture)
