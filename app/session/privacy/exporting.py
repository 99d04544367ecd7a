"""Analytics exports as the privacy desk shows them: what may stand in one, by name; orders; what a made one came to.

Nothing is decided here. What is proposed, approved and made is `app/session/analytics.py`'s.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.api.messages.analytics import ExportRow
from app.domain.analytics.export_state import ExportState
from app.domain.analytics.report import Report
from app.domain.analytics.settings import Level, Settings, levels_of, read_settings
from app.domain.errors import InputRefusedError
from app.domain.inventory import Inventory
from app.domain.role import Role
from app.session.analytics import AnalyticsExports
from app.session.identity import Identity


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A field as coarse as it may stand in an export.

    Attributes:
        value: as it stands in an order, `birth_date:year`.
        label: the field's own.
    """

    value: str
    label: str
    level: Level


@dataclass(frozen=True, slots=True)
class ShownExport:
    """An order.

    Attributes:
        id: hex.
        known, sensitive: its columns; empty and None where this console's inventory does not have them.
        least_k, least_l, most_t: what was ordered; t as a share, 1.0: without a bound.
        at, until, ended_at: seconds since 1970, 0 for never.
        customers, exported, k, l, t, found, learned: what it came to, as its maker's console has told; 0 before.
        may_approve, may_make, may_drop: what this person may do.
        held: how many customers were held back, since they restricted, objected or withdrew; None: fewer than k.
    """

    id: str
    settings: str
    known: tuple[ShownColumn, ...]
    sensitive: ShownColumn | None
    least_k: int
    least_l: int
    most_t: float
    state: ExportState
    proposed_by: str
    at: float
    until: float
    decided_by: str
    ended_at: float
    customers: int
    exported: int
    k: int
    l: int  # noqa: E741  (the measure's own name)
    t: float
    found: int
    learned: int
    is_own: bool
    may_approve: bool
    may_make: bool
    may_drop: bool
    held: int | None = None

    @property
    def lost(self) -> float:
        """The share of customers who were left out."""
        return 1 - self.exported / self.customers if self.customers else 0.0


class Exporting:
    """What the page asks.

    Args:
        identity: who signed in.
        inventory: the office's fields.
        language: of labels.
        step_up: gives a fresh code in a console's way.
    """

    def __init__(self, identity: Identity, inventory: Inventory, language: str, step_up: Callable[[str], None]) -> None:
        self._identity, self._inventory, self._language = identity, inventory, language
        self._exports = AnalyticsExports(identity, inventory)
        self._rows: dict[str, ExportRow] = {}
        self.step_up = step_up

    def may_propose(self) -> bool:
        """Whether this person's role proposes; asks nobody."""
        return self._identity.role is Role.PRIVACY_OFFICER

    def columns(self) -> tuple[ShownColumn, ...]:
        """All that may stand in an export; asks nobody."""
        return tuple(
            ShownColumn(f"{field.name}:{level}", field.label(self._language), level)
            for field in self._inventory.fields
            for level in levels_of(field)
        )

    def listing(self) -> tuple[ShownExport, ...]:
        """All orders, the newest first.

        Raises:
            NotAllowedError: code `role`.
        """
        self._rows = {row.id.hex(): row for row in self._exports.exports()}
        return tuple(map(self._shown, self._rows.values()))

    def propose(self, least: tuple[int, int, int], known: tuple[str, ...], sensitive: str) -> None:
        """Propose an export.

        Args:
            least: k and l at least, and t at most in hundredths.
            known: what outsiders may know.
            sensitive: what is protected.

        Raises:
            InputRefusedError: code `export_settings`.
            NotAllowedError: see `app/backoffice/analytics/exports.py`.
        """
        k, different, most_t = least
        self._exports.propose(f"k={k} l={different} t={most_t} quasi={','.join(known)} sensitive={sensitive}")

    def approve(self, export: str) -> None:
        """Approve what somebody else has proposed, as it was shown."""
        self._exports.approve(self._row(export))

    def drop(self, export: str) -> None:
        """Take back, or refuse."""
        self._exports.drop(self._row(export))

    def make(self, export: str, path: Path, on_rows: Callable[[int], object], is_stopped: Callable[[], bool]) -> Report:
        """Make the file, and its report beside it; until that is written it can be stopped."""
        return self._exports.make(self._row(export), path, on_rows, is_stopped)

    def _row(self, export: str) -> ExportRow:
        if export not in self._rows:
            raise InputRefusedError("There is no such export.", code="no_export")
        return self._rows[export]

    def _shown(self, row: ExportRow) -> ShownExport:
        settings, role = self._settings(row), self._identity.role
        waits, is_open = row.state is ExportState.WAITING, row.state in _OPEN
        return ShownExport(
            id=row.id.hex(),
            settings=row.settings,
            known=tuple(self._column(str(one)) for one in settings.quasi) if settings is not None else (),
            sensitive=self._column(str(settings.sensitive)) if settings is not None else None,
            least_k=settings.k if settings is not None else 0,
            least_l=settings.l if settings is not None else 0,
            most_t=settings.most_t / 100 if settings is not None else 1.0,
            state=row.state,
            proposed_by=row.proposed_by,
            at=row.proposed_ms / 1000,
            until=row.until_ms / 1000,
            decided_by=row.decided_by,
            ended_at=row.ended_ms / 1000,
            customers=row.rows,
            exported=row.exported,
            k=row.k,
            l=row.l,
            t=row.t_millionths / 1_000_000,
            found=row.found,
            learned=row.learned,
            is_own=row.is_own,
            may_approve=waits and not row.is_own and settings is not None,
            may_make=row.is_own and role is Role.PRIVACY_OFFICER and row.state in _MAKEABLE,
            may_drop=is_open,
            held=row.held,
        )

    def _settings(self, row: ExportRow) -> Settings | None:
        try:
            return read_settings(row.settings, self._inventory)
        except InputRefusedError:
            return None  # of an inventory that was changed since

    def _column(self, value: str) -> ShownColumn:
        name, _, level = value.partition(":")
        return ShownColumn(value, self._inventory.field(name).label(self._language), Level(level))


_OPEN = (ExportState.WAITING, ExportState.APPROVED)
_MAKEABLE = (ExportState.APPROVED, ExportState.RUNNING)
