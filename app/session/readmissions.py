"""Letting somebody who was erased come back, as whoever signs in proposes, approves and follows it."""

from app.api.client import readmission as calls
from app.api.messages.readmission import NamePerson, ProposeReadmission, ReadmissionRow
from app.domain.erasure.readmission import BackBecause, NamedBy
from app.domain.errors import InputRefusedError
from app.session.identity import Identity, new_id


class Readmissions:
    """What one person does with them."""

    def __init__(self, identity: Identity) -> None:
        """Work as this identity."""
        self._identity = identity

    def rows(self) -> tuple[ReadmissionRow, ...]:
        """All of them, the newest first.

        Raises:
            NotAllowedError: the role takes no part.
        """
        return calls.rows(self._identity.client)

    def numbered(self, number: int) -> ReadmissionRow:
        """The one of this number.

        Raises:
            InputRefusedError: code `no_readmission`: there is none.
        """
        for row in self.rows():
            if row.number == number:
                return row
        raise InputRefusedError("There is no such proposal.", code="no_readmission")

    def propose(self, by: NamedBy, value: str, reason: BackBecause, reference: str) -> int:
        """Propose that a person comes back; its number.

        Args:
            by: what the value is.
            value: the person's own.
            reason: the ground.
            reference: number of the contract, request or case.

        Raises:
            NotAllowedError: see `app/backoffice/erasure/readmission.py`.
            InputRefusedError: see there.
        """
        person = NamePerson(by=by, value=value)
        request = ProposeReadmission(id=new_id(), person=person, reason=reason, reference=reference)
        return calls.propose(self._identity.client, request).number

    def approve(self, row: ReadmissionRow, by: NamedBy, value: str) -> None:
        """Name the same person as the second one, and let them come back.

        Raises:
            NotAllowedError: code `own`, `role`, `over`, `quota` or `other_person`; or a stale code.
        """
        calls.approve(self._identity.client, row.id, NamePerson(by=by, value=value))

    def drop(self, row: ReadmissionRow) -> None:
        """Take an own proposal back, or refuse somebody else's."""
        calls.drop(self._identity.client, row.id)
