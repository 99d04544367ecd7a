"""The service home with real OS users: the office's own, people at a workstation, and one of them as an adversary.

`python service_play.py office FOLDER UID` makes an office as its user and keeps it, as its system service does;
`python service_play.py person FOLDER UID` is an ordinary user's console without a screen, who does as told and answers,
a JSON line each. What the product would ask systemd and the package for (users, folders) the test has made.
"""

import ctypes
import errno
import json
import os
import secrets
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import app.backoffice.clock as clocks  # noqa: E402 (run as a program)
from app.bootstrap.program import Program, service_of  # noqa: E402
from app.bootstrap.way_to_office import connect, start_office  # noqa: E402
from app.domain.errors import TiraiError  # noqa: E402
from app.guardian.process import harden  # noqa: E402
from app.storage.keyring_store import KeyStore  # noqa: E402
from app.storage.places import Places  # noqa: E402
from app.storage.service_keys import Systemd, open_service_store  # noqa: E402
from app.storage.service_place import ServicePlace  # noqa: E402
from tests.office.made import DictShelf, QuietGuardian  # noqa: E402
from tests.office.moved_clock import FollowedClock  # noqa: E402
from tests.own_policy import processes_have  # noqa: E402

OFFICE_NAME = "Nusantara Care"
PTRACE_ATTACH = 16


def place_in(folder: Path, uid: int) -> ServicePlace:
    """The service's place below a test's folder."""
    return ServicePlace(folder / "lib", folder / "run", uid)


def say(**words: Any) -> None:
    """A line for the test."""
    print(json.dumps(words), flush=True)


def eased() -> Any:
    """The policy without what these tests are not about: lessons, callers, office hours."""
    from app.domain.off_hours import Outside
    from app.domain.policy_reader import load_policy
    from app.domain.training.rule import NOTHING_ASKED
    from app.resource_files import resource_text

    it = load_policy(resource_text("policy", "default.toml"))
    nobody = replace(it.caller_check, required_for=frozenset())
    return replace(it, caller_check=nobody, training=NOTHING_ASKED, off_hours=dict.fromkeys(it.off_hours, Outside.OPEN))


# the office


def be_office(place: ServicePlace) -> int:
    """Make the office if there is none, tell of its people, and keep it."""
    harden()
    processes_have(eased)
    setattr(clocks, "SystemClock", lambda: FollowedClock(place.home))  # noqa: B010
    told = Path(place.home.parent, "people")
    if not told.read_text("utf-8") and not (place.home / "office.json").exists():
        told.write_text(json.dumps(make_office(place)), "utf-8")
    return as_command(place, ["office", "serve"])


