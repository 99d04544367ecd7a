"""T7, T10: an import runs in a process of its own; its memory dies with it, and only its client reaches it.

A real office with its nursery, as an ordinary user (`import_play.py`), imports sealed values of a mark and 88 random
bits each. While rows are staged, the child and the process beside it, which seals, hold them (the control) and neither
office nor nursery holds one; after the end both are gone and still neither has one. The leak that the office's process
keeps on purpose is found in both each time. Memory is read as real root, or as root of a user namespace; else that is
skipped. By *process*.

An office that is killed takes nursery, child and the process beside it along, and nothing of the import comes in.

Who has not the token is refused at the child's socket (by *authority*; a person of the same OS user who reads the
client's memory is out of its reach): no header, another session's token, the office's own token, another import's id.
"""

import contextlib
import stat
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.api.client.transport import SocketTransport
from app.api.messages.wire import PROTOCOL, PROTOCOL_HEADER
from app.domain.errors import NotAllowedError, TiraiError
from tests.office.made import MadeOffice, made_office
from tests.office.raw_import import RawImport, is_gone, wait_until_gone
from tests.patience import TESTS_S
from tests.security.directing import Director, directed
from tests.security.import_play import ROWS

pytestmark = pytest.mark.slow  # real processes

PLAY = Path(__file__).with_name("import_play.py")
HEADER = ("customer_number", "full_name", "queue")


# --- a real office


def found_in(director: Director, mark: str, pid: int) -> set[str]:
    """What follows the mark in a process's memory, as UTF-8."""
    try:
        told = director.scan(pid, mark, {})
    except PermissionError:
        pytest.skip("nobody here may read the memory: neither root nor root of a user namespace")
    assert told["mib"] > 10, "the control: there was a memory to read"
    assert not set(told["found"]) - {"utf-8"}, "in another spelling"
    return set(told["found"].get("utf-8", []))


@pytest.fixture(scope="module")
def director() -> Iterator[Director]:
    with directed(PLAY) as it:
        yield it


def test_that_neither_office_nor_nursery_ever_holds_a_value_of_the_file(director: Director) -> None:
    running = director.ask("import", stop_at=ROWS)
    mark = running["mark"]
    (nursery,) = running["nursery"]
    values, leak = set(running["values"]), {running["leak"]}
    (beside,) = running["beside"]
    for pid in (running["child"], beside):
        assert found_in(director, mark, pid) & values, "the control: both hold rows while they work"
    for pid in (running["office"], nursery):
        assert found_in(director, mark, pid) == leak, "the planted leak, and nothing of the file, while rows are staged"
    done = director.ask("go on")
    assert done == {"done": ROWS, "bad": 0}
    wait_until_gone(running["child"])
    wait_until_gone(beside)
    assert director.ask("sockets")["left"] == []
    for pid in (running["office"], nursery):
        assert found_in(director, mark, pid) == leak, "the planted leak, and nothing of the file, after the end"
    assert director.ask("customers")["customers"] == ROWS


@pytest.mark.parametrize("stop_at", [500, ROWS])
def test_that_an_office_killed_during_an_import_leaves_nothing_of_it(director: Director, stop_at: int) -> None:
    before = director.ask("customers")["customers"]
    running = director.ask("import", stop_at=stop_at)
    everybody = [running["office"], *running["nursery"], running["child"], *running["beside"]]
    director.ask("kill", pid=running["office"], gone=everybody)
    told = director.ask("go on")
    sentence = {
        500: "The office ended during the import, so nothing was imported. Run the import again.",
        ROWS: "The office ended while the import was made visible: all rows came in, or none did. "
        "Run the import again: rows that are there count as unchanged.",
    }
    assert (told["error"], told["exit"]) == (sentence[stop_at], 5)
    director.ask("start")
    assert director.ask("sockets")["left"] == []
    assert director.ask("customers")["customers"] == before
    director.ask("import", stop_at=ROWS)
    assert director.ask("go on")["done"] == ROWS
    assert director.ask("customers")["customers"] == before + ROWS


def test_that_nothing_came_in_where_the_process_that_seals_was_killed(director: Director) -> None:
    before = director.ask("customers")["customers"]
    running = director.ask("import", stop_at=500)
    director.ask("kill", pid=running["beside"][0], gone=running["beside"])
    told = director.ask("go on")
    assert told["error"] == "A process of this import has ended, so nothing was imported. Import again."
    assert director.ask("customers")["customers"] == before
    director.ask("import", stop_at=ROWS)
    assert director.ask("go on")["done"] == ROWS


def test_that_a_killed_child_or_nursery_leaves_an_office_that_works(director: Director) -> None:
    before = director.ask("customers")["customers"]
    running = director.ask("import", stop_at=500)
    director.ask("kill", pid=running["child"], gone=[running["child"], *running["beside"]])
    told = director.ask("go on")
    assert told["error"] == "The process that imported has ended, so nothing was imported. Run the import again."
    assert director.ask("sockets")["left"] == []
    assert director.ask("customers")["customers"] == before
    running = director.ask("import", stop_at=500)
    director.ask("kill", pid=running["nursery"][0], gone=[*running["nursery"], running["child"]])
    assert director.ask("go on")["code"] == "import_lost"
    assert director.ask("customers")["customers"] == before
    assert "cannot begin a process any more" in director.ask("import", stop_at=500)["told"]["error"]


