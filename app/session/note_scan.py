"""What a note must not keep: numbers of persons, found as it is typed, and masks in their place when it is saved.

Imported when the first note is scanned: libphonenumber takes a while to load.
"""

from collections.abc import Callable, Sequence

from app.domain.kept_find import KeptFind
from app.session.shown import NoteFind


def finds_in(text: str) -> tuple[NoteFind, ...]:
    """The numbers of persons in a note, in order; indices in code points."""
    from app.scanner.scan import scan

    return tuple(NoteFind(find.what.value, find.start, find.end, find.mask) for find in scan(text))


def masked(text: str, keeps: Sequence[KeptFind] = (), lets: Callable[[str, str], bool] | None = None) -> str:
    """The note as it is kept: each number replaced by its mask, but for those that stay.

    Args:
        text: as typed.
        keeps: finds that are to stay; cards and card codes never do.
        lets: whether a reason lets a kind of find stay; without it, any does, and whoever saves the note judges it.
    """
    from app.scanner.keeping import as_kept

    return as_kept(text, keeps, lets or (lambda _reason, _find: True)).text
