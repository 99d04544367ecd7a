"""What a note must not keep: numbers of persons, found as it is typed, and masks in their place when it is saved.

Imported when the first note is scanned: libphonenumber takes a while to load.
"""

from app.session.shown import NoteFind


def finds_in(text: str) -> tuple[NoteFind, ...]:
    """The numbers of persons in a note, in order; indices in code points."""
    from app.scanner.scan import scan

    return tuple(NoteFind(find.what.value, find.start, find.end, find.mask) for find in scan(text))


def masked(text: str) -> str:
    """The note as it is kept: each number replaced by its mask."""
    from app.scanner.scan import masked as with_masks
    from app.scanner.scan import scan

    return with_masks(text, scan(text))
