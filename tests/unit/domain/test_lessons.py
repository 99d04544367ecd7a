"""Lessons: the shipped ones are whole in both languages; a fault is named by file and line."""

import re

import pytest

from app.domain.training.lesson import (
    ASKED_LEAST,
    CHOICES_LEAST,
    DECIDING_S,
    LANGUAGES,
    LESSONS,
    LONGEST_S,
    POOL_LEAST,
    SCREENS,
    Lesson,
    answering_s,
    reading_s,
)
from app.domain.training.lesson_set import LessonSet, faults, read_lessons
from app.domain.training.lesson_text import LessonError, read_lesson, read_rules
from app.resource_files import resource_text
from app.ui.words import workspace_name


def shipped(language: str, file: str) -> str:
    return resource_text("training", language, file)


@pytest.fixture(scope="module")
def lessons() -> LessonSet:
    return read_lessons(shipped)


EVERY = [(code, language) for code in LESSONS for language in LANGUAGES]


def test_that_six_lessons_are_shipped_without_a_fault() -> None:
    assert len(LESSONS) >= 6
    assert faults(shipped) == []


@pytest.mark.parametrize(("code", "language"), EVERY)
def test_that_a_shipped_lesson_has_a_pool_and_is_read_and_answered_in_time(
    lessons: LessonSet, code: str, language: str
) -> None:
    lesson = lessons.lesson(code, language)
    assert len(lesson.questions) >= POOL_LEAST
    assert all(len(q.choices) >= CHOICES_LEAST for q in lesson.questions)
    assert all(c.is_right or len(c.why) > 20 for q in lesson.questions for c in q.choices)
    assert reading_s(lesson.text) > 90
    assert lesson.whole_s(ASKED_LEAST) < LONGEST_S
    assert lesson.minutes() <= 8


@pytest.mark.parametrize("code", LESSONS)
def test_that_no_right_answer_is_known_by_its_length(lessons: LessonSet, code: str) -> None:
    """Whoever always takes the longest answer does not pass."""
    for language in LANGUAGES:
        questions = lessons.lesson(code, language).questions
        longest = sum(max(q.choices, key=lambda c: len(c.text)).is_right for q in questions)
        assert longest / len(questions) <= 0.6


def test_that_the_languages_differ_and_a_third_one_gets_english(lessons: LessonSet) -> None:
    assert lessons.lesson("masks", "en").text != lessons.lesson("masks", "id").text
    assert lessons.lesson("masks", "fr") == lessons.lesson("masks", "en")
    assert lessons.rules("id").title != lessons.rules("en").title


WHOLE = shipped("en", "masks.md")


def line_of(text: str, words: str) -> int:
    return next(n for n, line in enumerate(text.split("\n"), 1) if words in line)


def changed(old: str, new: str) -> str:
    assert old in WHOLE
    return WHOLE.replace(old, new, 1)


FAULTS = [
    ("no facts", WHOLE.removeprefix("---\n"), 1, "begins with its facts"),
    ("unknown fact", changed("screen: console", "colour: red"), 3, "one of version, screen, law"),
    ("unknown screen", changed("screen: console", "screen: kitchen"), 3, "screen must be one of"),
    ("no version", changed("version: 1\n", ""), 4, "version is missing"),
    ("version in words", changed("version: 1", "version: first"), 2, "whole number"),
    ("no title", changed("# Masks and reveals", "Masks and reveals"), 6, "title"),
    ("a link", changed("## Limits", "[Limits](https://example.com)"), line_of(WHOLE, "## Limits"), "no links"),
    ("HTML", changed("## Limits", "<script>x</script>"), line_of(WHOLE, "## Limits"), "no links"),
    ("no pool", changed("## Questions", "## Other"), WHOLE.count("\n") + 1, "pool of questions is missing"),
    ("too long", changed("## Limits", "much " * 200 + "\n\n" + ("more " * 200 + "\n\n") * 8), 7, "must stay under"),
    ("a long test", changed("## Limits", "much " * 230 + "\n\n## Limits"), 7, "text and test take"),
    ("twice", changed("### ends_in", "### behind_curtain"), line_of(WHOLE, "### ends_in"), "there twice"),
    ("a bad name", changed("### ends_in", "### Ends In"), line_of(WHOLE, "### ends_in"), "is named by"),
    ("no screen", changed("### ends_in (console)", "### ends_in"), line_of(WHOLE, "### ends_in"), "is named by"),
    (
        "its screen",
        changed("### ends_in (console)", "### ends_in (attic)"),
        line_of(WHOLE, "### ends_in"),
        "ends_in: its",
    ),
    ("no reason", re.sub(r"\n  > That is how others.*", "", WHOLE), line_of(WHOLE, "painted over"), "why it is wrong"),
    ("none right", changed("- [x] Nothing;", "- [ ] Nothing;"), line_of(WHOLE, "### behind"), "exactly one"),
    ("stray text", changed("- [x] Nothing;", "-[x] Nothing;"), line_of(WHOLE, "- [x] Nothing"), "neither an answer"),
    (
        "two answers",
        re.sub(r"- \[ \] The value as a .*\n.*\n", "", WHOLE),
        line_of(WHOLE, "### behind"),
        "2 answers",
    ),
]


