"""A signed apt repository in a folder: pool, indices by their hash, Release, InRelease, the key and the source's text.

Invariants (apt-secure(8)): InRelease is signed and names every index by SHA-256; each index names
every package by SHA-256; `Valid-Until` ends an index that an attacker holds back; `Signed-By` binds the source to it.
Old indices stay below by-hash for one more round, so that a machine in the midst of an update finds what it was told.
"""

import email.utils
import gzip
import hashlib
import shutil
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from supply.signing import Signer

ORIGIN = "Tirai"
SUITE = "stable"
VALID_S = 14 * 86_400
"""A fortnight: whoever holds an index back can do so no longer. The repository is signed anew each week."""
KEY_FILE = "tirai-archive.pgp"
KEY_PLACE = f"/etc/apt/keyrings/{KEY_FILE}"
SOURCE_FILE = "tirai.sources"
PIN_FILE = "tirai.pref"

SOURCE = """\
# /etc/apt/sources.list.d/tirai.sources: write where your repository is; the key's fingerprint is on paper with IT.
Types: deb
URIs: {uri}
Suites: {suite}
Components: main
Architectures: {architecture}
Signed-By: {key}
"""
PIN = """\
# /etc/apt/preferences.d/tirai.pref: from Tirai's repository come Tirai's packages and nothing else.
Package: *
Pin: release o=Tirai
Pin-Priority: -1

Package: tirai-console tirai-gateway
Pin: release o=Tirai
Pin-Priority: 990
"""


@dataclass(frozen=True)
class Repository:
    """One repository.

    Attributes:
        folder: where it lies; what a web server serves.
        architecture: Debian's word for the machines.
    """

    folder: Path
    architecture: str

    @property
    def suite(self) -> Path:
        """The folder of Release and InRelease."""
        return self.folder / "dists" / SUITE

    @property
    def index(self) -> Path:
        """The folder of the indices."""
        return self.suite / "main" / f"binary-{self.architecture}"

    @property
    def in_release(self) -> Path:
        """What apt reads first."""
        return self.suite / "InRelease"

    def take(self, packages: Iterable[Path]) -> None:
        """Copy packages into the pool; what is there stays, so that an administrator can go back."""
        for package in packages:
            place = self.folder / "pool/main/t/tirai"
            place.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(package, place / package.name)

    def sign(self, signer: Signer, *, now: float | None = None, valid_s: int = VALID_S) -> None:
        """Write indices, Release and InRelease, and the public key beside them.

        Args:
            signer: the archive's key.
            now: seconds since 1970; the machine's time when None.
            valid_s: how long the index counts.
        """
        self._write_indices()
        release = self.suite / "Release"
        release.write_text(self._release(time.time() if now is None else now, valid_s))
        signer.clear_sign(release, self.in_release)
        signer.sign_beside(release, self.suite / "Release.gpg")
        signer.write_public(self.folder / KEY_FILE)
        (self.folder / SOURCE_FILE).write_text(self.source("https://packages.example/tirai", KEY_PLACE))
        (self.folder / PIN_FILE).write_text(PIN)

    def source(self, uri: str, key: str) -> str:
        """The text of a deb822 source (sources.list(5))."""
        return SOURCE.format(uri=uri, suite=SUITE, architecture=self.architecture, key=key)

    def _write_indices(self) -> None:
        self.index.mkdir(parents=True, exist_ok=True)
        kept = {self._by_hash(path) for path in self.index.glob("Packages*")}
        line = ["apt-ftparchive", "packages", "pool"]
        packages = subprocess.run(line, cwd=self.folder, check=True, stdout=subprocess.PIPE).stdout
        (self.index / "Packages").write_bytes(packages)
        (self.index / "Packages.gz").write_bytes(gzip.compress(packages, mtime=0))
        places = {path: self._by_hash(path) for path in self.index.glob("Packages*")}
        for path, place in places.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
        for old in set(self.index.glob("by-hash/SHA256/*")) - kept - set(places.values()):
            old.unlink()

    def _by_hash(self, path: Path) -> Path:
        return self.index / "by-hash/SHA256" / hashlib.sha256(path.read_bytes()).hexdigest()

    def _release(self, now: float, valid_s: int) -> str:
        lines = [
            f"Origin: {ORIGIN}",
            f"Label: {ORIGIN}",
            f"Suite: {SUITE}",
            f"Codename: {SUITE}",
            f"Date: {email.utils.formatdate(now, usegmt=True)}",
            f"Valid-Until: {email.utils.formatdate(now + valid_s, usegmt=True)}",
            "Acquire-By-Hash: yes",
            f"Architectures: {self.architecture}",
            "Components: main",
            "SHA256:",
        ]
        for path in sorted(self.index.glob("Packages*")):
            content = path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            lines.append(f" {digest} {len(content):>12} {path.relative_to(self.suite)}")
        return "\n".join(lines) + "\n"
