"""T9: somebody who rewrites history. The verifier names the first wrong entry, back to what workstations remember.

Here (A7, A28, A29): everything of a story stands in the log and nothing of a customer does; a rewritten, thinned,
reordered, cut, older or newly chained log is found out: once each in the office's own file, and at a hundred random
places each in a copy of its entries. Enforced by *key* (chain and checkpoints under a key of the office) and, for the
tail, by what workstations remember (the witness). A forger with the office's file has the checkpoint key too: against
them only the witness counts, and what was cut after its last word is not found (at most a minute; the threat model's
limits). Sign-in compares the whole log with the witness, so a forgery below the witness is usually refused before
anybody can verify.

Further parts: `test_cut_log.py` (who gets in to a cut log), `test_t5_database_writer.py` (a shorter or another book),
`tests/unit/auth/test_audit_chain.py` (the verifier itself), `tests/unit/session/test_witness.py`.
"""

import contextlib
import random
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass, replace
from typing import Any

import pytest

from app.api.client.errors import SignInAnswerError
from app.auth.audit_chain import AuditEntry, Checkpoint, Verdict, Witness, first_hash, verify_chain
from app.crypto import signing
from app.domain.errors import NotAllowedError, VerificationError
from app.session.errors import RolledBackError, SignInRefusedError
from app.session.witness import recall
from app.storage import sqlcipher
from tests.demo.customers import demo_customers
from tests.office.made import MadeOffice, made_office
from tests.security.canaries import Canary, needles, new_canary, office_file, planted, record_of

pytestmark = pytest.mark.slow  # 25 s of processor time in all

WORDS = "the caller says the card was charged twice"


@pytest.fixture(scope="module")
def canaries() -> list[Canary]:
    return []


@pytest.fixture(scope="module")
def notes() -> list[str]:
    return [new_canary("note"), new_canary("request"), new_canary("refusal")]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, canaries: list[Canary], notes: list[str]) -> Iterator[MadeOffice]:
    """An office in which the whole story has happened."""
    with made_office(tmp_path_factory.mktemp("audit")) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("billing",))
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        rows, planted_ones = planted(6)
        canaries += planted_ones
        made.bring_in(rows)
        tell_story(made, notes)
        yield made


def tell_story(office: MadeOffice, notes: list[str]) -> None:
    note, words, why = notes
    bad_sign_ins(office)
    desk, approval = office.desk("ratna"), office.approval("hendra")
    record = record_of(desk, "C-")
    desk.reveal(record, "street_address", "other", f"{words} {WORDS}")
    supervisor = office.desk("hendra")
    with pytest.raises(NotAllowedError):
        supervisor.reveal(record, "health_note", "subject_request")
    supervisor.end("signed_out")
    for field, decide in (("bank_account", "approve"), ("bank_name", "deny")):
        asked = desk.ask(record, field, "refund", words)
        approval.waiting()
        if decide == "approve":
            approval.approve(asked.id, 120)
            desk.open_unlocked(asked.id)
        else:
            approval.deny(asked.id, why)
    desk.withdraw(desk.ask(record, "bank_account", "refund", words).id)
    desk.save_note(record, desk.new_note(), note)
    desk.notes(record)
    desk.beat()
    with pytest.raises(SignInAnswerError):
        desk._identity.client.step_up("12")
    desk._identity.client.step_up(office.code("ratna"))
    approval.end()
    desk.end("signed_out")
    session = office.command("hendra")
    assert session.verify_audit().ok
    session.end()
    refused = demo_customers(1, 3)[0] | {"nik": "not a number"}
    assert office.bring_in([refused]).bad


def bad_sign_ins(office: MadeOffice) -> None:
    """A wrong password, a wrong code, a used code, a stranger."""
    door, password = office.sign_in(), office.people["ratna"].password
    code = office.code("ratna")
    door.sign_in_for_command("ratna", password, code).end()
    for account, typed, digits in (
        ("ratna", "a wrong password", code),
        ("ratna", password, code),
        ("ratna", password, "12"),
        ("nobody.here", password, code),
    ):
        with pytest.raises(SignInRefusedError):
            office.sign_in().sign_in_for_command(account, typed, digits)


def entries(office: MadeOffice) -> list[AuditEntry]:
    opened = office.back_office.opened
    with opened.database.reading() as db:
        return opened.log.page(db, 0, 100_000)


# --- what stands in it


