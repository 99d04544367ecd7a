"""A call for each route of the office, rightly made and signed: what somebody at their console, or past it, asks for.

`tests/security/role_matrix.py` says what each role gets. A call that would change much is made so that it is refused
behind the role (a proof that does not fit, an id that nobody has), so that the matrix can be gone through many times.
"""

import contextlib
import http.client
import secrets
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from app.api.client import accounts as account_calls
from app.api.client import analytics as analytics_calls
from app.api.client import backups, caller_checks, decisions, editing, exposures, own_account, uses
from app.api.client import compliance as compliance_calls
from app.api.client import consents as consent_calls
from app.api.client import contacts as contact_calls
from app.api.client import erasure as erasure_calls
from app.api.client import incidents as incident_calls
from app.api.client import notices as notice_calls
from app.api.client import policy as policy_calls
from app.api.client import privacy_record as record_calls
from app.api.client import readmission as readmission_calls
from app.api.client import retention as retention_calls
from app.api.client import seats as seat_calls
from app.api.client import sources as source_calls
from app.api.client import subject_requests as request_calls
from app.api.client import training as training_calls
from app.api.client import who_saw as who_saw_calls
from app.api.client.errors import SessionOverError
from app.api.client.paths import in_path
from app.api.client.refusals import error_of
from app.api.messages.accounts import EnrolBegin, EnrolBook, EnrolFinish, GrantClasses, Invite
from app.api.messages.analytics import ApproveExport, EndExport, ProposeExport
from app.api.messages.audit import AuditQuery, Export, ExportEnd
from app.api.messages.backups import BackupBegin, BackupKeysFile, DestroyPeriod
from app.api.messages.book import BookEntry, SignatureMark
from app.api.messages.caller_checks import BeginCheck, CallerAnswer, CheckState, Lookup
from app.api.messages.calls import CallsNow
from app.api.messages.compliance import AskComplianceDocument, AskControls, AskPack
from app.api.messages.consents import AskReceipt, RecordConsent, SendPage
from app.api.messages.contacts import SaveContact, WrapUp
from app.api.messages.customers import ImportRows
from app.api.messages.door import (
    AskSalt,
    AskWhileLocked,
    CardRequest,
    Ended,
    EndReport,
    EndRequest,
    Hello,
    LockRequest,
    ResumeRequest,
    Salt,
    SignInRequest,
)
from app.api.messages.editing import EditField, EmptyField, NewCustomer, OpenRecord
from app.api.messages.erasure import (
    ApproveErasure,
    AskCustomer,
    AskNotices,
    ProposeErasure,
    SayNoticesKept,
    SetHold,
    SubjectMark,
)
from app.api.messages.exposures import (
    AcknowledgeFlag,
    AskLedger,
    AskLines,
    ClosedView,
    FlagMark,
    LedgerScope,
    SetThreshold,
    ViewsClosed,
)
from app.api.messages.filling import BeginFill
from app.api.messages.incidents import (
    AskEachLetter,
    AskIncidentLetter,
    AtRevision,
    BringSuspicions,
    ConfirmIncident,
    ReportSuspicion,
    SayTold,
    SetScope,
    SetTexts,
    WriteNote,
)
from app.api.messages.notices import DropNotice, PublishNotice, WriteNotice
from app.api.messages.outbox import Delivered, Delivery, Look, Looked
from app.api.messages.own_account import AuthenticatorBegin, NewPassword, NewRecoveryCodes
from app.api.messages.policy import PolicyText, ProposePolicy
from app.api.messages.privacy_record import AskRecordPdf
from app.api.messages.proposals import Propose
from app.api.messages.readmission import NamePerson, ProposeReadmission
from app.api.messages.retention import ConfirmDate
from app.api.messages.reveals import (
    ApproveUnlock,
    AskUnlock,
    CopyNotice,
    ReadNotes,
    RefuseUnlock,
    RevealRequest,
    SaveNote,
)
from app.api.messages.rotation import Checked, Resealed
from app.api.messages.seats import BroughtReceipt, EnrolSeat, InviteSeats, OrderWipe, SeatHere, SeatProof
from app.api.messages.sources import AddSource
from app.api.messages.subject_requests import (
    AttachRequest,
    CheckIdentity,
    CloseRequest,
    DecideProposal,
    DetachRequest,
    LetterSent,
    LiftHolds,
    MakeBundle,
    OpenRequest,
    ProposeOutcome,
)
from app.api.messages.training import AcceptRules, AnswerQuiz, AskLesson, AskRules
from app.api.messages.uses import PrepareUse, UseRequest
from app.api.messages.who_saw import AskWhoSaw, AskWhoSawPdf
from app.api.messages.wire import Done, Message
from app.api.server.application import bare_application
from app.api.server.description import routes_of
from app.auth.book import Kind, Proposal
from app.auth.book_messages import entry_message, proposal_message
from app.auth.policy_version import PolicyVersion
from app.auth.session_card import (
    consent_request,
    edit_request,
    empty_request,
    new_customer_request,
    reveal_request,
    use_request,
)
from app.crypto import hpke, signing
from app.crypto.grants import edit_info, new_customer_info
from app.domain.actions import Action
from app.domain.caller_check import How
from app.domain.data_class import DataClass
from app.domain.editing import WhyEmptied
from app.domain.erasure.readmission import BackBecause, NamedBy
from app.domain.erasure.words import Action as ErasureAction
from app.domain.erasure.words import Ground, HoldReason
from app.domain.errors import TiraiError
from app.domain.exposures.words import ClosedBy, Rule
from app.domain.incidents.words import NoteKind, Suspicion, Told
from app.domain.kinds import Kind as FieldKind
from app.domain.privacy.consent import Channel as ConsentChannel
from app.domain.privacy.consent import Said
from app.domain.role import Role
from app.domain.subject_requests.words import Channel, IdentityCheck, RequestKind, RequestState, SentBy
from app.session.identity import Identity, new_id
from tests.office.raw_import import RawImport

