"""Parts of a policy in words: numbers with their units, reasons, quotas, hours, and what has no words of its own."""

from collections.abc import Collection
from dataclasses import fields, is_dataclass

from app.domain.data_class import SEALED_CLASSES, DataClass
from app.domain.kept_find import KeepReason
from app.domain.off_hours import Outside
from app.domain.office_hours import OfficeHours
from app.domain.policy import Reason
from app.domain.posture.demands import Demand
from app.domain.posture.words import Part
from app.domain.quota import Quota
from app.domain.role import Role
from app.domain.wrap_up import WrapWord
from app.ui.language import spoken
from app.ui.language import tr as _tr
from app.ui.posture.words import part_name
from app.ui.saying import said
from app.ui.words import class_name, find_name, number, role_name, wall_time, weekday_name


def yes_no(value: object) -> str:
    """A switch."""
    return _tr("yes") if value else _tr("no")


def number_name(key: str) -> str:
    """A number of the policy."""
    names = {
        "idle_lock_s": _tr("Unused until the lock"),
        "idle_end_s": _tr("Unused until the end"),
        "call_idle_max_s": _tr("Unused during a call until the lock"),
        "session_s": _tr("Longest session"),
        "lease_s": _tr("Without the back office"),
        "beat_s": _tr("Between two beats"),
        "step_up_s": _tr("A fresh code counts"),
        "sign_in_s": _tr("A half-finished sign-in"),
        "view_s": _tr("A field stays open"),
        "unlock_wait_s": _tr("A request waits"),
        "unlock_s": _tr("An unlock can be used"),
        "unlock_views": _tr("Views of an unlock"),
        "ask_again_s": _tr("Until one may ask again"),
        "clipboard_s": _tr("A copy stays"),
        "lock_tries": _tr("Wrong passwords at the lock"),
        "verify_tries_call": _tr("Tries per field and call"),
        "verify_tries_day": _tr("Tries per customer and day"),
        "lookups_minute": _tr("Lookups in a minute"),
        "lookups_shift": _tr("Lookups in a shift"),
        "edits_minute": _tr("Changed fields in a minute"),
        "edits_shift": _tr("Changed fields in a shift"),
        "reason_text_min": _tr("Letters of own words, least"),
        "reason_text_max": _tr("Letters of own words, most"),
        "activation_s": _tr("An activation code counts"),
        "import_batch_records": _tr("Customers under one data key"),
    }
    return names.get(key, key)


