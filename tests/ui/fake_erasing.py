"""Erasure, holds and retention in memory, with invented data."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.domain.erasure.words import Action, Fate, Ground, HoldReason, OrderState, Unusual
from app.domain.errors import NotAllowedError
from app.domain.field import RetentionStart
from app.domain.retention.trusted_time import Doubt
from app.session.errors import DocumentStopped
from app.session.privacy.erasing import (
    ShownConflict,
    ShownDue,
    ShownHold,
    ShownOrder,
    ShownRetention,
    ShownRule,
    ShownSubject,
    ShownTerm,
)

AT = 1_795_000_000.0
WAITS = ShownOrder(
    id="aa" * 16, number=12, action=Action.ERASE, ground=Ground.REQUESTED, reference="7", request=7,
    state=OrderState.WAITING, proposed_by="Hendra Kusuma", at=AT, until=AT + 86_400, decided_by="", decided_at=0,
    ended_at=0, unusual=(Unusual.PROPOSER_OPENED,), customers=1, done=0, held=0, left_out=0, waits_for=0,
    copies_until=0, backups=(), is_own=False, may_approve=True,
)  # fmt: skip
RUNS = replace(
    WAITS, id="bb" * 16, number=11, action=Action.DESTROY, ground=Ground.TIME_OVER, reference="RET-2026-11-28",
    request=0, state=OrderState.RUNNING,
    decided_by="Dewi Lestari", customers=214, done=214, backups=("records-2026-W48",),
    unusual=(), may_approve=False,
)  # fmt: skip
UNTOLD = replace(
    RUNS,
    id="ab" * 16,
    number=9,
    state=OrderState.WAITING,
    done=0,
    backups=(),
    decided_by="",
    may_approve=True,
    untold=214,
)
DONE = replace(RUNS, id="cc" * 16, number=10, state=OrderState.DONE, customers=3, done=2, held=1, backups=())
HOLD = ShownHold("dd" * 16, "C-00017", HoldReason.LAWSUIT, "PN-12/2026", "Hendra Kusuma", AT, False, True)
CONTRACT = ShownTerm(RetentionStart.CONTRACT_END, 60)
GIVEN = ShownTerm(RetentionStart.COLLECTED, 24)
WITHDRAWN = ShownTerm(RetentionStart.CONSENT_WITHDRAWN, 1, "UU 27/2022 pasal 43 (1) b")
FIVE_YEARS = ShownTerm(RetentionStart.CONTRACT_END, 60, "Permenkominfo 20/2016 pasal 15 (3)")
TAX = ShownTerm(RetentionStart.CONTRACT_END, 120, "UU 28/2007 (KUP) pasal 28 (11)")
DRY = ShownRetention(
    day="2026-11-28", office_day="2026-11-28", doubt=Doubt.NONE,
    rules=(
        ShownRule("Nomor ponsel", ("Melayani permintaan pelanggan", "Mengirim barang"), (FIVE_YEARS,), (CONTRACT,), 0),
        ShownRule(
            "Penghasilan bulanan", ("Menagih dan mengembalikan dana",), (FIVE_YEARS,), (GIVEN, WITHDRAWN, CONTRACT),
            214, (ShownConflict(FIVE_YEARS, GIVEN, False),), (ShownDue(GIVEN, 214, ("0f3a90c2be11",)),),
        ),
        ShownRule("NPWP", ("Memenuhi kewajiban pajak",), (TAX,), (TAX,), 0),
    ),
    customers=3, samples=("0f3a90c2be11", "77aa01bc9d00"), subjects=217, held=1, unknown=40,
    ahead=tuple((f"{2026 + (10 + at) // 12}-{(10 + at) % 12 + 1:02}", 40 + at * 37 % 300) for at in range(24)),
    may_confirm=True,
)  # fmt: skip


class FakeErasing:
    """What the pages ask."""

    def __init__(self) -> None:
        self.codes: list[str] = []
        self.known = [WAITS, RUNS, DONE]
        self.standing = [HOLD]
        self.dry = DRY
        self.asked: list[tuple[object, ...]] = []
        self.refusal: Exception | None = None
        self.waits: threading.Event | None = None

    def step_up(self, code: str) -> None:
        self.codes.append(code)

    def orders(self) -> tuple[ShownOrder, ...]:
        return tuple(self.known)

    def look_at(self, order: str) -> tuple[ShownSubject, ...]:
        self.asked.append(("look", order))
        return (ShownSubject("C-00042", (), Fate.PENDING),)

    def propose(self, number: str, action: Action, ground: Ground, reference: str) -> int:
        self._refused()
        self.asked.append(("propose", number, action, ground, reference))
        self.known.insert(0, replace(WAITS, id="0d" * 16, number=13, may_approve=False, is_own=True))
        return 13

    def approve(self, order: str) -> None:
        self._refused()
        self.asked.append(("approve", order))
        self.known[0] = replace(WAITS, state=OrderState.RUNNING, may_approve=False, waits_for=1, done=1)

    def drop(self, order: str) -> None:
        self.asked.append(("drop", order))

    def save_notices(
        self, order: str, path: Path, tell: Callable[[int, int], object], is_stopped: Callable[[], bool]
    ) -> int:
        tell(40, 214)
        if self.waits:
            self.waits.wait(60)
        if is_stopped():
            raise DocumentStopped
        tell(214, 214)
        self.asked.append(("letters", order, path))
        return 214

    def save_certificate(self, order: str, language: str, path: Path) -> None:
        self.asked.append(("save", order, language, path))

    def holds(self) -> tuple[ShownHold, ...]:
        return tuple(self.standing)

    def hold(self, number: str, reason: HoldReason, reference: str) -> None:
        self._refused()
        self.asked.append(("hold", number, reason, reference))

    def lift(self, hold: str) -> None:
        self._refused()
        self.standing = []

    def dry_run(self) -> ShownRetention:
        return self.dry

    def destroy_what_is_due(self) -> int:
        self.asked.append(("destroy",))
        return 14

    def confirm_date(self, day: str) -> None:
        self.asked.append(("date", day))
        self.dry = replace(DRY, day=day)

    def _refused(self) -> None:
        if self.refusal is not None:
            refusal, self.refusal = self.refusal, None
            raise refusal


HELD = NotAllowedError("A legal hold stands.", code="held")
