"""Analytics exports: a privacy officer proposes, somebody else approves, the proposer makes it.

Invariants: nobody approves their own; whoever approves signs what was proposed, whole; until then, and after its end,
no row leaves. Each column that is released has an entry of its own, with the field and its class, before the first row.
An agent and an administrator take no part. Five are proposed by one person in a day at most.
"""

import secrets
from typing import Any

from sqlalchemy import Connection, Row, select

from app.api.messages.analytics import ApproveExport, EndExport, ExportRow, ExportRows, ProposeExport
from app.auth.export_order import ExportOrder
from app.backoffice.analytics.held import held_back
from app.backoffice.analytics_schema import analytics_exports
from app.backoffice.office import OpenOffice
from app.backoffice.posture import need_posture
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session, needs_step_up
from app.crypto.errors import SealError
from app.domain.analytics.export_state import ExportState
from app.domain.analytics.settings import read_settings
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.role import Role

PROPOSED, APPROVED, DROPPED, BEGUN, COLUMN, ENDED = (
    "analytics.proposed",
    "analytics.approved",
    "analytics.dropped",
    "analytics.begun",
    "analytics.column",
    "analytics.ended",
)
PROPOSERS = frozenset({Role.PRIVACY_OFFICER})
APPROVERS = frozenset({Role.PRIVACY_OFFICER, Role.SUPERVISOR})
MOST_A_DAY, DAY_MS = 5, 24 * 3600 * 1000
CLOCK_SLACK_MS = 600_000
"""How far the time under an order may be from the office's."""
_MOST_SHOWN = 100
_T = analytics_exports.c


def exports(office: OpenOffice, session: Session) -> ExportRows:
    """All exports, the newest first.

    Raises:
        NotAllowedError: code `role`.
    """
    _need(session, APPROVERS)
    with office.database.reading() as db:
        rows = db.execute(select(analytics_exports).order_by(_T.proposed_ms.desc(), _T.id).limit(_MOST_SHOWN)).all()
    return ExportRows(exports=tuple(_shown(session, row) for row in rows))


def propose(office: OpenOffice, session: Session, request: ProposeExport) -> None:
    """Keep an order for its second person.

    Raises:
        NotAllowedError: code `role`, `signature`, `replay` or `quota`; or a stale code.
        InputRefusedError: code `export_settings` or `clock`.
    """
    with refusals_logged(office, session, PROPOSED, reference=request.id.hex()):
        _need(session, PROPOSERS)
        needs_step_up(office, session)
        now = office.clock.now_ms()
        if abs(request.proposed_ms - now) > CLOCK_SLACK_MS:
            raise InputRefusedError("The clock of this workstation is not the office's; have it set.", code="clock")
        settings = read_settings(request.settings, office.inventory)
        order = ExportOrder(request.id, settings.text, request.proposed_ms)
        try:
            order.check(office.id, session.account.sign, request.signature)
        except SealError as e:
            raise NotAllowedError("An order is signed by whoever brings it.", code="signature") from e
        with office.writing() as db:
            if db.execute(select(_T.id).where(_T.id == request.id)).first() is not None:
                raise NotAllowedError("This id was used for something else.", code="replay")
            if office.log.count(db, PROPOSED, session.name, now - DAY_MS) >= MOST_A_DAY:
                raise NotAllowedError(f"{MOST_A_DAY} exports were proposed by you within a day.", code="quota")
            values = {
                "id": request.id, "settings": settings.text, "state": ExportState.WAITING.value,
                "proposed_by": session.name, "proposed_ms": request.proposed_ms, "signature": request.signature,
                "until_ms": now + office.policy.activation_s * 1000,
            }  # fmt: skip
            db.execute(analytics_exports.insert().values(values))
            detail = f"k={settings.k} l={settings.l} columns={len(settings.columns)}"
            office.log.append(db, PROPOSED, reference=request.id.hex(), detail=detail, **session.log_fields())


def approve(office: OpenOffice, session: Session, key: bytes, request: ApproveExport) -> None:
    """Approve somebody else's order, once.

    Raises:
        NotAllowedError: code `role`, `over`, `own` or `signature`; or a stale code.
    """
    with refusals_logged(office, session, APPROVED, reference=key.hex()):
        _need(session, APPROVERS)
        needs_step_up(office, session)
        with office.writing() as db:
            row = _open(office, db, key, ExportState.WAITING)
            if row.proposed_by == session.name:
                raise NotAllowedError("Somebody else has to approve what you proposed.", code="own")
            _checked_order(office, row)
            try:
                _order(row).check_approval(office.id, session.account.sign, request.approval)
            except SealError as e:
                raise NotAllowedError("This is not the order that was proposed.", code="signature") from e
            decided = {"decided_by": session.name, "decided_ms": office.clock.now_ms(), "approval": request.approval}
            _turn(db, key, ExportState.APPROVED, **decided)
            who = {"acting_with": row.proposed_by, **session.log_fields()}
            office.log.append(db, APPROVED, reference=key.hex(), **who)


def drop(office: OpenOffice, session: Session, key: bytes) -> None:
    """Take an own order back, or refuse somebody else's; one that was made stays.

    Raises:
        NotAllowedError: code `role` or `over`.
    """
    with refusals_logged(office, session, DROPPED, reference=key.hex()):
        _need(session, APPROVERS)
        with office.writing() as db:
            row = _open(office, db, key, ExportState.WAITING, ExportState.APPROVED)
            _turn(db, key, ExportState.DROPPED, ended_ms=office.clock.now_ms())
            other = "" if row.proposed_by == session.name else row.proposed_by
            office.log.append(db, DROPPED, reference=key.hex(), acting_with=other, **session.log_fields())


