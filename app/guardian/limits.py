"""The guardian's limits in one place (`protection.md` section 7, rule 8). All durations are seconds.

None of them decides whether something is wiped, only how long a person, a keyring or an office is waited for.
"""

from dataclasses import dataclass

LINE_BYTES = 64 * 1024
"""Longest line on a guardian's socket pair, and longest report of a wipe helper, in bytes."""

SESSIONS_PER_CONSOLE = 16
"""A console announces one session per try to sign in; more than these are refused as a broken console."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long the guardian waits for others.

    Attributes:
        helper_s: a wipe helper's whole time; then it is killed and one more is forked.
        key_first_s: how long the files wait for the keyring entry to go first.
        key_last_s: how long the keyring may still take after the files are gone.
        report_s: how long the office may take to note the end.
        leave_s: how long a console that said *ended* may take to exit before SIGKILL.
        lock_leave_s: how long a console that said *locked* may take to exit before SIGKILL.
        lock_stands_s: how long the next one may take to stand at the lock screen; then the session ends.
        lock_tries: so many passwords are tried at a lock screen; with the next one the session ends.
        lease_grace_s: how long a console may take to end by itself once its lease is over.
        silent_s: how long a console that closed its line may live on before SIGKILL.
        ready_after_s: how long after a session has begun, or goes on, the next console is begun ahead.
        stop_s: between SIGTERM and SIGKILL for children when the guardian itself is told to stop.
        deaths: so many dead consoles within `deaths_within_s` end the guardian.
        deaths_within_s: see `deaths`.
    """

    helper_s: float = 20.0
    key_first_s: float = 2.0
    key_last_s: float = 8.0
    report_s: float = 5.0
    leave_s: float = 5.0
    lock_leave_s: float = 0.5
    lock_stands_s: float = 10.0
    lock_tries: int = 5
    lease_grace_s: float = 15.0
    silent_s: float = 1.0
    ready_after_s: float = 3.0
    stop_s: float = 5.0
    deaths: int = 3
    deaths_within_s: float = 60.0
