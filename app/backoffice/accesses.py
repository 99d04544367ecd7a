"""Which entries of the log are accesses to a customer's data, and what each says. Pure: entries in, accesses out.

A request for an unlock, the begin of an identity check, a use whose program was handed nothing and a refusal are no
accesses: nobody saw, compared or used anything. Refusals are counted beside.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from app.auth.audit_chain import AuditEntry
from app.domain.access import Access, AccessKind, Somebody
from app.domain.action_run import Ran
from app.domain.role import Role

ASKED, IMPORT = "unlock.ask", "import"
_KINDS: Mapping[str, AccessKind] = {
    "reveal": AccessKind.SHOWN,
    "notes.read": AccessKind.NOTES_READ,
    "value.copied": AccessKind.COPIED,
    "use": AccessKind.USED,
    "verify": AccessKind.CHECKED,
    "lookup": AccessKind.FOUND,
    "lookup.found": AccessKind.FOUND,
    "unlock.approve": AccessKind.ALLOWED,
    "note.write": AccessKind.NOTE_WRITTEN,
    "field.edited": AccessKind.EDITED,
    "field.emptied": AccessKind.EMPTIED,
    "customer.created": AccessKind.TYPED_IN,
    "audit.read": AccessKind.LISTED,
    "who_saw.read": AccessKind.LISTED,
    "who_saw.pdf": AccessKind.LIST_MADE,
    "request.exported": AccessKind.EXPORTED,
}
COUNTED: Mapping[str, frozenset[str]] = {
    "ok": frozenset(_KINDS),
    "failed": frozenset(event for event, kind in _KINDS.items() if kind is AccessKind.CHECKED),
}
"""Events that tell of an access, by outcome: a comparison without a match was one all the same."""
REFUSABLE = frozenset(_KINDS)
"""Events that tell, with the outcome `refused`, of an access that was refused."""
_GIVEN = frozenset({AccessKind.SHOWN, AccessKind.USED})
"""A person gave a reason for these, or has an unlock."""
UNLOCKABLE = frozenset(event for event, kind in _KINDS.items() if kind in _GIVEN)
"""Events whose entries name who unlocked the field (`acting_with`)."""
USE, USE_END = "use", "use.done"
NOT_USED = frozenset({"half", "not_started", Ran.MISSING.value, Ran.CHANGEABLE.value})
"""Reasons of a use's end that say that no program was handed the value: then the use is no access."""


@dataclass(slots=True)
class People:
    """Gives people the names that a list has for them, in the order in which they appear.

    Attributes:
        role_of: the role of an account now, or None where there is none of this name.
        name_of: the name of an account, where policy names the staff; else empty.
    """

    role_of: Callable[[str], Role | None]
    name_of: Callable[[str], str]
    _known: dict[str, Somebody] = field(default_factory=dict)
    _count: dict[Role | None, int] = field(default_factory=lambda: defaultdict(int))

    def somebody(self, account: str) -> Somebody:
        """A person of the list."""
        if account not in self._known:
            role = self.role_of(account)
            self._count[role] += 1
            self._known[account] = Somebody(role, self._count[role], self.name_of(account))
        return self._known[account]


def accesses_of(
    entries: Iterable[AuditEntry],
    asked: Mapping[str, str],
    added_by: str,
    people: People,
    shown_ms: Mapping[int, int] | None = None,
) -> list[Access]:
    """What entries about one customer say.

    Args:
        entries: of the customer, accesses and imports, in the order of the log.
        asked: reasons of unlock requests, by the request's id.
        added_by: the import that brought the record in, in hex; others changed it.
        people: how to name them.
        shown_ms: how long values stood open, by the number of their entry, as far as consoles have told.

    Returns:
        One access for each entry, in their order.
    """
    told = shown_ms or {}
    return [_access(entry, asked, added_by, people, told.get(entry.number)) for entry in entries]


def _access(entry: AuditEntry, asked: Mapping[str, str], added_by: str, people: People, shown_ms: int | None) -> Access:
    kind = _kind(entry, added_by)
    who = people.somebody(entry.actor)
    unlocked = kind in _GIVEN and bool(entry.acting_with)
    return Access(
        number=entry.number,
        at_ms=entry.at_ms,
        kind=kind,
        who=who,
        field=entry.field,
        reason=_reason(entry, kind, asked, unlocked=unlocked),
        allowed_by=people.somebody(entry.acting_with) if unlocked else None,
        seconds=None if shown_ms is None else max(1, round(shown_ms / 1000)),
        matched=entry.outcome == "ok" if kind is AccessKind.CHECKED else None,
        notes=_counted(entry.detail, "notes"),
    )


def _kind(entry: AuditEntry, added_by: str) -> AccessKind:
    if entry.event == IMPORT:
        return AccessKind.ADDED if entry.reference == added_by else AccessKind.CHANGED
    kind = _KINDS[entry.event]
    return AccessKind.COMPARED if kind is AccessKind.CHECKED and entry.reason == "by_eye" else kind


def _reason(entry: AuditEntry, kind: AccessKind, asked: Mapping[str, str], *, unlocked: bool) -> str:
    if unlocked or kind is AccessKind.ALLOWED:
        return asked.get(entry.reference, "")
    return entry.reason if kind in _GIVEN else ""


def _counted(detail: str, name: str) -> int:
    """A count of an entry's detail, `name=7`; 0 where there is none."""
    found = [part.removeprefix(f"{name}=") for part in detail.split() if part.startswith(f"{name}=")]
    return int(found[0]) if found and found[0].isdigit() else 0
