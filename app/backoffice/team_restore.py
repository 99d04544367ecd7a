"""Restoring an office behind gateways: into an empty database, whole, or such that no gateway serves it.

Two kit holders, both files, the period keys and the master bring it together. Everything that can be judged is judged
before a table is made. Then `pg_restore` makes tables and rows in one transaction, without rights and without settings:
nobody but the owner can read them, and they are no office. A second transaction brings customers with their record
keys, settings, what was erased since, ended sessions and the gateway's rights. What is killed between the two leaves a
database that gateways refuse (`schema_none`) and that a restore does not touch: it is dropped and made anew.
"""

from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from psycopg import Error as DriverError
from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import DBAPIError

from app.auth.audit_chain import Witness
from app.auth.go_on import GoOn
from app.auth.recovery_kit import OpenKit
from app.backoffice import schema
from app.backoffice.acting import OFFICE, acting_for, tell_database
from app.backoffice.backup import record_keys_in, with_preface
from app.backoffice.backup_file import DAMAGED, opened_backup
from app.backoffice.clock import Clock
from app.backoffice.erasure.again import erase_again, gone_since
from app.backoffice.log_proof import check_whole
from app.backoffice.master import MasterMissingError, MasterSource, MasterState, check_master
from app.backoffice.moving import InTransaction
from app.backoffice.office import NamePlate, OpenOffice
from app.backoffice.recovery import ByKit, check_recovery_account
from app.backoffice.recovery_drill import Check, class_checks
from app.backoffice.restore import Source, check_record_keys
from app.backoffice.rights import apply_rights, check_roles
from app.backoffice.session_ends import end_one
from app.backoffice.team_backup import Framed, Tell, told_of, untold
from app.backoffice.team_snapshot import APART, CUSTOMER_COLUMNS, count_of, driver, plain_engine
from app.crypto import signing
from app.domain.errors import InputRefusedError, VerificationError, WorkstationError
from app.domain.policy import Policy

RESTORED: Final = "restored"
"""Why sessions of the backup ended."""
Load = Callable[[Iterable[bytes]], None]
"""Runs `pg_restore` in one transaction over what it is given."""
_DRILL_MARK: Final = "Tirai: for restore drills; emptied before and after each"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an office is restored, and what works there.

    Attributes:
        owner: libpq's words for the owner's way to the database.
        gateway: the gateway's role.
        load: runs `pg_restore` there, as the owner.
        master: where M comes from.
        policy: the program's own.
        clock: the clock that counts.
    """

    owner: Mapping[str, str]
    gateway: str
    load: Load
    master: MasterSource
    policy: Policy
    clock: Clock


@dataclass(frozen=True, slots=True)
class Arrived:
    """An office that is there, verified, in a transaction that is not committed yet.

    Attributes:
        office: the office.
        db: the owner's transaction.
        rows: by table, as many as the backup said.
        gone: customers that have been erased since, and are again.
    """

    office: OpenOffice
    db: Connection
    rows: dict[str, int]
    gone: frozenset[bytes]

    @property
    def customers(self) -> int:
        """How many stay."""
        return self.rows[schema.customers.name] - len(self.gone)


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of a restore.

    Attributes:
        name: the office.
        customers: how many.
        entries: of the log, all verified, those of the restore among them.
        erased: customers that had been erased since the backup.
        sessions: that the backup had open, and that are over now.
        go_on: for workstations that remember more.
    """

    name: str
    customers: int
    entries: int
    erased: int
    sessions: int
    go_on: GoOn


def restore_team(source: Source, kit: OpenKit, place: Place, who: dict[str, str], tell: Tell = untold) -> Restored:
    """Restore into an empty database of the owner's.

    Args:
        source: the files, checked from outside.
        kit: the recovery kit, opened by two holders.
        place: where to.
        who: who does it, for the log.
        tell: progress.

    Raises:
        InputRefusedError: the database is not empty.
        VerificationError: kit, keys, master and backup do not belong together, or the backup does not hold.
        WorkstationError: database or program refused; nothing was made.
    """
    engine = plain_engine(place.owner)
    with _said(), engine.connect() as db, db.begin():
        check_roles(db, place.gateway)
        _check_empty(db)
    with _arriving(engine, source, kit, place, tell) as arrived:
        office, db = arrived.office, arrived.db
        open_ones = select(schema.sessions.c.id).where(schema.sessions.c.ended_ms.is_(None))
        sessions = db.execute(open_ones).scalars().all()
        for session in sessions:
            end_one(office, db, session, RESTORED)
        counts = f"erased={len(arrived.gone)} sessions={len(sessions)} {source.living}"
        detail = f"holders={kit.holders} made_ms={source.made_ms} {counts}"
        office.log.append(db, "office.restored", detail=detail, **who)
        erase_again(office, db, arrived.gone, source.erased, **who)
        office.log.checkpoint(db)
        log, book = Witness(*office.log.head(db)), Witness(office.book.length, office.book.head)
        apply_rights(db, place.gateway)
    with _said(), engine.connect() as db, db.begin():
        db.execute(text("ANALYZE"))
    go_on = GoOn.signed(kit.root, log, book, office.clock.now_ms())
    return Restored(office.plate.name, arrived.customers, log.length, len(arrived.gone), len(sessions), go_on)