WHY = "the caller disputes the charge"
OK = "ok"
POST = Action(
    code="post",
    label_en="Post",
    label_id="Pos",
    kinds=frozenset({FieldKind.ADDRESS}),
    classes=frozenset({DataClass.CONTACT}),
    roles=frozenset({Role.AGENT, Role.SUPERVISOR, Role.PRIVACY_OFFICER}),
    argv=("tirai-mail",),
    timeout_s=30,
    needs_reason=False,
    needs_caller=False,
)
ROLES = {
    "agent": "ratna",
    "new agent": "baru",
    "supervisor": "hendra",
    "privacy officer": "dewi",
    "administrator": "adi",
}


def reveal_of(who: Identity, record: bytes, field: str, reason: str, *, by: Identity | None = None) -> RevealRequest:
    request = new_id()
    message = reveal_request(who.office, who.session, record, field, reason, "", request)
    return RevealRequest(
        request=request, record=record, field=field, reason=reason, signature=(by or who).sign(message)
    )


def contact_of(record: bytes, contact: bytes | None = None) -> SaveContact:
    """A finished visit."""
    key = contact if contact is not None else new_id()
    return SaveContact(
        contact=key, record=record, revision=1, started_ms=1, ended_ms=2, wrap_up=WrapUp(outcome="solved")
    )


def reading_of(who: Identity, record: bytes, *, by: Identity | None = None) -> ReadNotes:
    request = new_id()
    message = reveal_request(who.office, who.session, record, "notes", "", "", request)
    return ReadNotes(request=request, record=record, signature=(by or who).sign(message))


def use_of(who: Identity, record: bytes, *, by: Identity | None = None) -> UseRequest:
    """With a half that opens nothing."""
    request, field, half = new_id(), "street_address", b"x"
    message = use_request(who.office, who.session, record, field, "post", "", "", request, half)
    return UseRequest(
        request=request, record=record, field=field, action="post", sealed_half=half,
        signature=(by or who).sign(message),
    )  # fmt: skip


def edit_of(who: Identity, record: bytes, field: str, *, by: Identity | None = None) -> EditField:
    """By somebody who has seen nothing there, so that it is a conflict and changes nothing."""
    request, seen = new_id(), bytes(16)
    info = edit_info(who.office, who.session, record, field, request)
    sealed = hpke.seal(who.book.office_entry.kem, b"Jalan Baru Sekali 12", info)
    message = edit_request(who.office, who.session, record, field, seen, request, sealed)
    return EditField(
        request=request, record=record, field=field, seen=seen, sealed=sealed, signature=(by or who).sign(message)
    )


def emptying_of(who: Identity, record: bytes, field: str, *, by: Identity | None = None) -> EmptyField:
    """By somebody who has seen nothing there, so that it is a conflict and changes nothing."""
    request, seen, why = new_id(), bytes(16), WhyEmptied.WRONG
    message = empty_request(who.office, who.session, record, field, seen, request, why.value)
    return EmptyField(
        request=request, record=record, field=field, seen=seen, why=why, signature=(by or who).sign(message)
    )


def customer_of(who: Identity, *, by: Identity | None = None) -> NewCustomer:
    """Without a name, so that nobody is made."""
    request = new_id()
    info = new_customer_info(who.office, who.session, request)
    sealed = hpke.seal(who.book.office_entry.kem, b'{"city": "Bandung"}', info)
    message = new_customer_request(who.office, who.session, "2026-01", request, sealed)
    return NewCustomer(request=request, notice="2026-01", sealed=sealed, signature=(by or who).sign(message))


def invitation(who: Identity) -> Invite:
    with contextlib.suppress(SessionOverError):  # who has none goes on, and is refused by the route
        who.follow_book()
    activation = signing.public_of(signing.new_seed())
    draft = who.book.draft(Kind.ACCOUNT, f"x{secrets.token_hex(4)}", role="agent", queues=("billing",), state="invited",
                           activation=activation)  # fmt: skip
    entry = draft.signed(who.office, [(who.account, who.keys.seed)])
    return Invite(entry=entry_message(entry), display_name="Somebody", slot_key=secrets.token_bytes(32))


ANSWER = CallerAnswer(field="nik", how=How.TYPED, text="3273996803870004")
APPROVAL = ApproveUnlock(expiry_ms=1, views=1, salt=bytes(16), sealed_half=b"x", sealed_to=bytes(32),
                         signature=bytes(64))  # fmt: skip
