"""Analytics exports through the real client, in both homes: two people, coarse rows, a whole file or none."""

import csv
import errno
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.api.client import analytics as calls
from app.api.client import subject_requests
from app.api.messages.analytics import ApproveExport, EndExport
from app.api.messages.subject_requests import CheckIdentity, CloseRequest, LiftHolds, OpenRequest
from app.auth.export_order import ExportOrder, pseudonym
from app.backoffice import schema
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.analytics_schema import analytics_exports
from app.domain.analytics.export_state import ExportState
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.inventory_reader import load_inventory
from app.domain.subject_requests.words import HOLDS, Channel, IdentityCheck, RequestKind, RequestState
from app.session.analytics import AnalyticsExports
from app.session.errors import DocumentStopped
from app.session.identity import new_id
from app.storage.new_file import FileRefusedError
from app.terminal.analytics import report_lines
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.door import rows_of
from tests.office.made import Bare, MadeOffice

PEOPLE = 240
SETTINGS = "k=4 l=2 quasi=birth_date:ten_years,language:as_is sensitive=balance_due:band"


@dataclass
class Working:
    """Somebody at work."""

    bare: Bare
    exports: AnalyticsExports


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("office")) as made:
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",), grant=False)
        made.hire("ratna", "Ratna Dewanti", queues=("billing",), grant=False)
        made.bring_in(demo_customers(PEOPLE, 5))
        yield made


@contextmanager
def at_work(office: MadeOffice, account: str) -> Iterator[Working]:
    bare = office.bare(account, "command")
    inventory = load_inventory(bare.answer.inventory)
    try:
        yield Working(bare, AnalyticsExports(bare.identity, inventory, now=lambda: office.clock.now_ms() / 1000))
    finally:
        bare.end()


def approved(office: MadeOffice, settings: str = SETTINGS) -> str:
    with at_work(office, "dewi") as dewi:
        key = dewi.exports.propose(settings)
    with at_work(office, "hendra") as hendra:
        hendra.exports.approve(hendra.exports.named(key))
    return key


def log_of(office: MadeOffice, key: str, event: str) -> list[tuple[str, str, str, str]]:
    rows = [r for r in rows_of(office, "audit") if r.event == event and r.reference == key]
    return [(r.outcome, r.actor, r.field, r.data_class) for r in rows]


