"""Changing a customer's fields from a console: what is typed leaves sealed to the office, and is kept nowhere here.

One `Editing` per desk. A field is judged as it is typed by the rule of its kind, which asks nobody; the office judges
again. Offline nothing is edited: a change that waited would meet others that nobody saw.
"""

from app.api.client import editing as calls
from app.api.messages.editing import LONGEST_VALUE, EditField, EmptyField, FieldEdited, FieldState, OpenRecord
from app.auth.session_card import edit_request, empty_request
from app.crypto import hpke
from app.crypto.grants import edit_info
from app.domain.editing import WhyEmptied
from app.domain.inventory import Inventory
from app.domain.mask import Mask
from app.session.identity import Identity, new_id
from app.session.shown_editing import EditConflict, FieldNow, RecordNow, ShownNeighbour, ShownVersion
from app.sources.records import BadCellError, normalise


class Editing:
    """What one session changes."""

    def __init__(self, identity: Identity, inventory: Inventory, language: str) -> None:
        """Edit as this identity; labels are in this language."""
        self._identity, self._inventory, self._language = identity, inventory, language
        self._sent: EditField | None = None

    def in_front(self, record: str, editing: str = "") -> RecordNow:
        """Say which customer is in front, and which field is being changed; hear who else is there, and how it stands.

        Args:
            record: hex; empty for none.
            editing: name of the field, or empty.

        Raises:
            NotAllowedError: code `not_in_queue`.
            OfficeAwayError: nobody is told, and nothing is edited, while offline.
        """
        request = OpenRecord(record=bytes.fromhex(record) if record else None, editing=editing)
        answer = calls.in_front(self._identity.client, request)
        others = tuple(ShownNeighbour(one.name, one.seat, self._label(one.editing)) for one in answer.others)
        return RecordNow(record, others, {state.field: self._now(state) for state in answer.fields})

    def judge(self, field: str, text: str) -> str:
        """What keeps a text from being a value of this field, as a code of `BadCellError`; empty if nothing does."""
        try:
            value = normalise(self._inventory.field(field).kind, text)
        except BadCellError as error:
            return error.reason_code
        if len(value) > LONGEST_VALUE:
            return "too_long"
        return "" if value else "nothing_typed"

    def new_request(self) -> str:
        """The id of an edit that is about to be sent: the same for every try of it."""
        return new_id().hex()

    def save(self, request: str, record: str, field: str, seen: str, text: str) -> FieldNow | EditConflict:
        """Have the office take a new value for one field.

        Args:
            request: from `new_request`: another one for another text. The same one goes again as it was sealed first,
                since the office may have taken what it did not answer.
            record: whose, hex.
            field: its name.
            seen: `FieldNow.mark` of the version that the person saw when they began.
            text: what they typed.

        Returns:
            The field as it is now; or the conflict, and nothing has changed.

        Raises:
            NotAllowedError: code `role_edits`, `not_in_queue`, `not_identified`, `step_up` or `replay`.
            PacedError: code `edits_pace` or `edits_shift`: too many changes in too short a time.
            InputRefusedError: it is no value of this field.
            OfficeAwayError: no answer came; the same request may be sent again.
        """
        identity, key, whose = self._identity, bytes.fromhex(request), bytes.fromhex(record)
        edit = self._sent
        if edit is None or edit.request != key:
            edit = self._sent = self._sealed(key, whose, field, bytes.fromhex(seen), text)
        return self._shown(calls.edit_field(identity.client, edit))

    def empty(self, request: str, record: str, field: str, seen: str, why: WhyEmptied) -> FieldNow | EditConflict:
        """Have the office leave nothing in one field; what was there stays sealed as an older version.

        Args:
            request: as in `save`.
            record: whose, hex.
            field: its name.
            seen: as in `save`.
            why: what is wrong with what is there.

        Returns:
            The field as it is now; or the conflict, and nothing has changed.

        Raises:
            NotAllowedError: a code of `save`, `required` (it always has a value) or `empty` (there is nothing).
            PacedError: as in `save`.
            OfficeAwayError: no answer came; the same request may be sent again.
        """
        identity, key, whose, mark = self._identity, bytes.fromhex(request), bytes.fromhex(record), bytes.fromhex(seen)
        signed = empty_request(identity.office, identity.session, whose, field, mark, key, why.value)
        body = EmptyField(request=key, record=whose, field=field, seen=mark, why=why, signature=identity.sign(signed))
        return self._shown(calls.empty_field(identity.client, body))

    def _shown(self, answer: FieldEdited) -> FieldNow | EditConflict:
        now, conflict = self._now(answer.state), answer.conflict
        if conflict is None:
            return now
        return EditConflict(now, Mask(*conflict.mine) if conflict.mine else None, conflict.name, conflict.at_ms / 1000)

    def _sealed(self, request: bytes, record: bytes, field: str, seen: bytes, text: str) -> EditField:
        """The edit as it leaves: sealed to the office whose key the book shows, signed by this session."""
        identity = self._identity
        identity.follow_book()
        info = edit_info(identity.office, identity.session, record, field, request)
        sealed = hpke.seal(identity.book.office_entry.kem, text.encode(), info)
        signed = edit_request(identity.office, identity.session, record, field, seen, request, sealed)
        return EditField(
            request=request, record=record, field=field, seen=seen, sealed=sealed, signature=identity.sign(signed)
        )

    def versions(self, record: str, field: str) -> tuple[ShownVersion, ...]:
        """The versions of one field: who made them and when, and their masks. Nothing is opened.

        Raises:
            NotAllowedError: code `not_in_queue` or `no_field`.
        """
        answer = calls.field_versions(self._identity.client, bytes.fromhex(record), field)
        return tuple(
            ShownVersion(v.at_ms / 1000, v.name, v.kind, Mask(*v.mask) if v.mask else None, v.text)
            for v in answer.versions
        )

    def _label(self, field: str) -> str:
        known = field and self._inventory.has(field)
        return self._inventory.field(field).label(self._language) if known else ""

    def _now(self, state: FieldState) -> FieldNow:
        field, mask = self._inventory.field(state.field), Mask(*state.mask) if state.mask else None
        label, kind, may_go = field.label(self._language), field.kind.value, state.can_be_emptied
        return FieldNow(
            state.field, state.mark.hex(), state.changes, mask, state.text, label, kind, field.data_class, may_go
        )
