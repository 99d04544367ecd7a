"""How a back office is asked: one exchange, or a line that stays open, with token and protocol.

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

from app.api.client.errors import OFFICE_GONE, ForeignOfficeError, NotSpokenError, OfficeAwayError
from app.api.client.fill_line import FillLine
from app.api.client.lifeline import Lifeline
from app.api.client.live_line import LiveLine
from app.api.client.protocol import Agreed, judge_route
from app.api.client.refusals import error_of, problem_of
from app.api.client.turns import Turns
from app.api.messages.filling import BeginFill
from app.api.messages.own_account import AuthenticatorBegun, FreshToken, RecoveryCodes
from app.api.messages.since import speaking
from app.api.messages.wire import PROTOCOL, PROTOCOL_HEADER, WORKSTATION_HEADER, Message, workstation_header
from app.domain import patience
from app.domain.errors import TooOftenError, WorkstationError

M = TypeVar("M", bound=Message)
Turned = TypeVar("Turned", FreshToken, AuthenticatorBegun, RecoveryCodes)
"""Answers that carry the session's new token."""
_TRIES = 3
_PATIENCE_S = 5.0
"""An office that was asked too often is waited for so long without a word; what takes longer is told."""
_PAUSES_S = (0.1, 0.4)
"""Anywhere in between: consoles that an office failed together do not ask again together."""


class Asking:
    """One way to one back office. Safe to use from several threads."""

    def __init__(self, transport: httpx.BaseTransport, timeout_s: float | None = None, workstation: str = "") -> None:
        """Speak over this transport.

        Args:
            transport: `SocketTransport` for an embedded office, `HttpsTransport` for a gateway.
            timeout_s: how long to wait for an answer; `patience.ANSWER_S` if none is given.
            workstation: name of this one, for an office that serves many; an embedded one knows where it stands.
        """
        timeout_s = patience.ANSWER_S if timeout_s is None else timeout_s
        self._transport = transport
        self._workstation = workstation
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
                raise error_of(answer)

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
        """One exchange; capabilities with many calls have them in modules of their own.

        Raises:
            OfficeAwayError: nobody answers.
            TiraiError: what the office refused, by its type.
        """
        with self._turns.together():
            return self._exchange(method, path, kind, body, again=again, timeout_s=timeout_s)

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
            error = error_of(answer)
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
        if answer.status_code != httpx.codes.UPGRADE_REQUIRED or (problem := problem_of(answer)) is None:
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
            except RuntimeError as e:  # httpx says so of a client that was closed: a lock or an end was faster
                if not self._http.is_closed:
                    raise
                raise OfficeAwayError("The line to the back office was closed here.") from e
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
