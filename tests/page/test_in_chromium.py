"""The customer's page in a real Chromium: consent, withdrawal, rights; in both languages, with and without scripts."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.api.server.page.texts import said
from app.domain.privacy.consent import Said
from app.domain.privacy.page import AnswerKind, AnswerState, PageResult
from app.domain.subject_requests.words import RequestKind
from tests.page import browser as browsers
from tests.page.browser import Browser, axe_faults, named_elsewhere
from tests.page.memory import MemoryStore
from tests.page.served import served

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not browsers.is_here(), reason=f"NOT TRIED IN A BROWSER: there is no {browsers.NEEDS}"),
]
PICTURES = os.environ.get("TIRAI_PAGE_PICTURES", "")
"""A folder for pictures of all pages, for whoever looks at them."""
PHONE, DESKTOP = (360, 740), (1366, 768)
TAB, SPACE, ENTER = "\ue004", " ", "\ue007"


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture(scope="module")
def address(store: MemoryStore) -> Iterator[str]:
    with served(store) as at:
        yield at


@pytest.fixture(scope="module")
def driver() -> Iterator[str]:
    with browsers.driver() as at:
        yield at


@pytest.fixture(scope="module")
def plain(driver: str) -> Iterator[Browser]:
    """Without scripts, as the page is made for."""
    window = Browser(driver, scripts=False)
    yield window
    window.close()


@pytest.fixture(scope="module")
def scripted(driver: str) -> Iterator[Browser]:
    """With scripts, for axe."""
    window = Browser(driver, scripts=True)
    yield window
    window.close()


@pytest.fixture(params=["id", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["plain", "scripted"])
def window(request: pytest.FixtureRequest, address: str) -> Iterator[Browser]:
    """Either; nothing that a page asks for is elsewhere, and the browser finds nothing that the policy forbids."""
    window: Browser = request.getfixturevalue(request.param)
    window.size(*PHONE)
    window.asked_for(), window.complaints()
    yield window
    assert named_elsewhere(window, address) == []
    assert not [one for one in window.complaints() if "Content Security Policy" in one]


def test_that_a_customer_consents_and_withdraws(
    window: Browser, address: str, store: MemoryStore, language: str
) -> None:
    token = store.new(uses=2)
    window.open(f"{address}/p/{token}?lang={language}")
    assert said(language, "now.missing") in window.text()
    window.click("#q1")
    window.follow("button[value=send]")
    assert said(language, "done.title") in window.text("h1")
    assert store.last.said == {"accessibility": Said.GIVEN}
    assert store.last.language == language
    number = window.text("strong")
    store.results[number] = PageResult(number, AnswerKind.CONSENT, AnswerState.TAKEN, "C-1")
    window.again()
    assert said(language, "state.taken") in window.text()
    window.follow("main > p a")
    window.click("label[for=q0-no]")
    window.follow("button[value=send]")
    assert store.last.said == {"service": Said.WITHDRAWN}
    assert store.last.kind is AnswerKind.WITHDRAWAL


def test_that_a_customer_uses_a_right_and_mends_what_was_missing(
    window: Browser, address: str, store: MemoryStore, language: str
) -> None:
    window.open(f"{address}/p/{store.new()}?lang={language}")
    window.follow("main nav a")
    window.type("#details", "Nama saya <b>Budi</b>")
    window.follow("button")
    assert said(language, "error.right") in window.text(".summary")
    window.click(".summary a")
    assert window.address.endswith("#r0")
    window.click("#r1")
    window.follow("button")
    assert store.last.right is RequestKind.CORRECTION
    assert store.last.details == "Nama saya <b>Budi</b>"
    assert window.text("strong").startswith("W-")


def test_that_the_keyboard_reaches_everything_and_names_are_read_aloud(
    plain: Browser, address: str, store: MemoryStore
) -> None:
    plain.open(f"{address}/p/{store.new()}/rights?lang=en")
    assert plain.name_of("#r0") == said("en", "access")
    assert plain.name_of("fieldset") == said("en", "right.which")
    assert plain.name_of("#details") == said("en", "right.text")
    # skip link, other language, other page; then the first of seven rights, the first purpose, the text, the button
    plain.press_through(*[TAB] * 4, SPACE, *[TAB] * 4, ENTER)
    assert store.last.right is RequestKind.ACCESS


@pytest.mark.parametrize(("size", "is_dark"), [(PHONE, False), (DESKTOP, True)], ids=["phone", "desktop-dark"])
def test_that_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    scripted: Browser, address: str, store: MemoryStore, language: str, size: tuple[int, int], is_dark: bool
) -> None:
    scripted.size(*size)
    scripted.dark(is_on=is_dark)
    for name in ("notice", "empty", "rights", "wrong", "done", "used", "unknown"):
        _go_to(scripted, address, store, language, name)
        if PICTURES:
            shade = "dark" if is_dark else "light"
            Path(PICTURES, f"{name}-{language}-{size[0]}-{shade}.png").write_bytes(scripted.picture())
        assert axe_faults(scripted) == [], name
        wide = scripted.run("return [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide[0] <= wide[1], name


def _go_to(window: Browser, address: str, store: MemoryStore, language: str, name: str) -> None:
    """Be on a page by its name."""
    match name:
        case "notice" | "rights" as place:
            way = "" if place == "notice" else "/rights"
            window.open(f"{address}/p/{store.new()}{way}?lang={language}")
        case "empty" | "wrong":
            way = "" if name == "empty" else "/rights"
            window.open(f"{address}/p/{store.new()}{way}?lang={language}")
            window.follow("button")
        case "done":
            window.open(f"{address}/p/{store.new()}?lang={language}")
            window.click("#q0-no")
            window.follow("button")
        case "used":
            window.open(f"{address}/p/{store.new(uses=0)}")
        case _:
            window.open(f"{address}/p/{'A' * 43}")
