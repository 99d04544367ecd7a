"""The one client of the office's API: typed messages in, typed messages or typed errors out.

Invariants: a token travels in a header only; answers are validated before anything believes them; requests time out;
only requests that change nothing, or carry an id of their own, are sent again.
"""

import math
import secrets
import time
from base64 import b64encode
from collections.abc import Callable
from typing import TypeVar
from weakref import WeakSet

import httpx
from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from app.api.client.errors import (
    OFFICE_GONE,
    WIPE_NOW,
    ForeignOfficeError,
    InputRefusedError,
    NotAllowedError,
    NotSpokenError,
    OfficeAwayError,
    OfficeFaultError,
    SessionOverError,
    SignInAnswerError,
    UpdateNeededError,
)
from app.api.client.fill_line import FillLine
from app.api.client.lifeline import Lifeline
from app.api.client.live_line import LiveLine
from app.api.client.paths import in_path
from app.api.client.protocol import Agreed, judge_route
from app.api.client.turns import Turns
from app.api.messages import accounts, audit, book, customers, door, reveals, rotation
from app.api.messages.filling import BeginFill
from app.api.messages.own_account import AuthenticatorBegun, FreshToken, RecoveryCodes
from app.api.messages.seats import SeatReport
from app.api.messages.since import speaking
from app.api.messages.wire import (
    PROBLEM_TYPE,
    PROTOCOL,
    PROTOCOL_HEADER,
    UPDATE_NEEDED,
    WORKSTATION_HEADER,
    Done,
    Message,
    Problem,
    workstation_header,
)
from app.domain.errors import PacedError, TiraiError, TooOftenError, VerificationError, WorkstationError

M = TypeVar("M", bound=Message)
Turned = TypeVar("Turned", FreshToken, AuthenticatorBegun, RecoveryCodes)
"""Answers that carry the session's new token."""
TIMEOUT_S = 25.0
"""Shorter than the office remembers an answer, so that a repeated reveal is still the same one."""
LOCK_TIMEOUT_S = 0.5
"""A lock waits for nobody: the process goes, whether the office has heard of it or not."""
NOTE_TIMEOUT_S = 3.0
"""A note that the office does not take so soon goes to the outbox."""
END_TIMEOUT_S = 5.0
"""An office that hangs does not hold up a person who leaves: the last word goes to the outbox."""
IMPORT_TIMEOUT_S = 300.0
"""The commit of a large import takes its time; a process that ends closes its line at once."""
_TRIES = 3
_PATIENCE_S = 5.0
"""An office that was asked too often is waited for so long without a word; what takes longer is told."""
_PAUSES_S = (0.1, 0.4)
"""Anywhere in between: consoles that an office failed together do not ask again together."""
_SIGN_IN_CODES = {"wrong", "used_code", "clock_off", "throttled", "codes_refused", "wrong_code", "wrong_password"}
_SIGN_IN_CODES |= {"seat_revoked", "seat_key", "seat_unknown"}
_OVER_CODES = {
    "session_over",
    "signed_in_again",
    "signed_in_elsewhere",
    "ended_by_person",
    "ended_by_administrator",
    "other_workstation",
    WIPE_NOW,
}


