"""A line on the terminal that counts, from the second second on, and says how to stop."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

AFTER_S, STEP_S = 1.0, 0.2
"""Progress is shown for anything that takes longer than a second, and no oftener than a person reads."""


@contextmanager
def counting(words: str, clock: Callable[[], float] = time.monotonic) -> Iterator[Callable[[int], None]]:
    """Tell how far something is; nothing where nobody sits at the terminal.

    Args:
        words: with `{n}` for the number, and with how to stop.
        clock: seconds.

    Yields:
        To be called with the number so far.
    """
    began = told = clock()
    shown = False

    def tell(number: int) -> None:
        nonlocal told, shown
        now = clock()
        if now - began > AFTER_S and now - told > STEP_S and sys.stderr.isatty():
            told, shown = now, True
            sys.stderr.write(f"\r{words.format(n=f'{number:,}')} ")
            sys.stderr.flush()

    try:
        yield tell
    finally:
        if shown:
            sys.stderr.write("\n")
