"""A10, A11: an unlock opens one field of one record for one session, for a while, once; every other use is refused
and stands in the log.

Each refusal is the office's (*authority*); that a released half fits nothing else is *key*. Requests are made as a
patched agent's console makes them: rightly signed, straight at the API.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from app.api.messages.reveals import ApproveUnlock, AskUnlock, OwnRequest, RefuseUnlock, RevealAnswer, RevealRequest
from app.auth.audit_chain import AuditEntry
from app.auth.session_card import reveal_request
from app.auth.unlock_grant import UnlockGrant
from app.backoffice.import_sealing import store_data_key
from app.crypto import hpke, signing
from app.crypto.grants import unlock_info
from app.crypto.values import new_data_key, open_value, seal_value, value_context
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError, TiraiError
from app.session.approval import Approval
from app.session.desk import Desk
from app.session.errors import SessionOverError
from app.session.identity import new_id
from app.storage.sealing import SealError
from tests.office.made import MadeOffice
from tests.security.canaries import new_canary, office_file, planted, record_of, with_many_reveals

pytestmark = pytest.mark.slow  # 24 s of processor time in all

WHY = "the caller disputes the charge"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    made = MadeOffice(tmp_path_factory.mktemp("unlock"))
    with_many_reveals(made)
    made.serve()
    try:
        for account in ("ratna", "yoga"):
            made.hire(account, account.title(), queues=("billing", "delivery"))
        made.hire("rina", "Rina Sup", "supervisor", ("*",))
        made.hire("novi", "Novi Sup", "supervisor", ("*",), grant=False)
        made.bring_in(planted(4)[0])
        yield made
    finally:
        made.stop()


@dataclass
class Desks:
    """An agent at a desk and a supervisor beside."""

    office: MadeOffice
    agent: Desk
    approval: Approval

    def record(self, index: int = 0) -> str:
        return self.agent.customer(self.agent.search("", None).ids[index]).record

    def approved(self, field: str = "bank_account") -> OwnRequest:
        """A request that was approved a moment ago."""
        asked = self.agent.ask(self.record(), field, "refund", WHY)
        self.approval.waiting()
        self.approval.approve(asked.id, 120)
        return own(self.agent, asked.id)


@pytest.fixture
def desks(office: MadeOffice) -> Iterator[Desks]:
    agent, approval = office.desk("ratna"), office.approval("hendra")
    yield Desks(office, agent, approval)
    approval.end()
    agent.end("signed_out")


def own(desk: Desk, request: str) -> OwnRequest:
    found = desk._identity.client.own_requests().requests
    return next(r for r in found if r.id.hex() == request)


def request_of(
    desk: Desk,
    grant: OwnRequest,
    *,
    record: bytes | None = None,
    field: str | None = None,
    request: bytes | None = None,
) -> RevealRequest:
    """A rightly signed request under a grant."""
    identity, record, field = desk._identity, record or grant.record, field or grant.field
    request = request or new_id()
    message = reveal_request(identity.office, identity.session, record, field, "unlock", "", request)
    return RevealRequest(request=request, record=record, field=field, reason="unlock", words="", unlock=grant.id,
                         signature=identity.sign(message))  # fmt: skip


def use(desk: Desk, grant: OwnRequest, **other: bytes | str) -> RevealAnswer:
    return desk._identity.client.reveal(request_of(desk, grant, **other))  # type: ignore[arg-type]


def log(office: MadeOffice) -> list[AuditEntry]:
    """The log without ends: the office ends lapsed sessions at moments of its own."""
    opened = office.back_office.opened
    with opened.database.reading() as db:
        return [e for e in opened.log.page(db, 0, 100_000) if e.event != "session.end"]


def refused(office: MadeOffice, desk: Desk, grant: OwnRequest, **other: bytes | str) -> str:
    """Use a grant, be refused, find the refusal in the log; the refusal's code."""
    before = len(log(office))
    with pytest.raises(NotAllowedError) as refusal:
        use(desk, grant, **other)
    added = log(office)[before:]
    assert [(e.event, e.outcome, e.reason) for e in added] == [("reveal", "refused", refusal.value.code)]
    assert added[0].session == desk.session
    assert added[0].reference == grant.id.hex()
    return refusal.value.code


# --- using a grant


