"""A rollout, both orders: today's console at an office of the protocol before, and a console of that at today's office.

What the protocol before was is frozen (`protocol_1.json`); nothing that it has not reaches somebody who speaks it.
"""

import ast
import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from app.api.client import readmission, seats, subject_requests
from app.api.client.errors import LIMIT_NOT_SPOKEN, NOT_SPOKEN, NotSpokenError, OfficeAwayError
from app.api.messages.seats import SeatReport
from app.api.messages.since import BEFORE, ROUTES_SINCE, SINCE
from app.api.messages.subject_requests import NOBODY, OpenRequest
from app.api.messages.wire import OLDEST, PROTOCOL
from app.bootstrap import way_to_office
from app.domain.machine_policy.policy import MachinePolicy
from app.domain.self_check import CheckState
from app.domain.subject_requests.words import Channel, RequestKind
from app.session.identity import new_id
from app.session.lock_place import Place
from app.terminal.checks import office as checked_office
from tests.architecture.marks import ROOT
from tests.architecture.openapi import descriptions
from tests.contract.first_protocol import FirstProtocol
from tests.contract.frozen import Compared, as_of, frozen, reduced
from tests.demo.customers import demo_customers
from tests.office.coming_back import clients_closed, locked, resumed
from tests.office.door import rows_of
from tests.office.made import MadeOffice, made_office
from tests.security.route_calls import CALLS, LAST, Asked, outcome_of

Json = dict[str, Any]
WHO = "Joko Susilo, Jalan Melati 3, Surabaya"
TODAY = reduced(*descriptions().values())


# the descriptions


def test_that_what_is_said_to_the_protocol_before_is_what_it_was() -> None:
    """Whoever adds something to a message marks it: `app/api/messages/since.py`."""
    assert list(Compared(frozen(), as_of(1, TODAY)).differences()) == []


def test_that_only_the_protocol_before_is_kept_frozen() -> None:
    assert frozen()["protocol"] == str(OLDEST), "the file of a protocol that is served no more goes, with its marks"
    assert TODAY["protocol"] == str(PROTOCOL)


def _a_field(today: Json) -> None:
    today["schemas"]["SignInRequest"]["properties"]["shoe_size"] = {"type": "integer"}


def _a_needed_field(today: Json) -> None:
    today["schemas"]["SignedIn"]["required"].append("shoe_size")


def _a_nested_field(today: Json) -> None:
    today["schemas"]["SeatHere"]["properties"]["shoe_size"] = {"type": "integer"}


def _a_word(today: Json) -> None:
    today["schemas"]["AskLetter"]["properties"]["language"]["enum"].append("jv")


def _a_route(today: Json) -> None:
    today["operations"]["GET /v1/shoes"] = today["operations"]["GET /v1/hello"]


def _a_query(today: Json) -> None:
    today["operations"]["GET /v1/book"]["queries"]["shoes"] = {"required": False, "schema": {"type": "integer"}}


def _a_part_of_a_line(today: Json) -> None:
    today["lines"]["FillHead"]["properties"]["shoes"] = {"type": "integer"}


def _another_row(today: Json) -> None:
    today["lines"]["row"] += ","


def _less_room(today: Json) -> None:
    today["schemas"]["AskSalt"]["properties"]["account"]["maxLength"] = 63


def _a_route_less(today: Json) -> None:
    del today["operations"]["GET /v1/hello"]


@pytest.mark.parametrize(
    "change",
    [
        _a_field,
        _a_needed_field,
        _a_nested_field,
        _a_word,
        _a_route,
        _a_query,
        _a_part_of_a_line,
        _another_row,
        _less_room,
        _a_route_less,
    ],
)
def test_that_a_change_without_its_mark_is_found(change: Callable[[Json], None]) -> None:
    changed = copy.deepcopy(TODAY)
    change(changed)
    assert len(list(Compared(frozen(), as_of(1, changed)).differences())) == 1


def test_that_a_marked_field_has_a_default_and_a_marked_route_is_there() -> None:
    for name, schema in TODAY["schemas"].items():
        newer = {one for one, part in schema.get("properties", {}).items() if part.get(SINCE, 1) > 1}
        assert not newer & set(schema.get("required", ())), name
    marked = {name for name, one in TODAY["operations"].items() if SINCE in one}
    assert marked == set(ROUTES_SINCE)


