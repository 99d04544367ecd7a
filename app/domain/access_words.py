"""An access in words, in English or Indonesian: what page and document say of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from app.domain.access import Access, AccessKind, AccessList, Somebody
from app.domain.access_texts import DAYS, MONTHS, TEXTS
from app.domain.inventory import Inventory
from app.domain.policy import Policy

LANGUAGES = tuple(TEXTS)
_ZONES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
"""What people call them."""
_COMPARISONS = {AccessKind.CHECKED, AccessKind.COMPARED}


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One access in words."""

    number: int
    time: str
    who: str
    what: str
    why: str
    how: str
    kind: AccessKind


@dataclass(frozen=True, slots=True)
class AccessDay:
    """The accesses of one day."""

    heading: str
    lines: tuple[AccessLine, ...]


class AccessWords:
    """Says accesses in one language, by the office's clock."""

    def __init__(self, language: str, inventory: Inventory, policy: Policy) -> None:
        """Speak this language.

        Args:
            language: `en` or `id`.
            inventory: has the names of fields.
            policy: has the reasons, and the office's time zone.
        """
        self.language = language
        self._texts = TEXTS[language]
        self._inventory, self._zone = inventory, policy.office_hours.zone
        given, asked = (
            {reason.code: reason.label(language) for reason in reasons}
            for reasons in (policy.reveal_reasons, policy.ask_reasons)
        )
        self._given, self._asked = {**asked, **given}, {**given, **asked}

    def text(self, key: str, **parts: object) -> str:
        """A sentence."""
        return self._texts[key].format(**parts)

    def count(self, key: str, n: int) -> str:
        """A sentence that counts."""
        return self._texts[f"{key}.one" if n == 1 else key].format(n=self.figure(n))

    def figure(self, n: int) -> str:
        """A count with the language's separators."""
        return f"{n:,}" if self.language == "en" else f"{n:,}".replace(",", ".")

    def who(self, one: Somebody) -> str:
        """A person: role and number, or the name that policy gives."""
        role = self._texts[f"role.{one.role.value if one.role else ''}"]
        return f"{one.name}, {role}" if one.name else f"{role} {one.nth}"

    def what(self, access: Access) -> str:
        """What data it was."""
        if access.field:
            known = self._inventory.has(access.field)
            return self._inventory.field(access.field).label(self.language) if known else access.field
        if access.kind is AccessKind.NOTES_READ and not access.notes:
            return self._texts["what.notes_read.none"]
        key = f"what.{access.kind}"
        return self._texts.get(key, self._texts["what."]).format(n=access.notes)

    def why(self, access: Access) -> str:
        """For which purpose: the reason that was given, or what such an access is for."""
        if access.reason:
            was_asked = access.allowed_by is not None or access.kind is AccessKind.ALLOWED
            labels = self._asked if was_asked else self._given
            return labels.get(access.reason) or self.text("why.unknown", code=access.reason)
        if access.allowed_by is not None:
            return self._texts["why.unlock"]
        return self._texts.get(f"why.{access.kind}") or self.text("why.unknown", code="–")

    def how(self, access: Access, view_s: int) -> str:
        """In which way, with the seconds that a value was shown for."""
        if access.kind is AccessKind.SHOWN:
            seconds = (
                self.text("seconds.most", n=view_s)
                if access.seconds is None
                else self.text("seconds", n=access.seconds)
            )
            if access.allowed_by is not None:
                return self.text("how.shown.unlocked", seconds=seconds, who=self.who(access.allowed_by))
            return self.text("how.shown", seconds=seconds)
        if access.kind is AccessKind.NOTES_READ and not access.notes:
            return self._texts["how.notes_read.none"]
        if access.kind is AccessKind.NOTES_READ and access.seconds is not None:
            return self.text("how.notes_read.seconds", seconds=self.text("seconds", n=access.seconds))
        if access.kind is AccessKind.CHECKED:
            return self._texts["how.checked.yes" if access.matched else "how.checked.no"]
        return self._texts[f"how.{access.kind}"]

    # times

    def _local(self, at_ms: int) -> datetime:
        return datetime.fromtimestamp(at_ms // 1000, self._zone)

    def day(self, at_ms: int, *, weekday: bool = False) -> str:
        """27 November 2026, with its name before it if wanted."""
        at = self._local(at_ms)
        day = f"{at.day} {MONTHS[self.language][at.month - 1]} {at.year}"
        return f"{DAYS[self.language][at.weekday()]}, {day}" if weekday else day

    def time(self, at_ms: int) -> str:
        """14:06, in Indonesian 14.06."""
        return self._local(at_ms).strftime("%H:%M" if self.language == "en" else "%H.%M")

    def moment(self, at_ms: int) -> str:
        """A day and a time with its zone: 27 November 2026, 14:06 WIB (UTC+07:00)."""
        at = self._local(at_ms)
        name, offset = _ZONES.get(at.tzname() or "", at.tzname() or ""), at.strftime("%z")
        offset = f"{offset[:3]}:{offset[3:5]}"
        zone = f"UTC{offset}" if name.startswith(("UTC", "+", "-")) or not name else f"{name} (UTC{offset})"
        return f"{self.day(at_ms)}, {self.time(at_ms)} {zone}"

    def period(self, found: AccessList) -> str:
        """The time that the list is about; the last day is one that it includes."""
        since = self.day(found.since_ms) if found.since_ms is not None else ""
        until = self.day(found.until_ms - 1) if found.until_ms is not None else ""
        key = "both" if since and until else "since" if since else "until" if until else "all"
        return self.text(f"period.{key}", since=since, until=until)

    # the whole

    def summary(self, found: AccessList) -> str:
        """31 times, 6 people, 4 reasons."""
        reasons = len({self.why(access) for access in found.accesses})
        counts = (("times", len(found.accesses)), ("people", found.people), ("reasons", reasons))
        return ", ".join(self.count(key, n) for key, n in counts)

    def remarks(self, found: AccessList) -> list[str]:
        """What is to be said beneath the summary."""
        shown = sum(access.shows for access in found.accesses)
        said = [self.text("shown", n=self.figure(shown)) if shown else self._texts["shown.none"]]
        if not found.accesses:
            said = [self._texts["empty"]]
        if found.refused:
            said.append(self.count("refused", found.refused))
        said.append(self.text("log_since", day=self.day(found.log_since_ms)))
        return said

    def days(self, found: AccessList, *, newest_first: bool = False) -> list[AccessDay]:
        """The accesses by day.

        Args:
            found: the list.
            newest_first: days and accesses from the last one on, as a screen shows them.
        """
        accesses = found.accesses[::-1] if newest_first else found.accesses
        grouped = groupby(accesses, lambda access: self.day(access.at_ms, weekday=True))
        return [AccessDay(day, tuple(self._line(access, found.view_s) for access in group)) for day, group in grouped]

    def _line(self, access: Access, view_s: int) -> AccessLine:
        return AccessLine(
            access.number,
            self.time(access.at_ms),
            self.who(access.who),
            self.what(access),
            self.why(access),
            self.how(access, view_s),
            access.kind,
        )

    def meanings(self, found: AccessList) -> list[tuple[str, str]]:
        """Terms and what they mean: those that this list needs."""
        accesses = found.accesses
        named = any(access.who.name for access in accesses)
        said = [self._meaning("line"), (self._texts["meaning.who"], self._texts[_who_key(named)])]
        kinds = {access.kind for access in accesses}
        if AccessKind.SHOWN in kinds:
            said.append((self._texts["meaning.shown"], self.text("meaning.shown.text", n=found.view_s)))
        if _any(accesses, lambda access: access.shows and access.allowed_by is None):
            said.append(self._meaning("own"))
        if _any(accesses, lambda access: access.allowed_by is not None):
            said.append(self._meaning("unlocked"))
        for kinds_of, key in ((_COMPARISONS, "checked"), ({AccessKind.USED}, "used"), ({AccessKind.FOUND}, "found")):
            if kinds & kinds_of:
                said.append(self._meaning(key))
        return said

    def _meaning(self, key: str) -> tuple[str, str]:
        return self._texts[f"meaning.{key}"], self._texts[f"meaning.{key}.text"]


def _who_key(named: bool) -> str:
    return "meaning.who.names" if named else "meaning.who.text"


def _any(accesses: Sequence[Access], holds: Callable[[Access], bool]) -> bool:
    return any(holds(access) for access in accesses)
