"""A home that belongs to a gateway: everything that speaks to an office speaks to it, and no office is started here."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.api.client.errors import ForeignOfficeError, OfficeAwayError
from app.api.client.https_transport import HttpsTransport
from app.api.client.transport import SocketTransport
from app.api.server.application import make_application
from app.api.server.tls import ServerTls
from app.bootstrap import way_to_office
from app.bootstrap.making import office_to_make
from app.bootstrap.program import Program
from app.bootstrap.way_to_office import connect, has_office, need_no_gateway, need_office, start_office
from app.bootstrap.wiping import report_end
from app.domain.errors import WorkstationError
from app.domain.gateway_address import GatewayAddress
from app.guardian.wire import SessionBegun
from app.storage.gateway_file import GATEWAY_FILE, read_gateway, write_gateway
from app.storage.places import Places
from app.terminal.set_up import set_up_office
from tests.gateway.pki import Authority
from tests.gateway.raw_gateway import RawGateway, answer, answering
from tests.gateway.tls_serving import TlsServing, tls_serving
from tests.office.made import MadeOffice, made_office

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("pki"))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as made:
        yield made


@pytest.fixture(scope="module")
def gateway(office: MadeOffice, authority: Authority) -> Iterator[TlsServing]:
    certified = authority.issue()
    with tls_serving(make_application(office.service), ServerTls(certified.certificate, certified.key)) as serving:
        yield serving


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(Places(tmp_path / "home", tmp_path / "cache", tmp_path / "run").prepare())


@pytest.fixture
def belonging(program: Program, gateway: TlsServing, authority: Authority) -> Program:
    write_gateway(program.places.home, GatewayAddress("127.0.0.1", gateway.port, authority=str(authority.file)))
    return program


def test_that_a_client_is_the_gateways(belonging: Program, office: MadeOffice) -> None:
    client = connect(belonging)
    assert client.hello().root == office.made.plate.root
    assert isinstance(client._transport, HttpsTransport)
    client.close()


def test_that_a_home_without_a_gateway_has_its_own_socket(program: Program) -> None:
    client = connect(program)
    assert isinstance(client._transport, SocketTransport)
    with pytest.raises(OfficeAwayError):
        client.hello()
    client.close()


def test_that_no_office_is_started_and_none_is_made(belonging: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(way_to_office, "serve_office", lambda _program: pytest.fail("an office was started"))
    start_office(belonging)
    assert has_office(belonging)
    assert office_to_make(belonging) is None
    assert not (belonging.places.home / "office.lock").exists()
    monkeypatch.setattr("app.terminal.set_up.need_terminal", lambda: None)
    with pytest.raises(WorkstationError, match="belongs to a gateway"):
        set_up_office(belonging, "Another", None)


def test_that_a_command_needs_no_office_here(belonging: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    class Keyring:
        def close(self) -> None:
            pass

    monkeypatch.setattr(way_to_office, "open_keyring", lambda _home: Keyring())
    need_office(belonging)
    with pytest.raises(WorkstationError):
        need_no_gateway(belonging)


def test_that_a_guardian_tells_the_gateway_of_an_end(program: Program, tmp_path: Path) -> None:
    authority = Authority(tmp_path / "own")  # the module's gateway reads its certificate again when another is issued
    ended = answer({"entry": 7, "audit": {"length": 1, "head": "A" * 43 + "="}})
    begun = SessionBegun(session="ab" * 16, name="Ratna", end_token="cd" * 32, office="")
    with RawGateway(authority.issue(), answering(ended)) as gateway:
        write_gateway(program.places.home, GatewayAddress("127.0.0.1", gateway.port, authority=str(authority.file)))
        assert report_end(program, begun, (), "signed_out") == 7
    assert b"POST /v1/door/ended" in gateway.heard


@pytest.mark.parametrize("text", ["{", '{"url": "http://gateway.example"}'])
def test_that_a_broken_file_stops_work_and_no_wipe(
    program: Program, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(way_to_office, "serve_office", lambda _program: pytest.fail("an office was started"))
    path = program.places.home / GATEWAY_FILE
    path.write_text(text)
    path.chmod(0o600)
    for go_on in (connect, need_office):
        with pytest.raises(WorkstationError, match="gateway use"):
            go_on(program)
    start_office(program)
    assert office_to_make(program) is None
    begun = SessionBegun(session="ab" * 16, name="Ratna", end_token="cd" * 32, office="")
    assert report_end(program, begun, (), "signed_out") is None


def test_that_one_function_makes_every_client() -> None:
    """Whoever speaks to an office asks `app.bootstrap.way_to_office.connect`, which knows of gateways."""
    makers = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "app").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"SocketTransport", "HttpsTransport"}
    }
    beside = {"app/api/client/transport.py", "app/api/client/https_transport.py"}
    assert makers == {"app/bootstrap/way_to_office.py", *beside}, (
        "a way makes others beside its own, to the same office"
    )


# the commands


def tirai(*words: str, home: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "app", "gateway", *words, "--home", str(home)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


def test_that_a_workstation_is_told_of_its_gateway_and_forgets_it(
    program: Program, gateway: TlsServing, authority: Authority, office: MadeOffice
) -> None:
    home, url = program.places.home, f"https://127.0.0.1:{gateway.port}"
    pin = gateway.tls.certificate.pin.hex()
    done = tirai("use", url, "--ca", str(authority.file), "--pin", pin, home=home)
    assert done.returncode == 0, done.stderr
    assert office.made.plate.name in done.stdout
    assert office.made.plate.office.hex()[:16] in done.stdout
    assert read_gateway(home) == GatewayAddress("127.0.0.1", gateway.port, (bytes.fromhex(pin),), str(authority.file))
    done = tirai("forget", home=home)
    assert done.returncode == 0
    assert read_gateway(home) is None
    assert "belonged to no gateway" in tirai("forget", home=home).stdout


def test_that_a_gateway_which_is_not_it_is_not_taken(
    program: Program, gateway: TlsServing, authority: Authority
) -> None:
    home, url = program.places.home, f"https://127.0.0.1:{gateway.port}"
    for words, code, why in (
        ((url, "--ca", str(authority.file), "--pin", "ab" * 32), 6, "another key"),
        ((url,), 6, "does not trust"),
        ((url, "--ca", str(authority.file.with_name("missing"))), 5, "cannot be read"),
        ((url, "--pin", "ab"), 3, "64 digits"),
        (("http://127.0.0.1",), 3, "https:// alone"),
    ):
        done = tirai("use", *words, home=home)
        assert done.returncode == code, done.stderr
        assert why in done.stderr
        assert read_gateway(home) is None


def test_that_a_gateway_which_does_not_answer_is_taken_and_said_so(program: Program) -> None:
    done = tirai("use", "https://127.0.0.1:9", home=program.places.home)
    assert done.returncode == 0, done.stderr
    assert "does not answer now" in done.stdout
    assert read_gateway(program.places.home) == GatewayAddress("127.0.0.1", 9)


def test_that_a_home_with_an_office_takes_no_gateway(office: MadeOffice) -> None:
    done = tirai("use", "https://127.0.0.1:9", home=office.places.home)
    assert done.returncode == 5
    assert "an office of its own" in done.stderr
    assert not (office.places.home / GATEWAY_FILE).exists()


def test_that_a_wrong_gateway_is_refused_before_anybody_is_asked(
    program: Program, authority: Authority, tmp_path: Path
) -> None:
    with RawGateway(Authority(tmp_path / "pki", "foreign").issue(), answering(b"")) as gateway:
        write_gateway(program.places.home, GatewayAddress("127.0.0.1", gateway.port, authority=str(authority.file)))
        client = connect(program)
        with pytest.raises(ForeignOfficeError, match="Nothing was sent"):
            client.hello()
        client.close()
    assert gateway.heard == b""