@pytest.mark.parametrize(("text", "line", "words"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_that_a_fault_is_named_by_file_and_line(text: str, line: int, words: str) -> None:
    with pytest.raises(LessonError) as caught:
        read_lesson("masks", "en", text)
    assert (caught.value.file, caught.value.line) == ("en/masks.md", line)
    assert words in caught.value.reason
    assert f"en/masks.md, line {line}: " in caught.value.message


def test_that_a_pool_of_seventeen_is_too_small() -> None:
    cut = WHOLE[: WHOLE.index("### done_early")]
    with pytest.raises(LessonError, match="17 questions; it needs 18"):
        read_lesson("masks", "en", cut)


def test_that_a_test_leaves_a_third_of_its_pool_for_the_next_one() -> None:
    assert ASKED_LEAST >= 12
    assert POOL_LEAST >= ASKED_LEAST * 3 / 2


@pytest.mark.parametrize("without", ["masks", "law"])
def test_that_no_wrong_answer_of_a_shipped_lesson_may_lose_its_reason(without: str) -> None:
    for language in LANGUAGES:
        text = shipped(language, f"{without}.md")
        reasons = [line for line in text.split("\n") if line.startswith("  >")]
        assert len(reasons) >= 2 * POOL_LEAST
        for reason in reasons:
            with pytest.raises(LessonError, match="says why it is wrong"):
                read_lesson(without, language, text.replace(f"\n{reason}", "", 1))


def test_that_each_screen_of_a_lesson_and_of_a_question_is_one_that_tirai_has(lessons: LessonSet) -> None:
    named = {workspace_name(screen) for screen in SCREENS}
    assert len(named) == len(SCREENS)
    used = {q.screen for lesson in lessons.lessons.values() for q in lesson.questions}
    assert used == set(SCREENS)


def test_that_the_longest_questions_make_the_time_of_a_test() -> None:
    lesson = read_lesson("masks", "en", WHOLE)
    first, *rest = sorted(map(answering_s, lesson.questions), reverse=True)
    assert lesson.whole_s(1) == reading_s(lesson.text) + first
    assert lesson.whole_s(18) == reading_s(lesson.text) + first + sum(rest)
    one = lesson.questions[0]
    assert answering_s(one) == reading_s(" ".join([one.text, *(c.text for c in one.choices)])) + DECIDING_S


def other_language(old: str, new: str) -> list[str]:
    def read(language: str, file: str) -> str:
        text = shipped(language, file)
        return text.replace(old, new, 1) if (language, file) == ("id", "masks.md") else text

    return [f"{fault.file}: {fault.reason}" for fault in faults(read)]


def test_that_both_languages_must_ask_the_same() -> None:
    assert "see other" in other_language("### ends_in", "### other")[0]
    assert "version" in other_language("version: 1", "version: 2")[0]
    assert "ends_in: its screen" in other_language("### ends_in (console)", "### ends_in (policy)")[0]


def test_that_both_languages_must_have_the_same_right_answer() -> None:
    right, wrong = (
        "- [x] Tidak ada; nilai datang ketika dibuka\n",
        "- [ ] Nilainya, yang ditutupi gambar sampai saya berhak\n",
    )
    text = shipped("id", "masks.md")
    at = text.index(right)
    end = text.index("- [ ] Nilainya sebagai gambar")
    swapped = f"{wrong}  > Begitulah program lain.\n{right}"
    found = other_language(text[at:end], swapped)
    assert found == ["id/masks.md: behind_curtain: the right answer is another one than in en"]


def test_that_a_missing_file_is_a_fault_of_its_own() -> None:
    def read(language: str, file: str) -> str:
        if file == "law.md":
            raise FileNotFoundError(file)
        return shipped(language, file)

    assert [fault.file for fault in faults(read)] == ["en/law.md", "id/law.md"]


def test_that_the_digest_is_of_the_whole_file() -> None:
    def digest(text: str) -> bytes:
        found: Lesson = read_lesson("masks", "en", text)
        return found.digest

    assert digest(WHOLE) != digest(changed("You can read it well.", "You can read it very well."))


def test_that_rules_have_no_pool_and_are_judged_alike() -> None:
    rules = read_rules("en", shipped("en", "rules.md"))
    assert rules.version == 1
    assert rules.minutes <= 3
    with pytest.raises(LessonError, match="line 2: version"):
        read_rules("en", shipped("en", "rules.md").replace("version: 1", "version: 0"))
