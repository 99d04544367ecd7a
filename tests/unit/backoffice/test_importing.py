"""Importing: all or nothing, bad cells named without values, and small batches under one data key."""

from collections.abc import Iterator

import pytest

from app.crypto.values import batch_of
from app.domain.errors import InputRefusedError, NotAllowedError, WorkstationError
from app.session.command import CommandSession
from tests.office.door import entries, opened, rows_of
from tests.office.made import MadeOffice, made_office
from tests.office.raw_import import RawImport, stopped, wait_until_gone

HEADER = ("customer_number", "full_name", "queue", "city", "mobile_phone", "nik", "card_number", "internal_score")
PHONE, NIK, CARD = "0809-1234-5647", "3273996803870004", "4111 1111 1111 1111"
TABLES = ("imports", "customers", "sealed_values", "data_keys")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti", grant=False)
        yield office


@pytest.fixture
def hendra(office: MadeOffice) -> Iterator[CommandSession]:
    session = office.command("hendra")
    yield session
    session.end()


@pytest.fixture(autouse=True)
def no_customers(office: MadeOffice) -> Iterator[None]:
    """Each test begins with an office without customers."""
    yield
    if not office.back_office.is_open:
        office.command("hendra").end()
    with opened(office).writing() as db:
        from app.backoffice import schema

        for name in ("sealed_values", "data_keys", "customers", "imports"):
            db.execute(schema.metadata.tables[name].delete())


def row(n: int, **change: str) -> dict[str, str]:
    """One customer as a row of the file."""
    plain = {
        "customer_number": f"C-{n:06}",
        "full_name": "Sari Wulandari",
        "queue": "billing",
        "city": "Bandung",
        "mobile_phone": PHONE,
        "nik": "",
        "card_number": "",
        "internal_score": "7",
    }
    return plain | change


def sizes(office: MadeOffice) -> dict[str, int]:
    return {name: len(rows_of(office, name)) for name in TABLES}


NOTHING = dict.fromkeys(TABLES, 0)


def begun(session: CommandSession, **change: object) -> RawImport:
    return RawImport(session._identity.client, HEADER, **change)


def cells(n: int, **change: str) -> tuple[str, ...]:
    return tuple(row(n, **change).values())


def seen_by(office: MadeOffice, account: str = "hendra") -> int:
    """How many customers a console of that person gets."""
    console = office.bare(account)
    total = console.client.customer_page(0, 10).total
    console.end()
    return total


# what comes in


def test_that_rows_come_in_with_masks_and_without_values(office: MadeOffice) -> None:
    report = office.bring_in([row(1, card_number=CARD), row(2)])
    assert report.done is not None
    assert report.done.rows == 2
    assert report.done.queues == (("billing", 2, 1),)
    assert report.plan.not_collected == ("internal_score",)
    everything = "".join(repr(r) for name in TABLES for r in rows_of(office, name))
    for value in ("12345647", "1234-5647", "4111111111", "1111 1111", "internal_score"):
        assert value not in everything


def test_that_the_log_tells_of_the_import_in_numbers(office: MadeOffice) -> None:
    office.bring_in([row(1), row(2)])
    last = entries(office, "import")[-1]
    assert (last.outcome, last.actor) == ("ok", "hendra")
    assert last.detail.startswith("rows=2 new=2 changed=0 unchanged=0 kept_out=0 inventory=")


def test_that_a_batch_covers_at_most_as_many_records_as_policy_says(office: MadeOffice) -> None:
    office.bring_in([row(n) for n in range(1, 1003)])
    keys = {r.batch: r for r in rows_of(office, "data_keys")}
    covered: dict[bytes, int] = {}
    for value in rows_of(office, "sealed_values"):
        covered[batch_of(value.blob)] = covered.get(batch_of(value.blob), 0) + 1
    assert set(covered) == set(keys)
    assert sorted(covered.values()) == [2, 1000]
    assert office.policy.import_batch_records == 1000


