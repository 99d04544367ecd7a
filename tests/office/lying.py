"""An office that lies: the real one, with one of its answers changed on the way to the console."""

import json
from collections.abc import Callable
from typing import Any

import httpx

from app.api.client.client import ApiClient
from app.session.sign_in import SignIn
from tests.office.made import SEAT, MadeOffice

Json = dict[str, Any]


class Lying(httpx.BaseTransport):
    """The real office, with one answer changed on the way; keeps what was sent."""

    def __init__(self, office: MadeOffice, path: str, change: Callable[[Json], object]) -> None:
        self._real = office.transport()
        self._path, self._change = path, change
        self.sent: list[str] = []

    def __getattr__(self, name: str) -> object:
        """Everything else is the real way's, streams among it."""
        return getattr(self._real, name)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request.url.path)
        answer = self._real.handle_request(request)
        if request.url.path != self._path or answer.status_code != 200:
            return answer
        said = json.loads(answer.content)
        self._change(said)
        return httpx.Response(200, json=said)

    def close(self) -> None:
        self._real.close()


def sign_in_at(office: MadeOffice, path: str, change: Callable[[Json], object]) -> SignIn:
    """The sign-in form in front of an office that lies at one address."""
    return SignIn(
        office.places,
        lambda: ApiClient(Lying(office, path, change), workstation=SEAT),
        lambda: office.store,
        office.policy,
        start_office=lambda: None,
        announce=office.guardian,
    )
