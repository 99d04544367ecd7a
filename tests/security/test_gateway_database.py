"""T5 at a gateway: somebody who may write every table of its PostgreSQL, or has a dump. No class, role, release, value.

The forger here is a superuser of the server: every row, every policy, every right. Each test works on a copy of the
database of an office that was at work. What is forged in the book keeps every gateway that starts afterwards from
opening the office, and one at work from taking it over; rows beside the book are believed by nobody. Enforced by *key*:
signatures from the root on, which the consoles pin, and the master, which is not in the database.

The same for an office's file: `test_t5_database_writer.py`. What the gateway's own role may do:
`tests/gateway/test_row_security.py`.
"""

import contextlib
import json
import re
import secrets
from base64 import b32decode, b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from app.auth.book import Book, Entry, Kind, grant_entry_name
from app.backoffice.postgres import PostgresDatabase
from app.backoffice.team_office import TeamOffice
from app.crypto import hpke, signing
from app.crypto.account_keys import AccountKeys
from app.crypto.derive import sha256
from app.crypto.grants import seal_class_key
from app.crypto.values import salt_of
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError, TiraiError, VerificationError
from app.session.errors import RolledBackError, SessionOverError
from app.session.revealing import _request
from app.storage.sealing import SealError
from tests.gateway.databases import BACKUP, copied_database
from tests.office.door import seat_of
from tests.office.team import TeamMade, team_office
from tests.security.canaries import Canary, found_in, needles, planted, record_of, spellings

pytestmark = pytest.mark.slow  # a gateway over PostgreSQL

WHY = "the caller disputes the charge"
FORGED_SEED = signing.new_seed()
Forger = psycopg.Connection[tuple[Any, ...]]
LAST = "(SELECT max(number) FROM book)"


class Stage:
    """The office whose database is forged, stopped between the tests, and what its people's consoles knew."""

    def __init__(self, office: TeamMade) -> None:
        self.office = office
        self.seeds = {name: self._seed(name) for name in ("hendra", "adi", "ratna")}
        self.book: Book = office.back_office.opened.book
        self.true = office.database
        self.remembered = dict(office.lasting_shelf.entries)
        office.stop()

    def _seed(self, account: str) -> bytes:
        session = self.office.command(account)
        seed: bytes = session._identity.keys.seed
        session.end()
        return seed

    @contextlib.contextmanager
    def forged(self) -> Iterator[Forger]:
        """A copy to forge; whoever wants to serves it."""
        self.office.database = copied_database(self.true)
        try:
            with self.true.server.connect(self.office.database.name) as db:
                db.execute("SET session_replication_role = 'replica'")  # no foreign key holds the forger up
                yield db
        finally:
            self.office.stop()
            self.true.server.drop_database(self.office.database.name)
            self.office.database = self.true
            self.office.lasting_shelf.entries.update(self.remembered)

    def opens(self) -> None:
        """A gateway that starts now opens the office."""
        office = self.office
        pool = PostgresDatabase(office.database.words())
        try:
            TeamOffice(pool, office.policy, office.clock, office.places.home, office.master)
        finally:
            pool.close()

    def refuses_to_open(self) -> None:
        """A gateway that starts now does not."""
        with pytest.raises(VerificationError):
            self.opens()


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with team_office(tmp_path_factory.mktemp("forged")) as office:
        office.hire("ratna", "Ratna Dewanti", queues=("billing",))
        office.hire("yoga", "Yoga Pratama", queues=("delivery",), grant=False)
        office.bring_in(planted(4)[0])
        yield Stage(office)


def test_that_the_copy_without_a_forgery_opens_and_works(stage: Stage) -> None:
    with stage.forged():
        stage.opens()
        stage.office.serve()
        desk = stage.office.desk("ratna")
        assert desk.reveal(record_of(desk, "C-"), "street_address", "confirm_delivery").value.reveal()
        desk.end("signed_out")


# --- the book's rows


def set_book(column: str, value: object, name: str) -> Callable[[Forger], int]:
    return lambda db: db.execute(f"UPDATE book SET {column} = %s WHERE name = %s", (value, name)).rowcount


def run(*statements: str) -> Callable[[Forger], int]:
    return lambda db: sum(db.execute(statement).rowcount for statement in statements)


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
        f"UPDATE book SET number = {LAST} + 1 WHERE number = -1",
    ),
    "signatures taken away": set_book("signatures", "[]", "ratna#contact"),
    "another signer": run(
        "UPDATE book SET signatures = replace(signatures, 'hendra', 'adi') WHERE name = 'ratna#note'"
    ),
    "another previous hash": set_book("previous", bytes(32), "ratna#contact"),
    "a false root": run(
        "UPDATE settings SET value = decode('" + signing.public_of(FORGED_SEED).hex() + "', 'hex') WHERE name = 'root'"
    ),
}


