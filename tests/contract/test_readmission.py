"""Somebody who was erased comes back: two people name them with a ground, in both homes; nothing tells whom."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner

from app.auth.erasure_order import Subject
from app.backoffice import schema
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.erasure_tables import readmissions, suppressed
from app.domain.erasure.readmission import MOST_A_DAY, BackBecause, NamedBy
from app.domain.erasure.words import Action, Ground, OrderState
from app.domain.errors import InputRefusedError, NotAllowedError
from app.session.command import CommandSession
from app.session.erasures import Erasures
from app.session.readmissions import Readmissions
from app.terminal import readmission as command
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.answers import code_of
from tests.office.door import entries
from tests.office.made import MadeOffice

CUSTOMERS = [c | {"queue": "billing"} for c in demo_customers(5, 5)]
FIRST, SECOND = CUSTOMERS[0], CUSTOMERS[1]


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("office")) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("billing",))
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        made.hire("budi", "Budi Hartono", "supervisor", ("*",))
        made.bring_in(CUSTOMERS)
        erase(made, FIRST, SECOND)
        yield made


def erase(office: MadeOffice, *customers: dict[str, str]) -> None:
    table = schema.customers.c
    numbers = [customer["customer_number"] for customer in customers]
    with acting_for(OFFICE), office.back_office.opened.database.reading() as db:
        records = list(db.execute(select(table.record).where(table.number.in_(numbers))).scalars())
    people = [office.bare(account, "command") for account in ("hendra", "dewi")]
    hendra, dewi = (Erasures(one.identity, now=lambda: office.clock.now_ms() / 1000) for one in people)
    hendra.propose(Action.ERASE, Ground.REQUESTED, "DSR-1", [Subject(record) for record in records])
    dewi.approve(dewi.order(dewi.orders()[0].id.hex()))
    for _ in range(4_800):
        if dewi.orders()[0].state is OrderState.DONE:
            break
        time.sleep(0.025)
    for one in people:
        one.end()


@contextmanager
def at_work(office: MadeOffice, account: str) -> Iterator[Readmissions]:
    bare = office.bare(account, "command")
    try:
        yield Readmissions(bare.identity)
    finally:
        bare.end()


def hashes(office: MadeOffice) -> int:
    with acting_for(OFFICE), office.back_office.opened.database.reading() as db:
        return db.execute(select(func.count()).select_from(suppressed)).scalar_one()


def stored(office: MadeOffice, number: int) -> dict[str, object]:
    with acting_for(OFFICE), office.back_office.opened.database.reading() as db:
        return dict(db.execute(select(readmissions).where(readmissions.c.number == number)).one()._mapping)


def kept_out(office: MadeOffice, customer: dict[str, str]) -> int:
    report = office.bring_in([customer])
    assert report.done is not None
    return report.done.kept_out


@pytest.mark.attack("A51")
def test_that_two_people_let_somebody_come_back_and_one_does_not(office: MadeOffice) -> None:
    number, nik = FIRST["customer_number"], FIRST["nik"]
    before = hashes(office)
    assert kept_out(office, FIRST) == 1
    with at_work(office, "hendra") as hendra:
        made = hendra.propose(NamedBy.NUMBER, number, BackBecause.CONTRACT, "K-2026/7")
        row = hendra.numbered(made)
        assert (row.state, row.reference, row.is_own) == (OrderState.WAITING, "K-2026/7", True)
        assert row.hashes > 1
        assert code_of(hendra.approve, row, NamedBy.NUMBER, number) == "own"
    with at_work(office, "budi") as budi:  # a second supervisor makes no pair
        assert code_of(budi.approve, row, NamedBy.NUMBER, number) == "role"
    with at_work(office, "ratna") as ratna:
        assert code_of(ratna.propose, NamedBy.NUMBER, number, BackBecause.CONTRACT, "K-1") == "role"
        assert code_of(ratna.approve, row, NamedBy.NUMBER, number) == "role"
    assert hashes(office) == before
    with at_work(office, "dewi") as dewi:
        for other in (SECOND["customer_number"], "N-00000000"):
            assert code_of(dewi.approve, row, NamedBy.NUMBER, other) == "other_person"
        assert kept_out(office, FIRST) == 1
        dewi.approve(row, NamedBy.NIK, nik)  # the same person, named by something else of theirs
        assert code_of(dewi.approve, row, NamedBy.NIK, nik) == "over"
    assert hashes(office) == before - row.hashes
    report = office.bring_in([FIRST])
    assert report.done is not None
    assert (report.done.kept_out, report.done.new) == (0, 1)
    assert kept_out(office, SECOND) == 1, "nobody else came back"
    told = [e for e in entries(office) if e.event.startswith("readmission.") and e.reference == row.id.hex()]
    outcomes = [(e.event.removeprefix("readmission."), e.outcome, e.actor, e.acting_with) for e in told]
    assert outcomes[0] == ("proposed", "ok", "hendra", "")
    assert ("approved", "ok", "dewi", "hendra") in outcomes
    assert ("approved", "refused", "hendra", "") in outcomes
    done = stored(office, made)
    assert (done["state"], done["people"]) == ("done", b""), "whom it was about stands nowhere"
    said = json.dumps([done, *(e.__dict__ if hasattr(e, "__dict__") else repr(e) for e in told)], default=repr)
    assert not any(value in said for value in (number, nik, FIRST["full_name"]))


def test_that_who_is_not_kept_out_and_what_is_no_value_are_refused_and_tries_are_counted(office: MadeOffice) -> None:
    with at_work(office, "budi") as budi:
        assert code_of(budi.propose, NamedBy.NIK, "no nik", BackBecause.CONSENT, "K-2") == "value"
        tries = 0
        while (code := code_of(budi.propose, NamedBy.NUMBER, "N-99", BackBecause.CONSENT, "K-2")) == "not_kept_out":
            tries += 1
            assert tries < MOST_A_DAY
        assert code == "quota"
        assert code_of(budi.propose, NamedBy.NUMBER, SECOND["customer_number"], BackBecause.CONSENT, "K-2") == "quota"


def test_that_it_is_taken_back_refused_or_over_in_time(office: MadeOffice) -> None:
    number = SECOND["customer_number"]
    with at_work(office, "hendra") as hendra, at_work(office, "dewi") as dewi:
        mine, theirs, late = (
            hendra.propose(NamedBy.NUMBER, number, BackBecause.LEGAL_DUTY, f"K-{n}") for n in range(3)
        )
        hendra.drop(hendra.numbered(mine))
        dewi.drop(dewi.numbered(theirs))
        assert hendra.numbered(mine).state is OrderState.WITHDRAWN
        assert hendra.numbered(theirs).state is OrderState.REFUSED
        assert code_of(dewi.approve, dewi.numbered(mine), NamedBy.NUMBER, number) == "over"
    office.clock.pass_s(office.policy.activation_s + 60)
    with at_work(office, "dewi") as dewi:
        row = dewi.numbered(late)
        assert row.state is OrderState.EXPIRED
        assert code_of(dewi.approve, row, NamedBy.NUMBER, number) == "over"
        dewi.propose(NamedBy.NUMBER, number, BackBecause.CONSENT, "K-9")
    assert stored(office, late)["people"] == b""
    assert kept_out(office, SECOND) == 1
    with pytest.raises(InputRefusedError), at_work(office, "dewi") as dewi:
        dewi.numbered(999)


def test_that_the_command_takes_the_person_from_standard_input(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def signed_in(_home: object, account: str, _stdin: bool) -> Iterator[CommandSession]:
        session = office.command(account)
        try:
            yield session
        finally:
            session.end()

    monkeypatch.setattr(command, "person", signed_in)
    erase(office, CUSTOMERS[2])
    number, run = CUSTOMERS[2]["customer_number"], CliRunner()
    words = ["propose", "--reason", "consent", "--reference", "K-77", "--account", "dewi", "--secrets-stdin"]
    proposed = run.invoke(command.readmit_app, words, input=f"{number}\n")
    assert proposed.exit_code == 0, proposed.output
    which = proposed.output.split()[-1]
    words = ["approve", which, "--account", "hendra", "--secrets-stdin"]
    wrong = run.invoke(command.readmit_app, words, input=f"{CUSTOMERS[3]['customer_number']}\n")
    assert isinstance(wrong.exception, NotAllowedError)
    assert "may come back" in run.invoke(command.readmit_app, words, input=f"{number}\n").output
    listed = run.invoke(command.readmit_app, ["list", "--json", "--account", "dewi", "--secrets-stdin"])
    (row,) = [row for row in json.loads(listed.output) if row["number"] == int(which)]
    assert (row["state"], row["reason"], row["reference"]) == ("done", "consent", "K-77")
    assert number not in listed.output
    for bad in (["propose", "--reason", "why", "--reference", "K"], ["approve", "1", "--by", "email"]):
        assert isinstance(run.invoke(command.readmit_app, bad).exception, InputRefusedError)
    assert kept_out(office, CUSTOMERS[2]) == 0
