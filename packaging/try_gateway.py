"""Try the gateway's package in a minimal Debian over a real PostgreSQL, and say what was seen.

1. Installed from a signed repository: no Qt comes with it, the account is there, settings are settings.
2. systemd reads and judges the units; nothing was enabled or started.
3. As the account of the unit, with a credential as systemd would hand it over: `tirai gateway check` names what is
   missing, tables are made, two people make the office, the check finds everything, the unit's own `ExecStart` serves
   and answers by TLS, and ends by SIGTERM.
4. systemd as the first process of a machine runs the unit: without its database, with it, killed, stopped; what its
   process can see and do (`trying/unit.py`).
5. The same of customers' page beside it, which sees nothing of the gateway's.
6. Purged: settings, state and log go, the master stays and is named.
"""

import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from linux.gateway_tree import BUNDLE, NAME
from steps import BUILD, emptied
from trying.apt_machine import RootApt
from trying.debian_root import Root, make_root, running, until
from trying.findings import Findings
from trying.gateway_unit import try_gateway_unit
from trying.page_unit import PORT, ROLE, lay_page_settings, try_page_unit
from trying.trial_repository import install_signed

from tests.demo.office import ADI, HENDRA
from tests.demo.terminal import Terminal
from tests.gateway.databases import GATEWAY, OWNER, GatewayDatabase, empty_database
from tests.gateway.pki import Authority
from tests.gateway.ports import free_port
from tests.gateway.postgres_server import running_server

WORK = BUILD / "gateway-check"
ACCOUNT = "tirai-gateway"
UNITS = "usr/lib/systemd/system"
EXIT_FAILED, EXIT_ENVIRONMENT, EXIT_REFUSED = 1, 5, 3
SERVING_S = 300
SETTINGS = {"CREDENTIALS_DIRECTORY": "/run/credentials/tirai-gateway.service", "HOME": "/", "LC_ALL": "C.UTF-8"}


def main() -> int:
    """Try one package file."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    package = Path(sys.argv[1])
    if os.geteuid() != 0 or shutil.which("mmdebstrap") is None:
        print("The package was built but not tried: that needs root and mmdebstrap.", file=sys.stderr)
        return EXIT_ENVIRONMENT
    findings, folder = Findings(), emptied(WORK) / "root"
    make_root(folder)
    with running(folder) as root, running_server() as server:
        try:
            install(root, package, findings)
            try_units(root, findings)
            database = empty_database(server)
            port, authority = try_serving(root, database, findings)
            try_gateway_unit(folder, f"{database.server.password}\n", lambda: answered(port, authority), findings)
            try_page_unit(folder, lambda: answered(PORT, authority), findings)
            removal(root, findings)
        except Exception as error:  # noqa: BLE001 -- whatever it was, it is told and the report is written
            findings.add("the rest", False, f"{type(error).__name__}: {error}")
    findings.write(WORK / "report.json", {"package": package.name})
    if findings.ok:
        shutil.rmtree(folder)
    return 0 if findings.ok else EXIT_FAILED


def install(root: Root, package: Path, findings: Findings) -> None:
    """From a repository that is signed for this trial."""
    findings.add("install from the signed repository", True, install_signed(root, package, NAME, WORK))
    named = root.run("dpkg-query", "-W", "-f", "${Package}\n").split()
    qt = [name for name in named if re.search(r"qt|pyside", name)]
    qt += [str(path) for path in (root.folder / BUNDLE).rglob("*") if re.search(r"Qt|PySide|shiboken", path.name)]
    findings.add("no Qt", not qt, qt)
    account = root.run("getent", "passwd", ACCOUNT).strip()
    findings.add("its account", account.endswith("nologin"), account)
    tls = root.run("stat", "-c", "%U:%G %a", "/etc/tirai/tls").strip()
    findings.add("the folder of certificates", tls == f"root:{ACCOUNT} 750", tls)
    changed = root.run("dpkg", "--verify", NAME, user="root", check=False)
    findings.add("dpkg --verify", changed == "", changed)


def try_units(root: Root, findings: Findings) -> None:
    """What systemd says of the units, and that none was started."""
    units = sorted(path.name for path in (root.folder / UNITS).glob("tirai-*.service"))
    for unit in units:
        done = subprocess.run(
            root.line("systemd-analyze", "verify", f"/{UNITS}/{unit}", user="root"),
            check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        findings.add(f"systemd-analyze verify {unit}", done.returncode == 0 and not done.stdout, done.stdout[-300:])
        said = root.run("systemd-analyze", "security", "--offline=true", "--no-pager", f"/{UNITS}/{unit}", user="root")
        exposed = re.findall(r"exposure level for \S+ (\d+\.\d+)", said)
        findings.add(f"systemd-analyze security {unit}", bool(exposed) and float(exposed[0]) <= 2.0, exposed)
    wanted = [str(path) for path in (root.folder / "etc/systemd/system").rglob("tirai-*")]
    findings.add("nothing is enabled by installing", not wanted, wanted)


def unit_line(root: Root, word: str) -> list[str]:
    """A command line of the gateway's unit."""
    text = (root.folder / UNITS / "tirai-gateway.service").read_text()
    return str(re.findall(f"^{word}=(.*)$", text, re.MULTILINE)[0]).split()