def drill_team(source: Source, kit: OpenKit, place: Place, tell: Tell = untold) -> tuple[Check, ...]:
    """Restore into a scratch database, try everything there, and empty it again. The office itself is not touched.

    Args:
        source: the files, checked from outside.
        kit: the recovery kit, opened by two holders.
        place: the scratch database.
        tell: progress.

    Returns:
        What was proved. What fails before the office stands is raised.

    Raises:
        InputRefusedError: the scratch database holds something that no drill made.
        VerificationError, WorkstationError: see `restore_team`.
    """
    engine = plain_engine(place.owner)
    with _said(), engine.connect() as db, db.begin():
        check_roles(db, place.gateway)
        _take_for_drills(db)
    with _arriving(engine, source, kit, place, tell, stays=False) as arrived:
        entries, _head = arrived.office.log.head(arrived.db)
        book, rows = arrived.office.book.length, arrived.rows
        customers = arrived.customers
        return (
            Check("files", True, "both are whole, and signed by the office"),
            Check("kit", True, f"codes {kit.holders[0]} and {kit.holders[1]} open the period keys"),
            Check("master", True, "the master opens the office's own keys"),
            Check("rows", True, f"{sum(rows.values()):,} in {len(rows)} tables, as many as were backed up"),
            Check("log", True, f"{entries:,} entries hold, to the last one"),
            Check("book", True, f"{book:,} entries hold, signed from the root on"),
            Check("record_keys", True, f"{customers:,} open; {len(arrived.gone):,} customers were erased since"),
            *class_checks(ByKit(arrived.office, kit, b"")),
        )


# bringing it in


@contextmanager
def _arriving(
    engine: Engine, source: Source, kit: OpenKit, place: Place, tell: Tell, *, stays: bool = True
) -> Iterator[Arrived]:
    """Bring the office in; committed when the block ends, if it `stays`. Otherwise, and on any error, nothing stays."""
    if signing.public_of(kit.root) != source.office.head.root:
        raise VerificationError("This kit belongs to another office than the backup.", code="other_kit")
    records_secret = source.keys.secret(source.records.head.period, kit.keys.kem)
    secret = source.keys.secret(source.office.head.period, kit.keys.kem)
    preface, pieces = with_preface(opened_backup(source.office, secret))
    _check_before(engine, source, preface, place.master)
    reader, is_there = Framed(told_of(pieces, tell)), False
    try:
        place.load(reader.pieces())
        with acting_for(OFFICE), _said(), engine.connect() as db:
            transaction = db.begin()
            try:
                tell_database(db)
                _check_rows(db, preface["rows"])
                _put_settings(db, preface["settings"])
                _keys, records = with_preface(opened_backup(source.records, records_secret))
                without_key = _put_customers(db, source, reader.rest(), records, preface["rows"])
                yield _verified(db, source, kit, place, preface, without_key)
                if stays:
                    transaction.commit()
                    is_there = True
            finally:
                if not is_there:
                    transaction.rollback()
    finally:
        if not is_there:
            with _said(), engine.connect() as db, db.begin():
                _drop_all(db)


def _check_before(engine: Engine, source: Source, preface: Mapping[str, Any], master: MasterSource) -> None:
    """Demand a release that fits and the right master, while nothing is made yet."""
    settings = {row["name"]: b64decode(row["value"]) for row in preface["settings"]}
    made, oldest, ours = int(settings["schema_version"]), int(settings["schema_oldest"]), int(schema.SCHEMA_VERSION)
    if not oldest <= ours <= made:
        raise VerificationError(
            f"The backup's tables are at version {made}; this release restores those that serve version {ours}. "
            "Restore with the release that made the backup, then update.",
            code="schema_old" if ours > made else "schema_new",
        )
    with _said(), engine.connect() as db:
        for row in preface["masters"]:
            try:
                check_master(
                    source.office.head.office,
                    row["version"],
                    master.key(db, row["version"]),
                    b64decode(row["proof"]),
                )
            except MasterMissingError:
                if row["state"] != MasterState.ADDED:
                    raise


def _check_rows(db: Connection, rows: Mapping[str, int]) -> None:
    for name, count in rows.items():
        table = schema.metadata.tables[name]
        if table not in APART and count_of(db, table) != count:
            raise VerificationError(f"Of {count} rows of {name}, not as many arrived. Nothing was made.", code="rows")


