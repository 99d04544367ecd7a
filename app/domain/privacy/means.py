"""How it was made sure who spoke for a customer, or in which way somebody with a disability was spoken with."""

from typing import Final

from app.domain.privacy.consent import Speaker

MEANS: Final = {
    Speaker.SELF: (),
    Speaker.GUARDIAN: ("document", "known", "called_back"),
    Speaker.CARER: ("document", "known", "called_back"),
    Speaker.ASSISTED: ("easy_words", "in_writing", "sign_language", "large_print", "helper"),
}
"""Words of the program that a receipt carries, by who spoke (UU PDP articles 25, 26; PP 33/2026 articles 38, 39)."""
