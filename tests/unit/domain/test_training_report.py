"""The report of training by rules alone: who is due, what ends soon, and which questions are missed most."""

import pytest

from app.domain.training.report import Answers, Learner, LessonOf, most_missed
from app.domain.training.rule import DAY_MS

NOW = 1_000 * DAY_MS


@pytest.mark.parametrize(
    ("ends_ms", "due", "soon"),
    [(0, True, False), (NOW, True, False), (NOW + 1, False, True), (NOW + 30 * DAY_MS, False, True),
     (NOW + 30 * DAY_MS + 1, False, False)],
)  # fmt: skip
def test_that_a_certificate_counts_to_before_its_end_and_warns_thirty_days_before(
    ends_ms: int, due: bool, soon: bool
) -> None:
    one = LessonOf("law", ends_ms, 0)
    assert (one.is_due(NOW), one.ends_soon(NOW)) == (due, soon)


def test_that_a_person_is_due_with_what_they_lack_and_the_first_end_is_told() -> None:
    lessons = (LessonOf("law", NOW - 1, 2), LessonOf("masks", NOW + 50, 0), LessonOf("notes", NOW + 40, 1))
    one = Learner("ratna", "Ratna", "agent", lessons, rules_due=False)
    assert one.due(NOW) == ("law",)
    assert [lesson.lesson for lesson in one.failed] == ["law", "notes"]
    assert one.next_end_ms(NOW) == NOW + 40
    assert Learner("x", "X", "agent", (), rules_due=False).next_end_ms(NOW) == 0


def test_that_the_most_missed_come_first_and_forgotten_questions_not_at_all() -> None:
    answers = Answers()
    for question, right, wrong in (("a", 5, 1), ("b", 0, 3), ("c", 9, 3), ("d", 4, 0), ("gone", 0, 9)):
        answers.add("law", question, right, is_right=True)
        answers.add("law", question, wrong, is_right=False)
    found = most_missed(answers, 3, {"law": {"a", "b", "c", "d"}})
    assert [(one.question, one.asked, one.wrong) for one in found if one.wrong] == [
        ("b", 3, 3), ("c", 12, 3), ("a", 6, 1)
    ]  # fmt: skip
    assert found[0].percent == 100
    assert len(most_missed(answers, 1, {"law": {"a", "b", "c", "d"}})) == 1