@pytest.mark.attack("A6")
@pytest.mark.parametrize("what", BOOK_FORGERIES)
def test_that_a_forged_row_of_the_book_keeps_gateways_from_opening_the_office(stage: Stage, what: str) -> None:
    with stage.forged() as db:
        assert BOOK_FORGERIES[what](db) >= 1
        stage.refuses_to_open()


def append(db: Forger, book: Book, kind: Kind, name: str, signers: list[tuple[str, bytes]], **rest: Any) -> None:
    """Append an entry that fits the chain, signed by these."""
    store(db, book.draft(kind, name, **rest).signed(book.office, signers))


def store(db: Forger, entry: Entry) -> None:
    marks = json.dumps([[s.signer, b64encode(s.value).decode()] for s in entry.signatures])
    parts = (entry.number, entry.previous, entry.kind.value, entry.name, entry.role, json.dumps(entry.queues))
    row = (*parts, entry.state, entry.kem, entry.sign, entry.activation, marks)
    db.execute("INSERT INTO book VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)", row)
    db.execute("UPDATE change_counters SET number = number + 1")  # so that gateways at work look


def grant_forged(stage: Stage, db: Forger, signer: str) -> None:
    append(db, stage.book, Kind.GRANT, grant_entry_name("ratna", DataClass.IDENTITY), [(signer, FORGED_SEED)])


def grant_by_an_agent(stage: Stage, db: Forger) -> None:
    seed = stage.seeds["ratna"]
    append(db, stage.book, Kind.GRANT, grant_entry_name("yoga", DataClass.IDENTITY), [("ratna", seed)])


def grant_to_a_role_that_may_not(stage: Stage, db: Forger) -> None:
    seed = stage.seeds["hendra"]
    append(db, stage.book, Kind.GRANT, grant_entry_name("ratna", DataClass.FINANCIAL), [("hendra", seed)])


def keys_changed_by_an_administrator(stage: Stage, db: Forger) -> None:
    keys, book = AccountKeys.new(), stage.book
    changed = replace(
        book.active("hendra"), number=book.length, previous=book.head, kem=keys.kem_public, sign=keys.sign_public
    )
    store(db, changed.signed(book.office, [("adi", stage.seeds["adi"])]))


APPENDED: dict[str, Callable[[Stage, Forger], None]] = {
    **{f"a grant under {who}'s name": lambda s, db, who=who: grant_forged(s, db, who)  # type: ignore[misc]
       for who in ("hendra", "root", "recovery", "self", "ratna")},
    "a grant by an agent": grant_by_an_agent,
    "a holder's grant to a role that may not": grant_to_a_role_that_may_not,
    "keys changed by an administrator": keys_changed_by_an_administrator,
}  # fmt: skip


@pytest.mark.attack("A6")
@pytest.mark.parametrize("what", APPENDED)
def test_that_an_entry_that_nobody_may_write_keeps_gateways_from_opening_the_office(stage: Stage, what: str) -> None:
    with stage.forged() as db:
        APPENDED[what](stage, db)
        stage.refuses_to_open()


@pytest.mark.attack("A6")
@pytest.mark.parametrize("what", ["a grant under hendra's name", "keys changed by an administrator"])
def test_that_a_gateway_at_work_takes_no_forged_entry_over(stage: Stage, what: str) -> None:
    office = stage.office
    with stage.forged() as db:
        office.serve()
        desk = office.desk("ratna")
        record = record_of(desk, "C-")
        APPENDED[what](stage, db)
        with pytest.raises(TiraiError):  # it stops rather than work beside a book that somebody has forged
            desk.reveal(record, "street_address", "confirm_delivery")
        with pytest.raises(TiraiError):
            office.command("hendra")
        at_work = office.back_office
        assert isinstance(at_work, TeamOffice)
        held = at_work._office.book
        assert (held.length, held.head) == (stage.book.length, stage.book.head)
        assert DataClass.IDENTITY not in held.granted("ratna")
        db.execute(f"DELETE FROM book WHERE number = {LAST}")
        db.execute("UPDATE change_counters SET number = number + 1")
        assert desk.reveal(record, "street_address", "confirm_delivery").value.reveal()
        desk.end("signed_out")


# --- the witness


