"""What a home remembers of its screens for this OS user: the language, and nothing else.

A plain file beside the office's; no personal data. A file that is missing, broken, too long or not the owner's alone
counts as nothing remembered: it decides no right, so a screen in another language is the worst it can do.
"""

import os
import tomllib
from pathlib import Path
from typing import Final

from app.storage.places import FILE_MODE, PlaceRefusedError, private_file

SETTINGS_NAME: Final = "screen.toml"
LANGUAGES: Final = ("en", "id")
_LONGEST_BYTES: Final = 1024


def remembered_language(home: Path) -> str | None:
    """`en` or `id` as it was chosen last in this home, or None."""
    path = home / SETTINGS_NAME
    try:
        if private_file(path).st_size > _LONGEST_BYTES:
            return None
        language = tomllib.loads(path.read_text("utf-8")).get("language")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, PlaceRefusedError):
        return None
    return language if language in LANGUAGES else None


def remember_language(home: Path, language: str) -> None:
    """Keep the choice; the file is written beside and put in place whole.

    Raises:
        ValueError: a language that does not ship.
        OSError: the file cannot be written.
    """
    if language not in LANGUAGES:
        raise ValueError("A language is en or id.")
    beside = home / f".{SETTINGS_NAME}.{os.getpid()}"
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), FILE_MODE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f'# What the screens of this home remember. No personal data.\nlanguage = "{language}"\n')
    beside.replace(home / SETTINGS_NAME)
