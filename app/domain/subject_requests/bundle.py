"""A copy of one customer's data, as values, and its two machine-readable forms (UU PDP art. 7 and 13).

The JSON has all of it with what each field is for; the CSV has the fields alone, one column each under the inventory's
own names, so that another office reads it in as it stands. Pure: the same copy gives the same bytes.
"""

import csv
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from typing import Final

from app.domain.access import Access, AccessList, Somebody
from app.domain.letter import Sender
from app.domain.subject_requests.words import RequestKind

FORMAT: Final = "tirai-subject-data/1"


@dataclass(frozen=True, slots=True, repr=False)
class BundleField:
    """One field with its value.

    Attributes:
        labels: in English and Indonesian.
        purposes: names, and labels in English and Indonesian.
        months: how long it is kept.
        kept: the same and from when on, in English and Indonesian.
        recipients: who else gets it, in English and Indonesian; empty: the inventory names nobody.
    """

    name: str
    labels: tuple[str, str]
    data_class: str
    category: str
    purposes: tuple[tuple[str, str, str], ...]
    basis: str
    months: int
    value: str
    kept: tuple[str, str]
    recipients: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class BundleNote:
    """One note."""

    at_ms: int
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class SubjectBundle:
    """The copy.

    Attributes:
        number: of the request.
        sender: who answers for the data, and how they are reached.
        seen: who saw, checked, used or changed the data.
    """

    number: int
    kind: RequestKind
    made_ms: int
    sender: Sender
    customer_number: str
    fields: tuple[BundleField, ...]
    notes: tuple[BundleNote, ...]
    seen: AccessList


def json_of(bundle: SubjectBundle) -> bytes:
    """All of it."""
    whole = {
        "format": FORMAT,
        "request": bundle.number,
        "kind": bundle.kind.value,
        "made": _iso(bundle.made_ms),
        "controller": bundle.sender.full_name,
        "contact": bundle.sender.said.contact,
        "customer_number": bundle.customer_number,
        "data": [_field(field) for field in bundle.fields],
        "notes": [{"at": _iso(note.at_ms), "text": note.text} for note in bundle.notes],
        "processing": {
            "total": bundle.seen.total,
            "refused": bundle.seen.refused,
            "accesses": [_access(access) for access in bundle.seen.accesses],
        },
    }
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def csv_of(bundle: SubjectBundle) -> bytes:
    """The fields, as an import reads them: RFC 4180, UTF-8."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([field.name for field in bundle.fields])
    writer.writerow([field.value for field in bundle.fields])
    return text.getvalue().encode()


def _field(field: BundleField) -> dict[str, object]:
    return {
        "name": field.name,
        "label": {"en": field.labels[0], "id": field.labels[1]},
        "class": field.data_class,
        "category": field.category,
        "purposes": [{"name": name, "en": en, "id": id_} for name, en, id_ in field.purposes],
        "basis": field.basis,
        "kept_months": field.months,
        "kept": {"en": field.kept[0], "id": field.kept[1]},
        "recipients": [{"en": en, "id": id_} for en, id_ in field.recipients],
        "value": field.value,
    }


def _access(access: Access) -> dict[str, object]:
    return {
        "entry": access.number,
        "at": _iso(access.at_ms),
        "what": access.kind.value,
        "field": access.field,
        "reason": access.reason,
        "who": _who(access.who),
        "allowed_by": _who(access.allowed_by) if access.allowed_by is not None else None,
        "seconds": access.seconds,
        "matched": access.matched,
    }


def _who(one: Somebody) -> dict[str, object]:
    return {"role": one.role.value if one.role is not None else None, "number": one.nth, "name": one.name}


def _iso(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms // 1000, UTC).isoformat()