A_VIEW = ViewsClosed(views=(ClosedView(entry=1, shown_ms=1, cause=ClosedBy.TIME),))
A_FLAG: dict[str, Any] = {
    "opening": bytes(16), "rule": Rule.BULK, "subject": "yoga", "since_ms": 1, "until_ms": 2, "value": 99,
}  # fmt: skip
NO_DELIVERY = Delivery(session=bytes(16), entries=(b"x",))
NOWHERE = "/dev/null/nowhere"
NO_BOXES = Resealed(data_class="contact", version=9, boxes=(), stuck=(), signature=bytes(64))
NO_NEW_BOXES = Checked(data_class="contact", version=9, good=(), bad=(), signature=bytes(64))
FALSE_PASSWORD = NewPassword(
    verifier=bytes(32), code="x", salt=bytes(16), memory_kib=1, passes=3, lanes=4, new_verifier=bytes(32),
    slot_key=bytes(32), wrapped_keys=b"x",
)  # fmt: skip
FALSE_CARD = CardRequest(kem=b"x", sign=bytes(32), signature=bytes(64))
Call = Callable[[Identity, bytes], object]


def of_nobody(who: Identity, state: str) -> BookEntry:
    """An entry about an account that there is not."""
    draft = who.book.draft(Kind.ACCOUNT, "nobody", role="agent", queues=("billing",), state=state)
    return entry_message(draft.signed(who.office, [(who.account, who.keys.seed)]))


def proposal_of_nobody(who: Identity) -> Propose:
    said = Proposal(Kind.ACCOUNT, "nobody", "agent", ("billing",), "reset", activation=bytes(32))
    mark = said.signed_by(who.office, who.account, who.keys.seed)
    signature = SignatureMark(signer=mark.signer, value=mark.value)
    return Propose(proposal=proposal_message(said), signature=signature, reason="stolen", slot_key=bytes(32))


def policy_of_later(who: Identity) -> ProposePolicy:
    """The hundredth version of the policy, before there is a first."""
    said = PolicyVersion(100, 1, "Why", "")
    mark = said.proposal(who.office).signed_by(who.office, who.account, who.keys.seed)
    text = PolicyText(number=said.number, at_ms=said.at_ms, why=said.why, text=said.text)
    return ProposePolicy(version=text, signature=SignatureMark(signer=mark.signer, value=mark.value))


EXPORT_OF_LATER = ProposeExport(
    id=bytes(16), settings="k=5 l=2 quasi=city:as_is sensitive=plan:as_is", proposed_ms=1, signature=bytes(64)
)
BACK_AGAIN = ProposeReadmission(
    id=bytes(16), person=NamePerson(by=NamedBy.NUMBER, value="N-0"), reason=BackBecause.CONTRACT, reference="K-1"
)
ORDER_OF_LATER = ProposeErasure(
    id=bytes(16), action=ErasureAction.ERASE, ground=Ground.REQUESTED, reference="DSR-1", proposed_ms=1,
    subjects=(SubjectMark(record=bytes(16)),), signature=bytes(64),
)  # fmt: skip
"""Signed by nobody, when there was no office."""
_IDENTIFIED = CheckIdentity(revision=1, identity=IdentityCheck.CALLER)
_ATTACHED = AttachRequest(revision=1, customer_number="C-0", identity=IdentityCheck.DOCUMENT)
_DECIDED = DecideProposal(revision=1, is_approved=True)
_UNREADABLE: dict[str, Any] = {"suspicion": Suspicion.OTHER, "words": "a\u202eb"}
"""It is refused behind the role, so that no incident is made."""
_SCOPE = SetScope(revision=1, since_ms=0, until_ms=1, account="ratna")
_KEPT = SayNoticesKept(letters=1, digest=bytes(32))
_INCIDENT_LETTER = AskIncidentLetter(who=Told.PUBLIC, language="id")


def _note() -> WriteNote:
    return WriteNote(id=new_id(), kind=NoteKind.LESSON, words="look twice")


_ENDED = CloseRequest(revision=1, state=RequestState.DONE)


def _asked(record: bytes) -> OpenRequest:
    """About a purpose that there is not: it is refused behind the role, and the register stays as it was."""
    return OpenRequest(
        id=new_id(), record=record, kind=RequestKind.ACCESS, channel=Channel.PHONE, purposes=("none",), words="a copy"
    )


def consent_to_nothing(who: Identity, record: bytes) -> RecordConsent:
    """A consent to a purpose that no inventory has."""
    told = RecordConsent(
        request=new_id(), record=record, purpose="nothing", said=Said.GIVEN, channel=ConsentChannel.DESK, language="id"
    )
    signed = who.sign(consent_request(who.office, who.session, told.signed_text()))
    return told.model_copy(update={"signature": signed})


