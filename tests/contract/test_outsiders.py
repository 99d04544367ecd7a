"""Requests of people who are no customers: taken down, looked for, answered by a letter, and forgotten in time."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from app.api.client import caller_checks as lookups
from app.api.client import subject_requests as calls
from app.api.messages.caller_checks import Lookup
from app.api.messages.subject_requests import CheckIdentity, CloseRequest, OpenRequest, ProposeOutcome
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.retention import clock
from app.backoffice.retention.clock import keep_time
from app.backoffice.subject_requests.outsiders import forget_outsiders
from app.backoffice.subject_tables import subject_requests
from app.domain.subject_requests.clock import TERM_MS
from app.domain.subject_requests.letters import OUTSIDERS_KEPT_DAYS
from app.domain.subject_requests.words import Channel, IdentityCheck, RequestKind, RequestState
from app.session.identity import new_id
from app.session.privacy.requests import CustomerRequests
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.answers import code_of
from tests.office.door import entries
from tests.office.made import Bare, MadeOffice
from tests.office.pdf_text import text_of

WORDS = "Sari Melati, Jalan Kenanga 7, Malang: apakah ada data saya?"
DAY_MS = 24 * 3_600_000
DONE = CloseRequest(revision=2, state=RequestState.DONE)


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("office")) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("billing",))
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        made.hire("sinta", "Sinta Maharani", "privacy_officer", ("billing",))
        made.bring_in(demo_customers(4, 5))
        yield made


@pytest.fixture
def dewi(office: MadeOffice) -> Iterator[Bare]:
    bare = office.bare("dewi")
    yield bare
    bare.end()


def asked(kind: RequestKind = RequestKind.ACCESS, words: str = WORDS, **parts: object) -> OpenRequest:
    named: dict[str, object] = {"id": new_id(), "record": None, "channel": Channel.LETTER}
    return OpenRequest(kind=kind, words=words, **(named | parts))  # type: ignore[arg-type]


def identified(dewi: Bare, wish: OpenRequest) -> bytes:
    """It is written down, and a document was shown."""
    calls.open_request(dewi.client, wish)
    calls.check_identity(dewi.client, wish.id, CheckIdentity(revision=1, identity=IdentityCheck.DOCUMENT))
    return wish.id


def stored(office: MadeOffice, request: bytes) -> bytes | None:
    with acting_for(OFFICE), office.back_office.opened.database.reading() as db:
        query = select(subject_requests.c.words).where(subject_requests.c.id == request)
        found: bytes | None = db.execute(query).scalar_one()
    return found


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (asked(words=" "), "no_words"),
        (asked(RequestKind.OBJECTION, purposes=("offers",)), "kind"),
        (asked(RequestKind.WITHDRAWAL, purposes=("offers",)), "kind"),
    ],
)
def test_that_what_nobody_can_ask_without_data_is_refused(dewi: Bare, wish: OpenRequest, code: str) -> None:
    assert code_of(calls.open_request, dewi.client, wish) == code


def test_that_it_has_number_and_clock_and_its_words_are_read_by_who_sees_the_register_alone(
    office: MadeOffice, dewi: Bare
) -> None:
    ratna, wish = office.bare("ratna"), asked(hours_ago=3)
    first = calls.open_request(ratna.client, wish)
    assert calls.open_request(ratna.client, wish) == first, "sent again is the same one"
    assert code_of(calls.words, ratna.client, wish.id) == "role"
    ratna.end()
    sinta = office.bare("sinta")
    for who in (dewi, sinta):  # it lies in no queue
        (row,) = (one for one in calls.register(who.client).requests if one.id == wish.id)
        assert (row.record, row.customer_number, row.queue, row.due_ms) == (None, "", "", row.received_ms + TERM_MS)
        assert calls.words(who.client, wish.id).words == WORDS
    sinta.end()
    kept = stored(office, wish.id)
    assert kept is not None
    assert b"Kenanga" not in kept
    told = [entry for entry in entries(office, "request.opened") if entry.reference == wish.id.hex()]
    assert [(entry.record, entry.actor) for entry in told] == [("", "ratna")]
    assert "Kenanga" not in str(told)


def test_that_nothing_is_known_of_them_that_a_call_could_be_compared_with(dewi: Bare) -> None:
    wish = asked()
    calls.open_request(dewi.client, wish)
    for how in (IdentityCheck.CALLER, IdentityCheck.KNOWN_ADDRESS):
        said = CheckIdentity(revision=1, identity=how)
        assert code_of(calls.check_identity, dewi.client, wish.id, said) == "identity_way"
    assert code_of(calls.end, dewi.client, wish.id, CloseRequest(revision=1, state=RequestState.DONE)) == (
        "not_identified"
    )


@pytest.mark.parametrize("kind", [RequestKind.ACCESS, RequestKind.ERASURE])
def test_that_nothing_is_said_to_be_held_before_somebody_looked(
    office: MadeOffice, dewi: Bare, kind: RequestKind
) -> None:
    request = identified(dewi, asked(kind))
    assert code_of(calls.propose, dewi.client, request, ProposeOutcome(revision=2)) == "no_bundle"
    assert code_of(calls.end, dewi.client, request, DONE) == "not_searched"
    sinta = office.bare("sinta")
    lookups.look_up(sinta.client, Lookup(text="+62 811 0000 0099"))
    assert code_of(calls.end, sinta.client, request, DONE) == "not_all_queues"
    sinta.end()
    assert lookups.look_up(dewi.client, Lookup(text="+62 811 0000 0099")).records == ()
    calls.end(dewi.client, request, DONE)
    last = entries(office, "request.ended")[-1]
    assert last.reference == request.hex()
    assert "lookups=1" in last.detail
    english, indonesian = (text_of(calls.letter(dewi.client, request, one).pdf) for one in ("en", "id"))
    assert "We hold nothing about you" in english
    assert "Kami tidak menyimpan data apa pun tentang Anda" in indonesian
    for letter in (english, indonesian):
        assert f"{OUTSIDERS_KEPT_DAYS} " in letter
        assert "Kenanga" not in letter, "who reads it by mistake learns nothing"
        assert "Customer number" not in letter


def test_that_the_console_shows_it_as_nobodys(office: MadeOffice, dewi: Bare) -> None:
    desk = CustomerRequests(dewi.identity, office.back_office.opened.inventory, "en")
    found = [one for one in desk.register().requests if one.is_outsiders]
    assert found
    assert {(one.record, one.customer) for one in found} == {("", "")}


def test_that_their_words_go_a_month_after_the_end_and_never_by_a_clock_that_jumped(
    office: MadeOffice, dewi: Bare
) -> None:
    request = identified(dewi, asked())
    lookups.look_up(dewi.client, Lookup(text="+62 811 0000 0098"))
    calls.end(dewi.client, request, DONE)
    opened, wall = office.back_office.opened, office.clock.now_ms()

    def forgotten_after(days: int) -> bool:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(clock, "_clocks", lambda _office: (wall + days * DAY_MS, f"boot {days}", 5))
            with acting_for(OFFICE), opened.writing() as db:
                keep_time(opened, db)
                forget_outsiders(opened, db)
        return stored(office, request) is None

    assert not forgotten_after(0)
    assert not forgotten_after(365), "a year at once is not believed"
    # from here on the days go by as they do, one after the other
    assert not any(forgotten_after(days) for days in range(1, OUTSIDERS_KEPT_DAYS))
    assert forgotten_after(OUTSIDERS_KEPT_DAYS + 1)
    assert calls.words(dewi.client, request).words == ""
    assert request in {one.id for one in calls.register(dewi.client).requests}, "the register stays"
