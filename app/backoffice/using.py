"""Acting by reference: the office opens one value, hands it to a program of IT's, and shows it to nobody.

The console seals its half of that one value's key to the office and never gets the share (`protection.md` section 2,
*use*). The office judges as for a reveal, commits the entry `use`, opens the value, gives it to the program's standard
input and forgets it; how the program ended follows as `use.done`. The same id counts once, and is never run twice.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from app.api.messages.uses import OfferedAction, OfferedActions, PrepareUse, UseAnswer, UsePrepared, UseRequest
from app.auth.session_card import use_request
from app.backoffice import schema
from app.backoffice.caller_checks import identified_check, need_caller
from app.backoffice.customers import current_blob, find_record, package_of, record_key
from app.backoffice.database import AuditUnwritableError
from app.backoffice.office import OpenOffice
from app.backoffice.posture import need_posture
from app.backoffice.privacy.purpose_gate import need_purpose
from app.backoffice.quotas import shift_begin
from app.backoffice.refused import refusals_logged
from app.backoffice.reveal import check_reason
from app.backoffice.sessions import Session, check_session_signature, needs_step_up
from app.backoffice.training.gate import need_training
from app.crypto import hpke
from app.crypto.errors import SealError
from app.crypto.grants import use_info
from app.crypto.values import open_value, salt_of, share, value_context
from app.domain.action_run import Ran, RunEnd, RunningAction
from app.domain.actions import Action, Actions
from app.domain.errors import NotAllowedError, WorkstationError
from app.domain.field import Field
from app.domain.off_hours import Outside
from app.domain.policy import Access, ReasonFor
from app.domain.quota import SHIFT_S

MOST_AT_ONCE = 4
"""Programs that run at once, over all sessions; each holds a thread of the office until it ends."""
BUSY = "use_busy"
BeginAction = Callable[[Action, str], RunningAction]
"""Starts an action's program and hands it a value, on standard input alone."""


@dataclass(frozen=True, slots=True, repr=False)
class _Half:
    """What is needed to open the one value, once the entry stands: neither half opens anything else."""

    half: bytes
    share: bytes
    ctx: bytes
    blob: bytes
    entry: int


