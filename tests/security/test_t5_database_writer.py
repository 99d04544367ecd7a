"""T5: somebody who reads and writes the office's database, or has a stolen dump. No sealed value, no forged authority.

Here (A6, A7): whoever writes the database forges roles, keys, grants, sessions and accounts; the book is believed
instead, by the office when it opens and by each console before it seals anything to anybody. The forger has the file
key, the front door's key and a stopped office, as in the one-user home. Enforced by *key* (signatures from the root
on). That the office notices at its next opening, not while it runs, is *software*: what it hands out meanwhile the
consoles judge again.

Further parts: `test_one_half.py` (everything of a thief of master and database on every blob), `test_moved_blobs.py`
(A8), `test_guessable_fields.py` (what falls to such a thief), `test_administration.py` (rows about accounts),
`test_rotation.py`, `test_stolen_backup.py`, `tests/unit/auth/test_book.py`.
"""

import contextlib
import json
import secrets
import shutil
from base64 import b32encode, b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.api.messages.accounts import GrantClasses
from app.api.messages.book import BookPage
from app.api.messages.door import CardRequest, SignInRequest
from app.api.messages.reveals import WaitingRequests
from app.auth.book import Book, BookError, Entry, Kind, Signature, grant_entry_name
from app.auth.book_messages import entry_message
from app.auth.session_card import SessionCard
from app.backoffice.front_door import FrontDoor
from app.crypto import hpke, signing
from app.crypto.account_keys import (
    AccountKeys,
    PasswordKeys,
    password_keys,
    slot_key,
    stored_verifier,
    wrap_account_keys,
    wrap_file_key,
)
from app.crypto.derive import PASSWORD_FLOOR, sha256
from app.crypto.grants import seal_class_key
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError, VerificationError
from app.session.command import CommandSession
from app.session.desk import Desk
from app.session.errors import RolledBackError, SessionOverError, SignInRefusal, SignInRefusedError
from app.storage import sqlcipher
from app.storage.sealing import SealError
from tests.demo.people import Authenticator
from tests.office.door import seat_of
from tests.office.made import MadeOffice, made_office
from tests.security.canaries import office_file, planted, record_of

WHY = "the caller disputes the charge"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("forged")) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("billing",))
        made.hire("yoga", "Yoga Pratama", queues=("delivery",), grant=False)
        made.bring_in(planted(4)[0])
        yield made


@contextlib.contextmanager
def forged(office: MadeOffice) -> Iterator[sqlcipher.Connection]:
    """The stopped office's file, open for forging; the caller serves it. Afterwards the true files stand again."""
    key, remembered = office.back_office.file_key, dict(office.lasting_shelf.entries)
    office.stop()
    true = office.places.home.parent / f"true-{secrets.token_hex(4)}"
    shutil.copytree(office.places.home, true)
    try:
        with office_file(office, key) as db:
            db.execute("PRAGMA foreign_keys = OFF")
            yield db
    finally:
        office.stop()
        shutil.rmtree(office.places.home)
        shutil.copytree(true, office.places.home)
        shutil.rmtree(true)
        office.lasting_shelf.entries.update(remembered)
        office.serve()
        office.command("hendra").end()  # the control: the true office opens


def refuses_to_open(office: MadeOffice) -> None:
    office.serve()
    with pytest.raises(VerificationError) as refusal:
        office.command("hendra")
    assert not isinstance(refusal.value, SignInRefusedError)
    assert not office.back_office.is_open, "the office does not open at all"


# --- the book's rows


def set_book(column: str, value: object, name: str) -> Callable[[sqlcipher.Connection], None]:
    def forge(db: sqlcipher.Connection) -> None:
        done = db.execute(f"UPDATE book SET {column} = ? WHERE name = ?", (value, name))
        assert done.rowcount >= 1

    return forge


def run(*statements: str) -> Callable[[sqlcipher.Connection], None]:
    def forge(db: sqlcipher.Connection) -> None:
        assert sum(db.execute(s).rowcount for s in statements) >= 1

    return forge


