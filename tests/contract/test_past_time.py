"""What the database says of retention is what the engine says, customer by customer, in both homes."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from app.backoffice import schema
from app.backoffice.acting import for_the_office
from app.backoffice.erasure_tables import holds
from app.backoffice.privacy_schema import consents
from app.backoffice.retention.due import customers_to_judge, kept_of, lasting_fields
from app.backoffice.retention.past_time import MOST_COUNTED, committed, late_customers, may_be_due, without_a_date
from app.backoffice.retention.to_come import due_days
from app.domain.field import RetentionStart
from app.domain.inventory import Inventory
from app.domain.retention.engine import ahead, due_of, rules_of
from app.domain.retention.rules import DeclaredRule
from tests.contract.conftest import Home
from tests.office.made import MadeOffice

pytestmark = pytest.mark.slow  # whole offices again and again: in `make test-all`

DAY = date(2026, 11, 28)
CUSTOMERS, INVENTORIES, SEED = 120, 16, 20_261_128
OWN_STARTS = (RetentionStart.COLLECTED, RetentionStart.LAST_CONTACT, RetentionStart.CONTRACT_END)
ODD_DAYS = ("", "20211130", "2021-W48-2", "not a day", "2021-11-31", "9999-12-31")


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("office")) as office:
        office.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",), grant=False)  # whoever signs in opens the file
        with office.forging() as db:
            plant(db, office.back_office.opened.inventory, random.Random(SEED))
        yield office


def a_day(dice: random.Random) -> date:
    """Around the ends of months of two to ten years, where months of other lengths meet."""
    back = DAY.replace(year=DAY.year - dice.choice((0, 1, 2, 5, 5, 10)))
    return back - timedelta(days=dice.randint(-5, 5)) if dice.random() < 0.6 else back - timedelta(dice.randint(0, 900))


def ms(day: date, dice: random.Random) -> int:
    """A moment of a day."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000) + dice.randrange(86_400_000)


def plant(db: Connection, inventory: Inventory, dice: random.Random) -> None:
    """Imports, customers with their dates, versions of sealed values and holds, by chance."""
    key = dice.randbytes
    imports = [key(16) for _ in range(8)]
    for one in imports:
        row = {"id": one, "account": "adi", "at_ms": ms(a_day(dice), dice), "committed": one != imports[-1]}
        db.execute(schema.imports.insert().values(row))
    for number in range(CUSTOMERS):
        plant_one(db, inventory, dice, imports, number)


def plant_one(db: Connection, inventory: Inventory, dice: random.Random, imports: list[bytes], number: int) -> None:
    """One customer."""
    master = db.execute(select(schema.master_versions.c.version)).scalars().first()
    record, shown = dice.randbytes(16), dict[str, str]()
    for field in inventory.fields:
        if field.is_sealed:
            for version in range(1, 1 + dice.choice((0, 0, 1, 2))):
                value = schema.sealed_values.insert().values(
                    record=record, field=field.name, version=version, blob=b"x",
                    data_class=field.data_class.value, import_id=dice.choice(imports),
                )  # fmt: skip
                db.execute(value)
        elif dice.random() < 0.4:
            shown[field.name] = dice.choice(("", "x"))
    for name in ("last_contact", "customer_since"):
        shown[name] = dice.choice((a_day(dice).isoformat(), a_day(dice).isoformat(), *ODD_DAYS))
        if dice.random() < 0.2:
            del shown[name]
    bare = {"customer_number": f"P-{number}", "full_name": "Sari", "queue": "billing"}
    customer = schema.customers.insert().values(
        record=record, number=f"P-{number}", queue="billing", masks="{}", record_key=b"x", master_version=master,
        open_fields=json.dumps(bare if dice.random() < 0.1 else shown | bare), import_id=dice.choice(imports),
        last_contact_ms=ms(a_day(dice), dice) if dice.random() < 0.6 else None,
    )  # fmt: skip
    db.execute(customer)
    for purpose in ("service", "billing", "accessibility", "verification"):
        for given in dice.choice(((), (), (False,), (False, True), (True, False), (False, True, False))):
            word = consents.insert().values(
                id=dice.randbytes(16), record=record, purpose=purpose, given=given, at_ms=ms(a_day(dice), dice),
                channel="desk", account="adi", receipt="", signature=b"",
            )  # fmt: skip
            db.execute(word)
    if dice.random() < 0.1:
        hold = holds.insert().values(
            id=dice.randbytes(16), record=record, reason="claim", reference="", set_by="adi", set_ms=0,
            lifted_ms=dice.choice((None, 1)),
        )  # fmt: skip
        db.execute(hold)