@pytest.mark.attack("A7")
def test_that_a_shorter_book_is_refused_by_consoles(stage: Stage) -> None:
    """Cut at the end, each prefix is a valid book in itself: only what the workstation remembers tells."""
    office = stage.office
    with stage.forged() as db:
        db.execute(f"DELETE FROM book WHERE number = {LAST}")
        stage.opens()
        office.serve()
        with pytest.raises(RolledBackError):
            office.command("hendra")
        with pytest.raises(RolledBackError):
            office.desk("ratna")


def test_that_another_book_of_the_same_length_is_refused_by_consoles(stage: Stage) -> None:
    office, book = stage.office, stage.book.without_last()
    with stage.forged() as db:
        db.execute(f"DELETE FROM book WHERE number = {LAST}")
        activation = signing.public_of(FORGED_SEED)
        append(db, book, Kind.ACCOUNT, "mallory", [("adi", stage.seeds["adi"])], role="supervisor", queues=("*",),
               state="invited", activation=activation)  # fmt: skip
        office.serve()
        with pytest.raises(RolledBackError):
            office.command("hendra")


# --- rows beside the book


@pytest.mark.attack("A6")
def test_that_forged_class_grant_rows_give_nobody_a_class(stage: Stage) -> None:
    """A row for a class that the book does not show granted, and a false key where it does: both are left out."""
    office, kem, o = stage.office, stage.book.active("ratna").kem, stage.office.made.plate.office
    with stage.forged() as db:
        for data_class in ("identity", "contact"):
            sealed = seal_class_key(kem, hpke.new_secret(), o, "ratna", data_class, 1)
            db.execute(
                "INSERT INTO class_grants (account, data_class, version, sealed) VALUES ('ratna', %s, 1, %s) "
                "ON CONFLICT (account, data_class, version) DO UPDATE SET sealed = excluded.sealed",
                (data_class, sealed),
            )
        office.serve()
        desk = office.desk("ratna")
        assert {c for c, _version in desk._identity.class_keys} == {DataClass.NOTE}
        with pytest.raises(NotAllowedError) as refusal:
            desk.reveal(record_of(desk, "C-"), "street_address", "confirm_delivery")
        assert refusal.value.code == "no_class_key"
        desk.end("signed_out")


@pytest.mark.parametrize("moved", [False, True])
def test_that_a_forged_session_row_is_nobodys_session(stage: Stage, moved: bool) -> None:
    office, token = stage.office, secrets.token_bytes(32)
    with stage.forged() as db:
        office.serve()
        desk = office.desk("hendra")
        mine = bytes.fromhex(desk.session)
        db.execute("CREATE TEMP TABLE forged AS SELECT * FROM sessions WHERE id = %s", (mine,))
        db.execute("UPDATE forged SET id = %s, token_hash = %s", (secrets.token_bytes(16), sha256(token)))
        if not moved:
            sign = signing.public_of(FORGED_SEED)
            db.execute("UPDATE forged SET card_sign = %s, card_signature = %s", (sign, bytes(64)))
        db.execute("INSERT INTO sessions SELECT * FROM forged")
        client = office.connect()
        client.show_seat(seat_of(office)["seat_id"])
        client.use_token(token)
        for ask in (client.lease, client.waiting_requests, client.own_grants, client.checkpoints, client.quota):
            with pytest.raises(SessionOverError):
                ask()
        client.close()
        desk.end("signed_out")


@pytest.mark.attack("A6")
@pytest.mark.parametrize("column", ["account", "seat", "card_kem", "card_sign", "card_signature", "ends_ms"])
def test_that_a_changed_session_row_ends_the_session(stage: Stage, column: str) -> None:
    office = stage.office
    value: object = {"account": "hendra", "seat": "elsewhere", "ends_ms": office.clock.now_ms() + 10**9}.get(
        column, secrets.token_bytes(32)
    )
    with stage.forged() as db:
        office.serve()
        desk = office.desk("ratna")
        changed = f"UPDATE sessions SET {column} = %s WHERE id = %s"
        assert db.execute(changed, (value, bytes.fromhex(desk.session))).rowcount == 1
        with pytest.raises(SessionOverError):
            desk.beat()
        desk.end("signed_out")


