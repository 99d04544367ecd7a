"""A gateway's configuration for tests: everything that a server is told, in a folder."""

from pathlib import Path

from app.gateway.master import add_version_to
from tests.gateway.databases import GATEWAY, OWNER, GatewayDatabase
from tests.gateway.pki import Authority
from tests.gateway.ports import free_port


def configured(folder: Path, database: GatewayDatabase, authority: Authority | None = None) -> Path:
    """Write the configuration of a gateway on loopback, with its secrets, into a new folder; return its file."""
    folder.mkdir(mode=0o700)
    shown = (authority or Authority(folder / "pki")).issue()
    password, master, file = folder / "password", folder / "master", folder / "gateway.toml"
    password.touch(0o600)
    password.write_text(database.server.password + "\n")
    add_version_to(master)
    place = f"127.0.0.1:{database.server.port}/{database.name}"
    file.write_text(f"""
[listen]
host = "127.0.0.1"
port = {free_port()}
certificate = "{shown.certificate}"
key = "{shown.key}"
[private]
port = {free_port()}
[database]
url = "postgresql://{GATEWAY}@{place}"
password_file = "{password}"
[migrations]
url = "postgresql://{OWNER}@{place}"
password_file = "{password}"
[master]
file = "{master}"
[log]
folder = "{folder}"
""")
    return file
