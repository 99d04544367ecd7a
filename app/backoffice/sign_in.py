"""Sign-in: count the try, open the slot, judge V and code, begin a session, in this order.

Invariants (`docs/threat-model.md`, T8): a try is on disk before it is judged; unknown accounts cost the same work;
one sentence for account, password and code; more is said only when both factors were right but for time or reuse;
code step, session and audit entry are one transaction.
"""

from sqlalchemy import Connection, select

from app.api.messages.door import AskSalt, Salt, SealedClassKey, SignedIn, SignInRequest, WitnessMark
from app.api.messages.own_account import Alarm, Profile
from app.auth.book_messages import entry_message
from app.auth.totp import CodeVerdict
from app.backoffice import schema
from app.backoffice.alarms import alarms_for, look_for_alarm
from app.backoffice.capture_excepted import log_exception
from app.backoffice.factor_notice import factor_changes_for
from app.backoffice.factors import judge_at_sign_in, right_password
from app.backoffice.office import BackOffice, OpenOffice
from app.backoffice.outbox_keys import new_key
from app.backoffice.recovery_codes import derive_for_nothing, use_recovery_code
from app.backoffice.recovery_notice import recoveries_for
from app.backoffice.refusals import Refusal, SignInRefused, code_refusal, wrong
from app.backoffice.seat_rows import came, refusal_of
from app.backoffice.session_ends import judge_noted_ends
from app.backoffice.sessions import NewSession, begin_session
from app.backoffice.told import tells
from app.backoffice.unusual_sign_ins import log_unusual, unusual_for, unusual_now
from app.crypto.errors import SealError
from app.domain.errors import VerificationError


def ask_salt(office: BackOffice, request: AskSalt) -> Salt:
    """Salt and parameters of an account, made up for an unknown one."""
    salt, cost = office.front_door.salt_and_cost(request.account)
    return Salt(salt=salt, memory_kib=cost.memory_kib, passes=cost.passes, lanes=cost.lanes)


def sign_in(office: BackOffice, request: SignInRequest) -> SignedIn:
    """Sign somebody in.

    Raises:
        SignInRefused: with what may be said.
        VerificationError: the console remembers more than the office can show.
        AuditUnwritableError: the entry cannot be written; nobody is signed in.
    """
    with office.lock:
        failed = count_try(office, request.account)
        opened = _open(office, request, failed)
        return _judge(office, opened, request, failed)


def count_try(office: BackOffice, account: str) -> int:
    """Count a try, before it is judged; how many failed in a row, this one included.

    Raises:
        SignInRefused: tries wait.
        WorkstationError: this process is about to leave (code `leaving`); another one comes.
    """
    office.refuse_if_leaving()
    now_ms, boot_s, boot = office.clock.now_ms(), office.clock.boot_s(), office.clock.boot_id()
    wait = office.front_door.wait_s(account, boot_s, boot)
    if wait:
        raise SignInRefused(Refusal("throttled", wait_s=wait))
    failed = office.front_door.count_try(account, now_ms, boot_s, boot)
    look_for_alarm(office, account, now_ms)
    return failed


def _open(office: BackOffice, request: SignInRequest, failed: int) -> OpenOffice:
    try:
        file_key = office.front_door.open_file_key(office.plate.office, request.account, request.slot_key)
    except SealError:
        if request.kind == "replace":
            derive_for_nothing(request.account, request.code)
        _remember_failure(office, request.account)
        raise wrong(failed) from None
    opened = office.open(file_key)
    judge_noted_ends(office)
    return opened


def _remember_failure(office: BackOffice, account: str) -> None:
    """Log a failed try: now if the file is open, else at its next opening.

    Names nobody has are not written down: people type passwords into the account field.
    """
    door = office.front_door.door(account)
    actor = account if door and door.slots else ""
    event = {"event": "sign_in", "outcome": "failed", "actor": actor, "seat": office.seat, "reason": "wrong"}
    if office.is_open:
        with office.opened.writing() as db:
            office.opened.log.append(db, **event)
    else:
        office.front_door.note({"at_ms": office.clock.now_ms(), **event})


def _judge(office: BackOffice, opened: OpenOffice, request: SignInRequest, failed: int) -> SignedIn:
    answer = None
    with opened.writing() as db:
        refusal = _refusal(opened, db, request, office.seat, failed)
        if refusal is None:
            answer = _welcome(opened, db, request, office)
        else:
            reason = refusal.reason if isinstance(refusal, SignInRefused) else refusal.code
            opened.log.append(db, "sign_in", "failed", actor=request.account, seat=office.seat, reason=reason)
    if answer is None:
        raise refusal or wrong(failed)
    failed_ms = office.front_door.forgive(
        request.account, told=tells(request.kind)
    )  # never fails a sign-in that is committed
    return answer.model_copy(update={"failed_ms": tuple(failed_ms)})


