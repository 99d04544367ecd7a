"""A customer at the page of a deployed office (`deployed_page.py`): one story in its order, by forms as a browser sends
them, then each language in a real Chromium.

An agent's console sends links, the customer agrees, withdraws and asks for their rights, also while no gateway is
there; the office takes everything in, and panel, receipts and register show it.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.api.server.page.texts import said
from app.auth.consent_receipt import verified
from app.domain.privacy.consent import Said
from app.domain.privacy.purpose_state import PurposeState
from app.domain.subject_requests.words import Channel, RequestKind, RequestState
from tests.gateway.databases import OWNER
from tests.gateway.deployed_page import PURPOSE, Deployed, at_work, deployed_page, once
from tests.page import browser as browsers
from tests.page.browser import Browser, axe_faults, named_elsewhere

pytestmark = pytest.mark.slow  # one story, in its order

WORDS = "Apa saja data saya? Alamat saya <b>salah</b>."


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    with deployed_page(tmp_path_factory.mktemp("deployed")) as made:
        yield made


def sent_form(line: httpx.Client, link: str, place: str, **filled: str) -> httpx.Response:
    """Open a form as a browser does and send it; the page that it leads to."""
    shown = line.get(link + ("" if place == "/consent" else place))
    assert shown.status_code == 200, shown.text
    nonce = re.findall(r'name="form" value="([^"]+)"', shown.text)[0]
    sent = line.post(link + place, data={"form": nonce, "lang": "id", **filled})
    assert sent.status_code == 303, sent.text
    return line.get(str(httpx.URL(link).join(sent.headers["location"])))


def number_on(done: httpx.Response) -> str:
    return str(re.findall(r"\bW-[A-Z0-9]{16}\b", done.text)[0])  # a link's own letters may hold a "W-", too


def test_that_the_customer_agrees_and_the_agent_sees_it_with_a_receipt_that_anybody_can_check(
    deployed: Deployed, tmp_path: Path
) -> None:
    before = deployed.purpose()
    assert before.said is None
    link = deployed.link()
    with deployed.customer() as line:
        first = line.get(link)
        assert said("id", f"now.{before.state.value}") in first.text
        assert "checked" not in first.text
        done = sent_form(line, link, "/consent", **{f"c.{PURPOSE}": "yes"})
        assert said("id", "state.waiting") in done.text
        once(lambda: said("id", "state.taken") in line.get(done.url).text or None, 1.0)
        assert line.get(link).status_code == 410, "it is good once"
    now = deployed.purpose()
    assert (now.state, now.said, now.channel, now.account) == (PurposeState.GIVEN, Said.GIVEN, "web", "")
    deployed.ratna.privacy.customers.save_receipt(deployed.record, now.receipt, tmp_path / "receipt.json")
    receipt = verified((tmp_path / "receipt.json").read_text())
    assert (receipt.said, receipt.channel, receipt.recording) == ("given", "web", number_on(done))


def test_that_the_customer_withdraws_by_the_same_steps(deployed: Deployed) -> None:
    link = deployed.link()
    with deployed.customer() as line:
        assert said("en", "now.given") in line.get(link, params={"lang": "en"}).text
        sent_form(line, link, "/consent", **{f"c.{PURPOSE}": "no"})
    once(lambda: deployed.purpose().state is PurposeState.WITHDRAWN or None)


def test_that_rights_come_into_the_register_also_while_no_gateway_is_there(deployed: Deployed) -> None:
    """The page serves on; a new gateway takes in what came, and the term runs from when the page took it."""
    access, erasure = deployed.link(), deployed.link()
    deployed.office.gateway.kill()
    with deployed.customer() as line:
        asked = sent_form(line, access, "/rights", right="access", details=WORDS)
        erased = sent_form(line, erasure, "/rights", right="erasure", details="")
        assert said("id", "state.waiting") in line.get(asked.url).text
        deployed.office.begin()
        for sent in (asked, erased):
            once(lambda url=sent.url: said("id", "state.taken") in line.get(url).text or None, 1.0)  # type: ignore[misc]
        office_number = re.findall(said("id", "state.number", number="(\\d+)"), line.get(asked.url).text)[0]
    with at_work(deployed.office, "dewi") as dewi:
        found = {one.kind: one for one in dewi.privacy.requests.register().requests}
        assert set(found) == {RequestKind.ACCESS, RequestKind.ERASURE}
        one = found[RequestKind.ACCESS]
        assert (str(one.number), one.record, one.channel) == (office_number, deployed.record, Channel.WEB)
        assert (one.state, one.opened_by) == (RequestState.OPEN, "")
        assert (one.due_at - one.received_at).total_seconds() == 72 * 3600
        assert dewi.privacy.requests.words(one.id) == WORDS, "as it was typed"


@pytest.mark.skipif(not browsers.is_here(), reason=f"NOT TRIED IN A BROWSER: there is no {browsers.NEEDS}")
@pytest.mark.parametrize(("language", "customer"), [("id", 1), ("en", 2)])
def test_that_in_chromium_a_customer_agrees_withdraws_and_asks_for_a_right_and_the_office_has_it(
    deployed: Deployed, language: str, customer: int, tmp_path: Path
) -> None:
    """Agreeing and asking without scripts, withdrawing with them, for axe; all of it from this machine alone."""
    deployed.record = deployed.ratna.customer(deployed.ratna.search("", None).ids[customer]).record
    with browsers.driver() as driver:
        for does, scripts in ((_agrees, False), (_withdraws, True), (_asks, False)):
            window = Browser(driver, scripts=scripts, trusts=b64encode(bytes.fromhex(deployed.pin)).decode())
            try:
                does(window, deployed, language, tmp_path)
                assert named_elsewhere(window, deployed.links[-1].partition("/p/")[0]) == []
                assert not [one for one in window.complaints() if "Content Security Policy" in one]
            finally:
                window.close()


def _agrees(window: Browser, deployed: Deployed, language: str, folder: Path) -> None:
    link = deployed.link()
    window.open(f"{link}?lang={language}")
    window.click(f"input[name='c.{PURPOSE}'][value=yes]")
    window.follow("button[value=send]")
    assert said(language, "done.title") in window.text("h1")
    number = window.text("strong")
    _until_taken(window, language)
    now = deployed.purpose()
    assert (now.state, now.said, now.channel, now.account) == (PurposeState.GIVEN, Said.GIVEN, "web", "")
    deployed.ratna.privacy.customers.save_receipt(deployed.record, now.receipt, folder / "receipt.json")
    receipt = verified((folder / "receipt.json").read_text())
    assert (receipt.said, receipt.channel, receipt.recording, receipt.language) == ("given", "web", number, language)
    window.open(f"{link}?lang={language}")
    assert said(language, "link.used") in window.text()


def _withdraws(window: Browser, deployed: Deployed, language: str, folder: Path) -> None:
    window.open(f"{deployed.link()}?lang={language}")
    assert said(language, "now.given") in window.text()
    assert axe_faults(window) == []
    window.click(f"input[name='c.{PURPOSE}'][value=no]")
    window.follow("button[value=send]")
    assert axe_faults(window) == []
    number = window.text("strong")
    _until_taken(window, language)
    now = deployed.purpose()
    assert (now.state, now.said) == (PurposeState.WITHDRAWN, Said.WITHDRAWN)
    deployed.ratna.privacy.customers.save_receipt(deployed.record, now.receipt, folder / "withdrawn.json")
    receipt = verified((folder / "withdrawn.json").read_text())
    assert (receipt.said, receipt.recording, receipt.language) == ("withdrawn", number, language)


def _asks(window: Browser, deployed: Deployed, language: str, folder: Path) -> None:
    window.open(f"{deployed.link()}?lang={language}")
    window.follow("main nav a")
    window.click("input[name=right][value=correction]")
    window.type("#details", f"{WORDS} {language}")
    window.follow("button")
    _until_taken(window, language)
    with at_work(deployed.office, "dewi") as dewi:
        requests = dewi.privacy.requests.register().requests
        (one,) = [r for r in requests if dewi.privacy.requests.words(r.id) == f"{WORDS} {language}"]
    assert (one.kind, one.record, one.channel) == (RequestKind.CORRECTION, deployed.record, Channel.WEB)
    assert one.state is RequestState.OPEN
    assert said(language, "state.number", number=str(one.number)) in window.text()


def _until_taken(window: Browser, language: str) -> None:
    """The customer loads the page again."""

    def looked() -> bool | None:
        window.again()
        return said(language, "state.taken") in window.text() or None

    once(looked, 1.0)


def test_that_neither_logs_nor_the_database_know_a_link_and_it_says_nothing_of_what_was_typed(
    deployed: Deployed,
) -> None:
    tokens = [link.rpartition("/")[2] for link in deployed.links]
    assert len(set(tokens)) == len(tokens) >= 4
    logs = "".join(file.read_text("utf-8") for file in deployed.office.places.home.parent.rglob("*.log"))
    rows = str(deployed.office.database.execute("SELECT * FROM page_links, page_answers", OWNER))
    entries = str(deployed.office.database.execute("SELECT * FROM audit", OWNER))
    assert "page.sent" in entries
    assert deployed.record in entries
    for kept in (logs, rows, entries):
        assert not [token for token in tokens if token in kept]
        assert "Alamat saya" not in kept
    answers = deployed.office.database.execute("SELECT state, length(content) FROM page_answers", OWNER)
    assert answers == [("taken", 0)] * len(tokens)