LAST = "(SELECT max(number) FROM book)"
BOOK_FORGERIES = {
    "an agent's role": set_book("role", "supervisor", "ratna"),
    "an administrator's role": set_book("role", "privacy_officer", "adi"),
    "an agent's queues": set_book("queues", '["*"]', "ratna"),
    "an account's state": set_book("state", "closed", "ratna"),
    "an account's public key": set_book("kem", hpke.public_of(hpke.new_secret()), "ratna"),
    "an account's signature key": set_book("sign", signing.public_of(signing.new_seed()), "hendra"),
    "a class key's public half": set_book("kem", hpke.public_of(hpke.new_secret()), "identity#1"),
    "the office's own signature key": set_book("sign", signing.public_of(signing.new_seed()), "office"),
    "an invitation's activation key": set_book("activation", signing.public_of(signing.new_seed()), "ratna"),
    "a grant for another class": run("UPDATE book SET name = 'ratna#identity' WHERE name = 'ratna#contact'"),
    "a grant for another account": run("UPDATE book SET name = 'yoga#contact' WHERE name = 'ratna#contact'"),
    "a renamed account": run("UPDATE book SET name = 'ratna2' WHERE name = 'ratna'"),
    "a removed entry": run("DELETE FROM book WHERE name = 'ratna#contact'"),
    "two entries in another order": run(
        f"UPDATE book SET number = -1 WHERE number = {LAST} - 1",
        f"UPDATE book SET number = {LAST} - 1 WHERE number = {LAST}",
        "UPDATE book SET number = (SELECT max(number) FROM book) + 1 WHERE number = -1",
    ),
    "signatures taken away": set_book("signatures", "[]", "ratna#contact"),
    "another signer": run(
        "UPDATE book SET signatures = replace(signatures, 'hendra', 'adi') WHERE name = 'ratna#note'"
    ),
    "another previous hash": set_book("previous", bytes(32), "ratna#contact"),
}


@pytest.mark.slow
@pytest.mark.attack("A6")
@pytest.mark.parametrize("what", BOOK_FORGERIES)
def test_that_a_forged_row_of_the_book_keeps_the_office_shut(office: MadeOffice, what: str) -> None:
    with forged(office) as db:
        BOOK_FORGERIES[what](db)
        refuses_to_open(office)


def append(
    db: sqlcipher.Connection, book: Book, kind: Kind, name: str, signers: list[tuple[str, bytes]], **rest: Any
) -> None:
    """Append an entry that fits the chain, signed by these."""
    store(db, book.draft(kind, name, **rest).signed(book.office, signers))


def store(db: sqlcipher.Connection, entry: Entry) -> None:
    marks = json.dumps([[s.signer, b64encode(s.value).decode()] for s in entry.signatures])
    parts = (entry.number, entry.previous, entry.kind.value, entry.name, entry.role, json.dumps(entry.queues))
    db.execute(
        "INSERT INTO book VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*parts, entry.state, entry.kem, entry.sign, entry.activation, marks),
    )


FORGED_SEED = signing.new_seed()


@pytest.mark.parametrize("signer", ["hendra", "root", "recovery", "self", "ratna"])
def test_that_a_class_grant_signed_with_another_key_is_refused(office: MadeOffice, signer: str) -> None:
    book = office.back_office.opened.book
    with forged(office) as db:
        append(db, book, Kind.GRANT, grant_entry_name("ratna", DataClass.IDENTITY), [(signer, FORGED_SEED)])
        refuses_to_open(office)


@pytest.mark.parametrize(
    ("name", "data_class"), [("ratna", DataClass.IDENTITY), ("yoga", DataClass.IDENTITY), ("yoga", DataClass.FINANCIAL)]
)
def test_that_an_agent_grants_no_class_with_the_agents_own_true_key(
    office: MadeOffice, name: str, data_class: DataClass
) -> None:
    """A true signature of somebody who does not hold the class, or to a role that may not hold it."""
    seed, book = true_seed(office, "ratna"), office.back_office.opened.book
    with forged(office) as db:
        append(db, book, Kind.GRANT, grant_entry_name(name, data_class), [("ratna", seed)])
        refuses_to_open(office)


def test_that_a_holder_grants_no_class_to_a_role_that_may_not_hold_it(office: MadeOffice) -> None:
    seed, book = true_seed(office, "hendra"), office.back_office.opened.book
    with forged(office) as db:
        append(db, book, Kind.GRANT, grant_entry_name("ratna", DataClass.FINANCIAL), [("hendra", seed)])
        refuses_to_open(office)