def test_that_a_grant_opens_its_field_and_names_both_people_in_the_log(desks: Desks) -> None:
    """The control."""
    grant = desks.approved()
    desks.agent.open_unlocked(grant.id.hex()).value.reveal()
    entry = log(desks.office)[-1]
    assert (entry.event, entry.outcome, entry.actor, entry.acting_with) == ("reveal", "ok", "ratna", "hendra")
    assert entry.reference == grant.id.hex()


@pytest.mark.attack("A10")
def test_that_a_used_grant_is_used(desks: Desks) -> None:
    grant = desks.approved()
    use(desks.agent, grant)
    assert refused(desks.office, desks.agent, grant) == "unlock_used"


def test_that_the_same_request_again_is_the_same_answer_and_one_view(desks: Desks) -> None:
    """Within 30 s, for a broken line: no new view, no new entry; after that the id opens nothing."""
    grant = desks.approved()
    request = request_of(desks.agent, grant)
    first = desks.agent._identity.client.reveal(request)
    length = len(log(desks.office))
    assert desks.agent._identity.client.reveal(request) == first
    assert len(log(desks.office)) == length
    desks.office.clock.pass_s(31)
    with pytest.raises(NotAllowedError):
        desks.agent._identity.client.reveal(request)
    assert log(desks.office)[-1].outcome == "refused"


def test_that_a_known_request_id_serves_nothing_else(desks: Desks) -> None:
    grant = desks.approved()
    request = new_id()
    use(desks.agent, grant, request=request)
    assert refused(desks.office, desks.agent, grant, field="bank_name", request=request) == "replay"


@pytest.mark.attack("A10")
def test_that_an_expired_grant_is_over(desks: Desks) -> None:
    grant = desks.approved()
    desks.office.clock.pass_s(121)
    assert refused(desks.office, desks.agent, grant) == "unlock_over"


@pytest.mark.attack("A10")
def test_that_a_grant_opens_no_other_record_and_no_other_field(desks: Desks) -> None:
    grant, other = desks.approved(), bytes.fromhex(desks.record(1))
    assert refused(desks.office, desks.agent, grant, record=other) == "unlock"
    assert refused(desks.office, desks.agent, grant, field="bank_name") == "unlock"
    assert refused(desks.office, desks.agent, grant, record=other, field="mothers_name") == "unlock"
    use(desks.agent, grant)


@pytest.mark.parametrize("field", ["queue", "customer_number", "nothing"])
def test_that_a_grant_opens_no_field_that_is_not_sealed(desks: Desks, field: str) -> None:
    assert refused(desks.office, desks.agent, desks.approved(), field=field) == "no_field"


@pytest.mark.attack("A10")
def test_that_a_grant_serves_no_other_session(desks: Desks) -> None:
    """Neither a colleague's, nor another session of the same agent, nor the supervisor's own."""
    grant = desks.approved()
    yoga = desks.office.desk("yoga")
    assert refused(desks.office, yoga, grant) == "unlock"
    yoga.end("signed_out")
    again = desks.office.desk("ratna")  # ends the first session, and its grants with it
    assert refused(desks.office, again, grant) == "unlock"
    again.end("signed_out")


@pytest.mark.attack("A10")
def test_that_a_grant_for_an_older_value_is_dead(desks: Desks) -> None:
    grant = desks.approved()
    edit(desks.office, grant.record, grant.field)
    assert refused(desks.office, desks.agent, grant) == "unlock_changed"


def test_that_a_withdrawn_request_is_not_approved(desks: Desks) -> None:
    asked = desks.agent.ask(desks.record(), "bank_account", "refund", WHY)
    desks.approval.waiting()
    desks.agent.withdraw(asked.id)
    with pytest.raises(NotAllowedError):
        desks.approval.approve(asked.id, 120)
    assert (log(desks.office)[-1].event, log(desks.office)[-1].outcome) == ("unlock.approve", "refused")


def test_that_an_unapproved_or_unknown_grant_opens_nothing(desks: Desks) -> None:
    asked = desks.agent.ask(desks.record(), "bank_account", "refund", WHY)
    waiting = own(desks.agent, asked.id)
    assert refused(desks.office, desks.agent, waiting) == "unlock"
    unknown = waiting.model_copy(update={"id": new_id()})
    assert refused(desks.office, desks.agent, unknown) == "unlock"


