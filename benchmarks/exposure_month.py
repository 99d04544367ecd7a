"""A month of a contact centre's log: 40 agents, and among them five who do what the rules of the ledger look for.

Made from a seed alone, the same on every machine. The others have a normal office's odd days: overtime, campaigns,
customers who call again and again, people who are new. So rules can be wrong here, and are.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.auth.audit_chain import AuditEntry
from app.domain.exposures.row import Row, row_of
from app.domain.exposures.words import Rule
from app.domain.office_hours import read_office_hours

HOURS = read_office_hours(
    {
        "time_zone": "Asia/Jakarta",
        "days": ["mon", "tue", "wed", "thu", "fri", "sat"],
        "from": "07:00",
        "until": "21:00",
    }
)
CALLER_REASONS = frozenset(
    {"confirm_delivery", "correct_contact", "dispute", "refund", "tax_document", "subject_request", "other"}
)
"""As the shipped policy has them."""
AGENTS, DAYS, CUSTOMERS = 40, 30, 60_000
FIRST = datetime(2026, 10, 26, tzinfo=HOURS.zone)
_SHIFTS = (7, 9, 13)
_SHIFT_H = 8
_SUNDAY = 6
_REASONS = ("confirm_delivery", "correct_contact", "confirm_identity", "other")


@dataclass(frozen=True, slots=True)
class Planted:
    """One stretch in which an offender was at work; found if a flag of its rule touches it.

    Attributes:
        subject: what the rule names: account, or record.
        entries: numbers of the offender's openings and refusals in it.
    """

    rule: Rule
    subject: str
    entries: frozenset[int]


@dataclass(frozen=True, slots=True)
class Month:
    """The log, and who is who.

    Attributes:
        entries: openings and refusals in the order of time, with running numbers; no chain.
        planted: what the offenders did.
    """

    entries: tuple[AuditEntry, ...]
    planted: tuple[Planted, ...]

    @property
    def rows(self) -> list[Row]:
        """What the rules are given."""
        return [row for row in map(row_of, self.entries) if row is not None]


@dataclass(slots=True)
class _Draft:
    at: datetime
    event: str
    outcome: str
    agent: str
    record: str
    reason: str
    detail: str
    stretch: int | None = None


@dataclass(slots=True)
class _Making:
    dice: random.Random
    drafts: list[_Draft] = field(default_factory=list)
    stretches: list[tuple[Rule, str]] = field(default_factory=list)

    def open(
        self, at: datetime, agent: str, record: str, reason: str, *, call: bool, stretch: int | None = None
    ) -> None:
        detail = f"check={self.dice.getrandbits(128):032x}" if call else ""
        self.drafts.append(_Draft(at, "reveal", "ok", agent, record, reason, detail, stretch))

    def refuse(self, at: datetime, agent: str, record: str, stretch: int | None = None) -> None:
        code = self.dice.choice(("role", "not_identified", "quota", "not_in_queue"))
        self.drafts.append(_Draft(at, "reveal", "refused", agent, record, code, "", stretch))

    def stretch(self, rule: Rule, subject: str) -> int:
        self.stretches.append((rule, subject))
        return len(self.stretches) - 1

    def customer(self) -> str:
        return f"{self.dice.randrange(CUSTOMERS):032x}"


def made_month(seed: int = 1, *, offenders: bool = True, odd_days: bool = True) -> Month:
    """Make it.

    Args:
        seed: the same seed, the same month.
        offenders: whether the five are among them; the others' month is the same without.
        odd_days: whether the others have odd days.
    """
    making = _Making(random.Random(seed))
    agents = [f"agent{number:02}" for number in range(AGENTS)]
    for day in range(DAYS):
        date = FIRST + timedelta(days=day)
        if date.weekday() != _SUNDAY:
            for number, agent in enumerate(agents):
                if (number + day) % 6:  # one day off in six
                    _working_day(making, agent, date, _SHIFTS[number % 3])
    if odd_days:
        _odd_days(making, agents)
    if offenders:
        making.dice = random.Random(seed + 1)
        _offenders(making, agents)
    return _month(making)


def _working_day(making: _Making, agent: str, date: datetime, shift: int) -> None:
    dice = making.dice
    for hour in range(shift, shift + _SHIFT_H):
        for _call in range(dice.choice((2, 3, 3, 4))):
            at = date + timedelta(hours=hour, minutes=dice.randrange(58), seconds=dice.randrange(60))
            record, on_call = making.customer(), dice.random() < 0.85
            for _field in range(dice.choice((0, 1, 1, 1, 2))):
                reason = dice.choice(_REASONS) if on_call or dice.random() < 0.3 else "call_back"
                at += timedelta(seconds=dice.randrange(5, 40))
                making.open(at, agent, record, reason, call=on_call)
    for _slip in range(dice.choice((0, 0, 0, 1, 1, 2))):
        making.refuse(date + timedelta(hours=shift + dice.random() * _SHIFT_H), agent, making.customer())


def _odd_days(making: _Making, agents: list[str]) -> None:
    """What is odd and right."""
    dice = making.dice
    for day in (8, 22):  # a campaign: everybody calls back, some of them very fast
        for agent in agents[::2]:
            start = FIRST + timedelta(days=day, hours=14)
            for _reveal in range(dice.randrange(3, 9)):
                at = start + timedelta(minutes=dice.randrange(60))
                making.open(at, agent, making.customer(), "call_back", call=False)
    for _late in range(30):  # overtime: a call that does not end
        agent, day = dice.choice(agents), dice.choice([d for d in range(DAYS) if d % 7 != _SUNDAY])
        at, record = FIRST + timedelta(days=day, hours=21, minutes=dice.randrange(1, 25)), making.customer()
        for _field in range(dice.choice((1, 1, 1, 2, 2, 3))):
            at += timedelta(minutes=1)
            making.open(at, agent, record, "confirm_delivery", call=True)
    for _case in range(25):  # a dispute: the customer calls until it is settled
        record, day = making.customer(), dice.randrange(DAYS - 8)
        for _again in range(dice.choice((2, 3, 3, 4, 5))):
            day += dice.choice((1, 1, 2, 3))
            at = FIRST + timedelta(days=min(day, DAYS - 1), hours=dice.randrange(9, 19), minutes=dice.randrange(60))
            making.open(at, dice.choice(agents), record, "dispute", call=True)
    for agent in agents[5:8]:  # new people ask for what they may not open
        for day in (0, 1, 2, 3):
            for _slip in range(dice.choice((2, 4, 5, 7))):
                making.refuse(FIRST + timedelta(days=day, hours=9 + dice.random() * 6), agent, making.customer())
    for agent in agents[11:14]:  # and some begin no check where none is demanded
        for day in range(0, DAYS, 4):
            for _reveal in range(dice.randrange(3, 8)):
                at = FIRST + timedelta(days=day, hours=10 + dice.random() * 6)
                making.open(at, agent, making.customer(), "confirm_delivery", call=False)


def _offenders(making: _Making, agents: list[str]) -> None:
    """Five people, one for each rule; each now and then below its threshold."""
    dice = making.dice
    bulk, night, curious, alone, knocking = (agents[at] for at in (3, 10, 17, 24, 31))
    for day, count in ((2, 22), (9, 16), (11, 14), (18, 25), (25, 6)):
        at, stretch = FIRST + timedelta(days=day, hours=11), making.stretch(Rule.BULK, bulk)
        for place in range(count):
            when = at + timedelta(seconds=place * 2400 // count + 60)
            making.open(when, bulk, making.customer(), "call_back", call=False, stretch=stretch)
    for day, count in ((1, 5), (6, 9), (13, 4), (15, 7), (20, 2), (27, 6)):
        at, stretch = FIRST + timedelta(days=day, hours=22), making.stretch(Rule.OFF_HOURS, night)
        for _reveal in range(count):
            at += timedelta(minutes=dice.randrange(2, 7))
            making.open(at, night, making.customer(), "call_back", call=False, stretch=stretch)
    for first, days in ((0, 12), (4, 20), (16, 3)):
        record = making.customer()
        stretch = making.stretch(Rule.SAME_CUSTOMER, record)
        for day in range(first, first + days):
            if (FIRST + timedelta(days=day)).weekday() != _SUNDAY:
                at = FIRST + timedelta(days=day, hours=dice.randrange(10, 16), minutes=dice.randrange(60))
                making.open(at, curious, record, "confirm_identity", call=False, stretch=stretch)
    for day, count in ((3, 14), (5, 11), (10, 16), (12, 12), (19, 5), (26, 18)):
        stretch = making.stretch(Rule.NO_CALL, alone)
        for place in range(count):
            at = FIRST + timedelta(days=day, hours=9, minutes=place * 450 // count)
            making.open(at, alone, making.customer(), "other", call=False, stretch=stretch)
    for day, count in ((2, 12), (8, 9), (14, 15), (21, 4), (24, 10)):
        stretch = making.stretch(Rule.REFUSALS, knocking)
        for _try in range(count):
            at = FIRST + timedelta(days=day, hours=9 + dice.random() * 7)
            making.refuse(at, knocking, making.customer(), stretch=stretch)


def _month(making: _Making) -> Month:
    entries: list[AuditEntry] = []
    planted: dict[int, set[int]] = {}
    for number, draft in enumerate(sorted(making.drafts, key=lambda d: (d.at, d.agent, d.record, d.event)), 1):
        at_ms = round(draft.at.timestamp() * 1000)
        entries.append(
            AuditEntry(
                number, at_ms, draft.event, draft.outcome, actor=draft.agent, record=draft.record, reason=draft.reason,
                detail=draft.detail, field="mobile_phone", data_class="contact", seat="SBY-0401",
            )
        )  # fmt: skip
        if draft.stretch is not None:
            planted.setdefault(draft.stretch, set()).add(number)
    found = tuple(Planted(*making.stretches[at], frozenset(numbers)) for at, numbers in sorted(planted.items()))
    return Month(tuple(entries), found)
