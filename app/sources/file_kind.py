"""What a file is, told from its first bytes; its name is not asked.

Invariant: only names of kinds are said, never bytes of the file.
"""

from app.sources.source import SourceError

HEAD_BYTES = 512
WORKBOOK_MARK = b"PK\x03\x04"

_MARKS = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (WORKBOOK_MARK, "a ZIP archive or an Excel workbook (.xlsx)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (.xls), or one that is locked by a password"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"(\xb5/\xfd", "a Zstandard archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"{\\rtf", "an RTF document"),
)
_TEXT_MARKS = (
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<table", "a web page"),
    (b"<?xml", "an XML file"),
    (b'{"', "a JSON file"),
    (b'[{"', "a JSON file"),
    (b"begin:vcard", "a vCard file"),
)


def other_kind(head: bytes) -> str:
    """What a file that begins like this is, in words, or nothing if it may be text with columns."""
    for mark, words in _MARKS:
        if head.startswith(mark):
            return words
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for mark, words in _TEXT_MARKS:
        if text.startswith(mark):
            return words
    return ""


def refuse_other_kinds(head: bytes) -> None:
    """Refuse what cannot be CSV, whatever its name.

    Raises:
        SourceError: it is something else.
    """
    if words := other_kind(head):
        raise SourceError(f"This is no CSV file: it looks like {words}")
