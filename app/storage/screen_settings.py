"""What a home remembers of its screens for this OS user: the language, and how they looked last. Nothing else.

A plain file beside the office's; no personal data. A file that is missing, broken, too long or not the owner's alone
counts as nothing remembered: it decides no right, so a screen in another language or colour is the worst it can do.
What each person chose lies in a file of their own (`screen_choices`); this one is what the door and the lock screen
wear, where nobody is known yet.
"""

import os
import tomllib
from pathlib import Path
from typing import Final

from app.domain.display import Display, display_of
from app.storage.places import FILE_MODE, PlaceRefusedError, private_file

SETTINGS_NAME: Final = "screen.toml"
LANGUAGES: Final = ("en", "id")
_LONGEST_BYTES: Final = 1024


def _read(home: Path) -> dict[str, object]:
    path = home / SETTINGS_NAME
    try:
        if private_file(path).st_size > _LONGEST_BYTES:
            return {}
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, PlaceRefusedError):
        return {}


def remembered_language(home: Path) -> str | None:
    """`en` or `id` as it was chosen last in this home, or None."""
    language = _read(home).get("language")
    return language if isinstance(language, str) and language in LANGUAGES else None


def remembered_display(home: Path) -> Display | None:
    """How the screens of this home looked last, or None."""
    said = _read(home).get("display")
    return display_of(said) if isinstance(said, dict) else None


def remember_language(home: Path, language: str) -> None:
    """Keep the choice; the file is written beside and put in place whole.

    Raises:
        ValueError: a language that does not ship.
        OSError: the file cannot be written.
    """
    if language not in LANGUAGES:
        raise ValueError("A language is en or id.")
    _write(home, language, remembered_display(home))


def remember_display(home: Path, display: Display) -> None:
    """Keep how the screens look.

    Raises:
        OSError: the file cannot be written.
    """
    _write(home, remembered_language(home), display)


def _write(home: Path, language: str | None, display: Display | None) -> None:
    lines = ["# What the screens of this home remember. No personal data."]
    if language is not None:
        lines.append(f'language = "{language}"')
    if display is not None:
        lines += ["[display]", f'theme = "{display.theme}"', f'density = "{display.density}"']
        lines += [f"text = {display.text}", f'motion = "{display.motion}"']
    beside = home / f".{SETTINGS_NAME}.{os.getpid()}"
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), FILE_MODE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    beside.replace(home / SETTINGS_NAME)
