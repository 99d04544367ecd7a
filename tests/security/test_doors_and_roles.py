"""A48: every role at every route, sessions that are none, bodies with more than was agreed, and other people's things.

Enforced by *authority*: the office decides by session, book and policy. In the one-user home whoever has the file key
reads the file instead; there these refusals are *software*. Protocol, sizes and malformed bodies: `tests/contract`.
"""

import contextlib
import json
import secrets
from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from app.api.client import accounts as account_calls
from app.api.client import caller_checks, decisions, editing, exposures, uses
from app.api.client import contacts as contact_calls
from app.api.client import policy as policy_calls
from app.api.client import seats as seat_calls
from app.api.client import sources as source_calls
from app.api.client import who_saw as who_saw_calls
from app.api.client.client import ApiClient
from app.api.client.errors import SessionOverError
from app.api.client.transport import SocketTransport
from app.api.messages.accounts import GrantClasses, Invite
from app.api.messages.audit import AuditQuery, Export, ExportEnd
from app.api.messages.book import BookEntry, SignatureMark
from app.api.messages.caller_checks import BeginCheck, CallerAnswer, Lookup
from app.api.messages.calls import CallsNow
from app.api.messages.contacts import SaveContact, WrapUp
from app.api.messages.door import CardRequest, EndReport, EndRequest, Lease, SessionKind, WitnessMark
from app.api.messages.editing import EditField, EmptyField, NewCustomer, OpenRecord
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
from app.api.messages.policy import PolicyText, ProposePolicy
from app.api.messages.proposals import Propose
from app.api.messages.reveals import ApproveUnlock, AskUnlock, ReadNotes, RefuseUnlock, RevealRequest, SaveNote
from app.api.messages.seats import OrderWipe
from app.api.messages.sources import AddSource
from app.api.messages.uses import PrepareUse, UseRequest
from app.api.messages.who_saw import AskWhoSaw, AskWhoSawPdf
from app.api.messages.wire import PROTOCOL, PROTOCOL_HEADER, Message
from app.auth.audit_chain import AuditEntry
from app.auth.book import Kind, Proposal
from app.auth.book_messages import entry_message, proposal_message
from app.auth.policy_version import PolicyVersion
from app.auth.session_card import (
    SessionCard,
    edit_request,
    empty_request,
    new_customer_request,
    reveal_request,
    use_request,
)
from app.crypto import hpke, signing
from app.crypto.derive import sha256
from app.crypto.grants import edit_info, new_customer_info
from app.domain.actions import Action, Actions
from app.domain.caller_check import How
from app.domain.data_class import DataClass
from app.domain.editing import WhyEmptied
from app.domain.errors import NotAllowedError, TiraiError
from app.domain.exposures.words import ClosedBy, Rule
from app.domain.kinds import Kind as FieldKind
from app.domain.role import Role
from app.session.identity import Identity, new_id
from tests.office.made import MadeOffice, made_office
from tests.office.raw_import import RawImport
from tests.security.canaries import new_canary, office_file, planted

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


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("doors")) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("billing",))
        made.hire("yoga", "Yoga Pratama", queues=("delivery",))
        made.hire("baru", "Baru Sekali", queues=("billing",), grant=False)
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        made.bring_in(planted(4)[0])
        made.actions = Actions(1_000, (POST,))
        yield made


class Door:
    """A signed-in process of one kind, without cache or screen."""

    def __init__(self, office: MadeOffice, account: str, kind: SessionKind = "console") -> None:
        password, code = office.people[account].password, office.code(account)
        self._identity = office.sign_in()._sign_in(account, password, code, kind).identity

    def end(self) -> None:
        with contextlib.suppress(TiraiError):
            self._identity.client.end(EndRequest(cause="signed_out"))
        self._identity.client.close()


def record_in(office: MadeOffice, queue: str) -> bytes:
    with office_file(office) as db:
        (record,) = db.execute("SELECT record FROM customers WHERE queue = ? ORDER BY id", (queue,)).fetchone()
    return bytes(record)


