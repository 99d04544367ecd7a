"""The words of the report of training: how somebody stands, in a cell and in a sentence."""

from app.domain.role import Role
from app.domain.training.report import Learner, LessonOf
from app.session.privacy.training_report import ShownMissed
from app.ui.language import tr as _tr
from app.ui.policy.policy_table import Line
from app.ui.saying import now, said
from app.ui.words import day_of_year, lesson_name, number, one_or_many, role_name


def is_due(learner: Learner, now_ms: int) -> bool:
    """Whether somebody lacks a lesson, or has to accept the rules."""
    return learner.rules_due or bool(learner.due(now_ms))


@said
def state_words(learner: Learner, now_ms: int) -> str:
    """How somebody stands, in some words."""
    due = len(learner.due(now_ms)) + learner.rules_due
    if due:
        return one_or_many(due, _tr("1 due"), _tr("{n} due")).format(n=number(due))
    if any(one.ends_soon(now_ms) for one in learner.lessons):
        return _tr("Ends soon")
    return _tr("Nothing due")


@said
def due_words(learner: Learner, now_ms: int) -> str:
    """What somebody lacks, by name."""
    names = [_tr("Rules of conduct")] if learner.rules_due else []
    names += [lesson_name(code) for code in learner.due(now_ms)]
    return _some(names)


@said
def failed_words(learner: Learner) -> str:
    """Where somebody failed, and how often."""
    return _some([f"{lesson_name(one.lesson)} {number(one.failed)}" for one in learner.failed])


def _some(names: list[str]) -> str:
    """As many names as a cell has room for; the sentence below the table has all."""
    more = len(names) - 2
    if more < 1:
        return ", ".join(names) or "–"
    return f"{names[0]}, {names[1]}\n" + one_or_many(more, _tr("and 1 more"), _tr("and {n} more")).format(
        n=number(more)
    )


def learner_line(learner: Learner, now_ms: int) -> Line:
    """A row of the people."""
    ends_ms = learner.next_end_ms(now_ms)
    ends = day_words(ends_ms) if ends_ms else "–"
    who = f"{learner.name}\n{role_name(Role(learner.role))}"
    state, due = state_words(learner, now_ms), due_words(learner, now_ms)
    return Line(learner.account, (who, state, due, failed_words(learner), ends))


@said
def day_words(at_ms: int) -> str:
    """A day with its year: what counts for twelve months ends in another one."""
    return day_of_year(at_ms / 1000)


@said
def detail_words(learner: Learner, now_ms: int) -> str:
    """Each lesson of somebody in a sentence."""
    said_ = [lesson_words(one, now_ms) for one in learner.lessons]
    if learner.rules_due:
        said_.insert(0, _tr("The newest rules of conduct are not accepted."))
    if not said_:
        said_ = [_tr("This role needs no lesson.")]
    return f"{learner.name} ({learner.account}): {' '.join(said_)}"


@said
def lesson_words(one: LessonOf, now_ms: int) -> str:
    """One lesson of somebody in a sentence."""
    name = lesson_name(one.lesson)
    if not one.ends_ms:
        text = _tr("{lesson}: not passed yet.").format(lesson=name)
    elif one.is_due(now_ms):
        text = _tr("{lesson}: over since {day}.").format(lesson=name, day=day_words(one.ends_ms))
    else:
        text = _tr("{lesson}: counts until {day}.").format(lesson=name, day=day_words(one.ends_ms))
    if one.failed:
        text += " " + _tr("Tests failed: {n}.").format(n=number(one.failed))
    return text


def missed_line(at: int, one: ShownMissed) -> Line:
    """A row of the questions."""
    share = f"{number(round(100 * one.wrong / one.asked) if one.asked else 0)} %"
    return Line(str(at), (lesson_name(one.lesson), now(one.text), number(one.asked), number(one.wrong), share))


@said
def summary_words(learners: tuple[Learner, ...], now_ms: int) -> str:
    """How many are due, in a sentence."""
    due = sum(is_due(one, now_ms) for one in learners)
    if not learners:
        return _tr("You look after nobody who has lessons to take.")
    if not due:
        return _tr("Nobody of {all} is due.").format(all=number(len(learners)))
    return _tr("{due} of {all} people are due: until they have learnt, what it opens rests for them.").format(
        due=number(due), all=number(len(learners))
    )