def plain_days(db: Connection) -> set[str]:
    """Customers whose fields say a day as an import brings one, or none."""
    found = set()
    for record, text in db.execute(select(schema.customers.c.record, schema.customers.c.open_fields)):
        if not set(ODD_DAYS[1:-1]) & set(json.loads(text).values()):
            found.add(bytes(record).hex())
    committed_ones = {one.hex() for one in db.execute(
        select(schema.customers.c.record).join(schema.imports, schema.imports.c.id == schema.customers.c.import_id)
        .where(schema.imports.c.committed)).scalars()}  # fmt: skip
    return found & committed_ones


def another(inventory: Inventory, dice: random.Random) -> Inventory:
    """The same fields with other rules, and other fields that dates come from."""
    fields = tuple(
        replace(one, retention=replace(one.retention, start=dice.choice(OWN_STARTS),
                                       months=dice.choice((12, 24, 60, 61, 120, 60_000))))
        for one in inventory.fields
    )  # fmt: skip
    rules = tuple(a_rule(dice, inventory) for _ in range(dice.choice((0, 2, 4, 8))))
    record = replace(
        inventory.record,
        contract_end=dice.choice(("", "customer_since")),
        last_contact=dice.choice(("", "last_contact")),
    )
    return replace(inventory, fields=fields, record=record, retention_rules=rules)


def a_rule(dice: random.Random, inventory: Inventory) -> DeclaredRule:
    """Of a class or all, for a purpose or all, from any event."""
    start = dice.choice(list(RetentionStart))
    least = 0 if start is RetentionStart.CONSENT_WITHDRAWN else dice.choice((0, 0, 24, 60))
    return DeclaredRule(
        dice.choice(("", "open", "contact", "financial", "special")),
        dice.choice(("", *(one.name for one in inventory.purposes))),
        start, least, dice.choice((1, 12, 60)), "a law", wins=least > 0 and dice.random() < 0.5,
    )  # fmt: skip


def test_that_nobody_is_left_out_whose_time_is_over_and_the_count_is_the_engines(office: MadeOffice) -> None:
    dice, all_late, all_asked = random.Random(SEED), 0, 0
    with office.back_office.opened.database.reading() as db, for_the_office(db):
        assert committed(db) > CUSTOMERS / 2
        for _ in range(INVENTORIES):
            inventory = another(office.back_office.opened.inventory, dice)
            rules, lasting = rules_of(inventory), lasting_fields(inventory)
            kept = list(kept_of(db, inventory, customers_to_judge()))
            late = {one.record for one in kept if due_of(one, rules, DAY, lasting) is not None}
            query = customers_to_judge().where(may_be_due(db, inventory, DAY))
            asked = {one.record for one in kept_of(db, inventory, query)}
            assert late <= asked
            assert late_customers(db, inventory, DAY) == len(late) < MOST_COUNTED
            days = Counter(day for one in kept for _name, day in ahead(one, rules))
            assert due_days(db, inventory) == days
            plain = plain_days(db)
            query = customers_to_judge().where(without_a_date(db, inventory))
            undated = {one.record for one in kept_of(db, inventory, query)}
            known = {one.record for one in kept if any(True for _ in ahead(one, rules))}
            assert undated & plain == plain - known
            all_late, all_asked = all_late + len(late), all_asked + len(asked)
        assert 0 < all_late <= all_asked < INVENTORIES * len(kept)


def test_that_counting_ends_where_there_are_too_many(office: MadeOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.backoffice.retention.past_time.MOST_COUNTED", 3)
    inventory = office.back_office.opened.inventory
    fields = (replace(one, retention=replace(one.retention, start=RetentionStart.COLLECTED, months=1))
              for one in inventory.fields)  # fmt: skip
    with office.back_office.opened.database.reading() as db, for_the_office(db):
        assert late_customers(db, replace(inventory, fields=tuple(fields)), DAY) == 3
