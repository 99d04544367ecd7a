"""What two people sign before the key of backups is destroyed: no backup made under it opens ever again.

    both sign LP("backup-period-end", O, period, at, first account, second account)

The signatures are Ed25519 by the accounts' own keys, which the book shows, so that a gateway's machine that holds the
file of keys believes a file with them, whoever carried it there. A period's name is never used twice: an order that is
shown again destroys nothing more.
"""

import binascii
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from app.auth.book import Book
from app.crypto import signing
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.role import Role

WHAT: Final = "Tirai order to destroy a backup key"
CERTIFIED: Final = "Tirai certificate of a destroyed backup key"
LONGEST: Final = 4000
VALID_MS: Final = 72 * 3_600_000
"""Time enough to carry the order to the machine with the keys."""
_AHEAD_MS: Final = 600_000
_NEVER_MS: Final = 2**53
_SECOND: Final = frozenset({Role.SUPERVISOR.value, Role.PRIVACY_OFFICER.value})


@dataclass(frozen=True, slots=True)
class PeriodEnd:
    """An order to destroy a period's key.

    Attributes:
        period: the period's name.
        at_ms: when it was signed, ms since 1970.
        first: an administrator.
        second: a supervisor or a privacy officer.
        signatures: of both, in this sequence.
    """

    period: str
    at_ms: int
    first: str
    second: str
    signatures: tuple[bytes, ...] = ()

    def signed(self, office: bytes, *seeds: bytes) -> "PeriodEnd":
        """The same, signed by both.

        Args:
            office: O.
            seeds: the account's own, the first one's first.
        """
        return replace(self, signatures=tuple(signing.sign(seed, self._body(office)) for seed in seeds))

    def check(self, office: bytes, book: Book, now_ms: int) -> None:
        """Demand that two people of the book have signed it, one of them an administrator, and not long ago.

        Raises:
            BookError: somebody has no active account.
            NotAllowedError: code `role`, `over` or `signature`.
        """
        people = [book.active(name) for name in (self.first, self.second)]
        if people[0].role != Role.ADMINISTRATOR.value or people[1].role not in _SECOND:
            raise NotAllowedError(
                "An administrator and a supervisor or privacy officer destroy a backup key together.", code="role"
            )
        if not -_AHEAD_MS <= now_ms - self.at_ms <= VALID_MS:
            raise NotAllowedError("This order is not of the last three days. Sign it again.", code="over")
        try:
            for entry, signature in zip(people, self.signatures, strict=True):
                signing.check(entry.sign, signature, self._body(office))
        except (SealError, ValueError) as e:
            raise NotAllowedError("This order was not signed by whom it names.", code="signature") from e

    def text(self) -> str:
        """As a file."""
        said = {"what": WHAT, "period": self.period, "at_ms": self.at_ms, "first": self.first, "second": self.second}
        marks = [b64encode(signature).decode() for signature in self.signatures]
        return json.dumps(said | {"signatures": marks}, indent=1) + "\n"

    def _body(self, office: bytes) -> bytes:
        return lp("backup-period-end", office, self.period, self.at_ms, self.first, self.second)


def period_end_of(untrusted: str) -> PeriodEnd:
    """The order in a file.

    Raises:
        InputRefusedError: it is none.
    """
    try:
        said: Mapping[str, Any] = json.loads(untrusted[:LONGEST])
        marks = tuple(b64decode(mark, validate=True) for mark in said["signatures"])
        order = PeriodEnd(str(said["period"]), int(said["at_ms"]), str(said["first"]), str(said["second"]), marks)
        is_one = said["what"] == WHAT and 0 <= order.at_ms < _NEVER_MS
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error) as e:
        raise InputRefusedError("This is no order to destroy a backup key.", code="order") from e
    if not is_one:
        raise InputRefusedError("This is no order to destroy a backup key.", code="order")
    return order