def number_value(key: str, value: int) -> str:
    """A number with its unit."""
    if not key.endswith("_s"):
        return number(value)
    if value >= 7_200 and value % 3_600 == 0:
        return _tr("{n} h").format(n=value // 3_600)
    if value >= 120 and value % 60 == 0:
        return _tr("{n} min").format(n=value // 60)
    return _tr("{n} s").format(n=number(value))


def check_name(key: str) -> str:
    """A part of the identity check of callers."""
    names = {
        "fields": _tr("Answers that count"),
        "need": _tr("Answers that have to match"),
        "by_eye_max": _tr("Of these, compared by eye"),
        "required_for": _tr("Caller needed for"),
        "longest_s": _tr("A check counts"),
    }
    return names.get(key, key)


@said
def other_name(of: tuple[str, ...]) -> str:
    """A part that has no place of its own, and whose it is."""
    names = {
        "quotas": _tr("Quota"),
        "off_hours": _tr("Outside the hours of work"),
        "posture": _tr("Protection of workstations"),
        "office_hours": _tr("Hours of work"),
        "who_saw": _tr("Who saw my data"),
        "copied": _tr("Classes that may be copied"),
        "capture_exception": _tr("Captures let through by IT"),
        "only_known_workstations": _tr("Only known workstations sign in"),
    }
    return ", ".join(names.get(part, _place(part)) for part in of)


def _place(part: str) -> str:
    if part in set(Part):
        return part_name(Part(part))
    if part in set(Role):
        return role_name(Role(part))
    return class_name(DataClass(part)) if part in set(DataClass) else part


@said
def plain(value: object) -> str:
    """Any value of a policy as text."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, Reason):
        return reason_words(value)
    if isinstance(value, KeepReason):
        return keep_words(value)
    if isinstance(value, WrapWord):
        return wrap_up_words(value)
    if isinstance(value, Quota):
        return quota_words(value)
    if isinstance(value, Outside):
        return outside_words(value)
    if isinstance(value, Demand):
        return demand_value(value)
    if isinstance(value, OfficeHours):
        return hours_words(value)
    if is_dataclass(value) and not isinstance(value, type):
        return ", ".join(f"{f.name} {plain(getattr(value, f.name))}" for f in fields(value))
    if isinstance(value, frozenset | set):
        return classes_words(value) if value <= set(DataClass) else ", ".join(sorted(map(str, value)))
    if isinstance(value, tuple | list):
        return ", ".join(plain(part) for part in value) or "–"
    return str(value)


def quota_words(quota: Quota) -> str:
    """How much in a shift, and how fast."""
    words = _tr("{n} in a shift, {m} in {t}")
    return words.format(n=number(quota.shift), m=number(quota.pace_count), t=number_value("pace_s", quota.pace_s))


def outside_words(outside: Outside) -> str:
    """What holds outside the hours of work."""
    words = {
        Outside.OPEN: _tr("as within them"),
        Outside.CODE: _tr("a fresh code for each"),
        Outside.ASK: _tr("a supervisor decides"),
    }
    return words[outside]


def demand_value(demand: Demand) -> str:
    """What is demanded of a part of a workstation."""
    words = {
        Demand.OFF: _tr("not asked for"),
        Demand.ADVISED: _tr("advised"),
        Demand.REQUIRED: _tr("required, else values stay shut"),
    }
    return words[demand]


@said
def hours_words(hours: OfficeHours) -> str:
    """Days, from when until when, and where."""
    days = ", ".join(weekday_name(day) for day in sorted(hours.days))
    begin, end = (wall_time(minute // 60, minute % 60) for minute in (hours.from_min, hours.until_min))
    return f"{days}; {begin}–{end}; {hours.time_zone}"


@said
def classes_words(classes: Collection[object]) -> str:
    """Classes in a line, in their order."""
    if all(c in classes for c in SEALED_CLASSES):
        return _tr("All classes")
    return ", ".join(class_name(c) for c in DataClass if c in classes) or _tr("none")


@said
def reason_words(reason: Reason) -> str:
    """A reason with what goes with it."""
    return "; ".join((reason.label(spoken().value), classes_words(reason.classes), *_conditions(reason)))


@said
def reason_conditions(what: str, reason: Reason) -> str:
    """What a reason is for and what goes with it."""
    return ", ".join((reason_kind(what), *_conditions(reason)))


def _conditions(reason: Reason) -> tuple[str, ...]:
    words = (_tr("own words needed"),) if reason.needs_text else ()
    purpose = (_tr("only for {purpose}").format(purpose=reason.purpose),) if reason.purpose else ()
    return (*words, _tr("caller needed") if reason.needs_caller else _tr("without a caller"), *purpose)


def reason_kind(what: str) -> str:
    """What a reason is given for."""
    return _tr("to reveal") if what == "reveal" else _tr("to ask")


def keep_name(code: str) -> str:
    """A reason to keep finds of a note, by its code."""
    return _tr("Kept in notes: {code}").format(code=code)


@said
def keep_words(reason: KeepReason) -> str:
    """Such a reason: its label, the kinds of finds that it lets stay, and for whom."""
    finds = ", ".join(find_name(find) for find in sorted(reason.finds))
    return "; ".join((reason.label(spoken().value), finds, ", ".join(role_name(role) for role in sorted(reason.roles))))


def wrap_up_name(kind: str, code: str) -> str:
    """An outcome or a tag, by its code."""
    words = _tr("Outcome: {code}") if kind == "outcome" else _tr("Tag: {code}")
    return words.format(code=code)


@said
def wrap_up_words(word: WrapWord) -> str:
    """An outcome or a tag with what goes with it."""
    conditions = ((word.needs_call_back, _tr("call-back needed")), (word.retired, _tr("retired")))
    return "; ".join((word.label(spoken().value), *(words for it_is, words in conditions if it_is)))
