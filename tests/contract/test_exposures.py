"""The exposure ledger through console and office: what was shown is counted once, seen by who may, and flagged."""

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select, text

from app.auth.audit_chain import AuditEntry
from app.backoffice import schema
from app.backoffice.exposure_scope import look
from app.backoffice.sessions import session_by_id
from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.exposures.row import row_of
from app.domain.exposures.rules import flags
from app.domain.exposures.words import ClosedBy, ExposureKind, Rule
from app.session.desk import Desk
from app.session.exposures import Exposures
from app.session.shown import RequestState
from app.session.shown_exposures import Chosen, Flag, FlagState, Overview, Range, Scope
from benchmarks.exposure_month import CALLER_REASONS, made_month
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.made import MadeOffice

CUSTOMERS = [customer | {"queue": ("billing", "delivery")[n % 2]} for n, customer in enumerate(demo_customers(30, 7))]
HOUR_MS, DAY_MS = 3600 * 1000, 24 * 3600 * 1000
MONTH = Scope(Range.MONTH)
SignIn = Callable[[str], Desk]


def next_wednesday(office: MadeOffice) -> int:
    """15:00 on a working day, so that what a test opens is in the hours of work."""
    now = office.policy.office_hours.local(office.clock.now_ms())
    day = now + timedelta(days=(2 - now.weekday()) % 7 + 7)
    return round(datetime(day.year, day.month, day.day, 15, tzinfo=now.tzinfo).timestamp() * 1000)


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("exposures")) as made:
        made.clock.ahead_ms += next_wednesday(made) - made.clock.now_ms()
        made.hire("ratna", "Ratna Dewanti")
        made.hire("yoga", "Yoga Pratama", queues=("delivery",))
        made.hire("sari", "Sari Kencana Oey", "supervisor")
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        made.bring_in(CUSTOMERS)
        yield made


@pytest.fixture
def signed(office: MadeOffice) -> Iterator[SignIn]:
    desks: list[Desk] = []

    def sign_in(account: str) -> Desk:
        desks.append(office.desk(account))
        return desks[-1]

    yield sign_in
    for desk in desks:
        desk.end("signed_out")


@pytest.fixture
def fresh(office: MadeOffice) -> int:
    """A day of its own for a test, more than a month after the one before; the log goes on."""
    office.clock.ahead_ms += 35 * DAY_MS
    return office.clock.now_ms()


def entries(office: MadeOffice, event: str) -> list[AuditEntry]:
    opened = office.back_office.opened
    with opened.database.reading() as db:
        return [e for e in opened.log.page(db, 0, 100_000) if e.event == event]


def log(office: MadeOffice, at_ms: int, agent: str, count: int = 1, **rest: str) -> None:
    """Openings as if they had been made then."""
    opened, what = office.back_office.opened, {"event": "reveal", "outcome": "ok", "field": "mobile_phone"}
    what |= {"data_class": "contact", "reason": "call_back", "seat": "SBY-0401", "record": "ab" * 16, **rest}
    with opened.writing() as db:
        for place in range(count):
            opened.log.append_at(db, at_ms + place * 1000, actor=agent, **what)


def record_of(desk: Desk, number: int = 0) -> str:
    return desk.rows(desk.search("", None).ids)[number].record


def flag_of(ledger: Exposures, rule: Rule, subject: str) -> Flag:
    (found,) = [f for f in ledger.flags().flags if (f.rule, f.subject) == (rule, subject)]
    return found


def adds_up(overview: Overview) -> bool:
    total = overview.figures.exposures
    bars, heat = sum(bar.total for bar in overview.bars), sum(row.total for row in overview.heat)
    return total == bars == heat == sum(reason.count for reason in overview.reasons)


