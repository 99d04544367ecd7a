"""What a screen is told of training, in the person's language; no question with its right answer."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.data_class import DataClass


class LessonStanding(StrEnum):
    """How somebody stands with a lesson."""

    NEW = "new"
    """No certificate yet."""
    PASSED = "passed"
    """A certificate counts."""
    ENDS_SOON = "ends_soon"
    """It counts, and ends within 30 days."""
    OVER = "over"
    """It does not count any more."""


@dataclass(frozen=True, slots=True)
class ShownLesson:
    """A lesson in the list.

    Attributes:
        code: its name in code.
        title: in the person's language.
        minutes: to read it and to answer its test.
        screen: which screen it is about, by its name in code.
        law: what it rests on.
        standing: how the person stands with it.
        passed_at, ends_at: of the newest certificate, seconds since 1970; 0 where there is none.
        right, asked: how its test went.
        certificate: its number, hex; empty where there is none.
        tries_left: tests that may be begun now.
        next_try_at: when one may be begun again, seconds since 1970, or 0.
        classes: what opens with it, of what the role may open or ask for.
    """

    code: str
    title: str
    minutes: int
    screen: str
    law: str
    standing: LessonStanding
    passed_at: float
    ends_at: float
    right: int
    asked: int
    certificate: str
    tries_left: int
    next_try_at: float
    classes: tuple[DataClass, ...]

    @property
    def is_due(self) -> bool:
        """Whether it should be taken now, because something rests without it."""
        return bool(self.classes) and self.standing in (LessonStanding.NEW, LessonStanding.OVER)


@dataclass(frozen=True, slots=True)
class ShownTraining:
    """How the person stands.

    Attributes:
        lessons: in the order in which they are taken.
        rules_version: the newest rules of conduct.
        rules_accepted_at: when they were accepted, seconds since 1970, or 0.
        rules_due: whether reveals rest until they are.
    """

    lessons: tuple[ShownLesson, ...]
    rules_version: int
    rules_accepted_at: float
    rules_due: bool

    @property
    def due(self) -> int:
        """How many things wait for this person."""
        return sum(lesson.is_due for lesson in self.lessons) + self.rules_due


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text to read: Markdown without its title."""

    title: str
    text: str
    version: int


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question of a test, its answers, and the screen on which it is met, by its name in code, where it is known."""

    text: str
    choices: tuple[str, ...]
    screen: str = ""


@dataclass(frozen=True, slots=True)
class ShownQuiz:
    """A test.

    Attributes:
        id: hex.
        lesson: its lesson's code.
        questions: in their order.
        needed: right answers that it takes.
        tries_left: tests that may be begun after this one.
    """

    id: str
    lesson: str
    questions: tuple[ShownQuestion, ...]
    needed: int
    tries_left: int


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """What is said of an answer."""

    is_right: bool
    why: str


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    """What came of a test.

    Attributes:
        answers: in the order of the questions.
        right, needed: how many were right, and how many it takes.
        is_passed: whether a certificate came.
        tries_left: tests that may be begun now.
        next_try_at: when one may be begun again, seconds since 1970, or 0.
    """

    answers: tuple[ShownAnswer, ...]
    right: int
    needed: int
    is_passed: bool
    tries_left: int
    next_try_at: float