def test_that_each_class_has_a_data_key_of_its_own(office: MadeOffice) -> None:
    office.bring_in([row(1, card_number=CARD), row(2, card_number=CARD)])
    assert sorted(r.data_class for r in rows_of(office, "data_keys")) == ["contact", "financial"]


def test_that_no_two_values_share_a_salt(office: MadeOffice) -> None:
    office.bring_in([row(n) for n in range(1, 60)])
    blobs = [r.blob for r in rows_of(office, "sealed_values")]
    assert len({b[17:33] for b in blobs}) == len(blobs) == 59


def test_that_one_value_twice_gives_one_lookup_tag_and_two_verify_tags(office: MadeOffice) -> None:
    office.bring_in([row(1), row(2)])
    rows = rows_of(office, "sealed_values")
    assert len({r.lookup_tag for r in rows}) == 1
    assert len({r.verify_tag for r in rows if r.verify_tag}) in {0, 2}


# queues


def test_that_a_row_without_a_queue_comes_into_the_general_one(office: MadeOffice) -> None:
    report = office.bring_in([row(1, queue="")])
    assert report.done is not None
    assert report.done.queues == (("general", 1, 0),)


def test_that_a_named_queue_takes_every_row(office: MadeOffice) -> None:
    report = office.bring_in([row(1, queue=""), row(2)], queue="Delivery")
    assert report.done is not None
    assert report.done.queues == (("delivery", 2, 0),)


def test_that_a_queue_that_is_no_name_is_a_bad_cell_with_its_line(office: MadeOffice) -> None:
    for dry_run in (True, False):
        report = office.bring_in([row(1), row(2, queue="the billing people!")], dry_run=dry_run)
        assert [(b.line, b.column) for b in report.bad] == [(3, "queue")]
        assert "the billing people!" not in report.bad[0].reason
    assert sizes(office) == NOTHING


def test_that_a_named_queue_that_is_no_name_is_refused(office: MadeOffice) -> None:
    with pytest.raises(InputRefusedError, match="queue"):
        office.bring_in([row(1)], queue="no queue!")


# bad cells


def test_that_bad_cells_are_named_by_line_and_column_never_by_value(office: MadeOffice) -> None:
    bad = [
        row(1),
        row(2, mobile_phone="12 99 nonsense"),
        row(3, card_number="5412 7512 3456 4418"),
        row(4, full_name=""),
    ]
    report = office.bring_in(bad)
    assert report.done is None
    assert [(b.line, b.column) for b in report.bad] == [(3, "mobile_phone"), (4, "card_number"), (5, "full_name")]
    assert not any(v in b.reason for b in report.bad for v in ("nonsense", "5412", "4418", "99"))
    assert sizes(office) == NOTHING
    last = entries(office, "import")[-1]
    assert (last.outcome, last.detail) == ("refused", "rows=4 bad=3")


def test_that_a_bad_cell_in_the_last_chunk_takes_everything_back(office: MadeOffice) -> None:
    rows = [row(n) for n in range(1, 520)]
    rows[-1] = row(519, mobile_phone="nonsense")
    report = office.bring_in(rows)
    assert report.done is None
    assert report.rows == 519
    assert sizes(office) == NOTHING


def test_that_a_number_twice_in_the_file_is_bad(office: MadeOffice) -> None:
    report = office.bring_in([row(1), row(2), row(1)])
    assert [(b.line, b.reason) for b in report.bad] == [(4, "This number stands twice in the file")]


def test_that_a_number_twice_in_different_chunks_is_bad(office: MadeOffice) -> None:
    report = office.bring_in([*(row(n) for n in range(1, 502)), row(1)])
    assert [b.line for b in report.bad] == [503]


def test_that_a_number_in_the_office_already_updates_that_customer(office: MadeOffice) -> None:
    office.bring_in([row(1)])
    done = office.bring_in([row(2), row(1)]).done
    assert done is not None
    assert (done.new, done.changed, done.unchanged) == (1, 0, 1)
    assert sizes(office)["customers"] == 2


