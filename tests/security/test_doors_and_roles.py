"""A48: every role at every route, sessions that are none, bodies with more than was agreed, and other people's things.

Enforced by *authority*: the office decides by session, book and policy. In the one-user home whoever has the file key
reads the file instead; there these refusals are *software*. Protocol, sizes and malformed bodies: `tests/contract`.
"""

import contextlib
import json
import secrets
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from app.api.client import caller_checks, editing, own_account, uses
from app.api.client import contacts as contact_calls
from app.api.client.client import ApiClient
from app.api.client.errors import SessionOverError
from app.api.client.paths import in_path
from app.api.messages.caller_checks import BeginCheck, CheckState
from app.api.messages.door import CardRequest, EndReport, EndRequest, Lease, SessionKind, WitnessMark
from app.api.messages.own_account import NewRecoveryCodes
from app.api.messages.reveals import AskUnlock, SaveNote
from app.api.messages.wire import Message
from app.auth.audit_chain import AuditEntry
from app.auth.recovery_codes import parse_recovery_code
from app.auth.session_card import SessionCard
from app.backoffice import schema
from app.backoffice.acting import OFFICE, acting_for
from app.crypto import hpke, signing
from app.crypto.derive import sha256
from app.domain.actions import Actions
from app.domain.errors import NotAllowedError, TiraiError
from app.session.errors import SignInRefusal, SignInRefusedError
from app.session.identity import Identity, new_id
from tests.office.door import derive, seat_of
from tests.office.made import MadeOffice, made_office
from tests.office.raw_import import RawImport
from tests.office.team import team_office
from tests.security import route_calls
from tests.security.canaries import new_canary, planted
from tests.security.role_matrix import KINDS, MATRIX, expected
from tests.security.route_calls import (
    CALLS,
    DOORS,
    LAST,
    OK,
    POST,
    ROLES,
    ROUTES,
    WHY,
    Asked,
    contact_of,
    customer_of,
    edit_of,
    emptying_of,
    outcome_of,
    reading_of,
    reveal_of,
    use_of,
)

HOMES: dict[str, Callable[[Path], contextlib.AbstractContextManager[MadeOffice]]] = {
    "one-user": made_office,
    "gateway": team_office,
}
"""Every home answers the same, but for the table `AT_GATEWAY`; nothing below knows in which one it is."""


@pytest.fixture(scope="module", params=["one-user", pytest.param("gateway", marks=pytest.mark.slow)])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with HOMES[request.param](tmp_path_factory.mktemp("doors")) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("billing",))
        made.hire("yoga", "Yoga Pratama", queues=("delivery",))
        made.hire("baru", "Baru Sekali", queues=("billing",), grant=False)
        made.hire("wayan", "Wayan Sudira", queues=("delivery",), grant=False)
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        made.bring_in(planted(4)[0])
        made.actions = Actions(1_000, (POST,))
        yield made


class Door:
    """A signed-in process of one kind, without cache or screen."""

    def __init__(self, office: MadeOffice, account: str, kind: SessionKind = "console") -> None:
        password = office.people[account].password
        code = recovery_code(office, account) if kind == "replace" else office.code(account)
        self._identity = office.sign_in()._sign_in(account, password, code, kind).identity

    @property
    def identity(self) -> Identity:
        return self._identity

    def end(self) -> None:
        with contextlib.suppress(TiraiError):
            self._identity.client.end(EndRequest(cause="signed_out"))
        self._identity.client.close()


@contextlib.contextmanager
def somebody_at_work(office: MadeOffice) -> Iterator[None]:
    """An embedded office whose sessions are all locked leaves; within the block one is not."""
    session = Door(office, "wayan")
    yield
    session.end()


def is_gateway(office: MadeOffice) -> bool:
    """Whether the office is behind a gateway."""
    return office.back_office.opened.database.is_shared


def recovery_code(office: MadeOffice, account: str) -> str:
    """A fresh one; earlier ones are dead."""
    session = office.bare(account)
    verifier = derive(office, session.client, account).verifier
    codes = own_account.new_recovery_codes(session.client, NewRecoveryCodes(verifier=verifier)).codes
    session.end()
    return parse_recovery_code(codes[0])


def record_in(office: MadeOffice, queue: str) -> bytes:
    return records_in(office, queue)[0]


def records_in(office: MadeOffice, queue: str) -> list[bytes]:
    """All records of a queue, the oldest first."""
    table, opened = schema.customers, office.back_office.opened
    with acting_for(OFFICE), opened.database.reading() as db:
        return list(db.execute(select(table.c.record).where(table.c.queue == queue).order_by(table.c.id)).scalars())


