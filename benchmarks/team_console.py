"""A simulated console: the product's own client and TLS, its requests in their order, without windows and cache.

It signs what a console signs and opens its account's keys. It leaves to a real workstation what costs the gateway
nothing: Argon2id (V comes ready), replaying the book, joining a released value, and writing the cache.
"""

import contextlib
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pyotp

from app import __version__
from app.api.client import caller_checks
from app.api.client.client import ApiClient
from app.api.client.https_transport import HttpsTransport
from app.api.client.live_line import LiveLine
from app.api.messages.caller_checks import BeginCheck, CallerAnswer, Lookup
from app.api.messages.door import CardRequest, EndRequest, SignInRequest, WitnessMark
from app.api.messages.reveals import RevealRequest, SaveNote
from app.api.messages.seats import SeatHere, SeatReport
from app.auth.session_card import SessionCard, reveal_request
from app.crypto import hpke, signing
from app.crypto.account_keys import seat_id, seat_sign_seed, unwrap_account_keys
from app.domain.caller_check import How
from app.domain.errors import TiraiError
from app.domain.gateway_address import GatewayAddress
from app.session.identity import new_id
from benchmarks.team_office import Agent, office_ms

CALLS = ("lookup", "check", "verify", "reveal", "note", "lease")
"""One round: what an agent does for one caller, and a renewal of the lease."""
EVENTS = {
    "sign_in": "sign_in ok",
    "lookup": "lookup ok",
    "check": "caller_check ok",
    "verify": "verify ok",
    "reveal": "reveal ok",
    "note": "note.write ok",
    "end": "session.end ok",
}
"""Which entry of the log each call leaves; a salt, a card, a fill and a lease leave none."""
_ROW = b"["


@dataclass(slots=True)
class Seen:
    """What consoles have seen.

    Attributes:
        times: milliseconds by call.
        errors: by call and type.
        entries: that the log must have of it, by event and outcome.
        rows: that came in fills.
        told: events of the stream of changes.
    """

    times: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    entries: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    told: int = 0

    @contextlib.contextmanager
    def timing(self, call: str) -> Iterator[None]:
        """Time one call; one that is refused or not answered counts as an error, and is not raised."""
        began = time.perf_counter()
        try:
            yield
        except TiraiError as e:
            self.errors[f"{call}: {type(e).__name__} {e.code}"] += 1
        else:
            self.times.setdefault(call, []).append((time.perf_counter() - began) * 1000)
            if call in EVENTS:
                self.entries[EVENTS[call]] += 1

    def add(self, other: "Seen") -> None:
        """Take over what others saw."""
        for call, times in other.times.items():
            self.times.setdefault(call, []).extend(times)
        self.errors += other.errors
        self.entries += other.entries
        self.rows += other.rows
        self.told += other.told