def make_office(place: ServicePlace) -> dict[str, list[str]]:
    """Set-up by two people; account to password and authenticator."""
    from app.backoffice.set_up import FirstPerson, SetUp
    from app.crypto.derive import PASSWORD_FLOOR
    from app.domain.inventory_reader import load_inventory
    from app.domain.role import Role
    from app.resource_files import resource_text
    from tests.demo.people import Authenticator
    from tests.office.made import _base32

    program = Program.of_service(place)
    half = open_service_store(program.places.home, Systemd("")).seat_half()
    inventory = load_inventory(resource_text("inventory", "customer.toml"))
    clock = FollowedClock(place.home)
    making = SetUp(
        place.home, OFFICE_NAME, inventory, eased(), clock, "pc", half, PASSWORD_FLOOR, is_for_machine=True
    )  # fmt: skip
    people = {}
    for account, name, role in (
        ("adi", "Adi Nugroho", Role.ADMINISTRATOR),
        ("hendra", "Hendra Kusuma", Role.SUPERVISOR),
    ):
        secret, password = secrets.token_bytes(20), f"kata sandi {secrets.token_hex(12)}"
        code = Authenticator(_base32(secret)).code_of(clock.now_ms() // 30_000)
        making.add(FirstPerson(account, name, role, password, secret), code, PASSWORD_FLOOR)
        people[account] = [password, _base32(secret)]
    making.finish()
    return people


def be_root(place: ServicePlace, words: list[str]) -> int:
    """A command of root's on the service's files; this machine's own systemd is not asked to keep anything."""
    from app.storage import service_keys

    setattr(service_keys.Systemd, "here", classmethod(lambda cls: cls("")))  # noqa: B010
    return as_command(place, words)


def as_command(place: ServicePlace, words: list[str]) -> int:
    """A command of the shipped program, for a service that lies elsewhere."""
    from app import cli
    from app.terminal import commands, office_service

    for module in (commands, office_service):
        setattr(module, "SERVICE", place)  # noqa: B010
    sys.argv = ["tirai", *words]
    cli.main()
    return 0


# people


class Person:
    """One OS user: their console's use cases, over the product's own way to the office."""

    def __init__(self, folder: Path, place: ServicePlace) -> None:
        own = folder / f"user-{os.getuid()}"
        places = Places(own / "home", own / "cache", own / "run")
        for each in (places.home, places.cache_root, places.runtime):
            each.mkdir(mode=0o700, exist_ok=True)
        self.place, self.guardian = place, QuietGuardian()
        self.program = Program(places, service=service_of(places.home, place))
        self.shelf = DictShelf()
        self.store = KeyStore(DictShelf(), self.shelf)
        self.sessions: dict[str, Any] = {}

    def sign_in(self) -> Any:
        """A console's sign-in, but for its keyring and guardian."""
        from app.session.sign_in import SignIn

        return SignIn(
            self.program.places,
            lambda: connect(self.program),
            lambda: self.store,
            eased(),
            start_office=lambda: start_office(self.program),
            announce=self.guardian,
        )

    def home(self) -> dict[str, Any]:
        """Which office answers."""
        office = self.sign_in().office()
        return {"name": office.name, "seat": office.seat, "home": office.home}

    def enrol(self, account: str, code: str, password: str, step: int) -> dict[str, Any]:
        """First sign-in; the authenticator's secret."""
        from app.crypto.derive import PASSWORD_FLOOR
        from app.session.enrol import Enrol
        from tests.demo.people import Authenticator

        enrol = Enrol(lambda: connect(self.program), lambda: self.store, eased())
        secret = enrol.begin(account, code).secret.reveal()
        enrol.finish(password, Authenticator(secret).code_of(step), PASSWORD_FLOOR)
        enrol.close()
        return {"secret": secret}

    def open(self, kind: str, account: str, password: str, code: str) -> dict[str, Any]:
        """Sign in, as a console or a command, and stay."""
        door = self.sign_in()
        signed = (door.sign_in if kind == "console" else door.sign_in_for_command)(account, password, code)
        if kind == "console":
            signed.fill(lambda _done, _total: None)
        self.sessions[account] = signed
        return {"shelf": len(self.shelf.entries)}

    def invite(self, account: str, name: str, role: str) -> dict[str, Any]:
        """Make an account, as the administrator."""
        from app.domain.role import Role

        return {"code": self.sessions["adi"].invite(account, name, Role(role), ("billing",))}

    def grant(self, account: str) -> dict[str, Any]:
        """Hand class keys on, as the supervisor."""
        self.sessions["hendra"].grant(account)
        return {}

    def bring_in(self, path: str) -> dict[str, Any]:
        """Import a file of this user's own."""
        from app.sources.csv_file import open_csv

        report = self.sessions["hendra"].bring_in(open_csv(Path(path)))
        return {"bad": len(report.bad), "done": report.done is not None}

    def reveal(self, account: str, field: str) -> dict[str, Any]:
        """Open a field of the first customer."""
        desk = self.sessions[account]
        record = desk.customer(desk.search("C-000001", None).ids[0]).record
        shown = desk.reveal(record, field, "confirm_delivery")
        return {"value": shown.value.reveal()}

    def backup(self, folder: str, keys: str) -> dict[str, Any]:
        """Have a backup made, as the administrator."""
        made = self.sessions["adi"].back_up(folder, keys, lambda _done, _total: None)
        return {"files": [made.office_file, made.records_file]}

    def verify(self) -> dict[str, Any]:
        """Verify the log, as the supervisor."""
        return {"ok": self.sessions["hendra"].verify_audit(lambda _done, _total: None).ok}

    def entries(self, event: str) -> dict[str, Any]:
        """Outcome and reason of each entry of a kind, as the supervisor reads the log."""
        found = self.sessions["hendra"]._entries(lambda _done: None)
        return {"entries": [[entry.outcome, entry.reason] for entry in found if entry.event == event]}

    def places(self, account: str) -> dict[str, Any]:
        """Places that stand in the log for an account's sign-ins and ends."""
        found = self.sessions["hendra"]._entries(lambda _done: None)
        return {"places": sorted({e.seat for e in found if e.actor == account and e.event.startswith("session")})}

    def seats(self, account: str) -> dict[str, Any]:
        """Where this account signed in, by the log."""
        from app.session.my_account import MyAccount

        return {"seats": [s.workstation for s in MyAccount(identity_of(self.sessions[account])).sign_ins()]}

    def steal(self, account: str) -> dict[str, Any]:
        """What a session of this user's says with each request, for somebody else."""
        client = identity_of(self.sessions[account]).client
        return {"token": client._token.hex(), "header": dict(client._said())}

    def use_stolen(self, header: dict[str, str]) -> dict[str, Any]:
        """Ask with another user's session, saying all that it says."""
        client = connect(self.program)
        client._http.headers.update(header)
        return refused(client.own_grants)

    def leave(self, account: str) -> dict[str, Any]:
        """Sign out."""
        session = self.sessions.pop(account)
        session.end("signed_out") if hasattr(session, "fill") else session.end()
        return {}

    # the adversary

    def touch(self, path: str) -> dict[str, Any]:
        """What an ordinary user can do with a file or a folder: names of errors, or `done`."""
        it = Path(path)
        return {
            "list": word(lambda: os.listdir(it)),  # noqa: PTH208
            "read": word(it.read_bytes),
            "write": word(lambda: it.open("ab").close()),
            "remove": word(it.unlink),
            "move": word(lambda: it.rename(it.with_name("moved"))),
            "put": word(lambda: it.with_name("planted").write_bytes(b"x")),
        }

    def process(self, pid: int) -> dict[str, Any]:
        """What an ordinary user can do with a process."""
        return {
            "mem": word(lambda: Path(f"/proc/{pid}/mem").open("rb").close()),
            "environ": word(Path(f"/proc/{pid}/environ").read_bytes),
            "fd": word(lambda: os.listdir(f"/proc/{pid}/fd")),  # noqa: PTH208
            "attach": attach(pid),
            "kill": word(lambda: os.kill(pid, 9)),
            "stop": word(lambda: os.kill(pid, 19)),
        }

    def clock(self) -> dict[str, Any]:
        """Set the machine's clock."""
        import time

        return {"set": word(lambda: time.clock_settime(time.CLOCK_REALTIME, time.time()))}

    def plant(self, runtime: str) -> dict[str, Any]:
        """Listen in the office's place, in a folder of one's own, and see what a console says to it."""
        path = Path(runtime) / "office.sock"
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(path))
        listener.listen()
        listener.setblocking(False)
        fooled = replace(self.program, service=replace(self.place, runtime=Path(runtime)))
        with patch.object(self, "program", fooled):
            asked = refused(self.home)
            signed = refused(lambda: self.open("command", "hendra", "kata sandi lama sekali", "123456"))
        heard = b""
        while True:
            try:
                line, _address = listener.accept()
            except BlockingIOError:
                break
            line.settimeout(5)
            heard += line.recv(65536)
        listener.close()
        path.unlink()
        return {"asked": asked["refused"], "signed": signed["refused"], "heard": len(heard)}


