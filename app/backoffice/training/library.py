"""The lessons that came with the program, read once. They hold the key of answers: only the office reads them."""

from functools import cache

from app.crypto.derive import sha256
from app.domain.training.lesson_set import LessonSet, read_lessons
from app.resource_files import resource_text


@cache
def library() -> LessonSet:
    """All lessons and the rules of conduct.

    Raises:
        LessonError: a file is not what it should be; tests read them all.
    """
    return read_lessons(lambda language, file: resource_text("training", language, file))


def lesson_digest(code: str) -> bytes:
    """What names the texts of a lesson in all languages: SHA-256 over their digests."""
    return sha256(b"".join(library().digest(code)))


def rules_digest() -> bytes:
    """The same for the rules of conduct."""
    return sha256(b"".join(library().rules(language).digest for language in ("en", "id")))
