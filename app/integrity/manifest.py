"""The manifest of an installed program: every file below one folder, and the signature beside it.

Standard library only, and little of it: it is read at each start, and written by `packaging/manifest.py`. Invariants:
one text for one tree (sorted, fixed form); a text of another form, with a path that leaves the folder, twice the same
path, or more than `LARGEST_BYTES`, is refused whole.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

NAME: Final = "manifest.json"
SIGNATURE: Final = "manifest.json.sig"
FORM: Final = "tirai/own-files/v1"
LABEL: Final = "own-files"
"""Signed is LP(LABEL, text of the manifest) (docs/architecture.md, "Keys")."""
LARGEST_BYTES: Final = 8 * 1024 * 1024
START, WINDOW, LATER = "start", "window", "later"
WHENS: Final = (START, WINDOW, LATER)
"""When a file is checked: before any command, before the window, before a sign-in can succeed."""


class ManifestError(ValueError):
    """A text that is no manifest of ours; it says which rule it breaks, and no part of the text."""


@dataclass(frozen=True, slots=True)
class OwnFile:
    """One file.

    Attributes:
        path: below the folder, parts joined by `/`.
        size: bytes.
        sha256: digest in hex.
        mode: permission bits, as they are installed; not looked at on Windows.
        when: one of `WHENS`.
    """

    path: str
    size: int
    sha256: str
    mode: int
    when: str


@dataclass(frozen=True, slots=True)
class OwnLink:
    """A symbolic link: its path below the folder, and its text."""

    path: str
    to: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was built.

    Attributes:
        version: of the program.
        key: id of the key that signs (`key_id`).
        files: by path.
        links: by path.
    """

    version: str
    key: str
    files: tuple[OwnFile, ...]
    links: tuple[OwnLink, ...] = ()

    def text(self) -> bytes:
        """The one text of this manifest."""
        files = [
            {"path": f.path, "size": f.size, "sha256": f.sha256, "mode": f"{f.mode:04o}", "when": f.when}
            for f in sorted(self.files, key=lambda one: one.path)
        ]
        links = [{"path": link.path, "to": link.to} for link in sorted(self.links, key=lambda one: one.path)]
        parts = {"form": FORM, "version": self.version, "key": self.key, "files": files, "links": links}
        return (json.dumps(parts, indent=0, ensure_ascii=True) + "\n").encode("ascii")


def parsed(untrusted: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        ManifestError: it is none.
    """
    if len(untrusted) > LARGEST_BYTES:
        raise ManifestError("too long")
    try:
        made = _manifest(json.loads(untrusted))
    except ManifestError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ManifestError("no manifest") from error
    paths = [*(file.path for file in made.files), *(link.path for link in made.links)]
    if len(set(paths)) != len(paths):
        raise ManifestError("a path twice")
    if made.text() != untrusted:
        raise ManifestError("not in its one form")
    return made


def _manifest(said: dict[str, Any]) -> Manifest:
    if said["form"] != FORM or set(said) != {"form", "version", "key", "files", "links"}:
        raise ManifestError("another form")
    files = tuple(_file(one) for one in said["files"])
    links = tuple(OwnLink(_path(one["path"]), _text(one["to"])) for one in said["links"])
    return Manifest(_text(said["version"]), _text(said["key"]), files, links)


def _file(said: dict[str, Any]) -> OwnFile:
    size, mode = said["size"], int(_text(said["mode"]), 8)
    if type(size) is not int or size < 0 or mode > 0o7777 or said["when"] not in WHENS:
        raise ManifestError("a bad number or word")
    if len(bytes.fromhex(said["sha256"])) != 32:
        raise ManifestError("a bad digest")
    return OwnFile(_path(said["path"]), size, said["sha256"], mode, said["when"])


def _path(said: object) -> str:
    path = _text(said)
    if path.startswith("/") or "\\" in path or any(part in {"", ".", ".."} for part in path.split("/")):
        raise ManifestError("a path that leaves the folder")
    return path


def _text(said: object) -> str:
    if not isinstance(said, str) or not said or "\x00" in said:
        raise ManifestError("a text is missing")
    return said
