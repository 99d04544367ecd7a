"""Who calls, as a softphone tells it (`tirai pop`): a number in its international form, or that it is withheld.

The number is personal data of somebody who may not even be a customer. It lives in this object, in the encrypted cache
while the console is locked, and in the request that looks it up; no text of the screen, title, log or report holds it.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.domain.mask import Mask

_E164: Final = re.compile(r"\+[1-9][0-9]{3,14}")
"""ITU-T E.164: a country code and at most 15 digits in all."""


@dataclass(frozen=True, slots=True, repr=False)
class Caller:
    """Whoever calls.

    Attributes:
        call: digest of the call's id (`session.calls.call_key`).
        number: E.164, or empty where it is withheld.
    """

    call: str
    number: str

    @property
    def is_withheld(self) -> bool:
        """Whether nobody knows the number."""
        return not self.number

    @property
    def mask(self) -> "Mask | None":
        """The number as it may stand on the screen; None where it is withheld."""
        from app.domain.kinds import Kind
        from app.domain.masks import mask_for

        return mask_for(Kind.PHONE, self.number) if self.number else None


def is_number(untrusted: str) -> bool:
    """Whether a text is a number as `tirai pop` hands it on, or empty: withheld."""
    return not untrusted or _E164.fullmatch(untrusted) is not None
