"""A log made up for tests without an office: rightly chained entries, the same for the same length."""

from app.auth.audit_chain import AuditEntry, first_hash

OFFICE = bytes(range(32))
_EVENTS = (("reveal", "ok"), ("sign_in", "failed"), ("notes.read", "ok"), ("reveal", "refused"))


def made_log(length: int, office: bytes = OFFICE) -> list[AuditEntry]:
    """So many entries."""
    head, entries = first_hash(office), []
    for number in range(1, length + 1):
        event, outcome = _EVENTS[number % len(_EVENTS)]
        entry = AuditEntry(
            number,
            1_790_000_000_000 + number * 1234,
            event,
            outcome,
            actor="ratna",
            acting_with="hendra" if number % 9 == 0 else "",
            session=f"{number // 20:032x}",
            seat="SBY-0417",
            record=f"{number * 77:032x}",
            field="mobile_phone",
            data_class="contact",
            reason="call_back",
            detail="caller=identified",
        ).chained(office, head)
        head = entry.hash
        entries.append(entry)
    return entries
