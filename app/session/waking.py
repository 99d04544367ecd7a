"""Waking an office: one that nobody needs leaves, and whoever comes has it started again."""

import time
from collections.abc import Callable

from app.api.client.client import ApiClient
from app.api.client.errors import OfficeAwayError
from app.api.messages.door import Hello

OFFICE_WAIT_S = 20.0
_LOOK_EVERY_S, _ASK_EVERY_S = 0.05, 2.0


def hello_of(client: ApiClient, start_office: Callable[[], None]) -> Hello:
    """The office's hello; one that sleeps is woken.

    Args:
        client: a client, for nobody yet.
        start_office: has an office started; called when none answers, and again every `_ASK_EVERY_S`: what answered it
            may have been one that was just leaving.

    Raises:
        OfficeAwayError: none came up in `OFFICE_WAIT_S`.
    """
    now = time.monotonic()
    until, ask_at = now + OFFICE_WAIT_S, now
    while True:
        try:
            return client.hello()
        except OfficeAwayError:
            if time.monotonic() > until:
                raise
            if time.monotonic() >= ask_at:
                start_office()
                ask_at = time.monotonic() + _ASK_EVERY_S
            time.sleep(_LOOK_EVERY_S)