def log(office: MadeOffice) -> list[AuditEntry]:
    """The log without ends: the office ends lapsed sessions at moments of its own."""
    opened = office.back_office.opened
    with opened.database.reading() as db:
        return [e for e in opened.log.page(db, 0, 100_000) if e.event != "session.end"]


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
    "audit": lambda i, _r: i.client.audit_page(0),
    "checkpoints": lambda i, _r: i.client.checkpoints(),
    "verified": lambda i, _r: i.client.log_verified(ok=True),
    "audit search": lambda i, _r: i.client.audit_search(AuditQuery()),
    "audit entry": lambda i, _r: i.client.audit_detail(1),
    "audit export": lambda i, _r: i.client.audit_export(Export(id=new_id(), to="jsonl", first=1)),
    "audit exported": lambda i, _r: i.client.audit_exported(ExportEnd(id=new_id(), entries=0, last=0, whole=True)),
    "who saw": lambda i, r: who_saw_calls.who_saw(i.client, AskWhoSaw(record=r)),
    "who saw pdf": lambda i, r: who_saw_calls.who_saw_pdf(i.client, AskWhoSawPdf(id=new_id(), record=r, language="id")),
    "who saw pdf, how far": lambda i, _r: who_saw_calls.pdf_how_far(i.client, new_id()),
    "stop who saw pdf": lambda i, _r: who_saw_calls.stop_pdf(i.client, new_id()),
    "workstations": lambda i, _r: seat_calls.seat_rows(i.client),
    "wipe workstation": lambda i, _r: seat_calls.order_wipe(i.client, OrderWipe(seat=new_id(), reason="drill")),
    "revoke workstation": lambda i, _r: seat_calls.revoke_seat(i.client, new_id()),
    "allow workstation": lambda i, _r: seat_calls.allow_seat(i.client, new_id()),
    "sources": lambda i, _r: source_calls.source_rows(i.client),
    "add source": lambda i, _r: source_calls.add_source(i.client, AddSource(name="crm", digest=bytes(32))),
    "run source": lambda i, _r: source_calls.run_source(i.client, "crm"),
    "remove source": lambda i, _r: source_calls.remove_source(i.client, "crm"),
}


def ask_reason(who: Identity) -> str:
    return next(r.code for r in who.policy.ask_reasons if DataClass.SPECIAL in r.classes)


