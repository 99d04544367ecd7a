"""Requests of customers in memory, with invented people; their clocks stand where a test says."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.domain.erasure.words import OrderState
from app.domain.role import Role
from app.domain.subject_requests.clock import HOUR_MS, TERMS, standing
from app.domain.subject_requests.steps import may_open, may_second, may_work
from app.domain.subject_requests.words import (
    BUNDLES,
    Channel,
    IdentityCheck,
    Proposal,
    RefusalReason,
    RequestKind,
    RequestState,
    SentBy,
)
from app.session.privacy.shown_requests import NewRequest, RequestListing, ShownRequest, TakenRequest
from app.session.shown_who_saw import Language

NOW = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
WORDS = "<b>Please</b> send me what you have about me."


def request(number: int, kind: RequestKind, hours: float, **changed: object) -> ShownRequest:
    """A request that came so many hours ago."""
    received_ms = round((NOW - timedelta(hours=hours)).timestamp() * 1000)
    now_ms = round(NOW.timestamp() * 1000)
    parts: dict[str, object] = {
        "id": f"{number:032x}", "number": number, "record": f"{number:032x}", "customer": f"8821{number} Ani Wijaya",
        "queue": "billing", "kind": kind, "channel": Channel.PHONE, "purposes": (), "held": (),
        "received_at": NOW - timedelta(hours=hours), "due_at": NOW + timedelta(hours=72 - hours),
        "opened_by": "ratna.dewanti", "term": TERMS[kind],
        "standing": standing(received_ms, received_ms, None, now_ms), "state": RequestState.OPEN, "revision": 1,
        "identity": None, "identity_by": "", "proposal": Proposal.NONE, "proposed_by": "", "refusal": None,
        "decided_by": "", "may_decide": False, "grant_until": None, "bundled_at": None, "ended_at": None,
        "ended_by": "", "letter_at": None,
    }  # fmt: skip
    return ShownRequest(**(parts | changed))  # type: ignore[arg-type]


def sample(role: Role) -> tuple[ShownRequest, ...]:
    """What stands in the register: new, proposed, granted, late, ended."""
    checked = {"identity": IdentityCheck.CALLER, "identity_by": "maya.paramita", "revision": 2}
    ended_ms = round((NOW - timedelta(hours=20)).timestamp() * 1000)
    began_ms = ended_ms - 30 * HOUR_MS
    return (
        request(4, RequestKind.RESTRICTION, 80, purposes=("Offer other services",), **checked),
        request(
            7, RequestKind.ERASURE, 50, proposal=Proposal.REFUSAL, proposed_by="maya.paramita",
            refusal=RefusalReason.KEPT_BY_LAW, may_decide=role is Role.SUPERVISOR,
            order=12, order_state=OrderState.WAITING, **checked,
        ),
        request(
            8, RequestKind.ACCESS, 10, grant_until=NOW + timedelta(minutes=20), proposed_by="maya.paramita",
            decided_by="hendra.kusuma", attached_by="maya.paramita", attached_at=NOW - timedelta(hours=9), **checked,
        ),
        request(9, RequestKind.CORRECTION, 2),
        request(
            11, RequestKind.ACCESS, 5, record="", customer="", queue="", channel=Channel.LETTER,
            identity=IdentityCheck.DOCUMENT, identity_by="maya.paramita", revision=2,
        ),
        request(
            2, RequestKind.WITHDRAWAL, 50, state=RequestState.DONE, purposes=("Offer other services",),
            held=("Offer other services",), ended_at=NOW - timedelta(hours=20), ended_by="maya.paramita",
            standing=standing(began_ms, began_ms, ended_ms, ended_ms), **checked,
            letter_at=NOW - timedelta(hours=19), sent_by=SentBy.POST, sent_at=NOW - timedelta(hours=18),
            sent_reference="RR-118/26", sent_told_by="maya.paramita", way="large_print",
        ),
    )  # fmt: skip


class FakeRequests:
    """The register of one person.

    Attributes:
        refusal: what the office says instead, once.
        done: what was done, in order.
    """

    def __init__(self, role: Role) -> None:
        self.role = role
        self.requests = list(sample(role))
        self.refusal: Exception | None = None
        self.done: list[tuple[object, ...]] = []
        self.taken: list[NewRequest] = []

    @property
    def may_take(self) -> bool:
        return may_open(self.role)

    @property
    def may_look(self) -> bool:
        return may_work(self.role) or may_second(self.role)

    def purposes(self) -> tuple[tuple[str, str], ...]:
        return (("service", "Serve the customer's requests"), ("offers", "Offer other services"))

    def new_request(self) -> str:
        return f"{len(self.taken) + 100:032x}"

    def take(self, wish: NewRequest) -> TakenRequest:
        self._answer("take")
        self.taken.append(wish)
        return TakenRequest(10, NOW + timedelta(hours=72 - wish.hours_ago))

    def register(self) -> RequestListing:
        return RequestListing(tuple(self.requests), 0, may_work(self.role))

    def words(self, request: str) -> str:
        self._answer("words", request)
        return WORDS

    def check_identity(self, request: str, revision: int, how: IdentityCheck) -> None:
        self._answer("identity", request, revision, how)

    def attach(self, request: str, revision: int, number: str, how: IdentityCheck) -> None:
        self._answer("attach", request, revision, number, how)

    def detach(self, request: str, revision: int) -> None:
        self._answer("detach", request, revision)

    def propose_refusal(self, request: str, revision: int, reason: RefusalReason) -> None:
        self._answer("refusal", request, revision, reason)

    def propose_copy(self, request: str, revision: int) -> None:
        self._answer("copy", request, revision)

    def decide(self, request: str, revision: int, *, is_approved: bool) -> None:
        self._answer("decide", request, revision, is_approved)

    def end(self, request: str, revision: int) -> None:
        self._answer("end", request, revision)

    def take_back(self, request: str, revision: int) -> None:
        self._answer("take_back", request, revision)

    def lift(self, request: str, revision: int) -> None:
        self._answer("lift", request, revision)

    def letter_sent(self, request: str, way: SentBy, days_ago: int, reference: str) -> None:
        self._answer("sent", request, way, days_ago, reference)

    def save_letter(self, request: str, language: Language, path: Path, *, is_large: bool) -> None:
        del is_large  # it stands in the name of the file
        self._answer("letter", request, language, path.name)

    def save_bundle(self, request: ShownRequest, path: Path) -> int:
        assert request.kind in BUNDLES
        self._answer("bundle", request.id, path.name)
        return 1204

    def _answer(self, *what: object) -> None:
        refusal, self.refusal = self.refusal, None
        if refusal is not None:
            raise refusal
        self.done.append(what)
