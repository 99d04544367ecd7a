"""Dumps and restores, as docs/gateway/database.md tells: whole, or refused; never with customers left out."""

import subprocess

import pytest
from sqlalchemy import func, select, text

from app.backoffice import schema
from app.backoffice.acting import OFFICE, Acting, tell_database
from app.backoffice.migrating import migrate, owner_engine
from app.backoffice.rights import check_own_rights
from tests.gateway.databases import BACKUP, GATEWAY, OWNER, GatewayDatabase


def fill(database: GatewayDatabase) -> None:
    engine = database.engine()
    with engine.connect() as db, db.begin():
        tell_database(db, OFFICE)
        db.execute(schema.imports.insert().values(id=b"i", account="dewi", at_ms=1, committed=True))
        db.execute(schema.master_versions.insert().values(version=1, state="wraps", proof=b"p"))
        for queue in ("billing", "cards"):
            db.execute(
                schema.customers.insert().values(
                    record=queue.encode(), number=f"N-{queue}", queue=queue, open_fields="{}", masks="{}",
                    master_version=1, record_key=b"k", import_id=b"i",
                )
            )  # fmt: skip


def test_that_a_dump_is_whole_or_none(gateway_database: GatewayDatabase) -> None:
    fill(gateway_database)
    server, name = gateway_database.server, gateway_database.name
    dump = server.dump(name, role=BACKUP)
    assert b"N-billing" in dump
    assert b"N-cards" in dump
    for role in (OWNER, GATEWAY):
        with pytest.raises(subprocess.CalledProcessError) as refused:
            server.dump(name, role=role)
        said = "".join(refused.value.__notes__)
        assert "row-level security" in said or "permission denied" in said
        assert "N-billing" not in said


def test_that_the_owner_restores_what_was_dumped(gateway_database: GatewayDatabase) -> None:
    fill(gateway_database)
    server = gateway_database.server
    file = server.folder / "dump"
    file.write_bytes(server.dump(gateway_database.name, "--format=custom", role=BACKUP))
    file.chmod(0o644)
    restored = GatewayDatabase(server, server.create_database(owner=OWNER))
    words = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    server.run_at(restored.name, "pg_restore", *words, str(file), role=OWNER)
    migrate(owner_engine(restored.url(OWNER)), GATEWAY)
    file.unlink()
    with restored.engine().connect() as db, db.begin():
        check_own_rights(db)
        for who, most in ((Acting("ratna", ("billing",)), 1), (Acting("x", ()), 0), (OFFICE, 2)):
            tell_database(db, who)
            assert db.execute(select(func.count()).select_from(schema.customers)).scalar_one() == most
        tell_database(db, OFFICE)
        values = {"number": "N-3", "queue": "cards", "open_fields": "{}", "masks": "{}", "record_key": b"k"}
        made = schema.customers.insert().values(record=b"3", master_version=1, import_id=b"i", **values)
        assert db.execute(made.returning(schema.customers.c.id)).scalar_one() == 3, "ids go on behind the restored ones"
        assert db.execute(text("SELECT current_user")).scalar() == GATEWAY
    server.drop_database(restored.name)