def test_that_what_was_shown_stands_there_with_how_long_and_why(office: MadeOffice, signed: SignIn, fresh: int) -> None:
    ratna, sari = signed("ratna"), signed("sari")
    record = record_of(ratna)
    first = ratna.reveal(record, "mobile_phone", "call_back")
    office.clock.pass_s(12)
    ratna.view_closed(first.entry, 11.25, ClosedBy.PERSON)
    ratna.reveal(record, "mobile_phone", "confirm_delivery")
    ratna.beat()
    ledger = sari.exposures
    overview = ledger.overview(Scope())
    assert (overview.figures.exposures, overview.figures.known, overview.figures.median_s) == (2, 1, 11.25)
    assert adds_up(overview)
    assert overview.time_zone == "Asia/Jakarta"
    assert [(h.name, h.total) for h in overview.heat] == [("Ratna Dewanti", 2)]
    assert {r.label for r in overview.reasons} == {"Call back on this line", "Read out to confirm a delivery"}
    (bar,) = [bar for bar in overview.bars if bar.total]
    assert (bar.counts, bar.hour) == ({DataClass.CONTACT: 2}, office.policy.office_hours.local(fresh).hour)
    newer, older = ledger.page(Scope(), Chosen()).rows
    assert (older.entry, older.shown_s, older.closed_by) == (first.entry, 11.25, ClosedBy.PERSON)
    assert (newer.shown_s, newer.closed_by, newer.limit_s) == (None, None, 30), "its console has not told: up to 30 s"
    assert (older.field_label, older.kind, older.data_class) == ("Mobile phone", ExposureKind.REVEAL, DataClass.CONTACT)
    assert (older.takes_caller, newer.takes_caller, newer.on_call) == (False, True, False)
    assert older.number in {c["customer_number"] for c in CUSTOMERS}


def test_that_an_opening_in_a_call_is_told_from_others(signed: SignIn, fresh: int) -> None:
    ratna, sari = signed("ratna"), signed("sari")
    ratna.caller.begin(record_of(ratna))
    ratna.caller.tick("mobile_phone")
    ratna.reveal(record_of(ratna), "mobile_phone", "confirm_delivery")
    ratna.reveal(record_of(ratna, 1), "mobile_phone", "confirm_delivery")
    ratna.caller.end()
    ratna.caller.begin(record_of(ratna, 2))
    ratna.caller.tick("mobile_phone")
    ratna.caller.end()
    ratna.note_calls(["0f" * 8])
    ratna.reveal(record_of(ratna, 3), "mobile_phone", "confirm_delivery")
    ratna.note_calls([])
    told, other, in_call = sari.exposures.page(Scope(), Chosen()).rows
    assert (in_call.on_call, other.on_call, told.on_call) == (True, False, True), "a softphone's word counts, too"
    (alone,) = sari.exposures.page(Scope(), Chosen(no_call=True)).rows
    assert alone == other
    figures = sari.exposures.overview(Scope()).figures
    assert (figures.calls, figures.verified_alone) == (2, 1)


def test_that_an_unlock_stands_with_its_supervisor_and_the_agents_reason(signed: SignIn, fresh: int) -> None:
    ratna, sari = signed("ratna"), signed("sari")
    asked = ratna.ask(record_of(ratna), "bank_account", "refund", "the caller wants it back")
    sari.approvals.waiting()
    sari.approvals.approve(asked.id, 120)
    (own,) = [r for r in ratna.requests() if r.id == asked.id]
    assert own.state is RequestState.APPROVED
    ratna.open_unlocked(asked.id)
    (line,) = sari.exposures.page(Scope(), Chosen(kind=ExposureKind.UNLOCK)).rows
    assert (line.opened_by, line.reason, line.kind) == (
        "Sari Kencana Oey",
        "Refund to this account",
        ExposureKind.UNLOCK,
    )
    assert sari.exposures.page(Scope(), Chosen(reason="refund")).total == 1
    overview = sari.exposures.overview(Scope(data_class=DataClass.FINANCIAL))
    assert [(r.code, r.count) for r in overview.reasons] == [("refund", 1)]
    assert overview.figures.granted == 1
    assert adds_up(overview)


