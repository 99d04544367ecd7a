"""What the office shows for each control: a callable by its name, over the office as it is now.

Another part of Tirai adds its evidence here by one line, and its control in `app/domain/compliance/controls.py` by
another; `tests/unit/backoffice/test_controls.py` then wants to know how the control is broken.
"""

from collections.abc import Callable, Mapping
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from app.backoffice.compliance import on_duties, on_inventory, on_keys, on_log, on_people, on_policy, on_privacy
from app.backoffice.compliance.look import Look
from app.domain.compliance.controls import CONTROLS
from app.domain.compliance.finding import Finding, Found
from app.domain.errors import TiraiError

Evidence = Callable[[Look], Found]
Tell = Callable[[int, int], object]


def nobody_waits(_done: int, _total: int) -> None:
    """Where nobody is told how far it is."""


def _not_seen(en: str, id: str) -> Evidence:  # noqa: A002 -- the language's code
    """For what nobody can see from inside: the report says so instead of passing over it."""
    return lambda _look: Found(False, en, id)


EVIDENCE: Final[Mapping[str, Evidence]] = {
    "access_review": on_log.access_review,
    "assessment": on_log.assessment,
    "backup": on_log.backup,
    "card_codes": on_policy.card_codes,
    "card_masks": on_keys.card_masks,
    "certified": _not_seen(
        "A certificate of the system is the organisation's; Tirai keeps none.",
        "Sertifikat sistem adalah urusan organisasi; Tirai tidak menyimpannya.",
    ),
    "class_grants": on_keys.class_grants,
    "consent_receipts": on_duties.consent_receipts,
    "contact": on_inventory.contact,
    "countries": on_inventory.countries,
    "entries_complete": on_log.entries_complete,
    "erasures_done": on_duties.erasures_done,
    "exports_ordered": on_privacy.exports_ordered,
    "grounds": on_inventory.grounds,
    "idle": on_policy.idle,
    "incidents_told": on_duties.incidents_told,
    "log_kept": on_log.log_kept,
    "log_verified": on_log.log_verified,
    "log_whole": on_log.log_whole,
    "masked": on_keys.masked,
    "master_apart": on_keys.master_apart,
    "notice_published": on_duties.notice_published,
    "notice_told": on_inventory.notice_told,
    "officer": on_inventory.officer,
    "own_policy": on_policy.own_policy,
    "password_length": on_policy.password_length,
    "posture": on_duties.posture,
    "purposes_gated": on_privacy.purposes_gated,
    "reasons": on_log.reasons,
    "record": on_inventory.record,
    "registered": _not_seen(
        "The registration as an operator (PSE) is the organisation's; Tirai keeps no proof of it.",
        "Pendaftaran sebagai PSE adalah urusan organisasi; Tirai tidak menyimpan buktinya.",
    ),
    "requests_in_time": on_duties.requests_in_time,
    "retention_kept": on_privacy.retention_kept,
    "retention_stated": on_inventory.retention_stated,
    "rotation": on_keys.rotation,
    "row_security": on_keys.row_security,
    "rules_accepted": on_duties.rules_accepted,
    "second_factor": on_keys.second_factor,
    "sessions_end": on_people.sessions_end,
    "sign_ins_judged": on_privacy.sign_ins_judged,
    "step_up": on_policy.step_up,
    "stored_encrypted": on_keys.stored_encrypted,
    "throttle": on_policy.throttle_waits,
    "trained": on_duties.trained,
    "unused_accounts": on_people.unused_accounts,
    "values_sealed": on_keys.values_sealed,
    "who_saw": on_policy.who_saw,
    "workstations": on_people.workstations,
}
NEVER_MET: Final = frozenset({"certified", "registered"})
"""What nobody can see from inside: not met here, whatever the office does."""


def findings(look: Look, tell: Tell = nobody_waits, *, more: int = 0) -> tuple[Finding, ...]:
    """Look at each control; evidence that several share is gathered once.

    Args:
        look: the office.
        tell: called before each piece, with how many are seen, and of how many; what it raises stops the look.
        more: parts that come after these.
    """
    found: dict[str, Found] = {}
    total = pieces() + more
    for control in CONTROLS:
        if control.evidence not in found:
            tell(len(found), total)
            found[control.evidence] = seen(look, control.evidence)
    return tuple(Finding(one, found[one.evidence], look.now_ms) for one in CONTROLS)


def pieces() -> int:
    """How many pieces of evidence there are."""
    return len({control.evidence for control in CONTROLS})


def seen(look: Look, evidence: str) -> Found:
    """Look at one; what cannot be looked at is not met, and the rest of the report goes on."""
    try:
        with look.db.begin_nested():
            return EVIDENCE[evidence](look)
    except (SQLAlchemyError, TiraiError, ValueError, KeyError, TypeError) as error:
        kind = type(error).__name__
        return Found(False, f"It could not be looked at ({kind}).", f"Tidak dapat diperiksa ({kind}).")
