"""Waking an office: one that nobody needs leaves, and whoever comes has it started again."""

import time
from collections.abc import Callable

from app.api.client.client import ApiClient
from app.api.client.errors import OfficeAwayError
from app.api.messages.door import Hello

OFFICE_WAIT_S = 20.0
_LOOK_EVERY_S = 0.05


def hello_of(client: ApiClient, start_office: Callable[[], None]) -> Hello:
    """The office's hello; one that sleeps is woken.

    Args:
        client: a client, for nobody yet.
        start_office: has an office started; called once, if none answers.

    Raises:
        OfficeAwayError: none came up in `OFFICE_WAIT_S`.
    """
    until, asked = time.monotonic() + OFFICE_WAIT_S, False
    while True:
        try:
            return client.hello()
        except OfficeAwayError:
            if time.monotonic() > until:
                raise
            if not asked:
                start_office()
            asked = True
            time.sleep(_LOOK_EVERY_S)