def test_that_notes_and_lookups_are_kinds_of_their_own(signed: SignIn, fresh: int) -> None:
    ratna, sari = signed("ratna"), signed("sari")
    record = record_of(ratna)
    ratna.save_note(record, ratna.new_note(), "asked for a copy")
    (note,) = ratna.notes(record)
    ratna.view_closed(note.entry, 0.5, ClosedBy.LEFT)
    phone = next(c for c in CUSTOMERS if c["queue"] == "billing")["mobile_phone"]
    ratna.caller.look_up(phone)
    ratna.beat()
    overview = sari.exposures.overview(Scope())
    assert (overview.figures.exposures, overview.figures.lookups, overview.figures.used) == (1, 1, 0)
    assert [(r.code, r.label) for r in overview.reasons] == [("", "")]
    (notes,) = sari.exposures.page(Scope(), Chosen()).rows
    assert (notes.kind, notes.data_class, notes.shown_s) == (ExposureKind.NOTES, DataClass.NOTE, 0.5)
    (lookup,) = sari.exposures.page(Scope(), Chosen(kind=ExposureKind.LOOKUP)).rows
    assert (lookup.limit_s, lookup.shown_s) == (0, None)


def test_that_an_empty_log_shows_nothing_and_flags_nothing(signed: SignIn, fresh: int) -> None:
    ledger = signed("dewi").exposures
    for range_ in Range:
        overview = ledger.overview(Scope(range_))
        assert overview.figures.exposures == 0
        assert adds_up(overview)
        assert overview.figures.median_s is None
    assert ledger.page(MONTH, Chosen()).rows == ()
    assert ledger.flags().flags == ()
    assert all(not any(threshold.fired) for threshold in ledger.thresholds())


def test_that_a_supervisor_sees_agents_of_shared_queues_and_no_customer_of_others(
    office: MadeOffice, signed: SignIn, fresh: int
) -> None:
    yoga, sari, dewi = signed("yoga"), signed("sari"), signed("dewi")
    yoga.reveal(record_of(yoga), "mobile_phone", "call_back")
    log(office, fresh, "ratna", record=record_of(yoga))
    log(office, fresh, "hendra")
    assert [p.account for p in sari.exposures.people()] == ["ratna"]
    assert {p.account for p in dewi.exposures.people()} == {"adi", "dewi", "hendra", "ratna", "sari", "yoga"}
    (line,) = sari.exposures.page(Scope(), Chosen()).rows
    assert (line.agent, line.number) == ("ratna", ""), "the customer lies in a queue that she does not share"
    assert len(dewi.exposures.page(Scope(), Chosen()).rows) == 3
    for ask in (
        lambda: sari.exposures.overview(Scope(agent="yoga")),
        lambda: sari.exposures.page(Scope(), Chosen(agent="hendra")),
        lambda: sari.exposures.page(Scope(agent="sari"), Chosen()),
    ):
        with pytest.raises(NotAllowedError) as refused:
            ask()
        assert refused.value.code == "not_watched"


def test_that_no_answer_holds_a_name_or_a_value_of_a_customer(signed: SignIn, fresh: int) -> None:
    ratna, dewi = signed("ratna"), signed("dewi")
    shown = ratna.reveal(record_of(ratna), "mobile_phone", "call_back")
    ledger = dewi.exposures
    told = repr((ledger.overview(Scope()), ledger.page(Scope(), Chosen()), ledger.flags().flags, ledger.people()))
    assert shown.value.reveal().replace(" ", "") not in told.replace(" ", "")
    assert not [c["full_name"] for c in CUSTOMERS if c["full_name"] in told]


def test_that_looking_is_written_down_once_for_each_opening(office: MadeOffice, signed: SignIn, fresh: int) -> None:
    sari, ratna = signed("sari"), signed("ratna")
    before = len(entries(office, "exposures.read"))
    sari.exposures.open_anew()
    for _refresh in range(3):
        sari.exposures.overview(Scope())
        sari.exposures.page(MONTH, Chosen())
        sari.exposures.flags()
        sari.exposures.thresholds()
    assert len(entries(office, "exposures.read")) == before + 1
    sari.exposures.open_anew()
    sari.exposures.people()
    mark = entries(office, "exposures.read")[-1]
    assert (len(entries(office, "exposures.read")), mark.actor, mark.outcome) == (before + 2, "sari", "ok")
    for _try in range(2):
        with pytest.raises(NotAllowedError):
            ratna.exposures.overview(Scope())
    refused = [e for e in entries(office, "exposures.read") if e.actor == "ratna"]
    assert [(e.outcome, e.reason) for e in refused] == [("refused", "role")]


