"""Tests: drawn here, answered at the console, judged here. No answer that is right leaves the office.

A test belongs to one account and lesson, is judged once, and counts as a try from its beginning: whoever draws again
and again to see the pool uses their tries. One that is open is given again. Rows carry the office's mark, so that
whoever writes rows chooses no questions.
"""

import secrets
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from app.api.messages.training import (
    AnswerQuiz,
    AskLesson,
    Quiz,
    QuizAnswer,
    QuizQuestion,
    QuizVerdict,
)
from app.backoffice import training_tables
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.backoffice.training.certificates import issue
from app.backoffice.training.library import lesson_digest, library
from app.crypto.derive import mac, same
from app.crypto.labels import lp
from app.domain.errors import NotAllowedError
from app.domain.training.quiz import DrawnQuestion, draw, judge, needed_right, read_drawn, written
from app.domain.training.rule import DAY_MS

BEGIN, JUDGED = "training.test", "training.judged"
QUIZ_MS = 3_600_000
"""A test that is not answered within an hour is over."""
_quizzes, _answers = training_tables.training_quizzes, training_tables.training_answers


def begin_quiz(office: OpenOffice, session: Session, asked: AskLesson) -> Quiz:
    """Draw a test, or give the open one again.

    Raises:
        NotAllowedError: code `quiz_tries`: those of this day are used.
    """
    with refusals_logged(office, session, BEGIN, detail=f"lesson={asked.lesson}"), office.writing() as db:
        row = _open_quiz(office, db, session.name, asked.lesson)
        if row is None:
            left, _ = tries(office, db, session.name, asked.lesson)
            if not left:
                raise NotAllowedError(
                    "The tests of this lesson are used for today. Read it once more.", code="quiz_tries"
                )
            row = _draw(office, db, session.name, asked.lesson)
            detail = f"lesson={asked.lesson} questions={len(read_drawn(row.drawn))}"
            office.log.append(db, BEGIN, reference=row.id.hex(), detail=detail, **session.log_fields())
        left, _ = tries(office, db, session.name, asked.lesson)
        return _told(row, asked.language, left)


def _draw(office: OpenOffice, db: Connection, account: str, lesson: str) -> Row[Any]:
    rule, now = office.policy.training, office.clock.now_ms()
    drawn = draw(library().lesson(lesson, "en"), rule.questions, secrets.randbelow)
    values = {
        "id": secrets.token_bytes(16),
        "account": account,
        "lesson": lesson,
        "digest": lesson_digest(lesson),
        "drawn": written(drawn),
        "started_ms": now,
        "until_ms": now + QUIZ_MS,
        "needed": needed_right(len(drawn), rule.pass_percent),
    }
    db.execute(insert(_quizzes).values(**values, mark=_mark(office, values)))
    return db.execute(select(_quizzes).where(_quizzes.c.id == values["id"])).one()


def judge_quiz(office: OpenOffice, session: Session, quiz: bytes, said: AnswerQuiz) -> QuizVerdict:
    """Judge the answers of a test, once; whoever passes has a certificate.

    Raises:
        NotAllowedError: code `quiz_over`: it was judged, is over, is somebody else's, or its lesson has changed.
        InputRefusedError: code `answers`: they do not fit the questions.
    """
    with refusals_logged(office, session, JUDGED, reference=quiz.hex()), office.writing() as db:
        row = _own(office, db, session, quiz)
        drawn = read_drawn(row.drawn)
        verdict = judge(library().lesson(row.lesson, said.language), drawn, said.answers, row.needed)
        now = office.clock.now_ms()
        judged = {"judged_ms": now, "passed": verdict.is_passed}
        db.execute(update(_quizzes).where(_quizzes.c.id == quiz).values(**judged))
        for answer in verdict.answers:
            what = {"quiz": quiz, "question": answer.code, "lesson": row.lesson}
            db.execute(insert(_answers).values(**what, is_right=answer.is_right, at_ms=now))
        certificate = None
        if verdict.is_passed:
            certificate = issue(office, db, session.name, row.lesson, verdict.right, len(drawn))
        office.log.append(
            db,
            JUDGED,
            "ok" if verdict.is_passed else "failed",
            reference=quiz.hex(),
            detail=f"lesson={row.lesson} right={verdict.right} asked={len(drawn)}",
            **session.log_fields(),
        )
        left, next_ms = tries(office, db, session.name, row.lesson)
        return QuizVerdict(
            answers=tuple(QuizAnswer(is_right=a.is_right, why=a.why) for a in verdict.answers),
            right=verdict.right,
            needed=verdict.needed,
            certificate=certificate,
            tries_left=left,
            next_try_ms=next_ms,
        )


def tries(office: OpenOffice, db: Connection, account: str, lesson: str) -> tuple[int, int]:
    """Tests that may still be begun, and when one may again where none is left (else 0)."""
    most, now = office.policy.training.tries_day, office.clock.now_ms()
    mine = (_quizzes.c.account == account, _quizzes.c.lesson == lesson, _quizzes.c.started_ms > now - DAY_MS)
    times = list(db.execute(select(_quizzes.c.started_ms).where(*mine).order_by(_quizzes.c.started_ms)).scalars())
    left = max(0, most - len(times))
    return left, 0 if left else times[len(times) - most] + DAY_MS


def _open_quiz(office: OpenOffice, db: Connection, account: str, lesson: str) -> Row[Any] | None:
    mine = (_quizzes.c.account == account, _quizzes.c.lesson == lesson, _quizzes.c.judged_ms.is_(None))
    row = db.execute(select(_quizzes).where(*mine).order_by(_quizzes.c.started_ms.desc()).limit(1)).first()
    return row if row is not None and _counts(office, row) else None


def _own(office: OpenOffice, db: Connection, session: Session, quiz: bytes) -> Row[Any]:
    row = db.execute(select(_quizzes).where(_quizzes.c.id == quiz, _quizzes.c.account == session.name)).first()
    if row is None or row.judged_ms is not None or not _counts(office, row):
        raise NotAllowedError("This test is over. Begin another one.", code="quiz_over")
    return row


def _counts(office: OpenOffice, row: Row[Any]) -> bool:
    """Whether it is in its time, of the lesson as it is, and as the office drew it."""
    in_time = row.started_ms <= office.clock.now_ms() < row.until_ms
    return in_time and row.digest == lesson_digest(row.lesson) and same(row.mark, _mark(office, row._asdict()))


def _mark(office: OpenOffice, row: dict[str, Any]) -> bytes:
    names = ("id", "account", "lesson", "digest", "drawn", "started_ms", "until_ms", "needed")
    return mac(office.keys.log_key, lp("training-quiz", office.id, *(row[name] for name in names)))


def _told(row: Row[Any], language: str, tries_left: int) -> Quiz:
    lesson = library().lesson(row.lesson, language)

    def question(one: DrawnQuestion) -> QuizQuestion:
        asked = lesson.question(one.code)
        choices = tuple(asked.choices[place].text for place in one.order)
        return QuizQuestion(text=asked.text, choices=choices, screen=asked.screen)

    questions = tuple(question(one) for one in read_drawn(row.drawn))
    return Quiz(
        id=row.id,
        lesson=row.lesson,
        questions=questions,
        needed=row.needed,
        until_ms=row.until_ms,
        tries_left=tries_left,
    )
