"""All lessons in all languages, which say the same: the same questions, of the same version, about the same screen."""

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.training.lesson import LANGUAGES, LESSONS, Lesson, Rules
from app.domain.training.lesson_text import LessonError, read_lesson, read_rules

RULES_FILE = "rules.md"
ReadText = Callable[[str, str], str]
"""Gives the text of a file: language, and name with its ending."""


@dataclass(frozen=True, slots=True)
class LessonSet:
    """Lessons by code and language; both languages have the same questions with the same right answers."""

    lessons: dict[tuple[str, str], Lesson]
    rules_by_language: dict[str, Rules]

    def rules(self, language: str) -> Rules:
        """The rules of conduct; in English where the language is none of ours."""
        return self.rules_by_language[language if language in LANGUAGES else "en"]

    def lesson(self, code: str, language: str) -> Lesson:
        """One of them; English where the language is none of ours. Raises KeyError for an unknown code."""
        return self.lessons[code, language if language in LANGUAGES else "en"]

    def digest(self, code: str) -> tuple[bytes, ...]:
        """What names its texts, one per language."""
        return tuple(self.lessons[code, language].digest for language in LANGUAGES)


def read_lessons(read: ReadText) -> LessonSet:
    """All lessons.

    Raises:
        LessonError: the first fault, with file and line.
        FileNotFoundError: a lesson is missing.
    """
    found: dict[tuple[str, str], Lesson] = {}
    for code in LESSONS:
        for language in LANGUAGES:
            found[code, language] = read_lesson(code, language, read(language, f"{code}.md"))
        for language in LANGUAGES[1:]:
            _must_say_the_same(found[code, LANGUAGES[0]], found[code, language])
    rules = {language: read_rules(language, read(language, RULES_FILE)) for language in LANGUAGES}
    _must_be_one_version(rules)
    return LessonSet(found, rules)


def faults(read: ReadText) -> list[LessonError]:
    """The first fault of each file, and of what two languages of a lesson say differently."""
    bad: list[LessonError] = []
    for code in LESSONS:
        found: list[Lesson] = []
        for language in LANGUAGES:
            try:
                found.append(read_lesson(code, language, read(language, f"{code}.md")))
            except LessonError as error:
                bad.append(error)
            except (OSError, UnicodeError):
                bad.append(LessonError(f"{language}/{code}.md", 1, "the file cannot be read"))
        try:
            for other in found[1:]:
                _must_say_the_same(found[0], other)
        except LessonError as error:
            bad.append(error)
    try:
        _must_be_one_version({language: read_rules(language, read(language, RULES_FILE)) for language in LANGUAGES})
    except LessonError as error:
        bad.append(error)
    except (OSError, UnicodeError):
        bad.append(LessonError(RULES_FILE, 1, "the file cannot be read"))
    return bad


def _must_be_one_version(rules: dict[str, Rules]) -> None:
    if len({one.version for one in rules.values()}) > 1:
        raise LessonError(f"{LANGUAGES[-1]}/{RULES_FILE}", 1, "the rules have another version in each language")


def _must_say_the_same(one: Lesson, other: Lesson) -> None:
    file = f"{other.language}/{other.code}.md"
    if (one.version, one.screen) != (other.version, other.screen):
        raise LessonError(file, 1, f"version and screen are not those of the lesson in {one.language}")
    ours, theirs = [q.code for q in one.questions], [q.code for q in other.questions]
    if ours != theirs:
        odd = next((code for code in [*theirs, *ours] if code not in ours or code not in theirs), theirs[0])
        raise LessonError(file, 1, f"the questions are not those of the lesson in {one.language}: see {odd}")
    for ask, asked in zip(one.questions, other.questions, strict=True):
        if ask.screen != asked.screen:
            raise LessonError(file, 1, f"{asked.code}: its screen is another one than in {one.language}")
        if [c.is_right for c in ask.choices] != [c.is_right for c in asked.choices]:
            raise LessonError(file, 1, f"{asked.code}: the right answer is another one than in {one.language}")
