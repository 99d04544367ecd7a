"""How long the audit log is kept, and where: numbers and the rule of a clock that is far ahead. Pure.

PCI DSS 4.0.1, 10.5.1: at least twelve months, three of them at hand. Here the whole log stays at hand; what is older
than three months is copied into archives, so that nothing hangs on one file.
"""

AT_HAND_DAYS = 92
"""Younger entries are not archived: three months, the longest three."""
KEPT_DAYS = 366
"""Archives are not thrown away sooner: a year, a leap year too. Tirai throws none away."""
JUMP_S = 48 * 3600
"""A clock that went further ahead between two entries moves nothing until somebody says that it is right."""
_DAY_MS = 86_400_000


def is_young(at_ms: int, now_ms: int) -> bool:
    """Whether an entry of this time is to stay at hand alone."""
    return at_ms >= now_ms - AT_HAND_DAYS * _DAY_MS


def is_jump(before_ms: int, at_ms: int) -> bool:
    """Whether the clock, or nobody at work, went so far between two entries that a person has to look."""
    return at_ms - before_ms > JUMP_S * 1000
