"""Requests of three agents without an office, for the approvals."""

import time
from collections.abc import Callable

from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.domain.mask import Mask
from app.session.shown import AgentPast, OpenUnlock, PastUnlock, RequestState, UnlockLimits, UnlockWaiting


def request(
    at: int, agent: str, field: str, data_class: DataClass, number: str, reason: str, local: Callable[[str], str]
) -> UnlockWaiting:
    """One that has waited for so many seconds."""
    now = time.time()
    account = agent.lower().replace(" ", ".")
    label = local("NIK" if field == "nik" else field.replace("_", " ").capitalize())
    words = "Caller says the 2 March charge is on the old card. I need the middle digits for the dispute form."
    return UnlockWaiting(
        f"q{at}", account, agent, f"SBY-04{at:02d}", number, f"r{at}", field, label,
        data_class, Mask("5412 75", "4417", 6), local(reason), words, now - at, now - at + 120,
    )  # fmt: skip


class FakeDeciding:
    """What one supervisor may decide.

    Attributes:
        queue: what waits.
        unlocks: what is open now.
        decided: what was decided today.
        said: each decision: what, which request, and what came with it.
        refuse: raised by the next decision.
    """

    def __init__(self, local: Callable[[str], str] = lambda text: text) -> None:
        self.queue = [
            request(42, "Ratna Dewanti", "card_number", DataClass.FINANCIAL, "C-104288", "Dispute on this card", local),
            request(31, "Bagus Hartono", "bank_account", DataClass.FINANCIAL, "C-118034", "Refund to account", local),
            request(6, "Intan Maharani", "nik", DataClass.IDENTITY, "C-097715", "Refund to account", local),
        ]
        now = time.time()
        card, account, refund = local("Card number"), local("Bank account"), local("Refund to account")
        seat = "SBY-0431"
        self.unlocks = [OpenUnlock("o1", "Citra Lestari", seat, "C-100342", card, now + 74, False, "Hendra Kusuma")]
        self.decided = [
            PastUnlock("d1", "Wayan Sudarma", "C-119874", account, refund, RequestState.USED,
                       now - 4000, "Hendra Kusuma", True),
            PastUnlock("d2", "Yudha Saputra", "C-121190", "NIK", "Other", RequestState.REFUSED, now - 5200,
                       "Dian Sasmita", False),
        ]  # fmt: skip
        self.said: list[tuple[str, str, str]] = []
        self.refuse: Exception | None = None

    limits = UnlockLimits(120, 1, 30)

    def waiting(self) -> list[UnlockWaiting]:
        return list(self.queue)

    def desk(self) -> tuple[list[OpenUnlock], list[PastUnlock]]:
        return list(self.unlocks), list(self.decided)

    def past(self, request: str) -> AgentPast:
        return AgentPast(3, (2, 5), 0, 0, time.time() - 9 * 86_400, 38, 35, 1, 2, tuple(self.decided))

    def approve(self, request: str, usable_s: int) -> None:
        self._decide("approve", request, str(usable_s))

    def deny(self, request: str, why: str) -> None:
        self._decide("deny", request, why)

    def ask_back(self, request: str, question: str) -> None:
        self._decide("ask_back", request, question)

    def revoke(self, request: str) -> None:
        self.said.append(("revoke", request, ""))
        self.unlocks = [unlock for unlock in self.unlocks if unlock.id != request]

    def _decide(self, what: str, key: str, text: str) -> None:
        if self.refuse is not None:
            refuse, self.refuse = self.refuse, None
            raise refuse
        if key not in {one.id for one in self.queue}:
            raise NotAllowedError("This request was decided already, or is over.", code="expired")
        self.said.append((what, key, text))
        self.queue = [one for one in self.queue if one.id != key]
