"""The unlock grant: a supervisor's signature under one field of one record for one session."""

from dataclasses import dataclass

from app.crypto.derive import sha256
from app.crypto.labels import lp


@dataclass(frozen=True, slots=True)
class UnlockGrant:
    """LP("unlock-grant", O, request, agent, session, record, field, salt, expiry, views, SHA-256 of sealed E).

    Attributes:
        request: 16 bytes.
        agent: account that asked.
        session: the agent's session, 16 bytes.
        record: 16 bytes.
        field: name of the field.
        salt: salt of the value that was on the supervisor's screen, 16 bytes.
        expiry_ms: when it stops being usable, ms since 1970 by the back office's clock.
        views: how often it opens.
        sealed_half: E, sealed to the agent's session.
    """

    request: bytes
    agent: str
    session: bytes
    record: bytes
    field: str
    salt: bytes
    expiry_ms: int
    views: int
    sealed_half: bytes

    def body(self, office: bytes) -> bytes:
        """What the supervisor signs."""
        return lp(
            "unlock-grant", office, self.request, self.agent, self.session, self.record, self.field, self.salt,
            self.expiry_ms, self.views, sha256(self.sealed_half),
        )  # fmt: skip