EVERYBODY = dict.fromkeys(ROLES, OK)
NOBODY = dict.fromkeys(ROLES, "role")
IMPORTERS = tuple(role for role in ROLES if role not in {"agent", "new agent", "administrator"})
MATRIX: dict[str, dict[str, str]] = {
    "customers": {**EVERYBODY, "administrator": "role"},
    "customer changes": {**EVERYBODY, "administrator": "role"},
    "reveal contact": {**EVERYBODY, "new agent": "no_class_key", "administrator": "not_in_queue"},
    "reveal identity": {**EVERYBODY, "agent": "role", "new agent": "role", "administrator": "not_in_queue"},
    "reveal financial": {**EVERYBODY, "agent": "role", "new agent": "role", "administrator": "not_in_queue"},
    "reveal special": {
        "agent": "privacy_officer_only", "new agent": "privacy_officer_only", "supervisor": "privacy_officer_only",
        "privacy officer": OK, "administrator": "not_in_queue",
    },
    "actions": EVERYBODY,
    "prepare use": {**EVERYBODY, "new agent": "no_class_key", "administrator": "role"},
    "use": {**dict.fromkeys(ROLES, "half"), "new agent": "no_class_key", "administrator": "role"},
    "stop use": EVERYBODY,
    "ask": {**EVERYBODY, "supervisor": "role", "privacy officer": "role", "administrator": "role"},
    "ask special": {
        "agent": "role", "new agent": "role", "supervisor": OK, "privacy officer": "role", "administrator": "role",
    },
    "approve": dict.fromkeys(ROLES, "expired"),
    "refuse": dict.fromkeys(ROLES, "expired"),
    "withdraw": dict.fromkeys(ROLES, "unlock"),
    "quota": EVERYBODY,
    "own requests": EVERYBODY,
    "waiting requests": EVERYBODY,
    "decision desk": EVERYBODY,
    "deciders": {**EVERYBODY, "administrator": "not_in_queue"},
    "agent's past": dict.fromkeys(ROLES, "expired"),
    "revoke": dict.fromkeys(ROLES, "expired"),
    "ask back": dict.fromkeys(ROLES, "expired"),
    "check a caller": {**EVERYBODY, "administrator": "not_in_queue"},
    "answer": dict.fromkeys(ROLES, "check_over"),
    "look up": {**EVERYBODY, "administrator": "role"},
    "calls": {**EVERYBODY, "administrator": "role"},
    "save note": {**EVERYBODY, "administrator": "not_in_queue"},
    "read notes": {**EVERYBODY, "new agent": "no_class_key", "administrator": "role"},
    "count notes": {**EVERYBODY, "administrator": "not_in_queue"},
    "finish contact": {**EVERYBODY, "administrator": "not_in_queue"},
    "contacts of one": {**EVERYBODY, "administrator": "not_in_queue"},
    "standing": {**EVERYBODY, "administrator": "role"},
    "in front": {**EVERYBODY, "administrator": "not_in_queue"},
    "edit contact": {**EVERYBODY, "administrator": "role_edits"},
    "edit identity": {**EVERYBODY, "agent": "role_edits", "new agent": "role_edits", "administrator": "role_edits"},
    "empty contact": {**EVERYBODY, "administrator": "role_edits"},
    "empty identity": {**EVERYBODY, "agent": "role_edits", "new agent": "role_edits", "administrator": "role_edits"},
    "empty name": {**dict.fromkeys(ROLES, "required"), "administrator": "role_edits"},
    "field versions": {**EVERYBODY, "administrator": "not_in_queue"},
    "make customer": {**EVERYBODY, "administrator": "role_edits"},
    "cache replaced": EVERYBODY,
    "import": {**EVERYBODY, "agent": "role", "new agent": "role", "administrator": "role"},
    "invite": {**dict.fromkeys(ROLES, "role"), "administrator": OK},
    "accounts": {**NOBODY, "administrator": OK, "supervisor": OK},
    "change account": {**NOBODY, "administrator": "no_account"},
    "close account": {**NOBODY, "administrator": "no_account"},
    "new code": {**NOBODY, "administrator": "no_account"},
    "end sessions": {**NOBODY, "administrator": "no_account"},
    "propose": {**NOBODY, "administrator": "no_account"},
    "proposals": {**NOBODY, "administrator": OK, "supervisor": OK},
    "confirm": {**NOBODY, "administrator": "over", "supervisor": "over"},
    "drop": {**NOBODY, "administrator": "over", "supervisor": "over"},
    "colleagues": {**EVERYBODY, "agent": "role", "new agent": "role", "administrator": "role"},
    "grant": {**dict.fromkeys(ROLES, "input"), "agent": "role", "new agent": "role", "administrator": "role"},
    "class keys": {**EVERYBODY, "agent": "role", "new agent": "role"},
    "boxes": {**EVERYBODY, "agent": "role", "new agent": "role", "administrator": "role"},
    "new boxes": {**EVERYBODY, "agent": "role", "new agent": "role", "administrator": "role"},
    "own grants": EVERYBODY,
    "book": EVERYBODY,
    "lease": EVERYBODY,
    "policy": EVERYBODY,
    "policy versions": EVERYBODY,
    "propose policy": {**NOBODY, "administrator": "policy_moved"},
    "confirm policy": {**NOBODY, "supervisor": "over", "privacy officer": "over"},
    "drop policy": {**NOBODY, "supervisor": "over", "privacy officer": "over", "administrator": "over"},
    "views closed": dict.fromkeys(ROLES, "no_view"),
    "watched": {**NOBODY, "supervisor": OK, "privacy officer": OK},
    "exposures": {**NOBODY, "supervisor": OK, "privacy officer": OK},
    "exposures of one": {**NOBODY, "supervisor": OK, "privacy officer": OK},
    "flags": {**NOBODY, "supervisor": OK, "privacy officer": OK},
    "acknowledge": {**NOBODY, "supervisor": "no_flag", "privacy officer": "no_flag"},
    "erase comment": {**NOBODY, "privacy officer": "no_comment"},
    "thresholds": {**NOBODY, "supervisor": OK, "privacy officer": OK},
    "set threshold": {**NOBODY, "supervisor": "changed", "privacy officer": "changed"},
    "audit": {**EVERYBODY, "agent": "role", "new agent": "role"},
    "checkpoints": {**EVERYBODY, "agent": "role", "new agent": "role"},
    "verified": {**EVERYBODY, "agent": "role", "new agent": "role"},
    "audit search": {**EVERYBODY, "agent": "role", "new agent": "role"},
    "audit entry": {**EVERYBODY, "agent": "role", "new agent": "role"},
    "audit export": {**EVERYBODY, "agent": "role", "new agent": "role"},
    "audit exported": {**EVERYBODY, "agent": "role", "new agent": "role"},
    "who saw": {**dict.fromkeys(ROLES, "role_who_saw"), "supervisor": OK, "privacy officer": OK},
    "who saw pdf": {**dict.fromkeys(ROLES, "role_who_saw"), "privacy officer": OK},
    "who saw pdf, how far": EVERYBODY,
    "stop who saw pdf": EVERYBODY,
    "workstations": {**NOBODY, "administrator": OK},
    "wipe workstation": {**NOBODY, "administrator": "no_seat"},
    "revoke workstation": {**NOBODY, "administrator": "no_seat"},
    "allow workstation": {**NOBODY, "administrator": "no_seat"},
    "sources": {**NOBODY, **dict.fromkeys(IMPORTERS, "no_sources")},
    "add source": {**NOBODY, **dict.fromkeys(IMPORTERS, "no_sources")},
    "run source": {**NOBODY, **dict.fromkeys(IMPORTERS, "no_source")},
    "remove source": {**NOBODY, **dict.fromkeys(IMPORTERS, "no_source")},
}  # fmt: skip


