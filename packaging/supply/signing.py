"""Whose key signs what: the real one by its fingerprint, or a test key that the command makes.

A real key is named by a variable (`KEYS`) and lies where its holder's GnuPG has it, on a token or not: nothing of it is
read here, and none is ever in this project. Without the variable a test key is made below `build/keys`, and its name
says what it is. Who holds which: docs/release.md.
"""

import os
import subprocess
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from steps import BUILD

TEST_NAME = "Tirai TEST key, never for a release"


class Purpose(StrEnum):
    """What a key signs; one key per purpose."""

    ARCHIVE = "archive"
    RPM = "rpm"
    RELEASE = "release"


KEYS = {
    Purpose.ARCHIVE: "TIRAI_ARCHIVE_KEY",
    Purpose.RPM: "TIRAI_RPM_KEY",
    Purpose.RELEASE: "TIRAI_RELEASE_KEY",
}
ALGORITHMS = {Purpose.ARCHIVE: "ed25519", Purpose.RPM: "rsa3072", Purpose.RELEASE: "ed25519"}
"""RPM's is RSA, because rpm on RHEL 9 and older does not take ed25519 everywhere."""


@dataclass(frozen=True)
class Signer:
    """A key of GnuPG's, and where it is.

    Attributes:
        fingerprint: of the primary key; several with commas while a new key takes an old one's place.
        home: GnuPG's folder; None is the caller's own.
        is_test: whether it is a test key.
    """

    fingerprint: str
    home: Path | None
    is_test: bool

    @property
    def keys(self) -> list[str]:
        """The fingerprints one by one."""
        return self.fingerprint.split(",")

    @property
    def settings(self) -> dict[str, str]:
        """The environment that GnuPG needs."""
        return dict(os.environ) | ({"GNUPGHOME": str(self.home)} if self.home else {})

    def gpg(self, *words: str | Path, text: str | None = None) -> str:
        """Run GnuPG.

        Raises:
            subprocess.CalledProcessError: it refused.
        """
        keys = [word for key in self.keys for word in ("--local-user", key)]
        line = ["gpg", "--batch", "--yes", "--quiet", *keys, *map(str, words)]
        done = subprocess.run(line, env=self.settings, input=text, text=True, check=True, stdout=subprocess.PIPE)
        return done.stdout

    def clear_sign(self, file: Path, signed: Path) -> None:
        """Write the text with its signature round it."""
        self.gpg("--digest-algo", "SHA512", "--output", signed, "--clearsign", file)

    def sign_beside(self, file: Path, signature: Path | None = None) -> Path:
        """Write a detached signature; FILE.asc when no other name is given."""
        signature = signature or file.with_name(file.name + ".asc")
        self.gpg("--digest-algo", "SHA512", "--armor", "--output", signature, "--detach-sign", file)
        return signature

    def write_public(self, target: Path, *, armored: bool = False) -> None:
        """Write the public key, as apt's `Signed-By` (binary) or rpm (armored) takes it."""
        self.gpg(*(["--armor"] if armored else []), "--output", target, "--export", *self.keys)

    def end(self) -> None:
        """End the agent of a test key."""
        if self.home:
            subprocess.run(["gpgconf", "--kill", "all"], env=self.settings, check=False)


def signer_for(purpose: Purpose) -> Signer:
    """The key for a purpose: the named one, or a test key, which is said."""
    named = os.environ.get(KEYS[purpose], "").replace(" ", "")
    if named:
        return Signer(named, None, is_test=False)
    print(f"No {KEYS[purpose]} is set: signed with a TEST key.", flush=True)
    return throwaway_signer(BUILD / "keys" / purpose, ALGORITHMS[purpose])


def throwaway_signer(home: Path, algorithm: str = "ed25519") -> Signer:
    """A key without a passphrase, for tests: made once per folder."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    signer = Signer("", home, is_test=True)
    if not (found := _fingerprints(signer)):
        line = ["gpg", "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", ""]
        line += ["--quick-generate-key", TEST_NAME, algorithm, "sign", "never"]
        subprocess.run(line, env=signer.settings, check=True, stderr=subprocess.DEVNULL)
        found = _fingerprints(signer)
    return Signer(found[0], home, is_test=True)


def _fingerprints(signer: Signer) -> list[str]:
    line = ["gpg", "--batch", "--quiet", "--with-colons", "--list-secret-keys"]
    done = subprocess.run(line, env=signer.settings, check=True, text=True, stdout=subprocess.PIPE)
    return [row.split(":")[9] for row in done.stdout.splitlines() if row.startswith("fpr:")]


def is_good(file: Path, signature: Path, public: Path) -> bool:
    """Whether a detached signature over the file is good under exactly this public key (binary export)."""
    line = ["gpgv", "--quiet", "--keyring", str(public.resolve()), str(signature), str(file)]
    return subprocess.run(line, check=False, stderr=subprocess.DEVNULL).returncode == 0
