"""Retention as the privacy desk shows it: the rules, a dry run of today, and what is ahead month by month."""

from collections import Counter

from app.api.messages.erasure import MOST_SUBJECTS, SubjectMark
from app.api.messages.retention import MOST_SHOWN, DueField, MonthAhead, RetentionNow, RetentionRule
from app.backoffice import schema
from app.backoffice.erasure.holds import need_participant
from app.backoffice.office import OpenOffice
from app.backoffice.retention.clock import keep_first_time, today
from app.backoffice.retention.due import customers_to_judge, day_of, kept_of, lasting_fields, subject_of
from app.backoffice.sessions import Session
from app.domain.retention.engine import ahead, due_of, rules_of
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
    whole, held, unknown = 0, 0, 0
    fields: Counter[str] = Counter()
    months: Counter[str] = Counter()
    subjects: list[SubjectMark] = []
    keep_first_time(office)
    with office.database.reading() as db:
        day, doubt = today(office, db)
        last = f"{day.year + MONTHS_AHEAD // 12}-{day.month:02}"
        query = customers_to_judge()
        if "*" not in session.account.queues:
            query = query.where(schema.customers.c.queue.in_(session.account.queues))
        for kept in kept_of(db, office.inventory, query):
            held += kept.is_held
            known = False
            for _name, due_day in ahead(kept, rules):
                known = True
                month = f"{max(due_day, day):%Y-%m}"
                if month <= last:
                    months[month] += 1
            unknown += not known
            due = due_of(kept, rules, day, lasting) if doubt is Doubt.NONE else None
            if due is None:
                continue
            whole += due.is_whole
            fields.update(due.fields)
            if len(subjects) < MOST_SUBJECTS:
                subject = subject_of(due)
                subjects.append(SubjectMark(record=subject.record, fields=subject.fields))
    return RetentionNow(
        day=day.isoformat(),
        office_day=day_of(office.clock.now_ms()).isoformat(),
        doubt=doubt,
        rules=tuple(
            RetentionRule(field=rule.field, start=rule.start, least=rule.least, most=rule.most) for rule in rules
        ),
        customers=whole,
        fields=tuple(DueField(field=name, count=count) for name, count in sorted(fields.items())),
        subjects=tuple(subjects),
        held=held,
        unknown=unknown,
        ahead=tuple(MonthAhead(month=month, fields=months[month]) for month in sorted(months)[:MOST_SHOWN]),
    )
