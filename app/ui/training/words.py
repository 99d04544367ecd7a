"""The words of training: how a lesson stands, what it opens, how long it takes."""

from app.session.shown_training import LessonStanding, ShownLesson
from app.ui.language import tr as _tr
from app.ui.saying import said
from app.ui.words import class_name, day_and_time, day_of_year, in_a_sentence, listed, number

ICONS = {
    LessonStanding.NEW: ("book-open", "ink2"),
    LessonStanding.PASSED: ("circle-check", "ok"),
    LessonStanding.ENDS_SOON: ("clock", "warn"),
    LessonStanding.OVER: ("circle-alert", "danger"),
}
RULES_ICON = "scroll-text"


@said
def standing_words(lesson: ShownLesson) -> str:
    """How somebody stands with it, in a sentence."""
    if lesson.standing is LessonStanding.PASSED:
        return _tr("Passed. It counts until {day}.").format(day=day_of_year(lesson.ends_at))
    if lesson.standing is LessonStanding.ENDS_SOON:
        return _tr("Passed. It counts until {day}; take it again before.").format(day=day_of_year(lesson.ends_at))
    if lesson.standing is LessonStanding.OVER:
        return _tr("It counted until {day}. Take it again.").format(day=day_of_year(lesson.ends_at))
    return _tr("Not taken yet.")


@said
def short_standing(lesson: ShownLesson) -> str:
    """The same in a word, for the list and its reader."""
    words = {
        LessonStanding.NEW: _tr("to be taken") if lesson.classes else _tr("not taken"),
        LessonStanding.PASSED: _tr("passed"),
        LessonStanding.ENDS_SOON: _tr("ends soon"),
        LessonStanding.OVER: _tr("over"),
    }
    return words[lesson.standing]


@said
def facts_words(lesson: ShownLesson) -> str:
    """How long it takes, what opens with it, what it rests on."""
    parts = [_tr("About {n} minutes with its test").format(n=number(lesson.minutes))]
    if lesson.classes:
        names = listed(*(in_a_sentence(class_name(one)) for one in lesson.classes))
        parts.append(_tr("needed for: {classes}").format(classes=names))
    parts.append(lesson.law)
    return "  ·  ".join(parts)


@said
def tries_words(left: int, next_try_at: float) -> str:
    """How many tests may still be begun, or when one may again."""
    if left:
        return _tr("Tests left today: {n}").format(n=number(left))
    return _tr("The tests of today are used. The next one: {time}").format(time=day_and_time(next_try_at))
