"""The calls that are on, as a softphone tells them (`tirai call`, `tirai pop`), each by its id.

One call is talked on at most; the others are held, or wait: a second call that came meanwhile. An id is kept as a
digest. Whoever runs the softphone may forget to end a call, or lie: a call delays the lock by idle time up to a maximum
(`session.idle`), and asks for the card of whoever calls (`ui/console/popping.py`).
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from app.session.idle import boot_s

MOST_CALLS = 16
_DIGITS = 16

KeptCall = tuple[str, float, str, float]
"""For a lock: key, since when it is on, state, since when it is in that state; boot times."""


class CallState(StrEnum):
    """How a call stands."""

    ACTIVE = "active"
    HELD = "held"
    WAITS = "waits"
    """It came while another one was on, and nobody has taken it yet."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call.

    Attributes:
        key: digest of its id.
        since: when it began, or was taken; seconds of the clock.
        state: how it stands.
        changed: since when it stands so.
    """

    key: str
    since: float
    state: CallState
    changed: float


def call_key(untrusted_id: str) -> str:
    """What is kept of a call's id; the call without an id is one call, too."""
    return hashlib.sha256(untrusted_id.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


class CallBook:
    """Which calls are on since when.

    Args:
        clock: seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = boot_s) -> None:
        self._clock = clock
        self._calls: dict[str, Call] = {}
        self._ended: set[str] = set()
        self._all_ended = False
        self._said: list[tuple[CallState, str]] = []

    @property
    def count(self) -> int:
        """How many are on, held and waiting ones among them."""
        return len(self._calls)

    @property
    def calls(self) -> tuple[Call, ...]:
        """All, in the order in which they came."""
        return tuple(self._calls.values())

    @property
    def current(self) -> Call | None:
        """The call that is talked on; else the one that was held last; a waiting one where there is no other."""
        rank = {CallState.ACTIVE: 2, CallState.HELD: 1, CallState.WAITS: 0}
        return max(self._calls.values(), key=lambda call: (rank[call.state], call.changed), default=None)

    def lasts_s(self, call: Call | None = None) -> float:
        """For how long a call, or the current one, has been on; 0 where none is."""
        call = call or self.current
        return self._clock() - call.since if call is not None else 0.0

    def stands_s(self, call: Call) -> float:
        """For how long a call has been held, or has waited."""
        return self._clock() - call.changed

    def start(self, untrusted_id: str) -> bool:
        """A call is talked on; one that is on already stays as it is. False: there are too many."""
        key = call_key(untrusted_id)
        known = self._calls.get(key)
        if known is None and len(self._calls) >= MOST_CALLS:
            return False
        self._ended.discard(key)
        if known is None or known.state is CallState.WAITS:
            self.take(key)
        return True

    def ring(self, untrusted_id: str) -> bool:
        """A call comes: it waits while another one is on. One that is known stays as it is. False: too many."""
        key = call_key(untrusted_id)
        if key in self._calls or not any(call.state is CallState.ACTIVE for call in self._calls.values()):
            return self.start(untrusted_id) if key not in self._calls else True
        if len(self._calls) >= MOST_CALLS:
            return False
        self._ended.discard(key)
        now = self._clock()
        self._calls[key] = Call(key, now, CallState.WAITS, now)
        return True

    def take(self, key: str) -> None:
        """Talk on this call; the one that was talked on is held."""
        now = self._clock()
        for other in self.calls:
            if other.state is CallState.ACTIVE and other.key != key:
                self._calls[other.key] = replace(other, state=CallState.HELD, changed=now)
        known = self._calls.get(key)
        since = known.since if known is not None and known.state is not CallState.WAITS else now
        self._calls[key] = Call(key, since, CallState.ACTIVE, now)

    def hold(self, untrusted_id: str = "") -> bool:
        """Hold a call, or the one that is talked on. Whether it is held now."""
        self._remember(CallState.HELD, untrusted_id)
        call = self._named(untrusted_id, CallState.ACTIVE)
        if call is not None and call.state is CallState.ACTIVE:
            self._calls[call.key] = replace(call, state=CallState.HELD, changed=self._clock())
        return call is not None and self._calls[call.key].state is CallState.HELD

    def resume(self, untrusted_id: str = "") -> bool:
        """Go on with a held call, or the one that was held last. Whether it is talked on now."""
        self._remember(CallState.ACTIVE, untrusted_id)
        call = self._named(untrusted_id, CallState.HELD)
        if call is not None and call.state is CallState.HELD:
            self.take(call.key)
        return call is not None and self._calls[call.key].state is CallState.ACTIVE

    def _remember(self, state: CallState, untrusted_id: str) -> None:
        """What is said at a lock screen counts for the calls that were on before (`go_on`)."""
        self._said = [*self._said[-MOST_CALLS:], (state, untrusted_id)]

    def _named(self, untrusted_id: str, state: CallState) -> Call | None:
        if untrusted_id:
            return self._calls.get(call_key(untrusted_id))
        in_it = [call for call in self._calls.values() if call.state is state]
        return max(in_it, key=lambda call: call.changed) if in_it else self.current

    def end(self, untrusted_id: str = "") -> bool:
        """A call is over; without an id all are. Whether one was on."""
        if untrusted_id:
            return self.end_key(call_key(untrusted_id))
        was_on, self._all_ended = bool(self._calls), True
        self._calls.clear()
        return was_on

    def end_key(self, key: str) -> bool:
        """The same, by its digest."""
        if len(self._ended) < MOST_CALLS:
            self._ended.add(key)
        return self._calls.pop(key, None) is not None

    def kept(self) -> tuple[KeptCall, ...]:
        """What is on, for a lock in the midst of it."""
        return tuple((call.key, call.since, call.state.value, call.changed) for call in self.calls)

    def go_on(self, kept: Iterable[KeptCall]) -> None:
        """Go on with what was on before a lock, but for what has ended meanwhile."""
        before = [
            Call(key, since, CallState(state), changed)
            for key, since, state, changed in kept
            if not self._all_ended and key not in self._ended
        ]
        came = {call.key: call for call in self.calls if call.key not in {known.key for known in before}}
        self._calls = {call.key: call for call in before} | came
        self._calls = dict(list(self._calls.items())[:MOST_CALLS])
        talked_on = [call for call in self.calls if call.state is CallState.ACTIVE]
        for older in talked_on[:-1]:
            self._calls[older.key] = replace(older, state=CallState.HELD, changed=self._clock())
        self._ended.clear()
        self._all_ended = False
        said, self._said = self._said, []
        for state, untrusted_id in said:
            (self.hold if state is CallState.HELD else self.resume)(untrusted_id)