CALLS: dict[str, Call] = {
    "customers": lambda i, _r: i.client.customer_page(0, 10),
    "customer changes": lambda i, _r: i.client.customer_changes((0, 0), 10),
    "reveal contact": lambda i, r: i.client.reveal(reveal_of(i, r, "street_address", "confirm_delivery")),
    "reveal identity": lambda i, r: i.client.reveal(reveal_of(i, r, "mothers_name", "confirm_identity")),
    "reveal financial": lambda i, r: i.client.reveal(reveal_of(i, r, "bank_account", "refund")),
    "reveal special": lambda i, r: i.client.reveal(reveal_of(i, r, "health_note", "subject_request")),
    "actions": lambda i, _r: uses.offered_actions(i.client),
    "prepare use": lambda i, r: uses.prepare_use(i.client, PrepareUse(record=r, field="street_address", action="post")),
    "use": lambda i, r: uses.use(i.client, use_of(i, r)),
    "stop use": lambda i, _r: uses.stop_use(i.client, new_id()),
    "ask": lambda i, r: i.client.ask_unlock(
        AskUnlock(request=new_id(), record=r, field="bank_account", reason="refund", words=WHY)
    ),
    "ask special": lambda i, r: i.client.ask_unlock(
        AskUnlock(request=new_id(), record=r, field="health_note", reason=ask_reason(i), words=WHY)
    ),
    "approve": lambda i, _r: i.client.approve(new_id(), APPROVAL),
    "refuse": lambda i, _r: i.client.refuse(new_id(), RefuseUnlock(why="No.")),
    "withdraw": lambda i, _r: i.client.withdraw(new_id()),
    "quota": lambda i, _r: i.client.quota(),
    "own requests": lambda i, _r: i.client.own_requests(),
    "waiting requests": lambda i, _r: i.client.waiting_requests(),
    "decision desk": lambda i, _r: decisions.decision_desk(i.client),
    "deciders": lambda i, r: decisions.deciders(i.client, r),
    "agent's past": lambda i, _r: decisions.agent_past(i.client, new_id()),
    "revoke": lambda i, _r: decisions.revoke(i.client, new_id()),
    "ask back": lambda i, _r: decisions.ask_back(i.client, new_id(), "Why?"),
    "check a caller": lambda i, r: caller_checks.begin_check(i.client, BeginCheck(check=new_id(), record=r)),
    "answer": lambda i, _r: caller_checks.answer_check(i.client, new_id(), ANSWER),
    "look up": lambda i, _r: caller_checks.look_up(i.client, Lookup(text="+62 812 0000 0000")),
    "calls": lambda i, _r: caller_checks.tell_calls(i.client, CallsNow(calls=("0f" * 8,))),
    "save note": lambda i, r: i.client.save_note(SaveNote(note=new_id(), record=r, text="hello")),
    "read notes": lambda i, r: i.client.read_notes(reading_of(i, r)),
    "count notes": lambda i, r: i.client.note_count(r),
    "finish contact": lambda i, r: contact_calls.save_contact(i.client, contact_of(r)),
    "contacts of one": lambda i, r: contact_calls.contacts_of(i.client, r),
    "standing": lambda i, _r: contact_calls.standing(i.client),
    "in front": lambda i, r: editing.in_front(i.client, OpenRecord(record=r)),
    "edit contact": lambda i, r: editing.edit_field(i.client, edit_of(i, r, "street_address")),
    "edit identity": lambda i, r: editing.edit_field(i.client, edit_of(i, r, "mothers_name")),
    "empty contact": lambda i, r: editing.empty_field(i.client, emptying_of(i, r, "street_address")),
    "empty identity": lambda i, r: editing.empty_field(i.client, emptying_of(i, r, "mothers_name")),
    "empty name": lambda i, r: editing.empty_field(i.client, emptying_of(i, r, "full_name")),
    "field versions": lambda i, r: editing.field_versions(i.client, r, "mothers_name"),
    "make customer": lambda i, _r: editing.make_customer(i.client, customer_of(i)),
    "cache replaced": lambda i, _r: i.client.cache_replaced("damaged"),
    "import": lambda i, _r: RawImport(i.client, ("customer_number", "full_name"), dry_run=True).cancel(),
    "invite": lambda i, _r: i.client.invite(invitation(i)),
    "accounts": lambda i, _r: account_calls.account_rows(i.client),
    "change account": lambda i, _r: account_calls.change_account(i.client, of_nobody(i, "active")),
    "close account": lambda i, _r: account_calls.close_account(i.client, of_nobody(i, "closed")),
    "new code": lambda i, _r: account_calls.new_code(i.client, of_nobody(i, "invited"), bytes(32)),
    "end sessions": lambda i, _r: account_calls.end_sessions(i.client, "nobody"),
    "propose": lambda i, _r: account_calls.propose(i.client, proposal_of_nobody(i)),
    "proposals": lambda i, _r: account_calls.waiting_proposals(i.client),
    "confirm": lambda i, _r: account_calls.confirm_proposal(i.client, new_id(), of_nobody(i, "reset")),
    "drop": lambda i, _r: account_calls.drop_proposal(i.client, new_id()),
    "colleagues": lambda i, _r: i.client.colleagues(),
    "grant": lambda i, _r: i.client.grant(GrantClasses(account="baru", entries=(), keys=())),
    "own grants": lambda i, _r: i.client.own_grants(),
    "class keys": lambda i, _r: i.client.class_keys(),
    "boxes": lambda i, _r: i.client.boxes("contact", 10),
    "new boxes": lambda i, _r: i.client.new_boxes("contact", 10),
    "book": lambda i, _r: i.client.book_page(0),
    "lease": lambda i, _r: i.client.lease(),
    "policy": lambda i, _r: policy_calls.version_text(i.client, 1),
    "policy versions": lambda i, _r: policy_calls.history(i.client),
    "propose policy": lambda i, _r: policy_calls.propose(i.client, policy_of_later(i)),
    "confirm policy": lambda i, _r: policy_calls.confirm(i.client, new_id(), of_nobody(i, "reset")),
    "drop policy": lambda i, _r: policy_calls.drop(i.client, new_id()),
    "views closed": lambda i, _r: exposures.views_closed(i.client, A_VIEW),
    "watched": lambda i, _r: exposures.people(i.client, AskLedger(opening=new_id())),
    "exposures": lambda i, _r: exposures.overview(i.client, LedgerScope(opening=new_id())),
    "exposures of one": lambda i, _r: exposures.lines(i.client, AskLines(opening=new_id(), person="yoga")),
    "flags": lambda i, _r: exposures.flags(i.client, AskLedger(opening=new_id())),
    "acknowledge": lambda i, _r: exposures.acknowledge(i.client, AcknowledgeFlag(**A_FLAG, comment="Seen.")),
    "erase comment": lambda i, _r: exposures.erase_comment(i.client, FlagMark(**A_FLAG)),
    "thresholds": lambda i, _r: exposures.thresholds(i.client, AskLedger(opening=new_id())),
    "set threshold": lambda i, _r: exposures.set_threshold(
        i.client, SetThreshold(opening=new_id(), rule=Rule.BULK, value=10, version=99)
    ),
    "exports": lambda i, _r: analytics_calls.exports(i.client),
    "propose export": lambda i, _r: analytics_calls.propose(i.client, EXPORT_OF_LATER),
    "approve export": lambda i, _r: analytics_calls.approve(i.client, new_id(), ApproveExport(approval=bytes(64))),
    "drop export": lambda i, _r: analytics_calls.drop(i.client, new_id()),
    "begin export": lambda i, _r: analytics_calls.begin(i.client, new_id()),
    "export rows": lambda i, _r: analytics_calls.rows(i.client, new_id(), 0),
    "end export": lambda i, _r: analytics_calls.end(i.client, new_id(), EndExport(ok=False)),
    "erasures": lambda i, _r: erasure_calls.orders(i.client),
    "propose erasure": lambda i, _r: erasure_calls.propose(i.client, ORDER_OF_LATER),
    "customer to erase": lambda i, _r: erasure_calls.customer(i.client, AskCustomer(number="C-0")),
    "erasure": lambda i, _r: erasure_calls.order(i.client, new_id()),
    "approve erasure": lambda i, _r: erasure_calls.approve(i.client, new_id(), ApproveErasure(approval=bytes(64))),
    "drop erasure": lambda i, _r: erasure_calls.drop(i.client, new_id()),
    "erasure letters": lambda i, _r: erasure_calls.letters(i.client, new_id(), AskNotices()),
    "erasure letters kept": lambda i, _r: erasure_calls.letters_kept(i.client, new_id(), _KEPT),
    "certificate": lambda i, _r: erasure_calls.certificate(i.client, new_id()),
    "retention": lambda i, _r: retention_calls.dry_run(i.client),
    "confirm date": lambda i, _r: retention_calls.confirm_date(i.client, ConfirmDate(day="1999-12-31")),
    "certificate on paper": lambda i, _r: erasure_calls.certificate_pdf(i.client, new_id(), "id"),
    "readmissions": lambda i, _r: readmission_calls.rows(i.client),
    "propose readmission": lambda i, _r: readmission_calls.propose(i.client, BACK_AGAIN),
    "approve readmission": lambda i, _r: readmission_calls.approve(i.client, new_id(), BACK_AGAIN.person),
    "drop readmission": lambda i, _r: readmission_calls.drop(i.client, new_id()),
    "holds": lambda i, _r: erasure_calls.holds(i.client),
    "hold": lambda i, r: erasure_calls.set_hold(i.client, SetHold(record=r, reason=HoldReason.DISPUTE)),
    "lift hold": lambda i, _r: erasure_calls.lift_hold(i.client, new_id()),
    "audit": lambda i, _r: i.client.audit_page(0),
    "checkpoints": lambda i, _r: i.client.checkpoints(),
    "verified": lambda i, _r: i.client.log_verified(ok=True),
    "audit search": lambda i, _r: i.client.audit_search(AuditQuery()),
    "audit entry": lambda i, _r: i.client.audit_detail(1),
    "audit export": lambda i, _r: i.client.audit_export(Export(id=new_id(), to="jsonl", first=1)),
    "audit exported": lambda i, _r: i.client.audit_exported(ExportEnd(id=new_id(), entries=0, last=0, whole=True)),
    "training": lambda i, _r: training_calls.state(i.client),
    "training report": lambda i, _r: training_calls.report(i.client),
    "lesson": lambda i, _r: training_calls.lesson(i.client, AskLesson(lesson="masks", language="id")),
    "begin test": lambda i, _r: training_calls.begin(i.client, AskLesson(lesson="masks", language="id")),
    "answer test": lambda i, _r: training_calls.answer(i.client, new_id(), AnswerQuiz(answers=(0,), language="id")),
    "rules": lambda i, _r: training_calls.rules(i.client, AskRules(language="id")),
    "accept rules": lambda i, _r: training_calls.accept(
        i.client, AcceptRules(version=999, digest=bytes(32), signature=bytes(64))
    ),
    "who saw": lambda i, r: who_saw_calls.who_saw(i.client, AskWhoSaw(record=r)),
    "who saw pdf": lambda i, r: who_saw_calls.who_saw_pdf(i.client, AskWhoSawPdf(id=new_id(), record=r, language="id")),
    "who saw pdf, how far": lambda i, _r: who_saw_calls.pdf_how_far(i.client, new_id()),
    "stop who saw pdf": lambda i, _r: who_saw_calls.stop_pdf(i.client, new_id()),
    "controls": lambda i, _r: compliance_calls.controls(i.client, AskControls(id=new_id())),
    "proof, how far": lambda i, _r: compliance_calls.how_far(i.client, new_id()),
    "stop proof": lambda i, _r: compliance_calls.stop(i.client, new_id()),
    "compliance figures": lambda i, _r: compliance_calls.figures(i.client),
    "compliance document": lambda i, _r: compliance_calls.document(
        i.client, AskComplianceDocument(id=new_id(), kind="report", form="html", language="id")
    ),
    "evidence pack": lambda i, _r: compliance_calls.pack(i.client, AskPack(id=new_id(), language="id")),
    "field uses": lambda i, _r: record_calls.field_uses(i.client),
    "record pdf": lambda i, _r: record_calls.record_pdf(i.client, AskRecordPdf(language="id")),
    "open request": lambda i, r: request_calls.open_request(i.client, _asked(r)),
    "requests": lambda i, _r: request_calls.register(i.client),
    "request words": lambda i, _r: request_calls.words(i.client, new_id()),
    "request identity": lambda i, _r: request_calls.check_identity(i.client, new_id(), _IDENTIFIED),
    "attach request": lambda i, _r: request_calls.attach(i.client, new_id(), _ATTACHED),
    "detach request": lambda i, _r: request_calls.detach(i.client, new_id(), DetachRequest(revision=1)),
    "request letter sent": lambda i, _r: request_calls.sent(i.client, new_id(), LetterSent(way=SentBy.POST)),
    "propose for request": lambda i, _r: request_calls.propose(i.client, new_id(), ProposeOutcome(revision=1)),
    "decide on request": lambda i, _r: request_calls.decide(i.client, new_id(), _DECIDED),
    "end request": lambda i, _r: request_calls.end(i.client, new_id(), _ENDED),
    "lift request": lambda i, _r: request_calls.lift(i.client, new_id(), LiftHolds(revision=1)),
    "report": lambda i, _r: incident_calls.report(i.client, ReportSuspicion(id=new_id(), **_UNREADABLE)),
    "bring suspicions": lambda i, _r: incident_calls.bring(i.client, BringSuspicions(reports=(b"none of ours",))),
    "incidents": lambda i, _r: incident_calls.all_incidents(i.client),
    "read incident": lambda i, _r: incident_calls.read(i.client, new_id()),
    "confirm incident": lambda i, _r: incident_calls.confirm(i.client, new_id(), ConfirmIncident(revision=1, t0_ms=0)),
    "dismiss incident": lambda i, _r: incident_calls.dismiss(i.client, new_id(), AtRevision(revision=1)),
    "incident scope": lambda i, _r: incident_calls.set_scope(i.client, new_id(), _SCOPE),
    "affected": lambda i, _r: incident_calls.affected(i.client, new_id()),
    "incident texts": lambda i, _r: incident_calls.set_texts(i.client, new_id(), SetTexts(revision=1)),
    "incident note": lambda i, _r: incident_calls.write_note(i.client, new_id(), _note()),
    "incident told": lambda i, _r: incident_calls.say_told(i.client, new_id(), SayTold(revision=1, who=Told.PUBLIC)),
    "incident letter": lambda i, _r: incident_calls.letter(i.client, new_id(), _INCIDENT_LETTER),
    "letters to each": lambda i, _r: incident_calls.letters_to_each(i.client, new_id(), AskEachLetter()),
    "close incident": lambda i, _r: incident_calls.close(i.client, new_id(), AtRevision(revision=1)),
    "request bundle": lambda i, _r: request_calls.bundle(i.client, new_id(), MakeBundle(revision=1, signature=b"x")),
    "request letter": lambda i, _r: request_calls.letter(i.client, new_id(), "id"),
    "privacy panel": lambda i, r: consent_calls.panel(i.client, r),
    "page at desk": lambda i, _r: consent_calls.at_desk(i.client, "C-0"),
    "send page": lambda i, r: consent_calls.send_page(i.client, SendPage(record=r)),
    "record consent": lambda i, r: consent_calls.record_consent(i.client, consent_to_nothing(i, r)),
    "consent receipt": lambda i, r: consent_calls.receipt(i.client, AskReceipt(record=r, id=new_id())),
    "consent counts": lambda i, _r: consent_calls.counts(i.client),
    "notices": lambda i, _r: notice_calls.rows(i.client),
    "notice told": lambda i, _r: notice_calls.told(i.client),
    "write notice": lambda i, _r: notice_calls.write(i.client, WriteNotice(id=new_id(), text="{}")),
    "publish notice": lambda i, _r: notice_calls.publish(i.client, PublishNotice(id=new_id(), digest=bytes(32))),
    "drop notice": lambda i, _r: notice_calls.drop(i.client, DropNotice(id=new_id())),
    "workstations": lambda i, _r: seat_calls.seat_rows(i.client),
    "wipe workstation": lambda i, _r: seat_calls.order_wipe(i.client, OrderWipe(seat=new_id(), reason="drill")),
    "revoke workstation": lambda i, _r: seat_calls.revoke_seat(i.client, new_id()),
    "allow workstation": lambda i, _r: seat_calls.allow_seat(i.client, new_id()),
    "invite workstations": lambda i, _r: seat_calls.invite_seats(i.client, InviteSeats(names=("desk-1",))),
    "withdraw invitation": lambda i, _r: seat_calls.withdraw_invitation(i.client, new_id()),
    "sources": lambda i, _r: source_calls.source_rows(i.client),
    "add source": lambda i, _r: source_calls.add_source(i.client, AddSource(name="crm", digest=bytes(32))),
    "run source": lambda i, _r: source_calls.run_source(i.client, "crm"),
    "remove source": lambda i, _r: source_calls.remove_source(i.client, "crm"),
    "end check": lambda i, _r: i.client.call("DELETE", "/v1/caller-checks", Done),
    "check state": lambda i, _r: i.client.call("GET", f"/v1/caller-checks/{in_path(new_id())}", CheckState),
    "copied": lambda i, r: i.client.copied(CopyNotice(record=r, field="street_address")),
    "fill": lambda i, _r: opened(i, "POST", "/v1/customers/fill", BeginFill(token=None)),
    "changes": lambda i, _r: opened(i, "GET", "/v1/session/changes"),
    "end import": lambda i, _r: i.client.import_end(new_id()),
    "deliver": lambda i, _r: i.client.call("POST", "/v1/outbox", Delivered, NO_DELIVERY),
    "look into outbox": lambda i, _r: i.client.call("POST", "/v1/outbox/look", Looked, Look()),
    "bring boxes": lambda i, _r: i.client.bring_resealed(NO_BOXES),
    "bring new boxes": lambda i, _r: i.client.bring_checked(NO_NEW_BOXES),
    "back up": lambda i, _r: backups.begin(i.client, BackupBegin(folder=NOWHERE, keys=NOWHERE)),
    "backup state": lambda i, _r: backups.state(i.client),
    "backup keys": lambda i, _r: backups.periods(i.client, BackupKeysFile(keys=NOWHERE)),
    "destroy period": lambda i, _r: backups.destroy(i.client, DestroyPeriod(order="{}", keys=NOWHERE)),
    "own account": lambda i, _r: own_account.own_account(i.client),
    "own sign-ins": lambda i, _r: own_account.sign_ins(i.client, 5),
    "own sessions": lambda i, _r: own_account.sessions(i.client),
    "end own others": lambda i, _r: own_account.end_others(i.client),
    "own password": lambda i, _r: own_account.profile(i.client),
    "change password": lambda i, _r: own_account.change_password(i.client, FALSE_PASSWORD),
    "strengthen password": lambda i, _r: own_account.strengthen_password(i.client, FALSE_PASSWORD),
    "begin authenticator": lambda i, _r: own_account.authenticator_begin(
        i.client, AuthenticatorBegin(verifier=bytes(32), code="x")
    ),
    "finish authenticator": lambda i, _r: own_account.authenticator_finish(i.client, new_id(), "x"),
    "recovery codes": lambda i, _r: own_account.new_recovery_codes(
        i.client, NewRecoveryCodes(verifier=bytes(32), code="x")
    ),
    "throttled": lambda i, _r: own_account.throttled(i.client),
    "release throttle": lambda i, _r: own_account.release_throttle(i.client, "nobody"),
    "bring card": lambda i, _r: i.client.bring_card(FALSE_CARD),
    "step up": lambda i, _r: i.client.step_up("x"),
    "lock": lambda i, _r: i.client.call("POST", "/v1/session/lock", Ended, LockRequest(cause="idle")),
    "end": lambda i, _r: i.client.call("POST", "/v1/session/end", Ended, EndRequest(cause="signed_out")),
}
"""By name; the last ones leave nothing to ask with."""
LAST = ("lock", "end")