def log(office: MadeOffice) -> list[AuditEntry]:
    """The log without ends: the office ends lapsed sessions at moments of its own."""
    opened = office.back_office.opened
    with opened.database.reading() as db:
        return [e for e in opened.log.page(db, 0, 100_000) if e.event != "session.end"]


def test_that_every_route_has_its_row(office: MadeOffice) -> None:
    """A route that somebody adds is in no row, and fails here until it is."""
    door, record = Door(office, "hendra"), record_in(office, "billing")
    asked = {}
    with speaking_with(office, door.identity, b""):
        for call in CALLS:
            seen = Asked(door.identity)
            outcome_of(call, door.identity, record)
            asked[call] = seen.routes[-1]
    door.end()
    assert set(ROUTES) - set(asked.values()) - set(DOORS) == set()
    assert set(DOORS) <= set(ROUTES)
    assert CALLS.keys() == MATRIX.keys()
    assert all(by_role.keys() == ROLES.keys() for by_role in MATRIX.values())
    assert set().union(*KINDS.values()) == CALLS.keys(), "each call is for some kind of session"


@pytest.mark.slow
@pytest.mark.attack("A48")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", ROLES)
def test_that_each_role_gets_what_its_rights_and_its_kind_of_session_say(
    office: MadeOffice, role: str, kind: SessionKind
) -> None:
    """Straight at the API, past everything that a console would refuse first."""
    record, outcomes = record_in(office, "billing"), {}
    door = Door(office, ROLES[role], kind)
    Asked(door.identity)
    for call in [name for name in CALLS if name not in LAST]:
        outcomes[call] = outcome_of(call, door.identity, record)
    with somebody_at_work(office):
        outcomes["lock"] = outcome_of("lock", door.identity, record)
        door.identity.client.close()
        door = Door(office, ROLES[role], kind)  # a locked one has nothing to end with
        outcomes["end"] = outcome_of("end", door.identity, record)
        door.end()
    assert outcomes == {call: expected(call, role, kind, is_gateway=is_gateway(office)) for call in CALLS}


@pytest.mark.parametrize("token", ["none", "a living session's"])
def test_that_what_stands_at_the_door_is_the_same_for_everybody(office: MadeOffice, token: str) -> None:
    session = Door(office, "hendra")
    client = talk(office, session.identity.client._token if token == "a living session's" else b"")
    for name, one in DOORS.items():
        method, path = name.split()
        outcome = OK
        try:
            client.call(method, path.replace("{key}", in_path(bytes(16))), one.answer, one.body)
        except TiraiError as refusal:
            outcome = refusal.code
        expected_here = one.tokenless if one.tokenless and token == "none" else one.outcome
        assert (name, outcome) == (name, expected_here)
    client.close()
    session.end()


# --- sessions that are none


def talk(office: MadeOffice, token: bytes = b"") -> ApiClient:
    client = office.connect()
    client.show_seat(seat_of(office)["seat_id"])
    client.use_token(token)
    return client


@contextlib.contextmanager
def speaking_with(office: MadeOffice, identity: Identity, token: bytes) -> Iterator[None]:
    """Within the block somebody's calls, rightly signed, go out with another token or none."""
    own = identity.client
    identity.client = talk(office, token)
    try:
        yield
    finally:
        identity.client.close()
        identity.client = own


def all_refuse(office: MadeOffice, token: bytes, identity: Identity, but: str = "") -> None:
    """Each call that needs a session, with this token and rightly signed bodies."""
    record = record_in(office, "billing")
    with speaking_with(office, identity, token):
        Asked(identity)
        for call in CALLS.keys() - {but}:
            with pytest.raises(SessionOverError):
                CALLS[call](identity, record)


@pytest.mark.slow
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


def test_that_a_locked_session_is_dead_until_it_is_resumed(office: MadeOffice) -> None:
    session = Door(office, "ratna")
    identity = session.identity
    with somebody_at_work(office):
        assert outcome_of("lock", identity, b"") == OK
        all_refuse(office, identity.client._token, identity)
        identity.client.close()
        Door(office, "ratna").end()


def test_that_the_session_of_a_closed_account_is_dead_and_nobody_signs_in_to_it(office: MadeOffice) -> None:
    office.hire("joko", "Joko Susilo")
    session, adi = Door(office, "joko"), office.command("adi")
    assert session.identity.client.quota().classes
    adi.accounts.close("joko")
    adi.end()
    all_refuse(office, session.identity.client._token, session.identity)
    session.end()
    with pytest.raises(SignInRefusedError) as refusal:
        Door(office, "joko")
    assert refusal.value.why is SignInRefusal.WRONG, "the same word as for an account that never was"


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
    all_refuse(office, client._token, identity, but="bring card")
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


