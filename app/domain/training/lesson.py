"""A lesson: a text to read, and a pool of questions from which each test is drawn. Plain values, no files.

Three answers to a question are enough: a fourth is seldom chosen and costs reading time (Rodriguez 2005, "Three options
are optimal for multiple-choice items"). Each wrong one says why it is wrong: that is when people learn.
"""

import hashlib
import math
import re
from dataclasses import dataclass
from typing import Literal

LessonCode = Literal["law", "masks", "callers", "notes", "incidents", "rights"]
LESSONS: tuple[LessonCode, ...] = ("law", "masks", "callers", "notes", "incidents", "rights")
"""All lessons, in the order in which they are taken."""
LANGUAGES = ("en", "id")
SCREENS = ("console", "approvals", "who_saw", "my_account", "policy", "privacy")
"""Screens of Tirai that a lesson or a question may be about, by their names in code."""
ASKED_LEAST = 12
"""Questions of a test at least."""
POOL_LEAST = 18
"""Questions of a lesson at least: half as many again as a test draws, so that two tests differ."""
CHOICES_LEAST, CHOICES_MOST = 3, 5
LONGEST_S = 8 * 60
"""A lesson is read and its test answered in less (issue of the product: nobody leaves the line for longer)."""
WORDS_A_MINUTE = 180
"""Of somebody who reads to learn, in a second language too; fluent readers take 238 (Brysbaert 2019)."""
DECIDING_S = 6
"""For each question, beside reading it with all its answers. A guess of ours, not measured on people."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer.

    Attributes:
        text: what it says.
        is_right: whether it is the right one.
        why: why it is wrong; of the right one, why it is right, or nothing.
    """

    text: str
    is_right: bool
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a pool.

    Attributes:
        code: its name within the lesson, the same in each language.
        screen: the screen of Tirai on which it is met, one of `SCREENS`.
        text: the question.
        choices: as they stand in the file; exactly one is right.
    """

    code: str
    screen: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson in one language.

    Attributes:
        code: one of `LESSONS`.
        language: `en` or `id`.
        version: raised when what it teaches changes.
        screen: the screen that it is about.
        law: what it rests on.
        title: its name.
        text: Markdown, without title and questions.
        questions: the pool.
        digest: SHA-256 of the whole file.
    """

    code: str
    language: str
    version: int
    screen: str
    law: str
    title: str
    text: str
    questions: tuple[Question, ...]
    digest: bytes

    def minutes(self, asked: int = ASKED_LEAST) -> int:
        """About how long text and test take; a test of so many questions."""
        return max(1, round(self.whole_s(asked) / 60))

    def whole_s(self, asked: int = ASKED_LEAST) -> int:
        """Seconds for the text and a test of so many questions, were the longest ones of the pool drawn."""
        longest = sorted((answering_s(one) for one in self.questions), reverse=True)
        return reading_s(self.text) + sum(longest[:asked])

    def question(self, code: str) -> Question:
        """A question of the pool. Raises KeyError where there is none."""
        found = next((one for one in self.questions if one.code == code), None)
        if found is None:
            raise KeyError(code)
        return found


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of conduct in one language: what everybody accepts who works with customers' data.

    Attributes:
        language: `en` or `id`.
        version: raised when they change; each is accepted anew.
        title, text: Markdown without the title.
        digest: SHA-256 of the whole file.
    """

    language: str
    version: int
    title: str
    text: str
    digest: bytes

    @property
    def minutes(self) -> int:
        """How long they take to read, at most."""
        return max(1, math.ceil(reading_s(self.text) / 60))


def reading_s(text: str) -> int:
    """Seconds that a text takes to read."""
    return round(len(re.findall(r"\w[\w’'-]*", text)) / WORDS_A_MINUTE * 60)


def answering_s(question: Question) -> int:
    """Seconds that a question takes to read with all its answers, and to decide on."""
    return reading_s(" ".join((question.text, *(one.text for one in question.choices)))) + DECIDING_S


def digest_of(text: str) -> bytes:
    """What names the very text of a file."""
    return hashlib.sha256(text.encode()).digest()
