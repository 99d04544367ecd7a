"""A list of accesses as an office could have it, for documents and pictures: any length, always the same."""

from datetime import UTC, datetime
from typing import Any

from app.backoffice.log_proof import LogProof
from app.backoffice.who_saw_pdf import WhoSawDocument
from app.domain.access import Access, AccessKind, AccessList, Somebody
from app.domain.access_words import AccessWords
from app.domain.inventory_reader import load_inventory
from app.domain.policy_reader import load_policy
from app.domain.role import Role
from app.resource_files import resource_text

BEGAN_MS = int(datetime(2026, 8, 3, 1, 12, tzinfo=UTC).timestamp() * 1000)
INVENTORY = load_inventory(resource_text("inventory", "customer.toml"))
POLICY = load_policy(resource_text("policy", "default.toml"))
AGENT, OTHER = Somebody(Role.AGENT, 1), Somebody(Role.AGENT, 2)
SUPERVISOR, OFFICER = Somebody(Role.SUPERVISOR, 1), Somebody(Role.PRIVACY_OFFICER, 1)

_ONES: tuple[tuple[AccessKind, Somebody, dict[str, Any]], ...] = (
    (AccessKind.ADDED, SUPERVISOR, {}),
    (AccessKind.FOUND, AGENT, {}),
    (AccessKind.CHECKED, AGENT, {"field": "birth_date", "matched": True}),
    (AccessKind.CHECKED, AGENT, {"field": "nik", "matched": False}),
    (AccessKind.SHOWN, AGENT, {"field": "mobile_phone", "reason": "call_back", "seconds": 12}),
    (AccessKind.NOTES_READ, AGENT, {"notes": 3}),
    (AccessKind.NOTE_WRITTEN, AGENT, {}),
    (AccessKind.COMPARED, OTHER, {"field": "mobile_phone"}),
    (AccessKind.ALLOWED, SUPERVISOR, {"field": "bank_account", "reason": "refund"}),
    (AccessKind.SHOWN, OTHER, {"field": "bank_account", "reason": "refund", "allowed_by": SUPERVISOR}),
    (AccessKind.USED, OTHER, {"field": "email", "reason": "confirm_delivery"}),
    (AccessKind.CHANGED, SUPERVISOR, {}),
    (AccessKind.SHOWN, SUPERVISOR, {"field": "mothers_name", "reason": "supervise"}),
    (AccessKind.COPIED, AGENT, {"field": "mobile_phone"}),
    (AccessKind.LISTED, OFFICER, {}),
)


def sample(count: int = len(_ONES), *, customer_name: str = "", refused: int = 2) -> AccessList:
    """A list of so many accesses, about five a day."""
    accesses = []
    for at in range(count):
        kind, who, rest = _ONES[at % len(_ONES)]
        at_ms = BEGAN_MS + (at // 5) * 86_400_000 + (at % 5) * 4_980_000
        accesses.append(Access(1_204 + at * 37, at_ms, kind, who, **rest))
    return AccessList("C-100234", customer_name, tuple(accesses), count, refused, None, None, BEGAN_MS, 30)


def document(found: AccessList, language: str = "en", *, signature: bytes = bytes(range(64))) -> WhoSawDocument:
    """A document of it."""
    words = AccessWords(language, INVENTORY, POLICY)
    proof = LogProof(bytes(range(32)), 88_191, bytes(range(32, 64)), signature)
    made_ms = int(datetime(2026, 11, 27, 7, 25, 9, tzinfo=UTC).timestamp() * 1000)
    return WhoSawDocument("Nusantara Care", found, proof, OFFICER, made_ms, words)
