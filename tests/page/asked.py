"""The page asked without a network: its application, in the test's own process."""

import asyncio
import re
from collections.abc import Mapping

import httpx
from starlette.types import ASGIApp

from app.api.server.page.application import PageParts, page_application
from app.domain.privacy.page import PageStore
from app.domain.request_limits import PAGE_LIMITS, PageLimits
from tests.page.memory import MemoryStore


class Asked:
    """One page over one store."""

    def __init__(
        self, limits: PageLimits = PAGE_LIMITS, store: MemoryStore | None = None, behind: PageStore | None = None
    ) -> None:
        """Over a store in memory, or over what is `behind` it instead."""
        self.store = store or MemoryStore()
        self.faults: list[BaseException] = []
        self.app: ASGIApp = page_application(PageParts(behind or self.store, self.faults.append), limits)

    def get(self, path: str, **more: str) -> httpx.Response:
        """Ask for a page."""
        return self.ask("GET", path, headers=more)

    def post(self, path: str, form: Mapping[str, str], **headers: str) -> httpx.Response:
        """Send a form."""
        return self.ask("POST", path, headers=headers, data=dict(form))

    def ask(self, method: str, path: str, client: str = "192.0.2.1", **what: object) -> httpx.Response:
        """Ask in any way."""

        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, client=(client, 1))
            async with httpx.AsyncClient(transport=transport, base_url="https://page") as line:
                return await line.request(method, path, **what)  # type: ignore[arg-type]

        return asyncio.run(asked())

    def nonce(self, path: str) -> str:
        """The nonce of the form of a page."""
        found = re.search(r'name="form" value="([^"]+)"', self.get(path).text)
        assert found is not None
        return found[1]
