"""The customers' page as a company runs it: a gateway over PostgreSQL, IT's program that sends links, the page's own
process under TLS with a role of its own, and a customer at the other end.

One story in its order: an agent's console sends links, the customer agrees, withdraws and asks for their rights, also
while no gateway is there; the office takes everything in, and panel, receipts and register show it.
"""

import contextlib
import json
import re
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import TypeVar

import httpx
import pytest

from app.api.server.page.texts import said
from app.auth.consent_receipt import verified
from app.backoffice.customer_page.connecting import give_rights
from app.domain.privacy.consent import Said
from app.domain.privacy.purpose_state import PurposeState
from app.domain.subject_requests.words import Channel, RequestKind, RequestState
from app.resource_files import resource_text
from app.session.desk import Desk
from app.session.privacy.customer import ShownPurpose
from tests.demo.customers import HEADERS, demo_customers
from tests.gateway.configured import free_port
from tests.gateway.databases import OWNER
from tests.gateway.moved_office import Moved, moved_office
from tests.gateway.served_page import ServedPage
from tests.office.made import PATIENCE_S

Found = TypeVar("Found")
pytestmark = pytest.mark.slow  # one story, in its order

PAGE, PURPOSE = "tirai_page", "accessibility"
TOLD = '[controller]\nname = "PT Uji"\ncontact = "privasi@uji.example"\n[purposes]'
WORDS = "Apa saja data saya? Alamat saya <b>salah</b>."
SENDS = "#!/bin/sh\ncat >> {sent}\n"
"""IT's program here: a queue of mails."""


@dataclass
class Deployed:
    """What runs, and who works there.

    Attributes:
        office: with its gateway.
        page: the page's process.
        ratna: an agent's console.
        record: of the customer, hex.
        sent: what IT's program was handed, a line each.
        links: every link that was sent.
    """

    office: Moved
    page: ServedPage
    ratna: Desk
    record: str
    sent: Path
    links: list[str]

    def link(self) -> str:
        """The agent has one sent; what the customer finds in their mail."""
        self.ratna.privacy.customers.send_page(self.record)
        told = json.loads(self.sent.read_text().splitlines()[-1])
        self.links.append(told["link"])
        return str(told["link"])

    def customer(self) -> httpx.Client:
        """A browser that trusts who vouches for the page."""
        trusted = ssl.create_default_context(cafile=self.office.authority.file)
        return httpx.Client(verify=trusted, trust_env=False, timeout=PATIENCE_S)

    def purpose(self) -> ShownPurpose:
        """How the purpose stands on the agent's screen."""
        return self.ratna.privacy.customers.panel(self.record).purpose(PURPOSE)


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    folder = tmp_path_factory.mktemp("deployed")
    inventory = resource_text("inventory", "customer.toml").replace("[purposes]", TOLD)
    with moved_office(folder, inventory) as office, contextlib.ExitStack() as leaving:
        office.database.server.role(PAGE)
        assert give_rights(office.database.engine(OWNER), PAGE)
        port, sent, program = free_port(), folder / "sent", folder / "send-page"
        program.write_text(SENDS.format(sent=sent))
        program.chmod(0o700)
        with office.config.open("a") as config:
            config.write(f'[page]\naddress = "https://localhost:{port}"\ncommand = ["{program}"]\n')
        office.begin()
        people = [c for c in demo_customers(400, 7) if c["queue"] == "billing" and not c["guardian_name"]][:3]
        office.hire("ratna", "Ratna Dewanti")
        office.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        office.bring_in([{HEADERS[name]: text for name, text in one.items()} for one in people])
        with at_work(office, "hendra") as hendra, at_work(office, "dewi") as dewi:
            hendra.privacy.notices.begin()
            (draft,) = dewi.privacy.notices.listing()
            dewi.privacy.notices.publish(draft)
        page = page_of(office, folder / "page", port)
        leaving.callback(page.process.kill)
        ratna = leaving.enter_context(at_work(office, "ratna"))
        record = ratna.customer(ratna.search("", None).ids[0]).record
        yield Deployed(office, page, ratna, record, sent, [])
        assert page.ended() == (0, page.first)