def test_that_every_event_of_the_story_stands_in_the_log(office: MadeOffice) -> None:
    log = entries(office)
    told = {(e.event, e.outcome) for e in log}
    assert told >= {
        ("office.set_up", "ok"), ("account.invite", "ok"), ("account.enrol", "ok"), ("class.grant", "ok"),
        ("import", "ok"), ("import", "refused"), ("sign_in", "ok"), ("sign_in", "failed"), ("reveal", "ok"),
        ("reveal", "refused"), ("unlock.ask", "ok"), ("unlock.approve", "ok"), ("unlock.refuse", "ok"),
        ("unlock.withdraw", "ok"), ("note.write", "ok"), ("notes.read", "ok"), ("step_up", "ok"),
        ("step_up", "failed"), ("session.end", "ok"), ("wipe", "ok"), ("audit.verify", "ok"),
    }  # fmt: skip
    reasons = {(e.actor, e.reason) for e in log if e.event == "sign_in" and e.outcome == "failed"}
    known = {("ratna", "wrong"), ("ratna", "wrong_code"), ("ratna", "used_code")}
    assert reasons == known | {("", "wrong")}, "a stranger's name is not kept"
    unlocked = next(e for e in log if e.event == "reveal" and e.acting_with)
    assert (unlocked.actor, unlocked.acting_with, unlocked.field) == ("ratna", "hendra", "bank_account")
    wipe = next(e for e in log if e.event == "wipe")
    assert wipe.detail == "keyring=removed cache=removed"


def test_that_the_entry_of_a_reveal_is_durable_before_its_share_leaves(office: MadeOffice) -> None:
    """The answer names its entry, and another connection to the file already reads it."""
    desk = office.desk("ratna")
    record = record_of(desk, "C-")
    with office_file(office) as db:
        before = db.execute("SELECT count(*) FROM audit WHERE event = 'reveal' AND outcome = 'ok'").fetchone()[0]
        seen = []
        reveal = desk._identity.client.reveal

        def listening(request: object) -> object:
            answer = reveal(request)  # type: ignore[arg-type]
            found = db.execute("SELECT event, outcome FROM audit WHERE number = ?", (answer.entry,)).fetchone()
            seen.append(found)
            return answer

        desk._identity.client.reveal = listening  # type: ignore[method-assign,assignment]
        desk.reveal(record, "street_address", "confirm_delivery")
        assert seen == [("reveal", "ok")]
        after = db.execute("SELECT count(*) FROM audit WHERE event = 'reveal' AND outcome = 'ok'").fetchone()[0]
        assert after == before + 1
    desk.end("signed_out")


@pytest.mark.attack("A29")
def test_that_no_entry_means_no_share(office: MadeOffice) -> None:
    """A29: while the log cannot be written, nothing is revealed and nobody signs in."""
    desk = office.desk("ratna")
    record = record_of(desk, "C-")
    with office_file(office) as db:
        db.execute("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN INSERT INTO nowhere VALUES (1); END")
        try:
            with pytest.raises(Exception, match="cannot write its log") as refusal:
                desk.reveal(record, "street_address", "confirm_delivery")
            assert refusal.value.code == "audit"  # type: ignore[attr-defined]
            with pytest.raises(Exception, match="cannot write its log"):
                office.command("hendra")
            assert desk.search("", None).ids, "open masked work goes on"
        finally:
            db.execute("DROP TRIGGER full")
    desk.end("signed_out")


def test_that_no_audit_row_holds_a_canary_name_phone_free_text_or_password(
    office: MadeOffice, canaries: list[Canary], notes: list[str]
) -> None:
    with office_file(office) as db:
        cells = [c for row in db.execute("SELECT * FROM audit") for c in row]
        customers = db.execute("SELECT number, open_fields FROM customers").fetchall()
    content = b"\x1f".join(c if isinstance(c, bytes) else str(c).encode() for c in cells)
    wanted = needles(canaries) + [text.encode() for text in (*notes, WORDS)]
    wanted += [text.encode() for customer in demo_customers(6, 7) for text in customer.values() if len(text) > 8]
    wanted += [number.encode() for number, _open in customers]
    wanted += [part for p in office.people.values() for part in (p.password.encode(), p.name.encode())]
    wanted += [b"a wrong password", b"nobody.here", b"Sari"]
    assert [w for w in wanted if w in content] == []


