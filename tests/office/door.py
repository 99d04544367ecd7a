"""The door of a made office, one step at a time; and a disk that takes nothing more."""

import contextlib
from collections.abc import Iterator
from typing import Any

from psycopg.errors import DiskFull
from sqlalchemy import Connection, event, select
from sqlalchemy.exc import OperationalError

from app.api.client.client import ApiClient
from app.api.messages.door import CardRequest, SessionKind, SignedIn, SignInRequest
from app.api.messages.seats import SeatHere
from app.auth.session_card import SessionCard
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.crypto import hpke, signing
from app.crypto.account_keys import (
    AccountKeys,
    PasswordKeys,
    password_keys,
    seat_id,
    seat_sign_seed,
    slot_key,
    unwrap_account_keys,
)
from app.crypto.derive import PasswordCost
from app.domain.errors import NotAllowedError
from app.session.enrol import Enrol
from tests.office.made import SEAT, MadeOffice


def opened(office: MadeOffice) -> OpenOffice:
    """The office behind the door, which somebody has opened."""
    return office.back_office.opened


def derive(office: MadeOffice, client: ApiClient, account: str, password: str = "") -> PasswordKeys:
    """W, V and C of a person."""
    salt = client.salt(account)
    cost = PasswordCost(salt.memory_kib, salt.passes, salt.lanes)
    return password_keys(account, password or office.people[account].password, salt.salt, cost)


def request_of(
    office: MadeOffice, account: str, derived: PasswordKeys, code: str, kind: SessionKind = "command"
) -> SignInRequest:
    """What a console sends."""
    key = slot_key(office.made.plate.office, account, office.store.seat_half(), derived.console)
    return SignInRequest(
        account=account, verifier=derived.verifier, slot_key=key, code=code, kind=kind, **seat_of(office)
    )


def seat_of(office: MadeOffice) -> dict[str, Any]:
    """What a console says of its workstation."""
    id_, half = office.made.plate.office, office.store.seat_half()
    key = signing.public_of(seat_sign_seed(id_, half))
    return {"seat_id": seat_id(id_, half), "seat": SeatHere(key=key, name=SEAT)}


def without_card(
    office: MadeOffice, account: str, kind: SessionKind = "command"
) -> tuple[ApiClient, SignedIn, AccountKeys]:
    """A session that lacks its card."""
    client = office.connect()
    client.show_seat(seat_of(office)["seat_id"])
    try:
        derived = derive(office, client, account)
        answer = client.sign_in(request_of(office, account, derived, office.code(account), kind))
    except BaseException:
        client.close()
        raise
    client.use_token(answer.token)
    keys = unwrap_account_keys(office.made.plate.office, account, derived.wrapping, answer.wrapped_keys)
    return client, answer, keys


def card_of(office: MadeOffice, name: str, answer: SignedIn, seed: bytes, **change: Any) -> CardRequest:
    """A session card, signed with a seed; `change` is what the signature says otherwise."""
    said: dict[str, Any] = {
        "account": name,
        "session": answer.session,
        "kem": hpke.public_of(hpke.new_secret()),
        "sign": signing.public_of(signing.new_seed()),
        "seat": SEAT,
        "end_ms": answer.ends_ms,
    }
    signature = signing.sign(seed, SessionCard(**(said | change)).body(office.made.plate.office))
    return CardRequest(kem=said["kem"], sign=said["sign"], signature=signature)


def code_opens(office: MadeOffice, name: str, code: str) -> bool:
    """Whether an activation code begins an enrolment."""
    enrol = Enrol(office.connect, lambda: office.store, office.policy)
    try:
        enrol.begin(name, code)
    except NotAllowedError:
        return False
    finally:
        enrol.close()
    return True


def entries(office: MadeOffice, event_: str = "") -> list[Any]:
    """The log, or the entries of one event."""
    with opened(office).database.reading() as db:
        every = opened(office).log.page(db, 0, 100_000)
    return [e for e in every if not event_ or e.event == event_]


_BEGINS = ("started_ms", "made_ms", "asked_ms", "at_ms", "number")


def rows_of(office: MadeOffice, table: str) -> list[Any]:
    """All rows of a table as they came; of PostgreSQL, which gives them in any order, by what says when they came."""
    made = schema.metadata.tables[table]
    order = [made.c[name] for name in _BEGINS if name in made.c]
    with opened(office).database.reading() as db:
        query = select(made)
        if db.dialect.name != "sqlite":
            query = query.order_by(*order, *made.primary_key.columns)
        return list(db.execute(query).all())


def zeros(office: MadeOffice, count: int) -> str:
    """So many zero bytes, as the database's own language writes them."""
    is_file = opened(office).database._engine.dialect.name == "sqlite"
    return f"zeroblob({count})" if is_file else f"decode(repeat('00', {count}), 'hex')"


@contextlib.contextmanager
def nothing_can_be_written(office: MadeOffice) -> Iterator[None]:
    """Within the block, the office's database refuses every write, as on a full or broken disk."""
    engine = opened(office).database._engine

    def refuse(connection: Connection) -> None:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA query_only = ON")
        elif not connection.get_execution_options().get("postgresql_readonly"):
            raise OperationalError("begin", {}, DiskFull("the disk is full"))

    event.listen(engine, "begin", refuse)
    try:
        yield
    finally:
        event.remove(engine, "begin", refuse)
        engine.dispose()
