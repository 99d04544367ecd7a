"""Editing in memory: what was saved stays here, others can be put beside, and a gate holds a save as long as wanted."""

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from app.domain.data_class import DataClass
from app.domain.editing import WhyEmptied
from app.domain.kinds import Kind
from app.domain.mask import Mask
from app.domain.role import Role
from app.session.shown_editing import EditConflict, FieldNow, RecordNow, ShownNeighbour, ShownVersion
from app.sources.records import BadCellError, normalise

KINDS = {"full_name": "name", "city": "city", "mobile_phone": "phone", "email": "email", "address": "address",
         "second_phone": "phone", "nik": "nik", "bank_account": "account"}  # fmt: skip
LABELS = {"full_name": "Full name", "city": "City", "mobile_phone": "Mobile phone", "email": "Email",
          "address": "Address", "second_phone": "Second phone", "nik": "NIK",
          "bank_account": "Bank account"}  # fmt: skip
CLASSES = {"full_name": DataClass.OPEN, "city": DataClass.OPEN, "nik": DataClass.IDENTITY,
           "bank_account": DataClass.FINANCIAL}  # fmt: skip


class FakeEditing:
    """What `app.session.editing.Editing` does."""

    def __init__(self, role: Role, local: Callable[[str], str]) -> None:
        self._marks = (f"{n:032x}" for n in itertools.count(1))
        masks = {
            "mobile_phone": Mask("+62", "47", 10),
            "email": Mask("s", "@g", 10),
            "address": Mask("", "Bandung", 16),
        }
        boss = {"nik": Mask("", "0004", 16), "bank_account": Mask("", "88", 10)}
        boss = {} if role is Role.AGENT else boss
        self.fields: dict[str, FieldNow] = {}
        for name, kind in KINDS.items():
            if name in ("nik", "bank_account") and name not in boss:
                continue
            mask = (masks | boss).get(name)
            text = {"full_name": "Sari Wulandari", "city": "Bandung"}.get(name, "")
            now = FieldNow(name, next(self._marks), 0, mask, text, local(LABELS[name]), kind)
            data_class = CLASSES.get(name, DataClass.CONTACT)
            self.fields[name] = replace(now, data_class=data_class, can_be_emptied=name != "full_name")
        self.fields["mobile_phone"] = replace(self.fields["mobile_phone"], changes=3)
        self.others: tuple[ShownNeighbour, ...] = ()
        self.fronts: list[tuple[str, str]] = []
        self.saved: list[tuple[str, str, str, str, str]] = []
        self.emptied: list[tuple[str, str, str, str, WhyEmptied]] = []
        self.refusal: Exception | None = None
        self.away: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()
        self._requests = (f"r{n}" for n in itertools.count(1))
        self.history: tuple[ShownVersion, ...] = ()

    def in_front(self, record: str, editing: str = "") -> RecordNow:
        self.fronts.append((record, editing))
        if self.away is not None:
            raise self.away
        return RecordNow(record, self.others, dict(self.fields)) if record else RecordNow("")

    def judge(self, field: str, text: str) -> str:
        try:
            normalise(Kind(KINDS[field]), text)
        except BadCellError as error:
            return error.reason_code
        return ""

    def new_request(self) -> str:
        return next(self._requests)

    def somebody_changes(self, field: str, mask: Mask | None = None, text: str = "") -> None:
        """A colleague was first."""
        old = self.fields[field]
        self.fields[field] = replace(old, mark=next(self._marks), changes=old.changes + 1, mask=mask, text=text)

    def save(self, request: str, record: str, field: str, seen: str, text: str) -> FieldNow | EditConflict:
        self.gate.wait(60)
        if self.refusal is not None:
            raise self.refusal
        if (code := self.judge(field, text)) or not text.strip():
            raise BadCellError(code or "nothing_typed", "no value")
        now, mask = self.fields[field], Mask("+62", text[-2:], 10) if self.fields[field].mask else None
        if now.mark != seen:
            return EditConflict(now, mask, "Yoga Pratama", time.time())
        self.saved.append((request, record, field, seen, text))
        self.somebody_changes(field, mask, "" if mask else text)
        return self.fields[field]

    def empty(self, request: str, record: str, field: str, seen: str, why: WhyEmptied) -> FieldNow | EditConflict:
        self.gate.wait(60)
        if self.refusal is not None:
            raise self.refusal
        now = self.fields[field]
        if now.mark != seen:
            return EditConflict(now, None, "Yoga Pratama", time.time())
        self.emptied.append((request, record, field, seen, why))
        self.somebody_changes(field)
        return self.fields[field]

    def versions(self, record: str, field: str) -> tuple[ShownVersion, ...]:
        return self.history
