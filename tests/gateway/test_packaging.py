"""What comes for servers: the units, the example configuration, and balancers that pass TLS through, tried for real."""

import re
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.domain.request_limits import RATE_LIMITS
from app.gateway.config import Balancer, read_config
from app.gateway.page_config import load_page_config
from tests.gateway.pki import Authority
from tests.gateway.ports import free_port
from tests.ordinary_user import PROJECT

HERE = PROJECT / "packaging" / "gateway"
UNIT, EXAMPLE = HERE / "tirai-gateway.service", HERE / "gateway.toml"
PAGE_UNIT = HERE / "tirai-page.service"
V2 = b"\r\n\r\n\0\r\nQUIT\n"
"""How the PROXY protocol's second version begins."""


def program(name: str) -> str:
    """A program, or a loud skip."""
    found = shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin")
    if found is None:
        pytest.skip(f"{name} is not installed here: apt install {name}. What comes for it was NOT tried.")
    return found


# the example configuration


def uncommented(text: str) -> str:
    """The example with everything that it offers in comments."""
    return re.sub(r"^# ?(?=[a-z_]+ = |\[)", "", text, flags=re.MULTILINE)


def test_that_the_example_is_taken_as_it_is() -> None:
    config = read_config(EXAMPLE.read_text("utf-8"), EXAMPLE)
    assert (config.listen.balancer, config.migrations, config.backup) == (Balancer.NONE, None, None)
    assert config.page is None


def test_that_what_it_offers_in_comments_is_taken_too() -> None:
    text = uncommented(EXAMPLE.read_text("utf-8")).replace('file = "/etc/tirai/master"', "")
    config = read_config(text, EXAMPLE)
    assert config.listen.balancer is Balancer.PROXY_PROTOCOL
    assert config.master.command
    assert config.migrations is not None
    assert config.backup is not None
    assert config.page is not None


def test_that_it_says_what_counts_without_it() -> None:
    """A number that the example shows is the one that a gateway has that was told none."""
    text = EXAMPLE.read_text("utf-8")
    numbers = r"^\[limits\].*\n(?:\w+ = \d+.*\n)+|^(?:pool|port) = \d+.*\n"
    said, config = tomllib.loads(text), read_config(re.sub(numbers, "", text, flags=re.MULTILINE), EXAMPLE)
    assert config.limits == RATE_LIMITS == read_config(text, EXAMPLE).limits
    assert said["database"]["pool"] == config.database.pool
    assert (said["listen"]["port"], said["private"]["port"]) == (config.listen.port, config.private.port)


# the units


