"""Invitation and enrolment: how an account comes to be without anybody else knowing its keys.

An administrator's console signs the invitation and gives the slot key of the activation code; the office wraps its
file key under it for 24 h. The person proves the code, gets an authenticator secret, and signs their own public
keys into the book with the key that the code gives, once.
"""

from sqlalchemy import Connection, select

from app.api.messages.accounts import EnrolBegin, EnrolBegun, EnrolBook, EnrolFinish, Invite
from app.api.messages.book import BookPage
from app.api.messages.own_account import Profile
from app.auth import seat_proof
from app.auth.book import MOVED, BookError, Entry, Kind, State
from app.auth.book_messages import entry_message, entry_of
from app.auth.names import account_name, check_queue_names
from app.auth.totp import TotpHash
from app.backoffice import schema
from app.backoffice.factors import forget_wrong_codes
from app.backoffice.known_seats import NOT_KNOWN, UNKNOWN, why_unknown
from app.backoffice.office import BackOffice, OpenOffice
from app.backoffice.pending_factors import (
    PendingFactor,
    anybody_enrols,
    begin_factor,
    pending_factor,
    try_code,
    use_factor,
)
from app.backoffice.recovery_codes import give_recovery_codes, make_recovery_codes
from app.backoffice.sessions import Session, needs_step_up
from app.backoffice.workstation import asking_workstation
from app.crypto import signing
from app.crypto.account_keys import stored_verifier
from app.crypto.derive import PASSWORD_CEILING, PASSWORD_FLOOR, PasswordCost, at_least
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.domain.errors import InputRefusedError, NotAllowedError

_BAD_CODE = "The activation code does not open this account. Check both, or ask for a new code."


def activation_proof(office: bytes, account: str, nonce: bytes) -> bytes:
    """What the holder of an activation code signs to begin."""
    return lp("enrol-begin", office, account, nonce)