@pytest.mark.attack("A10")
def test_that_a_half_sealed_for_one_value_opens_no_other(desks: Desks) -> None:
    """What an agent keeps of a used grant: half and share fit that value alone."""
    office, identity = desks.office, desks.agent._identity
    grant = desks.approved()
    answer = use(desks.agent, grant)
    assert answer.sealed_half is not None
    ctx = value_context(office.made.plate.office, grant.record, grant.field, "financial", answer.package.salt)
    half = hpke.unseal(
        identity.session_kem, answer.sealed_half, unlock_info(identity.office, grant.id, identity.session, ctx)
    )
    assert open_value(half, answer.share, ctx, answer.blob), "the control"
    with office_file(office) as db:
        others = db.execute("SELECT record, field, data_class, blob FROM sealed_values WHERE blob != ?", (answer.blob,))
        for record, field, data_class, blob in others.fetchall():
            other = value_context(office.made.plate.office, record, field, data_class, bytes(blob[17:33]))
            with pytest.raises(SealError):
                open_value(half, answer.share, other, blob)
    for info in (
        unlock_info(identity.office, new_id(), identity.session, ctx),
        unlock_info(identity.office, grant.id, new_id(), ctx),
    ):
        with pytest.raises(SealError):
            hpke.unseal(identity.session_kem, answer.sealed_half, info)


def edit(office: MadeOffice, record: bytes, field: str) -> None:
    """A new version of a value, as an edit will write it."""
    opened = office.back_office.opened
    public = opened.book.class_public(DataClass.FINANCIAL, 1)
    key, boxed = new_data_key(opened.id, "financial", 1, public)
    with opened.writing() as db:
        store_data_key(db, boxed, None)
        row = db.exec_driver_sql("SELECT master_version, record_key FROM customers WHERE record = ?", (record,)).one()
        z = opened.keys.record_key(record, *row)
        blob = seal_value(opened.id, key, z, record, field, "financial", secrets.token_hex(16).upper())
        db.exec_driver_sql(
            "INSERT INTO sealed_values"
            " SELECT record, field, max(version) + 1, data_class, ?, NULL, NULL, import_id, NULL FROM sealed_values"
            " WHERE record = ? AND field = ?",
            (blob, record, field),
        )


# --- giving a grant


def waiting_grant(desks: Desks, approval: Approval | None = None) -> tuple[bytes, ApproveUnlock, UnlockGrant]:
    """A grant as a supervisor's console would send it, caught before it goes out."""
    approval = approval or desks.approval
    asked = desks.agent.ask(desks.record(), "bank_account", "refund", WHY)
    approval.waiting()
    seen = approval._of(asked.id)
    now_ms = desks.office.clock.now_ms()
    assert seen.card is not None
    message = approval._grant(seen, seen.card, DataClass.FINANCIAL, now_ms + 120_000)
    grant = UnlockGrant(seen.id, seen.agent, seen.card.session, seen.record, seen.field, message.salt,
                        message.expiry_ms, message.views, message.sealed_half)  # fmt: skip
    return seen.id, message, grant


def not_approved(desks: Desks, request: bytes, message: ApproveUnlock, approval: Approval | None = None) -> str:
    before = len(log(desks.office))
    with pytest.raises(NotAllowedError) as refusal:
        (approval or desks.approval)._identity.client.approve(request, message)
    added = log(desks.office)[before:]
    assert [(e.event, e.outcome, e.reason) for e in added] == [("unlock.approve", "refused", refusal.value.code)]
    assert own(desks.agent, request.hex()).state in {"waiting", "expired"}
    return refusal.value.code


@pytest.mark.parametrize("part", ["expiry_ms", "salt", "sealed_half", "signature"])
def test_that_a_grant_tampered_with_on_its_way_is_refused(desks: Desks, part: str) -> None:
    request, message, _grant = waiting_grant(desks)
    value: object = {
        "expiry_ms": message.expiry_ms - 1,
        "salt": bytes(16),
        "sealed_half": message.sealed_half[:-1] + bytes([message.sealed_half[-1] ^ 1]),
        "signature": bytes(64),
    }[part]
    code = not_approved(desks, request, message.model_copy(update={part: value}))
    assert code == ("changed" if part == "salt" else "altered")
    desks.approval._identity.client.approve(request, message)  # the control: untouched it is taken


