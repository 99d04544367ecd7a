"""Somebody of the demo takes all lessons: `python -m tests.demo.lessons HOME ACCOUNT`; secrets on standard input.

They know the right answers from the files, where a real person knows them from reading; all else is the product's own.
"""

import sys
from pathlib import Path

from app.domain.training.lesson import LESSONS
from app.domain.training.lesson_text import read_lesson
from app.resource_files import resource_text
from app.session.shown_training import ShownQuiz
from app.session.training import Training


def right_answers(quiz: ShownQuiz, language: str = "en") -> list[int]:
    """The places of the right answers."""
    lesson = read_lesson(quiz.lesson, language, resource_text("training", language, f"{quiz.lesson}.md"))
    right = {q.text: next(c.text for c in q.choices if c.is_right) for q in lesson.questions}
    return [asked.choices.index(right[asked.text]) for asked in quiz.questions]


def learn(training: Training) -> list[str]:
    """Accept the rules of conduct and pass each lesson's test; what came of it, line by line."""
    training.accept(training.rules().version)
    said = ["Rules of conduct accepted."]
    for code in LESSONS:
        quiz = training.begin(code)
        verdict = training.answer(quiz.id, right_answers(quiz))
        said.append(f"Lesson {code}: {verdict.right} of {len(quiz.questions)} right, a certificate for twelve months.")
    return said


def main() -> None:
    """Sign in, learn, sign out."""
    from app.terminal.commands import person

    home, account = Path(sys.argv[1]), sys.argv[2]
    with person(home, account, secrets_stdin=True) as session:
        print("\n".join(learn(session.training)))


if __name__ == "__main__":
    main()
