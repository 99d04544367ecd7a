"""Each control of the compliance report is broken here, and its row turns red; a row that nobody breaks is refused.

One office for all: what a breaker does to the database is taken back, and what it does to policy, book or inventory is
done to a look alone.
"""

import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from types import MappingProxyType, SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, select, text
from sqlalchemy.pool import NullPool

from app.auth import consent_receipt, password, throttle
from app.auth.book import Book
from app.backoffice import schema
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.analytics_schema import analytics_exports
from app.backoffice.compliance import on_keys
from app.backoffice.compliance.evidence import EVIDENCE, NEVER_MET, findings, seen
from app.backoffice.compliance.look import Look
from app.backoffice.compliance.on_log import ASSESSMENT_MADE, REVIEW_MADE
from app.backoffice.database import put_setting
from app.backoffice.erasure_tables import erasures
from app.backoffice.incident_tables import incidents
from app.backoffice.office import OpenOffice
from app.backoffice.posture_schema import seat_posture
from app.backoffice.privacy_schema import consents, notices
from app.backoffice.subject_tables import processing_holds, subject_requests
from app.backoffice.training import certificates
from app.domain.compliance.controls import CONTROLS
from app.domain.compliance.finding import DAY_MS, Found, counted, tallies
from app.domain.data_class import DataClass
from app.domain.field import RetentionStart
from app.domain.inventory import Inventory
from app.domain.inventory_reader import load_inventory
from app.domain.role import Role
from app.domain.training.lesson import LESSONS
from app.domain.training.rule import NOTHING_ASKED, TrainingRule
from app.resource_files import resource_text
from app.session.analytics import AnalyticsExports
from tests.office.door import opened
from tests.office.made import MadeOffice, made_office

SAID = (
    '[controller]\nname = "PT Uji"\ncontact = "privasi@uji.example"\nofficer = "R. Uji"\n'
    '[recipients]\ncourier = { id = "Kurir", en = "Courier", country = "ID" }\n'
)
TRAINING = TrainingRule({DataClass.CONTACT: tuple(LESSONS)[:2]}, 8, 75, 10, 365, accept_rules=True)
READABLE: list[Connection] = []
"""Databases that breakers made, closed with the look."""
BEHIND_A_GATEWAY = {"row_security"}
"""Met behind a gateway alone: `tests/contract/test_compliance.py` breaks them there."""
EXPORT = "k=4 l=2 t=30 quasi=birth_date:ten_years,city:as_is sensitive=balance_due:band"
CARD = {"customer_number": "C-1", "full_name": "Sari", "queue": "billing", "card_number": "4111111111111111"}


def whole_inventory() -> str:
    """The inventory that came with Tirai, with what an organisation has to say added."""
    text = resource_text("inventory", "customer.toml").replace("[purposes]\n", SAID + "\n[purposes]\n", 1)
    lines = text.splitlines()
    begin = lines.index("[purposes]") + 1
    for at, line in enumerate(lines[begin:], begin):
        if not line.strip():
            break
        if "recipients" not in line:
            lines[at] = line.rstrip(" }") + ", recipients = [] }"
    return "\n".join(lines)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office"), whole_inventory()) as office:
        office.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        office.bring_in([CARD])
        order_export(office)
        keep_controls(office)
        yield office


def order_export(office: MadeOffice) -> None:
    """An export that two people ordered; that it was made, and what it came to, is said in `keep_duties`."""
    for account in ("dewi", "hendra"):
        bare = office.bare(account, "command")
        inventory = load_inventory(whole_inventory())
        exports = AnalyticsExports(bare.identity, inventory, now=lambda: office.clock.now_ms() / 1000)
        if account == "dewi":
            exports.propose(EXPORT)
        else:
            exports.approve(exports.exports()[0])
        bare.end()


def keep_controls(office: MadeOffice) -> None:
    """What an office does in its life, as its log tells it."""
    made = opened(office)
    who = {"actor": "dewi", "session": "00", "seat": "seat"}
    with made.writing() as db:
        for event in ("audit.verify", REVIEW_MADE, ASSESSMENT_MADE, "backup.make"):
            made.log.append(db, event, **who)
        about = {"reason": "call", "record": "00", "field": "card_number", "detail": "purpose=service"}
        made.log.append(db, "reveal", **about, **who)
        made.log.checkpoint(db)
        now = made.clock.now_ms()
        db.execute(schema.seats.update().values(check_ms=now, check_failed="", last_seen_ms=now))
        keep_duties(made, db, now)


