"""The server's side of the agreement: protocol, shapes, sizes and addresses; a refusal never repeats what was sent."""

import contextlib
import json
import select
from base64 import b64encode
from collections.abc import Iterator

import httpx
import pytest
from fastapi.routing import APIRoute

from app.api.messages.wire import (
    PROBLEM_TYPE,
    PROTOCOL,
    PROTOCOL_HEADER,
    WORKSTATION_HEADER,
    Problem,
    workstation_header,
)
from app.api.server.application import make_application
from app.domain.request_limits import BODY_LIMITS
from tests.contract.conftest import Home
from tests.office.door import entries, seat_of
from tests.office.made import SEAT, Bare, MadeOffice
from tests.patience import TESTS_S

CANARY = "4111111111111111"
ID = b64encode(bytes(16)).decode()
KEY = b64encode(bytes(32)).decode()
PATH_ID = "AAAAAAAAAAAAAAAAAAAAAA=="


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("office")) as office:
        yield office


@pytest.fixture(scope="module")
def raw(office: MadeOffice) -> Iterator[httpx.Client]:
    here = workstation_header(SEAT, seat_of(office)["seat_id"])
    speaks = {PROTOCOL_HEADER: str(PROTOCOL), WORKSTATION_HEADER: here}
    with httpx.Client(
        transport=office.transport(), base_url="http://office", headers=speaks, timeout=TESTS_S
    ) as client:
        yield client


def with_token(raw: httpx.Client, session: Bare) -> Iterator[httpx.Client]:
    """The same line, with a living session's token."""
    raw.headers["Authorization"] = f"Bearer {b64encode(session.client._token).decode()}"
    yield raw
    del raw.headers["Authorization"]
    session.end()


@pytest.fixture
def hendra(office: MadeOffice, raw: httpx.Client) -> Iterator[httpx.Client]:
    yield from with_token(raw, office.bare("hendra"))


def refusal(answer: httpx.Response, status: int, code: str) -> Problem:
    assert answer.status_code == status, answer.text
    problem = Problem.model_validate_json(answer.content)
    assert problem == Problem.of(status, code, problem.detail, number=problem.number, wait_s=problem.wait_s)
    assert answer.headers["Content-Type"] == PROBLEM_TYPE
    assert answer.headers["Cache-Control"] == "no-store"
    assert CANARY not in answer.text
    return problem


# protocol


@pytest.mark.parametrize("version", [None, "", str(PROTOCOL + 1), str(PROTOCOL - 2), "one", f"{PROTOCOL}x", CANARY])
def test_that_another_protocol_or_none_is_told_to_update(raw: httpx.Client, version: str | None) -> None:
    request = raw.build_request("GET", "/v1/hello")
    del request.headers[PROTOCOL_HEADER]
    if version is not None:
        request.headers[PROTOCOL_HEADER] = version
    answer = raw.send(request)
    problem = refusal(answer, 426, "update_needed")
    assert "update" in problem.detail
    assert (problem.number, answer.headers[PROTOCOL_HEADER]) == (PROTOCOL, str(PROTOCOL)), "it says what it speaks"


@pytest.mark.parametrize("version", [PROTOCOL, PROTOCOL - 1])
def test_that_this_protocol_and_the_one_before_are_served(raw: httpx.Client, version: int) -> None:
    assert raw.get("/v1/hello", headers={PROTOCOL_HEADER: str(version)}).status_code == 200


@pytest.mark.parametrize(("version", "status"), [(PROTOCOL, 401), (PROTOCOL - 1, 404)])
def test_that_a_route_is_not_there_for_the_protocol_before_it(raw: httpx.Client, version: int, status: int) -> None:
    answer = raw.get("/v1/readmissions", headers={PROTOCOL_HEADER: str(version)})
    assert answer.status_code == status
    assert answer.headers[PROTOCOL_HEADER] == str(PROTOCOL), "so a console may come back to it"


def test_that_no_answer_is_kept_by_a_cache(raw: httpx.Client) -> None:
    answer = raw.get("/v1/hello")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "server" not in answer.headers


# addresses


@pytest.mark.parametrize(
    "path", ["/", "/v1", "/v2/hello", "/docs", "/redoc", "/openapi.json", f"/v1/{CANARY}", "/v1/../etc"]
)
def test_that_an_unknown_address_is_refused_in_the_offices_own_words(raw: httpx.Client, path: str) -> None:
    refusal(raw.get(path), 404, "no_route")


def test_that_another_method_is_refused_too(raw: httpx.Client) -> None:
    refusal(raw.delete("/v1/hello"), 405, "no_route")


@pytest.mark.parametrize("key", ["x", CANARY, "A" * 22, "A" * 23 + "=", "AAAA%2FAAAAAAAAAAAAAAAAA==", "..", "A" * 200])
def test_that_an_id_of_another_form_in_a_path_is_refused(hendra: httpx.Client, key: str) -> None:
    answer = hendra.get(f"/v1/notes/{key}/count")
    assert answer.status_code in {404, 422}
    assert CANARY not in answer.text


# shapes

