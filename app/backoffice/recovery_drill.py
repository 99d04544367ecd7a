"""The recovery drill: proof that two codes would open everything again, without changing anything.

What it does not do: it writes nothing, neither into the log nor anywhere else, so that its own record stays with the
people who held it; it opens one value of each class and version in memory, compares nothing and shows nothing.
"""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, select

from app.auth.recovery_kit import OpenKit, RecoveryKit
from app.backoffice import schema
from app.backoffice.class_versions import versions_in_use
from app.backoffice.clock import Clock
from app.backoffice.notes import note_field
from app.backoffice.office import NamePlate, OpenOffice
from app.backoffice.recovery import RECOVERY, ByKit, opened_by_kit, recovered_class_key
from app.crypto import signing, values
from app.crypto.derive import sha256
from app.crypto.values import BoxedDataKey
from app.domain.data_class import SEALED_CLASSES, DataClass
from app.domain.errors import TiraiError, VerificationError
from app.domain.policy import Policy


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was proved, or not.

    Attributes:
        name: a stable word, with class and version where there is one.
        ok: whether it holds.
        found: what was found, in a few words.
    """

    name: str
    ok: bool
    found: str


def drill(
    home: Path, kit: RecoveryKit, codes: tuple[str, str], policy: Policy, clock: Clock, pinned: bool | None
) -> tuple[Check, ...]:
    """Try everything that a recovery needs. No office may run.

    Args:
        home: the office's folder.
        kit: the kit, sealed.
        codes: what two holders typed.
        policy: who may what.
        clock: the clock that counts.
        pinned: whether this workstation has pinned the office's root; None where no keyring could be asked.

    Raises:
        NotAllowedError: the codes do not open the kit.
        InputRefusedError: one of them is no code.
    """
    opened = kit.open(*codes)
    checks = [Check("kit", True, f"codes {opened.holders[0]} and {opened.holders[1]} open it")]
    checks.append(_tried("root", lambda: _root(home, opened)))
    found = {True: "the root is the one that this workstation has pinned", None: "not asked: no keyring is open"}
    checks.append(Check("pinned_root", pinned is not False, found.get(pinned, "this workstation knows another root")))
    try:
        with opened_by_kit(home, opened, policy, clock, read_only=True) as office:
            checks.append(Check("file", True, "the file key opens the office's file, to be read"))
            checks.append(Check("recovery_account", True, "the book names the kit's public keys"))
            checks.extend(class_checks(office))
    except TiraiError as e:
        checks.append(Check("file", False, e.message))
    return tuple(checks)


def _tried(name: str, part: Callable[[], str]) -> Check:
    try:
        return Check(name, True, part())
    except TiraiError as e:
        return Check(name, False, e.message)


def _root(home: Path, kit: OpenKit) -> str:
    plate = NamePlate.read(home)
    if signing.public_of(kit.root) != plate.root or sha256(plate.root) != plate.office:
        raise VerificationError("The kit holds another root than this home's office has.")
    return f"the kit's root seed is the root of {plate.name}"


def class_checks(opened: ByKit) -> Iterator[Check]:
    """Try each class and version: the recovery account's grant, and one value, if there is any."""
    office = opened.office
    with office.database.reading() as db:
        for data_class in SEALED_CLASSES:
            for version in sorted(versions_in_use(office, db, data_class)):
                part = functools.partial(_class, opened, db, data_class, version)
                yield _tried(f"class {data_class.value} v{version}", part)


def _class(opened: ByKit, db: Connection, data_class: DataClass, version: int) -> str:
    office = opened.office
    if data_class not in office.book.granted(RECOVERY):
        raise VerificationError("the book shows no grant of this class to recovery")
    secret = recovered_class_key(office, db, opened.kit, data_class, version)
    sample = _sample(db, data_class, version)
    if sample is None:
        return "the grant opens and is the book's; there is no value to try"
    _open(office, db, secret, sample)
    return "the grant opens and is the book's, and so does a value"


@dataclass(frozen=True, slots=True, repr=False)
class _Sample:
    """One sealed value and what its opening needs."""

    record: bytes
    field: str
    blob: bytes
    boxed: BoxedDataKey


def _sample(db: Connection, data_class: DataClass, version: int) -> _Sample | None:
    """A value of the class whose data key lies under this version of the class key."""
    keys = schema.data_keys
    table = schema.notes if data_class is DataClass.NOTE else schema.sealed_values
    batch = func.substr(table.c.blob, 2, values.BATCH_BYTES)
    query = select(keys.c.batch, keys.c.box, keys.c.check, table.c.record, table.c.blob)
    query = query.add_columns(table.c.id if data_class is DataClass.NOTE else table.c.field)
    where = (keys.c.data_class == data_class.value, keys.c.version == version)
    row = db.execute(query.join_from(keys, table, batch == keys.c.batch).where(*where).limit(1)).first()
    if row is None:
        return None
    field = note_field(row.id) if data_class is DataClass.NOTE else row.field
    return _Sample(row.record, field, row.blob, BoxedDataKey(row.batch, data_class.value, version, row.box, row.check))


def _open(office: OpenOffice, db: Connection, secret: bytes, sample: _Sample) -> None:
    """Open one value; what it says is dropped."""
    table = schema.customers.c
    query = select(table.master_version, table.record_key).where(table.record == sample.record)
    customer = db.execute(query).one()
    record_key = office.keys.record_key(sample.record, customer.master_version, customer.record_key)
    salt, boxed = values.salt_of(sample.blob), sample.boxed
    ctx = values.value_context(office.id, sample.record, sample.field, boxed.data_class, salt)
    half = values.console_half(values.open_data_key(office.id, secret, boxed), ctx)
    values.open_value(half, values.share(record_key, ctx), ctx, sample.blob)
