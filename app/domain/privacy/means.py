"""How it was made sure who spoke for a customer, or in which way somebody with a disability was spoken with."""

from dataclasses import dataclass
from typing import Final

from app.domain.privacy.consent import Speaker

LARGE_PRINT: Final = "large_print"
MEANS: Final = {
    Speaker.SELF: (),
    Speaker.GUARDIAN: ("document", "known", "called_back"),
    Speaker.CARER: ("document", "known", "called_back"),
    Speaker.ASSISTED: ("easy_words", "in_writing", "sign_language", LARGE_PRINT, "helper"),
}
"""Words of the program that a receipt carries, by who spoke (UU PDP articles 25, 26; PP 33/2026 articles 38, 39)."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """Who speaks at a desk, and how that was made sure of.

    A guardian's name stands in no receipt: it lies sealed in the customer's record, and the reference leads to the
    paper that was seen.

    Attributes:
        speaker: the customer, or who acts for or with them.
        means: one of `MEANS`; empty for the customer alone.
        reference: of the evidence, such as the number of a file; no value of anybody.
    """

    speaker: Speaker = Speaker.SELF
    means: str = ""
    reference: str = ""

    @property
    def holds(self) -> bool:
        """Whether the means are ones of this speaker's."""
        return self.means in (MEANS[self.speaker] or ("",))


BY_THEMSELVES: Final = Speaking()
