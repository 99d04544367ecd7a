"""The customers' page as a company runs it: a gateway over PostgreSQL, IT's program that sends links, the page's own
process under TLS with a role of its own, people at their consoles, and a customer at the other end.
"""

import contextlib
import json
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import TypeVar

import httpx

from app.backoffice.customer_page.connecting import give_rights
from app.resource_files import resource_text
from app.session.desk import Desk
from app.session.privacy.customer import ShownPurpose
from tests.demo.customers import HEADERS, demo_customers
from tests.gateway.databases import OWNER
from tests.gateway.moved_office import Moved, moved_office
from tests.gateway.ports import free_port
from tests.gateway.served_page import ServedPage
from tests.office.made import PATIENCE_S

Found = TypeVar("Found")

PAGE, PURPOSE = "tirai_page", "accessibility"
TOLD = '[controller]\nname = "PT Uji"\ncontact = "privasi@uji.example"\n[purposes]'
SENDS = "#!/bin/sh\ncat >> {sent}\n"
"""IT's program here: a queue of mails."""


@dataclass
class Deployed:
    """What runs, and who works there.

    Attributes:
        office: with its gateway.
        page: the page's process.
        pin: SHA-256 of the public key that it serves with, in hex.
        ratna: an agent's console.
        record: of the customer, hex.
        sent: what IT's program was handed, a line each.
        links: every link that was sent.
    """

    office: Moved
    page: ServedPage
    pin: str
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


@contextlib.contextmanager
def deployed_page(folder: Path) -> Iterator[Deployed]:
    """All of it, with three customers and a notice in force."""
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
        page, pin = page_of(office, folder / "page", port)
        leaving.callback(page.process.kill)
        ratna = leaving.enter_context(at_work(office, "ratna"))
        record = ratna.customer(ratna.search("", None).ids[0]).record
        yield Deployed(office, page, pin, ratna, record, sent, [])
        assert page.ended() == (0, page.first)


def page_of(office: Moved, folder: Path, port: int) -> tuple[ServedPage, str]:
    """The page's process and its pin, with both secrets as credentials, as its unit hands them over."""
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
    return ServedPage(config, CREDENTIALS_DIRECTORY=str(secrets)), shown.pin


@contextlib.contextmanager
def at_work(office: Moved, account: str) -> Iterator[Desk]:
    desk = office.desk(account)
    try:
        yield desk
    finally:
        desk.end("signed_out")


def once(look: Callable[[], Found | None], pause_s: float = 0.2) -> Found:
    """What comes of itself, once it is there: the office takes answers in every five seconds. Who asks the page pauses
    for a second, as a person would: it refuses who asks too often, and then the next question, too.
    """
    patience = monotonic() + PATIENCE_S
    while (found := look()) is None:
        assert monotonic() < patience, "it never came"
        sleep(pause_s)
    return found
