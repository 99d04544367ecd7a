"""The receipt as JSON between processes, and how a second look is merged into it.

Invariant: a merge never makes a receipt better than what was seen: what a second look could not remove is
*failed*, and what it still found is said. A receipt from another process is checked part by part.
`detail` holds codes for screens to word: `found_again`, `gone_at_second_look`, `no_answer`, `helper_died`, K1, ...
"""

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import TypeVar

from app.guardian.limits import LINE_BYTES
from app.session.ends import Receipt, WipeLine

_T = TypeVar("_T", str, int, float)
LOOKED_AGAIN = "looked_again"
CAUSES = frozenset(
    {
        "signed_out",
        "window_closed",
        "idle",
        "console_died",
        "guardian_died",
        "session_over",
        "signed_in_again",
        "signed_in_elsewhere",
        "ended_by_person",
        "ended_by_administrator",
        "other_workstation",
        "wipe_now",
        "lease_over",
        "office_lost",
        "cache_lost",
        "too_many_tries",
        "by_hand",
        "shutdown",
        "os_logout",
        "stopped",
        "sweep",
    }
)
OUTCOMES = frozenset({"removed", "was_not_there", "left_alone", "ended", "revoked", "failed"})
_MOST_LINES = 64
_LINE_PARTS = {"what": str, "outcome": str, "detail": str, "count": int, "size_bytes": int, "ms": float}
_GONE = frozenset({"removed", "ended", "revoked"})


class ReceiptError(ValueError):
    """Not a receipt; its content is not repeated."""


def to_json(receipt: Receipt) -> str:
    """The receipt as one line of JSON."""
    return json.dumps(asdict(receipt), ensure_ascii=True, separators=(",", ":"))


def from_json(untrusted: str) -> Receipt:
    """The receipt in `untrusted`.

    Raises:
        ReceiptError: another shape, type or size than `to_json` makes.
    """
    parts = _object(untrusted)
    if set(parts) != {"cause", "at", "display_name", "lines", "audit_entry", "note", "details"}:
        raise ReceiptError("parts missing or extra")
    entry = parts["audit_entry"]
    if entry is not None and (not isinstance(entry, int) or isinstance(entry, bool)):
        raise ReceiptError("audit_entry is not a number")
    cause = _typed(parts, "cause", str)
    if cause not in CAUSES:
        raise ReceiptError("unknown cause")
    details = parts["details"]
    if not isinstance(details, list) or not all(isinstance(d, str) for d in details):
        raise ReceiptError("details are not texts")
    return Receipt(
        cause=cause,
        at=_typed(parts, "at", float),
        display_name=_typed(parts, "display_name", str),
        lines=lines_from(parts["lines"]),
        audit_entry=entry,
        note=_typed(parts, "note", str),
        details=tuple(details),
    )


def lines_from(untrusted: object) -> tuple[WipeLine, ...]:
    """Receipt lines out of parsed JSON.

    Raises:
        ReceiptError: another shape, type or number of lines.
    """
    if not isinstance(untrusted, list) or len(untrusted) > _MOST_LINES:
        raise ReceiptError("lines are not a list of lines")
    return tuple(_line(item) for item in untrusted)


def new_receipt(cause: str, name: str, lines: Iterable[WipeLine], audit_entry: int | None = None) -> Receipt:
    """A receipt of now."""
    return Receipt(cause=cause, at=time.time(), display_name=name, lines=tuple(lines), audit_entry=audit_entry)


def after_second_look(first: Receipt, again: Sequence[WipeLine], audit_entry: int | None = None) -> Receipt:
    """What a person is told after the helper looked again for what `first` says is gone."""
    return replace(
        first,
        lines=looked_again(first.lines, again),
        audit_entry=first.audit_entry if first.audit_entry is not None else audit_entry,
        details=first.details if LOOKED_AGAIN in first.details else (*first.details, LOOKED_AGAIN),
    )


def looked_again(first: Sequence[WipeLine], again: Sequence[WipeLine]) -> tuple[WipeLine, ...]:
    """What a first wipe said, with what a second look found."""
    seen = {line.what: line for line in again}
    merged = [_merge(line, seen.pop(line.what)) if line.what in seen else line for line in first]
    return (*merged, *seen.values())


def joined(lines: Iterable[WipeLine]) -> tuple[WipeLine, ...]:
    """One line per thing: counts, sizes and times added, the worst outcome kept."""
    by_what: dict[str, WipeLine] = {}
    for line in lines:
        known = by_what.get(line.what)
        by_what[line.what] = line if known is None else _add(known, line)
    return tuple(by_what.values())


def found_something(lines: Iterable[WipeLine]) -> bool:
    """Whether there is something to tell: a thing was removed, or could not be."""
    return any(line.outcome in ("removed", "failed") for line in lines)


def _merge(first: WipeLine, again: WipeLine) -> WipeLine:
    if not again.ok:
        return again
    if again.outcome == "removed" and first.outcome != "removed":
        return again
    if again.outcome == "removed":
        return replace(first, count=first.count + again.count, ms=first.ms + again.ms, detail="found_again")
    return first if first.ok else replace(first, outcome="removed", detail="gone_at_second_look")


def _add(one: WipeLine, other: WipeLine) -> WipeLine:
    worst = max(one, other, key=lambda line: (line.outcome == "failed", line.outcome in _GONE))
    return replace(
        worst,
        count=one.count + other.count,
        size_bytes=one.size_bytes + other.size_bytes,
        ms=one.ms + other.ms,
    )


def _object(untrusted: str) -> Mapping[str, object]:
    if len(untrusted) > LINE_BYTES:
        raise ReceiptError("too long")
    try:
        parts = json.loads(untrusted)
    except (ValueError, RecursionError) as error:
        raise ReceiptError("not JSON") from error
    if not isinstance(parts, dict):
        raise ReceiptError("not an object")
    return parts


def _line(untrusted: object) -> WipeLine:
    if not isinstance(untrusted, dict) or set(untrusted) != set(_LINE_PARTS):
        raise ReceiptError("a line has parts missing or extra")
    outcome = _typed(untrusted, "outcome", str)
    if outcome not in OUTCOMES:
        raise ReceiptError("unknown outcome")
    return WipeLine(
        what=_typed(untrusted, "what", str),
        outcome=outcome,
        detail=_typed(untrusted, "detail", str),
        count=_typed(untrusted, "count", int),
        size_bytes=_typed(untrusted, "size_bytes", int),
        ms=_typed(untrusted, "ms", float),
    )


def _typed(parts: Mapping[str, object], name: str, kind: type[_T]) -> _T:
    value = parts[name]
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ReceiptError(f"{name} has another type")
    return value