# --- strangers


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as made:
        made.hire("dewi", "Dewi Lestari", "supervisor", ("*",))
        yield made


@pytest.fixture
def running(office: MadeOffice) -> Iterator[RawImport]:
    session = office.command("hendra")
    import_ = RawImport(session._identity.client, HEADER)
    import_.rows(("C-1", "Sari", "billing"))
    yield import_
    if not import_.client._http.is_closed:  # unless the test has stopped it itself
        with contextlib.suppress(TiraiError):
            import_.cancel()
        import_.client.close()
    session.end()


def knock(office: MadeOffice, running: RawImport, token: bytes | None, key: bytes, method: str, step: str) -> str:
    """Ask the child by hand; the code of its refusal, or of its answer."""
    headers = {PROTOCOL_HEADER: str(PROTOCOL), "Content-Type": "application/json"}
    if token is not None:
        headers["Authorization"] = f"Bearer {b64encode(token).decode()}"
    path = f"/v1/imports/{urlsafe_b64encode(key).decode()}{step}"
    line = SocketTransport(running.socket_in(office))
    with httpx.Client(transport=line, base_url="http://office", headers=headers, timeout=TESTS_S) as raw:
        answer = raw.request(method, path, content=b'{"rows": []}' if step == "/rows" else None)
    return str(answer.json().get("code", answer.status_code))


STEPS = (("POST", "/rows"), ("POST", "/commit"), ("DELETE", ""))


@pytest.mark.parametrize(("method", "step"), STEPS)
def test_that_nobody_without_the_token_reaches_an_import(
    office: MadeOffice, running: RawImport, method: str, step: str
) -> None:
    own = running.begun.token
    other = office.command("dewi")
    theirs = RawImport(other._identity.client, HEADER)
    strangers = {
        "none": None,
        "short": own[:-1],
        "long": own + b"x",
        "flipped": bytes([own[0] ^ 1]) + own[1:],
        "another import's": theirs.begun.token,
        "its session's at the office": other._identity.client._token,
    }
    for token in strangers.values():
        assert knock(office, running, token, running.id, method, step) in {"import_over", "session_over"}
    assert knock(office, running, own, theirs.id, method, step) == "import_over"
    theirs.cancel()
    other.end()
    assert running.rows(("C-2", "Sari", "billing"), first=3).rows == 2, "the control: it still runs for its client"


def test_that_the_token_of_an_import_opens_nothing_at_the_office(office: MadeOffice, running: RawImport) -> None:
    client = office.connect()
    client.use_token(running.begun.token)
    with pytest.raises(Exception, match="session is over"):
        client.colleagues()
    client.close()


def test_that_a_token_is_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    from types import SimpleNamespace

    from app.api.server import import_steps

    compared: list[tuple[bytes, bytes]] = []

    def same(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return False

    monkeypatch.setattr(import_steps, "same", same)
    service = SimpleNamespace(token_hash=b"h" * 32, run=SimpleNamespace(id=b"i" * 16))
    request = SimpleNamespace(
        app=SimpleNamespace(state=SimpleNamespace(service=service)), headers={"Authorization": "Bearer aGg="}
    )
    with pytest.raises(NotAllowedError):
        next(import_steps.served(request, b"i" * 16))  # type: ignore[arg-type]
    assert [b for _a, b in compared] == [b"h" * 32]
    assert len(compared[0][0]) == 32


def test_that_an_import_answers_nothing_but_its_steps(office: MadeOffice, running: RawImport) -> None:
    headers = {PROTOCOL_HEADER: str(PROTOCOL), "Authorization": f"Bearer {b64encode(running.begun.token).decode()}"}
    line = SocketTransport(running.socket_in(office))
    with httpx.Client(transport=line, base_url="http://office", headers=headers, timeout=TESTS_S) as raw:
        for path in ("/v1/hello", "/v1/customers", "/v1/audit", "/v1/imports", "/openapi.json", "/docs"):
            assert raw.get(path).status_code == 404
        assert raw.get("/v1/hello", headers={PROTOCOL_HEADER: "99"}).status_code == 426


def test_that_a_session_that_is_over_ends_its_import(office: MadeOffice, running: RawImport) -> None:
    pid = running.pid(office)
    office.command("hendra").end()  # the newest sign-in ends the older session
    with pytest.raises(Exception, match=r"session is over|does not answer"):
        running.rows(("C-2", "Sari", "billing"), first=3)
    wait_until_gone(pid)
    assert not running.socket_in(office).exists()


def test_that_its_socket_is_the_owners_alone_and_goes_with_it(office: MadeOffice, running: RawImport) -> None:
    path, pid = running.socket_in(office), running.pid(office)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    running.cancel()
    wait_until_gone(pid)
    assert is_gone(pid)
    assert not path.exists()