def test_that_what_is_kept_signed_or_hashed_is_written_whole_whoever_asks() -> None:
    """An office that keeps what it answers an older console would keep a part of it."""
    for file in [*(ROOT / "app" / "backoffice").rglob("*.py"), *(ROOT / "app" / "auth").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                written = [one for one in ast.walk(node) if isinstance(one, ast.Attribute) and "model_dump" in one.attr]
                is_whole = any(isinstance(one, ast.Name) and one.id == "all_said" for one in ast.walk(node))
                assert is_whole or not written, f"{file.name}: {node.name} writes a message without all_said"


def test_that_no_mark_is_of_a_protocol_to_come_or_of_one_that_is_gone() -> None:
    def marks(part: Any) -> Iterator[int]:
        if isinstance(part, dict):
            if isinstance(part.get(SINCE), int):
                yield part[SINCE]
            if isinstance(part.get(BEFORE), dict):
                yield part[BEFORE]["since"]
            for inner in part.values():
                yield from marks(inner)

    found = {*marks(TODAY), *ROUTES_SINCE.values()}
    assert found <= set(range(OLDEST + 1, PROTOCOL + 1))
    assert found, "the protocol was raised for something"


# people at work


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti", queues=("billing", "delivery", "retention"))
        office.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        office.bring_in(demo_customers(20, 7))
        yield office


class Lines:
    """Ways to an office that speak the first protocol alone."""

    def __init__(self, path: Path) -> None:
        self._path, self._made = path, list[FirstProtocol]()

    def __call__(self) -> FirstProtocol:
        self._made.append(FirstProtocol(self._path))
        return self._made[-1]

    @property
    def faults(self) -> list[str]:
        return [fault for line in self._made for fault in line.faults]

    @property
    def routes(self) -> set[str]:
        return {route for line in self._made for route in line.routes}


@pytest.fixture
def lines(office: MadeOffice, monkeypatch: pytest.MonkeyPatch) -> Lines:
    """From here on the office is one of the first protocol."""
    lines = Lines(office.places.socket("office"))
    monkeypatch.setattr(office, "transport", lines)
    return lines


def test_that_a_desk_works_at_an_office_of_the_protocol_before(office: MadeOffice, lines: Lines) -> None:
    desk = office.desk("ratna")
    assert desk._identity.client.protocol == 1
    shown = desk.customer(desk.search("sari wul", None).ids[0])
    assert desk.reveal(shown.record, "mobile_phone", "call_back").value.reveal().startswith("+62 8")
    desk.beat()
    desk.end("signed_out")
    assert lines.faults == []
    assert {
        "POST /v1/door/sign-in",
        "POST /v1/reveals",
        "POST /v1/session/lease",
        "POST /v1/session/end",
    } <= lines.routes


def test_that_what_is_kept_for_such_an_office_is_sealed_to_it_alone(office: MadeOffice, lines: Lines) -> None:
    desk = office.desk("ratna")
    assert desk._identity.outbox_key is None
    desk.end("signed_out")
    assert lines.faults == []


@pytest.mark.parametrize("who", ["hendra", "adi", "dewi"])
def test_that_nothing_newer_is_asked_or_answered_at_any_route(office: MadeOffice, lines: Lines, who: str) -> None:
    """Every call of every capability, whatever the office then says to it."""
    bare = office.bare(who)
    Asked(bare.identity)
    record = rows_of(office, "customers")[0].record
    outcomes = {call: outcome_of(call, bare.identity, record) for call in CALLS if call not in LAST}
    assert lines.faults == []
    assert len(lines.routes) > 20, "answers were held against it, too"
    not_spoken = {call for call, outcome in outcomes.items() if outcome == NOT_SPOKEN}
    behind_the_door = [route for route in ROUTES_SINCE if "/v1/door/" not in route]
    assert len(not_spoken) >= len(behind_the_door), "what it has not was not asked for"
    bare.end()


def test_that_a_report_leaves_out_what_the_office_does_not_know(office: MadeOffice, lines: Lines) -> None:
    bare = office.bare("adi")
    report = SeatReport(policy=1, machine="0" * 64, machine_from="files")
    bare.identity.client.lease(None, None, report)
    (here,) = [seat for seat in seats.seat_rows(bare.identity.client).seats if seat.is_here]
    assert (here.machine, here.machine_from, here.check_parts) == ("", "", ())
    bare.end()
    assert lines.faults == []


def test_that_what_cannot_be_said_is_not_said(office: MadeOffice, lines: Lines) -> None:
    bare = office.bare("dewi")
    outsider = OpenRequest(id=new_id(), record=None, kind=RequestKind.ACCESS, channel=Channel.PHONE, words=WHO)
    with pytest.raises(NotSpokenError):
        subject_requests.open_request(bare.identity.client, outsider)
    with pytest.raises(NotSpokenError):
        readmission.rows(bare.identity.client)
    bare.end()
    assert lines.faults == []
    assert "POST /v1/subject-requests" not in lines.routes


def test_that_somebody_who_is_no_customer_keeps_their_term_at_an_older_console(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = office.bare("dewi")
    outsider = OpenRequest(id=new_id(), record=None, kind=RequestKind.ACCESS, channel=Channel.PHONE, words=WHO)
    number = subject_requests.open_request(newer.identity.client, outsider).number
    newer.end()
    lines = Lines(office.places.socket("office"))
    monkeypatch.setattr(office, "transport", lines)
    older = office.bare("dewi")
    (row,) = [one for one in subject_requests.register(older.identity.client).requests if one.number == number]
    assert (row.record, row.customer_name) == (NOBODY, "")
    assert row.due_ms > 0
    older.end()
    assert lines.faults == []


def test_that_a_console_goes_on_in_its_own_protocol_once_the_office_is_updated(office: MadeOffice) -> None:
    """In the midst of a session, with the next answer; and falls back where another gateway behind is older."""
    first = FirstProtocol(office.places.socket("office"))
    bare = office.bare("adi")
    client = bare.identity.client
    newer = client._transport
    assert client.protocol == PROTOCOL
    client._http._transport = first
    client.quota()
    assert client.protocol == 1
    assert (first.refused, first.faults) == (1, [])
    client._http._transport = newer
    client.quota()
    assert client.protocol == PROTOCOL
    first.close()
    bare.end()


@pytest.mark.parametrize("is_older", [True, False])
def test_that_the_self_check_says_which_protocol_the_office_answers_in(
    office: MadeOffice, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, *, is_older: bool
) -> None:
    if is_older:
        request.getfixturevalue("lines")
    monkeypatch.setattr(way_to_office, "connect", lambda _program: office.connect())
    monkeypatch.setattr(checked_office, "has_gateway", lambda _home: True)
    told = checked_office.AskedOffice(checked_office.program_of(office.places.home)).told()
    assert told.state is CheckState.OK, "a rollout is no fault"
    assert told.details["protocol"] == (OLDEST if is_older else PROTOCOL)
    assert ("the one before ours" in told.found) == is_older


def test_that_a_limit_of_the_organisation_is_never_left_out(office: MadeOffice, lines: Lines) -> None:
    """An office that does not keep it would let a session last longer; so nobody signs in there."""
    who = ("ratna", office.people["ratna"].password, office.code("ratna"))
    limited = office.sign_in()
    limited._managed = lambda: MachinePolicy(mandatory={"session_s": 3_600}, digest="0" * 64)
    with pytest.raises(NotSpokenError, match="limits sessions") as refused:
        limited._sign_in(*who, "console")
    assert refused.value.code == LIMIT_NOT_SPOKEN
    assert "POST /v1/door/sign-in" not in lines.routes
    signed = office.sign_in()._sign_in(*who, "console")
    signed.identity.leave("signed_out")
    assert "POST /v1/door/sign-in" in lines.routes, "the control: without a limit there is a session"


def test_that_a_lock_and_what_was_kept_meanwhile_come_through_it(office: MadeOffice, lines: Lines) -> None:
    def no_answer(*_: Any, **__: Any) -> NoReturn:
        raise OfficeAwayError("no answer in time")

    with clients_closed(office), pytest.MonkeyPatch.context() as patch:
        desk = office.desk("ratna")
        record, note = desk.customer(desk.search("", None).ids[0]).record, desk.new_note()
        patch.setattr(desk._identity.client, "save_note", no_answer)
        desk.save_note(record, note, "Caller asks for a call back.")
        assert desk.outbox().waits == 1
        waits = locked(office, desk.lock("by_hand", Place()))
        office.must_leave()
        back = resumed(office, waits)
        assert back.desk.deliver().waits == 0
        assert "Caller asks for a call back." in [one.text.reveal() for one in back.desk.notes(record)]
        back.desk.end("signed_out")
    assert lines.faults == []
    assert {"POST /v1/door/resume", "POST /v1/session/lock", "POST /v1/outbox"} <= lines.routes