SIGN_IN = {
    "account": "ratna", "verifier": KEY, "slot_key": KEY, "code": "123456", "kind": "command",
    "seat_id": ID, "seat": {"key": KEY, "name": "SBY-0417"},
}  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        CANARY.encode(),
        b'{"account": "' + CANARY.encode() + b'"}',
        b"\xff\xfe",
        json.dumps(SIGN_IN | {"account": [CANARY]}).encode(),
        json.dumps(SIGN_IN | {"account": CANARY * 10}).encode(),
        json.dumps(SIGN_IN | {"verifier": CANARY}).encode(),
        json.dumps(SIGN_IN | {"verifier": "not base64 " + CANARY}).encode(),
        json.dumps(SIGN_IN | {"code": CANARY * 3}).encode(),
        json.dumps(SIGN_IN | {"kind": CANARY}).encode(),
        json.dumps(SIGN_IN | {"audit_seen": {"length": -1, "head": KEY}}).encode(),
        json.dumps(SIGN_IN | {"extra": CANARY}).encode(),
        json.dumps(SIGN_IN | {CANARY: 1}).encode(),
        json.dumps(SIGN_IN | {"audit_seen": {"length": 1, "head": KEY, CANARY: 1}}).encode(),
        b'{"account": "\\ud800"}',
        b"[" * 5000,
        json.dumps(SIGN_IN).encode()[:-1] + b', "account": {"' + CANARY.encode() + b'": 1}}',
        json.dumps(SIGN_IN).encode()[:-1] + b', "account": "hendra"}',
        json.dumps(SIGN_IN | {"audit_seen": {"length": "1", "head": KEY}}).encode(),
        json.dumps(SIGN_IN | {"audit_seen": {"length": 1.0, "head": KEY}}).encode(),
        json.dumps(SIGN_IN | {"audit_seen": {"length": True, "head": KEY}}).encode(),
        json.dumps(SIGN_IN | {"audit_seen": {"length": float("nan"), "head": KEY}}).encode(),
        json.dumps(SIGN_IN).encode("utf-16"),
    ],
)
def test_that_a_malformed_body_is_refused_and_never_repeated(raw: httpx.Client, body: bytes) -> None:
    answer = raw.post("/v1/door/sign-in", content=body, headers={"Content-Type": "application/json"})
    refusal(answer, 422, "malformed")


def test_that_a_malformed_request_is_not_a_try(office: MadeOffice, raw: httpx.Client) -> None:
    raw.post("/v1/door/sign-in", json=SIGN_IN | {"account": "hendra", "code": "x" * 99})
    door = office.back_office.front_door.door("hendra")
    assert door is not None
    assert door.failed_count == 0


@pytest.mark.parametrize("query", ["after=x", "limit=0", "limit=2001", f"limit={CANARY}x", "after=" + "9" * 3])
def test_that_a_query_out_of_bounds_is_refused(hendra: httpx.Client, query: str) -> None:
    answer = hendra.get(f"/v1/customers?{query}")
    if query == "after=999":
        assert answer.status_code == 200
    else:
        refusal(answer, 422, "malformed")


def test_that_the_places_of_a_malformed_body_are_the_agreements_own_names(raw: httpx.Client) -> None:
    answer = raw.post("/v1/door/sign-in", json=SIGN_IN | {"verifier": 1, CANARY: 1})
    assert refusal(answer, 422, "malformed").detail.endswith("body, body.verifier")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/v1/book", {CANARY: 1}),
        ("DELETE", "/v1/caller-checks", {CANARY: 1}),
        ("POST", "/v1/own/sessions/end-others", {"account": CANARY}),
        ("GET", f"/v1/book?{CANARY}=1", None),
        ("GET", f"/v1/customers?queue={CANARY}", None),
        ("GET", "/v1/customers?limit=1&limit=2", None),
        ("POST", f"/v1/door/salt?account={CANARY}", {"account": "ratna"}),
    ],
)
def test_that_a_body_or_a_query_that_nobody_agreed_is_refused(
    hendra: httpx.Client, method: str, path: str, body: object
) -> None:
    refusal(hendra.request(method, path, json=body), 422, "malformed")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1"]
)
def test_that_a_body_of_another_kind_is_refused(raw: httpx.Client, kind: str) -> None:
    """A page in a browser can send these without being asked (no preflight)."""
    answer = raw.post("/v1/door/salt", content=b'{"account": "ratna"}', headers={"Content-Type": kind})
    refusal(answer, 415, "media_type")


def test_that_a_refusal_says_how_to_ask(raw: httpx.Client) -> None:
    assert raw.get("/v1/book").headers["WWW-Authenticate"] == "Bearer"
    assert raw.delete("/v1/hello").headers["Allow"] == "GET"


# sizes


def head(length: str) -> bytes:
    """The head of a question before sign-in; a gateway wants to know which workstation asks."""
    return (
        f"POST /v1/door/salt HTTP/1.1\r\nHost: office\r\n{PROTOCOL_HEADER}: {PROTOCOL}\r\n"
        f"{WORKSTATION_HEADER}: {workstation_header(SEAT)}\r\nContent-Type: application/json\r\n{length}\r\n\r\n"
    ).encode()


