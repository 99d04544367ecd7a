"""A gateway's configuration: taken whole, or refused with every wrong line at once, and without what stands there."""

import os
import stat
from pathlib import Path

import pytest

from app import __version__
from app.domain.errors import TiraiError, WorkstationError
from app.gateway.config import Balancer, GatewayConfig, load_config, read_config
from app.gateway.reading import FaultsError
from app.gateway.secret_files import SecretFileError, SecretPlace

GOOD = """\
[listen]
host = "0.0.0.0"
port = 8443
certificate = "/etc/tirai/tls/chain.pem"
key = "credential:tls-key"

[private]
port = 9464

[database]
url = "postgresql://tirai_gateway@db.example:5433/tirai"
password_file = "credential:db-password"
ca = "/etc/tirai/db-ca.pem"
pool = 12

[master]
file = "credential:master"
"""
CANARY = "hunter2-7f3a9c1e5b"
FILE = Path("/etc/tirai/gateway.toml")


def read(text: str) -> GatewayConfig:
    return read_config(text, FILE)


def faults(text: str) -> list[str]:
    with pytest.raises(FaultsError) as refused:
        read(text)
    assert refused.value.exit_code == 3
    return [f"{f.line} {f.key}: {f.what}; {f.instead}" for f in refused.value.faults]


def test_that_a_whole_file_is_read() -> None:
    config = read(GOOD)
    assert (config.listen.port, config.listen.balancer, config.private.host) == (8443, Balancer.NONE, "127.0.0.1")
    assert (config.database.user, config.database.host, config.database.port) == ("tirai_gateway", "db.example", 5433)
    assert (config.database.database, config.database.pool, str(config.master.file)) == (
        "tirai",
        12,
        "credential:master",
    )
    assert (config.migrations, config.backup, config.sources) == (None, None, None)


def test_that_every_fault_is_named_with_its_line_and_what_to_write() -> None:
    text = (
        GOOD.replace("port = 8443", 'port = "8443"').replace("pool = 12", "pol = 12").replace("[private]", "[privat]")
    )
    text = text.replace('certificate = "/etc/tirai/tls/chain.pem"\n', "").replace("\nfile =", "\ncommand = []\nfile =")
    assert faults(text) == [
        "1 listen.certificate: certificate is missing; write certificate = ... below [listen]",
        "3 listen.port: this is no number within its bounds; write a whole number from 0 to 65535",
        "6 privat: there is no such table; did you mean private?",
        "13 database.pol: there is no such key; did you mean pool?",
        '16 master.command: this is no list of texts; write ["...", "..."]',
        "17 master.file: the master comes from one place; take one of file and command out",
    ]


def test_that_a_minimum_version_is_one_that_the_gateway_itself_has() -> None:
    assert read(GOOD).minimum_version == ""
    assert read(GOOD + f'\n[workstations]\nminimum_version = "{__version__}"\n').minimum_version == __version__
    for wrong, said in (
        ('"99.0"', "update the gateways first"),
        ('"new"', "numbers and dots"),
        ("1", "numbers and dots"),
    ):
        (fault,) = faults(GOOD + f"\n[workstations]\nminimum_version = {wrong}\n")
        assert said in fault


def test_that_a_fault_is_said_as_compilers_say_it() -> None:
    with pytest.raises(FaultsError) as refused:
        read(GOOD.replace("[master]\nfile", "[master]\nfiel"))
    assert refused.value.message.splitlines() == [
        f"{FILE}:16: master: it is not said where the master comes from; "
        'write file = "credential:master", or command = [...]',
        f"{FILE}:17: master.fiel: there is no such key; did you mean file?",
    ]


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("key = ", f'key = "{CANARY}"'),
        ("password_file = ", f'password_file = "{CANARY}"'),
        ("url = ", f'url = "postgresql://tirai:{CANARY}@db.example/tirai"'),
        ("url = ", f'url = "postgresql://tirai@db.example/tirai?password={CANARY}"'),
        ("url = ", f'url = "{CANARY}"'),
        ("file = ", f'file = "credential:{CANARY}/../x"'),
        ("file = ", f'command = ["{CANARY}"]'),
        ("pool = ", f'pool = "{CANARY}"'),
        ("host = ", f'host = "{CANARY}"'),
        ("host = ", f'host = "{CANARY}'),
    ],
)
def test_that_no_fault_repeats_what_stands_there(line: str, wrong: str) -> None:
    at = next(text for text in GOOD.splitlines() if text.startswith(line))
    (said, *_more) = faults(GOOD.replace(at, wrong))
    assert CANARY not in said
    assert said.split(" ")[0] == str(GOOD.splitlines().index(at) + 1)


def test_that_a_password_in_the_address_is_refused_by_name() -> None:
    (fault,) = faults(GOOD.replace("tirai_gateway@", f"tirai_gateway:{CANARY}@"))
    assert "a password stands in the address" in fault
    assert "password_file" in fault


def test_that_a_role_that_comes_by_the_network_needs_a_password() -> None:
    (fault,) = faults(GOOD.replace('password_file = "credential:db-password"\n', ""))
    assert fault.startswith("11 database.url: a role that comes by the network proves itself")


def test_that_a_local_socket_needs_none() -> None:
    local = GOOD.replace("tirai_gateway@db.example:5433/tirai", "tirai_gateway@/tirai?host=/run/postgresql")
    local = local.replace('password_file = "credential:db-password"\n', "").replace('ca = "/etc/tirai/db-ca.pem"\n', "")
    arguments = read(local).database.arguments()
    assert (arguments["host"], arguments["sslmode"]) == ("/run/postgresql", "disable")


