"""Looking into the log: what fits, the newest first, whatever the filter, and each entry once over all pages."""

import random
from collections.abc import Iterator
from itertools import islice

import pytest

from app.api.messages.audit import AuditKey, AuditQuery
from app.api.messages.wire import MOST_ENTRIES
from app.auth.audit_chain import AuditEntry
from app.backoffice import audit_search, schema
from app.domain.errors import InputRefusedError, NotAllowedError
from app.session.log_reading import LogReading
from app.session.log_shown import LogFilter
from tests.office.door import entries, opened
from tests.office.made import MadeOffice, made_office

START = 1_760_000_000_000
PEOPLE, EVENTS = ("ratna", "hendra", "adi", ""), ("reveal", "sign_in", "notes.read", "wipe")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    """An office with a log of two hundred made-up entries besides its own, some out of the order of time."""
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti", grant=False)
        chance, it = random.Random(6), opened(office)
        with it.writing() as db:
            for _ in range(200):
                event = chance.choice(EVENTS)
                it.log.append_at(
                    db,
                    START + chance.randrange(50) * 1000,
                    event,
                    chance.choice(("ok", "ok", "ok", "refused", "failed")),
                    actor=chance.choice(PEOPLE),
                    acting_with=chance.choice(("", "", "", *PEOPLE)),
                    record=chance.choice(("", f"{7:032x}", f"{8:032x}")),
                    data_class=chance.choice(("", "contact", "contact", "special")),
                )
        yield office


def all_pages(office: MadeOffice, query: AuditQuery, looks_at: int) -> list[int]:
    """Numbers of what fits, page by page; `looks_at` entries a request."""
    found: list[int] = []
    with opened(office).database.reading() as db:
        for _ in range(2000):
            page = audit_search._page(db, query, looks_at)
            assert len(page.rows) <= query.limit
            found += [row.number for row in page.rows]
            if page.next is None:
                return found
            query = query.model_copy(update={"before": page.next})
    raise AssertionError("it never ends")


def fits(entry: AuditEntry, query: AuditQuery) -> bool:
    last = query.last if query.last is not None else query.first
    return (
        (query.since_ms is None or entry.at_ms >= query.since_ms)
        and (query.until_ms is None or entry.at_ms < query.until_ms)
        and (not query.actor or query.actor in (entry.actor, entry.acting_with))
        and (not query.event or entry.event == query.event)
        and (not query.outcome or entry.outcome == query.outcome)
        and (not query.data_class or entry.data_class == query.data_class)
        and (not query.record or entry.record == query.record)
        and (query.first is None or entry.number >= query.first)
        and (last is None or entry.number <= last)
    )


def random_query(chance: random.Random) -> AuditQuery:
    words = {
        "since_ms": START + chance.randrange(50) * 1000,
        "until_ms": START + chance.randrange(60) * 1000,
        "actor": chance.choice(("ratna", "hendra", "nobody")),
        "event": chance.choice(("reveal", "sign_in", "none.such")),
        "outcome": chance.choice(("ok", "refused", "failed")),
        "data_class": chance.choice(("contact", "special")),
        "record": f"{chance.choice((7, 8, 9)):032x}",
        "first": chance.randrange(1, 150),
        "last": chance.randrange(1, 260),
    }
    kept = {name: words[name] for name in sorted(words) if chance.random() < 0.3}
    return AuditQuery(**kept, limit=chance.choice((1, 3, 20, 500)))  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize("looks_at", [1, 7, 20_000])
@pytest.mark.parametrize("seed", range(60))
def test_that_every_entry_that_fits_comes_once_and_the_newest_first(
    office: MadeOffice, seed: int, looks_at: int
) -> None:
    query, log = random_query(random.Random(seed)), entries(office)
    right = sorted((e for e in log if fits(e, query)), key=lambda e: (e.at_ms, e.number), reverse=True)
    assert all_pages(office, query, looks_at) == [e.number for e in right]


