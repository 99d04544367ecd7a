"""Routes of training: lessons to read, tests that are drawn and judged, the rules of conduct."""

from typing import Annotated

from fastapi import Depends

from app.api.messages.training import (
    AcceptRules,
    AnswerQuiz,
    AskLesson,
    AskRules,
    Quiz,
    QuizVerdict,
    ReadText,
    TrainingState,
)
from app.api.messages.training_report import TrainingReport
from app.api.messages.wire import Done
from app.api.server.paths import PathId
from app.api.server.routes import office_router
from app.api.server.service import Asking, asking
from app.backoffice.training import acceptance, quizzes, standing
from app.backoffice.training.report import training_report

router = office_router("/v1/training")
Who = Annotated[Asking, Depends(asking)]


@router.get("")
def state(who: Who) -> TrainingState:
    """How the person stands with all lessons."""
    return standing.standing(who.office, who.session)


@router.get("/report")
def report(who: Who) -> TrainingReport:
    """How the people stand whom the person looks after."""
    return training_report(who.office, who.session)


@router.post("/lessons")
def lesson(who: Who, body: AskLesson) -> ReadText:
    """A lesson to read."""
    return standing.lesson_text(body)


@router.post("/tests")
def begin(who: Who, body: AskLesson) -> Quiz:
    """Draw a test."""
    return quizzes.begin_quiz(who.office, who.session, body)


@router.post("/tests/{key}/answers")
def answer(who: Who, key: PathId, body: AnswerQuiz) -> QuizVerdict:
    """Judge a test."""
    return quizzes.judge_quiz(who.office, who.session, key, body)


@router.post("/rules")
def rules(who: Who, body: AskRules) -> ReadText:
    """The rules of conduct."""
    return acceptance.rules(body.language)


@router.post("/rules/accepted")
def accept(who: Who, body: AcceptRules) -> Done:
    """Accept them."""
    acceptance.accept(who.office, who.session, body)
    return Done()
