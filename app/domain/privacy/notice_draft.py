"""A first draft of a notice from the inventory: what it says of data, times and grounds; gaps where only people know.

Whatever the inventory does not say is a gap, `[...]`, which keeps the notice from being published.
"""

from typing import Final

from app.domain.field import Purpose
from app.domain.inventory import Inventory
from app.domain.policy import Policy
from app.domain.privacy.consent import asks_for_consent
from app.domain.privacy.notice import LANGUAGES, Content, Notice, Toggle
from app.domain.privacy.processing_record import processing_record
from app.domain.privacy.record_words import RecordSaid

GAP: Final = "[...]"
_RIGHTS: Final = {
    "id": "Anda berhak mengetahui, mengakses, memperbaiki, membatasi, memindahkan, dan menghapus data Anda, menarik "
    "persetujuan, serta mengajukan keberatan. Kontak: {contact}",
    "en": "You have the right to know, access, correct, restrict, move and erase your data, to withdraw consent, and "
    "to object. Contact: {contact}",
}
_ASK: Final = {
    "id": "Saya setuju data saya dipakai untuk: {purpose}.",
    "en": "I agree that my data is used to: {purpose}.",
}


def draft(inventory: Inventory, policy: Policy, code: str) -> Notice:
    """A notice as far as the inventory says it."""
    texts = {language: _texts(inventory, policy, language) for language in LANGUAGES}
    return Notice(code, texts, tuple(map(_toggle, asks_for_consent(inventory))))


def _texts(inventory: Inventory, policy: Policy, language: str) -> dict[Content, str]:
    said = RecordSaid(processing_record(inventory), inventory, policy, language)
    activities, controller = said.activities(), inventory.controller
    return {
        Content.LEGALITY: "\n".join(
            [controller.name or GAP, *(f"{one.purpose}: {one.bases}" for one in activities if one.bases)]
        ),
        Content.PURPOSE: "\n".join(one.purpose for one in activities),
        Content.TYPES: "\n".join(f"{one.purpose}: {one.data}" for one in activities),
        Content.KEPT: "\n".join(f"{one.label}: {one.kept}" for one in said.fields()),
        Content.DETAIL: "\n".join(f"{one.label} ({one.category})" for one in said.fields()),
        Content.PERIOD: "\n".join(f"{one.purpose}: {one.kept}" for one in activities),
        Content.RIGHTS: _RIGHTS[language].format(contact=controller.contact or GAP),
    }


def _toggle(purpose: Purpose) -> Toggle:
    labels = {language: _ASK[language].format(purpose=purpose.label(language)) for language in LANGUAGES}
    return Toggle((purpose.name,), labels)
