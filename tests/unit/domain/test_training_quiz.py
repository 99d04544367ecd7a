"""Tests of lessons: drawn without two of a kind, judged by what was drawn."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import InputRefusedError
from app.domain.training.lesson import Lesson
from app.domain.training.lesson_text import read_lesson
from app.domain.training.quiz import DrawnQuestion, draw, judge, needed_right, read_drawn, written
from app.resource_files import resource_text

LESSON: Lesson = read_lesson("masks", "en", resource_text("training", "en", "masks.md"))


def right_places(drawn: tuple[DrawnQuestion, ...]) -> list[int]:
    """Where the right answers stand on the screen."""
    rights = []
    for one in drawn:
        choices = LESSON.question(one.code).choices
        rights.append(next(place for place, at in enumerate(one.order) if choices[at].is_right))
    return rights


@given(st.randoms(use_true_random=False), st.integers(1, 18))
def test_that_a_test_asks_each_question_once_and_shows_each_answer_once(rng: random.Random, count: int) -> None:
    drawn = draw(LESSON, count, rng.randrange)
    assert len({one.code for one in drawn}) == len(drawn) == count
    for one in drawn:
        assert sorted(one.order) == list(range(len(LESSON.question(one.code).choices)))
    assert read_drawn(written(drawn)) == drawn


@given(st.randoms(use_true_random=False))
def test_that_right_answers_are_right_wherever_they_stand(rng: random.Random) -> None:
    drawn = draw(LESSON, 12, rng.randrange)
    verdict = judge(LESSON, drawn, right_places(drawn), 9)
    assert (verdict.right, verdict.is_passed) == (12, True)


def test_that_a_wrong_answer_is_told_with_its_own_reason_and_not_with_the_right_one() -> None:
    drawn = draw(LESSON, 1, lambda _n: 0)
    question = LESSON.question(drawn[0].code)
    wrong = [place for place, at in enumerate(drawn[0].order) if not question.choices[at].is_right]
    said = {judge(LESSON, drawn, [place], 1).answers[0].why for place in wrong}
    assert said == {choice.why for choice in question.choices if not choice.is_right}


@pytest.mark.parametrize(("right", "passes"), [(8, False), (9, True), (12, True)])
def test_that_nine_of_twelve_pass_at_75_percent(right: int, passes: bool) -> None:
    drawn = draw(LESSON, 12, random.Random(4).randrange)
    answers = [place if n < right else -1 for n, place in enumerate(right_places(drawn))]
    verdict = judge(LESSON, drawn, answers, needed_right(12, 75))
    assert (verdict.needed, verdict.right, verdict.is_passed) == (9, right, passes)


@pytest.mark.parametrize("answers", [[], [0] * 13, [0] * 11 + [3], [0] * 11 + [-2]])
def test_that_answers_must_fit_the_questions(answers: list[int]) -> None:
    drawn = draw(LESSON, 12, random.Random(4).randrange)
    with pytest.raises(InputRefusedError) as caught:
        judge(LESSON, drawn, answers, 9)
    assert caught.value.code == "answers"


def test_that_each_question_is_drawn_and_each_answer_leads() -> None:
    """No question or answer is left out by the way in which chance is used."""
    rng = random.Random(7)
    drawn = [one for _ in range(200) for one in draw(LESSON, 12, rng.randrange)]
    assert {one.code for one in drawn} == {q.code for q in LESSON.questions}
    assert {one.order[0] for one in drawn} == {0, 1, 2}