@pytest.mark.parametrize(
    "part", ["request", "agent", "session", "record", "field", "salt", "expiry_ms", "views", "sealed_half"]
)
def test_that_a_signature_under_another_grant_is_refused(desks: Desks, part: str) -> None:
    """Signed by the right person, but about something else."""
    request, message, grant = waiting_grant(desks)
    other: dict[str, object] = {
        "request": new_id(), "agent": "yoga", "session": new_id(), "record": bytes.fromhex(desks.record(1)),
        "field": "bank_name", "salt": bytes(16), "expiry_ms": grant.expiry_ms - 1, "views": 2, "sealed_half": b"x",
    }  # fmt: skip
    forged = replace(grant, **{part: other[part]})  # type: ignore[arg-type]
    identity = desks.approval._identity
    signature = identity.sign_as_account(forged.body(identity.office))
    assert not_approved(desks, request, message.model_copy(update={"signature": signature})) == "altered"


@pytest.mark.parametrize("who", ["agent", "stranger", "session"])
def test_that_a_grant_signed_by_another_key_is_refused(desks: Desks, who: str) -> None:
    request, message, grant = waiting_grant(desks)
    body = grant.body(desks.office.made.plate.office)
    seed = {
        "agent": desks.agent._identity.keys.seed,
        "stranger": signing.new_seed(),
        "session": desks.approval._identity.session_seed,
    }[who]
    assert not_approved(desks, request, message.model_copy(update={"signature": signing.sign(seed, body)})) == "altered"


@pytest.mark.parametrize(("expiry_s", "views"), [(126, 1), (3600, 1), (-1, 1), (120, 2), (120, 10)])
def test_that_a_rightly_signed_grant_beyond_policy_is_refused(desks: Desks, expiry_s: int, views: int) -> None:
    request, message, grant = waiting_grant(desks)
    expiry_ms = desks.office.clock.now_ms() + expiry_s * 1000
    greedy = replace(grant, expiry_ms=expiry_ms, views=views)
    signature = desks.approval._identity.sign_as_account(greedy.body(desks.office.made.plate.office))
    update = {"expiry_ms": expiry_ms, "views": views, "signature": signature}
    assert not_approved(desks, request, message.model_copy(update=update)) == "too_long"


@pytest.mark.attack("A11")
def test_that_nobody_approves_their_own_request(office: MadeOffice) -> None:
    """A supervisor asks for a special field; neither they nor a patched console of theirs decides on it."""
    desk, approval = office.desk("hendra"), office.approval("hendra")
    record = record_of(desk, "C-")
    reason = next(r.code for r in desk._identity.policy.ask_reasons if DataClass.SPECIAL in r.classes)
    asked = desk.ask(record, "health_note", reason, WHY)
    assert asked.id not in [w.id for w in approval.waiting()]
    message = ApproveUnlock(expiry_ms=office.clock.now_ms() + 60_000, views=1, salt=bytes(16), sealed_half=b"x",
                            sealed_to=bytes(32), signature=bytes(64))  # fmt: skip
    with pytest.raises(NotAllowedError) as refusal:
        approval._identity.client.approve(bytes.fromhex(asked.id), message)
    assert refusal.value.code == "own_request"
    assert (log(office)[-1].event, log(office)[-1].outcome, log(office)[-1].reason) == (
        "unlock.approve",
        "refused",
        "own_request",
    )
    approval.end()
    desk.end("signed_out")


@pytest.mark.attack("A11")
def test_that_a_supervisor_without_the_class_or_the_right_decides_nothing(desks: Desks) -> None:
    """Novi was given no class key; a supervisor decides on no special field; an agent decides on nothing."""
    novi = desks.office.approval("novi")
    request, message, _grant = waiting_grant(desks)
    assert novi.waiting() == []
    assert not_approved(desks, request, message, novi) == "class_not_held"
    yoga = desks.office.approval("yoga")
    assert yoga.waiting() == []
    assert not_approved(desks, request, message, yoga) == "class_not_held"
    for session in (novi, yoga):
        before = len(log(desks.office))
        with pytest.raises(NotAllowedError):
            session._identity.client.refuse(request, RefuseUnlock(why="No."))
        assert (log(desks.office)[before].event, log(desks.office)[before].outcome) == ("unlock.refuse", "refused")
        session.end()