def _put_settings(db: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    db.execute(schema.settings.insert(), [{**row, "value": b64decode(row["value"])} for row in rows])


_ARRIVE = "CREATE TEMP TABLE arriving ON COMMIT DROP AS SELECT * FROM customers WITH NO DATA"
_ARRIVE_KEYS = (
    "CREATE TEMP TABLE arriving_keys (record bytea PRIMARY KEY, version integer NOT NULL, z bytea NOT NULL) "
    "ON COMMIT DROP"
)
_GONE = "SELECT record FROM arriving WHERE record NOT IN (SELECT record FROM arriving_keys)"


def _put_customers(
    db: Connection, source: Source, customers: Iterable[bytes], records: Iterable[bytes], rows: Mapping[str, int]
) -> set[bytes]:
    """Bring customers together with their record keys; return those who have none, since they have gone."""
    named = ", ".join(CUSTOMER_COLUMNS)
    db.execute(text(_ARRIVE))
    db.execute(text(_ARRIVE_KEYS))
    with driver(db).cursor() as cursor:
        with cursor.copy(f"COPY arriving ({named}) FROM STDIN") as copy:
            for piece in customers:
                copy.write(piece)
        with cursor.copy("COPY arriving_keys FROM STDIN") as copy:
            for row in record_keys_in(records):
                copy.write_row(row)
    count = db.execute(text("SELECT count(*) FROM arriving")).scalar_one()
    gone = {bytes(record) for record in db.execute(text(_GONE)).scalars()}
    if count != rows[schema.customers.name] or (gone and source.records.head.id == source.office.head.id):
        raise VerificationError(f"{source.records.path.name} {DAMAGED}", code="backup_damaged")
    _check_versions(db)
    other = {"master_version": "coalesce(k.version, a.master_version)", "record_key": "coalesce(k.z, ''::bytea)"}
    taken = ", ".join(other.get(name, f"a.{name}") for name in CUSTOMER_COLUMNS)
    together = f"SELECT {taken} FROM arriving a LEFT JOIN arriving_keys k USING (record) ORDER BY a.id"  # noqa: S608
    db.execute(text(f"INSERT INTO customers ({named}) {together}"))
    return gone


def _check_versions(db: Connection) -> None:
    """Demand that no record key is under a version of the master that the main file does not know."""
    unknown = text("SELECT 1 FROM arriving_keys WHERE version NOT IN (SELECT version FROM master_versions) LIMIT 1")
    if db.execute(unknown).first() is not None:
        raise VerificationError(
            "The record keys do not fit this backup: its master has changed in between. Take the record keys of the "
            "same backup.",
            code="backup_pair",
        )


def _verified(
    db: Connection, source: Source, kit: OpenKit, place: Place, preface: Mapping[str, Any], without_key: set[bytes]
) -> Arrived:
    """Open the office as a gateway does, and demand that all of it holds."""
    plate = NamePlate(str(preface["name"]), source.office.head.root)
    office = OpenOffice(InTransaction(db), plate, place.policy, place.clock, place.master)
    check_recovery_account(office, kit)
    check_whole(office)
    check_record_keys(office, without_key)
    return Arrived(office, db, dict(preface["rows"]), gone_since(db, without_key, source.erased))


# databases


_TABLES: Final = (
    "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
)


def _check_empty(db: Connection) -> None:
    if db.execute(text(_TABLES)).first() is not None:
        raise InputRefusedError(
            "The database is not empty: there is an office in it, or a restore that was broken off. Nothing was "
            "touched. Make an empty one of the owner's, or drop this one and make it again.",
            code="db_not_empty",
        )


def _take_for_drills(db: Connection) -> None:
    """Empty what a drill left that was killed; take an empty database for drills."""
    described = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
    if db.execute(text(described)).scalar() == _DRILL_MARK:
        _drop_all(db)
        return
    _check_empty(db)
    name = str(db.execute(text("SELECT current_database()")).scalar_one())
    quoted = db.dialect.identifier_preparer.quote_identifier(name)
    db.exec_driver_sql(f"COMMENT ON DATABASE {quoted} IS '{_DRILL_MARK}'")


def _drop_all(db: Connection) -> None:
    """Drop the tables of a database that was empty before."""
    for name in db.execute(text(_TABLES)).scalars().all():
        db.exec_driver_sql(f"DROP TABLE IF EXISTS {name} CASCADE")


@contextmanager
def _said() -> Iterator[None]:
    """Say that the database refused, without its words: they may quote a row.

    Raises:
        WorkstationError: it did (code `db_restore`).
    """
    try:
        yield
    except (DBAPIError, DriverError) as e:
        raise WorkstationError(
            "The database refused, or went away. Nothing was made, as far as it could still be asked; look at the "
            "server's log.",
            code="db_restore",
        ) from e