def as_account(root: Root, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run as the unit's account, with its credential."""
    line = root.line(*words, user=ACCOUNT, settings=SETTINGS)
    return subprocess.run(
        line, check=False, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def try_serving(root: Root, database: GatewayDatabase, findings: Findings) -> tuple[int, Authority]:
    """From the settings that are installed to an answer by TLS; where it answers, and by whose certificate."""
    check, serve = unit_line(root, "ExecStartPre"), unit_line(root, "ExecStart")
    before = as_account(root, *check)
    told = before.stdout.splitlines()
    findings.add(
        "fresh: the check refuses and says why", before.returncode not in {0, 1}, [before.returncode, told[:4]]
    )
    port, authority = configure(root, database)
    done = as_account(root, "tirai", "gateway", "migrate")
    findings.add("tables", done.returncode == 0, done.stdout.strip()[-200:])
    office = GatewayTerminal(root)
    said = office.set_up("Nusantara Care", ADI, HENDRA)
    findings.add("two people make the office", "Kit code" in said, "three kit codes, the office's mark")
    done = as_account(root, *check)
    findings.add("the unit's ExecStartPre", done.returncode == 0, done.stdout.strip().splitlines()[-1:])
    with (WORK / "serve.log").open("wb") as log:
        gateway = subprocess.Popen(root.line(*serve, user=ACCOUNT, settings=SETTINGS), stdout=log, stderr=log)
    until("the gateway", SERVING_S, lambda: gateway.poll() is not None or "Serving" in (WORK / "serve.log").read_text())
    answer = ask(port, authority)
    findings.add("the unit's ExecStart serves by TLS", answer.startswith("HTTP "), answer)
    root.end(f"/{BUNDLE}/tirai", "TERM")
    code = gateway.wait(60)
    findings.add("it ends by SIGTERM", code == 0, [code, (WORK / "serve.log").read_text().splitlines()[-1:]])
    return port, authority


def configure(root: Root, database: GatewayDatabase) -> tuple[int, Authority]:
    """Write what IT would: the installed example with places of this trial, and the secrets with their modes."""
    authority, port = Authority(WORK / "pki"), free_port()
    shown = authority.issue()
    etc = root.folder / "etc/tirai"
    password = database.server.password + "\n"
    group = int(root.run("id", "-g", ACCOUNT))
    place = f"127.0.0.1:{database.server.port}/{database.name}"
    text = (etc / "gateway.toml").read_text()
    for known, here in (
        ("port = 8443", f"port = {port}"),
        ("port = 9464", f"port = {free_port()}"),
        ("tirai_gateway@db.example:5432/tirai", f"{GATEWAY}@{place}"),
        ('ca = "/etc/tirai/db-ca.pem"              # without', "# without"),
        ('sources = "/etc/tirai/sources"', ""),
        ("[import]", ""),
    ):
        if known not in text:
            raise RuntimeError(f"the example has no {known}")
        text = text.replace(known, here, 1)
    text += f'\n[migrations]\nurl = "postgresql://{OWNER}@{place}"\npassword_file = "/etc/tirai/db-owner-password"\n'
    (etc / "gateway.toml").write_text(text)
    # /run is a file system of the root's own namespace: written from inside.
    lay(root, SETTINGS["CREDENTIALS_DIRECTORY"] + "/db-password", password, f"{ACCOUNT}:{ACCOUNT}", "0400")
    lay(root, "/etc/tirai/db-owner-password", password, f"root:{ACCOUNT}", "0640")
    lay(root, "/etc/tirai/tls/chain.pem", shown.certificate.read_text(), f"root:{ACCOUNT}", "0644")
    lay(root, "/etc/tirai/tls/key.pem", shown.key.read_text(), f"root:{ACCOUNT}", "0640")
    database.server.role(ROLE)
    lay_page_settings(root.folder, place, password, shown.certificate.read_text(), shown.key.read_text())
    root.run("tirai", "gateway", "add-master", "/etc/tirai/master", user="root")
    os.chown(etc / "master", 0, group)
    (etc / "master").chmod(0o640)
    for folder in ("/var/lib/tirai-gateway", "/var/log/tirai-gateway", "/run/tirai-gateway"):
        root.run("install", "-d", "-o", ACCOUNT, "-g", ACCOUNT, "-m", "0700", folder, user="root")
    return port, authority


def lay(root: Root, place: str, text: str, owner: str, mode: str) -> None:
    """Write a file inside, with its owner and mode."""
    script = (
        f"install -d $(dirname {place}) && umask 077 && cat > {place} && chown {owner} {place} && chmod {mode} {place}"
    )
    script += f" && case {place} in /run/*) chown {owner} $(dirname {place}) ;; esac"
    subprocess.run(root.line("sh", "-c", script, user="root"), input=text, text=True, check=True)


class GatewayTerminal(Terminal):
    """Two people at one terminal of the server: `tirai gateway init`."""

    def __init__(self, root: Root) -> None:
        super().__init__(Path("/"), dict(os.environ))
        self._root = root

    def command(self, *words: str) -> list[str]:
        """The command line; what is asked is the same as on a workstation."""
        said = (
            ["gateway", "init", "--kit", "/var/lib/tirai-gateway/kit.json", *words[1:]]
            if words[0] == "setup"
            else words
        )
        return self._root.line("/usr/bin/tirai", *said, user=ACCOUNT, settings=SETTINGS | {"TERM": "xterm"})


def ask(port: int, authority: Authority) -> str:
    """One request by TLS, believed by the trial's authority alone."""
    context = ssl.create_default_context(cafile=str(authority.file))
    try:
        with urllib.request.urlopen(f"https://localhost:{port}/", timeout=30, context=context) as answer:
            return f"HTTP {answer.status}"
    except urllib.error.HTTPError as error:
        return f"HTTP {error.code}"
    except OSError as error:
        return str(error)


def answered(port: int, authority: Authority) -> str:
    """The same, or nothing while nobody answers."""
    said = ask(port, authority)
    return said if said.startswith("HTTP ") else ""


def removal(root: Root, findings: Findings) -> None:
    """Purge: what goes and what stays."""
    code, words = RootApt(root).remove(NAME, purge=True)
    etc = root.folder / "etc/tirai"
    gone = not any((root.folder / place).exists() for place in (BUNDLE, "var/lib/tirai-gateway", "etc/tirai/page.toml"))
    findings.add(
        "purged: program, settings and state go", code == 0 and gone, sorted(path.name for path in etc.iterdir())
    )
    findings.add("purged: the master stays and is named", (etc / "master").exists() and "stays" in words, "")


if __name__ == "__main__":
    sys.exit(main())
