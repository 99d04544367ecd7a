"""The report of training: who is due, who failed where, and which questions are missed most.

A supervisor sees the agents whose exposures they see, a privacy officer everybody. Of single answers nothing is told
with a name: which questions are missed is counted over all of these people. It tells no right answer.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select, func, select

from app.api.messages.training_report import (
    LearnerLesson,
    LearnerMessage,
    LessonTests,
    MissedQuestion,
    TrainingReport,
)
from app.auth.book import Entry, State
from app.backoffice.class_grants import display_names
from app.backoffice.exposure_scope import watched
from app.backoffice.office import OpenOffice
from app.backoffice.privacy.duty_gate import must_have
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.backoffice.training import acceptance, certificates
from app.backoffice.training.library import library
from app.backoffice.training_tables import training_answers, training_quizzes
from app.domain.policy import Policy
from app.domain.privacy.duties import Duty
from app.domain.role import Role
from app.domain.training.lesson import LESSONS, LessonCode
from app.domain.training.report import LOOKED_BACK_DAYS, Answers, Learner, LessonOf, most_missed
from app.domain.training.rule import DAY_MS

READ = "training.report"
MOST_MISSED = 24
_quizzes, _answers = training_quizzes.c, training_answers.c


def training_report(office: OpenOffice, session: Session) -> TrainingReport:
    """How the people stand whom this person looks after.

    Raises:
        NotAllowedError: code `role_privacy`. The refusal stands in the log.
    """
    with refusals_logged(office, session, READ):
        must_have(session, Duty.READ_TRAINING)
    people = {name: one for name, one in watched(office, session).items() if one.state == State.ACTIVE}
    with office.database.reading() as db:
        return report_of(office, db, people, office.clock.now_ms())


def everybody(office: OpenOffice) -> dict[str, Entry]:
    """Who is at work, by account."""
    accounts = office.book.accounts()
    return {one.name: one for one in accounts if one.state == State.ACTIVE and one.role != Role.RECOVERY}


def report_of(office: OpenOffice, db: Connection, people: Mapping[str, Entry], now_ms: int) -> TrainingReport:
    """How these people stand.

    Args:
        office: the open office.
        db: connection.
        people: by account.
        now_ms: the office's time.
    """
    since = now_ms - LOOKED_BACK_DAYS * DAY_MS
    names = display_names(db)
    tests, failed = _tests(db, since, people)
    learners = learners_of(office, db, people, now_ms, names, failed)
    missed = _missed(db, since, people)
    told = tuple(map(_told, learners))
    return TrainingReport(learners=told, tests=tests, missed=missed, since_ms=since, now_ms=now_ms)


def lessons_of(policy: Policy, role: Role) -> tuple[LessonCode, ...]:
    """The lessons without which a role opens less than it may, in the order in which they are taken."""
    rule, access = policy.training, policy.roles[role]
    needed = {code for data_class in access.reveals for code in rule.opens.get(data_class, ())}
    return tuple(code for code in LESSONS if code in needed)


def learners_of(
    office: OpenOffice,
    db: Connection,
    people: Mapping[str, Entry],
    now_ms: int,
    names: Mapping[str, str] | None = None,
    failed: Mapping[str, Counter[str]] | None = None,
) -> tuple[Learner, ...]:
    """How these people stand, by name; only certificates that the office signed count.

    Args:
        office: the open office.
        db: connection.
        people: by account.
        now_ms: the office's time.
        names: what they are called.
        failed: tests that they failed, by account and lesson.
    """
    names, failed, rule = names or {}, failed or {}, office.policy.training
    found = []
    for account, entry in people.items():
        needed = lessons_of(office.policy, Role(entry.role))
        held = certificates.newest_by_lesson(office, db, account) if needed else {}
        ends = {lesson: one.expires_ms for lesson, one in held.items() if one.passed_ms <= now_ms}
        lost = failed.get(account, Counter[str]())
        found.append(
            Learner(
                account=account,
                name=names.get(account, account),
                role=entry.role,
                lessons=tuple(LessonOf(code, ends.get(code, 0), lost[code]) for code in needed),
                rules_due=bool(needed) and rule.accept_rules and not acceptance.accepted_ms(office, db, account),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.account)))


def _told(one: Learner) -> LearnerMessage:
    lessons = (LearnerLesson(lesson=each.lesson, ends_ms=each.ends_ms, failed=each.failed) for each in one.lessons)
    return LearnerMessage(
        account=one.account, name=one.name, role=Role(one.role), lessons=tuple(lessons), rules_due=one.rules_due
    )


def _tests(
    db: Connection, since_ms: int, people: Mapping[str, Entry]
) -> tuple[tuple[LessonTests, ...], dict[str, Counter[str]]]:
    """Judged tests by lesson; and those that failed, by person and lesson."""
    query = (
        select(_quizzes.account, _quizzes.lesson, _quizzes.passed, func.count().label("times"))
        .where(_quizzes.judged_ms >= since_ms)
        .group_by(_quizzes.account, _quizzes.lesson, _quizzes.passed)
    )
    judged, lost, failed = Counter[str](), Counter[str](), defaultdict[str, Counter[str]](Counter)
    for row in db.execute(query):
        if row.account not in people:
            continue
        judged[row.lesson] += row.times
        if not row.passed:
            lost[row.lesson] += row.times
            failed[row.account][row.lesson] += row.times
    tests = tuple(LessonTests(lesson=code, judged=judged[code], failed=lost[code]) for code in LESSONS)
    return tests, failed


def _missed(db: Connection, since_ms: int, people: Mapping[str, Entry]) -> tuple[MissedQuestion, ...]:
    query: Select[Any] = (
        select(_quizzes.account, _answers.lesson, _answers.question, _answers.is_right, func.count().label("times"))
        .join(training_quizzes, _quizzes.id == _answers.quiz)
        .where(_answers.at_ms >= since_ms)
        .group_by(_quizzes.account, _answers.lesson, _answers.question, _answers.is_right)
    )
    answers = Answers()
    for row in db.execute(query.execution_options(yield_per=1000)):
        if row.account in people:
            answers.add(row.lesson, row.question, row.times, is_right=row.is_right)
    known = {code: {one.code for one in library().lesson(code, "en").questions} for code in LESSONS}
    return tuple(
        MissedQuestion(
            lesson=one.lesson,
            text_en=library().lesson(one.lesson, "en").question(one.question).text,
            text_id=library().lesson(one.lesson, "id").question(one.question).text,
            asked=one.asked,
            wrong=one.wrong,
        )
        for one in most_missed(answers, MOST_MISSED, known)
    )