def keep_duties(made: OpenOffice, db: Connection, now: int) -> None:
    """A notice, a consent, trained people, a workstation that told of itself."""
    notice = {"id": b"n" * 16, "code": "2026-01", "text": "{}", "digest": b"d", "written_by": "dewi", "written_ms": now}
    db.execute(notices.insert().values(**notice, published_by="hendra", published_ms=now))
    receipt = {"receipt": "{}", "signature": consent_receipt.signed(made.id, made.keys.checkpoint_seed, "{}")}
    said = {"id": b"c" * 16, "record": b"r" * 16, "purpose": "offers", "given": True, "at_ms": now}
    how = {"notice": b"n" * 16, "channel": "voice", "account": "dewi"}
    db.execute(consents.insert().values(**said, **how, **receipt))
    db.execute(analytics_exports.update().values(state="done", k=4, l=2))
    for account in ("hendra", "dewi"):
        for lesson in TRAINING.lessons:
            certificates.issue(made, db, account, lesson, 12, 12)
    for seat in db.execute(select(schema.seats.c.id)).scalars().all():
        told = {"seat": seat, "part": "disk", "state": "ok", "raw": "", "at_ms": now, "heard_ms": now, "since_ms": now}
        db.execute(seat_posture.insert().values(**told))


class Undo(Exception):  # noqa: N818  (not an error: it ends a transaction)
    """Ends what a breaker did."""


@contextmanager
def looked(office: MadeOffice) -> Iterator[Look]:
    made = opened(office)
    with suppress(Undo), acting_for(OFFICE), made.database.writing() as db:
        look = Look.at(made, db)
        try:
            yield replace(look, book=signed_policy(look.book), policy=replace(look.policy, training=TRAINING))
        finally:
            while READABLE:
                READABLE.pop().close()
        raise Undo


def signed_policy(book: Book) -> Book:
    """The book as after two people put a version of the policy into force."""
    return standing_in(book, policy_version=1)


def standing_in(book: Book, **parts: object) -> Book:
    """A book that says something else in a part."""
    names = ("accounts", "granted", "rotation_due", "policy_version", "office_entry")
    return SimpleNamespace(**{name: getattr(book, name) for name in names} | parts)  # type: ignore[return-value]


Break = Callable[[Look], Look]


def sql(*statements: str) -> Break:
    def run(look: Look) -> Look:
        for statement in statements:
            look.db.execute(text(statement))
        return look

    return run


def policy(**parts: Any) -> Break:
    return lambda look: replace(look, policy=replace(look.policy, **parts))


def inventory(change: Callable[[Inventory], Inventory]) -> Break:
    return lambda look: replace(look, inventory=change(look.inventory))


def without_said(key: str) -> Break:
    """The inventory without a line of its controller."""
    kept = "\n".join(line for line in whole_inventory().splitlines() if not line.startswith(f"{key} = \"R. Uji\"")
                     and not line.startswith(f"{key} = \"privasi"))  # fmt: skip
    return inventory(lambda _old: load_inventory(kept))


def later(days: int) -> Break:
    return lambda look: replace(look, now_ms=look.now_ms + days * DAY_MS)


def rights(**parts: Any) -> Break:
    def run(look: Look) -> Look:
        roles = {role: replace(one, **parts) for role, one in look.policy.roles.items()}
        return replace(look, policy=replace(look.policy, roles=MappingProxyType(roles)))

    return run


def readable_file(look: Look) -> Look:
    """The same office in a file that needs no key."""
    engine = create_engine("sqlite://", poolclass=NullPool)
    db = engine.connect()
    schema.metadata.create_all(db)
    READABLE.append(db)
    return replace(look, db=db)


def shown_card(look: Look) -> Look:
    masks = json.loads(look.db.execute(select(schema.customers.c.masks)).scalars().first() or "{}")
    masks["card_number"] = ["4111 1111", "1111 1111", 16]
    look.db.execute(schema.customers.update().values(masks=json.dumps(masks)))
    return look


def open_card(look: Look) -> Look:
    look.db.execute(schema.customers.update().values(open_fields=json.dumps({"card_number": "4111111111111111"})))
    return look


