"""Training in memory: the shipped lessons, with a standing that a test chooses."""

from collections.abc import Sequence
from pathlib import Path

from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.domain.training.lesson import LESSONS
from app.domain.training.lesson_set import LessonSet, read_lessons
from app.domain.training.rule import RULES
from app.domain.two_languages import TwoLanguages
from app.resource_files import resource_text
from app.session.shown import Action, ShownField
from app.session.shown_training import (
    LessonStanding,
    ShownAnswer,
    ShownLesson,
    ShownQuestion,
    ShownQuiz,
    ShownText,
    ShownTraining,
    ShownVerdict,
)
from app.session.shown_who_saw import Language
from app.ui.language import spoken

ASKED, NEEDED = 12, 9
DAY_S = 86_400.0
AT = 1_772_000_000.0
CLASSES = {
    "law": (DataClass.CONTACT, DataClass.NOTE),
    "masks": (DataClass.CONTACT, DataClass.NOTE),
    "callers": (DataClass.CONTACT,),
    "notes": (DataClass.NOTE,),
    "incidents": (DataClass.FINANCIAL,),
    "rights": (DataClass.IDENTITY,),
}
_read: dict[str, LessonSet] = {}


def lessons() -> LessonSet:
    """The shipped ones, read once and only where a test looks at them."""
    if not _read:
        _read["all"] = read_lessons(lambda language, file: resource_text("training", language, file))
    return _read["all"]


class FakeTraining:
    """Everything that screens ask for."""

    def __init__(self) -> None:
        self.is_anything_asked = False
        self.passed: dict[str, LessonStanding] = {}
        self.rules_due = False
        self.rests = ""
        self.tries: dict[str, int] = {}
        self.accepted: list[int] = []
        self.saved: list[tuple[str, Path]] = []
        self.pages: list[tuple[str, Language, Path]] = []
        self.refuse: Exception | None = None

    def state(self) -> ShownTraining:
        """How the person stands."""
        return ShownTraining(
            lessons=tuple(self._lesson(code) for code in LESSONS),
            rules_version=1,
            rules_accepted_at=0 if self.rules_due else AT,
            rules_due=self.rules_due,
        )

    def _lesson(self, code: str) -> ShownLesson:
        lesson = lessons().lesson(code, spoken().value)
        standing = self.passed.get(code, LessonStanding.NEW)
        has = standing is not LessonStanding.NEW
        return ShownLesson(
            code=code,
            title=TwoLanguages(lessons().lesson(code, "en").title, lessons().lesson(code, "id").title, spoken().value),
            minutes=lesson.minutes(),
            screen=lesson.screen,
            law=lesson.law,
            standing=standing,
            passed_at=AT if has else 0,
            ends_at=AT + 365 * DAY_S if has else 0,
            right=11 if has else 0,
            asked=ASKED if has else 0,
            certificate="ab" * 16 if has else "",
            tries_left=self.tries.get(code, 4),
            next_try_at=0 if self.tries.get(code, 4) else AT + DAY_S,
            classes=CLASSES[code],
        )

    def lesson(self, code: str) -> ShownText:
        """A lesson to read."""
        found = lessons().lesson(code, spoken().value)
        return ShownText(found.title, found.text, found.version)

    def rules(self) -> ShownText:
        """The rules of conduct."""
        found = lessons().rules(spoken().value)
        return ShownText(found.title, found.text, found.version)

    def accept(self, version: int) -> None:
        """Accept them."""
        if self.refuse is not None:
            raise self.refuse
        self.accepted.append(version)
        self.rules_due = False

    def begin(self, code: str) -> ShownQuiz:
        """The first questions, their answers as they stand in the file: the first one is right."""
        if not self.tries.get(code, 4):
            raise NotAllowedError("Used.", code="quiz_tries")
        questions = lessons().lesson(code, spoken().value).questions[:ASKED]
        shown = tuple(ShownQuestion(q.text, tuple(c.text for c in q.choices), q.screen) for q in questions)
        return ShownQuiz("cd" * 16, code, shown, NEEDED, 3)

    def answer(self, quiz: str, answers: Sequence[int]) -> ShownVerdict:
        """Judge: the first answer is right."""
        del quiz
        if self.refuse is not None:
            raise self.refuse
        code = self.asked_of
        questions = lessons().lesson(code, spoken().value).questions[:ASKED]
        judged = tuple(
            ShownAnswer(at == 0, "" if at < 0 else q.choices[at].why) for q, at in zip(questions, answers, strict=True)
        )
        right = sum(one.is_right for one in judged)
        if right >= NEEDED:
            self.passed[code] = LessonStanding.PASSED
        return ShownVerdict(judged, right, NEEDED, right >= NEEDED, 3, 0)

    @property
    def asked_of(self) -> str:
        """The lesson whose test runs: the first that is not passed."""
        return next(code for code in LESSONS if code not in self.passed)

    def resting(
        self, sections: tuple[tuple[DataClass, tuple[ShownField, ...]], ...]
    ) -> tuple[tuple[DataClass, tuple[ShownField, ...]], ...]:
        """The sections of a card, as they are while a lesson opens them (`rests`), or the rules."""
        if not self.rests or self.rests in self.passed:
            return sections
        reason = RULES if self.rests == RULES else "training"
        lesson = "" if self.rests == RULES else self.rests
        return tuple(
            (c, tuple(one._replace(action=Action.NONE, reason=reason, lesson=lesson) for one in fields))
            for c, fields in sections
        )

    def save_certificate(self, code: str, path: Path) -> None:
        """Remember where it would lie."""
        if self.refuse is not None:
            raise self.refuse
        self.saved.append((code, path))

    def save_certificate_page(self, code: str, language: Language, path: Path) -> None:
        """The same for the page."""
        if self.refuse is not None:
            raise self.refuse
        self.pages.append((code, language, path))
