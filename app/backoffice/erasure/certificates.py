"""What the certificate of an order says: who ordered what, what became of each customer, and what is not covered.

Remarks are codes; their sentences, in both languages, stand in `app/domain/erasure/certificate_words.py`.
"""

import json
from base64 import b64encode
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from app.auth.erasure_certificate import signed_certificate
from app.backoffice.class_grants import display_names
from app.backoffice.erasure.copies import told_and_ended
from app.backoffice.erasure.orders import subjects_of
from app.backoffice.erasure_tables import erasures
from app.backoffice.office import OpenOffice
from app.domain.erasure.certificate_words import ARTICLE, remarks_of
from app.domain.erasure.words import Action, Fate
from app.domain.errors import NotAllowedError


def certificate_of(
    office: OpenOffice, db: Connection, row: Row[Any], backups: dict[str, int], entry: int, now_ms: int
) -> str:
    """The certificate of an order that is over, as signed text.

    Args:
        office: the open office.
        db: the transaction in which it ends.
        row: the order.
        backups: periods of record keys that live still, and when each is due.
        entry: number of the log's entry that it is over.
        now_ms: when.
    """
    names, subjects = display_names(db), subjects_of(db, row.id)
    totals: Counter[str] = Counter()
    for subject in subjects:
        totals.update(json.loads(subject.counts))
    number, head = office.log.head(db)
    action = Action(row.action)
    facts = {
        "number": row.number,
        "order": row.id.hex(),
        "action": action.value,
        "article": ARTICLE[action],
        "ground": row.ground,
        "reference": row.reference,
        "office_name": office.plate.name,
        "proposed": _person(row.proposed_by, names, row.proposed_ms, row.signature),
        "approved": _person(row.decided_by, names, row.decided_ms, row.approval),
        "unusual": row.unusual.split(),
        "customers": [_customer(subject) for subject in subjects],
        "fates": dict(Counter(subject.fate for subject in subjects)),
        "destroyed": dict(totals),
        "workstations": told_and_ended(db, row.id),
        "purged": _iso(row.purged_ms),
        "backups": [{"period": period, "until": _iso(until)} for period, until in sorted(backups.items())],
        "remarks": list(remarks_of(action, is_shared=office.database.is_shared, has_backups=bool(backups))),
        "log": {"entry": entry, "entries": number, "head": head.hex()},
        "made": _iso(now_ms),
    }
    return signed_certificate(facts, office.plate.root, office.book.office_entry, office.keys.checkpoint_seed)


def certificate_text(db: Connection, key: bytes) -> str:
    """The certificate of an order.

    Raises:
        NotAllowedError: code `no_certificate`: there is none, or not yet.
    """
    text = db.execute(select(erasures.c.certificate).where(erasures.c.id == key)).scalar()
    if not text:
        raise NotAllowedError("This order has no certificate: it is not over, or nothing was erased.",
                              code="no_certificate")  # fmt: skip
    return str(text)


def _person(account: str, names: dict[str, str], at_ms: int, signature: bytes) -> dict[str, str]:
    said = {"account": account, "name": names.get(account, account), "at": _iso(at_ms)}
    return said | {"signature": b64encode(signature).decode()}


def _customer(subject: Row[Any]) -> dict[str, Any]:
    said: dict[str, Any] = {"pseudonym": subject.record.hex(), "fate": subject.fate}
    if subject.fields:
        said["fields"] = subject.fields.split()
    if subject.fate == Fate.ERASED.value:
        said |= {"at": _iso(subject.erased_ms), "entry": subject.entry, "destroyed": json.loads(subject.counts)}
    return said


def _iso(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds")
