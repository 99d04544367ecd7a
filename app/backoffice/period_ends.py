"""Destroying the key of a period by the word of two people, and the office's signed proof of it afterwards."""

from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path

from app.auth.erasure_certificate import signed_certificate
from app.auth.period_end import CERTIFIED, PeriodEnd
from app.backoffice.backup import destroyed, load_keys, save_keys
from app.backoffice.office import OpenOffice
from app.crypto.derive import sha256
from app.domain.errors import InputRefusedError

DESTROYED = "backup.destroy_key"


def destroy_period(office: OpenOffice, order: PeriodEnd, who: dict[str, str], *files: Path) -> str:
    """Destroy the key of a period in each copy of the file of keys; the backups made under it never open again.

    Args:
        office: the open office.
        order: what two people have signed.
        who: who brings it, for the log.
        files: the copies.

    Returns:
        The certificate, signed by the office.

    Raises:
        NotAllowedError, BookError: the order does not hold.
        InputRefusedError: there is no such period, or its key is gone already.
        WorkstationError: a disk refused; running it again goes on.
    """
    order.check(office.id, office.book, office.clock.now_ms())
    keys = load_keys(office, *files)
    period = next((p for p in keys.periods if p.name == order.period), None)
    if period is None:
        raise InputRefusedError("There is no backup key of that name. See: tirai backup keys", code="no_period")
    people = {"actor": order.first, "acting_with": order.second}
    with office.writing() as db:
        entry = office.log.append(db, DESTROYED, reference=order.period, **who | people)
        office.log.checkpoint(db)
        number, head = office.log.head(db)
    now = destroyed(keys, (order.period,), office)
    save_keys(now, *files)
    gone = next(p for p in now.periods if p.name == order.period)
    signatures = [b64encode(signature).decode() for signature in order.signatures]
    facts = {
        "what": CERTIFIED,
        "period": order.period,
        "kind": period.kind,
        "office_name": office.plate.name,
        "key_made": _iso(period.made_ms),
        "key_sha256": sha256(period.public).hex() if period.public else "",
        "destroyed": _iso(gone.destroyed_ms),
        "ordered": _iso(order.at_ms),
        "people": [
            {"account": account, "signature": signature}
            for account, signature in zip((order.first, order.second), signatures, strict=True)
        ],
        "copies": len(files),
        "log": {"entry": entry, "entries": number, "head": head.hex()},
    }
    return signed_certificate(facts, office.plate.root, office.book.office_entry, office.keys.checkpoint_seed)


def _iso(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds")