def page_of(office: Moved, folder: Path, port: int) -> ServedPage:
    """The page's process, with both secrets as credentials, as its unit hands them over."""
    secrets, shown = folder / "credentials", office.authority.issue()
    secrets.mkdir(parents=True, mode=0o700)
    for name, text in (("db-password", office.database.server.password), ("tls-key", shown.key.read_text())):
        (secrets / name).touch(0o400)
        (secrets / name).chmod(0o600)
        (secrets / name).write_text(text)
        (secrets / name).chmod(0o400)
    url = f"postgresql://{PAGE}@127.0.0.1:{office.database.server.port}/{office.database.name}"
    config = folder / "page.toml"
    config.write_text(
        f'[listen]\nhost = "127.0.0.1"\nport = {port}\ncertificate = "{shown.certificate}"\n'
        'key = "credential:tls-key"\n'
        f'[database]\nurl = "{url}"\npassword_file = "credential:db-password"\n[log]\nfolder = "{folder}"\n'
    )
    return ServedPage(config, CREDENTIALS_DIRECTORY=str(secrets))


@contextlib.contextmanager
def at_work(office: Moved, account: str) -> Iterator[Desk]:
    desk = office.desk(account)
    try:
        yield desk
    finally:
        desk.end("signed_out")


def once(look: Callable[[], Found | None]) -> Found:
    """What comes of itself, once it is there: the office takes answers in every five seconds."""
    patience = monotonic() + PATIENCE_S
    while (found := look()) is None:
        assert monotonic() < patience, "it never came"
        sleep(0.2)
    return found


def sent_form(line: httpx.Client, link: str, place: str, **filled: str) -> httpx.Response:
    """Open a form as a browser does and send it; the page that it leads to."""
    shown = line.get(link + ("" if place == "/consent" else place))
    assert shown.status_code == 200, shown.text
    nonce = re.findall(r'name="form" value="([^"]+)"', shown.text)[0]
    sent = line.post(link + place, data={"form": nonce, "lang": "id", **filled})
    assert sent.status_code == 303, sent.text
    return line.get(str(httpx.URL(link).join(sent.headers["location"])))


def number_on(done: httpx.Response) -> str:
    return str(re.findall(r"W-[A-Z0-9]+", done.text)[0])


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
        once(lambda: said("id", "state.taken") in line.get(done.url).text or None)
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
        once(lambda: said("id", "state.taken") in line.get(erased.url).text or None)
        office_number = re.findall(said("id", "state.number", number="(\\d+)"), line.get(asked.url).text)[0]
    with at_work(deployed.office, "dewi") as dewi:
        found = {one.kind: one for one in dewi.privacy.requests.register().requests}
        assert set(found) == {RequestKind.ACCESS, RequestKind.ERASURE}
        one = found[RequestKind.ACCESS]
        assert (str(one.number), one.record, one.channel) == (office_number, deployed.record, Channel.WEB)
        assert (one.state, one.opened_by) == (RequestState.OPEN, "")
        assert (one.due_at - one.received_at).total_seconds() == 72 * 3600
        assert dewi.privacy.requests.words(one.id) == WORDS, "as it was typed"


def test_that_neither_logs_nor_the_database_know_a_link_and_it_says_nothing_of_what_was_typed(
    deployed: Deployed,
) -> None:
    tokens = [link.rpartition("/")[2] for link in deployed.links]
    assert len(set(tokens)) == 4
    logs = "".join(file.read_text("utf-8") for file in deployed.office.places.home.parent.rglob("*.log"))
    rows = str(deployed.office.database.execute("SELECT * FROM page_links, page_answers", OWNER))
    entries = str(deployed.office.database.execute("SELECT * FROM audit", OWNER))
    assert "page.sent" in entries
    assert deployed.record in entries
    for kept in (logs, rows, entries):
        assert not [token for token in tokens if token in kept]
        assert "Alamat saya" not in kept
    answers = deployed.office.database.execute("SELECT state, length(content) FROM page_answers", OWNER)
    assert answers == [("taken", 0)] * 4
