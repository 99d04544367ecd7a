"""An evidence pack: files of an office's proof in one ZIP file, signed by the office, verified without it.

    manifest  = JSON: office, root, who, when, and SHA-256 of each file by its name
    signature = Ed25519 by the back office's key, which the book names: LP("evidence-pack", O, manifest)

The book lies in the pack and is replayed from the root's key, so nothing in the pack is believed but O, which whoever
verifies knows from elsewhere. Invariant: a file that the manifest does not name, a missing one and one byte more are
refused.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.api.messages.book import BookEntry
from app.auth.audit_chain import Checkpoint
from app.auth.book import Book
from app.auth.book_messages import entry_of
from app.crypto import signing
from app.crypto.derive import same, sha256
from app.crypto.labels import lp
from app.domain.errors import TiraiError, VerificationError
from app.domain.policy_reader import load_policy

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
BOOK, AUDIT, POLICY = "book.json", "audit.json", "policy.toml"
CODE: Final = "pack"
LARGEST: Final = 64 * 1024 * 1024
_MOST_FILES: Final = 64
_MADE: Final = (1980, 1, 1, 0, 0, 0)
"""A ZIP file's own times say nothing here: the manifest has the time, and the same content gives the same bytes."""


@dataclass(frozen=True, slots=True)
class PackFacts:
    """What a verified pack says of itself.

    Attributes:
        office: O.
        office_name: what the office calls itself.
        made_by, made_ms: who had it made, and when.
        files: names of the files that the signature covers.
        entries, head: length and head of the audit log then, signed by the office.
    """

    office: bytes
    office_name: str
    made_by: str
    made_ms: int
    files: tuple[str, ...]
    entries: int
    head: bytes


def packed(files: Mapping[str, bytes], facts: Mapping[str, object], office: bytes, seed: bytes) -> bytes:
    """A pack of files.

    Args:
        files: by name.
        facts: what the manifest says beside their hashes.
        office: O.
        seed: the office's signing seed.
    """
    hashes = {name: sha256(content).hex() for name, content in sorted(files.items())}
    manifest = json.dumps({"format": 1, **facts, "files": hashes}, ensure_ascii=False, indent=1).encode()
    signature = signing.sign(seed, lp("evidence-pack", office, manifest))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {MANIFEST: manifest, SIGNATURE: signature, **dict(sorted(files.items()))}.items():
            archive.writestr(zipfile.ZipInfo(name, _MADE), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def verified(untrusted_pack: bytes, policy_base: str, office: bytes | None = None) -> PackFacts:
    """Judge a pack.

    Args:
        untrusted_pack: the file.
        policy_base: the policy that came with Tirai, beneath the pack's.
        office: O as whoever verifies knows it; None: any office's.

    Raises:
        VerificationError: code `pack`: it was changed, or is another office's.
    """
    try:
        return _judged(_read(untrusted_pack), policy_base, office)
    except (TiraiError, ValueError, KeyError, TypeError, zipfile.BadZipFile, NotImplementedError) as e:
        if isinstance(e, TiraiError) and e.code == CODE:
            raise
        raise _refused("it is not whole, or somebody changed it") from e


def _read(untrusted_pack: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(untrusted_pack)) as archive:
        infos = archive.infolist()
        names = [info.filename for info in infos]
        too_large = sum(info.file_size for info in infos) > LARGEST
        if len(names) > _MOST_FILES or len(set(names)) != len(names) or too_large:
            raise _refused("it holds more than a pack holds")
        files = {}
        for info in infos:
            with archive.open(info) as file:
                files[info.filename] = file.read(info.file_size + 1)
    return files


def _judged(files: dict[str, bytes], policy_base: str, office: bytes | None) -> PackFacts:
    manifest, signature = files.pop(MANIFEST), files.pop(SIGNATURE)
    said: dict[str, Any] = json.loads(manifest)
    root = bytes.fromhex(said["root"])
    own = sha256(root)
    if office is not None and not same(own, office):
        raise _refused("it is another office's")
    public = _book(files, root, policy_base).office_entry.sign
    signing.check(public, signature, lp("evidence-pack", own, manifest))
    if {name: sha256(content).hex() for name, content in files.items()} != said["files"]:
        raise _refused("a file is missing, was added or was changed")
    audit = json.loads(files[AUDIT])
    head = bytes.fromhex(audit["head"])
    signing.check(public, bytes.fromhex(audit["signature"]), Checkpoint.body(own, audit["entries"], head))
    names = tuple(sorted(files))
    return PackFacts(own, said["office_name"], said["made_by"], said["made_ms"], names, audit["entries"], head)


def _book(files: dict[str, bytes], root: bytes, policy_base: str) -> Book:
    policy = load_policy(files[POLICY].decode(), over=policy_base)
    entries = [entry_of(BookEntry.model_validate(one)) for one in json.loads(files[BOOK])]
    return Book.replay(root, policy.holds, entries)


def _refused(why: str) -> VerificationError:
    return VerificationError(f"This evidence pack does not hold: {why}.", code=CODE)
