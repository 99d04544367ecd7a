"""The words of the figures: what a column, a part and a bar are called."""

from datetime import date

from app.domain.compliance.figures import COUNTS, ENDS_SOON, LACKING, LATE, ON_TIME, OPEN, Part, Series
from app.domain.training.lesson import LESSONS
from app.ui.language import tr as _tr
from app.ui.saying import now, said
from app.ui.words import lesson_name, month_and_year, number


@said
def column_name(column: str) -> str:
    """A month with its year, or a lesson."""
    return lesson_name(column) if column in LESSONS else month_and_year(_month(column))


@said
def column_label(column: str) -> str:
    """The same below a bar, short: `Nov 26`, or what the lesson is about in a word."""
    words = {
        "law": _tr("Law"),
        "masks": _tr("Masks"),
        "callers": _tr("Callers"),
        "notes": _tr("Notes"),
        "incidents": _tr("Incidents"),
        "rights": _tr("Rights"),
    }
    if column in words:
        return words[column]
    return month_and_year(_month(column), short=True)


def _month(column: str) -> date:
    year, month = map(int, column.split("-"))
    return date(year, month, 1)


@said
def part_name(part: Part) -> str:
    """A part in a legend."""
    words = {
        ON_TIME: _tr("in time"),
        OPEN: _tr("open, in time"),
        LATE: _tr("late"),
        COUNTS: _tr("counts"),
        ENDS_SOON: _tr("ends soon"),
        LACKING: _tr("lacking"),
        "ahead": _tr("values"),
        "others": _tr("other purposes"),
    }
    return words.get(part.code) or now(part.label) or part.code


@said
def bar_words(series: Series, column: int) -> str:
    """A bar as a reader says it."""
    parts = [f"{part_name(part)} {number(part.counts[column])}" for part in series.parts]
    return f"{column_name(series.columns[column])}: {', '.join(parts)}"