def test_that_another_machine_is_spoken_to_under_tls_with_its_name_checked(tmp_path: Path) -> None:
    password = secret(tmp_path / "password", f"{CANARY}\n")
    text = GOOD.replace("credential:db-password", str(password))
    arguments = read(text).database.arguments()
    assert (arguments["sslmode"], arguments["sslrootcert"]) == ("verify-full", "/etc/tirai/db-ca.pem")
    assert arguments["password"] == CANARY
    without_ca = read(text.replace('ca = "/etc/tirai/db-ca.pem"\n', "")).database.arguments()
    assert (without_ca["sslmode"], without_ca["sslrootcert"]) == ("verify-full", "system")


def test_that_a_balancers_word_is_believed_from_named_addresses_only() -> None:
    told = 'balancer = "proxy_protocol"\n'
    (fault,) = faults(GOOD.replace("[private]", f"{told}[private]"))
    assert "anybody could say that they call from elsewhere" in fault
    config = read(GOOD.replace("\n[private]", f'{told}balancers = ["10.0.0.4/32"]\n[private]'))
    assert [str(network) for network in config.listen.balancers] == ["10.0.0.4/32"]
    assert len(faults(GOOD.replace("\n[private]", 'balancers = ["10.0.0.4/32"]\n[private]'))) == 1


def test_that_consoles_and_metrics_do_not_share_a_port() -> None:
    (fault,) = faults(GOOD.replace("port = 9464", "port = 8443"))
    assert fault.startswith("8 private.port: consoles and metrics cannot share a port")


def test_that_keys_of_backups_do_not_lie_beside_them() -> None:
    backup = '[backup]\nurl = "postgresql://b@/tirai?host=/run"\nfolder = "/srv/b"\nkeys = "/srv/b/keys.json"\n'
    (fault,) = faults(GOOD + backup)
    assert "keys beside the backups end no period" in fault


def test_that_a_file_that_is_no_toml_is_refused_at_its_line() -> None:
    (fault,) = faults(GOOD.replace("port = 8443", "port = = 8443"))
    assert fault.startswith("3 TOML: ")


# the file itself


def test_that_there_is_no_file() -> None:
    with pytest.raises(WorkstationError, match=r"packaging/gateway/gateway\.toml") as refused:
        load_config(Path("/nowhere/gateway.toml"))
    assert refused.value.exit_code == 5


@pytest.mark.parametrize("mode", [0o664, 0o646])
def test_that_a_file_that_others_can_change_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "gateway.toml"
    file.write_text(GOOD, "utf-8")
    assert load_config(file).listen.port == 8443
    file.chmod(mode)
    with pytest.raises(WorkstationError, match="can be changed by others"):
        load_config(file)


# secrets


def secret(path: Path, text: str, mode: int = 0o400) -> Path:
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return path


def test_that_a_secret_is_read_from_its_file_without_its_line_end(tmp_path: Path) -> None:
    assert SecretPlace.of(str(secret(tmp_path / "s", f"{CANARY}\n"))).line() == CANARY


@pytest.mark.parametrize("mode", [0o404, 0o444, 0o440, 0o420, 0o604])
def test_that_a_secret_that_others_may_read_or_change_is_refused(tmp_path: Path, mode: int) -> None:
    path = secret(tmp_path / "s", CANARY, mode)
    if os.geteuid() == 0:  # a file of root may be read by a group of the gateway's, so it is another one's here
        os.chown(path, 0, 65_534)
    with pytest.raises(SecretFileError, match="chmod 0400") as refused:
        SecretPlace.of(str(path)).read()
    assert CANARY not in str(refused.value)


def test_that_a_link_is_refused(tmp_path: Path) -> None:
    secret(tmp_path / "s", CANARY)
    (tmp_path / "link").symlink_to(tmp_path / "s")
    with pytest.raises(SecretFileError, match="is a link"):
        SecretPlace.of(str(tmp_path / "link")).read()


def test_that_a_pipe_is_refused_and_waited_for_by_nobody(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "s", 0o400)
    with pytest.raises(SecretFileError, match="no plain file"):
        SecretPlace.of(str(tmp_path / "s")).read()


@pytest.mark.parametrize("text", ["", "\n", "two\nlines\n", "a\0b"])
def test_that_a_secret_is_one_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(SecretFileError, match="one line"):
        SecretPlace.of(str(secret(tmp_path / "s", text))).line()


def test_that_a_secret_is_no_larger_than_one(tmp_path: Path) -> None:
    with pytest.raises(SecretFileError, match="larger"):
        SecretPlace.of(str(secret(tmp_path / "s", "x" * 65_537))).read()


def test_that_a_credential_comes_from_the_folder_that_systemd_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = SecretPlace.of("credential:db-password")
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    with pytest.raises(SecretFileError, match="LoadCredential=db-password:"):
        place.read()
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    with pytest.raises(SecretFileError, match="is not there"):
        place.read()
    path = secret(tmp_path / "db-password", CANARY, 0o440)
    assert place.line() == CANARY
    path.chmod(0o444)
    with pytest.raises(SecretFileError, match="chmod 0400"):
        place.line()
    assert not stat.S_IMODE(path.stat().st_mode) & 0o022


@pytest.mark.parametrize("word", ["credential:", "credential:../x", "credential:a/b", "relative/path", "/a/../b"])
def test_that_a_place_is_a_whole_path_or_a_credentials_name(word: str) -> None:
    with pytest.raises(ValueError, match="no "):
        SecretPlace.of(word)


def test_that_what_is_refused_is_said_by_tirais_own_errors() -> None:
    assert issubclass(SecretFileError, TiraiError)
    assert issubclass(FaultsError, TiraiError)