NOT_THEIRS = {"not_in_queue", "no_customer"}


@pytest.mark.slow
@pytest.mark.attack("A48")
@pytest.mark.parametrize(("role", "account", "queue", "other"), [
    ("agent", "yoga", "delivery", "billing"),
    ("new agent", "baru", "billing", "delivery"),
    ("supervisor", "hendra", "billing", None),
    ("privacy officer", "dewi", "delivery", None),
    ("administrator", "adi", "billing", "delivery"),
])  # fmt: skip
def test_that_no_call_about_a_record_gives_anything_of_one_that_is_not_theirs(
    office: MadeOffice, role: str, account: str, queue: str, other: str | None
) -> None:
    """Whichever call names a record in what it sends; one that is in another queue, and one that is nowhere."""
    session = Door(office, account)
    own, asked, about = record_in(office, queue), Asked(session.identity), []
    foreign = [record_in(office, other)] if other is not None else []
    usual = {call: expected(call, role, "console", is_gateway=is_gateway(office)) for call in CALLS}
    for call in [name for name in CALLS if name in KINDS["console"] and name not in LAST]:
        assert outcome_of(call, session.identity, own) == usual[call], call
        if asked.is_about(own):
            about.append(call)
    assert len(about) > 20
    for record in (*foreign, new_id()):
        outcomes = {call: outcome_of(call, session.identity, record) for call in about}
        for call, outcome in outcomes.items():
            assert outcome in NOT_THEIRS | ({usual[call]} - {OK}), call
    session.end()


def test_that_a_colleagues_id_answers_like_nobodys(office: MadeOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """By any route with an id in its address that is no record's: what is somebody else's might as well not be.

    Deciding says first that an agent holds no class to decide with. Stopping says `OK` whatever the id, and stops
    nothing of a colleague's (`test_act_by_reference.py`).
    """
    ratna, baru, hendra = Door(office, "ratna"), Door(office, "baru"), Door(office, "hendra", "command")
    record, request, check = record_in(office, "billing"), new_id(), new_id()
    client = ratna.identity.client
    client.ask_unlock(AskUnlock(request=request, record=record, field="bank_account", reason="refund", words=WHY))
    caller_checks.begin_check(client, BeginCheck(check=check, record=record))
    running = RawImport(hendra.identity.client, ("customer_number", "full_name"))
    before = [(one.id, one.state) for one in client.own_requests().requests]
    asked, nobodys = Asked(baru.identity), {}
    for call in [name for name in CALLS if name in KINDS["console"] and name not in LAST]:
        outcome = outcome_of(call, baru.identity, record)
        if "{key}" in asked.routes[-1] and not asked.is_about(record) and outcome != OK:
            nobodys[call] = outcome
    assert {"withdraw", "approve", "agent's past", "answer", "check state"} <= nobodys.keys()
    for key in (request, check, running.id):
        monkeypatch.setattr(route_calls, "new_id", lambda key=key: key)
        for call, outcome in nobodys.items():
            assert outcome_of(call, baru.identity, record) in {outcome, "class_not_held"} - {OK}, call
    monkeypatch.undo()
    assert [(one.id, one.state) for one in client.own_requests().requests] == before, "the control"
    assert client.call("GET", f"/v1/caller-checks/{in_path(check)}", CheckState), "the control"
    running.cancel()
    for session in (ratna, baru, hendra):
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
    return next(one for one in records_in(office, "billing") if one != record)


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
            answer = send(yoga, method, path, content | parts)
            assert answer.status_code == 422
            assert canary not in answer.text
    assert log(office)[before:] == []
    assert send(yoga, method, path, content).status_code == 200, "the control"
    yoga.end()


def send(who: Door, method: str, path: str, content: object) -> httpx.Response:
    """Past the client's own messages."""
    client = who.identity.client
    return client._http.request(method, path, json=content, headers=client._authorization())


@pytest.mark.attack("A48")
def test_that_no_query_widens_what_a_person_sees(office: MadeOffice) -> None:
    session = Door(office, "yoga")
    for query in ("queue=billing", "queues=*", "account=hendra", "role=supervisor"):
        assert send(session, "GET", f"/v1/customers?{query}", None).status_code == 422
    answer = send(session, "GET", "/v1/customers?limit=2000", None)
    assert {row["queue"] for row in answer.json()["rows"]} == {"delivery"}
    session.end()
