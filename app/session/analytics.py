"""Analytics exports as whoever signs in proposes, approves and makes them.

The second person signs what the first one signed, which is checked here against the book before. A file is written
whole or not at all, and is read back for its report: measures and the linkage test are of the file that stands there.
"""

import csv
import io
import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.api.client import analytics as calls
from app.api.messages.analytics import ApproveExport, EndExport, ExportRow, ProposeExport
from app.auth.export_order import ExportOrder
from app.crypto.errors import SealError
from app.domain.analytics.report import Report, left_in, report_of
from app.domain.analytics.settings import Settings, read_settings
from app.domain.errors import InputRefusedError, NotAllowedError, TiraiError
from app.domain.inventory import Inventory
from app.session.errors import DocumentStopped
from app.session.identity import Identity, new_id
from app.storage.new_file import write_new_file

PSEUDONYM = "pseudonym"
Rows = dict[str, tuple[str, ...]]


class AnalyticsExports:
    """What one person does with them."""

    def __init__(self, identity: Identity, inventory: Inventory, *, now: Callable[[], float] = time.time) -> None:
        """Work as this identity.

        Args:
            identity: who is signed in.
            inventory: the office's fields.
            now: seconds since 1970.
        """
        self._identity, self._inventory, self._now = identity, inventory, now

    def exports(self) -> tuple[ExportRow, ...]:
        """All exports, the newest first.

        Raises:
            NotAllowedError: the role takes no part.
        """
        return calls.exports(self._identity.client).exports

    def named(self, beginning: str) -> ExportRow:
        """The export whose id begins so, in hex.

        Raises:
            InputRefusedError: code `no_export`: there is none, or more than one.
        """
        found = [row for row in self.exports() if row.id.hex().startswith(beginning)]
        if len(found) != 1:
            raise InputRefusedError("There is no such export, or more than one.", code="no_export")
        return found[0]

    def propose(self, settings: str) -> str:
        """Propose an export; its id, hex.

        Raises:
            InputRefusedError: the settings name what an export may not hold.
            NotAllowedError: see `app/backoffice/analytics/exports.py`.
        """
        who = self._identity
        text = read_settings(settings, self._inventory).text
        order = ExportOrder(new_id(), text, int(self._now() * 1000))
        signature = who.sign_as_account(order.body(who.office))
        request = ProposeExport(id=order.id, settings=text, proposed_ms=order.proposed_ms, signature=signature)
        calls.propose(who.client, request)
        return order.id.hex()

    def approve(self, export: ExportRow) -> None:
        """Approve what somebody else has signed.

        Raises:
            NotAllowedError: code `signature`: nobody of the book has proposed what the office shows; or see there.
        """
        who = self._identity
        order = ExportOrder(export.id, export.settings, export.proposed_ms)
        try:
            order.check(who.office, who.book.active(export.proposed_by).sign, export.signature)
        except SealError as e:
            raise NotAllowedError("Nobody of the book has proposed this.", code="signature") from e
        calls.approve(who.client, export.id, ApproveExport(approval=who.sign_as_account(order.approval(who.office))))

    def drop(self, export: ExportRow) -> None:
        """Take back, or refuse.

        Raises:
            NotAllowedError: it is over.
        """
        calls.drop(self._identity.client, export.id)

    def make(
        self,
        export: ExportRow,
        path: Path,
        on_rows: Callable[[int], object] = lambda _rows: None,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> Report:
        """Make an export that was approved: the file, and its report beside it (`NAME.report.json`).

        Args:
            export: the order.
            path: where.
            on_rows: called with customers that were read so far.
            is_stopped: asked at each step; once the report is written it is too late to stop.

        Raises:
            DocumentStopped: it was stopped; nothing is left there, and the export may be made again.
            NotAllowedError: see `app/backoffice/analytics/exports.py`.
            InputRefusedError: code `export_empty`: nobody is left with these settings.
            FileRefusedError: the disk is full, or the folder takes no file; nothing is left there, and the export may
                be made again.
        """
        client = self._identity.client
        settings = read_settings(export.settings, self._inventory)
        calls.begin(client, export.id)
        try:
            report = self._made(export.id, settings, path, _Steps(on_rows, is_stopped))
        except BaseException:
            with suppress(TiraiError):
                calls.end(client, export.id, EndExport(ok=False))
            raise
        after = report.after
        attack = {"found": report.attack.found, "learned": report.attack.learned}
        numbers = {"k": after.k, "l": after.l, "t_millionths": round(after.t * 1_000_000)} | attack
        calls.end(client, export.id, EndExport(ok=True, rows=report.before.rows, exported=after.rows, **numbers))
        return report

    def _made(self, key: bytes, settings: Settings, path: Path, steps: "_Steps") -> Report:
        everybody, held = self._everybody(key, steps)
        kept = left_in(everybody, settings)
        steps.may_go_on()
        if not kept:
            raise InputRefusedError("With these settings nobody is left; make columns coarser.", code="export_empty")
        write_new_file(path, _file([column.field for column in settings.columns], kept))
        try:
            report = report_of(settings, everybody, _read(path), held)
            steps.may_go_on()
            beside = path.with_name(f"{path.name}.report.json")
            write_new_file(beside, (json.dumps(report.as_json(), indent=2) + "\n").encode())
        except BaseException:
            with suppress(OSError):
                path.unlink()
            raise
        return report

    def _everybody(self, key: bytes, steps: "_Steps") -> tuple[Rows, int | None]:
        """All customers of the export, and how many more are held."""
        everybody: Rows = {}
        held: int | None = None
        after: int | None = 0
        while after is not None:
            page = calls.rows(self._identity.client, key, after)
            everybody.update((row.pseudonym, row.values) for row in page.rows)
            after, held = page.after, page.held
            steps.on_rows(len(everybody))
            steps.may_go_on()
        return everybody, held


@dataclass(frozen=True, slots=True)
class _Steps:
    """Who is told of rows, and who may stop."""

    on_rows: Callable[[int], object]
    is_stopped: Callable[[], bool]

    def may_go_on(self) -> None:
        """Stop here if somebody wants that."""
        if self.is_stopped():
            raise DocumentStopped


def _file(names: list[str], rows: Mapping[str, tuple[str, ...]]) -> bytes:
    """By pseudonym, which is by chance: the order tells nothing."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([PSEUDONYM, *names])
    writer.writerows((name, *rows[name]) for name in sorted(rows))
    return text.getvalue().encode()


def _read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines)
        return {name: tuple(values) for name, *values in lines}
