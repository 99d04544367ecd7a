"""Letting somebody who was erased come back, as the privacy desk shows it: proposals without whom they are about."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from app.api.messages.readmission import ReadmissionRow
from app.domain.erasure.readmission import BackBecause, NamedBy
from app.domain.erasure.words import OrderState
from app.domain.errors import InputRefusedError, NotAllowedError
from app.session.identity import Identity
from app.session.readmissions import Readmissions


@dataclass(frozen=True, slots=True)
class ShownReadmission:
    """A proposal; whom it is about stands nowhere.

    Attributes:
        id: hex.
        at, until, decided_at: seconds since 1970, 0 for never.
        hashes: how many that keep the person out would go, or have gone.
        may_decide: whether it waits, so that somebody may approve or drop it.
    """

    id: str
    number: int
    reason: BackBecause
    reference: str
    state: OrderState
    proposed_by: str
    at: float
    until: float
    decided_by: str
    decided_at: float
    hashes: int
    is_own: bool
    may_decide: bool


class Readmitting:
    """What the page asks.

    Args:
        identity: who signed in.
        step_up: gives a fresh code in a console's way.
    """

    def __init__(self, identity: Identity, step_up: Callable[[str], None]) -> None:
        self._readmissions = Readmissions(identity)
        self._rows: dict[str, ReadmissionRow] = {}
        self.step_up = step_up

    def listing(self) -> tuple[ShownReadmission, ...]:
        """All proposals, the newest first.

        Raises:
            NotAllowedError: code `role`.
        """
        self._rows = {row.id.hex(): row for row in self._readmissions.rows()}
        return tuple(map(_shown, self._rows.values()))

    def propose(self, by: NamedBy, value: str, reason: BackBecause, reference: str) -> int:
        """Propose that a person comes back; the proposal's number.

        Raises:
            InputRefusedError: code `value`, or `reference`: there is none.
            NotAllowedError: see `app/backoffice/erasure/readmission.py`.
        """
        if not _REFERENCE.fullmatch(reference):
            raise InputRefusedError("Name the contract, the request or the case.", code="reference")
        _must_be_short(value)
        return self._readmissions.propose(by, value, reason, reference)

    def approve(self, readmission: str, by: NamedBy, value: str) -> None:
        """Name the same person as the second one.

        Raises:
            InputRefusedError: code `value`.
            NotAllowedError: see there.
        """
        _must_be_short(value)
        self._readmissions.approve(self._row(readmission), by, value)

    def drop(self, readmission: str) -> None:
        """Take an own proposal back, or refuse somebody else's."""
        self._readmissions.drop(self._row(readmission))

    def _row(self, readmission: str) -> ReadmissionRow:
        if readmission not in self._rows:
            raise NotAllowedError("Look at the proposals first.", code="over")
        return self._rows[readmission]


_REFERENCE = re.compile("[A-Za-z0-9./_-]{1,40}")
_LONGEST = 64


def _must_be_short(value: str) -> None:
    if not 0 < len(value) <= _LONGEST:
        raise InputRefusedError("That is no value of its kind.", code="value")


def _shown(row: ReadmissionRow) -> ShownReadmission:
    return ShownReadmission(
        id=row.id.hex(),
        number=row.number,
        reason=row.reason,
        reference=row.reference,
        state=row.state,
        proposed_by=row.proposed_by_name,
        at=row.proposed_ms / 1000,
        until=row.until_ms / 1000,
        decided_by=row.decided_by_name,
        decided_at=row.decided_ms / 1000,
        hashes=row.hashes,
        is_own=row.is_own,
        may_decide=row.state is OrderState.WAITING,
    )
