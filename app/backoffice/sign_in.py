"""Sign-in: count the try, open the slot, judge V and code, begin a session, in this order.

Invariants (`docs/threat-model.md`, T8): a try is on disk before it is judged; unknown accounts cost the same work;
one sentence for account, password and code; more is said only when both factors were right but for time or reuse;
code step, session and audit entry are one transaction.
"""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from app.api.messages.door import AskSalt, Salt, SealedClassKey, SignedIn, SignInRequest, WitnessMark
from app.auth.book_messages import entry_message
from app.auth.throttle import tries_left, wait_after
from app.auth.totp import CodeVerdict, Judgement
from app.backoffice import schema
from app.backoffice.office import BackOffice, OpenOffice
from app.backoffice.sessions import NewSession, begin_session, judge_and_use
from app.crypto.account_keys import stored_verifier
from app.crypto.derive import same
from app.crypto.errors import SealError
from app.domain.errors import NotAllowedError, VerificationError


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a sign-in is refused; only what may be said."""

    code: str
    tries_left: int = 0
    wait_s: int = 0
    minutes_off: int = 0


class SignInRefused(NotAllowedError):  # noqa: N818  (a refusal is the expected answer, not a fault)
    """The office refuses a sign-in."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__("Account, password or code is not right.", code=refusal.code)
        self.refusal = refusal


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
        failed = _count_try(office, request.account)
        opened = _open(office, request, failed)
        return _judge(office, opened, request, failed)


def boot_id() -> str:
    """Which boot of the machine this is; waits start again after a reboot."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""


def _count_try(office: BackOffice, account: str) -> int:
    now_ms, boot_s, boot = office.clock.now_ms(), office.clock.boot_s(), boot_id()
    wait = office.front_door.wait_s(account, boot_s, boot)
    if wait:
        raise SignInRefused(Refusal("throttled", wait_s=wait))
    return office.front_door.count_try(account, now_ms, boot_s, boot)


def _wrong(failed: int) -> SignInRefused:
    return SignInRefused(Refusal("wrong", tries_left=tries_left(failed), wait_s=wait_after(failed)))


def _open(office: BackOffice, request: SignInRequest, failed: int) -> OpenOffice:
    try:
        file_key = office.front_door.open_file_key(office.plate.office, request.account, request.slot_key)
    except SealError:
        _remember_failure(office, request.account)
        raise _wrong(failed) from None
    return office.open(file_key)


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
    refusal: SignInRefused | VerificationError | None = None
    answer = None
    with opened.writing() as db:
        row = db.execute(select(schema.accounts).where(schema.accounts.c.name == request.account)).first()
        account = opened.book.account(request.account)
        verifier = stored_verifier(opened.keys.pepper, request.account, request.verifier)
        active = account is not None and account.state == "active"
        if row is None or not active or not same(row.verifier, verifier):
            refusal = _wrong(failed)
        else:
            judgement = judge_and_use(opened, db, request.account, request.code)
            if judgement.verdict is not CodeVerdict.RIGHT:
                refusal = _code_refusal(judgement, failed)
            elif _is_older(opened, db, request.audit_seen):
                refusal = _rolled_back()
            else:
                answer = _welcome(opened, db, request, office.seat)
        if refusal is not None:
            opened.log.append(db, "sign_in", "failed", actor=request.account, seat=office.seat, reason=refusal.code)
    if refusal is not None or answer is None:
        raise refusal or _wrong(failed)
    failed_ms = office.front_door.forgive(request.account)  # never fails a sign-in that is committed
    return answer.model_copy(update={"failed_ms": tuple(failed_ms)})


def _code_refusal(judgement: Judgement, failed: int) -> SignInRefused:
    match judgement.verdict:
        case CodeVerdict.USED:
            return SignInRefused(Refusal("used_code", wait_s=judgement.wait_s, tries_left=tries_left(failed)))
        case CodeVerdict.CLOCK_OFF:
            minutes = max(1, round(judgement.off_s / 60))
            return SignInRefused(Refusal("clock_off", minutes_off=minutes, tries_left=tries_left(failed)))
        case _:
            return _wrong(failed)


def _is_older(opened: OpenOffice, db: Connection, seen: WitnessMark | None) -> bool:
    """Whether the log is shorter than the console remembers; judged after password and code."""
    return seen is not None and seen.length > opened.log.head(db)[0]


def _rolled_back() -> VerificationError:
    return VerificationError(
        "The office's log is older than this workstation remembers: an earlier copy was put back, or its end was cut. "
        "Nobody can sign in here until somebody has looked at it; `tirai audit verify` names the first missing entry.",
        code="rolled_back",
    )


def _welcome(opened: OpenOffice, db: Connection, request: SignInRequest, seat: str) -> SignedIn:
    new = begin_session(opened, db, request, seat)
    opened.log.append(
        db, "sign_in", actor=request.account, session=new.id.hex(), seat=seat, detail=f"kind={request.kind}"
    )
    opened.log.checkpoint(db)
    return _signed_in(opened, db, request, new)


def _signed_in(opened: OpenOffice, db: Connection, request: SignInRequest, new: NewSession) -> SignedIn:
    row = db.execute(select(schema.accounts).where(schema.accounts.c.name == request.account)).one()
    number, head = opened.log.head(db)
    seen = request.audit_seen
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
        book=tuple(entry_message(e) for e in opened.book.entries),
        grants=own_grants(db, request.account),
        inventory=opened.inventory.text,
        audit=WitnessMark(length=number, head=head),
        audit_proof=tuple(opened.log.digests_after(db, seen.length)) if seen else (),
    )


def own_grants(db: Connection, account: str) -> tuple[SealedClassKey, ...]:
    """The class grants kept for an account; the console compares each with the book."""
    table = schema.class_grants
    rows = db.execute(select(table).where(table.c.account == account))
    return tuple(SealedClassKey(data_class=r.data_class, version=r.version, sealed=r.sealed) for r in rows)
