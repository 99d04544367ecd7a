"""How a person stands with training: lessons, their certificates, tries that are left, accepted rules."""

from app.api.messages.training import AskLesson, LessonState, ReadText, TrainingState
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.backoffice.training.acceptance import accepted_ms
from app.backoffice.training.certificates import newest_by_lesson
from app.backoffice.training.library import lesson_digest, library
from app.backoffice.training.quizzes import tries
from app.domain.training.lesson import LESSONS


def standing(office: OpenOffice, session: Session) -> TrainingState:
    """All lessons as they stand for whoever asks."""
    with office.database.reading() as db:
        certificates = newest_by_lesson(office, db, session.name)
        lessons, asked = [], office.policy.training.questions
        for code in LESSONS:
            english, indonesian = library().lesson(code, "en"), library().lesson(code, "id")
            left, next_ms = tries(office, db, session.name, code)
            lessons.append(
                LessonState(
                    lesson=code,
                    title_en=english.title,
                    title_id=indonesian.title,
                    minutes=max(english.minutes(asked), indonesian.minutes(asked)),
                    version=english.version,
                    screen=english.screen,
                    law=english.law,
                    certificate=certificates.get(code),
                    tries_left=left,
                    next_try_ms=next_ms,
                )
            )
        return TrainingState(
            lessons=tuple(lessons),
            rules_version=library().rules("en").version,
            rules_accepted_ms=accepted_ms(office, db, session.name),
            now_ms=office.clock.now_ms(),
        )


def lesson_text(asked: AskLesson) -> ReadText:
    """A lesson to read, without its questions."""
    found = library().lesson(asked.lesson, asked.language)
    return ReadText(title=found.title, text=found.text, version=found.version, digest=lesson_digest(asked.lesson))
