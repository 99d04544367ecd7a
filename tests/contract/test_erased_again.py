"""An old backup brings nobody back: what was erased after it goes again, by the file of keys or by a certificate."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.auth.erasure_certificate import checked_certificate
from app.auth.erasure_order import Subject
from app.backoffice import schema
from app.backoffice.backup import Made
from app.backoffice.backup_keys import BackupKeys
from app.backoffice.erasure import running
from app.backoffice.erasure.destroying import WHAT_GOES
from app.backoffice.erasure.suppression import must_stay_out
from app.backoffice.erasure_tables import erasures
from app.backoffice.office import KIT_FILE, OpenOffice
from app.backoffice.restore import Source, source_of
from app.domain.erasure.words import Action, Ground, OrderState
from app.domain.errors import InputRefusedError, VerificationError
from app.session.erasures import Erasures
from app.storage.places import Places
from tests.demo.customers import demo_customers
from tests.office.door import rows_of
from tests.office.kit import KEYS_NAME, back_up, by_kit, restore
from tests.office.made import MadeOffice, made_office

ROWS = [c | {"queue": "billing"} for c in demo_customers(6, 11)]
LATE = demo_customers(7, 12)[-1] | {"queue": "billing", "customer_number": "N-10000007"}
Restored = Callable[[Source], AbstractContextManager[OpenOffice]]


class Story:
    """A backup, an erasure, another backup, and an erasure after that, which only its certificate tells of."""

    def __init__(self, folder: Path, office: MadeOffice) -> None:
        self.folder, self.office = folder, office
        self.first = self._back_up()
        office.bring_in([LATE])  # whom the first backup does not know
        self.records: dict[str, bytes] = {row.number: row.record for row in rows_of(office, "customers")}
        whole, part, self.late = self.record(0), self.record(1), self.records[LATE["customer_number"]]
        self._erase(Action.ERASE, Subject(whole), Subject(part, "email"), Subject(self.late))
        self.second = self._back_up()
        self.certificate = folder / "certificate.json"
        self.certificate.write_text(self._erase(Action.DESTROY, Subject(self.record(2))), "utf-8")
        office.stop()
        self.kit = (office.places.home / KIT_FILE).read_bytes()

    def record(self, place: int) -> bytes:
        return self.records[ROWS[place]["customer_number"]]

    def _back_up(self) -> Made:
        self.office.clock.pass_s(60)
        return back_up(self.office, self.folder)

    def _erase(self, action: Action, *subjects: Subject) -> str:
        """Erase by two people; the certificate, which for a destruction waits for no backup here."""
        self.office.clock.pass_s(60)
        people = [self.office.bare(account, "command") for account in ("hendra", "dewi")]
        hendra, dewi = (Erasures(one.identity, now=lambda: self.office.clock.now_ms() / 1000) for one in people)
        number = hendra.propose(action, Ground.REQUESTED, "DSR-1", list(subjects)).number
        key = next(row.id for row in dewi.orders() if row.number == number).hex()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(running, "living_record_periods", lambda _db, _ms: {})
            dewi.approve(dewi.order(key))
            running.go_on(self.office.back_office.opened)
        text = dewi.certificate(key)
        for one in people:
            one.end()
        return text

    def source(self, made: Made, *certificates: Path, records: Path | None = None) -> Source:
        return source_of(made.office_file, records, self.folder / "keys" / KEYS_NAME, certificates=certificates)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("story")
    with made_office(folder / "first") as made:
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        made.bring_in(ROWS)
        yield Story(folder, made)


@pytest.fixture
def restored(story: Story, tmp_path: Path) -> Restored:
    """Restores into a new home and opens what stands there."""

    @contextmanager
    def work(source: Source) -> Iterator[OpenOffice]:
        office = story.office
        office.places = Places(tmp_path / "home", tmp_path / "cache", tmp_path / "run").prepare()
        (tmp_path / KIT_FILE).write_bytes(story.kit)
        remembered = dict(office.lasting_shelf.entries)
        restore(office, source, office.places.home, older=True)
        with by_kit(office) as opened:
            yield opened.office
        office.lasting_shelf.entries.clear()
        office.lasting_shelf.entries.update(remembered)  # the next one is restored from the same past

    return work


def left_of(office: OpenOffice, record: bytes) -> set[str]:
    with office.database.reading() as db:
        return {t.name for t in WHAT_GOES if db.execute(select(t).where(t.c.record == record)).first() is not None}


def kept_out(office: OpenOffice, row: dict[str, str]) -> set[str]:
    with office.database.reading() as db:
        return must_stay_out(office, db, office.inventory, {row["customer_number"]: row})


@pytest.mark.attack("A51")
def test_that_the_oldest_backup_with_its_own_record_keys_brings_nobody_back(story: Story, restored: Restored) -> None:
    with restored(story.source(story.first)) as office:
        assert not left_of(office, story.record(0))
        values, customers = schema.sealed_values.c, schema.customers.c
        with office.database.reading() as db:
            fields = set(db.execute(select(values.field).where(values.record == story.record(1))).scalars())
            masks = db.execute(select(customers.masks).where(customers.record == story.record(1))).scalar_one()
            (order,) = db.execute(select(erasures)).all()
        assert fields
        assert "email" not in fields | set(json.loads(masks))
        assert left_of(office, story.record(2)), "nobody told of the erasure after the last backup"
        assert kept_out(office, ROWS[0]), "an import brings nobody back"
        assert kept_out(office, LATE), "nor whom this backup never knew"
        assert not kept_out(office, ROWS[3])

        assert (order.state, order.number, order.certificate) == (OrderState.RUNNING.value, 1, "")
        running.go_on(office)
        with office.database.reading() as db:
            again = db.execute(select(erasures)).one()
        said = checked_certificate(again.certificate, office.id)
        assert again.state == OrderState.DONE.value
        assert [one["pseudonym"] for one in said["customers"]] == [
            record.hex() for record in (story.record(0), story.record(1), story.late)
        ]
        assert said["backups"], "of record keys that live still, though this office made none of them"


def test_that_a_certificate_tells_of_an_erasure_after_the_last_backup(story: Story, restored: Restored) -> None:
    with restored(story.source(story.second, story.certificate)) as office:
        assert not left_of(office, story.record(2))
        assert kept_out(office, ROWS[2])
        running.go_on(office)
        with office.database.reading() as db:
            states = dict(db.execute(select(erasures.c.action, erasures.c.state)).all())
        assert states == {"erase": "done", "destroy": "running"}, "a destruction waits for the backups' keys again"
        entries = [e for e in log_of(office) if e.event in {"office.restored", "erasure.again"}]
        assert [e.event for e in entries] == ["office.restored", "erasure.again"]
        assert "erased=1" in entries[0].detail


def log_of(office: OpenOffice) -> list[Any]:
    with office.database.reading() as db:
        return list(office.log.page(db, 0, 10_000))


def test_that_nobody_erases_by_a_list_or_certificate_of_theirs(story: Story, tmp_path: Path) -> None:
    forged = tmp_path / "certificate.json"
    forged.write_text(story.certificate.read_text("utf-8").replace(story.record(2).hex(), story.record(4).hex()))
    with pytest.raises(VerificationError):
        story.source(story.first, forged)
    forged.write_text("{}")
    with pytest.raises(InputRefusedError):
        story.source(story.first, forged)
    keys = tmp_path / "keys.json"
    head = story.source(story.first).office.head
    known = BackupKeys.read(story.folder / "keys" / KEYS_NAME, head.office)
    (order,) = known.erased
    known.with_erased((order,)).write(keys)
    assert BackupKeys.read(keys, head.office, head.office_entry.sign).erased == (order,)
    raw = json.loads(keys.read_text("utf-8"))
    raw["erased"][0]["fields"] = {}  # would erase all of a customer who stays
    keys.write_text(json.dumps(raw))
    with pytest.raises(VerificationError, match="did not sign erasure 1"):
        source_of(story.first.office_file, None, keys)
