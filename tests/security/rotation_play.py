"""A rotation of every class key in a large office, its real processes killed at random points, as an ordinary user.

Run as `python rotation_play.py FOLDER '{"customers": N, "notes": N, "kills": N}'`; prints one JSON line with what came
of it. The office is made an hour in the past, so that each person has codes that were not used. Somebody who held all
classes keeps their keys and loses their role before the rotation. Supervisors then run `tirai keys reseal`, one after
the other; a second connection to the office's file counts how far they are and says when a kill is due. At the end
every value in the file is opened by hand with the new keys, and tried with the kept ones.
"""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.security.console_play import Director, is_gone, own_environment, until  # noqa: E402 (run as a program)
from tests.security.early_office import code_to_type, lasting_code, make_early_office  # noqa: E402

SAMPLE = 5
WORK_S = 240
MIDST_S = 0.2
"""About two chunks: the kill falls somewhere within one."""


class RotationPlay(Director):
    """Makes the office, rotates, kills, and looks."""

    def __init__(self, folder: Path, customers: int, notes: int, kills: int) -> None:
        from app.domain.policy_reader import load_policy
        from app.resource_files import resource_text
        from app.storage.keyring_store import open_key_store
        from app.storage.places import Places
        from tests.office.bulk import seal_many
        from tests.office.door import opened

        self.folder = folder
        self.places = Places.find(folder / "office").prepare()
        self.store = open_key_store()
        self.policy = load_policy(resource_text("policy", "default.toml"))
        self.office = make_early_office(self.places, self.store)
        self.supervisors = [f"super{n}" for n in range(8 + 2 * kills)]
        hired = [*((name, "supervisor") for name in self.supervisors), ("ratna", "agent"), ("budi", "privacy_officer")]
        self.office.hire_all([*hired, ("dewi", "privacy_officer")])
        self.kept = self._lose("budi")
        hendra = self.office.bare("hendra")
        seal_many(opened(self.office), customers, notes, "ratna")
        self.boxes = self._rotate_all()
        hendra.end()
        self.file_key = self.office.back_office.file_key
        self.office.stop()
        self.opened_before = self._opened_by_kept()
        self.killed: list[dict[str, Any]] = []
        self.interrupted: dict[str, Any] = {}

    def _lose(self, account: str) -> dict[tuple[Any, int], bytes]:
        """Keep all that an account can keep of its class keys, then take its role away."""
        from app.domain.role import Role

        session = self.office.bare(account)
        kept = dict(session.identity.class_keys)
        session.end()
        administrator = self.office.command("adi")
        administrator.accounts.change(account, role=Role.ADMINISTRATOR)
        administrator.end()
        return kept

    def _rotate_all(self) -> int:
        """The next key of each class, one of them by the commands; how many data keys have to follow."""
        from app.domain.data_class import SEALED_CLASSES, DataClass

        self._tirai("hendra", self.office.code("hendra"), "keys", "rotate", "note")
        self._tirai("adi", self.office.code("adi"), "keys", "confirm", "note")
        hendra, adi = self.office.command("hendra"), self.office.command("adi")
        for data_class in SEALED_CLASSES:
            if data_class is not DataClass.NOTE:
                hendra.rotation.propose(data_class)
                adi.rotation.confirm(data_class)
        boxes: int = sum(s.waiting for s in hendra.rotation.states())
        hendra.end()
        adi.end()
        return boxes

    def _tirai(self, account: str, code: str, *words: str) -> str:
        """One command, to its end; what it says."""
        command = [sys.executable, "-m", "app", *words, "--secrets-stdin", "--account", account]
        secrets = f"{self.office.people[account].password}\n{code}\n"
        command += ["--home", str(self.places.home)]
        return subprocess.run(command, cwd=ROOT, input=secrets, stdout=subprocess.PIPE, text=True, check=True).stdout

    # the work, and the kills

    @contextlib.contextmanager
    def reading(self) -> Iterator[Any]:
        """The office's file, by hand."""
        from app.storage import sqlcipher

        connection = sqlcipher.connect(self.places.home / "office.db", self.file_key, memory_security=False)
        try:
            yield connection
        finally:
            connection.close()

    def kill_at_random(self, kills: int) -> None:
        """Run holders' commands until nothing is left; kill command, office, or both at random points of the work.

        First of all somebody stops a command by Ctrl-C, early, while the command surely works. The first kill comes
        before half of the work is done, and with the file held: nothing is written between the look and the kill, so
        that there is work left at it however fast the machine is.
        """
        early, late = self.boxes // 3, self.boxes * 9 // 5
        first = random.randrange(early, self.boxes)
        points = [random.randrange(1, early), first, *sorted(random.sample(range(first + 1, late), kills - 1))]
        victims = ["nobody", *(("command", "office", "both")[n % 3] for n in range(kills))]
        with self.reading() as db:
            while points and self.supervisors:
                if self._run(db, points[0], victims[0]):
                    del points[0], victims[0]
            while self.supervisors and done_of(db) < 2 * self.boxes:
                self._run(db, None, "")

    def _run(self, db: Any, point: int | None, victim: str) -> bool:
        """One holder's command, killed once the work has come to a point; whether it came to that.

        Work may be past the point when the command begins, after a command that did more than it was to: then the first
        step of this one counts, so that command and office are at work whenever something is killed.
        """
        person = self.office.people[self.supervisors.pop(0)]
        command = [sys.executable, "-m", "app", "keys", "reseal", "--json", "--secrets-stdin"]
        command += ["--account", person.account, "--home", str(self.places.home)]
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdin is not None
        process.stdin.write(f"{person.password}\n{code_to_type(person)}\n")
        process.stdin.close()
        if point is not None:
            point = max(point, done_of(db) + 1)
        end = time.monotonic() + WORK_S
        while process.poll() is None and (point is None or done_of(db) < point):
            assert time.monotonic() < end, "the work does not end"
            time.sleep(0.01)
        if process.poll() is not None or point is None:
            return self._end_well(process)
        if victim == "nobody":
            self._interrupt(process)
            return True
        is_first = not self.killed
        if is_first:
            db.execute("BEGIN IMMEDIATE")
        time.sleep(random.uniform(0, MIDST_S))
        at = done_of(db)
        office = self._office_pid()
        if office is None:  # the last box was done meanwhile; while the file is held that cannot be
            assert not is_first
            return self._end_well(process)
        for pid in {"command": (process.pid,), "office": (office,), "both": (office, process.pid)}[victim]:
            os.kill(pid, signal.SIGKILL)
        if victim != "command":
            until(lambda: is_gone(office))
        process.wait(WORK_S)
        if is_first:
            db.execute("ROLLBACK")
        assert process.stdout is not None
        process.stdout.close()
        self.killed.append({"who": victim, "at": at, "exit": process.returncode})
        return True

    def _end_well(self, process: "subprocess.Popen[str]") -> bool:
        """Let a command come to its end; False, as nothing was killed."""
        assert process.stdout is not None
        process.wait(WORK_S)
        assert process.returncode == 0, process.stdout.read()
        process.stdout.close()
        return False

    def _interrupt(self, process: "subprocess.Popen[str]") -> None:
        """Ctrl-C: the command says what was done, and ends its session."""
        process.send_signal(signal.SIGINT)
        assert process.stdout is not None
        told = json.loads(process.stdout.read())
        process.wait(WORK_S)
        process.stdout.close()
        self.interrupted = {"exit": process.returncode, "stopped": told["stopped"]}

    # what came of it

    def result(self) -> dict[str, Any]:
        """What opens, and for whom."""
        told = json.loads(self._tirai("adi", lasting_code(self.office.people["adi"]), "keys", "status", "--json"))
        sample = self._sample()
        holders = self._holders_keys()
        self._end_office()
        with self.reading() as db:
            versions = sorted({tuple(r) for r in db.execute("SELECT data_class, version FROM data_keys")})
            left = db.execute("SELECT count(*) FROM data_keys WHERE next_box IS NOT NULL OR version < 2").fetchone()[0]
            grants = [tuple(r) for r in db.execute("SELECT account, version FROM class_grants")]
        opened, shut = self._every_value(holders)
        return {
            "boxes": self.boxes,
            "told": {s["class"]: [s["version"], s["in_use"], s["waiting"], s["unchecked"], s["due"]] for s in told},
            "killed": self.killed,
            "interrupted": self.interrupted,
            "versions": versions,
            "left": left,
            "old_grants": sum(version < 2 for _, version in grants),
            "grants_of_lost": sum(account == "budi" for account, _ in grants),
            "opened": opened,
            "not_opened": shut,
            "boxes_opened_by_kept_keys_before": self.opened_before,
            "boxes_opened_by_kept_keys": self._opened_by_kept(),
            "sample": sample,
        }

    def _wake_office(self) -> None:
        """Have an office started where none is."""
        program = str(Path(__file__).with_name("kill_play.py"))
        subprocess.run([sys.executable, program, "office", str(self.places.home)], cwd="/", check=True)

    def _door(self) -> Any:
        from app.session.sign_in import SignIn
        from tests.office.made import QuietGuardian

        self._wake_office()
        return SignIn(
            self.places,
            self.office.connect,
            lambda: self.store,
            self.policy,
            start_office=self._wake_office,  # one that is just leaving is not there any more when it is asked
            announce=QuietGuardian(),
        )

    def _sample(self) -> dict[str, int]:
        """How many of a random sample open at the desks of people who may, through reveal and its log."""
        from tests.office.bulk import FIELDS, value_of

        who = {"contact": "ratna", "identity": "hendra", "financial": "hendra", "special": "dewi", "note": "ratna"}
        reasons = {"contact": "call_back", "identity": "confirm_identity", "financial": "supervise",
                   "special": "subject_request"}  # fmt: skip
        fine = dict.fromkeys(who, 0)
        for account in sorted(set(who.values())):
            person = self.office.people[account]
            desk = self._door().sign_in(account, person.password, lasting_code(person))
            desk.fill(lambda _done, _total: None)
            ids = random.sample(list(desk.search("", None).ids), SAMPLE)
            records = [desk.customer(id_).record for id_ in ids]
            for field, data_class in FIELDS.items():
                for record in records if who[data_class] == account else ():
                    words = "A sample after the rotation" if reasons[data_class] == "supervise" else ""
                    shown = desk.reveal(record, field, reasons[data_class], words).value.reveal()
                    fine[data_class] += shown == value_of(bytes.fromhex(record), field)
            for record in records if who["note"] == account else ():
                notes = desk.notes(record)
                right = [n.text.reveal() == value_of(bytes.fromhex(record), f"note/{n.id}") for n in notes]
                fine["note"] += all(right)
            desk.end("signed_out")
        return fine

    def _holders_keys(self) -> dict[tuple[Any, int], bytes]:
        """The class keys of somebody who may hold them all, as a sign-in gives them now."""
        person = self.office.people["dewi"]
        identity = self._door()._sign_in("dewi", person.password, lasting_code(person), "console").identity
        keys = dict(identity.class_keys)
        identity.leave("signed_out")
        return keys

    def _every_value(self, keys: dict[tuple[Any, int], bytes]) -> tuple[int, int]:
        """Open every value and note in the file with these class keys; how many opened rightly, how many did not."""
        from sqlalchemy import select

        from app.backoffice import schema
        from app.backoffice.office_keys import OfficeKeys
        from app.crypto.values import batch_of, console_half, open_value, salt_of, share, value_context
        from app.domain.errors import VerificationError
        from tests.office.bulk import every_value, value_of

        with self._database() as db:
            office = self.office.made.plate.office
            owner = OfficeKeys.load(db, office)
            data_keys = dict(self._data_keys(db, keys))
            table = schema.customers
            z = {
                r.record: owner.record_key(r.record, r.master_version, r.record_key) for r in db.execute(select(table))
            }
            fine = wrong = 0
            for record, field, data_class, blob in every_value(db):
                ctx = value_context(office, record, field, data_class, salt_of(blob))
                try:
                    half = console_half(data_keys[batch_of(blob)], ctx)
                    right = open_value(half, share(z[record], ctx), ctx, blob) == value_of(record, field)
                except (KeyError, VerificationError):
                    right = False
                fine, wrong = fine + right, wrong + (not right)
        return fine, wrong

    def _opened_by_kept(self) -> int:
        """How many boxes open with the class keys that somebody kept from before."""
        with self._database() as db:
            return sum(1 for _ in self._data_keys(db, self.kept, whatever_version=True))

    def _data_keys(
        self, db: Any, keys: dict[tuple[Any, int], bytes], *, whatever_version: bool = False
    ) -> Iterator[tuple[bytes, bytes]]:
        from sqlalchemy import select

        from app.backoffice import schema
        from app.crypto.errors import SealError
        from app.crypto.values import BoxedDataKey, open_data_key

        for row in db.execute(select(schema.data_keys)):
            versions = {v for c, v in keys if c == row.data_class} if whatever_version else {row.version}
            for version in versions:
                boxed = BoxedDataKey(row.batch, row.data_class, row.version, row.box, row.check)
                with contextlib.suppress(SealError, KeyError):
                    yield row.batch, open_data_key(self.office.made.plate.office, keys[row.data_class, version], boxed)

    @contextlib.contextmanager
    def _database(self) -> Iterator[Any]:
        from app.backoffice.database import Database

        database = Database(self.places.home / "office.db", self.file_key)
        try:
            with database.reading() as db:
                yield db
        finally:
            database.close()

    def _end_office(self) -> None:
        office = self._office_pid()
        if office is not None:
            os.kill(office, signal.SIGKILL)
            until(lambda: is_gone(office))


def done_of(db: Any) -> int:
    """How far the work is: one for each box sealed anew, and one for each that was checked."""
    query = "SELECT count(next_version) + 2 * total(version > 1) FROM data_keys"
    return int(db.execute(query).fetchone()[0])


def main() -> int:
    from tests.keyring_session import private_keyring

    folder, asked = Path(sys.argv[1]), json.loads(sys.argv[2])
    with private_keyring(folder) as environment, own_environment(environment), contextlib.ExitStack() as stack:
        begun = time.monotonic()
        play = RotationPlay(folder, asked["customers"], asked["notes"], asked["kills"])
        stack.callback(play.end)
        made_s = time.monotonic() - begun
        play.kill_at_random(asked["kills"])
        worked_s = time.monotonic() - begun - made_s
        result = play.result()
        seconds = {"made": made_s, "worked": worked_s, "looked": time.monotonic() - begun - made_s - worked_s}
        print(json.dumps(result | {"seconds": {name: round(s, 1) for name, s in seconds.items()}}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
