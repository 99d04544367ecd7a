"""The client's calls of training."""

from app.api.client.client import ApiClient
from app.api.client.paths import in_path
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

REPORT_TIMEOUT_S = 60.0
"""Each certificate of each person is checked."""


def state(client: ApiClient) -> TrainingState:
    """How the person stands with all lessons."""
    return client.call("GET", "/v1/training", TrainingState)


def report(client: ApiClient) -> TrainingReport:
    """How the people stand whom the person looks after."""
    return client.call("GET", "/v1/training/report", TrainingReport, timeout_s=REPORT_TIMEOUT_S)


def lesson(client: ApiClient, asked: AskLesson) -> ReadText:
    """A lesson to read."""
    return client.call("POST", "/v1/training/lessons", ReadText, asked, again=True)


def begin(client: ApiClient, asked: AskLesson) -> Quiz:
    """A test; while it is open, the same one comes again."""
    return client.call("POST", "/v1/training/tests", Quiz, asked, again=True)


def answer(client: ApiClient, quiz: bytes, said: AnswerQuiz) -> QuizVerdict:
    """Have a test judged; never sent twice by itself, since it is judged once."""
    return client.call("POST", f"/v1/training/tests/{in_path(quiz)}/answers", QuizVerdict, said)


def rules(client: ApiClient, asked: AskRules) -> ReadText:
    """The rules of conduct."""
    return client.call("POST", "/v1/training/rules", ReadText, asked, again=True)


def accept(client: ApiClient, said: AcceptRules) -> None:
    """Accept them; the same again changes nothing."""
    client.call("POST", "/v1/training/rules/accepted", Done, said, again=True)