@dataclass(frozen=True)
class AtTheDoor:
    """A call without a session, by somebody whom nobody knows.

    Attributes:
        body: what is sent, if anything.
        answer: what a served one comes back with.
        outcome: what comes of it, whatever token is sent along.
        tokenless: what comes of it without any token, where that is something else.
    """

    body: Message | None
    outcome: str
    answer: type[Message] = Done
    tokenless: str = ""


_WAYS_IN: dict[str, Any] = {"account": "nobody", "verifier": bytes(32), "slot_key": bytes(32)}
_SEAT = SeatHere(key=bytes(32), name="x")
_SIGN_IN = SignInRequest(**_WAYS_IN, code="123456", kind="console", seat_id=bytes(16), seat=_SEAT)
_RECEIPT = BroughtReceipt(
    subject=bytes(16), seat=bytes(16), session=bytes(16), files=0, entries=0, at_ms=0, signature=b"x"
)
_PROOF = SeatProof(seat=bytes(16), nonce=bytes(16), signature=b"x")
_ENROLLING = EnrolFinish(
    enrolment=bytes(16), code="x", salt=bytes(16), memory_kib=1, passes=1, lanes=1, verifier=bytes(32),
    slot_key=bytes(32), wrapped_keys=b"x",
    entry=BookEntry(
        number=1, previous=bytes(32), kind="account", name="nobody", role="agent", queues=(), state="active", kem=b"x",
        sign=b"x", activation=b"", signatures=(),
    ),
)  # fmt: skip
DOORS: dict[str, AtTheDoor] = {
    "GET /v1/hello": AtTheDoor(None, OK, Hello),
    "POST /v1/door/salt": AtTheDoor(AskSalt(account="nobody"), OK, Salt),
    "POST /v1/door/sign-in": AtTheDoor(_SIGN_IN, "wrong"),
    "POST /v1/door/enrol": AtTheDoor(
        EnrolBegin(account="nobody", slot_key=bytes(32), nonce=bytes(16), proof=b"x"), "activation"
    ),
    "POST /v1/door/enrol/book": AtTheDoor(EnrolBook(enrolment=bytes(16), after=0), "enrolment_over"),
    "POST /v1/door/enrol/finish": AtTheDoor(_ENROLLING, "enrolment_over"),
    "POST /v1/door/ended": AtTheDoor(EndReport(session=bytes(16), end_token=bytes(32), cause="x"), "session_over"),
    "POST /v1/door/locked": AtTheDoor(AskWhileLocked(session=bytes(16), end_token=bytes(32)), "session_over"),
    "POST /v1/door/seat": AtTheDoor(EnrolSeat(secret=bytes(16), seat=_SEAT, proof=_PROOF), "seat_code_wrong"),
    "POST /v1/door/receipt": AtTheDoor(_RECEIPT, "receipt_no_session"),
    "POST /v1/door/resume": AtTheDoor(
        ResumeRequest(**_WAYS_IN, session=bytes(16), token=bytes(32), card=FALSE_CARD, cause="x"), "wrong"
    ),
    "POST /v1/import-steps/{key}/rows": AtTheDoor(ImportRows(rows=()), "import_over", tokenless="session_over"),
    "POST /v1/import-steps/{key}/commit": AtTheDoor(None, "import_over", tokenless="session_over"),
    "DELETE /v1/import-steps/{key}": AtTheDoor(None, "import_over", tokenless="session_over"),
}
"""By route: what needs no session, or has a proof of its own: an import's steps have its token."""


