"""Waking an office: one that nobody needs leaves, and whoever comes has it started again."""

import time
from collections.abc import Callable
from typing import TypeVar

from app.api.client.client import ApiClient
from app.api.client.errors import OFFICE_GONE, OfficeAwayError
from app.api.messages.door import Hello
from app.domain import patience
from app.domain.errors import WorkstationError

_LOOK_EVERY_S, _ASK_EVERY_S = 0.05, 2.0
_BREATH_S = 0.05
"""Between two askings of an office that is being started anew."""
T = TypeVar("T")


def hello_of(client: ApiClient, start_office: Callable[[], None]) -> Hello:
    """The office's hello; one that sleeps is woken.

    Args:
        client: a client, for nobody yet.
        start_office: has an office started; called when none answers, and again every `_ASK_EVERY_S`: what answered it
            may have been one that was just leaving.

    Raises:
        OfficeAwayError: none came up in `patience.OFFICE_COMES_S`.
    """
    now = time.monotonic()
    until, ask_at = now + patience.OFFICE_COMES_S, now
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


def asked_awake(client: ApiClient, start_office: Callable[[], None], ask: Callable[[], T]) -> T:
    """Ask the office; one that is just leaving has judged nothing, and the next one is asked.

    Args:
        client: a client, for nobody yet.
        start_office: as in `hello_of`.
        ask: the question; it may be asked again.

    Raises:
        OfficeAwayError: none came up in `patience.OFFICE_COMES_S`.
    """
    until = time.monotonic() + patience.OFFICE_COMES_S
    while True:
        try:
            return ask()
        except WorkstationError as e:
            if time.monotonic() > until or not (e.code in {OFFICE_GONE, "leaving"} or _has_left(client, e)):
                raise
            client.hang_up()
            time.sleep(_BREATH_S)
        hello_of(client, start_office)


def _has_left(client: ApiClient, error: WorkstationError) -> bool:
    """Whether the office broke its line off because it was leaving: nobody is there now. One with a session stays."""
    if not isinstance(error, OfficeAwayError):
        return False
    client.hang_up()
    try:
        client.hello()
    except OfficeAwayError as e:
        return e.code == OFFICE_GONE
    return False