def test_that_each_cell_of_the_log_is_a_word_an_id_or_a_count(office: MadeOffice) -> None:
    """No column has room for free text: this is the shape of everything that the story wrote."""
    word, hex_id = re.compile(r"[a-z_.]{0,32}"), re.compile(r"([0-9a-f]{32})?")
    detail = re.compile(r"([a-z_]+=[0-9a-z_+]{1,64}( |$))*")
    for entry in entries(office):
        for text in (entry.event, entry.outcome, entry.field, entry.data_class, entry.reason):
            assert word.fullmatch(text), entry
        for text in (entry.session, entry.record, entry.reference):
            assert hex_id.fullmatch(text), entry
        assert entry.actor in {"", *office.people}
        assert entry.acting_with in {"", *office.people}
        assert entry.seat == office.back_office.seat
        assert detail.fullmatch(entry.detail), entry


# --- rewriting it

HEAD = "(SELECT max(number) FROM audit)"


@contextlib.contextmanager
def rewritten(office: MadeOffice) -> Iterator[sqlcipher.Connection]:
    """The running office's log, open for rewriting; the true file stands again afterwards."""
    key = office.back_office.file_key
    office.stop()
    remembered = dict(office.lasting_shelf.entries)
    true = office.places.home.parent / f"true-{secrets.token_hex(4)}"
    shutil.copytree(office.places.home, true)
    office.serve()
    try:
        with office_file(office, key) as db:
            yield db
    finally:
        office.stop()
        shutil.rmtree(office.places.home)
        shutil.copytree(true, office.places.home)
        shutil.rmtree(true)
        office.lasting_shelf.entries.update(remembered)
        office.serve()
        office.command("hendra").end()


def length(db: sqlcipher.Connection) -> int:
    return int(db.execute(f"SELECT {HEAD}").fetchone()[0])


def verified(office: MadeOffice, rewrite: Callable[[], None]) -> Verdict:
    """The verdict of a supervisor who is signed in while the log is rewritten under the running office."""
    session = office.command("hendra")
    rewrite()
    verdict = session.verify_audit()
    session.end()
    return verdict


EDITED = ("event", "outcome", "actor", "acting_with", "session", "seat", "record", "field", "data_class", "reason",
          "reference", "detail")  # fmt: skip


@pytest.mark.attack("A28")
@pytest.mark.parametrize("column", [*EDITED, "at_ms", "hash"])
def test_that_an_edited_entry_is_named(office: MadeOffice, column: str) -> None:
    with rewritten(office) as db:
        at = secrets.randbelow(length(db) - 2) + 1
        value = {"at_ms": "at_ms + 1", "hash": "zeroblob(32)"}.get(column, f"{column} || 'x'")
        verdict = verified(office, lambda: run(db, f"UPDATE audit SET {column} = {value} WHERE number = {at}"))
        assert (verdict.first_bad, verdict.why) == (at, "edited")


def run(db: sqlcipher.Connection, *statements: str) -> None:
    assert sum(db.execute(s).rowcount for s in statements) >= 1


@pytest.mark.attack("A28")
@pytest.mark.parametrize("count", [1, 5])
def test_that_a_deleted_entry_is_named(office: MadeOffice, count: int) -> None:
    with rewritten(office) as db:
        at = secrets.randbelow(length(db) - count - 2) + 1
        delete = f"DELETE FROM audit WHERE number >= {at} AND number < {at + count}"
        verdict = verified(office, lambda: run(db, delete))
        assert (verdict.first_bad, verdict.why) == (at, "missing")


def test_that_a_deleted_entry_whose_gap_was_closed_is_named(office: MadeOffice) -> None:
    with rewritten(office) as db:
        at = secrets.randbelow(length(db) - 10) + 1
        verdict = verified(
            office,
            lambda: run(
                db,
                f"DELETE FROM audit WHERE number = {at}",
                f"UPDATE audit SET number = -number WHERE number > {at}",
                "UPDATE audit SET number = -number - 1 WHERE number < 0",
            ),
        )
        assert (verdict.first_bad, verdict.why) == (at, "edited")


@pytest.mark.attack("A28")
def test_that_reordered_entries_are_named(office: MadeOffice) -> None:
    with rewritten(office) as db:
        at = secrets.randbelow(length(db) - 10) + 1
        verdict = verified(
            office,
            lambda: run(
                db,
                f"UPDATE audit SET number = -1 WHERE number = {at}",
                f"UPDATE audit SET number = {at} WHERE number = {at + 3}",
                f"UPDATE audit SET number = {at + 3} WHERE number = -1",
            ),
        )
        assert (verdict.first_bad, verdict.why) == (at, "edited")


