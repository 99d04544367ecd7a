"""Archives of the log: copying what is older than three months, and judging what was copied. Nothing is removed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from app.api.messages.audit import Export, ExportEnd
from app.auth.audit_chain import AuditEntry, Checkpoint
from app.domain.audit_retention import is_jump, is_young
from app.domain.errors import NotAllowedError, VerificationError
from app.session.identity import Identity, new_id
from app.session.log_export import GROUP, place_before
from app.session.log_reading import entries_after
from app.siem.archive import Archive, ArchiveError, NewArchive, archives_in, judge_archives, last_named
from app.siem.export_place import ExportPlace
from app.siem.exporting import export

Step = Literal["judging", "planning", "copying", "checking"]
"""Judging the archives that lie there, reading the log behind them, copying, judging what was copied."""
Tell = Callable[[Step, int, int], None]
"""Called with a step, the number of the entry that it has come to, and the number of the last one, or 0 if unknown."""


@dataclass(frozen=True, slots=True)
class ArchivePlan:
    """What would be archived.

    Attributes:
        first, last: numbers of entries; `last` is under `first` where there is nothing.
        at_hand: entries behind that stay at hand alone.
        jump: number of an entry before which the clock went more than 48 hours ahead, or 0.
    """

    first: int
    last: int
    at_hand: int
    jump: int


class LogArchives:
    """Archives of one office in one folder."""

    def __init__(self, identity: Identity, folder: Path, tell: Tell = lambda _step, _number, _last: None) -> None:
        """Work as this identity.

        Args:
            identity: who archives.
            folder: where they lie.
            tell: told how far long work has come; what it raises stops the work, and nothing stays of it.
        """
        self._identity, self._folder, self._tell = identity, folder, tell

    @property
    def _public(self) -> bytes:
        return self._identity.book.office_entry.sign

    def judged(self, paths: Sequence[Path] = ()) -> list[Archive]:
        """Judge archives, and that the live log goes on behind the last of them.

        Args:
            paths: which; empty for all in the folder.

        Raises:
            ArchiveError: one does not hold.
        """
        office = self._identity.office
        paths = paths or archives_in(self._folder, office)
        found = judge_archives(paths, office, self._public, self._telling("judging", last_named(paths)))
        for archive in found:
            live = place_before(self._identity, archive.last + 1)
            if live.head != archive.head:
                raise ArchiveError(archive.path, 0, f"the live log has another chain at entry {archive.last}")
        return found

    def plan(self) -> ArchivePlan:
        """What is old enough by the office's clock, up to the last signed point, behind what is archived already."""
        return self._plan(self._place())

    def _plan(self, place: ExportPlace) -> ArchivePlan:
        now = self._identity.renew().now_ms
        marks = {mark.number for mark in self._identity.client.checkpoints().checkpoints}
        last, before, jump, length, old = place.number, 0, 0, place.number, True
        for entry in entries_after(self._identity, place.number, self._telling("planning", max(marks, default=0))):
            length = entry.number
            old = old and not is_young(entry.at_ms, now)
            if old and entry.number in marks:
                last = entry.number
            if before and is_jump(before, entry.at_ms) and not jump:
                jump = entry.number
            before = max(before, entry.at_ms)
        return ArchivePlan(place.number + 1, last, length - last, jump)

    def archive(self, *, is_clock_right: bool = False) -> Archive | None:
        """Copy what is old enough into a new archive; None where there is nothing.

        Raises:
            NotAllowedError: the clock went more than 48 hours ahead somewhere, and nobody says that it is right.
            VerificationError: the log does not hold; nothing is archived.
            WorkstationError: the disk refused; nothing is archived.
            KeyboardInterrupt: somebody stopped it; nothing is archived.
        """
        place = self._place()
        plan = self._plan(place)
        if plan.jump and not is_clock_right:
            raise NotAllowedError(
                f"The clock went more than 48 hours ahead before entry {plan.jump}. "
                "If nobody worked then and the date is right, say so with --clock-is-right.",
                code="clock_ahead",
            )
        if plan.last < plan.first:
            return None
        return self._write(place, plan.last)

    def _write(self, place: ExportPlace, last: int) -> Archive:
        identity, id = self._identity, new_id()  # noqa: A001 (the message's word)
        mark = next(m for m in identity.client.checkpoints().checkpoints if m.number == last)
        identity.client.audit_export(Export(id=id, to="archive", first=place.number + 1))
        new, made = NewArchive(self._folder, identity.office, place), None
        try:
            export(identity.office, self._groups(place.number, last), place, new)
            signed = Checkpoint(mark.number, mark.hash, mark.signature)
            made = new.finish(signed, self._public, self._telling("checking", last))
        finally:
            new.drop()
            entries = last - place.number if made else 0
            identity.client.audit_exported(ExportEnd(id=id, entries=entries, last=last, whole=made is not None))
        return made

    def _groups(self, number: int, last: int) -> Iterator[list[AuditEntry]]:
        """Entries behind a number, up to the last one."""
        tell = self._telling("copying", last)
        source = iter(entries_after(self._identity, number))
        while group := list(islice(source, min(GROUP, last - number))):
            number = group[-1].number
            tell(number)
            yield group

    def _telling(self, step: Step, last: int) -> Callable[[int], None]:
        return lambda number: self._tell(step, number, max(number, last))

    def _place(self) -> ExportPlace:
        """Behind the newest archive that holds; behind nothing where there is none."""
        found = self.judged()
        if found and found[0].first != 1:
            raise VerificationError(f"The archives in {self._folder} begin with entry {found[0].first}, not with 1.")
        return ExportPlace(found[-1].last, found[-1].head) if found else place_before(self._identity, 1)
