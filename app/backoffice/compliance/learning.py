"""The report of training as a part of a compliance report: who is due, who failed where, what is missed most."""

from app.api.messages.training_report import LearnerMessage, TrainingReport
from app.backoffice.training.library import library
from app.domain.access_texts import TEXTS
from app.domain.compliance.document_words import DocumentWords
from app.domain.compliance.figure_texts import FigureTexts
from app.domain.compliance.sections import Section
from app.domain.role import Role

_MOST_MISSED = 10


def learning_sections(report: TrainingReport, texts: FigureTexts) -> tuple[Section, ...]:
    """Two tables: people who are due or failed a test, and questions.

    Args:
        report: of everybody.
        texts: the language.
    """
    listed = tuple(one for one in report.learners if _is_due(one, report.now_ms) or any(e.failed for e in one.lessons))
    due = sum(_is_due(one, report.now_ms) for one in report.learners)
    key, all_ = ("learning.due" if listed else "learning.nobody"), texts.number(len(report.learners))
    people = Section(
        texts.text("learning"),
        (texts.text(key, due=texts.number(due), all=all_), texts.text("learning.about")),
        tuple(map(texts.text, ("person", "role", "due", "failed"))) if listed else (),
        tuple(_row(one, report.now_ms, texts) for one in listed),
    )
    missed = report.missed[:_MOST_MISSED]
    if not missed:
        return (people,)
    rows = tuple(
        (
            title_of(one.lesson, texts.language),
            one.text_id if texts.language == "id" else one.text_en,
            texts.number(one.asked),
            texts.number(one.wrong),
        )
        for one in missed
    )
    return people, Section(
        texts.text("learning.missed"),
        columns=tuple(map(texts.text, ("lesson", "question", "asked", "wrong"))),
        rows=rows,
    )


def title_of(lesson: str, language: str) -> str:
    """A lesson by its title."""
    return library().lesson(lesson, language).title


def _is_due(one: LearnerMessage, now_ms: int) -> bool:
    return one.rules_due or any(each.ends_ms <= now_ms for each in one.lessons)


def _row(one: LearnerMessage, now_ms: int, texts: FigureTexts) -> tuple[str, ...]:
    due = [texts.text("rules")] if one.rules_due else []
    due += [title_of(each.lesson, texts.language) for each in one.lessons if each.ends_ms <= now_ms]
    failed = [
        f"{title_of(each.lesson, texts.language)}: {texts.number(each.failed)}" for each in one.lessons if each.failed
    ]
    who = one.name if one.name == one.account else f"{one.name} ({one.account})"
    nothing = texts.text("none")
    return who, _role(one.role, texts.language), "; ".join(due) or nothing, "; ".join(failed) or nothing


def _role(role: Role, language: str) -> str:
    said = TEXTS[language].get(f"role.{role.value}")
    return said or DocumentWords(language).text(f"role.{role.value}")
