"""A test of a lesson: some questions of its pool, their answers in another order each time; and its judgement.

Pure: whoever draws brings the chance. What is drawn names questions and the order of their answers, no language.
"""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.domain.errors import InputRefusedError
from app.domain.training.lesson import Lesson

T = TypeVar("T")
Below = Callable[[int], int]
"""A chance: a whole number from 0 to below this one."""


@dataclass(frozen=True, slots=True)
class DrawnQuestion:
    """A question, and in which order its answers are shown."""

    code: str
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """What is said of one answer.

    Attributes:
        code: the question.
        is_right: whether it was the right one.
        why: why not; of a right one, why, where the lesson says so.
    """

    code: str
    is_right: bool
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a test.

    Attributes:
        answers: one by one, in the order of the questions.
        needed: right ones that it takes.
    """

    answers: tuple[JudgedAnswer, ...]
    needed: int

    @property
    def right(self) -> int:
        """How many were right."""
        return sum(answer.is_right for answer in self.answers)

    @property
    def is_passed(self) -> bool:
        """Whether they were enough."""
        return self.right >= self.needed


def draw(lesson: Lesson, count: int, below: Below) -> tuple[DrawnQuestion, ...]:
    """Some questions of the pool, in any order, each with its answers in any order."""
    chosen = _shuffled(lesson.questions, below)[:count]
    return tuple(DrawnQuestion(q.code, tuple(_shuffled(range(len(q.choices)), below))) for q in chosen)


def needed_right(asked: int, pass_percent: int) -> int:
    """How many of so many questions must be right."""
    return math.ceil(asked * pass_percent / 100)


def judge(lesson: Lesson, drawn: Sequence[DrawnQuestion], answers: Sequence[int], needed: int) -> Verdict:
    """Judge answers.

    Args:
        lesson: in the language of the explanations.
        drawn: what was asked.
        answers: the chosen ones by their places on the screen, from 0; -1 where none was.
        needed: right ones that it takes.

    Raises:
        InputRefusedError: code `answers`: there are not as many as questions, or a place that no answer has.
    """
    if len(answers) != len(drawn):
        raise InputRefusedError("Answer each question of the test.", code="answers")
    judged = []
    for question, chosen in zip(drawn, answers, strict=True):
        if not -1 <= chosen < len(question.order):
            raise InputRefusedError("Answer each question of the test.", code="answers")
        choices = lesson.question(question.code).choices
        choice = choices[question.order[chosen]] if chosen >= 0 else None
        judged.append(JudgedAnswer(question.code, bool(choice and choice.is_right), choice.why if choice else ""))
    return Verdict(tuple(judged), needed)


def written(drawn: Sequence[DrawnQuestion]) -> str:
    """What was drawn, as it is kept."""
    return json.dumps([[one.code, list(one.order)] for one in drawn], separators=(",", ":"))


def read_drawn(text: str) -> tuple[DrawnQuestion, ...]:
    """What was kept."""
    return tuple(DrawnQuestion(code, tuple(order)) for code, order in json.loads(text))


def _shuffled(things: Sequence[T], below: Below) -> list[T]:
    """In any order, each with the same chance (Fisher and Yates)."""
    found = list(things)
    for at in range(len(found) - 1, 0, -1):
        other = below(at + 1)
        found[at], found[other] = found[other], found[at]
    return found