def _refusal(
    opened: OpenOffice, db: Connection, request: SignInRequest, seat: str, failed: int
) -> SignInRefused | VerificationError | None:
    """Judge password and second factor; None lets the person in."""
    row = db.execute(select(schema.accounts).where(schema.accounts.c.name == request.account)).first()
    account = opened.book.account(request.account)
    active = account is not None and account.state == "active"
    if row is None or not active or not right_password(opened, db, row, request.verifier):
        return wrong(failed)
    if request.kind == "replace":
        used = use_recovery_code(opened, db, request.account, request.code)
        refusal = None if used else wrong(failed, "wrong_recovery_code")
    else:
        refusal = _refusal_of_code(opened, db, request, seat, failed)
    refusal = refusal or refusal_of(opened, db, request)
    if refusal is None and _is_older(opened, db, request.audit_seen):
        return _rolled_back()
    return refusal


def _refusal_of_code(
    opened: OpenOffice, db: Connection, request: SignInRequest, seat: str, failed: int
) -> SignInRefused | None:
    judgement, wait_s = judge_at_sign_in(opened, db, request.account, request.code, seat)
    if judgement.verdict is not CodeVerdict.RIGHT:
        return code_refusal(judgement, failed, wrong(failed, "wrong_code"))
    return SignInRefused(Refusal("codes_refused", wait_s=wait_s)) if wait_s else None


def _is_older(opened: OpenOffice, db: Connection, seen: WitnessMark | None) -> bool:
    """Whether the log is shorter than the console remembers; judged after password and code."""
    return seen is not None and seen.length > opened.log.head(db)[0]


def _rolled_back() -> VerificationError:
    return VerificationError(
        "The office's log is older than this workstation remembers: an earlier copy was put back, or its end was cut. "
        "Nobody can sign in here until somebody has looked at it; `tirai audit verify` names the first missing entry.",
        code="rolled_back",
    )


def _welcome(opened: OpenOffice, db: Connection, request: SignInRequest, office: BackOffice) -> SignedIn:
    alarms = alarms_for(opened, db, request.account)
    told = {
        "recoveries": recoveries_for(db, request.account),
        "factor_changes": factor_changes_for(db, request.account),
        "unusual": unusual_for(opened, db, request.account),
    }
    found = unusual_now(opened, db, request)
    new = begin_session(opened, db, request, office.seat)
    factor = "recovery_code" if request.kind == "replace" else "code"
    detail = f"kind={request.kind} factor=password+{factor}"
    who = {"actor": request.account, "session": new.id.hex(), "seat": office.seat}
    came(opened, db, request, **who)
    opened.log.append(db, "sign_in", detail=detail, **who)
    log_unusual(opened, db, request, found, **who)
    if request.kind == "console":
        log_exception(opened, db, **who)
    opened.log.checkpoint(db)
    cost = office.front_door.profile
    profile = Profile(cost=(cost.memory_kib, cost.passes, cost.lanes))
    signed_in = _signed_in(opened, db, request, new, profile, alarms)
    return signed_in.model_copy(update=told)


def _signed_in(
    opened: OpenOffice,
    db: Connection,
    request: SignInRequest,
    new: NewSession,
    profile: Profile,
    alarms: tuple[Alarm, ...],
) -> SignedIn:
    row = db.execute(select(schema.accounts).where(schema.accounts.c.name == request.account)).one()
    number, head = opened.log.head(db)
    seen = request.audit_seen
    replaces = request.kind == "replace"
    return SignedIn(
        session=new.id,
        token=new.token,
        end_token=new.end_token,
        ends_ms=new.ends_ms,
        lease_ms=new.lease_ms,
        now_ms=opened.clock.now_ms(),
        display_name=row.display_name,
        wrapped_keys=row.wrapped_keys,
        failed_ms=(),
        profile=profile,
        alarms=alarms,
        ended_elsewhere=new.ended_elsewhere,
        book=tuple(entry_message(e) for e in opened.book.entries),
        grants=() if replaces else own_grants(db, request.account),
        inventory="" if replaces else opened.inventory.text,
        audit=WitnessMark(length=number, head=head),
        audit_proof=tuple(opened.log.digests_after(db, seen.length)) if seen else (),
        outbox_key=new_key(db, new.id) if request.kind == "console" else None,
    )


def own_grants(db: Connection, account: str) -> tuple[SealedClassKey, ...]:
    """The class grants kept for an account; the console compares each with the book."""
    table = schema.class_grants
    rows = db.execute(select(table).where(table.c.account == account))
    return tuple(SealedClassKey(data_class=r.data_class, version=r.version, sealed=r.sealed) for r in rows)