KEYS = {"class keys", "boxes", "new boxes"}
AUDIT = {"audit", "checkpoints", "verified", "audit search", "audit entry", "audit export", "audit exported"}
KINDS: dict[SessionKind, set[str]] = {
    "command": {"import", "invite", "colleagues"} | AUDIT | KEYS,
    "approval": {"ask", "ask special", "approve", "refuse", "withdraw", "own requests", "waiting requests"},
}
KINDS["approval"] |= {"decision desk", "deciders", "agent's past", "revoke", "ask back"}
KINDS["command"] |= {
    "accounts", "change account", "close account", "new code", "end sessions",
    "propose", "proposals", "confirm", "drop",
}  # fmt: skip
KINDS["command"] |= {"workstations", "wipe workstation", "revoke workstation", "allow workstation"}
KINDS["command"] |= {"sources", "add source", "run source", "remove source"}
KINDS["command"] |= {"policy versions", "propose policy", "confirm policy", "drop policy"}
ANY_KIND = {"grant", "own grants", "book", "lease", "policy"}
KINDS["console"] = {*CALLS} - {"import", "sources", "add source", "run source", "remove source"}
"""What each kind of session is for; the rest is refused to it whoever asks."""


@pytest.mark.attack("A48")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", ROLES)
def test_that_each_role_gets_what_its_rights_and_its_kind_of_session_say(
    office: MadeOffice, role: str, kind: SessionKind
) -> None:
    """Straight at the API, past everything that a console would refuse first."""
    door = Door(office, ROLES[role], kind)
    outcomes = {call: outcome_of(call, door._identity, record_in(office, "billing")) for call in CALLS}
    served = KINDS[kind] | ANY_KIND
    assert outcomes == {c: by_role[role] if c in served else "kind" for c, by_role in MATRIX.items()}
    door.end()


def outcome_of(call: str, identity: Identity, record: bytes) -> str:
    try:
        CALLS[call](identity, record)
    except TiraiError as refusal:
        return refusal.code
    return OK


# --- sessions that are none


def talk(office: MadeOffice, token: bytes = b"") -> ApiClient:
    client = office.connect()
    client.use_token(token)
    return client


def all_refuse(office: MadeOffice, token: bytes, identity: Identity) -> None:
    """Each call that needs a session, with this token and rightly signed bodies."""
    record, client = record_in(office, "billing"), identity.client
    identity.client = talk(office, token)
    try:
        for name, call in CALLS.items():
            if name == "invite":
                continue  # it follows the book first; the others stand for it
            with pytest.raises(SessionOverError):
                call(identity, record)
    finally:
        identity.client.close()
        identity.client = client


