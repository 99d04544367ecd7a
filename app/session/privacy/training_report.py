"""The report of training for one session, as a page of the privacy desk shows it."""

from dataclasses import dataclass

from app.api.client import training as calls
from app.domain.training.report import Learner, LessonOf
from app.domain.two_languages import TwoLanguages
from app.session.identity import Identity


@dataclass(frozen=True, slots=True)
class ShownMissed:
    """A question that was missed: of which lesson, what it asks, how often it was asked and missed."""

    lesson: str
    text: str
    asked: int
    wrong: int


@dataclass(frozen=True, slots=True)
class ShownTests:
    """Tests of a lesson that were judged, and how many failed."""

    lesson: str
    judged: int
    failed: int


@dataclass(frozen=True, slots=True)
class ShownReport:
    """The report; times are those of the office."""

    learners: tuple[Learner, ...]
    tests: tuple[ShownTests, ...]
    missed: tuple[ShownMissed, ...]
    since_ms: int
    now_ms: int


class TrainingReports:
    """Asks the office for it.

    Args:
        identity: who signed in.
        language: of questions, `en` or `id`.
    """

    def __init__(self, identity: Identity, language: str) -> None:
        self._identity, self._language = identity, language

    def report(self) -> ShownReport:
        """How the people stand whom the person looks after.

        Raises:
            NotAllowedError: code `role_privacy`.
        """
        told = calls.report(self._identity.client)
        return ShownReport(
            learners=tuple(
                Learner(
                    account=one.account,
                    name=one.name,
                    role=one.role.value,
                    lessons=tuple(LessonOf(each.lesson, each.ends_ms, each.failed) for each in one.lessons),
                    rules_due=one.rules_due,
                )
                for one in told.learners
            ),
            tests=tuple(ShownTests(one.lesson, one.judged, one.failed) for one in told.tests),
            missed=tuple(
                ShownMissed(one.lesson, TwoLanguages(one.text_en, one.text_id, self._language), one.asked, one.wrong)
                for one in told.missed
            ),
            since_ms=told.since_ms,
            now_ms=told.now_ms,
        )