@pytest.mark.asvs("V7.5.3")
@pytest.mark.attack("A11")
def test_that_an_approval_needs_a_fresh_code(desks: Desks) -> None:
    """The desk approval is over when its code is stale; a supervisor's own console must give a fresh one."""
    request, message, _grant = waiting_grant(desks)
    console = desks.office.desk("rina")
    desks.office.clock.pass_s(301)
    with pytest.raises(SessionOverError):
        desks.approval._identity.client.approve(request, message)
    asked = own(desks.agent, desks.agent.ask(desks.record(), "bank_account", "refund", WHY).id)
    before = len(log(desks.office))
    with pytest.raises(NotAllowedError) as refusal:
        console._identity.client.approve(
            asked.id, message.model_copy(update={"expiry_ms": message.expiry_ms + 300_000})
        )
    assert refusal.value.code == "step_up"
    added = log(desks.office)[before:]
    assert [(e.event, e.outcome, e.reason) for e in added] == [("unlock.approve", "refused", "step_up")]
    console.end("signed_out")


def test_that_a_decided_or_expired_request_is_decided_once(desks: Desks) -> None:
    request, message, _grant = waiting_grant(desks)
    rina = desks.office.approval("rina")
    desks.approval._identity.client.approve(request, message)
    with pytest.raises(NotAllowedError) as refusal:
        rina._identity.client.approve(request, message)
    assert refusal.value.code == "decided"
    with pytest.raises(NotAllowedError):
        rina._identity.client.refuse(request, RefuseUnlock(why="No."))
    request, message, _grant = waiting_grant(desks)
    desks.office.clock.pass_s(121)
    assert not_approved(desks, request, message) == "expired"
    rina.end()


# --- a grant's row, forged in the database


@pytest.mark.parametrize(
    "forgery",
    [
        "until_ms = until_ms + 1",
        "until_ms = until_ms + 3600000",
        "views = 9, views_left = 9",
        "salt = zeroblob(16)",
        "sealed_half = x'01'",
        "signature = zeroblob(64)",
        "decided_by = 'rina'",
        "decided_by = 'ratna'",
        "decided_by = 'nobody'",
        "field = 'bank_name'",
    ],
)
def test_that_a_forged_row_of_a_grant_releases_nothing(desks: Desks, forgery: str) -> None:
    """The office checks the supervisor's signature again when the grant is used; no row is believed."""
    grant = desks.approved()
    with office_file(desks.office) as db:
        assert db.execute(f"UPDATE unlocks SET {forgery} WHERE id = ?", (grant.id,)).rowcount == 1
    field = "bank_name" if forgery.startswith("field") else grant.field
    assert refused(desks.office, desks.agent, grant, field=field) in {"unlock", "unlock_changed"}


def put_back(office: MadeOffice, grant: OwnRequest) -> None:
    """The row as it was when the grant was given, by somebody who writes the office's file."""
    with office_file(office) as db:
        db.execute(
            "UPDATE unlocks SET state = 'approved', views_left = 1, used_ms = NULL, revoked_by = '', sealed_half = ?"
            " WHERE id = ?",
            (grant.sealed_half, grant.id),
        )
    assert own_state(office, grant.id) == "approved"


def own_state(office: MadeOffice, request: bytes) -> str:
    with office_file(office) as db:
        return str(db.execute("SELECT state FROM unlocks WHERE id = ?", (request,)).fetchone()[0])


@pytest.mark.attack("A5", "A10")
def test_that_a_used_grant_whose_row_is_put_back_opens_nothing_again(desks: Desks) -> None:
    """What it has opened stands in the log, in the transaction of each opening."""
    grant = desks.approved()
    use(desks.agent, grant)
    put_back(desks.office, grant)
    assert refused(desks.office, desks.agent, grant) == "unlock_used"
    assert refused(desks.office, desks.agent, grant) == "unlock_used"


@pytest.mark.attack("A5", "A10")
@pytest.mark.parametrize("was_used", [False, True])
def test_that_a_revoked_grant_whose_row_is_put_back_opens_nothing(desks: Desks, was_used: bool) -> None:
    grant = desks.approved()
    request = request_of(desks.agent, grant)
    if was_used:
        desks.agent._identity.client.reveal(request)
    desks.approval.revoke(grant.id.hex())
    put_back(desks.office, grant)
    with pytest.raises(NotAllowedError) as again:
        desks.agent._identity.client.reveal(request)
    assert again.value.code == "unlock_revoked"
    assert refused(desks.office, desks.agent, grant) == "unlock_revoked"


@pytest.mark.attack("A5", "A10")
def test_that_a_grant_that_a_lock_dropped_opens_nothing_when_its_row_is_put_back(desks: Desks) -> None:
    """Its half fits the keys before the lock; a console that kept them gets no share either."""
    grant = desks.approved()
    opened = desks.office.back_office.opened
    with opened.writing() as db:  # as a lock writes it; the keys stay here, as a patched console keeps them
        opened.log.append(db, "session.lock", actor="ratna", session=desks.agent.session)
    assert own_state(desks.office, grant.id) == "approved"
    assert refused(desks.office, desks.agent, grant) == "unlock_over"


