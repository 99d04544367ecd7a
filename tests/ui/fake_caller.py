"""A caller's answers without an office: what is right is in `VALUES`; two matches identify."""

from dataclasses import replace

from app.domain.errors import InputRefusedError, NotAllowedError
from app.session.shown import ShownCheck, ShownCheckField, ShownCustomer

FIELDS = ("nik", "birth_date", "mobile_phone")
VALUES = {"nik": "3273996803870004", "birth_date": "28/03/1987", "mobile_phone": "081204559147", "email": "s@g.example"}
NEED, TRIES, TODAY = 2, 3, 10


class FakeCaller:
    """The identity check and the lookup of one session.

    Attributes:
        said: each answer that came here, with its field; ticks have no text.
        begun: records of which a check was begun.
        ended: how often a call was over.
        refuse: raised by the next answer.
        looked_up: whole values that were asked for.
        finds: ids that the next lookups find.
    """

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.begun: list[str] = []
        self.ended = 0
        self.refuse: Exception | None = None
        self.looked_up: list[str] = []
        self.finds: list[int] = []
        self._check: ShownCheck | None = None

    def wanted(self, customer: ShownCustomer) -> ShownCheck:
        kept = {f.name: f.label for _, fields in customer.sections for f in fields if f.mask is not None}
        fields = tuple(ShownCheckField(n, kept[n], True, False, False, TRIES) for n in FIELDS if n in kept)
        return ShownCheck(customer.record, fields, True, False, 0, NEED, TRIES, 1, TODAY)

    def begin(self, record: str) -> ShownCheck:
        self.begun.append(record)
        fields = tuple(ShownCheckField(n, n, True, False, False, TRIES) for n in FIELDS)
        self._check = ShownCheck(record, fields, True, False, 0, NEED, TRIES, 1, TODAY)
        return self._check

    def answer(self, field: str, text: str) -> ShownCheck:
        self.said.append((field, text))
        if self.refuse is not None:
            refuse, self.refuse = self.refuse, None
            raise refuse
        if field in FIELDS and not any(c.isdigit() for c in text):
            raise InputRefusedError("Not a value of this kind", code="not_digits")
        return self._tried(field, right="".join(text.split()) == VALUES[field])

    def tick(self, field: str) -> ShownCheck:
        self.said.append((field, ""))
        return self._tried(field, right=True, by_eye=True)

    def end(self) -> None:
        self.ended += 1
        self._check = None

    def look_up(self, text: str) -> list[int]:
        self.looked_up.append(text)
        if self.refuse is not None:
            refuse, self.refuse = self.refuse, None
            raise refuse
        return self.finds

    def look_up_caller(self, number: str) -> list[int]:
        return self.look_up(number)

    def _tried(self, name: str, *, right: bool, by_eye: bool = False) -> ShownCheck:
        check = self._check
        if check is None:
            raise NotAllowedError("This identity check is over; begin a new one.", code="check_over")
        if name not in [f.name for f in check.fields]:  # one that policy does not ask for
            check = replace(check, fields=(*check.fields, ShownCheckField(name, name, False, False, False, TRIES)))
        old = next(f for f in check.fields if f.name == name)
        if not old.tries_left:
            raise NotAllowedError("This field was tried often enough in this call.", code="tries")
        new = replace(
            old,
            typed=old.typed or (right and not by_eye),
            by_eye=old.by_eye or by_eye,
            tries_left=old.tries_left - (not by_eye),
        )
        fields = tuple(new if f.name == name else f for f in check.fields)
        typed = sum(f.typed for f in fields if f.counts)
        done = min(NEED, typed + min(1, sum(f.by_eye and not f.typed for f in fields)))
        self._check = replace(check, fields=fields, matched=right, done=done, is_identified=done == NEED)
        return self._check