def test_that_an_inserted_entry_is_named(office: MadeOffice) -> None:
    with rewritten(office) as db:
        at = secrets.randbelow(length(db) - 10) + 2
        columns = f"at_ms, {', '.join(EDITED)}, hash"
        verdict = verified(
            office,
            lambda: run(
                db,
                f"UPDATE audit SET number = -number WHERE number >= {at}",
                "UPDATE audit SET number = -number + 1 WHERE number < 0",
                f"INSERT INTO audit (number, {columns}) SELECT {at}, {columns} FROM audit WHERE number = 1",
            ),
        )
        assert (verdict.first_bad, verdict.why) == (at, "edited")


@pytest.mark.attack("A28")
@pytest.mark.parametrize("count", [1, 7])
@pytest.mark.parametrize("checkpoints_too", [False, True])
def test_that_a_cut_tail_is_named_under_a_running_office(office: MadeOffice, count: int, checkpoints_too: bool) -> None:
    """Cut below the supervisor's own sign-in, which the witness holds: with or without the checkpoints beside it."""
    with rewritten(office) as db:
        cut = []

        def rewrite() -> None:
            cut.append(length(db) - count + 1)
            run(db, f"DELETE FROM audit WHERE number >= {cut[0]}")
            if checkpoints_too:
                run(db, f"DELETE FROM checkpoints WHERE number >= {cut[0]}")

        verdict = verified(office, rewrite)
        assert (verdict.first_bad, verdict.why) == (cut[0], "tail_cut")


@pytest.mark.parametrize("count", [1, 2, 20])
def test_that_nobody_signs_in_to_an_office_whose_tail_was_cut(office: MadeOffice, count: int) -> None:
    """Also with the checkpoints cut: the workstation remembers a longer log, or another one of that length."""
    with rewritten(office) as db:
        office.command("hendra").end()
        office.desk("ratna").end("signed_out")
        run(db, f"DELETE FROM audit WHERE number > {HEAD} - {count}")
        run(db, f"DELETE FROM checkpoints WHERE number > {HEAD}")
        for who in ("hendra", "ratna"):
            with pytest.raises(VerificationError) as refusal:
                office.command(who)
            assert isinstance(refusal.value, RolledBackError) or refusal.value.code == "rolled_back"


@pytest.mark.attack("A7", "A28")
def test_that_an_older_file_put_back_is_refused(office: MadeOffice) -> None:
    """A7: the whole home of an hour ago, consistent in itself, with its own checkpoints and front door."""
    with rewritten(office):
        pass  # a fresh start, so that the copy below is of a closed file
    office.stop()
    older = office.places.home.parent / "older"
    shutil.copytree(office.places.home, older)
    office.serve()
    office.desk("ratna").end("signed_out")
    newer = office.places.home.parent / "newer"
    office.stop()
    shutil.copytree(office.places.home, newer)
    for file in ("office.db", "office.db-wal", "office.db-shm", "front-door"):
        (office.places.home / file).unlink(missing_ok=True)
    shutil.copytree(older, office.places.home, dirs_exist_ok=True)
    office.serve()
    with pytest.raises(VerificationError) as refusal:
        office.command("hendra")
    assert isinstance(refusal.value, RolledBackError) or refusal.value.code == "rolled_back"
    office.stop()
    shutil.rmtree(office.places.home)
    shutil.copytree(newer, office.places.home)
    office.serve()
    office.command("hendra").end()


@pytest.mark.attack("A28")
def test_that_a_whole_log_made_anew_with_the_offices_own_keys_contradicts_the_witness(office: MadeOffice) -> None:
    """The strongest forger has the checkpoint key, leaves one entry out and chains a log of the same length."""
    with rewritten(office) as db:
        keys, office_id = office_keys(office), office.made.plate.office
        log = entries(office)
        gone = secrets.randbelow(len(log) - 5) + 2
        rechain(db, office_id, keys, [e for e in log if e.number != gone] + [log[-1]])
        with pytest.raises(RolledBackError):
            office.command("hendra")


def office_keys(office: MadeOffice) -> bytes:
    office.command("hendra").end()
    return office.back_office.opened.keys.checkpoint_seed


