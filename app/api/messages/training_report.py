"""Messages of the report of training. No message tells which answer is right, or who missed which question."""

from typing import Annotated

from pydantic import Field

from app.api.messages.training import Lesson, Milliseconds
from app.api.messages.wire import Message, Name
from app.domain.role import Role

MOST_LEARNERS, MOST_QUESTIONS = 5_000, 100
Times = Annotated[int, Field(ge=0, le=10_000_000)]


class LearnerLesson(Message):
    """A lesson that somebody's role needs: when their certificate ends (0: there is none), tests that they failed."""

    lesson: Lesson
    ends_ms: Milliseconds
    failed: Times


class LearnerMessage(Message):
    """One person, and how they stand with each lesson that their role needs."""

    account: Name
    name: Annotated[str, Field(max_length=200)]
    role: Role
    lessons: Annotated[tuple[LearnerLesson, ...], Field(max_length=20)]
    rules_due: bool


class LessonTests(Message):
    """Tests of a lesson that were judged, and those of them that failed."""

    lesson: Lesson
    judged: Times
    failed: Times


class MissedQuestion(Message):
    """A question in both languages, how often it was asked, and how often it was missed."""

    lesson: Lesson
    text_en: Annotated[str, Field(max_length=1000)]
    text_id: Annotated[str, Field(max_length=1000)]
    asked: Times
    wrong: Times


class TrainingReport(Message):
    """The report.

    Attributes:
        learners: people at work, by name.
        tests: by lesson.
        missed: questions, the most missed first.
        since_ms, now_ms: which tests are counted.
    """

    learners: Annotated[tuple[LearnerMessage, ...], Field(max_length=MOST_LEARNERS)]
    tests: Annotated[tuple[LessonTests, ...], Field(max_length=20)]
    missed: Annotated[tuple[MissedQuestion, ...], Field(max_length=MOST_QUESTIONS)]
    since_ms: Milliseconds
    now_ms: Milliseconds