def test_that_two_people_get_a_file_in_which_nobody_is_found(
    office: MadeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, path = approved(office), tmp_path / "people.csv"
    with at_work(office, "dewi") as dewi:

        def full(_descriptor: int) -> None:
            raise OSError(errno.ENOSPC, "full")

        with monkeypatch.context() as patch:
            patch.setattr("app.storage.new_file.os.fsync", full)
            with pytest.raises(FileRefusedError) as refused:
                dewi.exports.make(dewi.exports.named(key), path)
        assert refused.value.code == "file_full"
        assert list(tmp_path.iterdir()) == [], "nothing half-done"
        assert dewi.exports.named(key).state is ExportState.APPROVED

        report = dewi.exports.make(dewi.exports.named(key), path)
        done = dewi.exports.named(key)
        assert done.state is ExportState.DONE
        assert (done.found, done.learned) == (report.attack.found, report.attack.learned)
        with pytest.raises(NotAllowedError) as over:
            dewi.exports.make(dewi.exports.named(key), path)
        assert over.value.code == "over"
        with pytest.raises(NotAllowedError):
            calls.rows(dewi.bare.identity.client, bytes.fromhex(key), 0)

    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == ["pseudonym", "birth_date", "language", "balance_due"]
    assert (report.before.rows, report.after.rows) == (PEOPLE, len(rows))
    assert report.after.k >= 4
    assert report.after.l >= 2
    assert (report.attack.people, report.attack.found) == (PEOPLE, 0)
    said = json.loads((tmp_path / "people.csv.report.json").read_text("utf-8"))
    assert (said["k"], said["linkage"]["re_identified_share"]) == (report.after.k, 0.0)
    assert (path.stat().st_mode & 0o777, rows) == (0o600, sorted(rows))
    _holds_nobody(office, path.read_text("utf-8"))

    assert log_of(office, key, "analytics.column")[:3] == [
        ("ok", "dewi", "birth_date", "identity"),
        ("ok", "dewi", "language", "open"),
        ("ok", "dewi", "balance_due", "open"),
    ]
    assert [outcome for outcome, *_ in log_of(office, key, "analytics.ended")] == ["failed", "ok"]
    (row,) = [r for r in rows_of(office, "analytics_exports") if r.id.hex() == key]
    assert row.key == b"", "who is who is forgotten"


def test_that_an_export_that_is_stopped_leaves_nothing_and_can_be_made_again(
    office: MadeOffice, tmp_path: Path
) -> None:
    key, path = approved(office), tmp_path / "people.csv"
    with at_work(office, "dewi") as dewi:
        for asked_before in range(3):  # after the rows, before the file, and once the file stands there
            looks: list[bool] = []

            def is_stopped(at: int = asked_before, seen: list[bool] = looks) -> bool:
                seen.append(path.exists())
                return len(seen) > at

            with pytest.raises(DocumentStopped):
                dewi.exports.make(dewi.exports.named(key), path, is_stopped=is_stopped)
            assert list(tmp_path.iterdir()) == []
            assert dewi.exports.named(key).state is ExportState.APPROVED
        assert looks == [False, False, True], "the last one came when the file was written already"
        dewi.exports.make(dewi.exports.named(key), path)
        assert dewi.exports.named(key).state is ExportState.DONE
    assert [outcome for outcome, *_ in log_of(office, key, "analytics.ended")] == ["failed"] * 3 + ["ok"]


def _holds_nobody(office: MadeOffice, text: str) -> None:
    table = schema.customers.c
    with acting_for(OFFICE), office.back_office.opened.database.reading() as db:
        for record, number, fields in db.execute(select(table.record, table.number, table.open_fields)):
            name = json.loads(fields)["full_name"]
            assert not [known for known in (record.hex(), number, name) if known in text]


def test_that_nobody_exports_alone_or_another_thing_than_was_approved(office: MadeOffice, tmp_path: Path) -> None:
    with at_work(office, "dewi") as dewi:
        key = dewi.exports.propose(SETTINGS)
        waiting = dewi.exports.named(key)
        for ask, code in ((dewi.exports.approve, "own"), (lambda e: dewi.exports.make(e, tmp_path / "x.csv"), "over")):
            with pytest.raises(NotAllowedError) as refused:
                ask(waiting)
            assert refused.value.code == code
        with pytest.raises(InputRefusedError):
            dewi.exports.propose(SETTINGS.replace("language", "full_name"))
    with at_work(office, "hendra") as hendra:
        with pytest.raises(NotAllowedError) as refused:
            hendra.exports.propose(SETTINGS)
        assert refused.value.code == "role"
        other = ExportOrder(waiting.id, waiting.settings.replace("k=4", "k=5"), waiting.proposed_ms)
        identity = hendra.bare.identity
        approval = identity.sign_as_account(other.approval(identity.office))
        with pytest.raises(NotAllowedError) as refused:
            calls.approve(identity.client, waiting.id, ApproveExport(approval=approval))
        assert refused.value.code == "signature"
        hendra.exports.approve(waiting)
    coarser = SETTINGS.replace("ten_years", "year")
    with acting_for(OFFICE), office.back_office.opened.database.writing() as db:  # whoever writes rows
        of_it = analytics_exports.c.id == waiting.id
        db.execute(update(analytics_exports).where(of_it).values(settings=coarser))
    with at_work(office, "dewi") as dewi, pytest.raises(NotAllowedError) as refused:
        dewi.exports.make(dewi.exports.named(key), tmp_path / "y.csv")
    assert refused.value.code == "signature"
    assert list(tmp_path.iterdir()) == []


def test_that_an_export_of_nobody_is_refused_and_leaves_no_file(office: MadeOffice, tmp_path: Path) -> None:
    key = approved(office, SETTINGS.replace("k=4", "k=1000"))
    with at_work(office, "dewi") as dewi, pytest.raises(InputRefusedError) as refused:
        dewi.exports.make(dewi.exports.named(key), tmp_path / "z.csv")
    assert refused.value.code == "export_empty"
    assert list(tmp_path.iterdir()) == []


def test_that_who_restricted_or_objected_stands_in_no_export_and_is_told_as_a_number_of_k_at_least(
    office: MadeOffice, tmp_path: Path
) -> None:
    key = approved(office)
    with at_work(office, "dewi") as dewi:
        records = [bytes(row.record) for row in rows_of(office, "customers") if row.queue == "billing"]
        kinds = sorted(HOLDS) * 2
        requests = {record: held(office, record, kind) for record, kind in zip(records[:3], kinds, strict=False)}
        assert left_out(office, dewi, key) == (set(requests), None), "three are fewer than k"

        requests[records[3]] = held(office, records[3], kinds[3])
        assert left_out(office, dewi, key) == (set(requests), 4)

        freed = records[0]
        lift(office, requests.pop(freed))
        requests[records[4]] = held(office, records[4], RequestKind.RESTRICTION)
        assert left_out(office, dewi, key) == (set(requests), 4), "whose hold is lifted is back"

        path = tmp_path / "people.csv"
        report = dewi.exports.make(dewi.exports.named(key), path)
        assert (report.held, report.before.rows) == (4, PEOPLE - 4)
        assert dewi.exports.named(key).held == 4, "the office has counted, too"
        said = json.loads((tmp_path / "people.csv.report.json").read_text("utf-8"))
        assert (said["restricted_or_objected"], said["rows"]) == (4, PEOPLE - 4)
        assert "objected to: 4." in "\n".join(report_lines(report, path))


def held(office: MadeOffice, record: bytes, kind: RequestKind) -> bytes:
    """The request by which a purpose, of which an order says nothing, is held for a customer from now on."""
    wish = OpenRequest(id=new_id(), record=record, kind=kind, channel=Channel.PHONE, purposes=("offers",))
    with console(office, "ratna") as ratna:
        subject_requests.open_request(ratna.client, wish)
    with console(office, "dewi") as dewi:
        subject_requests.check_identity(dewi.client, wish.id, CheckIdentity(revision=1, identity=IdentityCheck.CALLER))
        subject_requests.end(dewi.client, wish.id, CloseRequest(revision=2, state=RequestState.DONE))
    return wish.id


def lift(office: MadeOffice, request: bytes) -> None:
    with console(office, "dewi") as dewi:
        subject_requests.lift(dewi.client, request, LiftHolds(revision=3))


@contextmanager
def console(office: MadeOffice, account: str) -> Iterator[Bare]:
    bare = office.bare(account)
    try:
        yield bare
    finally:
        bare.end()


def left_out(office: MadeOffice, dewi: Working, key: str) -> tuple[set[bytes], int | None]:
    """Whom the rows of an export, which is not finished, do not have; and how many the office says these are."""
    client, export = dewi.bare.identity.client, bytes.fromhex(key)
    calls.begin(client, export)
    (order,) = [row for row in rows_of(office, "analytics_exports") if row.id == export]
    page = calls.rows(client, export, 0)
    there = {row.pseudonym for row in page.rows}
    calls.end(client, export, EndExport(ok=False))
    everybody = {bytes(row.record) for row in rows_of(office, "customers")}
    return {record for record in everybody if pseudonym(order.key, record) not in there}, page.held
