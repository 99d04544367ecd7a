"""The honest limit (`protection.md` section 8): a value that can be guessed falls to whoever holds master and database.

Lookup and verify tags compare whole values without opening them; a thief of their keys compares guesses, and masks
narrow the guesses. No test of ours claims such fields shut; this one documents that they fall, and how fast. The
times are printed, never judged.
"""

import json
import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from stdnum import luhn

from app.crypto.values import lookup_tag, verify_tag
from app.domain.kinds import Kind
from app.sources.records import normalise, verify_form
from tests.demo.customers import HEADERS, demo_customers
from tests.office.made import MadeOffice, made_office
from tests.security.canaries import office_file

CUSTOMER = demo_customers(2, 7)[1]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("guess")) as made:
        made.bring_in([{HEADERS[name]: text for name, text in CUSTOMER.items()}])
        yield made


def stolen(office: MadeOffice, field: str) -> tuple[bytes, bytes | None, bytes, tuple[str, str]]:
    """Verify tag, lookup tag, record key and what the mask shows before and after."""
    query = (
        "SELECT s.verify_tag, s.lookup_tag, c.record, c.master_version, c.record_key, c.masks"
        " FROM sealed_values s JOIN customers c ON c.record = s.record WHERE s.field = ?"
    )
    with office_file(office) as db:
        verify, lookup, record, version, wrapped, masks = db.execute(query, (field,)).fetchone()
    z = office.back_office.opened.keys.record_key(record, version, wrapped)
    before, after, _pleats = json.loads(masks)[field]
    return verify, lookup, z, (before, after)


def test_that_a_birth_date_falls_at_once(office: MadeOffice) -> None:
    """At most 366 dates fit the year that the mask shows."""
    tag, _lookup, z, shown = stolen(office, "birth_date")
    year = int("".join(c for c in "".join(shown) if c.isdigit())[:4])
    begun = time.perf_counter()
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    found = [d.isoformat() for d in days if verify_tag(z, "birth_date", d.isoformat()) == tag]
    print(f"\na birth date with its year on show fell in {(time.perf_counter() - begun) * 1000:.1f} ms")
    assert found == [normalise(Kind.BIRTH_DATE, CUSTOMER["birth_date"])]


@pytest.mark.attack("A52")
def test_that_a_masked_card_number_falls_within_a_few_guesses(office: MadeOffice) -> None:
    """First six and last four are on show and one digit is a check digit: 100,000 candidates, by either tag."""
    verify, lookup, z, (first, last) = stolen(office, "card_number")
    first, last = ("".join(c for c in text if c.isdigit()) for text in (first, last))
    assert (len(first), len(last)) == (6, 4)
    begun, tried, found = time.perf_counter(), 0, ""
    for middle in range(10**5):
        open_digit = f"{first}{middle:05}0{last}"  # the sixth hidden digit follows from the check digit
        candidate = f"{first}{middle:05}{-luhn.checksum(open_digit) % 10}{last}"
        tried += 1
        if verify_tag(z, "card_number", verify_form(Kind.PAN, candidate)) == verify:
            found = candidate
            break
    print(f"\na card number with 6 + 4 on show fell after {tried} guesses in {time.perf_counter() - begun:.2f} s")
    assert found == normalise(Kind.PAN, CUSTOMER["card_number"])
    index_key = office.back_office.opened.keys.index_key
    assert lookup_tag(index_key, Kind.PAN.value, found) == lookup, "the office-wide tag confirms it too"


@pytest.mark.attack("A52")
def test_that_a_thief_without_the_keys_has_nothing_to_compare_guesses_with(office: MadeOffice) -> None:
    """The control, enforced by *key*: a dump without M gives tags under keys that are not in it in the open."""
    tag, lookup, z, _shown = stolen(office, "birth_date")
    right = normalise(Kind.BIRTH_DATE, CUSTOMER["birth_date"])
    assert verify_tag(z, "birth_date", right) == tag
    assert lookup is None
    with office_file(office) as db:
        master = db.execute("SELECT value FROM settings WHERE name = 'master_1'").fetchone()[0]
        cells = [c for t in ("customers", "sealed_values") for row in db.execute(f"SELECT * FROM {t}") for c in row]
    blobs = [c for c in cells if isinstance(c, bytes)]
    assert z not in b"".join(blobs)
    assert not any(verify_tag(key[:32], "birth_date", right) == tag for key in [*blobs, master] if len(key) >= 32)
