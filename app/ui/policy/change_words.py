"""What an edit of the policy changes, in words: the thing, before and after."""

from app.domain.data_class import DataClass
from app.domain.policy import Access
from app.domain.policy_difference import Change, ChangeKind
from app.domain.role import Role
from app.ui.language import tr as _tr
from app.ui.policy.value_words import (
    check_name,
    keep_name,
    number_name,
    number_value,
    other_name,
    plain,
    reason_kind,
    wrap_up_name,
)
from app.ui.policy.words import access_name
from app.ui.saying import filled, said
from app.ui.words import class_name, role_name


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
        case ChangeKind.WRAP_UP | ChangeKind.KEEP_REASON:
            return _declared(of)
        case ChangeKind.NUMBER:
            return number_name(of[0])
        case ChangeKind.CALLER_CHECK:
            return check_name(of[0])
        case ChangeKind.COPIED:
            return _tr("Copying {class_name}").format(class_name=class_name(DataClass(of[0])))
        case ChangeKind.OTHER:
            return other_name(of)


def _declared(of: tuple[str, ...]) -> str:
    """A word of a list that the policy declares, or the order of the list."""
    orders = {
        "outcome": _tr("Order of the outcomes"),
        "tag": _tr("Order of the tags"),
        "keep": _tr("Order of the reasons to keep finds of notes"),
    }
    if len(of) == 1:
        return orders[of[0]]
    return keep_name(of[1]) if of[0] == "keep" else wrap_up_name(of[0], of[1])


def change_value(change: Change, value: object) -> str:
    """Before or after."""
    if isinstance(value, Access):
        return access_name(value)
    if change.of[0].endswith("_s") and isinstance(value, int):
        return number_value(change.of[0], value)
    if change.kind is ChangeKind.NUMBER and isinstance(value, int):
        return number_value(change.of[0], value)
    if change.kind in (ChangeKind.REASON, ChangeKind.WRAP_UP, ChangeKind.KEEP_REASON) and value is None:
        return _tr("not offered")
    return plain(value)


@said
def _pair(of: tuple[str, ...]) -> str:
    return filled("{}, {}", role_name(Role(of[0])), class_name(DataClass(of[1])))
