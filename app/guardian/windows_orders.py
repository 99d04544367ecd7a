"""Windows: what a helper is started for, as the first line on its pipe (a console: `start_words`); and what it answers.

None of it is on a command line or in the environment, where other programs of the same person read it.
"""

import json
from dataclasses import asdict
from typing import Any

from app.guardian.orders import Order, Sweep, WipeSessions
from app.guardian.receipts import lines_from
from app.guardian.wire import SessionBegun


def order_line(order: Order, *, again: bool) -> bytes:
    """What a helper is to destroy."""
    parts: dict[str, Any] = {"does": "sweep", "again": again}
    if isinstance(order, WipeSessions):
        parts |= {
            "does": "wipe",
            "sessions": [asdict(begun) for begun in order.sessions],
            "report": order.report,
            "cause": order.cause,
            "before": [asdict(line) for line in order.before],
        }
    return _line(parts)


def order_of(line: bytes) -> tuple[Order, bool]:
    """The same, read; and whether it is the second try.

    Raises:
        ValueError, KeyError, TypeError, ReceiptError: it is none.
    """
    parts = json.loads(line)
    again = bool(parts["again"])
    if parts["does"] == "sweep":
        return Sweep(), again
    sessions = tuple(SessionBegun(**begun) for begun in parts["sessions"])
    return WipeSessions(sessions, bool(parts["report"]), str(parts["cause"]), lines_from(parts["before"])), again


def ends_line(sessions: "tuple[SessionBegun, ...]") -> bytes:
    """Of which sessions' ends the office is to hear."""
    return _line({"sessions": [asdict(begun) for begun in sessions]})


def ends_of(line: bytes) -> tuple[SessionBegun, ...]:
    """The same, read.

    Raises:
        ValueError, KeyError, TypeError: it is none.
    """
    return tuple(SessionBegun(**begun) for begun in json.loads(line)["sessions"])


def _line(parts: dict[str, Any]) -> bytes:
    return json.dumps(parts, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