def test_that_the_table_is_narrowed_by_what_is_chosen(office: MadeOffice, signed: SignIn, fresh: int) -> None:
    hours = office.policy.office_hours
    nine = hours.hour_ms(hours.local(fresh).date(), 9)
    log(office, nine, "ratna", 3, record="cd" * 16)
    log(office, nine - DAY_MS, "ratna", 2)
    log(office, nine + 13 * HOUR_MS - DAY_MS, "yoga", 4, reason="other", detail=f"call={'0' * 32}")
    log(office, nine - 2 * DAY_MS, "yoga", 5, outcome="refused", reason="role")
    log(office, nine - 2 * DAY_MS, "hendra", 1, event="unlock.refuse", acting_with="yoga", reason="")
    ledger = signed("dewi").exposures

    def total(**chosen: object) -> int:
        page = ledger.page(Scope(Range.WEEK), Chosen(**chosen))  # type: ignore[arg-type]
        assert page.total == len(page.rows)
        return page.total

    assert total() == 9
    assert total(hour=9) == 5
    assert total(since=nine / 1000) == 3
    assert total(until=nine / 1000) == 6
    assert total(off_hours=True) == 4
    assert total(reason="other") == 4
    assert total(record="cd" * 16) == 3
    assert total(agent="yoga") == 4
    assert total(refused=True) == 6
    assert total(refused=True, agent="yoga") == 6
    assert total(refused=True, agent="hendra") == 0
    assert total(kind=ExposureKind.LOOKUP) == 0
    denied = ledger.page(Scope(Range.WEEK), Chosen(refused=True)).rows[0]
    assert (denied.agent, denied.refused, denied.opened_by) == ("yoga", "denied", "Hendra Kusuma")


def test_that_long_tables_come_page_by_page(office: MadeOffice, signed: SignIn, fresh: int) -> None:
    log(office, fresh - HOUR_MS, "ratna", 230)
    ledger, before, seen = signed("sari").exposures, None, list[int]()
    for size in (100, 100, 30):
        page = ledger.page(Scope(), Chosen(), before)
        assert (page.total, len(page.rows)) == (230, size)
        seen += [row.entry for row in page.rows]
        before = page.before
    assert before is None
    assert seen == sorted(set(seen), reverse=True)


def test_that_a_flag_leads_to_the_lines_that_fired_it(office: MadeOffice, signed: SignIn, fresh: int) -> None:
    hours = office.policy.office_hours
    nine = hours.hour_ms(hours.local(fresh).date(), 9)
    log(office, nine, "ratna", 13)
    log(office, nine + 13 * HOUR_MS - DAY_MS, "ratna", 4)
    log(office, nine - DAY_MS, "ratna", 9, outcome="refused", reason="role")
    for day in range(3):
        log(office, nine + HOUR_MS - day * DAY_MS, "yoga", 1, record="ef" * 16, detail=f"call={'0' * 32}")
        log(office, nine + HOUR_MS - day * DAY_MS, "ratna", 1, record="ef" * 16, detail=f"call={'0' * 32}")
    for minute in range(11):
        log(office, nine - 2 * DAY_MS + minute * 50 * 60_000, "ratna", 1, reason="other", record=f"{minute:032x}")
    ledger = signed("dewi").exposures
    flags = {flag.rule: flag for flag in ledger.flags().flags if flag.subject in {"ratna", "ef" * 16}}
    assert set(flags) == set(Rule)
    for rule, flag in flags.items():
        page = ledger.page(MONTH, flag.look)
        counted = flag.exposures if rule is Rule.SAME_CUSTOMER else flag.value
        assert page.total == counted, rule
    bulk = flags[Rule.BULK]
    assert (bulk.value, bulk.threshold, bulk.no_call, bulk.name, bulk.state) == (
        13,
        12,
        13,
        "Ratna Dewanti",
        FlagState.NEW,
    )
    again = flags[Rule.SAME_CUSTOMER]
    assert (again.value, again.agents, again.days, again.exposures, again.name) == (6, 2, 3, 6, "")