def identity_of(session: Any) -> Any:
    """Whose a session is."""
    return getattr(session, "identity", None) or session._identity


def refused(ask: Callable[[], Any]) -> dict[str, Any]:
    """How an attempt ended: the error's type and code, or nothing."""
    try:
        ask()
    except TiraiError as e:
        return {"refused": type(e).__name__, "code": e.code}
    return {"refused": "", "code": ""}


def word(act: Callable[[], object]) -> str:
    """`done`, or the error's name."""
    try:
        act()
    except OSError as e:
        return errno.errorcode.get(e.errno or 0, "?")
    return "done"


def attach(pid: int) -> str:
    """Attach as a debugger."""
    libc = ctypes.CDLL(None, use_errno=True)
    got = libc.ptrace(ctypes.c_long(PTRACE_ATTACH), ctypes.c_long(pid), None, None)
    return "done" if got == 0 else errno.errorcode[ctypes.get_errno()]


def be_person(folder: Path, place: ServicePlace) -> int:
    """Do as told."""
    person = Person(folder, place)
    say(ready=os.getuid())
    for line in sys.stdin:
        order = json.loads(line)
        try:
            say(**getattr(person, order.pop("do"))(**order))
        except TiraiError as e:
            say(refused=type(e).__name__, code=e.code, message=e.message)
    return 0


if __name__ == "__main__":
    what, where, user, *words = sys.argv[1:]
    if what == "root":
        sys.exit(be_root(place_in(Path(where), int(user)), words))
    service = place_in(Path(where), int(user))
    sys.exit(be_office(service) if what == "office" else be_person(Path(where), service))
