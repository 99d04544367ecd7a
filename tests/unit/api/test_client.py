"""The client: typed errors, nothing sent twice that may not be, nothing sent to a stranger."""

import os
import socket
import stat
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from app.api.client.client import ApiClient
from app.api.client.errors import (
    ForeignOfficeError,
    InputRefusedError,
    NotAllowedError,
    OfficeAwayError,
    OfficeFaultError,
    SessionOverError,
    SignInAnswerError,
    UpdateNeededError,
)
from app.api.client.transport import SocketTransport
from app.api.messages import accounts, customers, door, reveals
from app.api.messages.seats import SeatHere
from app.api.messages.wire import PROBLEM_TYPE, PROTOCOL, PROTOCOL_HEADER, Problem
from app.domain.errors import PacedError, TiraiError, TooOftenError, VerificationError, WorkstationError

ID = bytes(16)
SAYS_PROBLEM = {"Content-Type": PROBLEM_TYPE}
SEAT = SeatHere(key=bytes(32), name="SBY-0417")
SIGN_IN = door.SignInRequest(
    account="ratna", verifier=bytes(32), slot_key=bytes(32), code="123456", kind="command", seat_id=bytes(16), seat=SEAT
)


class Scripted(httpx.BaseTransport):
    """Answers as told and remembers what came."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def problem(status: int, code: str, **rest: object) -> httpx.Response:
    said = Problem.of(status, code, "what to do").model_dump() | rest
    return httpx.Response(status, json=said, headers=SAYS_PROBLEM)


def asked(*answers: httpx.Response | Exception) -> tuple[ApiClient, Scripted]:
    transport = Scripted(*answers)
    return ApiClient(transport), transport


# errors


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (401, "wrong", SignInAnswerError),
        (401, "used_code", SignInAnswerError),
        (401, "clock_off", SignInAnswerError),
        (401, "throttled", SignInAnswerError),
        (401, "wrong_code", SignInAnswerError),
        (401, "session_over", SessionOverError),
        (403, "update_needed", UpdateNeededError),
        (403, "edits_pace", PacedError),
        (408, "too_slow", WorkstationError),
        (413, "too_large", InputRefusedError),
        (415, "media_type", InputRefusedError),
        (422, "malformed", InputRefusedError),
        (429, "rate", TooOftenError),
        (409, "rolled_back", VerificationError),
        (500, "fault", OfficeFaultError),
        (503, "office", WorkstationError),
        (507, "audit", WorkstationError),
        (404, "no_route", WorkstationError),
    ],
)
def test_that_each_refusal_has_its_own_error(status: int, code: str, kind: type[TiraiError]) -> None:
    client, _ = asked(problem(status, code, number=3, wait_s=60))
    with pytest.raises(kind) as refusal:
        client.hello()
    assert type(refusal.value) is kind
    assert (refusal.value.code, refusal.value.message) == (code, "what to do")
    if isinstance(refusal.value, SignInAnswerError):
        assert (refusal.value.number, refusal.value.wait_s) == (3, 60)
    if isinstance(refusal.value, PacedError | TooOftenError):
        assert refusal.value.wait_s == 60


def test_that_a_refusal_of_a_later_office_is_understood() -> None:
    """RFC 9457, section 3.2: extensions that a program does not know are passed over."""
    client, _ = asked(problem(403, "quota", balance=3))
    with pytest.raises(NotAllowedError):
        client.hello()


def test_that_a_refusal_without_a_wait_names_none() -> None:
    client, _ = asked(problem(403, "quota"))
    with pytest.raises(NotAllowedError) as refusal:
        client.hello()
    assert type(refusal.value) is NotAllowedError


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, text="<html>a proxy's login page</html>"),
        httpx.Response(200, json={"name": "x"}),
        httpx.Response(200, json={"name": "x", "root": "AA==", "home": "", "seat": "", "now_ms": 1}),
        httpx.Response(302, headers={"Location": "http://elsewhere/"}),
        httpx.Response(404, json={"detail": "Not Found"}),
        httpx.Response(403, json=Problem.of(403, "role", "as JSON alone").model_dump()),
        httpx.Response(403, json=Problem.of(401, "role", "of another status").model_dump(), headers=SAYS_PROBLEM),
        httpx.Response(502, text="bad gateway"),
        httpx.Response(200),
    ],
)
def test_that_an_answer_of_another_shape_is_not_the_office(answer: httpx.Response) -> None:
    client, transport = asked(answer)
    with pytest.raises(ForeignOfficeError) as refusal:
        client.hello()
    assert len(transport.requests) == 1
    assert "proxy" not in str(refusal.value)


@pytest.mark.attack("A40")
def test_that_a_redirect_is_not_followed() -> None:
    client, transport = asked(httpx.Response(307, headers={"Location": "http://elsewhere/v1/door/sign-in"}))
    with pytest.raises(ForeignOfficeError):
        client.sign_in(SIGN_IN)
    assert [str(r.url) for r in transport.requests] == ["http://office/v1/door/sign-in"]


# an office that was asked too often


def test_that_a_short_wait_is_waited_and_whatever_was_asked_is_asked_again() -> None:
    """Nothing was done of it, so that a sign-in may be sent again, too."""
    client, transport = asked(problem(429, "rate", wait_s=1), problem(401, "wrong"))
    with pytest.raises(SignInAnswerError):
        client.sign_in(SIGN_IN)
    assert len(transport.requests) == 2


@pytest.mark.parametrize("wait_s", [6, 3_600, 10**9])
def test_that_a_long_wait_is_told_at_once(wait_s: int) -> None:
    client, transport = asked(problem(429, "rate", wait_s=wait_s))
    with pytest.raises(TooOftenError) as refusal:
        client.hello()
    assert (refusal.value.wait_s, len(transport.requests)) == (wait_s, 1)


@pytest.mark.usefixtures("as_people_wait")
def test_that_a_console_which_locks_waits_for_nobody() -> None:
    client, transport = asked(problem(429, "rate", wait_s=1))
    with pytest.raises(TooOftenError):
        client.lock("idle")
    assert len(transport.requests) == 1


# what is sent again

MAY: dict[str, Callable[[ApiClient], object]] = {
    "hello": lambda c: c.hello(),
    "salt": lambda c: c.salt("ratna"),
    "lease": lambda c: c.lease(),
    "report_end": lambda c: c.report_end(door.EndReport(session=ID, end_token=bytes(32), cause="killed")),
    "reveal": lambda c: c.reveal(
        reveals.RevealRequest(request=ID, record=ID, field="nik", reason="other", signature=b"")
    ),
    "save_note": lambda c: c.save_note(reveals.SaveNote(note=ID, record=ID, text="")),
    "customers": lambda c: c.customer_page(0, 1),
    "quota": lambda c: c.quota(),
    "own": lambda c: c.own_requests(),
    "waiting": lambda c: c.waiting_requests(),
    "book": lambda c: c.book_page(0),
    "import_end": lambda c: c.import_end(ID),
    "audit": lambda c: c.audit_page(0),
    "checkpoints": lambda c: c.checkpoints(),
    "count": lambda c: c.note_count(ID),
    "colleagues": lambda c: c.colleagues(),
    "grants": lambda c: c.own_grants(),
}
MAY_NOT: dict[str, Callable[[ApiClient], object]] = {
    "sign_in": lambda c: c.sign_in(SIGN_IN),
    "card": lambda c: c.bring_card(door.CardRequest(kem=b"", sign=bytes(32), signature=b"")),
    "step_up": lambda c: c.step_up("123456"),
    "end": lambda c: c.end(door.EndRequest(cause="signed_out")),
    "enrol": lambda c: c.enrol_begin(accounts.EnrolBegin(account="a", slot_key=bytes(32), nonce=ID, proof=b"")),
    "grant": lambda c: c.grant(accounts.GrantClasses(account="a", entries=(), keys=())),
    "import": lambda c: c.import_begin(customers.ImportBegin(header=(), dry_run=True)),
    "rows": lambda c: c.import_rows(ID, customers.ImportRows(rows=())),
    "commit": lambda c: c.import_commit(ID),
    "cancel": lambda c: c.import_cancel(ID),
    "ask": lambda c: c.ask_unlock(reveals.AskUnlock(request=ID, record=ID, field="x", reason="y", words="")),
    "withdraw": lambda c: c.withdraw(ID),
    "refuse": lambda c: c.refuse(ID, reveals.RefuseUnlock(why="x")),
    "notes": lambda c: c.read_notes(reveals.ReadNotes(request=ID, record=ID, signature=b"")),
    "verified": lambda c: c.log_verified(ok=True),
}


def test_that_whoever_asks_after_a_lock_has_closed_the_line_finds_the_office_away() -> None:
    """A save or a poll may still be on its way; it is no fault."""
    client, transport = asked()
    client.close()
    with pytest.raises(OfficeAwayError):
        client.hello()
    assert transport.requests == []


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.api.client.asking.time.sleep", lambda _s: None)


@pytest.mark.parametrize("call", MAY)
def test_that_what_changes_nothing_or_has_an_id_is_sent_again(call: str) -> None:
    client, transport = asked(httpx.ConnectError("gone"))
    with pytest.raises(OfficeAwayError):
        MAY[call](client)
    assert len(transport.requests) == 3
    assert len({r.content for r in transport.requests}) == 1


@pytest.mark.parametrize("call", MAY_NOT)
def test_that_anything_else_is_sent_once(call: str) -> None:
    client, transport = asked(httpx.ReadTimeout("gone"))
    with pytest.raises(OfficeAwayError):
        MAY_NOT[call](client)
    assert len(transport.requests) == 1


def test_that_a_refusal_is_not_asked_again() -> None:
    client, transport = asked(problem(500, "fault"))
    with pytest.raises(OfficeFaultError):
        client.lease()
    assert len(transport.requests) == 1


def test_that_an_answer_after_a_broken_line_is_taken() -> None:
    quota = httpx.Response(200, json={"classes": []})
    client, _ = asked(httpx.ConnectError("gone"), httpx.RemoteProtocolError("gone"), quota)
    assert client.quota() == reveals.Quotas(classes=())


# what travels


def test_that_a_token_travels_in_its_header_only_and_only_while_it_is_used() -> None:
    client, transport = asked(httpx.Response(200, json={"classes": []}))
    client.quota()
    client.use_token(b"t" * 32)
    client.quota()
    client.forget_token()
    client.quota()
    tokens = [r.headers.get("Authorization") for r in transport.requests]
    assert tokens[0] is None
    assert tokens[1] is not None
    assert tokens[1].startswith("Bearer ")
    assert tokens[2] is None
    assert all("dHR0" not in str(r.url) for r in transport.requests)


def test_that_each_request_says_which_protocol_it_speaks() -> None:
    client, transport = asked(httpx.Response(200, json={"classes": []}))
    client.quota()
    assert transport.requests[0].headers[PROTOCOL_HEADER] == str(PROTOCOL)


def test_that_the_environment_names_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    client, transport = asked(httpx.Response(200, json={"classes": []}))
    client.quota()
    assert len(transport.requests) == 1


# the socket


@pytest.fixture
def short_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tirai-") as folder:
        yield Path(folder)


@pytest.mark.parametrize("there", ["nothing", "file", "dead"])
def test_that_an_office_that_is_not_there_is_away(short_folder: Path, there: str) -> None:
    path = short_folder / "office.sock"
    if there == "file":
        path.write_bytes(b"")
    if there == "dead":
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(path))
    client = ApiClient(SocketTransport(path))
    with pytest.raises(OfficeAwayError):
        client.hello()
    client.close()


class Listening:
    """A process-wide listener that says what it was sent before it is left."""

    def __init__(self, path: Path) -> None:
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        self._listener.listen()
        self.heard = b""
        self._thread = threading.Thread(target=self._hear, daemon=True)
        self._thread.start()

    def _hear(self) -> None:
        line, _ = self._listener.accept()
        with line:
            line.settimeout(120)
            self.heard = line.recv(4096)

    def close(self) -> None:
        self._thread.join(120)
        self._listener.close()


def test_that_a_server_of_another_uid_than_expected_is_sent_nothing(short_folder: Path) -> None:
    path = short_folder / "office.sock"
    listening = Listening(path)
    client = ApiClient(SocketTransport(path, uid=os.getuid() + 1))
    with pytest.raises(ForeignOfficeError, match="Nothing was sent"):
        client.sign_in(SIGN_IN)
    listening.close()
    client.close()
    assert listening.heard == b""


def test_that_another_users_process_in_the_offices_place_is_sent_nothing(short_folder: Path) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can stand up another user's server")
    nobody = 65534
    short_folder.chmod(stat.S_IRWXU | stat.S_IRWXO)
    path = short_folder / "office.sock"
    ready, heard = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        os.setgid(nobody)
        os.setuid(nobody)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(path))
        listener.listen()
        os.write(ready[1], b".")
        line, _ = listener.accept()
        line.settimeout(120)
        os.write(heard[1], b"heard:" + line.recv(4096))
        os._exit(0)
    try:
        os.read(ready[0], 1)
        path.chmod(0o666)
        client = ApiClient(SocketTransport(path))
        with pytest.raises(ForeignOfficeError, match="Another user"):
            client.sign_in(SIGN_IN)
        client.close()
        assert os.read(heard[0], 4096) == b"heard:"
    finally:
        os.waitpid(child, 0)
        for fd in (*ready, *heard):
            os.close(fd)
