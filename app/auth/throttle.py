"""The throttle: pure judgements on counted tries. Waits are measured by boot time, not by the wall clock.

Three counts stand beside each other.

- **Account at a workstation.** Five free tries, then 1 min doubling to 30 (PCI DSS 4.0.1 8.3.4: at most ten tries, then
  30 min or a person's confirmation). A wait that grows, in place of a lock-out, keeps one person from shutting out
  another for long; and it is kept per workstation, so nobody shuts anybody out from another one.
- **Workstation over accounts.** Whoever tries one password on many accounts fills a bucket that leaks a try in three
  minutes; when it is full, the whole workstation waits, at most five minutes at a time.
- **Codes.** The first count alone leaves somebody who *has* the password some 47 tries a day, each right with 3 in
  10^6 (three steps of six digits): 1.4 in 10^4 a day, five per cent in a year. So at most ten wrong codes beside a
  right password in 24 h count for something at a workstation, and from the third on only the code of the present step
  is taken: 2 * 3 + 8 * 1 = 14 in 10^6, 1.4 in 10^5 a day, half a per cent in a year of tries that the person is told
  of at each sign-in. After a hundred in a row the authenticator has to be replaced, or a supervisor releases it
  (NIST SP 800-63B-4 section 3.2.2). A refusal for this is told only where password *and* code were right, and uses
  the code up, so that it tells a guesser nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

FREE_TRIES = 5
FIRST_WAIT_S = 60
LONGEST_WAIT_S = 30 * 60
"""PCI DSS 4.0.1 8.3.4: at least 30 min once the limit is reached."""

DEVICE_FREE_TRIES = 20
DEVICE_LEAK_S = 180
DEVICE_LONGEST_WAIT_S = 5 * 60

ALARM_ACCOUNTS = 5
ALARM_WITHIN_MS = 60 * 60 * 1000

WRONG_CODES_A_DAY = 10
EXACT_AFTER_WRONG_CODES = 2
WRONG_CODES_IN_A_ROW = 100
DAY_S = 24 * 60 * 60
UNTIL_RELEASED_S = 10 * 365 * DAY_S
"""Stands for a wait that only a supervisor, or another authenticator, ends."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened, by both clocks.

    Attributes:
        at_ms: ms since 1970.
        boot_s: seconds of boot time.
        boot_id: the boot that it counts in.
    """

    at_ms: int
    boot_s: float
    boot_id: str

    def age_s(self, now: "Moment") -> float:
        """Seconds that have passed: by boot time within a boot, else by the wall clock, and never less than none.

        A wall clock that was set forward between two boots lets wrong codes be forgotten; who may set clocks and
        restart the machine is its administrator. The hundred in a row know no clock.
        """
        passed = now.boot_s - self.boot_s if now.boot_id == self.boot_id else (now.at_ms - self.at_ms) / 1000
        return max(0.0, passed)


def wait_after(failed: int) -> int:
    """Seconds to wait after so many failed tries in a row: none for the first five, then 1 min doubling to 30."""
    if failed < FREE_TRIES:
        return 0
    return int(min(FIRST_WAIT_S * 2 ** (failed - FREE_TRIES), LONGEST_WAIT_S))


def tries_left(failed: int) -> int:
    """Tries left before the first wait."""
    return max(0, FREE_TRIES - failed)


def leaked(level: float, passed_s: float) -> float:
    """What is left in a workstation's bucket after some time."""
    return max(0.0, level - max(0.0, passed_s) / DEVICE_LEAK_S)


def device_wait_after(level: float) -> int:
    """Seconds for which a workstation waits at this level: none up to 20, then 1 min doubling to 5."""
    over = int(level) - DEVICE_FREE_TRIES
    return 0 if over < 0 else int(min(FIRST_WAIT_S * 2 ** min(over, 10), DEVICE_LONGEST_WAIT_S))


def of_today(wrong: Iterable[Moment], now: Moment) -> list[Moment]:
    """The wrong codes of the last 24 h."""
    return [moment for moment in wrong if moment.age_s(now) < DAY_S]


def takes_present_step_only(wrong_today: int) -> bool:
    """Whether no step beside the present one is taken any more."""
    return wrong_today >= EXACT_AFTER_WRONG_CODES


def codes_wait_s(wrong: Iterable[Moment], in_a_row: int, now: Moment) -> int:
    """Seconds until codes of an account are taken at this workstation again, 0 for now.

    Args:
        wrong: wrong codes beside a right password at this workstation.
        in_a_row: wrong codes since one was taken.
        now: now.
    """
    if in_a_row >= WRONG_CODES_IN_A_ROW:
        return UNTIL_RELEASED_S
    ages = sorted(moment.age_s(now) for moment in of_today(wrong, now))
    if len(ages) < WRONG_CODES_A_DAY:
        return 0
    return max(1, int(DAY_S - ages[WRONG_CODES_A_DAY - 1] + 0.999))
