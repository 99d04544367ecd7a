"""What whoever publishes updates does: make a repository, publish, widen a rollout, keep the list fresh, change keys.

Roles, as TUF names them (specification 1.0.34, section 2.1): *root*, three keys of which two sign, and *targets*, one
key, lie offline, each on a medium of its own; *snapshot* and *timestamp* share the one key that lies where the list is
kept fresh. Whoever steals that key can hold machines back until a list ends, and can install nothing.
"""

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp
from tuf.api.serialization.json import JSONSerializer

ROOT_DAYS, TARGETS_DAYS, SNAPSHOT_DAYS, TIMESTAMP_DAYS = 365, 90, 7, 2
ROOT_KEYS, ROOT_THRESHOLD = 3, 2
_WRITTEN: Final = JSONSerializer(compact=False)


@dataclass(frozen=True, slots=True)
class Keys:
    """Signers; those that a step does not need may be absent.

    Attributes:
        root: some of root's.
        targets: that of targets.
        online: that of snapshot and timestamp.
    """

    root: tuple[CryptoSigner, ...] = ()
    targets: CryptoSigner | None = None
    online: CryptoSigner | None = None


def write_key(file: Path, password: bytes | None = None) -> CryptoSigner:
    """Make a key (Ed25519) and write it as PEM, mode 0600; an older file of the name is never overwritten."""
    key = Ed25519PrivateKey.generate()
    locked = BestAvailableEncryption(password) if password else NoEncryption()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked))
    return CryptoSigner(key)


def read_key(file: Path, password: bytes | None = None) -> CryptoSigner:
    """A key from its file."""
    key = load_pem_private_key(file.read_bytes(), password)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{file} holds no Ed25519 key")
    return CryptoSigner(key)


