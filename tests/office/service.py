"""A made office as a workstation's service has it: several OS users before one file, whose door has a half of its own.

It runs in this process, so that office and people are one OS user; `tests/security/test_service_home.py` has real ones.
"""

import contextlib
import secrets
from collections.abc import Iterator
from pathlib import Path

import httpx

from app.api.client.client import ApiClient
from app.api.client.transport import SocketTransport
from app.api.server.service import SERVICE
from app.backoffice.service_office import ServiceOffice
from app.domain.policy import Policy
from tests.office.made import SEAT, MadeOffice

DOOR_HALF = secrets.token_bytes(32)


class MadeService(MadeOffice):
    """The office of a whole workstation, with its people."""

    new_office = ServiceOffice
    home_word = SERVICE
    is_for_machine = True
    policy: Policy

    def door_half(self) -> bytes:
        return DOOR_HALF

    def transport(self) -> httpx.BaseTransport:
        return SocketTransport(self.places.socket("office"), is_of_machine=True)

    def connect(self) -> ApiClient:
        return ApiClient(self.transport(), workstation=SEAT)


@contextlib.contextmanager
def service_office(
    folder: Path, inventory: str | None = None, *, checks_callers: bool = False, trains: bool = False
) -> Iterator[MadeService]:
    """As `made_office`, for the service home."""
    office = MadeService(folder, inventory, checks_callers=checks_callers, trains=trains)
    office.serve()
    try:
        yield office
    finally:
        office.stop()
