"""Linux: the machine policy in `/etc/tirai/policy.d/NN-name.toml`, tables `[mandatory]` and `[recommended]`.

Invariants: every folder on the way and every file is opened without following links, judged by the open descriptor, and
read from it: it is root's, and nobody else may write it (an access list that lets somebody write shows in the group's
bit, acl(5)). A name ending in `.toml` that does not fit is refused, not passed over. No variable, no option and no
folder of a person names another place.
"""

import os
import re
import stat
from collections.abc import Collection
from pathlib import Path
from typing import Any, Final

from app.domain.machine_policy.errors import CONTENT, PLACE, MachinePolicyError
from app.domain.machine_policy.said import Said

FOLDER: Final = Path("/etc/tirai/policy.d")
TABLES: Final = ("mandatory", "recommended")
LONGEST_BYTES: Final = 64 * 1024
MOST_FILES: Final = 64
_NAME: Final = re.compile(r"[0-9]{2}-[a-z0-9][a-z0-9._-]{0,60}\.toml")
_FOLDER_FLAGS: Final = (
    os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
)
_FILE_FLAGS: Final = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
)
_OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH


def read_files(folder: Path = FOLDER, owners: Collection[int] | None = None) -> list[Said]:
    """What the files of the folder say, in the order of their names; nothing, where there is no such folder.

    Args:
        folder: an absolute path.
        owners: who may own it; None: root.

    Raises:
        MachinePolicyError: a place is not the administrator's alone or cannot be read, or a file is no such TOML.
    """
    trusted = _root() if owners is None else frozenset(owners)
    descriptor = _opened_folder(folder, trusted)
    if descriptor is None:
        return []
    try:
        names = _names(folder, descriptor)
        return [_said(folder / name, _text(folder / name, name, descriptor, trusted)) for name in names]
    finally:
        os.close(descriptor)


def _root() -> frozenset[int]:
    """Root: number 0, or who owns the root folder, where a user namespace hides root."""
    return frozenset({0, os.stat("/").st_uid})  # noqa: PTH116 -- read before the first window


def _opened_folder(folder: Path, trusted: frozenset[int]) -> int | None:
    """The folder, reached from the root folder step by step; None where one of them is not there."""
    descriptor = os.open("/", _FOLDER_FLAGS)
    walked = Path("/")
    try:
        for part in folder.parts[1:]:
            _judge(walked, os.fstat(descriptor), trusted, is_sticky_enough=True)
            walked /= part
            below = os.open(part, _FOLDER_FLAGS, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = below
        _judge(walked, os.fstat(descriptor), trusted)
    except FileNotFoundError:
        os.close(descriptor)
        return None
    except OSError as error:
        os.close(descriptor)
        why = f"it cannot be opened ({error.strerror}); links are not followed"
        raise MachinePolicyError(PLACE, str(walked), why) from error
    except MachinePolicyError:
        os.close(descriptor)
        raise
    return descriptor


def _judge(path: Path, found: os.stat_result, trusted: frozenset[int], *, is_sticky_enough: bool = False) -> None:
    if found.st_uid not in trusted:
        raise MachinePolicyError(PLACE, str(path), f"it belongs to user {found.st_uid}, not to root")
    if found.st_mode & _OTHERS_WRITE and not (is_sticky_enough and found.st_mode & stat.S_ISVTX):
        raise MachinePolicyError(PLACE, str(path), "others than root can write it; give it mode 0755, files 0644")


def _names(folder: Path, descriptor: int) -> list[str]:
    try:
        found = sorted(os.listdir(descriptor))
    except OSError as error:
        raise MachinePolicyError(PLACE, str(folder), f"it cannot be read ({error.strerror})") from error
    names = [name for name in found if name.endswith(".toml") and not name.startswith(".")]
    for name in names:
        if not _NAME.fullmatch(name):
            raise MachinePolicyError(CONTENT, str(folder / name), "its name is not NN-name.toml in small letters")
    if len(names) > MOST_FILES:
        raise MachinePolicyError(CONTENT, str(folder), f"there are more than {MOST_FILES} files")
    return names


def _text(path: Path, name: str, folder: int, trusted: frozenset[int]) -> str:
    try:
        descriptor = os.open(name, _FILE_FLAGS, dir_fd=folder)
    except OSError as error:
        why = f"it cannot be opened ({error.strerror}); links are not followed"
        raise MachinePolicyError(PLACE, str(path), why) from error
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise MachinePolicyError(PLACE, str(path), "it is no plain file")
        _judge(path, found, trusted)
        return _read(path, descriptor)
    finally:
        os.close(descriptor)


def _read(path: Path, descriptor: int) -> str:
    data = b""
    try:
        while len(data) <= LONGEST_BYTES and (part := os.read(descriptor, LONGEST_BYTES + 1 - len(data))):
            data += part
    except OSError as error:
        raise MachinePolicyError(PLACE, str(path), f"it cannot be read ({error.strerror})") from error
    if len(data) > LONGEST_BYTES:
        raise MachinePolicyError(CONTENT, str(path), f"it is longer than {LONGEST_BYTES} bytes")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise MachinePolicyError(CONTENT, str(path), "it is no text in UTF-8") from error


def said_by(source: str, text: str) -> Said:
    """What a text of this form says.

    Raises:
        MachinePolicyError: it is no TOML, or has anything besides the two tables.
    """
    from app.domain.toml_places import TomlError, TomlPlaces, parse_toml  # tomllib costs milliseconds

    try:
        tables = parse_toml(text)
    except TomlError as error:
        raise MachinePolicyError(CONTENT, f"{source}, line {error.line}", error.reason) from error
    for name, table in tables.items():
        if name not in TABLES or not isinstance(table, dict):
            place = TomlPlaces(text).line(name) if name in TABLES else TomlPlaces(text).line("", name)
            raise MachinePolicyError(
                CONTENT,
                f"{source}, line {place}",
                "there are the tables [mandatory] and [recommended], and nothing else",
            )
    return Said(source, _table(tables, "mandatory"), _table(tables, "recommended"), text)


def _table(tables: dict[str, Any], name: str) -> dict[str, object]:
    found: dict[str, object] = tables.get(name, {})
    return found


def _said(path: Path, text: str) -> Said:
    return said_by(str(path), text)
