"""The period keys of backups: a key pair per month for the office's file, one per week for its record keys.

They lie in one small file, in the home and again on a medium apart from the backups; the secrets are sealed to the
recovery account, so the file alone opens nothing. They are *not* in the office's file, else a later backup would carry
the key of an earlier one and nothing could ever be destroyed. Destroying a period's key is what ends its backups.

Invariants: each entry is signed by the office (nobody slips in a public key of theirs); a destroyed period stays
destroyed, also if an older copy of the file comes back; a name is never used twice.

Beside them stand the orders by which customers were erased while some backup with them opens still
(`app/auth/erased_order.py`): whoever restores brings this file, so an old backup brings nobody back.

    secret sealed = HPKE(recovery account; secret; LP("backup-period", O, period))
    signed        = LP("backup-period-entry", O, period, made, public half, sealed secret, destroyed)
"""

import errno
import os
import secrets
import stat
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from pydantic import Field

from app.api.messages.since import all_said
from app.api.messages.wire import Blob, Key32, Message
from app.auth.erased_order import PERSON_BYTES, RECORD_BYTES, TAG_BYTES, ErasedOrder, KeptOut, SignedBy
from app.auth.erased_order import joined as orders_joined
from app.auth.erasure_order import Subject
from app.backoffice.backup_file import BackupKind
from app.backoffice.front_door import write_durably
from app.crypto import hpke, signing
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.domain.errors import InputRefusedError, VerificationError

KEYS_FILE = "backup-keys.json"
DAY_MS = 24 * 60 * 60 * 1000
RECORDS_KEPT_MS = 35 * DAY_MS
"""`protection.md` section 5: record keys are backed up for 35 days at most."""
OFFICE_KEPT_MS = 366 * DAY_MS
"""After a year the key of a month is named as due; a person destroys it."""
LARGEST = 64 * 1024 * 1024


class _PeriodEntry(Message):
    period: str = Field(max_length=32)
    made_ms: int
    public: Blob
    sealed: Blob
    destroyed_ms: int
    signature: Blob


class _ErasedEntry(Message):
    order: Blob
    number: int
    action: str = Field(max_length=32)
    ground: str = Field(max_length=32)
    reference: str = Field(max_length=256)
    people: tuple[tuple[str, int, Blob], ...] = Field(min_length=2, max_length=2)
    digest: Blob
    last_ms: int
    records: str
    fields: dict[str, str]
    hashes: dict[str, str]
    signature: Blob


