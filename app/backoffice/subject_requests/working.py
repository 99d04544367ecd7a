"""What privacy officers do about a request, and what a second person decides.

Each step is one transaction with its entry in the log: whoever is killed in the midst has done nothing. The rules are
pure (`app/domain/subject_requests/steps.py`).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, func, select

from app.api.messages.subject_requests import CheckIdentity, CloseRequest, DecideProposal, LiftHolds, ProposeOutcome
from app.backoffice import schema
from app.backoffice.customer_sync import touch
from app.backoffice.office import OpenOffice
from app.backoffice.privacy.consents import withdraw_by_request
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session, needs_step_up
from app.backoffice.subject_requests import holds
from app.backoffice.subject_requests.holds import LIFTED
from app.backoffice.subject_requests.outsiders import searched_for
from app.backoffice.subject_requests.rows import RequestRow, change, customer_of, found_row, log, now_of
from app.domain.errors import NotAllowedError
from app.domain.subject_requests.steps import GRANT_MS, may_second, may_work
from app.domain.subject_requests.words import HOLDS, Proposal, RequestKind, RequestState

IDENTIFIED, PROPOSED, DECIDED = "request.identified", "request.proposed", "request.decided"
ENDED = "request.ended"
_EDITED = ("field.edited", "field.emptied")
_log = schema.audit.c


@contextmanager
def worked_row(
    office: OpenOffice, session: Session, event: str, request: bytes
) -> Iterator[tuple[Connection, RequestRow]]:
    """A row that a privacy officer works on, in a transaction of its own.

    Raises:
        NotAllowedError: code `role` or `no_request`. Logged, like what the block refuses.
    """
    with refusals_logged(office, session, event, reference=request.hex()):
        if not may_work(session.role):
            raise NotAllowedError("Only privacy officers work on requests of customers.", code="role")
        with office.writing() as db:
            yield db, found_row(office, db, session, request)


def check_identity(office: OpenOffice, session: Session, request: bytes, said: CheckIdentity) -> None:
    """Keep how it was found that the request is the subject's own.

    Raises:
        NotAllowedError: code `role`, `no_request`, `changed`, `ended`, `identified` or `identity_way`.
    """
    with worked_row(office, session, IDENTIFIED, request) as (db, row):
        now_of(row).judge_identity(said.identity)
        values = {"identity": said.identity.value, "identity_by": session.name, "identity_ms": office.clock.now_ms()}
        change(db, row, said.revision, **values)
        log(office, db, session, IDENTIFIED, row, detail=f"by={said.identity.value}")


def propose(office: OpenOffice, session: Session, request: bytes, said: ProposeOutcome) -> None:
    """ProposeOutcome a refusal with its lawful reason, or a copy of the data; a second person decides.

    Raises:
        NotAllowedError: code `role`, `no_request`, `changed`, or what the rules say.
    """
    with worked_row(office, session, PROPOSED, request) as (db, row):
        what = Proposal.REFUSAL if said.refusal is not None else Proposal.EXPORT
        if said.refusal is not None:
            now_of(row).judge_refusal(said.refusal)
        else:
            now_of(row).judge_export()
        refusal = said.refusal.value if said.refusal is not None else ""
        change(
            db, row, said.revision, proposal=what.value, proposed_by=session.name, refusal=refusal,
            decided_by="", grant_until_ms=None,
        )  # fmt: skip
        log(office, db, session, PROPOSED, row, reason=refusal, detail=f"what={what.value}")


def decide(office: OpenOffice, session: Session, request: bytes, said: DecideProposal) -> None:
    """What a second person says to a proposal: with a fresh code, and never to one's own.

    Raises:
        NotAllowedError: code `role`, `no_request`, `step_up`, `changed`, `ended`, `nothing_waits` or `own_proposal`.
    """
    with refusals_logged(office, session, DECIDED, reference=request.hex()):
        if not may_second(session.role):
            raise NotAllowedError("This role is no second person for requests of customers.", code="role")
        needs_step_up(office, session)
        with office.writing() as db:
            row = found_row(office, db, session, request)
            now_of(row).judge_second(session.name)
            _decided(office, db, session, row, said)


def _decided(office: OpenOffice, db: Connection, session: Session, row: RequestRow, said: DecideProposal) -> None:
    now, values = office.clock.now_ms(), {"proposal": Proposal.NONE.value, "decided_by": session.name}
    what = Proposal(row.proposal)
    if not said.is_approved:
        change(db, row, said.revision, **values, refusal="")
    elif what is Proposal.REFUSAL:
        ended = {"state": RequestState.REFUSED.value, "ended_ms": now, "ended_by": row.proposed_by}
        change(db, row, said.revision, **values, **ended)
    else:
        change(db, row, said.revision, **values, grant_until_ms=now + GRANT_MS)
    detail = f"what={what.value} approved={'yes' if said.is_approved else 'no'}"
    office.log.append(
        db,
        DECIDED,
        record=row.record.hex(),
        reference=row.id.hex(),
        acting_with=row.proposed_by,
        reason=row.refusal,
        detail=f"kind={row.kind} number={row.number} {detail}",
        **session.log_fields(),
    )


def end_request(office: OpenOffice, session: Session, request: bytes, said: CloseRequest) -> None:
    """End a request: it is answered, with what that does to the customer's data, or its subject takes it back.

    Raises:
        NotAllowedError: code `role`, `no_request`, `changed`, what the rules say, `no_edit`: nothing of the customer
            was corrected since the request came; `not_erased`: the customer is still there; or, of somebody who is no
            customer, `not_searched` or `not_all_queues`.
    """
    with worked_row(office, session, ENDED, request) as (db, row):
        now, detail = office.clock.now_ms(), ""
        if said.state is RequestState.DONE:
            now_of(row).judge_done()
            detail = _fulfil(office, db, session, row, now)
        else:
            now_of(row).must_be_open()
        change(
            db, row, said.revision, state=said.state.value, ended_ms=now, ended_by=session.name,
            proposal=Proposal.NONE.value, grant_until_ms=None,
        )  # fmt: skip
        late = "yes" if now > row.due_ms else "no"
        log(office, db, session, ENDED, row, reason=said.state.value, detail=f"late={late}{detail}")


def _fulfil(office: OpenOffice, db: Connection, session: Session, row: RequestRow, now: int) -> str:
    if not row.record:
        return f" lookups={searched_for(office, db, session, row)}"
    kind, customer = RequestKind(row.kind), customer_of(db, row.record)
    if kind in HOLDS:
        touch(db, row.record)
        held = f" held={len(holds.hold(db, row, now))}"
        if kind is not RequestKind.WITHDRAWAL or customer is None:
            return held
        return f"{held} receipts={withdraw_by_request(office, db, session, customer, row)}"
    if kind is RequestKind.ERASURE and customer is not None:
        raise NotAllowedError("Have the customer erased first, by two people.", code="not_erased")
    if kind is RequestKind.CORRECTION:
        return f" edits={_corrected(db, row)}"
    return ""


def _corrected(db: Connection, row: RequestRow) -> int:
    """How many fields were changed since the request was written down.

    Raises:
        NotAllowedError: code `no_edit`: none.
    """
    edits = (_log.record == row.record.hex(), _log.event.in_(_EDITED), _log.outcome == "ok")
    opened = select(func.min(_log.number)).where(_log.record == row.record.hex(), _log.reference == row.id.hex())
    query = select(func.count()).select_from(schema.audit).where(*edits, _log.number > opened.scalar_subquery())
    found = int(db.execute(query).scalar_one())
    if not found:
        raise NotAllowedError("Correct the field on the customer's card first.", code="no_edit")
    return found


def lift_holds(office: OpenOffice, session: Session, request: bytes, said: LiftHolds) -> None:
    """Free the purposes that a request holds: its subject wants that again.

    Raises:
        NotAllowedError: code `role`, `no_request`, `changed` or `nothing_held`.
    """
    with worked_row(office, session, LIFTED, request) as (db, row):
        count = holds.lift(db, row, office.clock.now_ms())
        if not count:
            raise NotAllowedError("This request holds nothing.", code="nothing_held")
        change(db, row, said.revision)
        touch(db, row.record)
        log(office, db, session, LIFTED, row, detail=f"purposes={count}")