def readable_value(look: Look) -> Look:
    look.db.execute(schema.sealed_values.update().values(blob=b"4111111111111111"))
    return look


def untold_customer(look: Look) -> Look:
    some, row = secrets.token_bytes(16), {"account": "dewi", "at_ms": 1, "kind": "new", "committed": True}
    look.db.execute(schema.imports.insert().values(id=some, **row))
    told = {"record": some, "session": some, "digest": some, "inventory": some, "notice": ""}
    look.db.execute(schema.collected.insert().values(id=some, **told))
    return look


def letting_cards_stay(look: Look) -> Look:
    first = replace(look.policy.keep_reasons[0], finds=frozenset({"card"}))
    return replace(look, policy=replace(look.policy, keep_reasons=(first,)))


def forged_grant(look: Look) -> Look:
    forged = {"account": "adi", "data_class": "identity", "version": 1, "sealed": b"x"}
    look.db.execute(schema.class_grants.insert().values(**forged))
    return look


def due(look: Look) -> Look:
    return replace(look, book=standing_in(look.book, rotation_due=(DataClass.CONTACT,)))


def nobody_left(look: Look) -> Look:
    left = tuple(one for one in look.book.accounts() if one.role != Role.PRIVACY_OFFICER)
    return replace(look, book=standing_in(look.book, accounts=lambda: left))


def old_sessions(look: Look) -> Look:
    look.db.execute(schema.sessions.update().values(ended_ms=None, ends_ms=1))
    return look


def late_request(look: Look) -> Look:
    row = {"id": b"q" * 16, "number": 1, "record": b"r" * 16, "queue": "billing", "kind": "access", "channel": "mail"}
    times = {"received_ms": look.now_ms - 5 * DAY_MS, "opened_ms": 1, "due_ms": look.now_ms - 1, "opened_by": "dewi"}
    look.db.execute(subject_requests.insert().values(**row, **times, purposes="", words=b"", state="open", revision=1))
    return look


def untold_breach(look: Look) -> Look:
    row = {"id": b"i" * 16, "number": 1, "is_drill": False, "suspicion": "lost", "words": b"", "reported_ms": 1}
    state = {"reported_by": "dewi", "reported_at": "seat", "state": "confirmed", "revision": 1}
    look.db.execute(incidents.insert().values(**row, **state, t0_ms=look.now_ms - 3 * DAY_MS - 1))
    return look


def erasure(state: str, decided_days: int) -> Break:
    def run(look: Look) -> Look:
        row = {"id": b"e" * 16, "number": 1, "action": "erase", "ground": "requested", "reference": "", "digest": b"d"}
        who = {"proposed_by": "dewi", "proposed_ms": 1, "until_ms": 1, "signature": b"s", "state": state}
        decided = look.now_ms - decided_days * DAY_MS
        look.db.execute(erasures.insert().values(**row, **who, decided_by="hendra", decided_ms=decided))
        return look

    return run


def held_purpose(look: Look) -> Look:
    """A restriction stood before a value was opened under it."""
    late_request(look)
    look.db.execute(subject_requests.update().values(kind="restriction"))
    held = {"record": b"\0", "purpose": "service", "request": b"q" * 16, "since_ms": 1}
    look.db.execute(processing_holds.insert().values(**held))
    return look


def past_its_time(look: Look) -> Look:
    """What came in half a century ago, under times that count from then."""
    look.db.execute(schema.imports.update().values(at_ms=0))
    kept = (
        replace(one, retention=replace(one.retention, start=RetentionStart.COLLECTED)) for one in look.inventory.fields
    )
    return replace(look, inventory=replace(look.inventory, fields=tuple(kept)))


def date_in_doubt(look: Look) -> Look:
    """The office's clock was set a year ahead since somebody looked at it."""
    clock = look.host.clock
    seen = [clock.now_ms() - 365 * DAY_MS, clock.boot_id(), int(clock.boot_s() * 1000)]
    put_setting(look.db, "retention_time", json.dumps(seen).encode())
    return look


def new_workstation(look: Look) -> Look:
    """Dewi signed in from another workstation, and nobody was told."""
    table = schema.sessions
    own = look.db.execute(select(table).where(table.c.account == "dewi")).mappings().first()
    assert own is not None
    marks = {name: secrets.token_bytes(16) for name in ("id", "token_hash", "end_token_hash", "seat_id")}
    look.db.execute(table.insert().values(dict(own) | marks | {"started_ms": own["started_ms"] + 1, "kind": "console"}))
    return look