def rechain(db: sqlcipher.Connection, office_id: bytes, seed: bytes, log: list[AuditEntry]) -> None:
    """Write this log in place of the true one, rightly chained and signed."""
    db.execute("DELETE FROM audit")
    db.execute("DELETE FROM checkpoints")
    head = first_hash(office_id)
    for number, entry in enumerate(log, 1):
        chained = replace(entry, number=number).chained(office_id, head)
        head = chained.hash
        db.execute(f"INSERT INTO audit VALUES ({', '.join('?' * 15)})", astuple(chained))
    signature = signing.sign(seed, Checkpoint.body(office_id, len(log), head))
    db.execute("INSERT INTO checkpoints VALUES (?, ?, ?)", (len(log), head, signature))


def test_that_a_false_checkpoint_is_named(office: MadeOffice) -> None:
    with rewritten(office) as db:
        at = db.execute("SELECT min(number) FROM checkpoints").fetchone()[0]
        verdict = verified(office, lambda: run(db, f"UPDATE checkpoints SET hash = zeroblob(32) WHERE number = {at}"))
        assert (verdict.first_bad, verdict.why) == (at, "checkpoint")


# --- a hundred random places for each way

PLACES = 100


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """The same places each time, others for each way."""
    return random.Random(request.node.name)


@dataclass(frozen=True)
class Log:
    """The true log, as a verifying command reads it.

    Attributes:
        office: O.
        entries, marks: what the office shows.
        public, seed: of the checkpoint key; the seed is what a thief of the office's file has.
        seen: what the workstation remembers.
    """

    office: bytes
    entries: list[AuditEntry]
    marks: list[Checkpoint]
    public: bytes
    seed: bytes
    seen: Witness

    def judged(self, entries: list[AuditEntry], marks: list[Checkpoint] | None = None) -> tuple[int | None, str]:
        """The first wrong number, and why."""
        marks = self.marks if marks is None else marks
        verdict = verify_chain(self.office, entries, marks, self.public, self.seen)
        return verdict.first_bad, verdict.why

    def up_to(self, number: int) -> list[Checkpoint]:
        """The checkpoints that an older file has."""
        return [mark for mark in self.marks if mark.number <= number]


@pytest.fixture(scope="module")
def log(office: MadeOffice) -> Log:
    desk = office.desk("ratna")
    record = record_of(desk, "C-")
    for _ in range(60):
        desk.save_note(record, desk.new_note(), "noted")
    desk.end("signed_out")
    session = office.command("hendra")
    entries = list(session._entries(lambda _count: None))[:-1]  # without the entry of this very reading
    marks = [Checkpoint(c.number, c.hash, c.signature) for c in session._identity.client.checkpoints().checkpoints]
    remembered = recall(office.store, office.made.plate.office)
    assert remembered is not None
    assert remembered.audit is not None
    public, seed = session._identity.book.office_entry.sign, office.back_office.opened.keys.checkpoint_seed
    session.end()
    log = Log(office.made.plate.office, entries, marks, public, seed, remembered.audit)
    assert len(entries) > PLACES
    assert log.seen.length == len(entries), "the workstation has seen its own sign-in"
    assert log.judged(entries) == (None, ""), "the control"
    return log


def places(log: Log, chance: random.Random, spare: int = 1) -> list[int]:
    """Random numbers of entries, not among the last `spare`."""
    return [chance.randrange(len(log.entries) - spare) + 1 for _ in range(PLACES)]


def renumbered(entries: list[AuditEntry]) -> list[AuditEntry]:
    return [replace(entry, number=number) for number, entry in enumerate(entries, 1)]


@pytest.mark.attack("A28")
def test_that_an_edit_anywhere_is_named(log: Log, chance: random.Random) -> None:
    for at in places(log, chance, 0):
        column = chance.choice([*EDITED, "at_ms"])
        old = getattr(log.entries[at - 1], column)
        changed: dict[str, Any] = {column: old + 1 if column == "at_ms" else f"{old}x"}
        new = replace(log.entries[at - 1], **changed)
        assert log.judged([*log.entries[: at - 1], new, *log.entries[at:]]) == (at, "edited")


@pytest.mark.attack("A28")
def test_that_an_entry_missing_anywhere_is_named_also_with_its_gap_closed(log: Log, chance: random.Random) -> None:
    for at in places(log, chance):
        left = [*log.entries[: at - 1], *log.entries[at:]]
        assert log.judged(left) == (at, "missing")
        assert log.judged(renumbered(left)) == (at, "edited")


