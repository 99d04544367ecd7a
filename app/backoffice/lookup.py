"""Lookup: a whole phone number, e-mail address, NIK, card or account number finds its customer; a part finds nobody.

Tags under the index key are compared; nothing is opened. A part of a sealed value would be an oracle, so there is no
prefix, wildcard or range. Each lookup stands in the log, found or not, without the value; so does each
customer of several who were found.
"""

from collections.abc import Set

from sqlalchemy import Connection, func, select

from app.api.messages.caller_checks import Lookup, LookupFound
from app.backoffice import schema
from app.backoffice.customers import visible
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.crypto.values import lookup_tag
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.field import Search
from app.domain.kinds import Kind
from app.sources.records import BadCellError, normalise, verify_form

MOST_FOUND = 20
"""Customers in one answer; a number that more of them share is no way to find one."""
_MINUTE_MS, _SHIFT_MS = 60_000, 10 * 3600 * 1000
_OUTCOMES = ("ok", "failed")


def look_up(office: OpenOffice, session: Session, request: Lookup) -> LookupFound:
    """Customers of the person's queues whose newest value is this one.

    Raises:
        NotAllowedError: code `role`, `lookups_pace` or `lookups_shift`.
        InputRefusedError: code `not_whole`: it is no whole value of any kind that can be looked up.
        AuditUnwritableError: the entry cannot be written; nothing is answered.
    """
    with refusals_logged(office, session, "lookup"):
        if not office.policy.may_see_customers(session.role):
            raise NotAllowedError("This role sees no customers.", code="role")
        forms = _forms(office, request.text)
        if request.of_caller:  # the same digits may be somebody's account
            forms = {kind: form for kind, form in forms.items() if kind is Kind.PHONE}
        if not forms:
            raise InputRefusedError(
                "Type or paste the whole number or address. Parts of sealed values are not searched: whoever may ask "
                "for parts can guess the rest.",
                code="not_whole",
            )
        with office.writing() as db:
            records, left = found_by(office, session, db, set(forms.items()), "call" if request.of_caller else "")
        return LookupFound(records=records, left=left)


def found_by(
    office: OpenOffice, session: Session, db: Connection, forms: Set[tuple[Kind, str]], why: str = ""
) -> tuple[tuple[bytes, ...], int]:
    """One lookup, counted and written down: customers who have one of these, and how many lookups are left.

    Args:
        office: the open office.
        session: who asks, and in which queues.
        db: the transaction.
        forms: whole values in their form (`verify_form`), each with its kind.
        why: reason for the log: `call`, where nobody typed it but a softphone told who calls.

    Raises:
        NotAllowedError: code `lookups_pace` or `lookups_shift`.
    """
    left = _left(office, session, db)
    records = _records(session, db, [lookup_tag(office.keys.index_key, kind.value, form) for kind, form in forms])
    kinds = ",".join(sorted({kind for kind, _form in forms}))
    office.log.append(
        db,
        "lookup",
        "ok" if records else "failed",
        record=records[0].hex() if len(records) == 1 else "",
        reason=why,
        detail=f"found={len(records)} kinds={kinds}",
        **session.log_fields(),
    )
    if len(records) > 1:  # each of them was found, and may ask who saw their data
        for record in records:
            office.log.append(db, "lookup.found", record=record.hex(), **session.log_fields())
    return records, left


def _forms(office: OpenOffice, text: str) -> dict[Kind, str]:
    """What the text can be, by the kinds of fields that are found by their whole value."""
    kinds = {field.kind for field in office.inventory.sealed_fields if field.search is Search.EXACT}
    forms: dict[Kind, str] = {}
    for kind in sorted(kinds):
        try:
            normalised = normalise(kind, text)
        except BadCellError:
            continue
        if normalised:
            forms[kind] = verify_form(kind, normalised)
    return forms


def _records(session: Session, db: Connection, tags: list[bytes]) -> tuple[bytes, ...]:
    """Committed customers of the session's queues of whom a newest value has one of these tags."""
    customers, values = schema.customers, schema.sealed_values
    newer = values.alias("newer")
    newest = (
        select(func.max(newer.c.version))
        .join(schema.imports, schema.imports.c.id == newer.c.import_id)
        .where(schema.imports.c.committed, newer.c.record == values.c.record, newer.c.field == values.c.field)
        .scalar_subquery()
    )
    query = (
        visible(session, select(customers.c.record).distinct())
        .join(values, values.c.record == customers.c.record)
        .where(values.c.lookup_tag.in_(tags), values.c.version == newest)
        .order_by(customers.c.record)
        .limit(MOST_FOUND)
    )
    return tuple(db.execute(query).scalars())


def _left(office: OpenOffice, session: Session, db: Connection) -> int:
    """How many lookups are left in this shift after this one.

    Raises:
        NotAllowedError: too many in a minute, or in a shift.
    """
    now, policy = office.clock.now_ms(), office.policy
    if _used(office, session, db, now - _MINUTE_MS) >= policy.lookups_minute:
        raise NotAllowedError("That was fast. Wait a minute, then look up the next one.", code="lookups_pace")
    used = _used(office, session, db, now - _SHIFT_MS)
    if used >= policy.lookups_shift:
        raise NotAllowedError("All lookups of this shift are used; ask a supervisor.", code="lookups_shift")
    return policy.lookups_shift - used - 1


def _used(office: OpenOffice, session: Session, db: Connection, since_ms: int) -> int:
    return sum(int(office.log.count(db, "lookup", session.name, since_ms, outcome)) for outcome in _OUTCOMES)
