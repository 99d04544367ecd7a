"""A publisher with a repository of its own, and a machine that looks at it."""

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from updates.publishing import Keys, Publisher, write_key

from app.updating.settings import UpdatePlaces, Updates, UpdateSettings
from app.updating.steps import Here, Outcome, bring, hand_over, look

KIND = "deb-amd64"
HERE = Here(installed="0.1.0", kind=KIND, machine="a" * 32)


@dataclass
class Vendor:
    """Whoever publishes, with all keys at hand."""

    folder: Path
    publisher: Publisher
    root: list[Any]
    keys: Keys

    @property
    def trust(self) -> bytes:
        """The first root."""
        return (self.publisher.metadata / "1.root.json").read_bytes()

    def release(self, version: str, *, rollout: int = 100, content: bytes = b"") -> str:
        """Publish a package of some bytes; its name."""
        package = self.folder / f"tirai-console_{version}_amd64.deb"
        package.write_bytes(content or f"package {version}".encode() * 1000)
        self.publisher.publish(package, version=version, kind=KIND, rollout=rollout, keys=self.keys)
        return package.name


@dataclass
class Web:
    """A web server over a folder, and what it was asked."""

    address: str
    asked: list[str]


@dataclass
class Machine:
    """A workstation; its package manager writes down what it is given."""

    places: UpdatePlaces
    address: str
    trust: bytes
    here: Here = HERE
    updates: Updates = Updates.INSTALL
    proxy: str = ""
    installed: list[bytes] = field(default_factory=list)
    lines: list[Sequence[str]] = field(default_factory=list)
    code: int = 0

    @property
    def settings(self) -> UpdateSettings:
        """What IT decided."""
        return UpdateSettings(self.updates, self.address, self.proxy)

    def look(self) -> Outcome:
        """The first step."""
        return look(self.settings, self.places, self.trust, self.here)

    def bring(self) -> Outcome:
        """The second step."""
        return bring(self.settings, self.places, self.trust, self.here)

    def hand_over(self, carried: Path | None = None) -> Outcome:
        """The third step."""
        return hand_over(self.settings, self.places, self.trust, self.here, carried=carried, run=self._run)

    def _run(self, line: Sequence[str]) -> int:
        self.lines.append(line)
        self.installed.append(Path(line[-1]).read_bytes())
        return self.code


@pytest.fixture
def vendor(tmp_path: Path) -> Vendor:
    """A repository with an empty list."""
    folder = tmp_path / "vendor"
    root = [write_key(folder / "keys" / f"root-{n}.pem") for n in range(3)]
    keys = Keys(targets=write_key(folder / "keys/targets.pem"), online=write_key(folder / "keys/online.pem"))
    assert keys.targets is not None
    assert keys.online is not None
    publisher = Publisher(folder / "repository")
    publisher.make(root, keys.targets, keys.online)
    return Vendor(folder, publisher, root, keys)


@pytest.fixture
def web(vendor: Vendor) -> Iterator[Web]:
    """The vendor's web server on this machine."""
    asked: list[str] = []

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_words: object) -> None:
            asked.append(self.path)

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(vendor.publisher.folder))
    )
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield Web(f"http://127.0.0.1:{server.server_port}", asked)
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def machine(vendor: Vendor, web: Web, tmp_path: Path) -> Machine:
    """A workstation that has seen nothing yet."""
    state = tmp_path / "state"
    state.mkdir(mode=0o755)
    return Machine(UpdatePlaces(state), web.address, vendor.trust)


def copy_of(folder: Path, name: str) -> Path:
    """The repository as it is now, kept for later."""
    kept = folder.parent / name
    shutil.copytree(folder, kept)
    return kept


def put_back(kept: Path, folder: Path) -> None:
    """Serve what was kept in place of what is there."""
    shutil.rmtree(folder)
    shutil.copytree(kept, folder)


def changed(file: Path, at: int = 100) -> None:
    """Change one bit of a file."""
    content = bytearray(file.read_bytes())
    content[at % len(content)] ^= 1
    file.write_bytes(content)
    os.utime(file)