def test_that_a_refused_import_does_not_take_its_numbers(office: MadeOffice) -> None:
    assert office.bring_in([row(1), row(2, mobile_phone="nonsense")]).done is None
    assert office.bring_in([row(1)]).done is not None


def test_that_rows_of_another_width_are_refused(office: MadeOffice, hendra: CommandSession) -> None:
    running = begun(hendra)
    with pytest.raises(InputRefusedError, match=r"Line 2 has 2 cells where the header has 8"):
        running.rows(("C-000001", "Sari"))
    running.cancel()


# dry run


def test_that_a_dry_run_changes_nothing(office: MadeOffice) -> None:
    before = len([e for e in entries(office) if e.event == "import"])
    report = office.bring_in([row(1), row(2)], dry_run=True)
    assert (report.rows, report.done, report.bad) == (2, None, ())
    assert sizes(office) == NOTHING
    assert len(entries(office, "import")) == before


def test_that_a_dry_run_with_another_inventory_leaves_the_offices(office: MadeOffice) -> None:
    digest = opened(office).inventory.digest
    office.bring_in([row(1)], dry_run=True, inventory=office.inventory_text + "\n# another\n")
    assert opened(office).inventory.digest == digest


def test_that_a_dry_run_is_not_committed(office: MadeOffice, hendra: CommandSession) -> None:
    running = begun(hendra, dry_run=True)
    running.rows(cells(1))
    with pytest.raises(InputRefusedError, match="Nothing was imported"):
        running.commit()
    running.client.close()
    assert sizes(office) == NOTHING


# header, mapping, inventory


def test_that_a_missing_required_column_is_refused(office: MadeOffice) -> None:
    rows = [{k: v for k, v in row(1).items() if k != "full_name"}]
    with pytest.raises(InputRefusedError, match=r"full_name"):
        office.bring_in(rows)
    assert sizes(office) == NOTHING


def test_that_another_inventory_is_taken_with_the_import_while_nobody_is_in(office: MadeOffice) -> None:
    old = opened(office).inventory
    text = office.inventory_text + "\n# a newer edition\n"
    assert office.bring_in([row(1)], inventory=text).done is not None
    assert opened(office).inventory.text == text
    office.back_office.shut()
    office.command("hendra").end()
    assert opened(office).inventory.text == text
    assert opened(office).inventory.digest != old.digest


def test_that_an_inventory_which_reclasses_a_field_in_use_is_refused(office: MadeOffice) -> None:
    office.bring_in([row(1)])
    text = opened(office).inventory.text
    at = text.index('name = "mobile_phone"')
    reclassed = text[:at] + text[at:].replace('class = "contact"', 'class = "identity"', 1)
    assert reclassed != text
    with pytest.raises(InputRefusedError, match="mobile_phone"):
        office.bring_in([row(2)], inventory=reclassed)
    assert opened(office).inventory.text == text


def test_that_a_broken_inventory_is_refused_with_its_line(office: MadeOffice) -> None:
    with pytest.raises(InputRefusedError, match="line"):
        office.bring_in([row(1)], inventory="[record\n")


def test_that_the_inventory_of_a_failed_import_is_not_taken_over(office: MadeOffice, hendra: CommandSession) -> None:
    before = opened(office).inventory.digest
    running = begun(hendra, inventory=office.inventory_text + "\n# never\n")
    running.rows(cells(1))
    with running.on_full_disk(office), pytest.raises(WorkstationError):
        running.commit()
    assert opened(office).inventory.digest == before
    running.cancel()
    assert sizes(office) == NOTHING


# all or nothing


def test_that_staged_rows_are_seen_by_nobody(office: MadeOffice, hendra: CommandSession) -> None:
    running = begun(hendra)
    running.rows(cells(1))
    assert sizes(office)["customers"] == 1
    assert seen_by(office) == 0
    running.cancel()
    assert sizes(office) == NOTHING


