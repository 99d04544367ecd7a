"""The wipe helper: a forked process that imports the heavy storage code, destroys, reports one JSON line, ends.

The guardian waits for it with a time limit and forks one more if it died or hung; then everything is *failed*.
The helper ignores the stop signals and outlives a killed guardian, so that a wipe once begun is finished.
"""

import json
import os
import select
import time
from collections.abc import Callable
from dataclasses import asdict

from app.guardian.children import fork
from app.guardian.destroy import Wiped
from app.guardian.limits import LINE_BYTES
from app.guardian.receipts import ReceiptError, lines_from
from app.session.ends import WipeLine

_BREATH_S = 0.5
"""Between two tries when the system gives no process."""

Task = Callable[[bool], Wiped]
"""What a helper does; the argument says whether this is the second try (files first, the keyring after)."""

NOBODY_DID = Wiped((WipeLine("keyring", "failed", "helper_died"), WipeLine("cache", "failed", "helper_died")))


def run_in_helper(task: Task, timeout_s: float) -> Wiped:
    """Have `task` done by a helper, by a second one if the first dies or hangs.

    Args:
        task: runs in the helper.
        timeout_s: for each of the two.

    Returns:
        What the helper reported, or `NOBODY_DID`.
    """
    for second_try in (False, True):
        done = _one_helper(lambda again=second_try: task(again), timeout_s)  # type: ignore[misc]
        if done is not None:
            return done
    return NOBODY_DID


def _one_helper(task: Callable[[], Wiped], timeout_s: float) -> Wiped | None:
    here, there = os.pipe()
    try:
        child = fork(lambda: _report(task(), there), keep=(there,), deaf=True)
    except OSError:  # no process or memory to be had right now
        os.close(here)
        time.sleep(_BREATH_S)
        return None
    finally:
        os.close(there)
    try:
        untrusted = _read_line(here, timeout_s)
    finally:
        os.close(here)
        child.kill()
    return parsed_report(untrusted)


def _report(wiped: Wiped, fd: int) -> int:
    with os.fdopen(fd, "wb") as pipe:
        pipe.write(report_line(wiped))
    return 0


def report_line(wiped: Wiped) -> bytes:
    """A helper's report."""
    parts = {"lines": [asdict(x) for x in wiped.lines], "audit_entry": wiped.audit_entry}
    return json.dumps(parts).encode() + b"\n"


def _read_line(fd: int, timeout_s: float) -> bytes:
    until = time.monotonic() + timeout_s
    poll = select.poll()
    poll.register(fd, select.POLLIN)
    untrusted = b""
    while b"\n" not in untrusted and len(untrusted) <= LINE_BYTES:
        left = until - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            break
        piece = os.read(fd, LINE_BYTES)
        if not piece:
            break
        untrusted += piece
    return untrusted


def parsed_report(untrusted: bytes) -> Wiped | None:
    """What a helper has written, or None if that is no report."""
    try:
        parts = json.loads(untrusted)
        entry = parts["audit_entry"]
        if entry is not None and type(entry) is not int:
            return None
        return Wiped(lines_from(parts["lines"]), entry)
    except (ValueError, KeyError, TypeError, ReceiptError):
        return None
