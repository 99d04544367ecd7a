"""Thresholds of the exposure ledger's rules: bounded, kept in the office, each change logged; the first wins."""

from collections.abc import Mapping

from sqlalchemy import Connection, Row, select, update

from app.api.messages.exposures import SetThreshold
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.exposures.rules import BOUNDS
from app.domain.exposures.words import Rule

EVENT = "exposures.threshold"
_table = schema.exposure_thresholds


def thresholds_now(db: Connection) -> dict[Rule, int]:
    """The threshold of every rule."""
    found = {rule: default for rule, (default, _least, _most) in BOUNDS.items()}
    return found | {rule: row.value for rule, row in changed(db).items()}


def changed(db: Connection) -> Mapping[Rule, Row[tuple[object, ...]]]:
    """The rows of those that somebody has changed; a rule that is gone, or a value beyond its bounds, is left out."""
    rows = {row.rule: row for row in db.execute(select(_table))}
    return {
        rule: rows[rule] for rule, (_, least, most) in BOUNDS.items() if rule in rows and _fits(rows[rule], least, most)
    }


def _fits(row: Row[tuple[object, ...]], least: int, most: int) -> bool:
    return bool(least <= row.value <= most)


def set_threshold(office: OpenOffice, session: Session, wish: SetThreshold) -> None:
    """Change a threshold.

    Raises:
        NotAllowedError: code `role`; or `changed`: somebody else has changed it since it was read. Logged.
        InputRefusedError: code `threshold`: it is beyond the rule's bounds. Logged.
    """
    default, least, most = BOUNDS[wish.rule]
    with refusals_logged(office, session, EVENT, detail=f"rule={wish.rule.value}"), office.writing() as db:
        if not office.policy.may_set_thresholds(session.role):
            raise NotAllowedError("This role does not change thresholds.", code="role")
        if not least <= wish.value <= most:
            raise InputRefusedError(f"This rule takes a number from {least} to {most}.", code="threshold")
        row = db.execute(select(_table).where(_table.c.rule == wish.rule.value)).first()
        if (row.version if row else 0) != wish.version:
            raise NotAllowedError("Somebody else has changed this threshold. Look at it again.", code="changed")
        was = row.value if row else default
        values = {"value": wish.value, "version": wish.version + 1, "changed_by": session.name}
        values["changed_ms"] = office.clock.now_ms()
        if row is None:
            db.execute(_table.insert().values(rule=wish.rule.value, **values))
        else:
            db.execute(update(_table).where(_table.c.rule == wish.rule.value).values(**values))
        detail = f"rule={wish.rule.value} was={was} now={wish.value}"
        office.log.append(db, EVENT, detail=detail, **session.log_fields())