def test_that_what_a_dead_import_staged_is_swept_at_the_next_opening(office: MadeOffice) -> None:
    office.bring_in([row(3)])
    dying = office.command("hendra")
    running = begun(dying)
    running.rows(cells(1), cells(2))
    assert sizes(office)["customers"] == 3
    with stopped(running.pid(office)):  # neither the process nor the office looks after it now
        office.back_office.shut()
        office.command("hendra").end()
        assert sizes(office)["customers"] == 1
    for client in (running.client, dying._identity.client):
        client.close()
    assert [r.number for r in rows_of(office, "customers")] == ["C-000003"]
    assert (len(rows_of(office, "imports")), len(rows_of(office, "data_keys"))) == (1, 1)


def test_that_a_chunk_which_did_not_get_in_leaves_nothing_to_commit(office: MadeOffice, hendra: CommandSession) -> None:
    running = begun(hendra)
    running.rows(cells(1))
    with running.on_full_disk(office), pytest.raises(WorkstationError, match="Free disk space, then import") as full:
        running.rows(cells(2), first=3)
    assert full.value.code == "audit"
    running.rows(cells(3), first=4)
    with pytest.raises(InputRefusedError, match="Nothing was imported"):
        running.commit()
    running.client.close()
    assert sizes(office) == NOTHING


def test_that_a_commit_which_cannot_be_logged_makes_nothing_visible(office: MadeOffice, hendra: CommandSession) -> None:
    running = begun(hendra)
    running.rows(cells(1))
    with running.on_full_disk(office), pytest.raises(WorkstationError, match="Free disk space, then import"):
        running.commit()
    assert seen_by(office) == 0
    assert running.commit().rows == 1
    running.client.close()
    assert seen_by(office) == 1


def test_that_of_two_imports_with_one_number_the_second_is_refused(office: MadeOffice, hendra: CommandSession) -> None:
    one, two = begun(hendra), begun(hendra)
    one.rows(cells(1))
    two.rows(cells(1))
    one.commit()
    with pytest.raises(InputRefusedError, match="meanwhile"):
        two.commit()
    assert seen_by(office) == 1
    two.cancel()
    one.client.close()


def test_that_an_import_does_not_put_an_older_inventory_back(office: MadeOffice, hendra: CommandSession) -> None:
    one = begun(hendra)
    one.rows(cells(1))
    text = opened(office).inventory.text + "\n# the newest\n"
    two = begun(hendra, inventory=text)
    two.rows(cells(2))
    two.commit()
    with pytest.raises(InputRefusedError, match="meanwhile"):
        one.commit()
    assert opened(office).inventory.text == text
    one.cancel()
    two.client.close()


def test_that_an_import_without_rows_is_refused(hendra: CommandSession) -> None:
    running = begun(hendra)
    with pytest.raises(InputRefusedError, match="Nothing was imported"):
        running.commit()
    running.client.close()


# who


def test_that_an_agent_or_administrator_brings_nobody_in(office: MadeOffice) -> None:
    for account in ("ratna", "adi"):
        session = office.command(account)
        with pytest.raises(NotAllowedError) as refusal:
            begun(session)
        assert refusal.value.code == "role"
        session.end()


def test_that_more_than_a_thousand_rows_at_once_are_refused(hendra: CommandSession) -> None:
    from pydantic import ValidationError

    running = begun(hendra, dry_run=True)
    with pytest.raises(ValidationError):
        running.rows(*(cells(n) for n in range(1001)))
    running.cancel()


def test_that_an_import_ends_with_the_session_that_began_it(office: MadeOffice) -> None:
    office.bring_in([row(1)])
    left = office.command("hendra")
    running = begun(left)
    running.rows(cells(2))
    pid = running.pid(office)
    left.end()
    wait_until_gone(pid)
    running.client.close()
    assert [r.number for r in rows_of(office, "customers")] == ["C-000001"]
    assert (len(rows_of(office, "imports")), len(rows_of(office, "data_keys"))) == (1, 1)
