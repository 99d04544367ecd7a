"""Contacts without an office: the shipped policy's words, and what a test says of who waits."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from datetime import time as clock_time

from app.domain.call_back import CallBack, judge, typed_call_back
from app.domain.errors import NotAllowedError
from app.domain.wrap_up import WrapWord, offered
from app.session.shown_contacts import (
    ContactChoice,
    ContactInHand,
    ContactKept,
    ShownContact,
    ShownContacts,
    ShownStanding,
    Waiting,
)
from tests.ui.fake_policy import BASE


class FakeContacts:
    """Keeps states in lists; `refuse` and `away` say what the office does."""

    def __init__(self, local: Callable[[WrapWord], str]) -> None:
        self._local = local
        self.kept: list[ContactInHand] = []
        self.finished: list[ContactInHand] = []
        self.past: dict[str, tuple[ShownContact, ...]] = {}
        self.promised: CallBack | None = None
        self.waiting: tuple[Waiting, ...] = ()
        self.served: set[int] = set()
        self.refuse: NotAllowedError | None = None
        self.away: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()
        self._ids = 0
        self.revisions = self.asked = 0

    def outcomes(self) -> tuple[ContactChoice, ...]:
        return self._choices(BASE.outcomes)

    def tags(self) -> tuple[ContactChoice, ...]:
        return self._choices(BASE.tags)

    def _choices(self, words: tuple[WrapWord, ...]) -> tuple[ContactChoice, ...]:
        return tuple(ContactChoice(w.code, self._local(w), w.needs_call_back) for w in offered(words))

    def _now_ms(self) -> int:
        return round(time.time() * 1000)

    def read_call_back(self, text: str) -> CallBack | None:
        return typed_call_back(text, BASE.office_hours, self._now_ms())

    def check_call_back(self, call_back: CallBack) -> CallBack:
        return judge(call_back, BASE.office_hours, self._now_ms())

    def now(self) -> CallBack:
        local = BASE.office_hours.local(self._now_ms())
        return CallBack(local.date(), clock_time(local.hour, local.minute))

    def begin(self, record: str, call: str = "") -> ContactInHand:
        self._ids += 1
        return ContactInHand(f"c{self._ids}", record, time.time(), call=call)

    def next_state(self, contact: ContactInHand) -> ContactInHand:
        self.revisions += 1
        return replace(contact, revision=self.revisions)

    def keep(self, contact: ContactInHand) -> ContactKept:
        self._judge()
        self.kept.append(contact)
        self.finished = [one for one in self.finished if one.id != contact.id]
        return ContactKept(contact, self.away)

    def finish(self, contact: ContactInHand) -> ContactKept:
        self.gate.wait(60)
        self._judge()
        self.finished.append(contact)
        return ContactKept(contact, self.away)

    def _judge(self) -> None:
        if self.refuse is not None:
            raise self.refuse

    def of(self, record: str) -> ShownContacts:
        if self.away is not None:
            raise self.away
        done = {one.id for one in self.finished}
        unfinished = next((c for c in reversed(self.kept) if c.record == record and c.id not in done), None)
        return ShownContacts(self.past.get(record, ()), self.promised, unfinished)

    def standing(self) -> ShownStanding:
        self.asked += 1
        if self.away is not None:
            raise self.away
        return ShownStanding(self.waiting, frozenset(self.served))


def promised(month: int, day: int, hour: int | None = None, minute: int = 0) -> CallBack:
    """A call-back of 2026."""
    return CallBack(date(2026, month, day), clock_time(hour, minute) if hour is not None else None)
