"""Training as one person has it: which lesson a class waits for, lessons to read, tests, the rules of conduct.

How they stand is asked for once and after each change; what keeps a class shut is then known without asking, as paint:
the office decides. While it does not answer, nothing is said to rest.
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app.api.client import training as calls
from app.api.messages.training import (
    AcceptRules,
    AnswerQuiz,
    AskLesson,
    AskRules,
    CertificateMessage,
    Language,
    LessonState,
    TrainingState,
)
from app.auth.rules_acceptance import rules_accepted
from app.auth.training_certificate import TrainingCertificate
from app.crypto.errors import SealError
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError, TiraiError, VerificationError
from app.domain.policy import Access
from app.domain.training.certificate_file import certificate_text
from app.domain.training.lesson import LESSONS, LessonCode
from app.domain.training.rule import DAY_MS
from app.domain.two_languages import TwoLanguages
from app.session.identity import Identity
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
from app.storage.new_file import write_new_file

SOON_MS = 30 * DAY_MS


class Training:
    """Lessons and certificates of whoever is signed in."""

    def __init__(self, identity: Identity, language: str, now: Callable[[], float] = time.time, name: str = "") -> None:
        """Learn as this identity.

        Args:
            identity: who is signed in.
            language: of texts, `en` or `id`.
            name: the person's, for a certificate.
            now: seconds since 1970.
        """
        self._identity, self._now, self._name = identity, now, name
        self._language: Language = "id" if language == "id" else "en"
        self._state: TrainingState | None = None
        self._is_asked = False

    @property
    def is_anything_asked(self) -> bool:
        """Whether policy lets anything rest for what somebody has not learnt."""
        return not self._identity.policy.training.asks_for_nothing

    def state(self) -> ShownTraining:
        """How the person stands, as the office has it now.

        Raises:
            OfficeAwayError: it does not answer.
        """
        self._state = calls.state(self._identity.client)
        self._is_asked = True
        return self._shown(self._state)

    def missing(self, data_class: DataClass) -> str:
        """What keeps a class shut: a lesson's code, `RULES`, or nothing; asks the office at most once."""
        rule = self._identity.policy.training
        if rule.asks_for_nothing:
            return ""
        if not self._is_asked:
            self._is_asked = True
            try:
                self.state()
            except TiraiError:
                return ""
        state = self._state
        if state is None:
            return ""
        passed = {one.lesson for one in state.lessons if _counts(one, self._now_ms())}
        return rule.missing(data_class, passed, accepted=state.rules_accepted_ms > 0)

    def lesson(self, code: str) -> ShownText:
        """A lesson to read."""
        found = calls.lesson(self._identity.client, AskLesson(lesson=_code(code), language=self._language))
        return ShownText(found.title, found.text, found.version)

    def begin(self, code: str) -> ShownQuiz:
        """A test of a lesson.

        Raises:
            NotAllowedError: code `quiz_tries`.
        """
        quiz = calls.begin(self._identity.client, AskLesson(lesson=_code(code), language=self._language))
        questions = tuple(ShownQuestion(one.text, one.choices, one.screen) for one in quiz.questions)
        return ShownQuiz(quiz.id.hex(), quiz.lesson, questions, quiz.needed, quiz.tries_left)

    def answer(self, quiz: str, answers: Sequence[int]) -> ShownVerdict:
        """Have a test judged.

        Raises:
            NotAllowedError: code `quiz_over`.
        """
        said = AnswerQuiz(answers=tuple(answers), language=self._language)
        verdict = calls.answer(self._identity.client, bytes.fromhex(quiz), said)
        self._is_asked = False
        return ShownVerdict(
            answers=tuple(ShownAnswer(one.is_right, one.why) for one in verdict.answers),
            right=verdict.right,
            needed=verdict.needed,
            is_passed=verdict.certificate is not None,
            tries_left=verdict.tries_left,
            next_try_at=verdict.next_try_ms / 1000,
        )

    def rules(self) -> ShownText:
        """The rules of conduct."""
        found = calls.rules(self._identity.client, AskRules(language=self._language))
        return ShownText(found.title, found.text, found.version)

    def accept(self, version: int) -> None:
        """Accept the rules of conduct that were shown.

        Raises:
            InputRefusedError: code `rules_moved`: newer ones have come.
        """
        identity = self._identity
        found = calls.rules(identity.client, AskRules(language=self._language))
        message = rules_accepted(identity.office, identity.session, identity.account, version, found.digest)
        said = AcceptRules(version=version, digest=found.digest, signature=identity.sign(message))
        calls.accept(identity.client, said)
        self._is_asked = False

    def save_certificate(self, code: str, path: Path) -> None:
        """Write the newest certificate of a lesson to a file, for `tirai training verify`.

        Raises:
            NotAllowedError: code `no_certificate`.
            FileRefusedError: the file cannot be written.
        """
        _lesson, message = self._certified(code)
        text = certificate_text(self._identity.office, _parts(message), message.signature)
        write_new_file(path, text.encode())

    def save_certificate_page(self, code: str, language: Language, path: Path) -> None:
        """Write it as a page to keep; what the office did not sign is not written.

        Raises:
            NotAllowedError: code `no_certificate`.
            VerificationError: the office did not sign what it told.
            FileRefusedError: the file cannot be written.
        """
        from app.session.training_paper import CertificatePage, certificate_pdf

        identity = self._identity
        lesson, message = self._certified(code)
        certificate = TrainingCertificate(**_parts(message))
        try:
            certificate.check(identity.office, identity.book.office_entry.sign, message.signature)
        except (SealError, OverflowError) as e:
            raise VerificationError("This office did not sign the certificate that it told of.") from e
        page = CertificatePage(
            certificate=certificate,
            signature=message.signature,
            person=self._name or identity.account,
            lesson=lesson.title_id if language == "id" else lesson.title_en,
            law=lesson.law,
            office=identity.office,
            office_name=identity.client.hello().name,
            zone=identity.policy.office_hours.zone,
            language=language,
        )
        write_new_file(path, certificate_pdf(page))

    def _certified(self, code: str) -> tuple[LessonState, CertificateMessage]:
        """A lesson and its newest certificate."""
        state = calls.state(self._identity.client)
        lesson = next((one for one in state.lessons if one.lesson == code), None)
        if lesson is None or lesson.certificate is None:
            raise NotAllowedError("There is no certificate of this lesson yet.", code="no_certificate")
        return lesson, lesson.certificate

    def _now_ms(self) -> int:
        return int(self._now() * 1000)

    def _shown(self, state: TrainingState) -> ShownTraining:
        rule = self._identity.policy.training
        return ShownTraining(
            lessons=tuple(self._lesson(one) for one in state.lessons),
            rules_version=state.rules_version,
            rules_accepted_at=state.rules_accepted_ms / 1000,
            rules_due=rule.accept_rules and not state.rules_accepted_ms,
        )

    def _lesson(self, one: LessonState) -> ShownLesson:
        policy, role = self._identity.policy, self._identity.role
        found = one.certificate
        opens = policy.training.classes_of(one.lesson)
        return ShownLesson(
            code=one.lesson,
            title=TwoLanguages(one.title_en, one.title_id, self._language),
            minutes=one.minutes,
            screen=one.screen,
            law=one.law,
            standing=_standing(one, self._now_ms()),
            passed_at=found.passed_ms / 1000 if found else 0,
            ends_at=found.expires_ms / 1000 if found else 0,
            right=found.right if found else 0,
            asked=found.asked if found else 0,
            certificate=found.id.hex() if found else "",
            tries_left=one.tries_left,
            next_try_at=one.next_try_ms / 1000,
            classes=tuple(c for c in opens if policy.access(role, c) is not Access.NEVER),
        )


def _code(code: str) -> LessonCode:
    return next(one for one in LESSONS if one == code)


def _parts(message: CertificateMessage) -> dict[str, Any]:
    """What was signed of a certificate."""
    return {name: getattr(message, name) for name in TrainingCertificate.__slots__}


def _counts(one: LessonState, now_ms: int) -> bool:
    return one.certificate is not None and now_ms < one.certificate.expires_ms


def _standing(one: LessonState, now_ms: int) -> LessonStanding:
    if one.certificate is None:
        return LessonStanding.NEW
    if now_ms >= one.certificate.expires_ms:
        return LessonStanding.OVER
    return LessonStanding.ENDS_SOON if now_ms >= one.certificate.expires_ms - SOON_MS else LessonStanding.PASSED