@pytest.fixture(params=[UNIT, PAGE_UNIT], ids=lambda unit: unit.stem)
def unit(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A unit, with a program that is here."""
    path = tmp_path / str(request.param.name)
    path.write_text(request.param.read_text().replace("/usr/bin/tirai", "/bin/true"))
    return path


def test_that_systemd_understands_the_unit(unit: Path) -> None:
    done = subprocess.run([program("systemd-analyze"), "verify", unit], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_that_the_unit_gives_its_server_little(unit: Path) -> None:
    """systemd's own measure, in tenths: 0 has no rights, 100 all of them."""
    words = ["security", "--offline=true", "--threshold=20", "--no-pager", str(unit)]
    done = subprocess.run([program("systemd-analyze"), *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "line",
    [
        "MemorySwapMax=0", "LimitCORE=0", "UMask=0077", "ProtectSystem=strict", "NoNewPrivileges=yes",
        "MemoryDenyWriteExecute=yes", "RestrictNamespaces=yes", "PrivateTmp=yes",
    ],
)  # fmt: skip
def test_that_the_unit_says(unit: Path, line: str) -> None:
    assert line in unit.read_text().splitlines()


def test_that_no_unit_has_a_right_that_it_does_not_need() -> None:
    """A gateway has none of root's; the page may listen at 443, and cannot see what a gateway beside it keeps."""
    own, page = UNIT.read_text().splitlines(), PAGE_UNIT.read_text().splitlines()
    assert {"CapabilityBoundingSet=", "AmbientCapabilities="} <= set(own)
    bind = {"CapabilityBoundingSet=CAP_NET_BIND_SERVICE", "AmbientCapabilities=CAP_NET_BIND_SERVICE"}
    assert {line for line in page if "Cap" in line and not line.startswith("#")} == bind
    (hidden,) = (line.partition("=")[2].split() for line in page if line.startswith("InaccessiblePaths="))
    config = read_config(EXAMPLE.read_text("utf-8"), EXAMPLE)
    assert config.master.file is not None
    kept = {config.master.file.file, config.listen.certificate.parent, config.log, Path("/etc/tirai/db-password")}
    assert kept <= {Path(place.removeprefix("-")) for place in hidden}


def test_that_accounts_are_made_for_both_units(unit: Path, tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    words = [f"--root={tmp_path}", "--dry-run", str(HERE / f"{unit.stem}.sysusers.conf")]
    done = subprocess.run([program("systemd-sysusers"), *words], capture_output=True, text=True, check=True)
    account = re.findall(r"^User=(.*)$", unit.read_text(), flags=re.MULTILINE)[0]
    assert f"Creating user '{account}'" in done.stdout + done.stderr


def test_that_unit_and_example_name_the_same_places() -> None:
    unit, config = UNIT.read_text(), read_config(EXAMPLE.read_text("utf-8"), EXAMPLE)
    assert config.database.password_file is not None
    assert f"LoadCredential={config.database.password_file.name}:" in unit
    assert config.log == logs_of(unit)


def test_that_the_pages_unit_and_example_name_the_same_places(tmp_path: Path) -> None:
    unit, file = PAGE_UNIT.read_text(), tmp_path / "page.toml"
    file.write_text((HERE / "page.toml").read_text("utf-8"))
    file.chmod(0o644)
    config = load_page_config(file)
    secrets = {config.listen.key, config.database.password_file}
    handed = set(re.findall(r"^LoadCredential=([^:]+):/etc/tirai/page/", unit, flags=re.MULTILINE))
    assert {place.name for place in secrets if place is not None} == handed == {"tls-key", "db-password"}
    assert config.log == logs_of(unit)


def logs_of(unit: str) -> Path:
    """The folder of logs that systemd makes for a unit."""
    return Path("/var/log", *re.findall(r"^LogsDirectory=(.*)$", unit, flags=re.MULTILINE))


# balancers


@dataclass
class PassedThrough:
    """A server of TLS alone that notes what stood before each handshake: a gateway as a balancer sees it."""

    folder: Path
    port: int = 0
    before: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.authority = Authority(self.folder)
        certified = self.authority.issue()
        self.pin = certified.pin
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certified.certificate, certified.key)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _address = self._listener.accept()
            except OSError:
                return
            with line, suppress(OSError):  # of whoever only looks whether somebody listens
                line.settimeout(60)
                self.before.append(self._head(line))
                with self._context.wrap_socket(line, server_side=True) as under:
                    under.sendall(b"answer to " + under.recv(100))

    def _head(self, line: socket.socket) -> bytes:
        """What a balancer says first."""
        head = b""
        while len(head) < 12 and (piece := line.recv(12 - len(head))):
            head += piece
        if head == V2:
            rest = line.recv(4, socket.MSG_WAITALL)
            return head + rest + line.recv(int.from_bytes(rest[2:4], "big"), socket.MSG_WAITALL)
        while head and not head.endswith(b"\r\n") and (piece := line.recv(1)):
            head += piece
        return head

    def close(self) -> None:
        self._listener.close()


@pytest.fixture
def behind(tmp_path: Path) -> Iterator[PassedThrough]:
    server = PassedThrough(tmp_path / "pki")
    yield server
    server.close()


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    """A balancer in the foreground, once it listens."""
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        while child.poll() is None:
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
        if child.returncode is None:
            yield
    finally:
        child.terminate()
        said, _nothing = child.communicate(timeout=60)
    assert child.returncode in {0, 128 + signal.SIGTERM, -signal.SIGTERM}, said


def ask(behind: PassedThrough, port: int) -> tuple[bytes, str]:
    """One request under TLS to the balancer: the answer, and where it came from."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(behind.authority.file)
    with (
        socket.create_connection(("127.0.0.1", port), 60) as line,
        context.wrap_socket(line, server_hostname="localhost") as under,
    ):
        under.sendall(b"a request")
        return under.recv(100), "{}:{}".format(*under.getsockname())


def test_that_nginx_passes_tls_through_and_says_who_calls(behind: PassedThrough, tmp_path: Path) -> None:
    nginx, port = program("nginx"), free_port()
    if not Path("/usr/lib/nginx/modules/ngx_stream_module.so").exists():
        pytest.skip("nginx has no stream module here: apt install libnginx-mod-stream. Its example was NOT tried.")
    text = (HERE / "nginx.conf").read_text()
    for known, here in (
        ("listen 8443", f"listen 127.0.0.1:{port}"),
        ("server 10.0.0.11:8443", f"server 127.0.0.1:{behind.port}"),
        ("        server 10.0.0.12:8443 max_fails=2 fail_timeout=10s;\n", ""),
        ("/run/nginx.pid", f"{tmp_path}/pid"),
        ("/var/log/nginx/error.log", f"{tmp_path}/error.log"),
        ("modules/ngx", "/usr/lib/nginx/modules/ngx"),
    ):
        assert known in text
        text = text.replace(known, here)
    file = tmp_path / "nginx.conf"
    file.write_text("daemon off;\nmaster_process off;\n" + text)
    words = ["-p", str(tmp_path), "-e", f"{tmp_path}/error.log", "-c", str(file)]
    subprocess.run([nginx, "-t", *words], check=True, capture_output=True)
    with running([nginx, *words], port):
        answer, mine = ask(behind, port)
    host, _, number = mine.partition(":")
    assert answer == b"answer to a request"
    assert behind.before[-1] == f"PROXY TCP4 {host} 127.0.0.1 {number} {port}\r\n".encode()


def test_that_haproxy_passes_tls_through_and_says_who_calls(behind: PassedThrough, tmp_path: Path) -> None:
    haproxy, port = program("haproxy"), free_port()
    ready = Ready()
    text = (HERE / "haproxy.cfg").read_text()
    for known, here in (
        ("bind :8443", f"bind 127.0.0.1:{port}"),
        ("server gateway-1 10.0.0.11:8443", f"server gateway-1 127.0.0.1:{behind.port}"),
        ("    server gateway-2 10.0.0.12:8443\n", ""),
        ("check port 9464 inter 2s fall 2 rise 2", f"check port {ready.port} inter 60s fall 2 rise 2"),
        ("    user haproxy\n    group haproxy\n", ""),
        ("    log /dev/log local0\n", ""),
        ("maxconn 20000", "maxconn 100"),
    ):
        assert known in text
        text = text.replace(known, here)
    file = tmp_path / "haproxy.cfg"
    file.write_text(text)
    subprocess.run([haproxy, "-c", "-f", str(file)], check=True, capture_output=True)
    with running([haproxy, "-db", "-f", str(file)], port):
        assert ready.asked.wait(120)
        answer, mine = ask(behind, port)
    ready.close()
    assert answer == b"answer to a request"
    host, _, number = mine.partition(":")
    told = [head for head in behind.before if head[:14] == V2 + b"\x21\x11"]  # of whoever asked before, too
    callers = [(socket.inet_ntoa(head[16:20]), int.from_bytes(head[24:26], "big")) for head in told]
    assert (host, int(number)) in callers
    assert ready.request.startswith(b"GET /ready HTTP/1.")


class Ready:
    """A gateway's private port that says it is ready."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.asked, self.request = threading.Event(), b""
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _address = self._listener.accept()
            except OSError:
                return
            with line, suppress(OSError):  # a balancer that leaves asks no more
                if said := line.recv(1000):
                    self.request = said
                    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    self.asked.set()

    def close(self) -> None:
        self._listener.close()