def test_that_a_flag_is_acknowledged_once_and_waits_again_when_it_grows(
    office: MadeOffice, signed: SignIn, fresh: int
) -> None:
    hours = office.policy.office_hours
    nine = hours.hour_ms(hours.local(fresh).date(), 9)
    log(office, nine, "ratna", 13)
    sari, hendra = signed("sari"), signed("hendra")
    flag, same = (flag_of(desk.exposures, Rule.BULK, "ratna") for desk in (sari, hendra))
    words = "She moved a whole list of call backs for Togar."
    sari.exposures.acknowledge(flag, words)
    with pytest.raises(NotAllowedError) as refused:
        hendra.exposures.acknowledge(same, "Me too.")
    assert refused.value.code == "acknowledged"
    known = flag_of(hendra.exposures, Rule.BULK, "ratna")
    assert known.state is FlagState.ACKNOWLEDGED
    assert known.acknowledged is not None
    assert (known.acknowledged.by_name, known.acknowledged.comment) == ("Sari Kencana Oey", words)
    entry = [e for e in entries(office, "exposures.acknowledge") if e.outcome == "ok"][-1]
    assert (entry.actor, entry.acting_with) == ("sari", "ratna")
    assert entry.detail == f"rule=bulk value=13 words={office.back_office.opened.log.keyed_hash(words)}"
    with office.back_office.opened.database.reading() as db:
        found = db.execute(text("SELECT comment FROM exposure_answers WHERE comment IS NOT NULL"))
        kept = [bytes(row[0]) for row in found]
    assert kept
    assert not [blob for blob in kept if b"Togar" in blob], "it is wrapped"
    log(office, nine + 30 * 60_000, "ratna", 2)
    grown = flag_of(hendra.exposures, Rule.BULK, "ratna")
    assert (grown.state, grown.value) == (FlagState.GROWN, 15)
    hendra.exposures.acknowledge(grown, "Still the list.")
    assert flag_of(sari.exposures, Rule.BULK, "ratna").state is FlagState.ACKNOWLEDGED


def test_that_no_card_is_kept_in_what_is_said_to_a_flag(office: MadeOffice, signed: SignIn, fresh: int) -> None:
    hours = office.policy.office_hours
    log(office, hours.hour_ms(hours.local(fresh).date(), 9), "ratna", 13)
    ledger = signed("sari").exposures
    ledger.acknowledge(flag_of(ledger, Rule.BULK, "ratna"), "It was 4111 1111 1111 1111, cvv 123.")
    known, words = flag_of(ledger, Rule.BULK, "ratna").acknowledged, "It was 4111 11 ••• 1111, cvv •••."
    assert known is not None
    assert known.comment == words
    last = entries(office, "exposures.acknowledge")[-1]
    assert last.detail.endswith(f"words={office.back_office.opened.log.keyed_hash(words)}")