def opened(who: Identity, method: str, path: str, body: Message | None = None) -> None:
    """Ask for a stream, see that it begins, and let it go."""
    client = who.client
    line = client._transport.open_line()  # type: ignore[attr-defined]
    headers = {**client._said(), "Content-Type": "application/json"}
    with contextlib.closing(http.client.HTTPConnection("office")) as connection, contextlib.closing(line):
        connection.sock = line
        with contextlib.suppress(BrokenPipeError):  # the refusal came before all was said
            connection.request(method, path, body=body.model_dump_json() if body else None, headers=headers)
        client._http.event_hooks["request"][-1](httpx.Request(method, f"http://office{path}"))  # one more was asked
        with connection.getresponse() as answer:
            if answer.status != 200:
                raise error_of(
                    httpx.Response(answer.status, headers=list(answer.headers.items()), content=answer.read())
                )


def ask_reason(who: Identity) -> str:
    return next(r.code for r in who.policy.ask_reasons if DataClass.SPECIAL in r.classes)


def outcome_of(call: str, who: Identity, record: bytes) -> str:
    """What comes of a call: a refusal's code, or `OK`."""
    try:
        CALLS[call](who, record)
    except TiraiError as refusal:
        return refusal.code
    return OK


class Asked:
    """Which routes somebody's calls reach, and what they send; the office's own description knows the routes."""

    def __init__(self, who: Identity) -> None:
        self.routes: list[str] = []
        self.sent: list[bytes] = []
        who.client._http.event_hooks = {"request": [self._note]}

    def _note(self, request: httpx.Request) -> None:
        self.routes.append(route_at(request.method, request.url.path))
        self.sent.append(request.url.raw_path + b" " + request.content)

    def is_about(self, record: bytes) -> bool:
        """Whether the last request names a record."""
        return b64encode(record) in self.sent[-1] or in_path(record).encode() in self.sent[-1]


ROUTES = {f"{method} {route.path}": route for route in routes_of(bare_application()) for method in route.methods or ()}
"""All routes of an office: a new one is here as soon as the application has it."""


def route_at(method: str, path: str) -> str:
    """The route that an address leads to; fixed words count before ids, as in the application."""
    fitting = [name for name, route in ROUTES.items() if name.startswith(f"{method} ") and route.path_regex.match(path)]
    return min(fitting, key=lambda name: name.count("{"))
