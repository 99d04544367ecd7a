"""What a rule is called, and what a flag says: what fired, with which numbers, and what is usual."""

from app.domain.exposures.words import Rule
from app.session.shown_exposures import Flag, FlagState
from app.ui.exposures.words import OfficeClock, customer_name, day_label, exposures
from app.ui.language import tr as _tr
from app.ui.saying import said
from app.ui.words import number, one_or_many

RECENT_DAYS = 6


def rule_name(rule: Rule) -> str:
    """A rule, as after a name."""
    names = {
        Rule.BULK: _tr("many views in a short time"),
        Rule.OFF_HOURS: _tr("views outside the hours of work"),
        Rule.SAME_CUSTOMER: _tr("same customer again"),
        Rule.NO_CALL: _tr("views without a call"),
        Rule.REFUSALS: _tr("many refusals"),
    }
    return names[rule]


def rule_text(rule: Rule) -> str:
    """What a rule counts."""
    texts = {
        Rule.BULK: _tr("exposures of one person within an hour"),
        Rule.OFF_HOURS: _tr("exposures of one person outside the hours of work, in a day"),
        Rule.SAME_CUSTOMER: _tr("occasions at one customer within seven days; one person on one day is one"),
        Rule.NO_CALL: _tr(
            "exposures of one person without an identity check, for reasons that take a caller, in a day"
        ),
        Rule.REFUSALS: _tr("refusals of one person in a day"),
    }
    return texts[rule]


@said
def flag_title(flag: Flag) -> str:
    """Who or which customer, and what."""
    name = customer_name(flag.name, flag.subject) if flag.rule is Rule.SAME_CUSTOMER else flag.name or flag.subject
    return f"{name}: {rule_name(flag.rule)}"


@said
def flag_text(flag: Flag, clock: OfficeClock, now: float) -> str:
    """The numbers that fired it, in one or two sentences."""
    parts = [_what(flag, clock, now), _tr("the rule fires at {n}").format(n=number(flag.threshold))]
    if flag.usual is not None and flag.value > flag.usual[1]:
        low, high = flag.usual
        usual = _tr("usual is {a} to {b}") if low != high else _tr("usual is {a}")
        parts.append(usual.format(a=number(low), b=number(high)))
    text = "; ".join(parts) + "."
    if flag.no_call and flag.rule is not Rule.NO_CALL:
        text += " " + _tr("{a} of {b} had no call.").format(a=number(flag.no_call), b=number(flag.exposures))
    return text


def _what(flag: Flag, clock: OfficeClock, now: float) -> str:
    if flag.rule is Rule.SAME_CUSTOMER:
        words = _tr("{n} occasions by {people} people on {days} days")
        return words.format(n=number(flag.value), people=number(flag.agents), days=number(flag.days))
    day = when(flag.since, clock, now)
    if flag.rule is Rule.BULK:
        words = _tr("{count} {day} between {a} and {b}")
        return words.format(
            count=exposures(flag.value), day=day, a=clock.minutes(flag.since), b=clock.minutes(flag.until)
        )
    texts = {
        Rule.OFF_HOURS: _tr("{count} outside the hours of work {day}"),
        Rule.NO_CALL: _tr("{count} without an identity check {day}"),
        Rule.REFUSALS: one_or_many(flag.value, _tr("{n} refusal {day}"), _tr("{n} refusals {day}")),
    }
    return texts[flag.rule].format(count=exposures(flag.value), n=number(flag.value), day=day)


def when(at: float, clock: OfficeClock, now: float) -> str:
    """Today, yesterday, or on a day; within a sentence."""
    day = clock.day(at)
    ago = (clock.day(now) - day).days
    if ago <= 1:
        return _tr("yesterday") if ago == 1 else _tr("today")
    return _tr("on {day}").format(day=day_label(day, weekday=ago <= RECENT_DAYS))


def state_words(flag: Flag, clock: OfficeClock, now: float) -> tuple[str, str]:
    """A flag's chip: the words, and their tone."""
    if flag.state is FlagState.ACKNOWLEDGED:
        return _tr("Acknowledged"), "ok"
    if flag.state is FlagState.GROWN:
        return _tr("More since"), "warn"
    day = clock.day(flag.since)
    if (clock.day(now) - day).days <= 0:
        return _tr("New"), "danger"
    return _tr("Since {day}").format(day=day_label(day)), ""


def acknowledged_words(flag: Flag, clock: OfficeClock) -> str:
    """Who looked at it, when, and what they said."""
    if flag.acknowledged is None:
        return ""
    done = flag.acknowledged
    words = _tr("{name}, {day} {t}: {comment}") if done.comment else _tr("{name}, {day} {t}; the comment was erased")
    return words.format(
        name=done.by_name or done.by, day=day_label(clock.day(done.at)), t=clock.minutes(done.at), comment=done.comment
    )
