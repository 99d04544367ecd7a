"""Judges how often somebody asks: by address before anything is read, by account and workstation once they are known.

What bounds work is counted in this process: the more gateways, the more of it they do. What guards, doors and whatever
finds, opens or tries something, is counted where all processes of an office see it (docs/adr/0053).
"""

import ipaddress
import math
import time
from collections.abc import Callable

from app.backoffice.request_rates import RatesInMemory, RateStore, Taken
from app.backoffice.sessions import Session
from app.domain.errors import TooOftenError
from app.domain.request_limits import RATE_LIMITS, RateLimits

_DOORS = ("/v1/door/", "/v1/hello")
_GUARDED = (
    "/v1/caller-checks",
    "/v1/lookups",
    "/v1/notes/read",
    "/v1/own/authenticator",
    "/v1/own/password",
    "/v1/own/recovery-codes",
    "/v1/reveals",
    "/v1/session/step-up",
    "/v1/uses",
    "/v1/who-saw",
)
"""Whoever asks often here searches, opens or guesses. Each is a transaction anyway."""
_LOCKED = "/v1/door/locked"
"""A house at lunch asks by this each minute, and must not keep anybody from signing in."""
_NEVER_REFUSED = ("/v1/session/lock", "/v1/session/end")
"""Whoever leaves is not kept: a refused lock is an open session."""
_NETWORK_BITS = 64
"""What one customer of a provider has of IPv6 at least (RFC 6177)."""


def _ms_of_uptime() -> int:
    return time.monotonic_ns() // 1_000_000


class RequestRates:
    """All rates of one process."""

    def __init__(
        self,
        limits: RateLimits = RATE_LIMITS,
        shared: RateStore | None = None,
        now_ms: Callable[[], int] = _ms_of_uptime,
    ) -> None:
        """Judge by these limits.

        Args:
            limits: how often.
            shared: where what guards is counted; in this process where none is given.
            now_ms: a clock that only goes on.
        """
        self._limits, self._now_ms = limits, now_ms
        self._here = RatesInMemory()
        self._shared = shared if shared is not None else RatesInMemory()

    def judge_address(self, address: str, path: str) -> None:
        """A request comes from an address; an empty one is nobody's (a private socket, a balancer that tells none).

        Raises:
            TooOftenError: too many do.
        """
        if address:
            network = network_of(address)
            buckets = [(f"address:{network}", self._limits.address)]
            if path.startswith(_DOORS) and path != _LOCKED:
                buckets.append((f"door:{network}", self._limits.door))
            self._judge(self._here, buckets)

    def judge_door(self, address: str) -> None:
        """Somebody without a session asks for one, or tries what opens one; over all gateways.

        Raises:
            TooOftenError: too many do.
        """
        if address:
            self._judge(self._shared, [(f"door:{network_of(address)}", self._limits.door)])

    def judge_session(self, session: Session, path: str) -> None:
        """A request comes from a living session.

        Raises:
            TooOftenError: its account or its workstation asks too often.
        """
        if path not in _NEVER_REFUSED:
            store = self._shared if path.startswith(_GUARDED) else self._here
            account, workstation = f"account:{session.name}", f"workstation:{session.seat}"
            self._judge(store, [(account, self._limits.account), (workstation, self._limits.workstation)])

    def _judge(self, store: RateStore, buckets: Taken) -> None:
        if wait := store.take(buckets, self._now_ms()):
            wait_s = math.ceil(wait / 1000)
            raise TooOftenError(f"Too many requests at once. Wait {wait_s} s, then go on.", wait_s=wait_s)


def network_of(address: str) -> str:
    """What an address is counted as: itself, or its IPv6 network."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is None:
        return str(ipaddress.ip_network((ip, _NETWORK_BITS), strict=False))
    return str(getattr(ip, "ipv4_mapped", None) or ip)