def test_that_an_oversized_body_is_refused_before_it_is_read(office: MadeOffice) -> None:
    with office.line() as line:
        line.sendall(head(f"Content-Length: {16 * 1024 * 1024 + 1}"))
        assert b" 413 " in line.recv(4096)


def test_that_a_body_of_unsaid_length_is_taken_as_far_as_its_path_allows(office: MadeOffice) -> None:
    """In chunks, as HTTP/1.1 has it: what is counted is what comes."""
    with office.line() as line:
        line.sendall(head("Transfer-Encoding: chunked") + b'b\r\n{"account":\r\n8\r\n"ratna"}\r\n0\r\n\r\n')
        assert line.recv(4096)[9:12] == b"200"
    sent, piece = 0, b"10000\r\n" + b" " * 64 * 1024 + b"\r\n"
    with office.line() as line:
        line.sendall(head("Transfer-Encoding: chunked"))
        with contextlib.suppress(OSError):  # the office hangs up while it is still being talked to
            while sent < 64 * BODY_LIMITS.usual_bytes and not select.select([line], [], [], 0)[0]:
                line.sendall(piece)
                sent += len(piece)
        with contextlib.suppress(OSError):
            assert line.recv(4096)[9:12] in {b"413", b""}
    assert sent < 32 * BODY_LIMITS.usual_bytes


@pytest.mark.parametrize("length", ["-1", "x", "1e3", "999999999999"])
def test_that_a_length_that_is_none_does_not_reach_a_route(office: MadeOffice, length: str) -> None:
    with office.line() as line:
        line.sendall(head(f"Content-Length: {length}"))
        assert line.recv(4096)[9:12] in {b"400", b"413"}


# tokens


@pytest.mark.asvs("V7.2.1")
@pytest.mark.parametrize("header", ["", "Bearer", f"Bearer {CANARY}!", "Basic eDp5", f"Bearer {KEY}", KEY])
def test_that_a_false_token_is_refused(raw: httpx.Client, header: str) -> None:
    refusal(raw.get("/v1/book", headers={"Authorization": header}), 401, "session_over")


def test_that_every_route_but_the_doors_asks_who_is_there(office: MadeOffice, raw: httpx.Client) -> None:
    """Whatever route is added: without a session it answers 401, or cannot be told from that."""
    free = {
        "/v1/hello",
        "/v1/door/salt",
        "/v1/door/sign-in",
        "/v1/door/enrol",
        "/v1/door/enrol/finish",
        "/v1/door/ended",
    }
    routes = _routes(office)
    assert free <= {path for path, _ in routes}
    assert len(routes) > 30
    for path, method in routes:
        if path not in free:
            body: object = None if method in {"GET", "DELETE"} else {}
            answer = raw.request(method, path.replace("{key}", PATH_ID), json=body)
            assert answer.status_code in {401, 422}, (path, answer.text)
            if answer.status_code == 422:
                assert Problem.model_validate_json(answer.content).code == "malformed"


def _routes(office: MadeOffice) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []

    def walk(routes: object) -> None:
        for route in routes:  # type: ignore[attr-defined]
            if isinstance(route, APIRoute):
                found.extend((route.path, method) for method in sorted(route.methods or ()))
            elif hasattr(route, "original_router"):
                walk(route.original_router.routes)

    walk(make_application(office.service).routes)
    return found


# entries of the book, whatever somebody sends


@pytest.mark.parametrize(
    "change", [{"kind": CANARY}, {"number": -1}, {"number": 10**30}, {"state": CANARY}, {"role": CANARY}]
)
def test_that_an_entry_which_no_book_has_is_refused_and_is_no_fault(
    office: MadeOffice, raw: httpx.Client, change: dict[str, object]
) -> None:
    entry = {
        "number": 0, "previous": KEY, "kind": "account", "name": "x", "role": "agent", "queues": [], "state": "invited",
        "kem": "", "sign": "", "activation": "", "signatures": [],
    }  # fmt: skip
    for path, account, body in (
        ("/v1/accounts", "adi", {"display_name": "X", "slot_key": KEY, "entry": entry | change}),
        ("/v1/class-grants", "hendra", {"account": "x", "entries": [entry | change], "keys": []}),
    ):
        for line in with_token(raw, office.bare(account, "command")):
            answer = line.post(path, json=body)
        assert 400 <= answer.status_code < 500, answer.text
        assert Problem.model_validate_json(answer.content).code not in {"kind", "role", "step_up"}
        assert CANARY not in answer.text


def test_that_a_key_of_no_class_is_refused_and_is_no_fault(hendra: httpx.Client) -> None:
    keys = [{"data_class": CANARY, "version": 1, "sealed": ""}]
    answer = hendra.post("/v1/class-grants", json={"account": "x", "entries": [], "keys": keys})
    refusal(answer, 422, "input")


def test_that_no_refusal_here_left_a_fault_or_the_canary_behind(office: MadeOffice) -> None:
    log = office.places.home / "office.log"
    assert not log.exists() or CANARY not in log.read_text("utf-8")
    assert not any(CANARY in repr(e) for e in entries(office))