@pytest.mark.attack("A6")
def test_that_a_forged_approval_releases_nothing(stage: Stage) -> None:
    """The row of a request, made to look approved: by a forged signature, and by a true one for another request."""
    office = stage.office
    with stage.forged() as db:
        office.serve()
        desk, approval = office.desk("ratna"), office.approval("hendra")
        record = record_of(desk, "C-")
        true = desk.ask(record, "bank_account", "refund", WHY)
        approval.waiting()
        approval.approve(true.id, 120)
        wanted = desk.ask(record, "bank_name", "refund", WHY)
        copied = "until_ms, until_boot_ms, decided_by, decided_ms, salt, views, views_left, sealed_half, signature"
        grant = f"({copied}) = (SELECT {copied} FROM unlocks WHERE id = %s)"
        ids = (bytes.fromhex(true.id), bytes.fromhex(wanted.id))
        assert db.execute(f"UPDATE unlocks SET state = 'approved', {grant} WHERE id = %s", ids).rowcount == 1
        found = db.execute(
            "SELECT blob FROM sealed_values WHERE record = %s AND field = 'bank_name'", (bytes.fromhex(record),)
        ).fetchone()
        assert found is not None
        for salt, signature in ((None, None), (salt_of(found[0]), None), (salt_of(found[0]), bytes(64))):
            words = "UPDATE unlocks SET salt = coalesce(%s, salt), signature = coalesce(%s, signature) WHERE id = %s"
            db.execute(words, (salt, signature, ids[1]))
            with pytest.raises((NotAllowedError, SealError)):  # the console looks at the signature first
                desk.open_unlocked(wanted.id)
            patched = _request(desk._identity, bytes.fromhex(record), "bank_name", "unlock", "", ids[1])
            with pytest.raises(NotAllowedError):
                desk._identity.client.reveal(patched)
        assert desk.open_unlocked(true.id).value.reveal(), "the control: the true one opens"
        approval.end()
        desk.end("signed_out")


@pytest.mark.attack("A6")
def test_that_policies_switched_off_show_no_sealed_value_and_no_other_queue(stage: Stage) -> None:
    """The forger owns the tables: the use cases ask for queues themselves, and values stay shut by their keys."""
    office = stage.office
    with stage.forged() as db:
        for table in ("customers", "sealed_values", "notes", "contacts"):
            db.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY")
        office.serve()
        desk = office.desk("ratna")
        assert {row.queue for row in desk.rows(desk.search("", None).ids)} == {"billing"}
        desk.end("signed_out")


# --- a stolen dump


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TeamMade, list[Canary]]]:
    """An office at work: values seen, notes and requests written, a password changed."""
    rows, canaries = planted(6)
    with team_office(tmp_path_factory.mktemp("worked")) as office:
        office.hire("ratna", "Ratna Dewanti", queues=("billing",))
        office.bring_in(rows)
        desk, approval = office.desk("ratna"), office.approval("hendra")
        record = record_of(desk, "C-")
        assert desk.reveal(record, "street_address", "confirm_delivery").value.reveal()
        asked = desk.ask(record, "bank_account", "refund", f"{WHY} {CANARY_WORDS}")
        approval.waiting()
        approval.approve(asked.id, 120)
        assert desk.open_unlocked(asked.id).value.reveal()
        desk.save_note(record, desk.new_note(), f"called back {CANARY_WORDS}")
        approval.end()
        desk.end("signed_out")
        yield office, canaries


CANARY_WORDS = f"words-{secrets.token_hex(16)}"


def test_that_a_dump_of_an_office_at_work_has_no_value_and_no_secret(worked: tuple[TeamMade, list[Canary]]) -> None:
    office, canaries = worked
    database, keys = office.database, office.back_office.opened.keys
    secrets_ = {
        "master": [office.master_key],
        "own keys": [keys.pepper, keys.index_key, keys.office_kem, keys.checkpoint_seed, keys.log_key],
        "passwords": [p.password.encode() for p in office.people.values()],
        "authenticators": [b32decode(p.authenticator.secret) for p in office.people.values()],
        "typed words": [CANARY_WORDS.encode()],
    }
    wanted = {name: [s for value in values for s in spellings(value)] for name, values in secrets_.items()}
    wanted["authenticators"] += [p.authenticator.secret.encode() for p in office.people.values()]
    wanted["sealed values"] = needles(canaries)
    dump = database.server.dump(database.name, role=BACKUP)
    binary = b"\n".join(bytes.fromhex(hex_.decode()) for hex_ in re.findall(rb"\\\\x([0-9a-f]{8,})", dump))
    assert len(binary) > 10_000, "bytes are looked at as bytes, too"
    log = database.server.log.read_bytes()
    for name, spelled in wanted.items():
        for place, haystack in (("dump", dump), ("bytes of the dump", binary), ("the server's log", log)):
            assert found_in(haystack, spelled) == [], f"{name} in {place}"
    known = office.people["ratna"].account.encode()
    assert found_in(dump, [known, b"C-"]) == [known, b"C-"], "the control: names and numbers are there"
