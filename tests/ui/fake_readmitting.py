"""Readmissions in memory, with invented people: whom they are about stands nowhere."""

from dataclasses import replace

from app.domain.erasure.readmission import BackBecause, NamedBy
from app.domain.erasure.words import OrderState
from app.session.privacy.readmitting import ShownReadmission

AT = 1_795_000_000.0
WAITS = ShownReadmission(
    id="e1" * 16, number=4, reason=BackBecause.CONTRACT, reference="K-2026/7", state=OrderState.WAITING,
    proposed_by="Hendra Kusuma", at=AT, until=AT + 86_400, decided_by="", decided_at=0, hashes=5, is_own=False,
    may_decide=True,
)  # fmt: skip
OWN = replace(
    WAITS, id="e2" * 16, number=3, reason=BackBecause.LEGAL_DUTY, proposed_by="Dewi Lestari", is_own=True,
    reference="REQ-118",
)  # fmt: skip
DONE = replace(
    WAITS, id="e3" * 16, number=2, reason=BackBecause.SOMEBODY_ELSE, state=OrderState.DONE, reference="C-9",
    decided_by="Dewi Lestari", decided_at=AT, may_decide=False,
)  # fmt: skip


class FakeReadmitting:
    """What the page asks."""

    def __init__(self) -> None:
        self.known = [WAITS, OWN, DONE]
        self.asked: list[tuple[object, ...]] = []
        self.codes: list[str] = []
        self.refusal: Exception | None = None

    def step_up(self, code: str) -> None:
        self.codes.append(code)

    def listing(self) -> tuple[ShownReadmission, ...]:
        return tuple(self.known)

    def propose(self, by: NamedBy, value: str, reason: BackBecause, reference: str) -> int:
        self._answer("propose", by, value, reason, reference)
        return 5

    def approve(self, readmission: str, by: NamedBy, value: str) -> None:
        self._answer("approve", readmission, by, value)
        self.known[0] = replace(DONE, id=readmission)

    def drop(self, readmission: str) -> None:
        self._answer("drop", readmission)

    def _answer(self, *what: object) -> None:
        refusal, self.refusal = self.refusal, None
        if refusal is not None:
            raise refusal
        self.asked.append(what)
