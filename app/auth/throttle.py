"""The throttle of one account on one seat: a pure judgement on counted tries.

PCI DSS 4.0.1 8.3.4 asks for a limit of at most ten; a wait that grows instead of a lock-out keeps one person from
shutting out another for long. Waits are measured by boot time, not by the wall clock.
"""

FREE_TRIES = 5
FIRST_WAIT_S = 60
LONGEST_WAIT_S = 30 * 60
"""PCI DSS 4.0.1 8.3.4: at least 30 min once the limit is reached."""


def wait_after(failed: int) -> int:
    """Seconds to wait after so many failed tries in a row: none for the first five, then 1 min doubling to 30."""
    if failed < FREE_TRIES:
        return 0
    return int(min(FIRST_WAIT_S * 2 ** (failed - FREE_TRIES), LONGEST_WAIT_S))


def tries_left(failed: int) -> int:
    """Tries left before the first wait."""
    return max(0, FREE_TRIES - failed)