class Publisher:
    """A repository in a folder, as any web server gives it out."""

    def __init__(self, folder: Path, now: datetime | None = None) -> None:
        """Work in a folder; `now` is for tests."""
        self.folder = folder
        self.metadata, self.targets = folder / "metadata", folder / "targets"
        self._now = (now or datetime.now(UTC)).replace(microsecond=0)

    def make(self, root: Sequence[CryptoSigner], targets: CryptoSigner, online: CryptoSigner) -> None:
        """Make it: the first root, and an empty list."""
        if len(root) < ROOT_KEYS:
            raise ValueError(f"root has {ROOT_KEYS} keys, {ROOT_THRESHOLD} of which sign")
        self.metadata.mkdir(parents=True)
        self.targets.mkdir()
        made = Root(version=1, expires=self._in(ROOT_DAYS), consistent_snapshot=True)
        for signer in root:
            made.add_key(signer.public_key, "root")
        made.roles["root"].threshold = ROOT_THRESHOLD
        made.add_key(targets.public_key, "targets")
        for role in ("snapshot", "timestamp"):
            made.add_key(online.public_key, role)
        self._sign_root(made, root)
        self._list(Targets(version=1, expires=self._in(TARGETS_DAYS)), Keys(targets=targets, online=online))

    def publish(self, package: Path, *, version: str, kind: str, rollout: int, keys: Keys) -> None:
        """Add a package, or replace the one of its name."""
        listed = self._listed()
        target = TargetFile.from_file(package.name, str(package))
        target.unrecognized_fields["custom"] = {"version": version, "for": kind, "rollout": rollout}
        listed.targets[package.name] = target
        shutil.copyfile(package, self.targets / f"{target.hashes['sha256']}.{package.name}")
        self._next(listed, keys)

    def widen(self, name: str, rollout: int, keys: Keys) -> None:
        """Let another part of the workstations have a package."""
        listed = self._listed()
        said: dict[str, Any] = listed.targets[name].unrecognized_fields["custom"]
        said["rollout"] = rollout
        self._next(listed, keys)

    def withdraw(self, name: str, keys: Keys) -> None:
        """Take a package off the list; machines that have it keep it."""
        listed = self._listed()
        del listed.targets[name]
        self._next(listed, keys)

    def freshen(self, online: CryptoSigner) -> None:
        """Sign snapshot and timestamp anew, before they end; needs the online key alone."""
        self._snapshot(online)

    def change_root(
        self,
        signers: Sequence[CryptoSigner],
        *,
        retire: Sequence[CryptoSigner | str] = (),
        add: Sequence[CryptoSigner] = (),
    ) -> None:
        """Publish another root: keys of root go and come. Signed by two of the old and two of the new.

        Args:
            signers: enough of both.
            retire: keys, or their ids, that were lost or stolen.
            add: keys in their place.
        """
        root = self._root()
        root.version += 1
        root.expires = self._in(ROOT_DAYS)
        for old in retire:
            root.revoke_key(old if isinstance(old, str) else old.public_key.keyid, "root")
        for new in add:
            root.add_key(new.public_key, "root")
        if len(root.roles["root"].keyids) < ROOT_KEYS:
            raise ValueError(f"root keeps {ROOT_KEYS} keys: add one for each that goes")
        self._sign_root(root, signers)

    def change_online(self, root: Sequence[CryptoSigner], old: CryptoSigner | str, new: CryptoSigner) -> None:
        """Put another online key in the place of one that was stolen (or of that id), and sign the list with it."""
        made = self._root()
        made.version += 1
        made.expires = self._in(ROOT_DAYS)
        for role in ("snapshot", "timestamp"):
            made.revoke_key(old if isinstance(old, str) else old.public_key.keyid, role)
            made.add_key(new.public_key, role)
        self._sign_root(made, root)
        self._snapshot(new)

    def _in(self, days: int) -> datetime:
        return self._now + timedelta(days=days)

    def _newest(self, role: str) -> Path:
        found = self.metadata.glob(f"*.{role}.json")
        return max(found, key=lambda path: int(path.name.partition(".")[0]))

    def _root(self) -> Root:
        return self._root_as_signed().signed

    def _root_as_signed(self) -> Metadata[Root]:
        return Metadata[Root].from_file(str(self._newest("root")))

    def _listed(self) -> Targets:
        return Metadata[Targets].from_file(str(self._newest("targets"))).signed

    def _sign_root(self, root: Root, signers: Sequence[CryptoSigner]) -> None:
        whole = Metadata(root)
        for signer in signers:
            whole.sign(signer, append=True)
        whole.verify_delegate("root", whole)
        if root.version > 1:
            self._root_as_signed().verify_delegate("root", whole)
        whole.to_file(str(self.metadata / f"{root.version}.root.json"), _WRITTEN)

    def _next(self, listed: Targets, keys: Keys) -> None:
        listed.version += 1
        listed.expires = self._in(TARGETS_DAYS)
        self._list(listed, keys)

    def _list(self, listed: Targets, keys: Keys) -> None:
        if keys.targets is None or keys.online is None:
            raise ValueError("the key of targets and the online key sign a list together")
        whole = Metadata(listed)
        whole.sign(keys.targets)
        self._root_as_signed().verify_delegate("targets", whole)
        self._snapshot(keys.online, whole)

    def _snapshot(self, online: CryptoSigner, listed: Metadata[Targets] | None = None) -> None:
        """Sign snapshot and timestamp, for a new list or the one that is there; nothing is written before all holds."""
        version = max((int(p.name.partition(".")[0]) for p in self.metadata.glob("*.snapshot.json")), default=0) + 1
        its = listed.signed.version if listed is not None else self._listed().version
        snapshot = Metadata(Snapshot(version=version, expires=self._in(SNAPSHOT_DAYS)))
        snapshot.signed.meta["targets.json"] = MetaFile(version=its)
        stamp = Metadata(Timestamp(version=self._stamp() + 1, expires=self._in(TIMESTAMP_DAYS)))
        stamp.signed.snapshot_meta = MetaFile(version=version)
        root = self._root_as_signed()
        for role, whole in (("snapshot", snapshot), ("timestamp", stamp)):
            whole.sign(online)
            root.verify_delegate(role, whole)
        if listed is not None:
            listed.to_file(str(self.metadata / f"{its}.targets.json"), _WRITTEN)
        snapshot.to_file(str(self.metadata / f"{version}.snapshot.json"), _WRITTEN)
        stamp.to_file(str(self.metadata / "timestamp.json"), _WRITTEN)  # last: machines begin with it

    def _stamp(self) -> int:
        try:
            text = (self.metadata / "timestamp.json").read_text("utf-8")
        except FileNotFoundError:
            return 0
        return int(json.loads(text)["signed"]["version"])