def test_that_a_privacy_officer_alone_erases_a_comment(office: MadeOffice, signed: SignIn, fresh: int) -> None:
    for day in range(5):
        log(office, fresh - day * DAY_MS - HOUR_MS, "ratna", 1, record=record_in(office))
    sari, dewi = signed("sari"), signed("dewi")
    flag = flag_of(sari.exposures, Rule.SAME_CUSTOMER, record_in(office))
    assert flag.name in {c["customer_number"] for c in CUSTOMERS}
    sari.exposures.acknowledge(flag, "A dispute, settled.")
    with pytest.raises(NotAllowedError) as refused:
        sari.exposures.erase_comment(flag)
    assert refused.value.code == "role"
    dewi.exposures.erase_comment(flag_of(dewi.exposures, Rule.SAME_CUSTOMER, record_in(office)))
    known = flag_of(sari.exposures, Rule.SAME_CUSTOMER, record_in(office))
    assert known.state is FlagState.ACKNOWLEDGED
    assert known.acknowledged is not None
    assert known.acknowledged.comment == ""
    with pytest.raises(NotAllowedError) as twice:
        dewi.exposures.erase_comment(known)
    assert twice.value.code == "no_comment"
    said = [(e.actor, e.outcome, e.reason) for e in entries(office, "exposures.erase_comment")]
    assert said == [("sari", "refused", "role"), ("dewi", "ok", ""), ("dewi", "refused", "no_comment")]


def record_in(office: MadeOffice, queue: str = "billing") -> str:
    query = text("SELECT record FROM customers WHERE queue = :queue ORDER BY id")
    with office.back_office.opened.database.reading() as db:
        return bytes(db.execute(query, {"queue": queue}).first()[0]).hex()  # type: ignore[index]


def test_that_nobody_acknowledges_a_flag_about_themselves(office: MadeOffice, signed: SignIn, fresh: int) -> None:
    hours = office.policy.office_hours
    log(office, hours.hour_ms(hours.local(fresh).date(), 9), "dewi", 20)
    dewi = signed("dewi")
    flag = flag_of(dewi.exposures, Rule.BULK, "dewi")
    assert flag.is_own
    with pytest.raises(NotAllowedError) as refused:
        dewi.exposures.acknowledge(flag, "That was me, all is well.")
    assert refused.value.code == "own_flag"
    assert flag_of(dewi.exposures, Rule.BULK, "dewi").state is FlagState.NEW


def test_that_nobody_acknowledges_a_flag_that_their_own_openings_raised(
    office: MadeOffice, signed: SignIn, fresh: int
) -> None:
    record = record_in(office)
    for day in range(5):
        log(office, fresh - day * DAY_MS - HOUR_MS, ("ratna", "dewi")[day % 2], 1, record=record)
    dewi = signed("dewi")
    flag = flag_of(dewi.exposures, Rule.SAME_CUSTOMER, record)
    assert (flag.is_own, flag.agents) == (True, 2)
    with pytest.raises(NotAllowedError) as refused:
        dewi.exposures.acknowledge(flag, "We both looked into it.")
    assert refused.value.code == "own_flag"
    for day in range(5):
        log(office, fresh - day * DAY_MS - HOUR_MS, "ratna", 1, record="ab" * 16)
    others = flag_of(dewi.exposures, Rule.SAME_CUSTOMER, "ab" * 16)
    assert not others.is_own
    dewi.exposures.acknowledge(others, "A dispute.")


def test_that_questions_beside_each_other_are_one_look(office: MadeOffice, signed: SignIn, fresh: int) -> None:
    signed("dewi")
    opened = office.back_office.opened
    with opened.database.reading() as db:
        own = select(schema.sessions.c.id).where(
            schema.sessions.c.account == "dewi", schema.sessions.c.ended_ms.is_(None)
        )
        session = session_by_id(opened, db, db.execute(own).scalars().one())
    assert session is not None
    before, opening, all_asked = len(entries(office, "exposures.read")), b"o" * 16, threading.Barrier(4)
    writing = opened.writing

    class Meeting:
        """An office whose askers all meet between looking for the entry and writing it."""

        policy, log, database = opened.policy, opened.log, opened.database

        def writing(self) -> AbstractContextManager[Connection]:
            all_asked.wait(120)
            return writing()

    with ThreadPoolExecutor(4) as askers:
        for asked in [askers.submit(look, Meeting(), session, opening) for _ in range(4)]:  # type: ignore[arg-type]
            asked.result(240)
    assert len(entries(office, "exposures.read")) == before + 1