def test_that_an_administrator_alone_changes_nobodys_keys(office: MadeOffice) -> None:
    seed, book = true_seed(office, "adi"), office.back_office.opened.book
    keys, old = AccountKeys.new(), book.active("hendra")
    changed = replace(old, number=book.length, previous=book.head, kem=keys.kem_public, sign=keys.sign_public)
    with forged(office) as db:
        store(db, changed.signed(book.office, [("adi", seed)]))
        refuses_to_open(office)


def true_seed(office: MadeOffice, account: str) -> bytes:
    session = office.command(account)
    seed: bytes = session._identity.keys.seed
    session.end()
    return seed


def test_that_a_whole_false_office_is_unknown_to_the_console(
    office: MadeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Name plate, root, book and all, made by the forger: the console pins the root and sends it no password."""
    with made_office(tmp_path / "false") as false:
        heard: list[object] = []
        monkeypatch.setattr(false.back_office.front_door, "count_try", lambda *a: heard.append(a))
        monkeypatch.setattr(false, "store", office.store)
        with pytest.raises(SignInRefusedError) as refusal:
            false.sign_in().sign_in_for_command("hendra", office.people["hendra"].password, "000000")
        assert refusal.value.why is SignInRefusal.UNKNOWN_OFFICE
        assert heard == []


def test_that_a_false_root_in_the_true_file_keeps_it_shut(office: MadeOffice) -> None:
    with forged(office) as db:
        db.execute("UPDATE settings SET value = ? WHERE name = 'root'", (signing.public_of(FORGED_SEED),))
        refuses_to_open(office)


# --- the witness


@pytest.mark.attack("A7")
def test_that_a_shorter_book_is_refused_and_a_longer_one_accepted(office: MadeOffice) -> None:
    """Cut at the end, each prefix is a valid book in itself: only what the workstation remembers tells."""
    office.invite("sinta", "Sinta Maharani")
    office.command("hendra").end()
    with forged(office) as db:
        db.execute(f"DELETE FROM book WHERE number = {LAST}")
        office.serve()
        with pytest.raises(RolledBackError):
            office.command("hendra")
        with pytest.raises(RolledBackError):
            office.desk("ratna")
    office.command("hendra").end()


def test_that_another_book_of_the_same_length_is_refused(office: MadeOffice) -> None:
    office.invite("tono", "Tono Hartanto")
    office.command("hendra").end()
    seed = true_seed(office, "adi")
    book = office.back_office.opened.book.without_last()
    with forged(office) as db:
        db.execute(f"DELETE FROM book WHERE number = {LAST}")
        activation = signing.public_of(FORGED_SEED)
        append(db, book, Kind.ACCOUNT, "mallory", [("adi", seed)], role="supervisor", queues=("*",), state="invited",
               activation=activation)  # fmt: skip
        office.serve()
        with pytest.raises(RolledBackError):
            office.command("hendra")


# --- rows beside the book


@pytest.mark.attack("A6")
def test_that_a_supervisors_account_with_forged_keys_signs_nobody_in(office: MadeOffice) -> None:
    """The forger knows every secret of the file and writes account row and slot; the book shows other keys."""
    office_id, keys = office.made.plate.office, office.back_office.opened.keys
    file_key, mine, salt = office.back_office.file_key, AccountKeys.new(), secrets.token_bytes(16)
    derived = password_keys("hendra", "the forger's password", salt, PASSWORD_FLOOR)
    totp = secrets.token_bytes(20)
    authenticator = Authenticator(b32encode(totp).decode())
    with forged(office) as db:
        door = FrontDoor(office.places.home / "front-door", office.store.seat_half())
        slot = wrap_file_key(slot_key(office_id, "hendra", office.store.seat_half(), derived.console), office_id,
                             "hendra", file_key)  # fmt: skip
        door.set_password("hendra", salt, PASSWORD_FLOOR, slot)
        row = (
            stored_verifier(keys.pepper, "hendra", derived.verifier),
            wrap_account_keys(office_id, "hendra", derived.wrapping, mine),
            keys.wrapped_totp("hendra", totp)["totp"],
        )
        db.execute(
            "UPDATE accounts SET verifier = ?, wrapped_keys = ?, totp = ?, last_step = 0 WHERE name = 'hendra'", row
        )
        office.serve()
        code = authenticator.code_of(office.clock.now_ms() // 30_000)
        with pytest.raises(SealError):
            office.sign_in().sign_in_for_command("hendra", "the forger's password", code)
        # A patched console goes on with the token it got; without the true key there is no card, so nothing else.
        db.execute("UPDATE accounts SET last_step = 0 WHERE name = 'hendra'")
        client = office.connect()
        answer = client.sign_in(sign_in_request(office, derived, code))
        client.use_token(answer.token)
        with pytest.raises(VerificationError):
            client.bring_card(card_request(office, "hendra", answer.session, answer.ends_ms, mine.seed))
        with pytest.raises(SessionOverError):
            client.waiting_requests()
        client.close()


def sign_in_request(office: MadeOffice, derived: PasswordKeys, code: str) -> SignInRequest:
    office_id = office.made.plate.office
    return SignInRequest(
        account="hendra",
        verifier=derived.verifier,
        slot_key=slot_key(office_id, "hendra", office.store.seat_half(), derived.console),
        code=code,
        kind="approval",
        **seat_of(office),
    )


def card_request(office: MadeOffice, account: str, session: bytes, ends_ms: int, seed: bytes) -> CardRequest:
    kem, sign = hpke.public_of(hpke.new_secret()), signing.public_of(signing.new_seed())
    card = SessionCard(account, session, kem, sign, office.back_office.seat, ends_ms)
    return CardRequest(kem=kem, sign=sign, signature=signing.sign(seed, card.body(office.made.plate.office)))


@pytest.mark.attack("A6")
def test_that_forged_class_grant_rows_give_nobody_a_class(office: MadeOffice) -> None:
    """A row for a class that the book does not show granted, and a false key where it does: both are left out."""
    book, office_id = office.back_office.opened.book, office.made.plate.office
    kem = book.active("ratna").kem
    with forged(office) as db:
        for data_class in ("identity", "contact"):
            sealed = seal_class_key(kem, hpke.new_secret(), office_id, "ratna", data_class, 1)
            db.execute("INSERT OR REPLACE INTO class_grants VALUES ('ratna', ?, 1, ?)", (data_class, sealed))
        office.serve()
        desk = office.desk("ratna")
        held = {c for c, _version in desk._identity.class_keys}
        assert held == {DataClass.NOTE}
        with pytest.raises(NotAllowedError) as refusal:
            desk.reveal(record_of(desk, "C-"), "street_address", "confirm_delivery")
        assert refusal.value.code == "no_class_key"
        desk.end("signed_out")


def forge_session(office: MadeOffice, db: sqlcipher.Connection, account: str, *, like: bytes | None = None) -> bytes:
    """A row for a session that nobody signed in to; its token."""
    token, now, signed = secrets.token_bytes(32), office.clock.now_ms(), bytes(64)
    session, seed, kem = secrets.token_bytes(16), FORGED_SEED, hpke.public_of(hpke.new_secret())
    sign = signing.public_of(seed)
    if like is not None:  # the card of another session, moved here
        found = db.execute("SELECT card_kem, card_sign, card_signature FROM sessions WHERE id = ?", (like,)).fetchone()
        kem, sign, signed = found
    db.execute(
        "INSERT INTO sessions VALUES (?, ?, 'console', ?, zeroblob(16), ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, '', NULL)",  # noqa: E501
        (session, account, office.back_office.seat, sha256(token), bytes(32), kem, sign, signed, now, now + 10**7,
         now + 10**7, now + 10**7),
    )  # fmt: skip
    return token


@pytest.mark.parametrize("moved", [False, True])
def test_that_a_forged_session_row_is_nobodys_session(office: MadeOffice, moved: bool) -> None:
    desk = office.desk("hendra")
    with office_file(office) as db:
        token = forge_session(office, db, "hendra", like=bytes.fromhex(desk.session) if moved else None)
        client = office.connect()
        client.use_token(token)
        for ask in (client.lease, client.waiting_requests, client.own_grants, client.checkpoints, client.quota):
            with pytest.raises(SessionOverError):
                ask()
        client.close()
        db.execute("DELETE FROM sessions WHERE token_hash = ?", (sha256(token),))
    desk.end("signed_out")


@pytest.mark.attack("A6")
@pytest.mark.parametrize("column", ["account", "seat", "card_kem", "card_sign", "card_signature", "ends_ms"])
def test_that_a_changed_session_row_ends_the_session(office: MadeOffice, column: str) -> None:
    """`step_up_ms`, `lease_ms` and `kind` are not on the card: whoever writes the table may stretch those (limit)."""
    desk = office.desk("ratna")
    value: object = {"account": "hendra", "seat": "elsewhere", "ends_ms": office.clock.now_ms() + 10**9}.get(
        column, secrets.token_bytes(32)
    )
    with office_file(office) as db:
        changed = f"UPDATE sessions SET {column} = ? WHERE id = ?"
        db.execute(changed, (value, bytes.fromhex(desk.session)))
    with pytest.raises(SessionOverError):
        desk.beat()
    desk.end("signed_out")


# --- a false office: what a console judges for itself, before it seals anything


def spoil_book(session: CommandSession | Desk, monkeypatch: pytest.MonkeyPatch, forge: Callable[[Book], Entry]) -> None:
    identity = session._identity
    page = BookPage(entries=(entry_message(forge(identity.book)),))
    monkeypatch.setattr(identity.client, "book_page", lambda _after: page)


def with_forged_key(book: Book) -> Entry:
    """Yoga's entry with the forger's keys, over a signature that the forger can make."""
    keys = AccountKeys.new()
    entry = replace(book.active("yoga"), number=book.length, previous=book.head, kem=keys.kem_public,
                    sign=keys.sign_public)  # fmt: skip
    return entry.signed(book.office, [("adi", FORGED_SEED)])


def with_stolen_signature(book: Book) -> Entry:
    """The same under the true signature of another entry."""
    entry = with_forged_key(book)
    return replace(entry, signatures=(Signature("adi", book.entries[-1].signatures[0].value),))


@pytest.mark.parametrize("forge", [with_forged_key, with_stolen_signature])
def test_that_a_supervisors_console_seals_no_class_key_to_a_forged_key(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch, forge: Callable[[Book], Entry]
) -> None:
    session = office.command("hendra")
    sealed: list[GrantClasses] = []
    spoil_book(session, monkeypatch, forge)
    monkeypatch.setattr(session._identity.client, "grant", sealed.append)
    with pytest.raises(BookError):
        session.grant("yoga")
    assert sealed == []
    session.end()


def test_that_a_supervisor_seals_no_half_to_a_forged_session_card(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, approval = office.desk("ratna"), office.approval("hendra")
    client = approval._identity.client
    asked = desk.ask(record_of(desk, "C-"), "bank_account", "refund", WHY)
    true = client.waiting_requests()
    sealed: list[object] = []
    monkeypatch.setattr(client, "approve", lambda *a: sealed.append(a))
    kem, seed = hpke.public_of(hpke.new_secret()), signing.new_seed()
    request = true.requests[0]
    mark = request.card
    assert mark is not None
    body = SessionCard("ratna", mark.session, kem, mark.sign, mark.seat, mark.end_ms).body(office.made.plate.office)
    for forgery in (
        mark.model_copy(update={"kem": kem}),
        mark.model_copy(update={"kem": kem, "signature": signing.sign(seed, body)}),
        mark.model_copy(update={"session": secrets.token_bytes(16)}),
        mark.model_copy(update={"end_ms": mark.end_ms + 1}),
    ):
        answer = WaitingRequests(requests=(request.model_copy(update={"card": forgery}),), now_ms=true.now_ms)
        monkeypatch.setattr(client, "waiting_requests", lambda answer=answer: answer)
        approval.waiting()
        with pytest.raises(SealError):
            approval.approve(asked.id, 120)
    assert sealed == []
    approval.end()
    desk.end("signed_out")


def test_that_a_supervisor_approves_no_request_whose_package_is_another_classs(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A false office that shows `bank_account` and hands the box of a special value gets no half of it."""
    desk, approval = office.desk("ratna"), office.approval("hendra")
    client = approval._identity.client
    asked = desk.ask(record_of(desk, "C-"), "bank_account", "refund", WHY)
    true = client.waiting_requests()
    package = true.requests[0].package.model_copy(update={"data_class": "special"})
    spoiled = WaitingRequests(requests=(true.requests[0].model_copy(update={"package": package}),), now_ms=true.now_ms)
    sealed: list[object] = []
    monkeypatch.setattr(client, "approve", lambda *a: sealed.append(a))
    monkeypatch.setattr(client, "waiting_requests", lambda: spoiled)
    approval.waiting()
    with pytest.raises(NotAllowedError):
        approval.approve(asked.id, 120)
    assert sealed == []
    approval.end()
    desk.end("signed_out")
