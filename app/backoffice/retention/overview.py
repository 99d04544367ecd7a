"""Retention as the privacy desk shows it: the rules, a dry run of today, and what is ahead month by month.

The database says of whom something can be due, and counts what is ahead; the engine judges whom it named.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from app.api.messages.erasure import MOST_SUBJECTS, SubjectMark
from app.api.messages.retention import (
    MOST_SAMPLES,
    MOST_SHOWN,
    DueByRule,
    DueField,
    MonthAhead,
    RetentionNow,
    RetentionRule,
)
from app.backoffice import schema
from app.backoffice.erasure.holds import held_records, need_participant
from app.backoffice.office import OpenOffice
from app.backoffice.retention.clock import keep_first_time, today
from app.backoffice.retention.days import day_of
from app.backoffice.retention.due import customers_to_judge, kept_of, lasting_fields, subject_of
from app.backoffice.retention.past_time import may_be_due, without_a_date
from app.backoffice.retention.to_come import due_days
from app.backoffice.sessions import Session
from app.domain.field import Field
from app.domain.inventory import Inventory
from app.domain.retention.engine import Due, Kept, due_of, rules_of
from app.domain.retention.terms import Rule, Term
from app.domain.retention.times import longest_of, rule_for
from app.domain.retention.trusted_time import Doubt

MONTHS_AHEAD = 24
"""How far the plot looks."""


def dry_run(office: OpenOffice, session: Session) -> RetentionNow:
    """What is due today among the customers of the person's queues; nothing is changed.

    Raises:
        NotAllowedError: code `role`.
    """
    need_participant(session)
    rules, lasting = rules_of(office.inventory), lasting_fields(office.inventory)
    whole, fields, subjects, by_rule = 0, Counter[str](), list[SubjectMark](), _ByRule()
    keep_first_time(office)
    with office.database.reading() as db:
        day, doubt = today(office, db)
        own = () if "*" in session.account.queues else (schema.customers.c.queue.in_(session.account.queues),)
        query = customers_to_judge().where(*own)
        months = _months(due_days(db, office.inventory, *own), day)
        held = _count(db, query.where(schema.customers.c.record.in_(held_records())))
        unknown = _count(db, query.where(without_a_date(db, office.inventory)))
        late = query.where(may_be_due(db, office.inventory, day))
        for kept in kept_of(db, office.inventory, late) if doubt is Doubt.NONE else ():
            due = due_of(kept, rules, day, lasting)
            if due is None:
                continue
            whole += due.is_whole
            fields.update(due.fields)
            by_rule.add(kept, rules, due)
            if len(subjects) < MOST_SUBJECTS:
                subject = subject_of(due)
                subjects.append(SubjectMark(record=subject.record, fields=subject.fields))
    return RetentionNow(
        day=day.isoformat(),
        office_day=day_of(office.clock.now_ms()).isoformat(),
        doubt=doubt,
        rules=tuple(_summary(office.inventory, one) for one in office.inventory.fields),
        customers=whole,
        fields=tuple(DueField(field=name, count=count) for name, count in sorted(fields.items())),
        subjects=tuple(subjects),
        held=held,
        unknown=unknown,
        by_rule=by_rule.rows(),
        ahead=tuple(MonthAhead(month=month, fields=months[month]) for month in sorted(months)[:MOST_SHOWN]),
    )


class _ByRule:
    """How many customers each rule makes a field due of, and some of them."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, Term], list[bytes]] = {}
        self._counts = Counter[tuple[str, Term]]()

    def add(self, kept: Kept, rules: Iterable[Rule], due: Due) -> None:
        """What is due of one customer."""
        for rule in rules:
            names = kept.fields if due.is_whole else due.fields
            found = rule.decided(kept.day_of(rule.field)) if rule.field in names else None
            if found is None:
                continue
            key = rule.field, found[1]
            self._counts[key] += 1
            samples = self._found.setdefault(key, [])
            if len(samples) < MOST_SAMPLES:
                samples.append(bytes.fromhex(kept.record))

    def rows(self) -> tuple[DueByRule, ...]:
        """By field, and by what decides."""
        return tuple(
            DueByRule(
                field=name,
                start=term.start,
                months=term.months,
                purpose=term.purpose,
                law=term.law,
                count=self._counts[name, term],
                samples=tuple(samples),
            )
            for (name, term), samples in sorted(self._found.items(), key=lambda one: (one[0][0], one[0][1].event))
        )


def _summary(inventory: Inventory, field: Field) -> RetentionRule:
    """The field's own time, as far as one line says it; a console works the rest out of the inventory."""
    own, longest = field.retention, longest_of(inventory, field)
    floors = (term.months for term in rule_for(inventory, field).floors if term.start is own.start)
    return RetentionRule(field=field.name, start=own.start, least=max(floors, default=0), most=longest.months)


def _count(db: Connection, query: Select[Any]) -> int:
    return int(db.execute(select(func.count()).select_from(query.subquery())).scalar_one())


def _months(days: Counter[date], today_: date) -> Counter[str]:
    """By month, as far as the plot looks; what is due already counts for this one."""
    last, found = f"{today_.year + MONTHS_AHEAD // 12}-{today_.month:02}", Counter[str]()
    for day, count in days.items():
        month = f"{max(day, today_):%Y-%m}"
        if month <= last:
            found[month] += count
    return found
