"""The example that ships, all the way: a console asks, the office's nursery sends an e-mail to a real server."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.action_run import Ran
from app.domain.actions import Actions, load_actions
from app.session.shown import Acted
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.door import entries
from tests.office.made import MadeOffice
from tests.office.mail_server import MailServer, mail_server

CUSTOMERS = demo_customers(20, 7)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def its_folder(home: Home) -> Iterator[Path]:
    """Where files count as IT's: root's alone, or Tirai's own."""
    below = None if os.geteuid() == 0 else ROOT / "build"
    if below is not None:
        below.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=below) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def server(its_folder: Path) -> Iterator[MailServer]:
    with mail_server(its_folder / "kept", "login") as server:
        yield server


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti")
        office.bring_in(CUSTOMERS)
        yield office


def its_actions(folder: Path, settings: str) -> Actions:
    """IT's file for the example."""
    path = folder / "mail.toml"
    path.write_text(settings)
    path.chmod(0o600)
    return load_actions(
        'per_shift = 5\n[[action]]\ncode = "appointment"\nlabel_en = "Send the appointment"\n'
        'label_id = "Kirim janji temu"\nkinds = ["email"]\nclasses = ["contact"]\nroles = ["agent"]\n'
        f'argv = ["tirai-mail", "{path}", "appointment"]\ntimeout_s = 30\nneeds_reason = false\nneeds_caller = false\n'
    )


def test_that_the_customer_has_the_message_and_the_agent_has_not_seen_the_address(
    office: MadeOffice, server: MailServer, its_folder: Path
) -> None:
    secret = its_folder / "secret"
    secret.write_text("sesame\n")
    secret.chmod(0o600)
    settings = server.settings("starttls", account="layanan", password_file=str(secret))
    office.actions = its_actions(its_folder, settings)
    customer = next(c for c in CUSTOMERS if c["queue"] == "billing" and c["email"])
    desk = office.desk("ratna")
    (found,) = desk.search(customer["customer_number"], None).ids
    record = desk.customer(found).record
    assert [act.label for act in desk.acting.offered()] == ["Send the appointment"]
    assert desk.acting.act(record, "email", "appointment") == Acted(Ran.DONE)
    assert server.message["To"] == customer["email"]
    assert server.kept[0]["shut"]
    assert [e.outcome for e in entries(office, "use.done")] == ["ok"]
    assert not entries(office, "reveal")
    secret.write_text("wrong\n")
    assert desk.acting.act(record, "email", "appointment") == Acted(Ran.FAILED, os.EX_NOPERM)
    secret.chmod(0o666)
    assert desk.acting.act(record, "email", "appointment") == Acted(Ran.FAILED, os.EX_CONFIG)
    assert len(server.kept) == 1
    desk.end("signed_out")
