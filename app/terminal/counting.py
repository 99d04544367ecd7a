"""A line on the terminal that counts, from the second second on, and says how to stop."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

AFTER_S, STEP_S = 1.0, 0.2
"""Progress is shown for anything that takes longer than a second, and no oftener than a person reads."""


@contextmanager
def counting(words: str, clock: Callable[[], float] = time.monotonic) -> Iterator[Callable[..., None]]:
    """Tell how far something is; nothing where nobody sits at the terminal.

    Args:
        words: with `{n}` for the number, and with how to stop.
        clock: seconds.

    Yields:
        To be called with the number so far, and with how many there are, if that is known.
    """
    with counting_steps({"": words}, clock) as tell:
        yield lambda number, total=0: tell("", number, total)


@contextmanager
def counting_steps(
    words: Mapping[str, str], clock: Callable[[], float] = time.monotonic
) -> Iterator[Callable[[str, int, int], None]]:
    """The same for work of several steps.

    Args:
        words: of each step, with `{n}` for the number, and with how to stop.
        clock: seconds.

    Yields:
        To be called with a step, the number so far, and how many there are, or 0.
    """
    began = told = clock()
    longest = 0

    def tell(step: str, number: int, total: int) -> None:
        nonlocal told, longest
        now = clock()
        if now - began > AFTER_S and now - told > STEP_S and sys.stderr.isatty():
            told = now
            line = words[step].format(n=f"{number:,} of {total:,}" if total else f"{number:,}")
            longest = max(longest, len(line))
            sys.stderr.write(f"\r{line:<{longest}} ")
            sys.stderr.flush()

    try:
        yield tell
    finally:
        if longest:
            sys.stderr.write("\n")