@pytest.mark.attack("A11")
def test_that_a_grant_without_the_entry_of_its_approval_opens_nothing(desks: Desks) -> None:
    """A supervisor who signs, and somebody who writes the office's file: past fresh code and log there is no grant."""
    request, message, grant = waiting_grant(desks)
    with office_file(desks.office) as db:
        db.execute(
            "UPDATE unlocks SET state = 'approved', decided_by = 'hendra', until_ms = ?, salt = ?, views = 1,"
            " views_left = 1, sealed_half = ?, signature = ? WHERE id = ?",
            (grant.expiry_ms, message.salt, message.sealed_half, message.signature, request),
        )
    assert refused(desks.office, desks.agent, own(desks.agent, request.hex())) == "unlock"


@pytest.mark.attack("A5", "A11")
def test_that_a_request_with_another_reason_than_was_asked_is_neither_shown_nor_approved(desks: Desks) -> None:
    request, message, _grant = waiting_grant(desks)
    with office_file(desks.office) as db:
        db.execute("UPDATE unlocks SET reason = 'dispute' WHERE id = ?", (request,))
    assert request.hex() not in {r.id for r in desks.approval.waiting()}
    assert not_approved(desks, request, message) == "altered"


def test_that_an_agents_own_signature_makes_no_grant(desks: Desks) -> None:
    """A row that the agent made and signed with their own true key: the book does not let them decide."""
    office, identity = desks.office, desks.agent._identity
    asked = own(desks.agent, desks.agent.ask(desks.record(), "bank_account", "refund", WHY).id)
    salt = current_salt(office, asked.record, asked.field)
    until = office.clock.now_ms() + 60_000
    grant = UnlockGrant(asked.id, "ratna", identity.session, asked.record, asked.field, salt, until, 1, b"x")
    signature = identity.sign_as_account(grant.body(identity.office))
    with office_file(office) as db:
        db.execute(
            "UPDATE unlocks SET state = 'approved', decided_by = 'ratna', until_ms = ?, salt = ?, views = 1,"
            " views_left = 1, sealed_half = ?, signature = ? WHERE id = ?",
            (until, salt, b"x", signature, asked.id),
        )
    assert refused(office, desks.agent, asked) == "unlock"


def current_salt(office: MadeOffice, record: bytes, field: str) -> bytes:
    query = "SELECT blob FROM sealed_values WHERE record = ? AND field = ? ORDER BY version DESC"
    with office_file(office) as db:
        return bytes(db.execute(query, (record, field)).fetchone()[0][17:33])


# --- asking


@pytest.mark.attack("A50")
def test_that_what_may_not_be_asked_is_refused_and_logged(desks: Desks) -> None:
    client, record = desks.agent._identity.client, bytes.fromhex(desks.record())
    for field, reason, words, code in (
        ("health_note", "refund", WHY, "role"),
        ("street_address", "refund", WHY, "role"),
        ("queue", "refund", WHY, "no_field"),
        ("nothing", "refund", WHY, "no_field"),
        ("bank_account", "call_back", WHY, "reason"),
        ("bank_account", "refund", "short", "reason"),
    ):
        with pytest.raises(TiraiError) as refusal:
            client.ask_unlock(AskUnlock(request=new_id(), record=record, field=field, reason=reason, words=words))
        last = log(desks.office)[-1]
        assert (refusal.value.code, last.event, last.outcome, last.reason) == (code, "unlock.ask", "refused", code)


def test_that_the_words_of_a_request_and_of_a_refusal_are_sealed_at_rest(desks: Desks) -> None:
    words, why = new_canary("request"), new_canary("refusal")
    asked = desks.agent.ask(desks.record(), "bank_account", "refund", words)
    desks.approval.waiting()
    desks.approval.deny(asked.id, why)
    assert own(desks.agent, asked.id).why == why
    with office_file(desks.office) as db:
        cells = [c for row in db.execute("SELECT * FROM unlocks") for c in row]
        cells += [c for row in db.execute("SELECT * FROM audit") for c in row]
    content = b"\x1f".join(c if isinstance(c, bytes) else str(c).encode() for c in cells)
    assert words.encode() not in content
    assert why.encode() not in content
