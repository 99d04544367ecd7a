"""Removing what lies in a folder by path, where no folder can be opened (Windows).

Invariants: a link or junction is removed, never followed; a file that cannot be removed does not stop the rest; names
that Tirai does not give are not said. Limits: somebody who swaps a folder for a junction in between
has another folder's files removed, with the rights of this person; whoever can do that in this person's profile can
remove them anyway.
"""

import os
import stat
from collections.abc import Callable
from pathlib import Path

Removed = Callable[[int], object]
Failed = Callable[[str, OSError], object]
Order = Callable[[str], tuple[int, str]]


def empty_by_path(folder: Path, order: Order, removed: Removed, failed: Failed) -> None:
    """Remove all that lies below a folder; the folder stays.

    Args:
        folder: which.
        order: of the names in one folder.
        removed: told of each removal, with the bytes of a file.
        failed: told of each name that resisted, and why.
    """
    for name in sorted(os.listdir(folder), key=order):  # noqa: PTH208 -- names, to be put in order
        place = folder / name
        try:
            found = place.lstat()
            if stat.S_ISDIR(found.st_mode) and not is_junction(place):
                empty_by_path(place, order, removed, failed)
                place.rmdir()
                removed(0)
                continue
            _unlink(place, found)
        except FileNotFoundError:
            continue
        except OSError as error:
            failed(name, error)
        else:
            removed(found.st_size if stat.S_ISREG(found.st_mode) else 0)


def _unlink(place: Path, found: os.stat_result) -> None:
    """Remove a file, a link or a junction; a file that is marked as read-only is unmarked first (Windows)."""
    if is_junction(place):
        place.rmdir()
        return
    if stat.S_ISREG(found.st_mode) and not found.st_mode & stat.S_IWUSR:
        place.chmod(stat.S_IRUSR | stat.S_IWUSR)
    place.unlink()


def is_junction(place: Path) -> bool:
    """Whether it is a junction, which Windows has and Python tells of since 3.12."""
    ask = getattr(os.path, "isjunction", None)
    return bool(ask is not None and ask(place))
