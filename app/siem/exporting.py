"""The core of an export: entries in order, judged by their chain, in groups, and the place after each that is safe."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.auth.audit_chain import AuditEntry, link
from app.domain.errors import VerificationError
from app.siem.export_place import ExportPlace


class Taker(Protocol):
    """Where entries go."""

    def take(self, entries: Sequence[AuditEntry]) -> None:
        """Take them; when it comes back they are safe there."""

    def close(self) -> None:
        """No more come."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export came to: how many entries, and the place after the last."""

    entries: int
    place: ExportPlace


def export(
    office: bytes,
    groups: Iterable[Sequence[AuditEntry]],
    place: ExportPlace,
    taker: Taker,
    keep: Callable[[ExportPlace], None] = lambda _place: None,
) -> Exported:
    """Hand entries on behind a place.

    Args:
        office: O.
        groups: what the office shows behind the place, in stored order; each group is acknowledged together.
        place: the last entry that is safe, and the chain's hash after it.
        taker: where they go.
        keep: told of the new place after each group.

    Raises:
        VerificationError: an entry does not follow the one before it; what was right before it is safe, nothing else
            was handed on. The log was rewritten, or is another one.
    """
    count = 0
    for group in groups:
        right, wrong = _following(office, place, group)
        if right:
            taker.take(right)
            place = ExportPlace(right[-1].number, right[-1].hash)
            keep(place)
            count += len(right)
        if wrong:
            raise VerificationError(
                f"Entry {wrong} does not follow what was exported before it, so the export stops. "
                "Run tirai audit verify, and find out why.",
                code="export_chain",
            )
    return Exported(count, place)


def _following(office: bytes, place: ExportPlace, group: Sequence[AuditEntry]) -> tuple[list[AuditEntry], int]:
    """The entries that follow each other, and the number of the first that does not, or 0."""
    number, head = place.number, place.head
    right: list[AuditEntry] = []
    for entry in group:
        number += 1
        if entry.number != number or link(head, entry.digest(office)) != entry.hash:
            return right, number
        head = entry.hash
        right.append(entry)
    return right, 0
