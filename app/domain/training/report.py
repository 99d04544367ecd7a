"""Who is due, and who failed where: pure. Who missed which question is told to nobody, only how often all did."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.domain.training.lesson import LessonCode
from app.domain.training.rule import DAY_MS

LOOKED_BACK_DAYS = 365
"""Tests that a report tells of: as long as a certificate counts at the longest."""
SOON_DAYS = 30
"""A certificate that ends within so many days ends soon."""


@dataclass(frozen=True, slots=True)
class LessonOf:
    """One lesson of one person.

    Attributes:
        lesson: its code.
        ends_ms: when their newest certificate ends; 0: there is none.
        failed: tests of it that they failed in the time that is looked back on.
    """

    lesson: LessonCode
    ends_ms: int
    failed: int

    def is_due(self, now_ms: int) -> bool:
        """Whether no certificate counts."""
        return self.ends_ms <= now_ms

    def ends_soon(self, now_ms: int) -> bool:
        """Whether the one that counts ends within 30 days."""
        return now_ms < self.ends_ms <= now_ms + SOON_DAYS * DAY_MS


@dataclass(frozen=True, slots=True)
class Learner:
    """One person.

    Attributes:
        account, name, role: who.
        lessons: those that their role needs, in the order in which they are taken.
        rules_due: whether they have to accept the newest rules of conduct.
    """

    account: str
    name: str
    role: str
    lessons: tuple[LessonOf, ...]
    rules_due: bool

    def due(self, now_ms: int) -> tuple[str, ...]:
        """Lessons that they lack."""
        return tuple(one.lesson for one in self.lessons if one.is_due(now_ms))

    @property
    def failed(self) -> tuple[LessonOf, ...]:
        """Lessons of which they failed a test."""
        return tuple(one for one in self.lessons if one.failed)

    def next_end_ms(self, now_ms: int) -> int:
        """When the first of the certificates that count ends; 0 where none does."""
        return min((one.ends_ms for one in self.lessons if not one.is_due(now_ms)), default=0)


@dataclass(frozen=True, slots=True)
class Missed:
    """One question of a pool, over everybody that the report is about.

    Attributes:
        lesson, question: which.
        asked, wrong: how often.
    """

    lesson: LessonCode
    question: str
    asked: int
    wrong: int

    @property
    def percent(self) -> int:
        """Share of the wrong answers."""
        return round(100 * self.wrong / self.asked) if self.asked else 0


@dataclass(slots=True)
class Answers:
    """How often each question was asked and missed, while rows are read."""

    asked: dict[tuple[LessonCode, str], int] = field(default_factory=dict)
    wrong: dict[tuple[LessonCode, str], int] = field(default_factory=dict)

    def add(self, lesson: LessonCode, question: str, times: int, *, is_right: bool) -> None:
        """Count."""
        key = (lesson, question)
        self.asked[key] = self.asked.get(key, 0) + times
        if not is_right and times:
            self.wrong[key] = self.wrong.get(key, 0) + times


def most_missed(answers: Answers, most: int, known: Mapping[LessonCode, Collection[str]]) -> tuple[Missed, ...]:
    """Questions that were missed, the most frequent first; one that no lesson has any more is left out.

    Args:
        answers: counted.
        most: so many at most.
        known: the questions of each lesson.
    """
    found = [
        Missed(lesson, question, answers.asked[lesson, question], wrong)
        for (lesson, question), wrong in answers.wrong.items()
        if question in known.get(lesson, ())
    ]
    return tuple(sorted(found, key=lambda one: (-one.wrong, -one.percent, one.lesson, one.question))[:most])
