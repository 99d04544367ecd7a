"""The application of the customer's page: which path shows what, and what a form leads to.

A path holds a link's token and nothing else of anybody. What is sent leads to a page of its own by 303, so that loading
it again sends nothing. Asking the store happens on threads; whatever it raises becomes a page in words.
"""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.server.page import answers
from app.api.server.page.form import FormError, read_form
from app.api.server.page.guard import PageGuard
from app.api.server.page.nonce import OldFormError, check_nonce, new_nonce
from app.api.server.page.screens import Filled, Shown, done_page, notice_page, plain_page, rights_page
from app.domain.errors import InputRefusedError, TiraiError
from app.domain.privacy.page import TOKEN, LinkError, LinkProblem, PageStore
from app.domain.request_limits import PAGE_LIMITS, PageLimits
from app.resource_files import resource_text

_PATH: Final = re.compile(rf"/p/({TOKEN.pattern})(|/consent|/rights|/done/([A-Za-z0-9-]{{1,40}}))")
_STATUS: Final = {LinkProblem.UNKNOWN: 404, LinkProblem.EXPIRED: 410, LinkProblem.USED: 410}
_REFUSED: Final = {
    "often": "refused.often", "busy": "refused.busy", "large": "refused.large", "slow": "refused.form",
    "path": "refused.nothing", "method": "refused.nothing", "elsewhere": "refused.elsewhere", "form": "refused.form",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageParts:
    """What the page works with.

    Attributes:
        store: where links are looked up and answers go.
        tell_fault: told of what should not have happened; writes neither path nor value.
        now_ms: the clock, Unix ms.
    """

    store: PageStore
    tell_fault: Callable[[BaseException], object]
    now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000


def page_application(parts: PageParts, limits: PageLimits = PAGE_LIMITS, *, is_tls: bool = True) -> ASGIApp:
    """The whole application behind its guard.

    Args:
        parts: what it works with.
        limits: what it may cost.
        is_tls: whether it is served by TLS.
    """

    def refusal(_status: int, code: str, _path: str) -> tuple[bytes, str]:
        return plain_page(_REFUSED[code]), "id"

    return PageGuard(_Page(parts), refusal, limits, is_tls=is_tls)


class _Page:
    """ASGI: one request to one page."""

    def __init__(self, parts: PageParts) -> None:
        self._parts = parts
        self._style = resource_text("page", "style.css").encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        body = await request.body()
        try:
            answer = await asyncio.to_thread(self._answer, request, body)
        except LinkError as e:
            answer = _html(plain_page(f"link.{e.problem.value}"), _STATUS[e.problem])
        except FormError:
            answer = _html(plain_page("refused.form"), 400)
        except TiraiError:
            answer = _html(plain_page("refused.away"), 503)
            answer.headers["Retry-After"] = "5"
        except Exception as e:  # noqa: BLE001  (whatever it is, the customer reads a sentence)
            self._parts.tell_fault(e)
            answer = _html(plain_page("refused.fault"), 500)
        await answer(scope, receive, send)

    def _answer(self, request: Request, body: bytes) -> Response:
        path, is_form = request.url.path, request.method == "POST"
        if path == "/style.css" and not is_form:
            return Response(self._style, media_type="text/css")
        found = _PATH.fullmatch(path)
        if found is None:
            return _html(plain_page("link.unknown" if path.startswith("/p/") else "refused.nothing"), 404)
        token, place, number = found[1], found[2], found[3]
        if number is not None:
            return self._done(token, number, _language(request))
        if is_form:
            return self._sent(token, place, body)
        return self._shown(token, place, _language(request))

    def _look(self, token: str, wanted: str, *, even_used: bool = False) -> Shown:
        """What a link opens, in a language that it offers.

        Raises:
            LinkError: nothing.
        """
        is_used, store = False, self._parts.store
        try:
            link = store.open(token)
        except LinkError as e:
            if not even_used or e.link is None:
                raise
            link, is_used = e.link, True
        language = wanted if wanted in link.languages else link.languages[0]
        return Shown(token, link, store.notice(link, language), language, is_used=is_used)

    def _shown(self, token: str, place: str, wanted: str) -> Response:
        shown = self._look(token, wanted)
        return self._page(shown, "/rights" if place == "/rights" else "", Filled(), 200)

    def _page(self, shown: Shown, place: str, filled: Filled, status: int) -> Response:
        ready = replace(shown, nonce=new_nonce(shown.token, place or "/consent", self._parts.now_ms()))
        make = rights_page if place == "/rights" else notice_page
        return _html(make(ready, filled), status, shown.language)

    def _done(self, token: str, number: str, wanted: str) -> Response:
        shown = self._look(token, wanted, even_used=True)
        result = self._parts.store.result(shown.link, number)
        if result is None:
            raise LinkError(LinkProblem.UNKNOWN)
        return _html(done_page(shown, result), 200, shown.language)

    def _sent(self, token: str, place: str, body: bytes) -> Response:
        """Keep a form as an answer, or show it again with what is wrong.

        Raises:
            FormError: no form of the page sends this.
            LinkError: the link opens nothing (any more).
        """
        is_right = place == "/rights"
        known = answers.RIGHTS_FIELDS if is_right else answers.CONSENT_FIELDS
        prefix = answers.RIGHTS_PREFIX if is_right else answers.CONSENT_PREFIX
        form = read_form(body, known, prefix)
        shown = self._look(token, form.get("lang", ""), even_used=True)
        filled = (answers.right_filled if is_right else answers.consent_filled)(shown.link, form)
        nonce = form.get("form", "")
        try:
            check_nonce(nonce, token, "/rights" if is_right else "/consent", self._parts.now_ms())
        except OldFormError:
            filled = replace(filled, errors={"": "error.old", **filled.errors})
        if filled.errors and shown.is_used:
            raise LinkError(LinkProblem.USED)
        if filled.errors:
            return self._page(shown, "/rights" if is_right else "", filled, 422)
        answer = answers.answer_of(filled, nonce, shown.language, shown.notice.digest)
        try:  # of a used link: the number that the same form got
            number = self._parts.store.answer(shown.link, answer)
        except InputRefusedError:
            if not is_right:
                raise
            return self._page(shown, "/rights", replace(filled, errors={"details": "error.words"}), 422)
        return RedirectResponse(shown.at(f"/done/{number}"), 303)


def _language(request: Request) -> str:
    return request.query_params.get("lang", "")


def _html(body: bytes, status: int = 200, language: str = "id") -> Response:
    return Response(body, status, {"Content-Language": language}, media_type="text/html")
