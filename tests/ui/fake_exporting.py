"""Analytics exports in memory, with invented data."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.domain.analytics.export_state import ExportState
from app.domain.analytics.report import Report, report_of
from app.domain.analytics.settings import Level, read_settings
from app.domain.inventory_reader import load_inventory
from app.domain.role import Role
from app.resource_files import resource_text
from app.session.errors import DocumentStopped
from app.session.privacy.exporting import ShownColumn, ShownExport

AT = 1_795_000_000.0
BORN = ShownColumn("birth_date:ten_years", "Tanggal lahir", Level.TEN_YEARS)
CITY = ShownColumn("city:as_is", "Kota", Level.AS_IS)
BALANCE = ShownColumn("balance_due:band", "Tagihan", Level.BAND)
SETTINGS = "k=5 l=2 t=30 quasi=birth_date:ten_years,city:as_is sensitive=balance_due:band"
WAITS = ShownExport(
    id="a1" * 16, settings=SETTINGS, known=(BORN, CITY), sensitive=BALANCE, least_k=5, least_l=2, most_t=0.3,
    state=ExportState.WAITING, proposed_by="hendra", at=AT, until=AT + 86_400, decided_by="", ended_at=0, customers=0,
    exported=0, k=0, l=0, t=0.0, found=0, learned=0, is_own=False, may_approve=True, may_make=False, may_drop=True,
)  # fmt: skip
APPROVED = replace(
    WAITS, id="b2" * 16, state=ExportState.APPROVED, proposed_by="dewi", decided_by="hendra", is_own=True,
    may_approve=False, may_make=True,
)  # fmt: skip
MADE = replace(
    APPROVED, id="c3" * 16, state=ExportState.DONE, ended_at=AT, customers=100_000, exported=99_980, k=5, l=2, t=0.29,
    learned=3, may_make=False, may_drop=False, held=312,
)  # fmt: skip


class FakeExporting:
    """What the page asks."""

    def __init__(self, role: Role = Role.PRIVACY_OFFICER) -> None:
        self.role = role
        self.known = [WAITS, APPROVED, MADE]
        self.asked: list[tuple[object, ...]] = []
        self.codes: list[str] = []
        self.refusal: Exception | None = None
        self.waits_to_be_stopped = False

    def step_up(self, code: str) -> None:
        self.codes.append(code)

    def may_propose(self) -> bool:
        return self.role is Role.PRIVACY_OFFICER

    def columns(self) -> tuple[ShownColumn, ...]:
        return (BORN, CITY, BALANCE)

    def listing(self) -> tuple[ShownExport, ...]:
        return tuple(self.known)

    def propose(self, least: tuple[int, int, int], known: tuple[str, ...], sensitive: str) -> None:
        self._refused()
        self.asked.append(("propose", least, known, sensitive))

    def approve(self, export: str) -> None:
        self._refused()
        self.asked.append(("approve", export))
        self.known[0] = replace(WAITS, state=ExportState.APPROVED, may_approve=False, may_drop=True)

    def drop(self, export: str) -> None:
        self._refused()
        self.asked.append(("drop", export))

    def make(self, export: str, path: Path, on_rows: Callable[[int], object], is_stopped: Callable[[], bool]) -> Report:
        self._refused()
        on_rows(2_000)
        while self.waits_to_be_stopped:
            if is_stopped():
                raise DocumentStopped
            time.sleep(0.005)
        self.asked.append(("make", export, path))
        self.known[1] = replace(MADE, id=export)
        inventory = load_inventory(resource_text("inventory", "customer.toml"))
        return report_of(read_settings(SETTINGS, inventory), {}, {})

    def _refused(self) -> None:
        if self.refusal is not None:
            refusal, self.refusal = self.refusal, None
            raise refusal