def of_module(module: object, name: str, value: object) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(module, name, value)


EDITED = "UPDATE audit SET detail = 'x' WHERE number = 2"
BREAKERS: dict[str, tuple[Break, ...]] = {
    "access_review": (sql(f"DELETE FROM audit WHERE event = '{REVIEW_MADE}'"), later(93)),
    "assessment": (sql(f"DELETE FROM audit WHERE event = '{ASSESSMENT_MADE}'"), later(366)),
    "backup": (sql("UPDATE audit SET outcome = 'failed' WHERE event = 'backup.make'"), later(32)),
    "card_codes": (letting_cards_stay,),
    "card_masks": (shown_card,),
    "class_grants": (forged_grant,),
    "consent_receipts": (sql("UPDATE consents SET receipt = '{ }'"), sql("UPDATE consents SET signature = x'00'")),
    "contact": (without_said("contact"),),
    "countries": (
        inventory(lambda old: replace(old, purposes=tuple(replace(one, recipients=None) for one in old.purposes))),
        inventory(lambda old: replace(old, recipients=tuple(replace(one, country="") for one in old.recipients))),
    ),
    "entries_complete": (
        sql("UPDATE audit SET actor = '' WHERE event = 'reveal'"),
        sql("UPDATE audit SET outcome = '' WHERE number = 1"),
    ),
    "erasures_done": (erasure("running", 36), erasure("done", 1)),
    "exports_ordered": (
        sql("UPDATE analytics_exports SET approval = x'00'"), sql("UPDATE analytics_exports SET signature = x'00'"),
        sql("UPDATE analytics_exports SET settings = replace(settings, 'k=4', 'k=3')"),
        sql("UPDATE analytics_exports SET decided_by = proposed_by"), sql("UPDATE analytics_exports SET k = 2"),
        sql("UPDATE analytics_exports SET l = 1"),
        sql("UPDATE analytics_exports SET t_millionths = 300001"), sql("UPDATE analytics_exports SET found = 1"),
    ),
    "grounds": (inventory(lambda old: replace(old, fields=tuple(replace(one, purposes=()) for one in old.fields))),),
    "idle": (policy(idle_lock_s=901), policy(idle_end_s=901), policy(idle_lock_s=0)),
    "incidents_told": (untold_breach,),
    "log_kept": (sql("DELETE FROM audit WHERE number = 1"), sql("DELETE FROM audit WHERE number = 3")),
    "log_verified": (sql("DELETE FROM audit WHERE event = 'audit.verify'"), later(2)),
    "log_whole": (
        sql(EDITED), sql("DELETE FROM audit WHERE number = 2"), sql("DELETE FROM checkpoints"),
        sql("DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)"),
    ),
    "masked": (open_card,),
    "master_apart": (readable_file,),
    "notice_published": (
        sql("UPDATE notices SET published_by = written_by"), sql("UPDATE notices SET published_ms = NULL"),
    ),
    "notice_told": (untold_customer, inventory(lambda old: replace(old, notice=""))),
    "officer": (without_said("officer"), nobody_left),
    "own_policy": (lambda look: replace(look, book=standing_in(look.book, policy_version=0)),),
    "posture": (
        sql("UPDATE seat_posture SET state = 'unknown'"), sql("UPDATE seat_posture SET state = 'missing'"),
        sql("DELETE FROM seat_posture"),
    ),
    "purposes_gated": (sql("UPDATE audit SET detail = '' WHERE event = 'reveal'"), held_purpose),
    "reasons": (sql("UPDATE audit SET reason = '' WHERE event = 'reveal'"), policy(reveal_reasons=())),
    "record": (without_said("officer"), without_said("contact")),
    "requests_in_time": (late_request,),
    "retention_kept": (past_its_time, date_in_doubt),
    "retention_stated": (inventory(lambda old: replace(old, fields=tuple(
        replace(one, retention=replace(one.retention, months=0)) for one in old.fields))),),
    "rotation": (due,),
    "rules_accepted": (sql("DELETE FROM rules_accepted WHERE account = 'dewi'"),),
    "second_factor": (sql("UPDATE accounts SET totp = x'' WHERE name = 'dewi'"),),
    "sessions_end": (policy(session_s=43_201), old_sessions),
    "sign_ins_judged": (new_workstation,),
    "step_up": (rights(steps_up_for=frozenset()),),
    "stored_encrypted": (readable_file,),
    "trained": (
        sql("DELETE FROM training_certificates WHERE account = 'dewi'"), later(366),
        sql("UPDATE training_certificates SET signature = x'00'"), policy(training=NOTHING_ASKED),
    ),
    "unused_accounts": (later(91), sql("DELETE FROM audit WHERE actor = 'dewi'")),
    "values_sealed": (readable_value, sql("UPDATE sealed_values SET data_class = 'open'")),
    "who_saw": (rights(makes_who_saw_pdf=False),),
    "workstations": (sql("UPDATE seats SET check_failed = 'keyring'"), sql("UPDATE seats SET check_ms = NULL")),
}  # fmt: skip
PATCHES: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], ...]] = {
    "password_length": (of_module(password, "SHORTEST", 14),),
    "throttle": (
        of_module(throttle, "FREE_TRIES", 11), of_module(throttle, "LONGEST_WAIT_S", 1799),
        of_module(throttle, "WRONG_CODES_A_DAY", 11),
    ),
}  # fmt: skip
"""Limits that no policy moves are broken in the module that has them."""


