"""Words of the policy's workspace: rights, numbers with their units, changes, and why something was refused."""

from collections.abc import Collection
from dataclasses import fields, is_dataclass

from app.domain.data_class import DataClass
from app.domain.errors import TiraiError
from app.domain.policy import Access, Policy, Reason
from app.domain.policy_difference import Change, ChangeKind
from app.domain.role import Role
from app.session.policies import WhyNotConfirm
from app.ui.faults import fault_of
from app.ui.language import spoken
from app.ui.language import tr as _tr
from app.ui.words import class_name, number, role_name

PEOPLE = (Role.AGENT, Role.SUPERVISOR, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR)


def access_name(access: Access) -> str:
    """What a role may do, as a cell says it."""
    names = {Access.REVEAL: _tr("Reveals"), Access.ASK: _tr("Asks"), Access.NEVER: _tr("Never")}
    return names[access]


def right_words(policy: Policy, role: Role, data_class: DataClass) -> str:
    """A cell: what the role may do, and whether a fresh code is needed."""
    words = access_name(policy.access(role, data_class))
    return words + "\n" + _tr("fresh code") if policy.needs_step_up(role, data_class) else words


def right_sentence(policy: Policy, role: Role, data_class: DataClass) -> str:
    """The same as a sentence."""
    sentences = {
        Access.REVEAL: _tr("Opens one field at a time, for a reason."),
        Access.ASK: _tr("Asks somebody who decides; one field opens, once."),
        Access.NEVER: _tr("Neither opens nor asks for it."),
    }
    return sentences[policy.access(role, data_class)]


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


def other_name(of: tuple[str, ...]) -> str:
    """A part that has no place of its own, and whose it is."""
    names = {
        "quotas": _tr("Quota"),
        "off_hours": _tr("Outside the hours of work"),
        "office_hours": _tr("Hours of work"),
        "who_saw": _tr("Who saw my data"),
        "copied": _tr("Classes that may be copied"),
        "capture_exception": _tr("Captures let through by IT"),
    }
    return ", ".join(names.get(part, _place(part)) for part in of)


def _place(part: str) -> str:
    if part in set(Role):
        return role_name(Role(part))
    return class_name(DataClass(part)) if part in set(DataClass) else part


def plain(value: object) -> str:
    """Any value of a policy as text."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, Reason):
        return reason_words(value)
    if is_dataclass(value) and not isinstance(value, type):
        return ", ".join(f"{f.name} {plain(getattr(value, f.name))}" for f in fields(value))
    if isinstance(value, frozenset | set):
        return classes_words(value) if value <= set(DataClass) else ", ".join(sorted(map(str, value)))
    if isinstance(value, tuple | list):
        return ", ".join(plain(part) for part in value) or "–"
    return str(value)


def classes_words(classes: Collection[object]) -> str:
    """Classes in a line, in their order."""
    return ", ".join(class_name(c) for c in DataClass if c in classes) or _tr("none")


def reason_words(reason: Reason) -> str:
    """A reason with what goes with it."""
    return "; ".join((reason.label(spoken().value), classes_words(reason.classes), *_conditions(reason)))


def reason_conditions(what: str, reason: Reason) -> str:
    """What a reason is for and what goes with it."""
    return ", ".join((reason_kind(what), *_conditions(reason)))


def _conditions(reason: Reason) -> tuple[str, ...]:
    words = (_tr("own words needed"),) if reason.needs_text else ()
    return (*words, _tr("caller needed") if reason.needs_caller else _tr("without a caller"))


def reason_kind(what: str) -> str:
    """What a reason is given for."""
    return _tr("to reveal") if what == "reveal" else _tr("to ask")


def change_title(change: Change) -> str:
    """What changes."""
    of = change.of
    match change.kind:
        case ChangeKind.ACCESS:
            return _pair(of)
        case ChangeKind.STEP_UP:
            return _tr("{place}: a fresh code").format(place=_pair(of))
        case ChangeKind.DECIDES:
            return _tr("{place}: decides on requests").format(place=_pair(of))
        case ChangeKind.REASON:
            if len(of) == 1:
                return _tr("Order of the reasons {what}").format(what=reason_kind(of[0]))
            return _tr("Reason {what}: {code}").format(what=reason_kind(of[0]), code=of[1])
        case ChangeKind.NUMBER:
            return number_name(of[0])
        case ChangeKind.CALLER_CHECK:
            return check_name(of[0])
        case ChangeKind.COPIED:
            return _tr("Copying {class_name}").format(class_name=class_name(DataClass(of[0])))
        case ChangeKind.OTHER:
            return other_name(of)


def change_value(change: Change, value: object) -> str:
    """Before or after."""
    if isinstance(value, Access):
        return access_name(value)
    if change.kind is ChangeKind.NUMBER and isinstance(value, int):
        return number_value(change.of[0], value)
    if change.kind is ChangeKind.CALLER_CHECK and change.of[0].endswith("_s") and isinstance(value, int):
        return number_value(change.of[0], value)
    if change.kind is ChangeKind.REASON and value is None:
        return _tr("not offered")
    return plain(value)


def _pair(of: tuple[str, ...]) -> str:
    return f"{role_name(Role(of[0]))}, {class_name(DataClass(of[1]))}"


def version_name(number_: int) -> str:
    """A version by its number."""
    return _tr("Version {n}").format(n=number_) if number_ else _tr("As it came with Tirai")


def why_not_words(why: WhyNotConfirm) -> str:
    """Why this person may not confirm."""
    sentences = {
        WhyNotConfirm.OWN: _tr("You proposed this; somebody else confirms it."),
        WhyNotConfirm.ROLE: _tr("A supervisor or a privacy officer confirms this."),
        WhyNotConfirm.CLASSES: _tr("Only who holds every class of their role confirms this."),
    }
    return sentences[why]


def busy_words(button: str) -> str:
    """What a button says while its work runs, by its object name."""
    names = {
        "propose_edit": _tr("Proposing…"),
        "confirm_edit": _tr("Confirming…"),
        "drop_edit": _tr("Taking it away…"),
    }
    return names.get(button, _tr("Working…"))


def why_refused(error: Exception) -> str:
    """The sentence for a refusal of this workspace, else the general one."""
    code = error.code if isinstance(error, TiraiError) else ""
    if code == "policy":
        return _tr("This edit cannot stand. {reason}").format(reason=error.args[0] if error.args else "")
    sentences = {
        "waits": _tr("An edit waits already. Confirm it or take it back."),
        "policy_moved": _tr("The policy has changed meanwhile. Look at it again."),
        "policy_same": _tr("This changes nothing."),
        "policy_forged": _tr("The back office shows a policy that nobody signed. It is not obeyed. Call IT (P1)."),
        "clock": _tr("The clock here is not the back office’s. Call IT to set it."),
        "over": _tr("This was decided, taken back, or is over."),
        "own": _tr("You proposed this; somebody else confirms it."),
        "role": _tr("Your role may not do this."),
        "classes": _tr("Only who holds every class of their role confirms this."),
        "book_moved": _tr("Somebody else changed something just now. Try again."),
    }
    return sentences.get(code) or fault_of(error).sentence
