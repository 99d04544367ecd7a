"""There is no other way in than docs/sign-in.md says: no variable, option, link or autostart, no factor beside those,
no hint and no question, no secret in the program.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from app.backoffice import schema
from app.cli import app as cli

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "app").rglob("*.py"))
TREES = {path: ast.parse(path.read_text("utf-8")) for path in SOURCES}

READ_THE_ENVIRONMENT = {
    "app/api/client/gateway_line.py": "refuses authorities that a variable names",
    "app/clean_start.py": "refuses or drops hostile variables",
    "app/gateway/programs.py": "where a command of IT's finds its credentials",
    "app/gateway/secret_files.py": "the folder of systemd's credentials",
    "app/guardian/office_keeper.py": "where systemd hears that the service is ready",
    "app/storage/service_keys.py": "the folder of systemd's credentials",
    "app/gateway/serve.py": "the folder that systemd makes for a running gateway",
    "app/guardian/action_child.py": "empties it for a program that uses a field",
    "app/guardian/watch.py": "hands them on to a fresh Tirai",
    "app/sources/sql_password.py": "where systemd put a credential: the password of an account that reads customers",
    "app/storage/keyring_choice.py": "refuses a keyring that a variable names",
    "app/storage/places.py": "the XDG folders",
    "app/system/posture/machine.py": "the desktop and its folders, handed to commands of the posture check",
    "app/terminal/checks/qt.py": "names Qt's platform to a child that tries it",
    "app/terminal/seat_codes.py": "where systemd put a credential: the code by which a workstation becomes known",
    "app/terminal/self_check.py": "Qt's platforms",
}
SENDERS = {"smtplib", "imaplib", "poplib", "email", "twilio", "smtpd"}
NAMES_A_SECRET = re.compile(r"password|secret|code|token|otp|factor|bypass|skip|debug", re.IGNORECASE)
HINTS = re.compile(r"hint|question|answer|birth|mother|\bpet\b", re.IGNORECASE)


def imported(tree: ast.Module) -> Iterator[str]:
    """Packages that a file imports, anywhere in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def options(command: Any) -> Iterator[Any]:
    """Options and arguments of a command and of all under it."""
    yield from command.params
    for below in getattr(command, "commands", {}).values():
        yield from options(below)


@pytest.mark.asvs("V6.3.4")
def test_that_few_files_read_the_environment_and_none_at_the_door() -> None:
    reading = {
        str(path.relative_to(ROOT))
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv"})
    }
    assert reading == READ_THE_ENVIRONMENT.keys()


@pytest.mark.asvs("V6.3.4", "V7.6.2")
def test_that_no_option_carries_a_secret_or_leaves_a_factor_out() -> None:
    found = [p for p in options(typer.main.get_command(cli)) if p.name and NAMES_A_SECRET.search(p.name)]
    assert {p.name for p in found} == {"secrets_stdin", "recovery_code"}
    assert all(p.is_flag and p.envvar is None for p in found)


@pytest.mark.asvs("V7.6.2")
def test_that_nothing_but_a_person_starts_a_session() -> None:
    """The menu entry has no link, no type and no autostart; its line carries nothing that a caller chooses. What starts
    at a login only sweeps.
    """
    entry = (ROOT / "packaging/console/tirai.desktop").read_text("utf-8")
    assert re.findall(r"^Exec=(.*)$", entry, re.MULTILINE) == ["/usr/bin/tirai"]
    assert not re.search(r"MimeType|Autostart|DBusActivatable|x-scheme-handler", entry)
    for login, word in (("tirai-sweep.desktop", "Exec"), ("tirai-sweep.service", "ExecStart")):
        text = (ROOT / "packaging/console" / login).read_text("utf-8")
        assert re.findall(f"^{word}=(.*)$", text, re.MULTILINE) == ["/usr/bin/tirai wipe --quiet"]


@pytest.mark.asvs("V6.3.6", "V6.6.1")
def test_that_no_factor_comes_by_mail_or_telephone() -> None:
    """The one package that sends is the program of an action, which gets one customer's address and nothing else."""
    sending = {path.relative_to(ROOT) for path, tree in TREES.items() if SENDERS & set(imported(tree))}
    assert {path.parent for path in sending} == {Path("app/mail")}
    mail = re.compile(r"^\s*(from|import) app\.mail\b", re.MULTILINE)
    asking = {str(path.relative_to(ROOT)) for path in TREES if mail.search(path.read_text("utf-8"))}
    assert {name for name in asking if not name.startswith("app/mail/")} <= {
        "app/bootstrap/offices.py",
        "app/terminal/act.py",
    }
    columns = {column.name for table in schema.metadata.tables.values() for column in table.columns}
    assert not {name for name in columns if re.search(r"mail|phone|msisdn|sms", name)}


@pytest.mark.asvs("V6.4.2")
def test_that_no_account_keeps_a_hint_or_a_question() -> None:
    """Training asks what somebody has learnt; it opens no door."""
    tables = [table for table in schema.metadata.tables.values() if not table.name.startswith("training_")]
    columns = {column.name for table in tables for column in table.columns}
    assert {"verifier", "totp"} <= columns
    assert not {name for name in columns if HINTS.search(name)}
    messages = [p for p in SOURCES if p.name in {"door.py", "accounts.py", "own_account.py"} and "messages" in p.parts]
    assert len(messages) == 3
    fields = {n.target.id for p in messages for n in ast.walk(TREES[p]) if _is_field(n)}  # type: ignore[attr-defined]
    assert not {name for name in fields if HINTS.search(name)}


def _is_field(node: ast.AST) -> bool:
    return isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)


@pytest.mark.asvs("V6.5.3")
def test_that_randomness_is_the_systems() -> None:
    assert not [path for path, tree in TREES.items() if "random" in set(imported(tree))]


@pytest.mark.asvs("V7.2.2")
def test_that_no_key_or_token_is_written_into_the_program() -> None:
    """Long runs of hex or Base64 in code, data and packaging; `labels` and the like are words."""
    looks_secret = re.compile(r"(?<![\w/+])(?:[0-9a-fA-F]{32,}|(?=[A-Za-z0-9+/]*\d)[A-Za-z0-9+/]{40,}={0,2})(?![\w/+])")
    digest = re.compile(r'^[A-Z_]*SHA256 = "[0-9a-f]{64}"$', re.MULTILINE)  # of a file that is fetched: public
    ends = {".pyc", ".admx", ".adml"}  # the last two name Microsoft's schemas by long addresses
    packaged = [path for path in (ROOT / "packaging").rglob("*.*") if path.is_file() and path.suffix not in ends]
    files = [*SOURCES, *(ROOT / "resources").rglob("*.toml"), *packaged]
    found = [
        f"{path.relative_to(ROOT)}: {text[:12]}..."
        for path in files
        for text in looks_secret.findall(digest.sub("", path.read_text("utf-8")))
    ]
    assert not found