def begin(office: OpenOffice, session: Session, key: bytes) -> None:
    """Begin to make an export that was approved, or one whose making was cut off: with other pseudonyms each time.

    Raises:
        NotAllowedError: code `role`, `over`, `own` or `signature`; a stale code; or the workstation lacks a protection.
    """
    with refusals_logged(office, session, BEGUN, reference=key.hex()):
        _need(session, PROPOSERS)
        needs_step_up(office, session)
        with office.writing() as db:
            row = _open(office, db, key, ExportState.APPROVED, ExportState.RUNNING)
            if row.proposed_by != session.name:
                raise NotAllowedError("Whoever proposed an export makes it.", code="own")
            need_posture(office, db, session.id)
            _checked_order(office, row)
            _checked_approval(office, row)
            for column in read_settings(row.settings, office.inventory).columns:
                field = office.inventory.field(column.field)
                about = {"field": field.name, "data_class": field.data_class.value, "detail": f"level={column.level}"}
                office.log.append(db, COLUMN, reference=key.hex(), **about, **session.log_fields())
            who = {"acting_with": row.decided_by, **session.log_fields()}
            office.log.append(db, BEGUN, reference=key.hex(), **who)
            _turn(db, key, ExportState.RUNNING, session=session.id, key=secrets.token_bytes(32))


def end(office: OpenOffice, session: Session, key: bytes, told: EndExport) -> None:
    """Take what an export came to, and forget who is who in it; one that failed may be begun again.

    Raises:
        NotAllowedError: code `role` or `over`.
    """
    with refusals_logged(office, session, ENDED, reference=key.hex()):
        _need(session, PROPOSERS)
        with office.writing() as db:
            order = running(db, session, key)
            held = held_back(db, session, read_settings(order.settings, office.inventory).k) if told.ok else None
            state, numbers = ExportState.APPROVED, dict[str, int]()
            if told.ok:
                measures = {"k": told.k, "l": told.l, "t_millionths": told.t_millionths}
                attack = {"found": told.found, "learned": told.learned}
                counts = {"customers": told.rows, "exported": told.exported}
                state, numbers = ExportState.DONE, counts | measures | attack
            ended = office.clock.now_ms() if told.ok else None
            _turn(db, key, state, key=b"", session=b"", ended_ms=ended, held=held, **numbers)
            detail = " ".join(f"{name}={value}" for name, value in numbers.items())
            outcome = "ok" if told.ok else "failed"
            office.log.append(db, ENDED, outcome, reference=key.hex(), detail=detail, **session.log_fields())


def running(db: Connection, session: Session, key: bytes) -> Row[Any]:
    """An export that this session makes now.

    Raises:
        NotAllowedError: code `over`.
    """
    row = db.execute(select(analytics_exports).where(_T.id == key)).first()
    if row is None or row.state != ExportState.RUNNING.value or row.session != session.id:
        raise _over()
    return row


def _need(session: Session, roles: frozenset[Role]) -> None:
    if session.role not in roles:
        raise NotAllowedError("Your role takes no part in this.", code="role")


def _over() -> NotAllowedError:
    return NotAllowedError("There is no such export, or it is over.", code="over")


def _open(office: OpenOffice, db: Connection, key: bytes, *states: ExportState) -> Row[Any]:
    row = db.execute(select(analytics_exports).where(_T.id == key)).first()
    if row is None or row.state not in {state.value for state in states} or row.until_ms < office.clock.now_ms():
        raise _over()
    return row


def _order(row: Row[Any]) -> ExportOrder:
    return ExportOrder(row.id, row.settings, row.proposed_ms)


def _checked_order(office: OpenOffice, row: Row[Any]) -> None:
    """Whoever writes rows has nothing exported: the first person's signature is looked at each time."""
    try:
        _order(row).check(office.id, office.book.active(row.proposed_by).sign, row.signature)
    except SealError as e:
        raise NotAllowedError("Nobody of the book has proposed this.", code="signature") from e


def _checked_approval(office: OpenOffice, row: Row[Any]) -> None:
    """And the second person's, who is another one, and is still what it takes to approve."""
    second = office.book.active(row.decided_by)
    if row.decided_by == row.proposed_by or Role(second.role) not in APPROVERS:
        raise NotAllowedError("Nobody who may has approved this.", code="signature")
    try:
        _order(row).check_approval(office.id, second.sign, row.approval)
    except SealError as e:
        raise NotAllowedError("Nobody of the book has approved this.", code="signature") from e


def _turn(db: Connection, of: bytes, state: ExportState, **values: object) -> None:
    db.execute(analytics_exports.update().where(_T.id == of).values(state=state.value, **values))


def _shown(session: Session, row: Row[Any]) -> ExportRow:
    return ExportRow(
        id=row.id,
        settings=row.settings,
        state=ExportState(row.state),
        proposed_by=row.proposed_by,
        proposed_ms=row.proposed_ms,
        signature=row.signature,
        until_ms=row.until_ms,
        decided_by=row.decided_by,
        ended_ms=row.ended_ms or 0,
        rows=row.customers,
        exported=row.exported,
        k=row.k,
        l=row.l,
        t_millionths=row.t_millionths,
        found=row.found,
        learned=row.learned,
        is_own=row.proposed_by == session.name,
        held=row.held,
    )