def test_that_what_came_since_the_last_opening_is_unseen(office: MadeOffice, signed: SignIn, fresh: int) -> None:
    hours = office.policy.office_hours
    nine = hours.hour_ms(hours.local(fresh).date(), 9)
    log(office, nine, "ratna", 13)
    ledger = signed("sari").exposures
    assert flag_of(ledger, Rule.BULK, "ratna").is_unseen
    ledger.open_anew()
    assert not flag_of(ledger, Rule.BULK, "ratna").is_unseen
    log(office, nine + 30 * 60_000, "ratna", 1)
    ledger.open_anew()
    assert flag_of(ledger, Rule.BULK, "ratna").is_unseen


def test_that_of_two_who_change_a_threshold_one_wins_and_the_other_is_told(
    office: MadeOffice, signed: SignIn, fresh: int
) -> None:
    hours = office.policy.office_hours
    log(office, hours.hour_ms(hours.local(fresh).date(), 9), "ratna", 13)
    sari, dewi = signed("sari"), signed("dewi")
    mine, theirs = (next(t for t in d.exposures.thresholds() if t.rule is Rule.BULK) for d in (sari, dewi))
    assert (mine.value, mine.default, mine.would_fire(13), mine.would_fire(14)) == (12, 12, 1, 0)
    changed = sari.exposures.set_threshold(mine, 14)
    assert (changed.value, changed.changed_by, changed.version) == (14, "Sari Kencana Oey", mine.version + 1)
    with pytest.raises(NotAllowedError) as refused:
        dewi.exposures.set_threshold(theirs, 20)
    assert refused.value.code == "changed"
    assert not [f for f in dewi.exposures.flags().flags if f.rule is Rule.BULK]
    for value in (changed.least - 1, changed.most + 1):
        with pytest.raises(InputRefusedError) as beyond:
            sari.exposures.set_threshold(changed, value)
        assert beyond.value.code == "threshold"
    back = dewi.exposures.set_threshold(changed, 12)
    assert flag_of(sari.exposures, Rule.BULK, "ratna").threshold == back.value == 12
    said = [(e.actor, e.outcome, e.reason, e.detail) for e in entries(office, "exposures.threshold")]
    assert said == [
        ("sari", "ok", "", "rule=bulk was=12 now=14"),
        ("dewi", "refused", "changed", "rule=bulk"),
        ("sari", "refused", "threshold", "rule=bulk"),
        ("sari", "refused", "threshold", "rule=bulk"),
        ("dewi", "ok", "", "rule=bulk was=14 now=12"),
    ]


def test_that_the_office_flags_and_counts_what_the_pure_rules_say_of_its_log(
    office: MadeOffice, signed: SignIn, fresh: int
) -> None:
    month, opened = made_month().entries, office.back_office.opened
    moved = (fresh - month[-1].at_ms) // (7 * DAY_MS) * 7 * DAY_MS
    week = [replace(e, at_ms=e.at_ms + moved) for e in month if e.at_ms >= month[-1].at_ms - 6 * DAY_MS]
    with opened.writing() as db:
        for e in week:
            what = {"actor": e.actor, "record": e.record, "reason": e.reason, "detail": e.detail}
            opened.log.append_at(db, e.at_ms, e.event, e.outcome, data_class=e.data_class, **what)
    told = [row for row in map(row_of, week) if row is not None]
    pure = flags(told, office.policy.office_hours, CALLER_REASONS, {})
    ledger = signed("dewi").exposures
    said = {(m.rule, m.subject, m.value, m.exposures, m.no_call) for m in (fired.measure for fired in pure)}
    assert len(said) >= 3
    assert said == {(f.rule, f.subject, f.value, f.exposures, f.no_call) for f in ledger.flags().flags}
    assert ledger.overview(MONTH).figures.exposures == sum(row.shows for row in told)
    assert ledger.page(MONTH, Chosen(refused=True)).total == sum(row.refused for row in told)
    for flag in ledger.flags().flags:
        counted = flag.exposures if flag.rule is Rule.SAME_CUSTOMER else flag.value
        assert ledger.page(MONTH, flag.look).total == counted, flag