class Enrolments:
    """Invitations and half-finished enrolments of one office."""

    def __init__(self, office: BackOffice) -> None:
        """Work for this office."""
        self._office = office

    def invite(self, session: Session, request: Invite) -> None:
        """Take an invitation signed by an administrator.

        Raises:
            NotAllowedError: the role does not invite, or the step-up is over.
            BookError: the name is taken, or the entry is not rightly signed.
        """
        office = self._office.opened
        if not office.policy.may_invite(session.role):
            raise NotAllowedError("Only an administrator makes accounts.", code="role")
        needs_step_up(office, session)
        entry = entry_of(request.entry)
        if entry.kind is not Kind.ACCOUNT or entry.state != State.INVITED:
            raise InputRefusedError("This is not an invitation.")
        if account_name(entry.name) != entry.name:
            raise InputRefusedError("An account name is written in lower case.")
        check_queue_names(entry.queues)
        if not request.display_name.isprintable():
            raise InputRefusedError("A person's name has no control characters.")
        slot = self._office.slot(request.slot_key, entry.name)
        until = office.clock.now_ms() + office.policy.activation_s * 1000
        door = self._office.front_door
        with self._office.lock, door.changing(entry.name), office.writing() as db:
            if office.book.account(entry.name) is not None:
                raise InputRefusedError(
                    "There is an account of this name already. Choose another name.", code="name_taken"
                )
            office.write_book(db, entry)
            reserve_account(db, entry.name, request.display_name)
            office.log.append(db, "account.invite", acting_with=entry.name, reason=entry.role, **session.log_fields())
            door.invite(entry.name, slot, until)

    def begin(self, request: EnrolBegin) -> EnrolBegun:
        """Open the file with an activation code and hand out an authenticator secret.

        Raises:
            NotAllowedError: the code does not open, is over, or was used.
            WorkstationError: this process is about to leave; another one comes.
        """
        with self._office.lock:
            self._office.refuse_if_leaving()
            now = self._office.clock.now_ms()
            try:
                file_key = self._office.front_door.open_activation(
                    self._office.plate.office, request.account, request.slot_key, now
                )
            except SealError:
                raise NotAllowedError(_BAD_CODE, code="activation") from None
            office = self._office.open(file_key)
            entry = office.book.account(request.account)
            if entry is None or entry.state not in {State.INVITED, State.RESET}:
                raise NotAllowedError(_BAD_CODE, code="activation")
            try:
                signing.check(
                    entry.activation, request.proof, activation_proof(office.id, request.account, request.nonce)
                )
            except SealError:
                raise NotAllowedError(_BAD_CODE, code="activation") from None
            self._refuse_unknown(office, request)
            return self._begun(office, entry, TotpHash(request.totp_hash))

    def _refuse_unknown(self, office: OpenOffice, request: EnrolBegin) -> None:
        """Refuse who comes from a workstation that is not known, where policy wants one; the code stays good.

        Raises:
            NotAllowedError: it is not known, or does not prove its key (code `seat_unknown`).
        """
        proof = request.seat_proof
        seat, said = asking_workstation.get().id, None
        if proof is not None:
            seat = proof.seat
            said = seat_proof.activation_proof(office.id, seat, proof.nonce, request.account, request.nonce)
        with office.writing() as db:
            why = why_unknown(office, db, seat, proof, said)
            if why:
                who = {"actor": request.account, "seat": self._office.seat}
                office.log.append(db, "account.enrol", "refused", reason=why, **who)
        if why:
            raise NotAllowedError(NOT_KNOWN, code=UNKNOWN)

    def _begun(self, office: OpenOffice, entry: Entry, totp_hash: TotpHash) -> EnrolBegun:
        cost = self._office.front_door.profile
        with office.writing() as db:
            begun = begin_factor(office, db, entry.name, totp_hash)
            query = select(schema.accounts.c.display_name).where(schema.accounts.c.name == entry.name)
            display_name = db.execute(query).scalar_one()
            entries = office.book.entries
        return EnrolBegun(
            enrolment=begun.id,
            totp=begun.secret,
            display_name=display_name,
            role=entry.role,
            queues=entry.queues,
            profile=Profile(cost=(cost.memory_kib, cost.passes, cost.lanes)),
            book=tuple(entry_message(e) for e in entries),
        )

    def book_after(self, request: EnrolBook) -> BookPage:
        """What the book has grown by since a half-finished enrolment began.

        Raises:
            NotAllowedError: the enrolment is over.
        """
        with self._office.lock:
            office = self._office.opened
            _known(office, request.enrolment)
            with office.database.lock:
                return BookPage(entries=tuple(entry_message(e) for e in office.book.entries[max(request.after, 0) :]))

    def finish(self, request: EnrolFinish) -> tuple[str, ...]:
        """Take the person's keys after their authenticator has shown a right code.

        Returns:
            The person's recovery codes, for the answer alone.

        Raises:
            NotAllowedError: the enrolment is over, or the code is not right.
            BookError: the entry is not rightly signed.
        """
        with self._office.lock:
            office = self._office.opened
            enrolment = _known(office, request.enrolment)
            entry = entry_of(request.entry)
            if entry.number != office.book.length:
                raise BookError("The book has grown meanwhile; sign again.", code=MOVED)
            step = try_code(office, enrolment, request.code)
            if entry.name != enrolment.account or entry.kind is not Kind.ACCOUNT:
                raise NotAllowedError(_BAD_CODE, code="activation")
            cost = PasswordCost(request.memory_kib, request.passes, request.lanes)
            if at_least(cost, PASSWORD_FLOOR) != cost or at_least(cost, PASSWORD_CEILING) != PASSWORD_CEILING:
                raise InputRefusedError("The password parameters are too weak, or far too strong.")
            codes = self._store(office, request, entry, enrolment, step, cost)
            self._office.front_door.settle(entry.name)
            return codes

    def _store(
        self,
        office: OpenOffice,
        request: EnrolFinish,
        entry: Entry,
        enrolment: PendingFactor,
        step: int,
        cost: PasswordCost,
    ) -> tuple[str, ...]:
        """Book, account, log and, as the last step of the transaction, the slot at the front door."""
        table, door, now_ms = schema.accounts, self._office.front_door, office.clock.now_ms()
        slot = self._office.slot(request.slot_key, entry.name)
        made = make_recovery_codes(office.keys.pepper, entry.name)
        with door.changing(entry.name), office.writing() as db:
            if not use_factor(db, enrolment):
                raise _over()
            office.write_book(db, entry)
            db.execute(
                table.update()
                .where(table.c.name == entry.name)
                .values(
                    verifier=stored_verifier(office.keys.pepper, entry.name, request.verifier),
                    wrapped_keys=request.wrapped_keys,
                    **office.keys.wrapped_totp(entry.name, enrolment.secret),
                    totp_hash=enrolment.totp_hash.value,
                    last_step=step,
                    told_step=0,
                    authenticator_ms=now_ms,
                    password_ms=now_ms,
                    next_verifier=None,
                    next_keys=None,
                )
            )
            forget_wrong_codes(db, entry.name)
            give_recovery_codes(db, entry.name, made)
            detail = f"factor=password+code hash={enrolment.totp_hash} recovery_codes={len(made.texts)}"
            office.log.append(db, "account.enrol", actor=entry.name, seat=self._office.seat, detail=detail)
            door.set_password(entry.name, request.salt, cost, slot)
        return made.texts

    def any_open(self) -> bool:
        """Whether somebody is in the middle of an enrolment."""
        with self._office.lock:
            return self._office.is_open and anybody_enrols(self._office.opened)


def _known(office: OpenOffice, enrolment: bytes) -> PendingFactor:
    known = pending_factor(office, enrolment)
    if known is None:
        raise _over()
    return known


def _over() -> NotAllowedError:
    return NotAllowedError("This set-up took longer than 5 minutes. Start again.", code="enrolment_over")


def reserve_account(db: Connection, name: str, display_name: str) -> None:
    """The row of an account that has no keys yet."""
    empty = {"verifier": b"", "wrapped_keys": b"", "totp": b"", "last_step": 0}
    db.execute(schema.accounts.insert().values(name=name, display_name=display_name, **empty))