class Console:
    """One agent's.

    Attributes:
        in_hand: held by whoever acts at it.
        seen: what it saw.
    """

    def __init__(self, agent: Agent, address: GatewayAddress, *, hears: bool = True) -> None:
        """Stand before a gateway.

        Args:
            agent: who sits here.
            address: of the gateway.
            hears: whether it keeps the stream of changes open.
        """
        self._agent, self._hears = agent, hears
        self.in_hand = threading.Lock()
        self._seat = seat_id(agent.office, agent.seat_half)
        self._client = ApiClient(HttpsTransport(address), workstation=f"seat-{agent.account}")
        self._client.show_seat(self._seat)
        self._live: LiveLine | None = None
        self._session = b""
        self._round = 0
        self.seen = Seen()

    def sign_in(self) -> None:
        """Ask for the salt, sign in, bring the session's card, and hear of changes from now on."""
        agent, client, seen = self._agent, self._client, self.seen
        with seen.timing("salt"):
            client.salt(agent.account)
        key = signing.public_of(seat_sign_seed(agent.office, agent.seat_half))
        request = SignInRequest(
            account=agent.account,
            verifier=agent.verifier,
            slot_key=b"",
            code=pyotp.TOTP(agent.secret).generate_otp(office_ms(agent.lead) // 30_000),
            kind="console",
            seat_id=self._seat,
            seat=SeatHere(key=key, name=f"seat-{agent.account}", version=__version__),
        )
        with seen.timing("sign_in"):
            answer = client.sign_in(request)
            self._session = answer.session
        if not self._session:
            return
        client.use_token(answer.token)
        keys = unwrap_account_keys(agent.office, agent.account, agent.wrapping, answer.wrapped_keys)
        self._seed, kem = signing.new_seed(), hpke.public_of(hpke.new_secret())
        sign = signing.public_of(self._seed)
        card = SessionCard(agent.account, answer.session, kem, sign, f"seat-{agent.account}", answer.ends_ms)
        signature = signing.sign(keys.seed, card.body(agent.office))
        with seen.timing("card"):
            self._mark = client.bring_card(CardRequest(kem=kem, sign=sign, signature=signature)).audit
        if self._hears:
            self._live = client.live(self._hear, lambda: None)

    def _hear(self, topics: frozenset[str]) -> None:
        self.seen.told += len(topics)

    def fill(self) -> None:
        """Read every customer of the queue."""
        with self.seen.timing("fill"), self._client.fill(None) as line:
            line.head()
            is_last = False
            while not is_last:
                lines, token = line._chunk()
                self.seen.rows += len(lines)
                is_last = token.is_last

    def serve_caller(self, customers: Sequence[dict[str, str]], at: int) -> None:
        """One round, for the customer at a place."""
        for _call in self.calls(customers, at):
            pass

    def calls(self, customers: Sequence[dict[str, str]], at: int) -> Iterator[str]:
        """The calls of one round, each named once it is done."""
        customer, seen, client = customers[at % len(customers)], self.seen, self._client
        records: tuple[bytes, ...] = ()
        with seen.timing("lookup"):
            records = caller_checks.look_up(client, Lookup(text=customer["mobile_phone"])).records
        if not records:
            seen.errors["lookup: nobody found"] += 1
            return
        yield "lookup"
        record, check = records[0], new_id()
        with seen.timing("check"):
            caller_checks.begin_check(client, BeginCheck(check=check, record=record))
        yield "check"
        with seen.timing("verify"):
            said = CallerAnswer(field="birth_date", how=How.TYPED, text=customer["birth_date"])
            caller_checks.answer_check(client, check, said)
        yield "verify"
        with seen.timing("reveal"):
            client.reveal(self._signed(record, "mobile_phone", "call_back"))
        yield "reveal"
        self._round += 1
        with seen.timing("note"):
            client.save_note(SaveNote(note=new_id(), record=record, text=f"Asked about bill {self._round}."))
        yield "note"
        with seen.timing("lease"):
            known = WitnessMark(length=self._mark.length, head=self._mark.head)
            self._mark = client.lease(known, None, SeatReport(policy=0)).audit
        yield "lease"

    def long_proof(self) -> tuple[int, float]:
        """Renew the lease as if nothing of the log had been seen: digests of the proof, and milliseconds."""
        began = time.perf_counter()
        lease = self._client.lease(WitnessMark(length=0, head=bytes(32)), None, SeatReport(policy=0))
        return len(lease.audit_proof), (time.perf_counter() - began) * 1000

    def _signed(self, record: bytes, name: str, reason: str) -> RevealRequest:
        request = new_id()
        message = reveal_request(self._agent.office, self._session, record, name, reason, "", request)
        signature = signing.sign(self._seed, message)
        return RevealRequest(request=request, record=record, field=name, reason=reason, signature=signature)

    def end(self) -> None:
        """Sign out."""
        if self._live is not None:
            self._live.close()
        with self.seen.timing("end"):
            self._client.end(EndRequest(cause="signed_out"))
        self._client.close()