@pytest.mark.parametrize("kind", ["random", "empty", "shorter", "its hash", "its id", "its end token"])
def test_that_a_wrong_token_is_nobodys(office: MadeOffice, kind: str) -> None:
    desk = office.desk("ratna")
    identity = desk._identity
    token = identity.client._token
    wrong = {
        "random": secrets.token_bytes(32),
        "empty": b"",
        "shorter": token[:-1],
        "its hash": sha256(token),
        "its id": identity.session,
        "its end token": bytes.fromhex(office.guardian.sessions[-1][2]),
    }[kind]
    all_refuse(office, wrong, identity)
    assert identity.client.quota().classes, "the control: the right token serves"
    desk.end("signed_out")


@pytest.mark.asvs("V7.4.1")
def test_that_the_token_of_an_ended_session_is_dead(office: MadeOffice) -> None:
    session = Door(office, "ratna")
    identity = session._identity
    token = identity.client._token
    identity.client.end(EndRequest(cause="signed_out"))
    all_refuse(office, token, identity)
    identity.client.close()


def test_that_a_session_without_its_lease_is_dead(office: MadeOffice) -> None:
    session = Door(office, "yoga")
    token = session._identity.client._token
    office.clock.pass_s(office.policy.lease_s + 1)
    all_refuse(office, token, session._identity)
    session.end()


def test_that_a_newer_sign_in_ends_the_older_session(office: MadeOffice) -> None:
    old, new = Door(office, "ratna"), Door(office, "ratna")
    all_refuse(office, old._identity.client._token, old._identity)
    new.end()
    old.end()