class _File(Message):
    what: str
    office: Key32
    periods: tuple[_PeriodEntry, ...]
    erased: tuple[_ErasedEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """One period's key.

    Attributes:
        name: such as `office-2026-11` or `records-2026-W48`.
        made_ms: when it was made.
        public: its HPKE public half; empty once destroyed.
        sealed: its secret, sealed to the recovery account; empty once destroyed.
        destroyed_ms: when it was destroyed, or 0.
        signature: the office's.
    """

    name: str
    made_ms: int
    public: bytes
    sealed: bytes
    destroyed_ms: int = 0
    signature: bytes = b""

    @property
    def kind(self) -> str:
        """`office` or `records`."""
        return self.name.partition("-")[0]

    @property
    def lives(self) -> bool:
        """Whether it was not destroyed."""
        return not self.destroyed_ms

    def is_due(self, now_ms: int) -> bool:
        """Whether its time is over and it is still there."""
        kept = RECORDS_KEPT_MS if self.kind == "records" else OFFICE_KEPT_MS
        return self.lives and now_ms - self.made_ms >= kept

    def body(self, office: bytes) -> bytes:
        """What the office signs."""
        return lp("backup-period-entry", office, self.name, self.made_ms, self.public, self.sealed, self.destroyed_ms)

    def signed(self, office: bytes, seed: bytes) -> "Period":
        """The same with the office's signature."""
        return replace(self, signature=signing.sign(seed, self.body(office)))

    def destroyed(self, now_ms: int) -> "Period":
        """What stays of it."""
        return Period(self.name, self.made_ms, b"", b"", now_ms)


@dataclass(frozen=True, slots=True)
class BackupKeys:
    """All period keys of one office, and who was erased while one of their backups may have them.

    Attributes:
        office: O.
        periods: the keys, those that were destroyed, too.
        erased: orders that were carried out.
    """

    office: bytes
    periods: tuple[Period, ...] = ()
    erased: tuple[ErasedOrder, ...] = ()

    @classmethod
    def read(cls, path: Path, office: bytes, office_sign: bytes | None = None) -> "BackupKeys":
        """Read a file of keys.

        Args:
            path: the file.
            office: O.
            office_sign: the office's public checkpoint key, where it is known already; else signatures are left.

        Raises:
            InputRefusedError: it is none, or another office's.
            VerificationError: an entry was not signed by the office.
        """
        try:
            data = _File.model_validate_json(_content(path))
            erased = tuple(_order_of(entry) for entry in data.erased)
        except FileNotFoundError as e:
            raise InputRefusedError(f"There is no {path}: it holds the keys of backups.", code="backup_keys") from e
        except (OSError, ValueError) as e:
            raise InputRefusedError(f"{path} is not a file of backup keys.", code="backup_keys") from e
        if data.office != office:
            raise InputRefusedError(f"{path} holds the backup keys of another office.", code="backup_keys_other")
        periods = tuple(
            Period(p.period, p.made_ms, p.public, p.sealed, p.destroyed_ms, p.signature) for p in data.periods
        )
        if office_sign is not None:
            _check_signatures(path, periods, office, office_sign)
            _check_orders(path, erased, office, office_sign)
        return cls(office, periods, erased)

    def joined(self, others: Iterable[Period], erased: tuple[ErasedOrder, ...] = ()) -> "BackupKeys":
        """These and others; what is destroyed in one of the two is destroyed, and so is who is erased."""
        periods = {p.name: p for p in self.periods}
        for other in others:
            mine = periods.get(other.name)
            if mine is None or (mine.lives and not other.lives):
                periods[other.name] = other
        in_time = tuple(sorted(periods.values(), key=lambda p: (p.made_ms, p.name)))
        return BackupKeys(self.office, in_time, orders_joined(self.erased, erased))

    @property
    def oldest_ms(self) -> int | None:
        """When the oldest key was made that lives: no backup that opens is older."""
        return min((p.made_ms for p in self.periods if p.lives), default=None)

    def with_erased(self, orders: tuple[ErasedOrder, ...]) -> "BackupKeys":
        """The same with these orders, without those whose customers are in no backup that opens still."""
        oldest, known = self.oldest_ms, orders_joined(self.erased, orders)
        kept = tuple(order for order in known if oldest is not None and order.last_ms >= oldest)
        return replace(self, erased=kept)

    def living(self, kind: BackupKind, name: str) -> Period | None:
        """The key of a period, or of the same period after one was destroyed in it."""
        return next((p for p in self.periods if p.kind == kind and p.lives and _stem(p.name) == name), None)

    def secret(self, name: str, recovery: bytes) -> bytes:
        """A period's secret.

        Args:
            name: the period.
            recovery: the recovery account's HPKE secret.

        Raises:
            VerificationError: it was destroyed, or is not here, or is sealed to somebody else.
        """
        period = next((p for p in self.periods if p.name == name), None)
        if period is None:
            raise VerificationError(
                f"The backup keys do not hold {name}. Take a newer copy of the file of keys.", code="no_period"
            )
        if not period.lives:
            raise VerificationError(
                f"The key {name} was destroyed; the backups made under it cannot be opened any more.",
                code="period_destroyed",
            )
        try:
            return hpke.unseal(recovery, period.sealed, lp("backup-period", self.office, name))
        except SealError as e:
            raise VerificationError(f"The key {name} was changed; take another copy.", code="backup_keys") from e

    def write(self, path: Path) -> None:
        """Replace a file of keys, durably, and write over what it was: it may hold a key that is destroyed now.

        Raises:
            OSError: the disk refused; the old file is there.
        """
        data = {
            "what": "Tirai backup keys, sealed to the recovery kit: keep a copy apart from the backups",
            "office": b64encode(self.office).decode(),
            "periods": tuple(_raw(p) for p in self.periods),
            "erased": tuple(_raw_order(order) for order in self.erased),
        }
        old = _opened(path)
        try:
            with all_said():
                write_durably(path, _File.model_validate(data).model_dump_json(indent=1).encode())
            if old is not None:
                os.pwrite(old, secrets.token_bytes(os.fstat(old).st_size), 0)
                os.fsync(old)
        finally:
            if old is not None:
                os.close(old)


def new_period(keys: BackupKeys, kind: BackupKind, now_ms: int, recovery_public: bytes, seed: bytes) -> Period:
    """A fresh key for now; its secret is forgotten here at once.

    Args:
        keys: those that there are.
        kind: what it is for.
        now_ms: the time.
        recovery_public: the recovery account's HPKE public half, from the book.
        seed: the office's checkpoint seed.
    """
    stem, taken = period_name(kind, now_ms), {p.name for p in keys.periods}
    names = (stem, *(f"{stem}.{n}" for n in range(2, 1000)))
    name = next(n for n in names if n not in taken)
    secret = hpke.new_secret()
    sealed = hpke.seal(recovery_public, secret, lp("backup-period", keys.office, name))
    return Period(name, now_ms, hpke.public_of(secret), sealed).signed(keys.office, seed)


def period_name(kind: BackupKind, now_ms: int) -> str:
    """The period of a moment: the month, for record keys the week (ISO 8601), in UTC."""
    now = datetime.fromtimestamp(now_ms / 1000, UTC)
    year, week, _day = now.isocalendar()
    return f"office-{now:%Y-%m}" if kind == "office" else f"records-{year}-W{week:02}"


def _stem(name: str) -> str:
    return name.partition(".")[0]


def _check_signatures(path: Path, periods: Sequence[Period], office: bytes, office_sign: bytes) -> None:
    for period in periods:
        try:
            signing.check(office_sign, period.signature, period.body(office))
        except SealError as e:
            raise VerificationError(
                f"{path} was changed: the office did not sign {period.name}. Take another copy.", code="backup_keys"
            ) from e


def _raw(period: Period) -> dict[str, object]:
    return {
        "period": period.name,
        "made_ms": period.made_ms,
        "public": period.public,
        "sealed": period.sealed,
        "destroyed_ms": period.destroyed_ms,
        "signature": period.signature,
    }


def _check_orders(path: Path, orders: Sequence[ErasedOrder], office: bytes, office_sign: bytes) -> None:
    for order in orders:
        try:
            signing.check(office_sign, order.signature, order.body(office))
        except SealError as e:
            raise VerificationError(
                f"{path} was changed: the office did not sign erasure {order.number}. Take another copy.",
                code="backup_keys",
            ) from e


def _raw_order(order: ErasedOrder) -> dict[str, object]:
    hashes: dict[str, bytes] = {}
    for one in order.hashes:
        hashes[one.kind] = hashes.get(one.kind, b"") + one.tag + one.person
    return {
        "order": order.id,
        "number": order.number,
        "action": order.action,
        "ground": order.ground,
        "reference": order.reference,
        "people": tuple((who.account, who.at_ms, who.signature) for who in (order.proposed, order.decided)),
        "digest": order.digest,
        "last_ms": order.last_ms,
        "records": b64encode(b"".join(one.record for one in order.subjects)).decode(),
        "fields": {str(place): one.fields for place, one in enumerate(order.subjects) if one.fields},
        "hashes": {kind: b64encode(packed).decode() for kind, packed in hashes.items()},
        "signature": order.signature,
    }


def _order_of(entry: _ErasedEntry) -> ErasedOrder:
    records = _parts(entry.records, RECORD_BYTES)
    subjects = tuple(Subject(one, entry.fields.get(str(place), "")) for place, one in enumerate(records))
    hashes = tuple(
        KeptOut(kind, one[:TAG_BYTES], one[TAG_BYTES:])
        for kind, packed in sorted(entry.hashes.items())
        for one in _parts(packed, TAG_BYTES + PERSON_BYTES)
    )
    proposed, decided = (SignedBy(*one) for one in entry.people)
    words = (entry.action, entry.ground, entry.reference)
    return ErasedOrder(
        entry.order, entry.number, *words, proposed, decided, entry.digest, entry.last_ms, subjects, hashes,
        entry.signature,
    )  # fmt: skip


def _parts(packed: str, size: int) -> list[bytes]:
    raw = b64decode(packed, validate=True)
    if len(raw) % size:
        raise ValueError("not of whole parts")
    return [raw[at : at + size] for at in range(0, len(raw), size)]


def _content(path: Path) -> bytes:
    """What is in a plain file of a bounded size: the office reads where a request says, and waits for nobody there.

    Raises:
        OSError: it cannot be read, or is something else.
    """
    fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with os.fdopen(fd, "rb") as file:
        found = os.fstat(fd)
        if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
            raise OSError(errno.EINVAL, "no file of keys")
        return file.read(LARGEST)


def _opened(path: Path) -> int | None:
    """The old file, to write over it; not where it has another name, too: that is somebody's copy, and stays whole."""
    with suppress(OSError):
        fd = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
        if os.fstat(fd).st_nlink == 1:
            return fd
        os.close(fd)
    return None