class ApiClient:
    """Speaks to one back office. Safe to use from several threads."""

    def __init__(self, transport: httpx.BaseTransport, timeout_s: float = TIMEOUT_S, workstation: str = "") -> None:
        """Speak over this transport.

        Args:
            transport: `SocketTransport` for an embedded office, `HttpsTransport` for a gateway.
            timeout_s: how long to wait for an answer.
            workstation: name of this one, for an office that serves many; an embedded one knows where it stands.
        """
        self._transport = transport
        self._workstation = workstation
        self._steps = "/v1/imports"
        self._agreed = Agreed()
        headers = {PROTOCOL_HEADER: str(PROTOCOL)}  # each request says its own
        if workstation:
            headers[WORKSTATION_HEADER] = workstation_header(workstation)
        self._http = httpx.Client(
            transport=transport,
            base_url=getattr(transport, "url", "http://office"),
            headers=headers,
            timeout=timeout_s,
            trust_env=False,
            follow_redirects=False,
        )
        self._timeout_s = timeout_s
        self._token = b""
        self._turns = Turns()
        self._fills = WeakSet[FillLine]()

    def _said(self) -> dict[str, str]:
        """What every request says: protocol, workstation, session."""
        said = self._http.headers
        here = {WORKSTATION_HEADER: said[WORKSTATION_HEADER]} if WORKSTATION_HEADER in said else {}
        return {PROTOCOL_HEADER: str(self._agreed.protocol)} | here | self._authorization()

    @property
    def protocol(self) -> int:
        """The protocol that is spoken with this office now."""
        return self._agreed.protocol

    def show_seat(self, seat: bytes) -> None:
        """Say which workstation this is, by the id that its keyring's half gives; only to an office of many."""
        if self._workstation:
            self._http.headers[WORKSTATION_HEADER] = workstation_header(self._workstation, seat)

    def use_token(self, token: bytes) -> None:
        """Speak for this session from now on."""
        self._token = token

    def forget_token(self) -> None:
        """Speak for nobody."""
        self._token = b""

    def lifeline(self, on_end: Callable[[], object]) -> Lifeline | None:
        """A line whose end is the end of the office's process; None where the way to the office has no such line.

        Args:
            on_end: called once from a thread of its own.

        Raises:
            OfficeAwayError: nobody answers.
        """
        open_line = getattr(self._transport, "open_line", None)
        if open_line is None or not getattr(self._transport, "ends_with_line", False):
            return None
        try:
            return Lifeline(open_line(), on_end)
        except httpx.TransportError as e:
            raise _away(e) from e

    def live(self, on_change: Callable[[frozenset[str]], object], on_end: Callable[[], object]) -> LiveLine | None:
        """The stream of changes of this session; None where the way to the office has no line of its own.

        Args:
            on_change: called with topics (`app/api/server/feed.py`) from a thread of its own; first with `OPEN` of
                `live_line.py`.
            on_end: called once from that thread when the stream ends.

        Raises:
            OfficeAwayError: nobody answers.
        """
        open_line = getattr(self._transport, "open_line", None)
        if open_line is None:
            return None
        with self._turns.together():
            headers = self._said()
        try:
            host = self._http.base_url.netloc.decode()
            return LiveLine(open_line(), host, headers, "/v1/session/changes", on_change, on_end)
        except httpx.TransportError as e:
            raise _away(e) from e

    def slot(self, key: bytes) -> bytes:
        """A slot key as this office is given it: nothing, where no file is opened by one.

        A gateway could open the slots of an embedded office that was moved to it, of which it may have a copy.
        """
        return key if getattr(self._transport, "opens_a_file", True) else b""

    @property
    def is_of_machine(self) -> bool:
        """Whether root vouches for who answers: the office of the whole workstation, under a user of its own."""
        return bool(getattr(self._transport, "is_of_machine", False))

    def slot_half(self, office: bytes, half: bytes) -> bytes:
        """What a slot key is made with beside the password's part.

        Args:
            office: O, which everybody knows.
            half: H of this OS user.

        Returns:
            H; but O for the office of a whole workstation, whose slots lie under a half of its own, and which people
            come to as whichever OS user.
        """
        return office if self.is_of_machine else half

    def hang_up(self) -> None:
        """Close the lines that are open now, so that they hold no office that is about to leave."""
        hang_up = getattr(self._transport, "hang_up", None)
        if hang_up is not None:
            hang_up()
        self._end_fills()

    def close(self) -> None:
        """Close all lines."""
        self._http.close()
        self._end_fills()

    def _end_fills(self) -> None:
        for line in list(self._fills):
            line.close()

    # the door

    def hello(self) -> door.Hello:
        """Who the office says it is."""
        return self._call("GET", "/v1/hello", door.Hello)

    def salt(self, account: str) -> door.Salt:
        """Salt and parameters of an account's password."""
        return self._call("POST", "/v1/door/salt", door.Salt, door.AskSalt(account=account), again=True)

    def sign_in(self, request: door.SignInRequest) -> door.SignedIn:
        """Begin a session."""
        return self._call("POST", "/v1/door/sign-in", door.SignedIn, request)

    def bring_card(self, request: door.CardRequest) -> door.Lease:
        """Bring the session card; the first lease comes back."""
        return self._call("PUT", "/v1/session/card", door.Lease, request)

    def lease(
        self,
        seen: door.WitnessMark | None = None,
        outbox: door.WitnessMark | None = None,
        seat: SeatReport | None = None,
    ) -> door.Lease:
        """Renew the lease, with a proof that the log follows what was seen; tell of outbox and workstation."""
        request = door.LeaseRequest(audit_seen=seen, outbox=outbox, seat=seat)
        return self._call("POST", "/v1/session/lease", door.Lease, request, again=True)

    def cache_replaced(self, reason: str) -> None:
        """Tell of a session cache that another program touched."""
        self._call("POST", "/v1/cache/replaced", Done, door.CacheReplaced.model_validate({"reason": reason}))

    def step_up(self, code: str) -> bytes:
        """Give a fresh code; the session's new token, which is in use from now on."""
        return self.turn("POST", "/v1/session/step-up", FreshToken, door.StepUpRequest(code=code)).token

    def lock(self, cause: str, outbox: door.WitnessMark | None = None) -> door.Ended:
        """Lock the session; the audit entry's number and the log's head after it. Not waited for beyond a second."""
        request = door.LockRequest(cause=cause, outbox=outbox)
        return self._call("POST", "/v1/session/lock", door.Ended, request, timeout_s=LOCK_TIMEOUT_S)

    def resume(self, request: door.ResumeRequest) -> door.Resumed:
        """Go on with a locked session."""
        return self._call("POST", "/v1/door/resume", door.Resumed, request)

    def ask_while_locked(self, session: bytes, end_token: bytes) -> None:
        """Whether a locked session waits still; raises how it ended."""
        asked = door.AskWhileLocked(session=session, end_token=end_token)
        self._call("POST", "/v1/door/locked", Done, asked, again=True)

    def end(self, request: door.EndRequest) -> door.Ended:
        """End the session; the audit entry's number and the log's head after it."""
        return self._call("POST", "/v1/session/end", door.Ended, request, timeout_s=END_TIMEOUT_S)

    def report_end(self, report: door.EndReport) -> int:
        """The guardian's word; the audit entry's number."""
        return self.tell_end(report).entry

    def tell_end(self, report: door.EndReport) -> door.Ended:
        """The guardian's word; what the office says to it, and to a receipt that came along."""
        return self._call("POST", "/v1/door/ended", door.Ended, report, again=True)

    def enrol_begin(self, request: accounts.EnrolBegin) -> accounts.EnrolBegun:
        """Begin an enrolment."""
        return self._call("POST", "/v1/door/enrol", accounts.EnrolBegun, request)

    def enrol_book(self, request: accounts.EnrolBook) -> book.BookPage:
        """What the book has grown by during an enrolment."""
        return self._call("POST", "/v1/door/enrol/book", book.BookPage, request, again=True)

    def enrol_finish(self, request: accounts.EnrolFinish) -> tuple[str, ...]:
        """Finish an enrolment; the person's recovery codes."""
        return self._call("POST", "/v1/door/enrol/finish", accounts.Enrolled, request).recovery_codes

    # people

    def book_page(self, after: int) -> book.BookPage:
        """Entries of the book from a number on."""
        return self._call("GET", f"/v1/book?after={after}", book.BookPage)

    def invite(self, request: accounts.Invite) -> None:
        """Bring an invitation."""
        self._call("POST", "/v1/accounts", Done, request)

    def colleagues(self) -> accounts.Colleagues:
        """Accounts that wait for class keys."""
        return self._call("GET", "/v1/colleagues", accounts.Colleagues)

    def grant(self, request: accounts.GrantClasses) -> None:
        """Bring class grants."""
        self._call("POST", "/v1/class-grants", Done, request)

    def own_grants(self) -> accounts.OwnGrants:
        """One's own class keys."""
        return self._call("GET", "/v1/class-grants/own", accounts.OwnGrants)

    # class keys

    def class_keys(self) -> rotation.ClassKeyStates:
        """How far each class key's rotation has come."""
        return self._call("GET", "/v1/class-keys", rotation.ClassKeyStates)

    def boxes(self, data_class: str, limit: int) -> rotation.Chunk:
        """Boxes to seal anew."""
        return self._call("GET", f"/v1/class-keys/{data_class}/boxes?limit={limit}", rotation.Chunk)

    def bring_resealed(self, request: rotation.Resealed) -> rotation.Taken:
        """Bring boxes sealed anew; what was taken once is not taken again."""
        return self._call("POST", "/v1/class-keys/boxes", rotation.Taken, request, again=True)

    def new_boxes(self, data_class: str, limit: int) -> rotation.Chunk:
        """New boxes to check."""
        return self._call("GET", f"/v1/class-keys/{data_class}/new-boxes?limit={limit}", rotation.Chunk)

    def bring_checked(self, request: rotation.Checked) -> rotation.Taken:
        """Bring this session's word on new boxes; what was judged once is not judged again."""
        return self._call("POST", "/v1/class-keys/new-boxes", rotation.Taken, request, again=True)

    # work

    def customer_page(self, after: int, limit: int, *, with_total: bool = True) -> customers.CustomerPage:
        """A page of customers; counting all of them costs the office a look at each."""
        path = f"/v1/customers?after={after}&limit={limit}&total={int(with_total)}"
        return self._call("GET", path, customers.CustomerPage)

    def customer_changes(self, place: tuple[int, int], limit: int) -> customers.CustomerChanges:
        """What changed of the person's customers behind a place in the sequence of changes."""
        path = f"/v1/customers/changes?since={place[0]}&after={place[1]}&limit={limit}"
        return self._call("GET", path, customers.CustomerChanges)

    def fill(self, token: bytes | None) -> FillLine:
        """A stream of the person's customers, over a line of its own; it goes on when the token turns over.

        Args:
            token: from the last chunk that came, or None for all of them.

        Raises:
            OfficeAwayError: nobody answers.
            TiraiError: what the office refused, by its type.
        """
        open_line = getattr(self._transport, "open_line", None)
        if open_line is None:
            raise WorkstationError("There is no way for a stream to this office.")
        packs = not getattr(self._transport, "is_private", False)
        spoke = self._agreed.protocol
        while True:
            with speaking(spoke):
                body = BeginFill(token=token).model_dump_json().encode()
            with self._turns.together():
                headers = {
                    "Host": self._http.base_url.netloc.decode(), "Content-Type": "application/json",
                    **self._said(), PROTOCOL_HEADER: str(spoke),
                }  # fmt: skip
                path = "/v1/customers/fill"
                try:
                    line = FillLine(open_line(), headers, path, body, packs=packs, silent_s=self._timeout_s)
                except httpx.TransportError as e:
                    raise _away(e) from e
            if (refused := line.refused) is None:
                self._fills.add(line)
                return line
            line.close()
            answer = httpx.Response(refused.status, headers={"Content-Type": refused.kind}, content=refused.body)
            if not (spoke := self._lower(answer, spoke)):
                raise _error(answer)

    def import_begin(self, request: customers.ImportBegin) -> customers.ImportBegun:
        """Begin an import; its rows go to the process behind `at_import`."""
        return self._call("POST", "/v1/imports", customers.ImportBegun, request)

    def at_import(self, begun: customers.ImportBegun) -> "ApiClient":
        """A client for the process of an import that this client began: rows, commit and cancel; no other call."""
        beside = getattr(self._transport, "beside", None)
        if beside is None:
            raise WorkstationError("Customers are brought in on the office's own workstation.")
        client = ApiClient(beside(begun.socket), IMPORT_TIMEOUT_S, self._workstation)
        client._agreed.protocol = self._agreed.protocol
        client.use_token(begun.token)
        if not getattr(self._transport, "is_private", False):
            client._steps = "/v1/import-steps"
        return client

    def import_rows(self, key: bytes, request: customers.ImportRows) -> customers.ImportProgress:
        """Bring rows."""
        return self._call("POST", f"{self._steps}/{in_path(key)}/rows", customers.ImportProgress, request)

    def import_commit(self, key: bytes) -> customers.ImportDone:
        """Make an import visible."""
        return self._call("POST", f"{self._steps}/{in_path(key)}/commit", customers.ImportDone)

    def import_cancel(self, key: bytes) -> None:
        """Stop an import."""
        self._call("DELETE", f"{self._steps}/{in_path(key)}", Done)

    def import_end(self, key: bytes) -> customers.ImportFate:
        """Have the office end an import's process and say what came of it."""
        return self._call("DELETE", f"/v1/imports/{in_path(key)}", customers.ImportFate, again=True)

    def reveal(self, request: reveals.RevealRequest) -> reveals.RevealAnswer:
        """Ask for one value's share. Sent again with the same id if the line breaks: counted once."""
        return self._call("POST", "/v1/reveals", reveals.RevealAnswer, request, again=True)

    def copied(self, notice: reveals.CopyNotice) -> None:
        """Say that a revealed value is about to be copied."""
        self._call("POST", "/v1/reveals/copied", Done, notice)

    def quota(self) -> reveals.Quotas:
        """Reveals of this shift."""
        return self._call("GET", "/v1/reveals/quota", reveals.Quotas)

    def ask_unlock(self, request: reveals.AskUnlock) -> reveals.OwnRequests:
        """Ask for an unlock."""
        return self._call("POST", "/v1/unlocks", reveals.OwnRequests, request)

    def own_requests(self) -> reveals.OwnRequests:
        """One's own requests."""
        return self._call("GET", "/v1/unlocks/own", reveals.OwnRequests)

    def waiting_requests(self) -> reveals.WaitingRequests:
        """Requests to decide."""
        return self._call("GET", "/v1/unlocks/waiting", reveals.WaitingRequests)

    def withdraw(self, key: bytes) -> None:
        """Withdraw a request."""
        self._call("DELETE", f"/v1/unlocks/{in_path(key)}", Done)

    def approve(self, key: bytes, request: reveals.ApproveUnlock) -> None:
        """Approve a request."""
        self._call("POST", f"/v1/unlocks/{in_path(key)}/approve", Done, request)

    def refuse(self, key: bytes, request: reveals.RefuseUnlock) -> None:
        """Refuse a request."""
        self._call("POST", f"/v1/unlocks/{in_path(key)}/refuse", Done, request)

    def save_note(self, request: reveals.SaveNote) -> reveals.NoteSaved:
        """Save a note; the same text under the same id may come twice. Not waited for as long as for other answers."""
        return self._call("PUT", "/v1/notes", reveals.NoteSaved, request, again=True, timeout_s=NOTE_TIMEOUT_S)

    def read_notes(self, request: reveals.ReadNotes) -> reveals.SealedNotes:
        """Open the notes of a record."""
        return self._call("POST", "/v1/notes/read", reveals.SealedNotes, request)

    def note_count(self, record: bytes) -> int:
        """How many notes a record has."""
        return self._call("GET", f"/v1/notes/{in_path(record)}/count", reveals.NoteCount).count

    def audit_page(self, after: int) -> audit.AuditPage:
        """Entries of the log."""
        return self._call("GET", f"/v1/audit?after={after}", audit.AuditPage)

    def checkpoints(self) -> audit.Checkpoints:
        """Checkpoints of the log."""
        return self._call("GET", "/v1/audit/checkpoints", audit.Checkpoints)

    def log_verified(self, *, ok: bool, entries: int = 0, first_bad: int | None = None) -> None:
        """Write down that the log was verified."""
        body = audit.Verified(ok=ok, entries=entries, first_bad=first_bad)
        self._call("POST", "/v1/audit/verified", Done, body)

    def audit_search(self, query: audit.AuditQuery) -> audit.AuditFound:
        """Entries of the log that fit, a page of them."""
        return self._call("POST", "/v1/audit/search", audit.AuditFound, query)

    def audit_detail(self, number: int) -> audit.AuditDetail:
        """One entry of the log with its place in the chain."""
        return self._call("GET", f"/v1/audit/entries/{number}", audit.AuditDetail)

    def audit_export(self, export: audit.Export) -> None:
        """Write down that entries leave the office."""
        self._call("POST", "/v1/audit/exports", Done, export)

    def audit_exported(self, end: audit.ExportEnd) -> None:
        """Write down what came of it."""
        self._call("POST", "/v1/audit/exports/end", Done, end)

    # the call itself

    def call(
        self,
        method: str,
        path: str,
        kind: type[M],
        body: Message | None = None,
        *,
        again: bool = False,
        timeout_s: float | None = None,
    ) -> M:
        """One exchange of a capability that has its calls in a module of its own.

        Raises:
            OfficeAwayError: nobody answers.
            TiraiError: what the office refused, by its type.
        """
        return self._call(method, path, kind, body, again=again, timeout_s=timeout_s)

    def turn(self, method: str, path: str, kind: type[Turned], body: Message) -> Turned:
        """An exchange that turns the session's token over; other requests wait for it, and it for them.

        Raises:
            OfficeAwayError: nobody answers; if the office had turned the token already, the session is over.
            TiraiError: what the office refused, by its type; the token is the one before.
        """
        with self._turns.alone():
            answer = self._exchange(method, path, kind, body)
            self._token = answer.token
            return answer

    def _call(
        self,
        method: str,
        path: str,
        kind: type[M],
        body: Message | None = None,
        *,
        again: bool = False,
        timeout_s: float | None = None,
    ) -> M:
        with self._turns.together():
            return self._exchange(method, path, kind, body, again=again, timeout_s=timeout_s)

    def _exchange(
        self,
        method: str,
        path: str,
        kind: type[M],
        body: Message | None = None,
        *,
        again: bool = False,
        timeout_s: float | None = None,
    ) -> M:
        """One exchange.

        Raises:
            OfficeAwayError: nobody answers.
            NotSpokenError: an office of the protocol before cannot be asked for this.
            TiraiError: what the office refused, by its type.
        """
        tries = _TRIES if again or method == "GET" else 1
        until = math.inf if timeout_s is None else time.monotonic() + timeout_s
        patient_until = min(until, time.monotonic() + _PATIENCE_S)
        spoke = self._agreed.protocol
        while True:
            judge_route(spoke, method, path)
            answer = self._sent(method, path, body, spoke, timeout_s, tries, until)
            if answer.status_code == httpx.codes.OK:
                self._agreed.heard(answer.headers.get(PROTOCOL_HEADER, ""))
                break
            if lower := self._lower(answer, spoke):
                spoke = lower
                continue
            error = _error(answer)
            if not isinstance(error, TooOftenError) or time.monotonic() + error.wait_s > patient_until:
                raise error
            time.sleep(error.wait_s)  # nothing was done of it, whatever it was
        try:
            return kind.model_validate_json(answer.content)
        except ValidationError as e:
            raise ForeignOfficeError("The office's answer has another shape than agreed; update the console.") from e

    def _lower(self, answer: httpx.Response, spoke: int) -> int:
        """In which protocol the same may be asked for, where an answer refuses the one that was spoken; else 0.

        Raises:
            UpdateNeededError: there is none that both speak.
        """
        if answer.status_code != httpx.codes.UPGRADE_REQUIRED or (problem := _problem(answer)) is None:
            return 0
        return self._agreed.refused(spoke, problem.number)

    def _sent(
        self,
        method: str,
        path: str,
        body: Message | None,
        spoke: int,
        timeout_s: float | None,
        tries: int,
        until: float,
    ) -> httpx.Response:
        for left in reversed(range(tries)):
            try:
                return self._send(method, path, body, spoke, timeout_s)
            except httpx.TransportError as e:
                if not left or time.monotonic() >= until or isinstance(e, httpx.ConnectTimeout):
                    raise _away(e) from e
                time.sleep(secrets.SystemRandom().uniform(*_PAUSES_S))
        raise AssertionError("one try at least")

    def _authorization(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {b64encode(self._token).decode()}"} if self._token else {}

    def _send(
        self, method: str, path: str, body: Message | None, spoke: int, timeout_s: float | None
    ) -> httpx.Response:
        headers = {PROTOCOL_HEADER: str(spoke)} | self._authorization()
        content = None
        if body is not None:
            content = _written(body, spoke)
            headers["Content-Type"] = "application/json"
        timeout = self._http.timeout if timeout_s is None else httpx.Timeout(timeout_s)
        return self._http.request(method, path, content=content, headers=headers, timeout=timeout)


def _away(error: httpx.TransportError) -> OfficeAwayError:
    code = OFFICE_GONE if isinstance(error, httpx.ConnectError) else ""
    return OfficeAwayError("The back office does not answer. Try again in a moment.", code=code)


def _written(body: Message, spoke: int) -> bytes:
    """A message for an office that speaks this protocol.

    Raises:
        NotSpokenError: it cannot be said there.
    """
    try:
        with speaking(spoke):
            return body.model_dump_json().encode()
    except PydanticSerializationError:  # of a value that `Before` has no words for
        raise NotSpokenError from None


def _problem(answer: httpx.Response) -> Problem | None:
    """What an answer refuses with; None: it is none of an office's."""
    try:
        problem = Problem.model_validate_json(answer.content)
    except ValidationError:
        return None
    is_one = answer.headers.get("content-type") == PROBLEM_TYPE and problem.status == answer.status_code
    return problem if is_one else None


def _error(answer: httpx.Response) -> TiraiError:
    problem = _problem(answer)
    if problem is None:
        return ForeignOfficeError("Something else than the office answers here.")
    code, message = problem.code, problem.detail
    if code in _SIGN_IN_CODES:
        return SignInAnswerError(message, code=code, number=problem.number, wait_s=problem.wait_s)
    if code in _OVER_CODES:
        return SessionOverError(message, code=code, order=problem.order or b"")
    if code == UPDATE_NEEDED:
        return UpdateNeededError(message, code=code)
    match answer.status_code:
        case 403 if problem.wait_s:
            return PacedError(message, code=code, wait_s=problem.wait_s)
        case 403:
            return NotAllowedError(message, code=code)
        case 413 | 415 | 422:
            return InputRefusedError(message, code=code)
        case 429:
            return TooOftenError(message, wait_s=max(1, problem.wait_s))
        case 409:
            return VerificationError(message, code=code)
        case 500:
            return OfficeFaultError(message, code=code)
        case _:
            return WorkstationError(message, code=code)
