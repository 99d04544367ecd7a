"""A51 behind a gateway: no byte of an erased customer is left in the database's folder after its operator's part.

What the operator does and sets is read from docs/gateway/erasure.md. Without it plenty is left, which the test shows,
too, so that nobody takes the page for a formality. Enforced by *key* for what is sealed, and by the operator.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.backoffice import schema
from app.backoffice.acting import OFFICE, acting_for
from app.crypto.errors import SealError
from app.domain.erasure.words import OrderState
from app.storage.wiping import wipe_session
from tests.gateway.postgres_server import SUPERUSER
from tests.office.coming_back import clients_closed
from tests.office.team import TeamMade, team_office
from tests.security.canaries import files_below, found_in
from tests.security.erased_play import (
    KEPT,
    NOTE,
    OTHERS,
    approve_erasure,
    ask_in_words,
    bring_them_in,
    hearing_nothing,
    hire_everybody,
    keep_offline,
    mark_a_source,
    notes_that_open,
    queue_an_export,
    record_at,
    traces,
    two_people,
)

PAGE = Path(__file__).parents[2] / "docs" / "gateway" / "erasure.md"


def blocks(language: str) -> list[str]:
    """The code of this language on the page for operators."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[TeamMade]:
    with team_office(tmp_path) as made:
        server = made.database.server
        (settings,) = blocks("ini")
        for line in settings.splitlines():
            name, _, value = line.partition(" = ")
            server.execute(f"ALTER SYSTEM SET {name} = '{value}'")
        server.execute("SELECT pg_reload_conf()")
        hire_everybody(made)
        with clients_closed(made):
            yield made
        for line in settings.splitlines():
            server.execute(f"ALTER SYSTEM RESET {line.partition(' = ')[0]}")
        server.execute("SELECT pg_reload_conf()")


def left_in(office: TeamMade, wanted: list[bytes]) -> set[str]:
    """Files of the server that hold any of it, by the folder they lie in."""
    server = office.database.server
    return {path.relative_to(server.data).parts[0] for path, data in files_below(server.data) if found_in(data, wanted)}


def as_the_operator(office: TeamMade) -> None:
    """What the page has an operator run."""
    (statements,) = blocks("sql")
    for statement in statements.split(";"):
        if statement.strip():
            office.database.server.execute(statement, office.database.name, SUPERUSER)


@pytest.mark.slow
@pytest.mark.attack("A51")
def test_that_no_byte_of_an_erased_customer_is_left_in_the_databases_folder(office: TeamMade) -> None:
    number, other = bring_them_in(office)
    queue_an_export(office)
    mark_a_source(office, number)
    sari = office.desk("sari")
    record = record_at(sari, number)
    ask_in_words(office, bytes.fromhex(record))
    ratna = office.desk("ratna")
    assert ratna.save_note(record, ratna.new_note(), NOTE).why is None
    with hearing_nothing(sari):
        keep_offline(sari, number, other)
    key, wanted = traces(office, number, sari)
    office.database.server.execute("ANALYZE", office.database.name)  # samples of values go into the statistics
    with acting_for(OFFICE), office.back_office.opened.database.reading() as db:
        customer = db.execute(select(schema.customers).where(schema.customers.c.record == key)).one()
    keys = office.back_office.opened.keys
    assert keys.record_key(key, customer.master_version, customer.record_key), "the master opens it"

    with two_people(office) as (hendra, dewi):
        approve_erasure(hendra, dewi, key)
        assert ratna.follow().gone
    ratna.end("signed_out")
    office.clock.pass_s(office.policy.lease_s + 60)
    sari._open.cache.close()
    assert wipe_session(office.places, office.store, sari.session).ok
    with two_people(office) as (_hendra, dewi):
        done = dewi.orders()[0]
        assert done.state is OrderState.DONE
        assert "database_cleans_up" in dewi.certificate(done.id.hex()), "said, since it is not done yet"
    assert notes_that_open(office) == [OTHERS]
    assert KEPT not in notes_that_open(office)

    office.database.server.execute("CHECKPOINT")
    assert {"base", "pg_wal"} <= left_in(office, wanted), "rows, statistics and log: deleted, and there"
    as_the_operator(office)
    assert left_in(office, wanted) == set()
    with acting_for(OFFICE), office.back_office.opened.database.reading() as db:
        rows = db.execute(select(schema.customers)).all()
    assert rows
    for row in rows:  # no key that is left is the customer's
        with pytest.raises(SealError):
            keys.record_key(key, row.master_version, row.record_key)
    left = [path.name for path, data in files_below(office.places.home.parent) if found_in(data, wanted)]
    assert not left