def test_that_each_row_has_evidence_and_a_breaker() -> None:
    asked = {control.evidence for control in CONTROLS}
    assert asked == set(EVIDENCE)
    broken = {*BREAKERS, *PATCHES}
    assert asked - broken == NEVER_MET | BEHIND_A_GATEWAY, "a row that nobody breaks may be green whatever happens"
    assert broken <= asked
    assert len({control.name for control in CONTROLS}) == len(CONTROLS)
    for control in CONTROLS:
        assert control.en != control.id, control.name
        assert all(said.endswith(".") for said in (control.en, control.id)), control.name


def test_that_the_office_meets_each_control_that_is_broken_here(office: MadeOffice) -> None:
    with looked(office) as look:
        rows = findings(look)
    red = {one.control.evidence: one.found.en for one in rows if not one.found.is_met}
    assert set(red) == NEVER_MET | BEHIND_A_GATEWAY, red
    assert sum(one.met + one.not_met for one in tallies(rows)) == len(CONTROLS)
    assert all(one.found.en != one.found.id and one.at_ms for one in rows)


@pytest.mark.parametrize(
    ("evidence", "number"), [(name, n) for name, breaks in BREAKERS.items() for n in range(len(breaks))]
)
def test_that_a_broken_control_turns_red(office: MadeOffice, evidence: str, number: int) -> None:
    with looked(office) as look:
        assert seen(look, evidence).is_met, seen(look, evidence).en
        broken = BREAKERS[evidence][number](replace(look))
        found = seen(broken, evidence)
        assert not found.is_met, found.en
        assert "could not be looked at" not in found.en
        how = {"access_review", "assessment", "backup", "log_verified"}
        assert all("tirai " in text for text in (found.en, found.id)) or evidence not in how, "it says how it is done"


def test_that_one_is_no_plural() -> None:
    assert [counted(n, "account is", "accounts are") for n in (0, 1, 2)] == [
        "0 accounts are", "1 account is", "2 accounts are",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("evidence", "number"), [(name, n) for name, breaks in PATCHES.items() for n in range(len(breaks))]
)
def test_that_a_limit_taken_away_turns_its_row_red(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch, evidence: str, number: int
) -> None:
    with looked(office) as look:
        assert seen(look, evidence).is_met
        PATCHES[evidence][number](monkeypatch)
        assert not seen(look, evidence).is_met


def test_that_evidence_which_fails_is_red_and_spoils_no_other(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(look: Look) -> Found:
        look.db.execute(text("SELECT * FROM nowhere"))
        raise AssertionError("the database refused")

    monkeypatch.setitem(EVIDENCE, "masked", fails)
    with looked(office) as look:
        assert not seen(look, "masked").is_met
        assert seen(look, "card_masks").is_met
        assert "could not be looked at" in seen(look, "masked").en


def test_that_a_file_without_a_key_is_told_apart_by_the_cipher(office: MadeOffice) -> None:
    with looked(office) as look:
        assert on_keys._cipher_of(look)
        assert not on_keys._cipher_of(readable_file(look))