def test_that_a_request_looks_at_so_many_entries_and_says_where_to_go_on(office: MadeOffice) -> None:
    """A word that nothing has, in a log that the leading word fits everywhere: short answers, never a long wait."""
    query = AuditQuery(data_class="note")
    with opened(office).database.reading() as db:
        page = audit_search._page(db, query, 5)
    assert page.rows == ()
    assert page.next is not None


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (AuditQuery(), "ix_audit_time"),
        (AuditQuery(since_ms=START, until_ms=START + 1), "ix_audit_time"),
        (AuditQuery(event="reveal"), "ix_audit_event"),
        (AuditQuery(outcome="refused", event="reveal"), "ix_audit_outcome"),
        (AuditQuery(data_class="special", outcome="ok"), "ix_audit_data_class"),
        (AuditQuery(data_class="contact"), "ix_audit_time"),
        (AuditQuery(data_class="contact", event="reveal"), "ix_audit_event"),
        (AuditQuery(record="07" * 16, event="reveal"), "ix_audit_record"),
        (AuditQuery(actor="ratna"), "ix_audit_actor"),
        (AuditQuery(actor="ratna", event="reveal"), "ix_audit_actor"),
        (AuditQuery(event="reveal", before=AuditKey(at_ms=START, number=9)), "ix_audit_event"),
    ],
    ids=str,
)
def test_that_an_index_leads_every_search(office: MadeOffice, query: AuditQuery, index: str) -> None:
    actor = schema.audit.c.actor == query.actor if query.actor else None
    lead, _rest = audit_search._conditions(query, actor)
    keys = audit_search._keys(lead, 10)
    text = str(keys.compile(dialect=opened(office).database._engine.dialect, compile_kwargs={"literal_binds": True}))
    with opened(office).database.reading() as db:
        plan = " ".join(str(row[-1]) for row in db.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}"))
    assert index in plan
    assert "SCAN audit" not in plan.replace("SCAN audit USING COVERING INDEX ix_audit_time", "")


# what a reader gets


def test_that_each_search_stands_in_the_log_with_what_was_looked_for(office: MadeOffice) -> None:
    session = office.command("hendra")
    log = LogReading(session._identity)
    page = log.page(LogFilter(record=f"{7:032x}", actor="ratna"))
    last = entries(office)[-1]
    assert (last.event, last.actor, last.record, last.detail) == (
        "audit.read",
        "hendra",
        f"{7:032x}",
        "by=actor+record",
    )
    before = len(entries(office))
    if page.next:
        log.page(LogFilter(record=f"{7:032x}", actor="ratna"), page.next)
    assert len(entries(office)) == before, "the next page of the same search is no other search"
    log.page(LogFilter())
    assert entries(office)[-1].detail == "by=all"
    session.end()


def test_that_an_entry_shows_its_place_in_the_chain_and_whether_it_fits(office: MadeOffice) -> None:
    session = office.command("hendra")
    log = LogReading(session._identity)
    assert log.place(1).fits
    whole, length = entries(office), len(entries(office))
    for entry, before in islice(zip(whole[1:], whole, strict=False), 20):
        place = log.place(entry.number)
        assert (place.entry.hash, place.previous) == (entry.hash.hex(), before.hash.hex())
        assert place.fits
        assert place.checkpoint >= entry.number
        assert place.is_signed
    assert log.place(length).checkpoint == 0 or log.place(length).checkpoint >= length
    with pytest.raises(InputRefusedError, match="has no entry"):
        log.place(length + 1000)
    session.end()


def test_that_an_edited_entry_does_not_fit(office: MadeOffice) -> None:
    session = office.command("hendra")
    log, it = LogReading(session._identity), opened(office)
    with it.database.writing() as db:
        db.exec_driver_sql("UPDATE audit SET outcome = outcome || 'x' WHERE number = 5")
        db.exec_driver_sql("UPDATE checkpoints SET signature = zeroblob(64)")
    try:
        assert not log.place(5).fits
        assert log.place(4).fits
        assert not log.place(5).is_signed
    finally:
        with it.database.writing() as db:
            db.exec_driver_sql("UPDATE audit SET outcome = substr(outcome, 1, length(outcome) - 1) WHERE number = 5")
    session.end()


def test_that_an_agent_looks_at_nothing(office: MadeOffice) -> None:
    session = office.command("ratna")
    log = LogReading(session._identity)
    for look in (lambda: log.page(LogFilter()), lambda: log.place(1)):
        with pytest.raises(NotAllowedError) as refusal:
            look()
        assert refusal.value.code == "role"
    session.end()


def read_by(office: MadeOffice, session: str) -> list[str]:
    return [e.detail for e in entries(office) if e.event == "audit.read" and e.session == session]


def test_that_a_page_that_goes_on_from_nowhere_is_a_search_and_stands_in_the_log(office: MadeOffice) -> None:
    session = office.command("hendra")
    client, name = session._identity.client, session._identity.session.hex()
    behind_all = AuditKey(at_ms=MOST_ENTRIES, number=MOST_ENTRIES)
    for _ in range(2):
        assert client.audit_search(AuditQuery(before=behind_all, actor="ratna")).rows
    assert read_by(office, name) == ["by=actor"]
    client.audit_search(AuditQuery(before=behind_all, actor="hendra"))
    assert read_by(office, name) == ["by=actor", "by=actor"], "other words are another search"
    session.end()


def test_that_pages_and_single_entries_of_the_log_stand_in_it_once_a_session(office: MadeOffice) -> None:
    for _ in range(2):
        session = office.command("hendra")
        client = session._identity.client
        for number in (1, 2):
            client.audit_page(number)
            client.audit_detail(number)
        assert read_by(office, session._identity.session.hex()) == ["by=whole", "by=entry"]
        session.end()