def test_that_a_session_without_its_card_can_only_bring_it(office: MadeOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither may it bring a card that somebody else signed, nor another one later."""
    held: list[tuple[ApiClient, CardRequest]] = []
    nothing = WitnessMark(length=0, head=bytes(32))
    lease = Lease(ends_ms=0, lease_ms=0, now_ms=0, audit=nothing, book=nothing, changes=0)

    def hold(client: ApiClient, card: CardRequest) -> Lease:
        held.append((client, card))
        return lease

    with monkeypatch.context() as patch:
        patch.setattr(ApiClient, "bring_card", hold)
        session = Door(office, "ratna")
    identity, (client, card) = session._identity, held[0]
    all_refuse(office, client._token, identity)
    kem, sign = hpke.public_of(hpke.new_secret()), signing.public_of(signing.new_seed())
    false = SessionCard("ratna", identity.session, kem, sign, identity.seat, 0).body(identity.office)
    for signature in (signing.sign(signing.new_seed(), false), signing.sign(identity.keys.seed, false), card.signature):
        with pytest.raises(TiraiError):
            client.bring_card(CardRequest(kem=kem, sign=sign, signature=signature))
    client.bring_card(card)
    assert client.quota().classes
    with pytest.raises(SessionOverError):
        client.bring_card(card)
    session.end()


def test_that_an_end_token_ends_its_session_and_can_do_nothing_else(office: MadeOffice) -> None:
    ratna, yoga = office.desk("ratna"), office.desk("yoga")
    tokens = {session: bytes.fromhex(token) for session, _name, token in office.guardian.sessions}
    guardian = talk(office)
    crossed = EndReport(session=bytes.fromhex(ratna.session), end_token=tokens[yoga.session], cause="console_died")
    with pytest.raises(SessionOverError):
        guardian.report_end(crossed)
    ratna.beat()
    right = EndReport(session=bytes.fromhex(ratna.session), end_token=tokens[ratna.session], cause="console_died")
    assert guardian.report_end(right) > 0
    with pytest.raises(SessionOverError):
        ratna.beat()
    guardian.close()
    ratna.end("signed_out")
    yoga.end("signed_out")


@pytest.mark.parametrize("signer", ["another session", "the account", "a stranger"])
def test_that_a_request_signed_by_another_key_releases_nothing_and_is_logged(office: MadeOffice, signer: str) -> None:
    """Somebody with the token alone, say out of a stolen cache, asks for a value."""
    ratna, hendra = Door(office, "ratna"), Door(office, "hendra")
    identity, record = ratna._identity, record_in(office, "billing")
    seeds = {
        "another session": hendra._identity.session_seed,
        "the account": identity.keys.seed,
        "a stranger": signing.new_seed(),
    }
    true = identity.session_seed
    identity.session_seed = seeds[signer]
    requests: list[Callable[[], object]] = [
        lambda: identity.client.reveal(reveal_of(identity, record, "street_address", "confirm_delivery")),
        lambda: identity.client.read_notes(reading_of(identity, record)),
        lambda: uses.use(identity.client, use_of(identity, record)),
        lambda: editing.edit_field(identity.client, edit_of(identity, record, "street_address")),
        lambda: editing.empty_field(identity.client, emptying_of(identity, record, "street_address")),
        lambda: editing.make_customer(identity.client, customer_of(identity)),
    ]
    for ask in requests:
        with pytest.raises(NotAllowedError) as refusal:
            ask()
        assert refusal.value.code == "signature"
        last = log(office)[-1]
        assert (last.actor, last.outcome, last.reason) == ("ratna", "refused", "signature")
    identity.session_seed = true
    assert identity.client.reveal(reveal_of(identity, record, "street_address", "confirm_delivery"))
    hendra.end()
    ratna.end()


@pytest.mark.parametrize("part", ["record", "field", "reason", "words", "request"])
def test_that_a_signature_fits_one_request_alone(office: MadeOffice, part: str) -> None:
    ratna = Door(office, "ratna")
    identity = ratna._identity
    request = reveal_of(identity, record_in(office, "billing"), "street_address", "confirm_delivery")
    other: object = {
        "record": record_in(office, "delivery"), "field": "email", "reason": "call_back", "words": "x",
        "request": new_id(),
    }[part]  # fmt: skip
    with pytest.raises(NotAllowedError) as refusal:
        identity.client.reveal(request.model_copy(update={part: other}))
    assert refusal.value.code == "signature"
    ratna.end()


# --- other people's things


@pytest.mark.attack("A48")
def test_that_an_agent_of_another_queue_gets_nothing_of_a_record(office: MadeOffice) -> None:
    """One sentence whether the record is elsewhere or nowhere; refused openings stand in the log."""
    session = Door(office, "yoga")
    identity, mine = session._identity, record_in(office, "delivery")
    page = identity.client.customer_page(0, 100)
    assert {row.queue for row in page.rows} == {"delivery"}
    assert page.total == 2
    changes = identity.client.customer_changes((0, 0), 100)
    assert ({row.queue for row in changes.rows}, len(changes.rows), changes.gone) == ({"delivery"}, 2, ())
    calls = ("reveal contact", "ask", "save note", "read notes", "count notes", "edit contact", "empty contact",
             "in front", "field versions", "finish contact", "contacts of one")  # fmt: skip
    opens_nothing = {"save note", "count notes", "in front", "field versions", "finish contact", "contacts of one"}
    for name in calls:
        CALLS[name](identity, mine)
    for record in (record_in(office, "billing"), new_id()):
        for name in calls:
            before = len(log(office))
            with pytest.raises(NotAllowedError) as refusal:
                CALLS[name](identity, record)
            assert refusal.value.code == "not_in_queue"
            if name not in opens_nothing:
                assert [(e.outcome, e.reason) for e in log(office)[before:]] == [("refused", "not_in_queue")]
    session.end()


def test_that_nobody_touches_a_colleagues_request_note_or_import(office: MadeOffice) -> None:
    ratna, baru = Door(office, "ratna"), Door(office, "baru")
    record, request, note = record_in(office, "billing"), new_id(), new_id()
    client = ratna._identity.client
    client.ask_unlock(AskUnlock(request=request, record=record, field="bank_account", reason="refund", words=WHY))
    client.save_note(SaveNote(note=note, record=record, text="mine"))
    colleague = baru._identity.client
    assert colleague.own_requests().requests == ()
    with pytest.raises(NotAllowedError):
        colleague.withdraw(request)
    with pytest.raises(NotAllowedError) as refusal:
        colleague.save_note(SaveNote(note=note, record=record, text="overwritten"))
    assert refusal.value.code == "not_own"
    with pytest.raises(NotAllowedError):
        client.save_note(SaveNote(note=note, record=record_in_same_queue(office, record), text="moved"))
    visit = new_id()
    contact_calls.save_contact(client, contact_of(record, visit))
    with pytest.raises(NotAllowedError) as refusal:
        contact_calls.save_contact(colleague, contact_of(record, visit).model_copy(update={"revision": 2}))
    assert refusal.value.code == "not_own"
    hendra, dewi = Door(office, "hendra", "command"), Door(office, "dewi", "command")
    running = RawImport(hendra._identity.client, ("customer_number", "full_name"))
    other = dewi._identity.client
    with pytest.raises(NotAllowedError) as over:
        other.import_end(running.id)
    assert over.value.code == "import_over"
    running.cancel()
    for session in (ratna, baru, hendra, dewi):
        session.end()


def record_in_same_queue(office: MadeOffice, record: bytes) -> bytes:
    with office_file(office) as db:
        rows = db.execute("SELECT record FROM customers WHERE queue = 'billing' AND record != ?", (record,)).fetchone()
    return bytes(rows[0])


# --- more than was agreed


BODIES: dict[str, tuple[str, str, Callable[[Identity, bytes], Message]]] = {
    "reveal": ("POST", "/v1/reveals", lambda i, r: reveal_of(i, r, "street_address", "confirm_delivery")),
    "ask": (
        "POST", "/v1/unlocks",
        lambda _i, r: AskUnlock(request=new_id(), record=r, field="bank_account", reason="refund", words=WHY),
    ),
    "note": ("PUT", "/v1/notes", lambda _i, r: SaveNote(note=new_id(), record=r, text="hello")),
    "notes": ("POST", "/v1/notes/read", reading_of),
    "contact": ("PUT", "/v1/contacts", lambda _i, r: contact_of(r)),
    "edit": ("POST", "/v1/customers/edits", lambda i, r: edit_of(i, r, "street_address")),
    "empty": ("POST", "/v1/customers/emptied", lambda i, r: emptying_of(i, r, "street_address")),
    "new customer": ("POST", "/v1/customers/new", lambda i, _r: customer_of(i)),
}  # fmt: skip
EXTRAS: dict[str, Any] = {
    "role": "supervisor", "account": "hendra", "session": b64encode(bytes(16)).decode(), "author": "hendra",
    "state": "approved", "views": 9, "views_left": 9, "until_ms": 2**40, "decided_by": "hendra", "queue": "billing",
    "data_class": "contact", "outcome": "ok",
}  # fmt: skip


@pytest.mark.attack("A48")
@pytest.mark.asvs("V7.2.1")
@pytest.mark.parametrize("body", BODIES)
def test_that_no_part_beyond_the_agreed_is_taken(office: MadeOffice, body: str) -> None:
    """Mass assignment: the whole body is refused, nothing of it happens, and the refusal repeats no value."""
    yoga = Door(office, "yoga")
    method, path, make = BODIES[body]
    content = json.loads(make(yoga._identity, record_in(office, "delivery")).model_dump_json())
    before = len(log(office))
    for extra, value in EXTRAS.items():
        canary = new_canary("extra")
        for parts in ({extra: value}, {extra: canary}):
            answer = send(office, yoga, method, path, content | parts)
            assert answer.status_code == 422
            assert canary not in answer.text
    assert log(office)[before:] == []
    assert send(office, yoga, method, path, content).status_code == 200, "the control"
    yoga.end()


def send(office: MadeOffice, who: Door, method: str, path: str, content: object) -> httpx.Response:
    headers = {
        PROTOCOL_HEADER: str(PROTOCOL),
        "Authorization": f"Bearer {b64encode(who._identity.client._token).decode()}",
    }
    with httpx.Client(transport=SocketTransport(office.places.socket("office")), base_url="http://office") as client:
        return client.request(method, path, json=content, headers=headers)


@pytest.mark.attack("A48")
def test_that_no_query_widens_what_a_person_sees(office: MadeOffice) -> None:
    session = Door(office, "yoga")
    for query in ("queue=billing", "queues=*", "account=hendra", "role=supervisor"):
        assert send(office, session, "GET", f"/v1/customers?{query}", None).status_code == 422
    answer = send(office, session, "GET", "/v1/customers?limit=2000", None)
    assert {row["queue"] for row in answer.json()["rows"]} == {"delivery"}
    session.end()