@pytest.mark.attack("A28")
def test_that_entries_out_of_order_anywhere_are_named(log: Log, chance: random.Random) -> None:
    for at in places(log, chance, 2):
        other = at + 1 + chance.randrange(len(log.entries) - at)
        moved = list(log.entries)
        moved[at - 1], moved[other - 1] = moved[other - 1], moved[at - 1]
        assert log.judged(moved) == (at, "missing")
        assert log.judged(renumbered(moved)) == (at, "edited")


@pytest.mark.attack("A28")
def test_that_an_entry_put_in_anywhere_is_named(log: Log, chance: random.Random) -> None:
    for at in places(log, chance):
        copied = chance.choice(log.entries)
        more = [*log.entries[: at - 1], replace(copied, reason="forged"), *log.entries[at - 1 :]]
        assert log.judged(renumbered(more)) == (at, "edited")


@pytest.mark.attack("A28")
def test_that_a_tail_cut_anywhere_is_named_one_entry_too(log: Log, chance: random.Random) -> None:
    """With the checkpoints left, and with them cut alike, as an older file has it: then the witness alone tells."""
    for kept in [len(log.entries) - 1, *(at - 1 for at in places(log, chance))]:
        assert log.judged(log.entries[:kept]) == (kept + 1, "tail_cut")
        assert log.judged(log.entries[:kept], log.up_to(kept)) == (kept + 1, "tail_cut")


@pytest.mark.attack("A28")
def test_that_a_log_chained_anew_with_the_stolen_key_contradicts_the_witness(log: Log, chance: random.Random) -> None:
    for at in places(log, chance):
        head, forged = first_hash(log.office), []
        for entry in renumbered([*log.entries[: at - 1], *log.entries[at:], log.entries[-1]]):
            forged.append(entry.chained(log.office, head))
            head = forged[-1].hash
        signature = signing.sign(log.seed, Checkpoint.body(log.office, len(forged), head))
        mark = Checkpoint(len(forged), head, signature)
        assert log.judged(forged, [mark]) == (log.seen.length, "witness")


@pytest.mark.attack("A28")
def test_that_a_file_put_back_whole_anywhere_is_named_at_its_first_missing_entry(
    log: Log, chance: random.Random
) -> None:
    """An older file of the office, its checkpoints and all: as it is, and after others have gone on with it."""
    for at in places(log, chance, 4):
        older = log.entries[:at]
        assert log.judged(older, log.up_to(at)) == (at + 1, "tail_cut")
        gone_on = written_on(log, older, chance.randrange(1, len(log.entries) - at), "others")
        assert log.judged(gone_on, log.up_to(at)) == (len(gone_on) + 1, "tail_cut")
        longer = written_on(log, older, len(log.entries) - at + 5, "others")
        assert log.judged(longer, log.up_to(at)) == (log.seen.length, "witness")
        mine = written_on(log, older, 1, "mine")
        verdict = verify_chain(log.office, mine, log.up_to(at), log.public, log.seen, reader="mine")
        assert (verdict.first_bad, verdict.why) == (at + 1, "tail_cut"), (
            "whoever comes to verify is told where it ended"
        )


def written_on(log: Log, entries: list[AuditEntry], count: int, session: str) -> list[AuditEntry]:
    """Entries, and what an office would write behind them."""
    more = list(entries)
    for _ in range(count):
        entry = AuditEntry(len(more) + 1, more[-1].at_ms + 1, "sign_in", "ok", session=session)
        more.append(entry.chained(log.office, more[-1].hash))
    return more


@pytest.mark.attack("A28")
def test_that_a_checkpoint_moved_changed_or_forged_anywhere_is_named(log: Log, chance: random.Random) -> None:
    """A hundred checkpoints that the office never signed, rightly made but for the key."""
    for at in places(log, chance, 0):
        own = next((m for m in log.marks if m.number == at), None)
        others = [m for m in log.marks if m.number != at]
        entry = log.entries[at - 1]
        forged = signing.sign(signing.new_seed(), Checkpoint.body(log.office, at, entry.hash))
        assert log.judged(log.entries, [*others, Checkpoint(at, entry.hash, forged)]) == (at, "checkpoint")
        moved = chance.choice([m for m in log.marks if m.number != at])
        assert log.judged(log.entries, [*others, replace(moved, number=at)]) == (at, "checkpoint")
        signature = signing.sign(log.seed, Checkpoint.body(log.office, at, bytes(32)))
        assert log.judged(log.entries, [*others, Checkpoint(at, bytes(32), signature)]) == (at, "checkpoint")
        assert own is None or log.judged(log.entries, [*others, own]) == (None, "")