class _AtWork:
    """A use from its entry on: what a stop reaches, even before there is a program."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._program: RunningAction | None = None
        self._is_stopped = False

    def stop(self) -> None:
        """Kill the program, or have none begun."""
        with self._lock:
            self._is_stopped = True
            program = self._program
        if program is not None:
            program.stop()

    def begin(self, begin: BeginAction, action: Action, value: str) -> RunningAction | None:
        """Begin the program; None where it was stopped before."""
        if self._is_stopped:
            return None
        program = begin(action, value)
        with self._lock:
            self._program = program
            is_stopped = self._is_stopped
        if is_stopped:  # while it was being started
            program.stop()
        return program


class Uses:
    """Lets programs use values, and knows which run now. Safe from any thread."""

    def __init__(self, actions: Callable[[], Actions], begin: BeginAction) -> None:
        """Take actions from here and start their programs so.

        Args:
            actions: IT's actions as they stand now; an `ActionsError` where the file is refused.
            begin: starts a program and hands it a value.
        """
        self._actions, self._begin = actions, begin
        self._room = threading.BoundedSemaphore(MOST_AT_ONCE)
        self._requests = 0
        self._running: dict[tuple[bytes, bytes], _AtWork] = {}
        self._lock = threading.Lock()

    @property
    def any_running(self) -> bool:
        """Whether the office is needed: it has an answer to give, from the first look at a request on."""
        return self._requests > 0

    def offered(self, office: OpenOffice, session: Session) -> OfferedActions:
        """What this person may do with fields that stay masked.

        Raises:
            ActionsError: IT's file is refused.
        """
        actions = self._actions()
        offered = tuple(_offer(a) for a in actions.all if _is_for(office, session, a))
        with office.database.reading() as db:
            left = actions.per_shift - _used(office, db, session) if offered else 0
        return OfferedActions(actions=offered, left=max(0, left))

    def prepare(self, office: OpenOffice, session: Session, request: PrepareUse) -> UsePrepared:
        """The box that a console needs for its half; it opens nothing without the share, which stays here.

        Raises:
            NotAllowedError: as for `use`; the refusal stands in the log.
        """
        with _refusals(office, session, request, ""), office.database.reading() as db:
            action, field = self._judge(office, db, session, request.record, request.field, request.action)
            self._judge_count(office, db, session)
            if action.needs_caller:
                _need_identified(office, db, session, request.record)
            return UsePrepared(package=package_of(db, current_blob(db, request.record, field.name)))

    def use(self, office: OpenOffice, session: Session, request: UseRequest) -> UseAnswer:
        """Have one value used.

        Raises:
            NotAllowedError: with a code: signature, replay, no_field, no_action, role, no_class_key, not_in_queue,
                empty, training, reason, step_up, use_quota, use_off_hours, off_hours_code, not_identified, half (what
                the console handed over does not open this value). The refusal stands in the log.
            WorkstationError: too many programs run now (`use_busy`; logged, too), or none can be started.
            ActionsError: IT's file is refused.
            AuditUnwritableError: the entry cannot be written; nothing was opened.
        """
        what = (office, session, request, request.request.hex())
        with self._place(*what):
            at_work = _AtWork()
            try:
                with _refusals(*what):
                    action, half = self._decide(office, session, request, at_work)
                return self._run(office, session, request, action, half, at_work)
            finally:
                self._forget(session, request, at_work)

    @contextmanager
    def _place(self, office: OpenOffice, session: Session, request: UseRequest, reference: str) -> Iterator[None]:
        """One of the few places for what runs; that there is none is a refusal, too."""
        if not self._room.acquire(blocking=False):
            with office.writing() as db:
                known = _where(office, request, reference)
                office.log.append(db, "use", "refused", reason=BUSY, **known, **session.log_fields())
            raise WorkstationError("Other actions are running. Try again in a moment.", code=BUSY)
        with self._lock:
            self._requests += 1
        try:
            yield
        finally:
            with self._lock:
                self._requests -= 1
            self._room.release()

    def _forget(self, session: Session, request: UseRequest, at_work: _AtWork) -> None:
        """Take out what this very request put in: another of the same id, which was refused, takes out nothing."""
        with self._lock:
            if self._running.get((session.id, request.request)) is at_work:
                del self._running[(session.id, request.request)]

    def stop(self, session: Session, request: bytes) -> None:
        """Kill the program of an own request, if it runs or is about to."""
        with self._lock:
            running = self._running.get((session.id, request))
        if running is not None:
            running.stop()

    def _decide(
        self, office: OpenOffice, session: Session, request: UseRequest, at_work: _AtWork
    ) -> tuple[Action, _Half]:
        message = use_request(
            office.id,
            session.id,
            request.record,
            request.field,
            request.action,
            request.reason,
            request.words,
            request.request,
            request.sealed_half,
        )
        check_session_signature(session, request.signature, message)
        with office.writing() as db:
            if office.log.count(db, "use", session.name, 0, reference=request.request.hex()):
                raise NotAllowedError("This request was answered already.", code="replay")
            action, field = self._judge(office, db, session, request.record, request.field, request.action)
            caller = _check_purpose(office, db, session, field, action, request)
            self._judge_count(office, db, session)
            blob, row = current_blob(db, request.record, field.name), find_record(office, db, session, request.record)
            ctx = value_context(office.id, request.record, field.name, field.data_class.value, salt_of(blob))
            half = _half_of(office, session, request, ctx)
            words = f"words={office.log.keyed_hash(request.words)}" if request.words else ""
            entry = office.log.append(
                db,
                "use",
                data_class=field.data_class.value,
                reason=request.reason,
                detail=" ".join(part for part in (f"action={action.code}", words, caller) if part),
                **_where(office, request, request.request.hex()),
                **session.log_fields(),
            )
            released = share(record_key(office, row), ctx)
            with self._lock:  # nobody else has this id: the entry above is committed before another is looked for
                self._running[(session.id, request.request)] = at_work
        return action, _Half(half, released, ctx, blob, entry)

    def _judge(
        self, office: OpenOffice, db: Connection, session: Session, record: bytes, name: str, code: str
    ) -> tuple[Action, Field]:
        """The gates that box and use share."""
        if not office.inventory.has(name) or not office.inventory.field(name).is_sealed:
            raise NotAllowedError("The inventory declares no such sealed field.", code="no_field")
        field, action = office.inventory.field(name), self._actions().of(code)
        if action is None or not action.fits(field.kind, field.data_class):
            raise NotAllowedError("There is no such action for this field.", code="no_action")
        if session.role not in action.roles or office.policy.access(session.role, field.data_class) is Access.NEVER:
            raise NotAllowedError("Your role does not take this action.", code="role")
        if field.data_class not in office.book.granted(session.name):
            raise NotAllowedError("A supervisor still has to hand you the key of this class.", code="no_class_key")
        find_record(office, db, session, record)
        need_purpose(office, db, record, field)
        need_training(office, db, session, field.data_class)
        need_posture(office, db, session.id)
        return action, field

    def _judge_count(self, office: OpenOffice, db: Connection, session: Session) -> None:
        if _used(office, db, session) >= self._actions().per_shift:
            raise NotAllowedError("All actions of this shift are used.", code="use_quota")

    def _run(
        self,
        office: OpenOffice,
        session: Session,
        request: UseRequest,
        action: Action,
        half: _Half,
        at_work: _AtWork,
    ) -> UseAnswer:
        try:
            value = open_value(half.half, half.share, half.ctx, half.blob)
        except SealError as e:
            self._log_end(office, session, request, "refused", "half", "")
            raise NotAllowedError(_NO_HALF, code="half") from e
        try:
            program = at_work.begin(self._begin, action, value)
        except WorkstationError:
            self._log_end(office, session, request, "failed", "not_started", "")
            raise
        finally:
            del value
        end = program.wait() if program is not None else RunEnd(Ran.STOPPED)
        outcome = "ok" if end.how is Ran.DONE else "failed"
        self._log_end(office, session, request, outcome, end.how.value, _status_of(end))
        return UseAnswer(how=end.how, status=end.status, entry=half.entry)

    @staticmethod
    def _log_end(
        office: OpenOffice, session: Session, request: UseRequest, outcome: str, reason: str, status: str
    ) -> None:
        """Write down how it ended; what was done is done, so a log that is full now takes nothing from the answer."""
        detail = " ".join(part for part in (f"action={request.action}", status) if part)
        known = _where(office, request, request.request.hex())
        try:
            with office.writing() as db:
                office.log.append(
                    db, "use.done", outcome, reason=reason, detail=detail, **known, **session.log_fields()
                )
        except AuditUnwritableError:
            return  # `use` stands: whoever reads the log sees one without its end


_NO_HALF = "What this console handed over does not open this value. Look at the customer again, then try again."


def _half_of(office: OpenOffice, session: Session, request: UseRequest, ctx: bytes) -> bytes:
    try:
        return hpke.unseal(office.keys.office_kem, request.sealed_half, use_info(office.id, session.id, ctx))
    except SealError as e:
        raise NotAllowedError(_NO_HALF, code="half") from e


def _check_purpose(
    office: OpenOffice, db: Connection, session: Session, field: Field, action: Action, request: UseRequest
) -> str:
    """Reason, fresh code and caller, as the action and policy want them; for the log, the check it rests on."""
    check = ""
    if action.needs_reason:
        check_reason(office, ReasonFor.REVEAL, field.data_class, request.reason, request.words)
        wanted = office.policy.purpose_of(ReasonFor.REVEAL, field.data_class, request.reason)
        need_purpose(office, db, request.record, field, wanted=wanted)
        check = need_caller(office, db, session, request.record, ReasonFor.REVEAL, field.data_class, request.reason)
    elif request.reason or request.words:
        raise NotAllowedError("This action takes no reason.", code="reason")
    _check_hours(office, session)
    if office.policy.needs_step_up(session.role, field.data_class):
        needs_step_up(office, session)
    return _need_identified(office, db, session, request.record) if action.needs_caller else check


def _check_hours(office: OpenOffice, session: Session) -> None:
    """Outside the hours of work, who opens fields with a fresh code needs one; who asks for them has nobody to ask."""
    if office.policy.office_hours.is_work(office.clock.now_ms()):
        return
    match office.policy.off_hours[session.role]:
        case Outside.ASK:
            raise NotAllowedError("It is outside the hours of work, and this is not done then.", code="use_off_hours")
        case Outside.CODE:
            try:
                needs_step_up(office, session)
            except NotAllowedError as error:
                text = "Outside the hours of work this needs a fresh code from your authenticator."
                raise NotAllowedError(text, code="off_hours_code") from error


def _need_identified(office: OpenOffice, db: Connection, session: Session, record: bytes) -> str:
    check = identified_check(office, db, session, record)
    if check is None:
        raise NotAllowedError("Check who is calling first; then this is done.", code="not_identified")
    return f"check={check.hex()}"


def _used(office: OpenOffice, db: Connection, session: Session) -> int:
    """How many uses of this shift the log has, by the numbers of entries: a clock that is put right takes none away."""
    first = shift_begin(db, session.name, office.clock.now_ms() - SHIFT_S * 1000, "use")
    if first is None:
        return 0
    log = schema.audit.c
    mine = (log.actor == session.name, log.event == "use", log.outcome == "ok", log.number >= first)
    return int(db.execute(select(func.count()).select_from(schema.audit).where(*mine)).scalar_one())


def _is_for(office: OpenOffice, session: Session, action: Action) -> bool:
    held = office.book.granted(session.name)
    return session.role in action.roles and any(c in held for c in action.classes)


def _offer(action: Action) -> OfferedAction:
    return OfferedAction(
        code=action.code,
        label_en=action.label_en,
        label_id=action.label_id,
        kinds=tuple(sorted(kind.value for kind in action.kinds)),
        classes=tuple(sorted(c.value for c in action.classes)),
        needs_reason=action.needs_reason,
        needs_caller=action.needs_caller,
    )


def _status_of(end: RunEnd) -> str:
    names = {Ran.FAILED: "exit", Ran.KILLED: "signal"}
    return f"{names[end.how]}={end.status}" if end.how in names else ""


def _where(office: OpenOffice, request: PrepareUse | UseRequest, reference: str) -> dict[str, str]:
    known = request.field if office.inventory.has(request.field) else ""
    return {"record": request.record.hex(), "field": known, "reference": reference}


def _refusals(
    office: OpenOffice, session: Session, request: PrepareUse | UseRequest, reference: str
) -> AbstractContextManager[None]:
    return refusals_logged(office, session, "use", **_where(office, request, reference))
