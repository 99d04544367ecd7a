"""Canaries for the adversaries: 128 random bits in sealed fields, imported as customers are, and ways to find them.

A canary is `S3NT-<class>-<32 hex>`. It cannot be guessed, so whoever shows one has opened a sealed value. Only kinds
that take free text carry one; cards, dates and identity numbers are the subject of `test_guessable_fields.py`.
"""

import contextlib
import secrets
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.crypto.values import batch_of, salt_of, share, value_context
from app.session.desk import Desk
from app.storage import sqlcipher
from tests.demo.customers import HEADERS, demo_customers
from tests.office.made import MadeOffice
from tests.office.quotas import with_quotas

FREE_TEXT = {
    "street_address": "contact",
    "email": "contact",
    "mothers_name": "identity",
    "bank_name": "financial",
    "bank_account": "financial",
    "health_note": "special",
    "disability_need": "special",
    "guardian_name": "special",
}
"""Sealed fields of the shipped inventory that take a canary, with their class."""

QUEUES = ("billing", "delivery")


def new_canary(data_class: str) -> str:
    """A canary that nothing else on this machine contains."""
    return f"S3NT-{data_class}-{secrets.token_hex(16)}"


@dataclass(frozen=True)
class Canary:
    """One planted value: whose, where, and the 32 random digits that betray it in any spelling."""

    number: str
    field: str
    data_class: str
    value: str
    needle: str


@dataclass(frozen=True)
class SealedRow:
    """One row of `sealed_values`, as a thief reads it."""

    record: bytes
    number: str
    field: str
    data_class: str
    blob: bytes
    record_key: bytes


def planted(count: int, seed: int = 7) -> tuple[list[dict[str, str]], list[Canary]]:
    """Customers as a CSV has them, in two queues by turns, and the canaries in them."""
    rows, canaries = [], []
    for index, customer in enumerate(demo_customers(count, seed)):
        customer |= {"queue": QUEUES[index % len(QUEUES)]}
        for field, data_class in FREE_TEXT.items():
            canary = _plant(customer["customer_number"], field, data_class)
            customer[field] = canary.value
            canaries.append(canary)
        rows.append({HEADERS[name]: text for name, text in customer.items()})
    return rows, canaries


def _plant(number: str, field: str, data_class: str) -> Canary:
    text = new_canary(data_class)
    needle = text[-32:]
    if field == "email":
        return Canary(number, field, data_class, f"{text}@gading.example", needle)
    if field == "bank_account":  # letters and digits only, kept as capitals
        return Canary(number, field, data_class, needle.upper(), needle.upper())
    return Canary(number, field, data_class, text, needle)


def needles(canaries: Iterable[Canary]) -> list[bytes]:
    """What to look for in bytes: each canary as UTF-8, as UTF-16 (Qt) and as the hex of its bytes."""
    texts = [c.needle for c in canaries]
    return (
        [t.encode() for t in texts]
        + [t.encode("utf-16-le") for t in texts]
        + [t.encode().hex().encode() for t in texts]
    )


def spellings(secret: bytes) -> list[bytes]:
    """A secret as bytes, hex and Base64."""
    return [secret, secret.hex().encode(), b64encode(secret).rstrip(b"=")]


def found_in(haystack: bytes, wanted: Iterable[bytes]) -> list[bytes]:
    """Which of these occur."""
    return [needle for needle in wanted if needle in haystack]


def files_below(*roots: Path) -> Iterator[tuple[Path, bytes]]:
    """Every regular file below these folders, with its bytes; what vanishes meanwhile is left out."""
    for root in roots:
        for path in root.rglob("*"):
            with contextlib.suppress(OSError):
                if path.is_file() and not path.is_symlink():
                    yield path, path.read_bytes()


@contextlib.contextmanager
def office_file(office: MadeOffice, key: bytes | None = None) -> Iterator[sqlcipher.Connection]:
    """The office's file, opened by hand with its file key, as a database administrator opens it."""
    path = office.places.home / "office.db"
    connection = sqlcipher.connect(path, key or office.back_office.file_key, memory_security=True)
    try:
        yield connection
    finally:
        connection.close()


def sealed_rows(office: MadeOffice) -> list[SealedRow]:
    """Every sealed value of the file with its unwrapped record key: what a thief of master and database has."""
    keys = office.back_office.opened.keys
    query = (
        "SELECT s.record, c.number, s.field, s.data_class, s.blob, c.master_version, c.record_key"
        " FROM sealed_values s JOIN customers c ON c.record = s.record"
    )
    with office_file(office) as db:
        return [
            SealedRow(record, number, field, data_class, blob, keys.record_key(record, version, wrapped))
            for record, number, field, data_class, blob, version, wrapped in db.execute(query)
        ]


def context_of(office: MadeOffice, row: SealedRow) -> bytes:
    """The right ctx of a row."""
    office_id = office.made.plate.office
    return value_context(office_id, row.record, row.field, row.data_class, salt_of(row.blob))


def share_of(office: MadeOffice, row: SealedRow) -> bytes:
    """The share that the office would release."""
    return share(row.record_key, context_of(office, row))


def boxes(office: MadeOffice) -> dict[bytes, tuple[str, int, bytes, bytes]]:
    """Every boxed data key by batch: class, version, box, check."""
    with office_file(office) as db:
        found = db.execute('SELECT batch, data_class, version, box, "check" FROM data_keys')
        return {batch: (data_class, version, box, check) for batch, data_class, version, box, check in found}


def box_of(office: MadeOffice, row: SealedRow) -> tuple[str, int, bytes, bytes]:
    """The boxed data key of a row."""
    return boxes(office)[batch_of(row.blob)]


def record_of(desk: Desk, number: str) -> str:
    """The record of a customer number, found by searching."""
    return desk.customer(desk.search(number, None).ids[0]).record


def with_many_reveals(office: MadeOffice) -> None:
    """Let everybody reveal a thousand times a shift; before the office serves."""
    office.policy = with_quotas(office.policy, 1000)