def test_that_a_person_whose_account_is_closed_stays_in_the_ledger(
    office: MadeOffice, signed: SignIn, fresh: int
) -> None:
    office.hire("wayan", "Wayan Sudarma", grant=False)
    log(office, fresh - HOUR_MS, "wayan", 2)
    adi = signed("adi")
    adi.accounts.listing()
    adi.accounts.close("wayan")
    ledger = signed("sari").exposures
    assert [(p.account, p.is_closed) for p in ledger.people() if p.account == "wayan"] == [("wayan", True)]
    assert ledger.overview(Scope(agent="wayan")).figures.exposures == 2


def test_that_entries_of_a_clock_that_was_ahead_are_counted_and_lost_nowhere(
    office: MadeOffice, signed: SignIn, fresh: int
) -> None:
    log(office, fresh - HOUR_MS, "ratna", 2)
    log(office, fresh + 3 * DAY_MS, "ratna", 3)
    log(office, fresh - 2 * HOUR_MS, "ratna", 1)
    ledger = signed("sari").exposures
    for range_ in Range:
        overview = ledger.overview(Scope(range_))
        assert overview.figures.exposures == 6
        assert adds_up(overview)
    assert ledger.page(Scope(), Chosen()).total == 6
    ledger.flags()


def test_that_what_is_usual_is_told_by_the_days_before(office: MadeOffice, signed: SignIn, fresh: int) -> None:
    hours = office.policy.office_hours
    today = hours.local(fresh).date()
    for back in range(1, 11):
        log(office, hours.hour_ms(today - timedelta(days=back), 10), "ratna", 4 + back % 3, detail=f"call={'0' * 32}")
    log(office, hours.hour_ms(today, 10), "ratna", 9)
    ledger = signed("sari").exposures
    overview = ledger.overview(Scope())
    assert overview.figures.usual == (4, 6)
    assert {bar.hour: bar.usual for bar in overview.bars}[10] == 5.0
    assert {bar.hour: bar.usual for bar in overview.bars}[12] == 0.0
    assert ledger.overview(MONTH).figures.usual is None


def test_that_a_console_tells_of_its_own_openings_alone_and_of_no_longer_time(
    office: MadeOffice, signed: SignIn, fresh: int
) -> None:
    ratna, yoga = signed("ratna"), signed("yoga")
    shown = ratna.reveal(record_of(ratna), "mobile_phone", "call_back")
    before = len(entries(office, "view.closed"))
    for desk, entry, seconds in ((yoga, shown.entry, 1.0), (ratna, shown.entry, 29.0), (ratna, 1, 1.0)):
        desk.view_closed(entry, seconds, ClosedBy.TIME)
        desk.beat()
    refused = entries(office, "view.closed")[before:]
    assert [(e.actor, e.outcome, e.reason) for e in refused] == [
        ("yoga", "refused", "no_view"),
        ("ratna", "refused", "no_view"),
        ("ratna", "refused", "no_view"),
    ]
    office.clock.pass_s(40)
    ratna.view_closed(shown.entry, 45.0, ClosedBy.TIME)
    ratna.beat()
    assert entries(office, "view.closed")[-1].outcome == "refused", "no view is longer than policy lets it be"
    for seconds in (30.0, 2.0):
        ratna.view_closed(shown.entry, seconds, ClosedBy.TIME)
        ratna.beat()
    told = [e for e in entries(office, "view.closed") if e.outcome == "ok"][-1]
    assert (told.detail, told.reason) == (f"entry={shown.entry} ms=30000", "time"), "the first word stays"
    assert len([e for e in entries(office, "view.closed") if f"entry={shown.entry} " in e.detail]) == 1


def test_that_what_was_not_told_before_a_lock_is_kept(signed: SignIn, fresh: int) -> None:
    ratna = signed("ratna")
    ratna.view_closed(7, 3.5, ClosedBy.SESSION)
    assert json.loads(ratna._view_ends.kept()) == [{"entry": 7, "shown_ms": 3500, "cause": "session"}]
