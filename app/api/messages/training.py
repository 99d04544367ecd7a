"""Messages of training: lessons, tests, certificates, the rules of conduct. No message tells which answer is right."""

from typing import Annotated, Literal

from pydantic import Field

from app.api.messages.since import since
from app.api.messages.wire import MOST_ENTRIES, Id16, Key32, LongBlob, Message, Name
from app.domain.training.lesson import LessonCode

Language = Literal["en", "id"]
Lesson = LessonCode
Milliseconds = Annotated[int, Field(ge=0, le=MOST_ENTRIES)]
VersionNumber = Annotated[int, Field(ge=1, le=999)]
Count = Annotated[int, Field(ge=0, le=100)]
MOST_QUESTIONS = 20


class CertificateMessage(Message):
    """A certificate as `app/auth/training_certificate.py` signs it; `account` is whose."""

    id: Id16
    account: Name
    lesson: Lesson
    version: VersionNumber
    digest: Key32
    passed_ms: Milliseconds
    expires_ms: Milliseconds
    right: Count
    asked: Count
    signature: LongBlob


class LessonState(Message):
    """A lesson, and how the person stands with it.

    Attributes:
        lesson: its code.
        title_en, title_id: its name.
        minutes: to read it and to answer its test.
        version: of its texts.
        screen: which screen of Tirai it is about.
        law: what it rests on.
        certificate: the newest that they have; it may be over.
        tries_left: tests that may still be begun now.
        next_try_ms: when one may be begun again, where none is left; else 0.
    """

    lesson: Lesson
    title_en: str
    title_id: str
    minutes: int
    version: int
    screen: str
    law: str
    certificate: CertificateMessage | None = None
    tries_left: int
    next_try_ms: int = 0


class TrainingState(Message):
    """How a person stands with training.

    Attributes:
        lessons: all, in the order in which they are taken.
        rules_version: the newest rules of conduct.
        rules_accepted_ms: when the person accepted them, or 0.
        now_ms: the office's time.
    """

    lessons: tuple[LessonState, ...]
    rules_version: int
    rules_accepted_ms: int
    now_ms: int


class AskLesson(Message):
    """Which lesson, in which language."""

    lesson: Lesson
    language: Language


class AskRules(Message):
    """The rules of conduct in which language."""

    language: Language


class ReadText(Message):
    """A text to read: Markdown without its title, and without questions."""

    title: str
    text: str
    version: int
    digest: Key32


class QuizQuestion(Message):
    """A question and its answers, as they are shown.

    Attributes:
        text: the question.
        choices: its answers.
        screen: on which screen of Tirai it is met, by its name in code; empty from an office that does not say.
    """

    text: str
    choices: tuple[str, ...]
    screen: Annotated[str, since(2)] = ""


class Quiz(Message):
    """A test that was drawn.

    Attributes:
        id: its id.
        lesson: of which lesson.
        questions: in their order.
        needed: right answers that it takes.
        until_ms: until when it is judged.
        tries_left: tests that may be begun after this one.
    """

    id: Id16
    lesson: Lesson
    questions: tuple[QuizQuestion, ...]
    needed: int
    until_ms: int
    tries_left: int


class AnswerQuiz(Message):
    """The chosen answers by their places, from 0; -1 where none was chosen."""

    answers: Annotated[tuple[Annotated[int, Field(ge=-1, le=9)], ...], Field(max_length=MOST_QUESTIONS)]
    language: Language


class QuizAnswer(Message):
    """What is said of one answer: whether it was right, and why not."""

    is_right: bool
    why: str


class QuizVerdict(Message):
    """What came of a test; a certificate comes with one that was passed."""

    answers: tuple[QuizAnswer, ...]
    right: int
    needed: int
    certificate: CertificateMessage | None = None
    tries_left: int
    next_try_ms: int = 0


class AcceptRules(Message):
    """The rules were read and are accepted; signed by the session's key (`app/auth/rules_acceptance.py`)."""

    version: VersionNumber
    digest: Key32
    signature: LongBlob
