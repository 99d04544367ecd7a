"""Ports for servers that tests start: of no other process of the same run, and of nobody who merely calls somebody."""

import os
import socket
from itertools import count

_FIRST, _EACH, _SHARES = 10_000, 1_200, 16
"""Below 32768, where the kernel takes callers' ports from (`ip_local_port_range`): none goes between look and use."""
_tries = count(os.getpid() * 37)


def free_port() -> int:
    """A port at which nobody listens, and that this process has not given before for a long time.

    Raises:
        RuntimeError: all of this process's share are taken.
    """
    share = int(os.environ.get("PYTEST_XDIST_WORKER", f"gw{_SHARES - 1}").removeprefix("gw")) % _SHARES
    for _ in range(_EACH):
        port = _FIRST + share * _EACH + next(_tries) % _EACH
        with socket.socket() as found:
            try:
                found.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"nobody could listen at any of {_EACH} ports")
