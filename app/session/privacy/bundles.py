"""A copy of one customer's data: opened here, by a holder's keys, and written into one file of the person's own.

The file is a ZIP: the data as JSON and CSV, and readable in both languages with who saw it. It is written whole or not
at all. Nothing of it stays in the session.
"""

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from app.api.client import subject_requests as calls
from app.api.messages.customers import SealedPackage
from app.api.messages.subject_requests import Bundle, MakeBundle
from app.auth.session_card import reveal_request
from app.domain.access_words import AccessWords
from app.domain.inventory import Inventory
from app.domain.letter import Sender
from app.domain.privacy.time_words import TimeWords
from app.domain.retention.times import longest_of
from app.domain.subject_requests.bundle import BundleField, BundleNote, SubjectBundle, csv_of, json_of
from app.domain.subject_requests.steps import BUNDLE_FIELD
from app.session.identity import Identity, boxed
from app.session.who_saw import list_of
from app.storage import sealing
from app.storage.new_file import write_new_file


def save_bundle(
    identity: Identity, inventory: Inventory, request: bytes, record: bytes, revision: int, path: Path
) -> int:
    """Have everything released, open it, and write the file.

    Returns:
        The number of the copy's entry in the log.

    Raises:
        NotAllowedError: code `no_grant`, `step_up`, `bundle_quota`, `no_class_key`, `training`, `changed`, `role`
            or `posture_here`.
        VerificationError: code `log`: the office's log does not hold.
        SealError: what came does not open.
        FileRefusedError: it cannot be written there; nothing half-written is left.
    """
    identity.need_protection()
    message = reveal_request(identity.office, identity.session, record, BUNDLE_FIELD, "", "", request)
    asked = MakeBundle(revision=revision, signature=identity.sign(message))
    answer = calls.bundle(identity.client, request, asked)
    bundle = _opened(identity, inventory, record, answer)
    write_new_file(path, zip_of(bundle, identity, inventory))
    return answer.entry


def zip_of(bundle: SubjectBundle, identity: Identity, inventory: Inventory) -> bytes:
    """The file."""
    from app.session.privacy.bundle_pdf import bundle_pdf  # reportlab comes with the first document

    parts = {"data.json": json_of(bundle), "data.csv": csv_of(bundle)}
    for language in ("id", "en"):
        words = AccessWords(language, inventory, identity.policy)
        parts[f"data-{language}.pdf"] = bundle_pdf(bundle, words)
    at = datetime.fromtimestamp(bundle.made_ms // 1000, UTC).timetuple()[:6]
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(zipfile.ZipInfo(name, at), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _opened(identity: Identity, inventory: Inventory, record: bytes, answer: Bundle) -> SubjectBundle:
    values = dict(answer.open)
    for one in answer.sealed:
        data_class = inventory.field(one.field).data_class.value
        values[one.field] = _open(identity, record, one.field, data_class, one.package, one.share, one.blob)
    notes = []
    for note in answer.notes:
        text = _open(identity, record, f"note/{note.id.hex()}", "note", note.package, note.share, note.blob)
        notes.append(BundleNote(note.at_ms, text))
    return SubjectBundle(
        number=answer.number,
        kind=answer.kind,
        made_ms=answer.made_ms,
        sender=Sender(answer.office_name, inventory.controller),
        customer_number=answer.customer_number,
        fields=tuple(_field(inventory, name, values[name]) for name in _in_order(inventory, values)),
        notes=tuple(notes),
        seen=list_of(answer.seen),
    )


def _open(
    identity: Identity, record: bytes, field: str, data_class: str, package: SealedPackage, share: bytes, blob: bytes
) -> str:
    """One value; ctx comes from what was asked for, so that an answer about something else does not open."""
    ctx = sealing.value_context(identity.office, record, field, data_class, package.salt)
    half = sealing.own_half(identity.office, identity.class_secret(package), boxed(package), ctx)
    return sealing.value_of(half, share, ctx, blob)


def _in_order(inventory: Inventory, values: dict[str, str]) -> list[str]:
    return [field.name for field in inventory.fields if values.get(field.name)]


def _field(inventory: Inventory, name: str, value: str) -> BundleField:
    field = inventory.field(name)
    purposes = tuple((one, inventory.purpose(one).label_en, inventory.purpose(one).label_id) for one in field.purposes)
    term = longest_of(inventory, field)
    named = {one for purpose in field.purposes for one in inventory.purpose(purpose).recipients or ()}
    return BundleField(
        name=name,
        labels=(field.label_en, field.label_id),
        data_class=field.data_class.value,
        category=field.pdp_category.value,
        purposes=purposes,
        basis=field.legal_basis.value,
        months=term.months,
        value=value,
        kept=(TimeWords("en").term(term), TimeWords("id").term(term)),
        recipients=tuple((one.label_en, one.label_id) for one in inventory.recipients if one.name in named),
    )
