"""What the gateway's role may do in PostgreSQL, and which customers' rows it sees (docs/adr/0047).

Two roles: the *owner* makes the tables, by migrations alone; the *gateway* works in them, and what it may do to each is
listed here. It never changes or takes away an entry of the log or the book, whatever its code or a person with its
password tries. The policies show it customers of the queues of whoever it works for (`app/backoffice/acting.py`), the
owner too, so that a query which forgets its queues finds nothing elsewhere; whoever writes SQL of their own as this
role can set the queues as well.
"""

import hashlib
from typing import Final

from sqlalchemy import Connection, text

from app.backoffice.acting import QUEUES_SETTING
from app.domain.errors import WorkstationError

_VERBS: Final = {"s": "SELECT", "i": "INSERT", "u": "UPDATE", "d": "DELETE"}

RIGHTS: Final = {
    "accounts": "siu",
    "analytics_exports": "siu",
    "answered_reveals": "sid",
    "audit": "si",
    "book": "si",
    "caller_answers": "sid",
    "caller_checks": "siud",
    "calls": "siu",
    "change_counters": "siu",
    "checkpoints": "si",
    "class_grants": "sid",
    "collected": "sid",
    "consents": "sid",
    "contacts": "siud",
    "customer_changes": "sid",
    "customer_imports": "sid",
    "customers": "siud",
    "data_keys": "siud",
    "departures": "si",
    "door_devices": "siu",
    "door_tries": "siud",
    "doors": "siu",
    "edits": "siud",
    "erasure_copies": "siu",
    "erasure_subjects": "siu",
    "erasures": "siu",
    "exposure_answers": "siu",
    "exposure_thresholds": "siu",
    "fronts": "siud",
    "gateways": "siud",
    "holds": "siu",
    "import_sources": "siud",
    "imports": "siud",
    "incident_notes": "si",
    "incidents": "siu",
    "jobs": "siud",
    "master_versions": "siud",
    "notes": "siud",
    "notices": "siud",
    "outbox_entries": "siu",
    "outbox_keys": "siud",
    "outbox_refused": "si",
    "outboxes": "siu",
    "page_answers": "siud",
    "page_links": "siud",
    "page_notices": "si",
    "pending_factors": "siud",
    "policy_versions": "siu",
    "processing_holds": "sid",
    "proposals": "siu",
    "proposed_grants": "sid",
    "readmissions": "siu",
    "recovery_codes": "sid",
    "request_attachments": "si",
    "request_letters": "si",
    "request_rates": "siud",
    "rules_accepted": "sid",
    "sealed_values": "sid",
    "seat_codes": "siud",
    "seat_posture": "siu",
    "seats": "siu",
    "sessions": "siu",
    "settings": "sid",
    "sign_in_places": "si",
    "source_marks": "siu",
    "subject_requests": "siu",
    "suppressed": "sid",
    "training_answers": "si",
    "training_certificates": "si",
    "training_quizzes": "siu",
    "unlocks": "siud",
    "view_ends": "si",
    "wipe_order_sessions": "siu",
    "wipe_orders": "siu",
    "wipe_receipts": "si",
    "wrong_codes": "sid",
}
"""What the code does to each table: select, insert, update, delete. The code that needs another verb adds it here."""

APPENDED_ONLY: Final = ("audit", "book", "checkpoints")
"""What nobody rewrites: the log, its checkpoints and the book."""

_QUEUES = f"coalesce(nullif(current_setting('{QUEUES_SETTING}', true), ''), '[]')::jsonb"
# Each stands in a SELECT of its own, so that it is worked out once for a query and not for each row.
_SEES_ALL = f"(SELECT {_QUEUES} ? '*')"
_SEES_QUEUE = f"queue = ANY (ARRAY(SELECT jsonb_array_elements_text({_QUEUES})))"


def _sees_record(table: str) -> str:
    """That the account sees the customer of a row: the policy of `customers` decides within."""
    return f"EXISTS (SELECT 1 FROM customers AS seen WHERE seen.record = {table}.record)"  # noqa: S608 -- our own name


POLICIES: Final = {
    **dict.fromkeys(("customers", "departures"), f"{_SEES_ALL} OR {_SEES_QUEUE}"),
    **{
        table: f"{_SEES_ALL} OR {_sees_record(table)}"
        for table in (
            "collected",
            "consents",
            "contacts",
            "customer_imports",
            "edits",
            "notes",
            "processing_holds",
            "sealed_values",
        )
    },
    "customer_changes": _SEES_ALL,
}
"""Tables that tell of customers, and when a row is there for whoever is worked for."""

OF_NOBODY: Final = {
    "answered_reveals": "A request belongs to its session; the row names what it asked for and holds nothing of it.",
    "audit": "The log names records by numbers that say nothing, and is searched and counted over everybody.",
    "caller_answers": "Tries are counted over all people and queues, so that nobody guesses; no answer stands there.",
    "caller_checks": "A check belongs to its session and names the record alone.",
    "erasure_subjects": "An order names the record's id, a pseudonym, and outlives the customer.",
    "fronts": "A row belongs to its session; only names of people of the same queues are told from it.",
    "holds": "A hold counts whoever asks; it names the record and a word of the program.",
    "page_links": "A link names the record for the office alone; the public process does not see that column.",
    "request_attachments": "It belongs to the register: whose a request is found to be, and nothing of them.",
    "subject_requests": "The register outlives its customers; free text is wrapped under their key, which is not seen.",
    "unlocks": "Requests are counted over people; free text is wrapped under the customer's key, which is not seen.",
}
"""Tables that name a record without telling of a customer, and why each of their rows is there for everybody's work."""

_POLICY = "acting"


def apply_rights(db: Connection, gateway: str) -> None:
    """Give the gateway's role what it needs, and take away the rest; twice is as once.

    It waits for no table that others are at work in, unless a policy has changed.

    Args:
        db: the owner's connection, in a transaction.
        gateway: the gateway's role, which is there.
    """
    role = _quoted(db, gateway)
    database = _quoted(db, str(db.execute(text("SELECT current_database()")).scalar_one()))
    for what in (
        f"DATABASE {database}",
        "SCHEMA public",
        "ALL TABLES IN SCHEMA public",
        "ALL SEQUENCES IN SCHEMA public",
    ):
        db.exec_driver_sql(f"REVOKE ALL ON {what} FROM PUBLIC, {role}")
    db.exec_driver_sql(f"GRANT CONNECT ON DATABASE {database} TO {role}")
    db.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {role}")
    for table, verbs in RIGHTS.items():
        db.exec_driver_sql(f"GRANT {', '.join(_VERBS[v] for v in verbs)} ON {_quoted(db, table)} TO {role}")
    for sequence in _sequences(db):
        db.exec_driver_sql(f"GRANT USAGE ON SEQUENCE {_quoted(db, sequence)} TO {role}")
    for table, condition in POLICIES.items():
        _apply_policy(db, table, condition)


def _sequences(db: Connection) -> list[str]:
    return list(db.execute(text("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")).scalars())


def _apply_policy(db: Connection, table: str, condition: str) -> None:
    """PostgreSQL keeps a condition in words of its own; a comment of the policy tells whether it is this one."""
    mark = hashlib.sha256(condition.encode()).hexdigest()
    found = db.execute(
        text(
            "SELECT c.relrowsecurity AND c.relforcerowsecurity AND obj_description(p.oid, 'pg_policy') = :mark "
            "AND (SELECT count(*) FROM pg_policy q WHERE q.polrelid = c.oid) = 1 "
            "FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid "
            "WHERE c.oid = to_regclass(:table) AND p.polname = :policy"
        ),
        {"mark": mark, "table": f"public.{table}", "policy": _POLICY},
    ).scalar()
    if found:
        return
    others = text("SELECT polname FROM pg_policy WHERE polrelid = to_regclass(:table)")
    for name in db.execute(others, {"table": f"public.{table}"}).scalars().all():
        db.exec_driver_sql(f"DROP POLICY {_quoted(db, name)} ON {table}")
    db.exec_driver_sql(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    db.exec_driver_sql(f"CREATE POLICY {_POLICY} ON {table} USING ({condition}) WITH CHECK ({condition})")
    db.exec_driver_sql(f"COMMENT ON POLICY {_POLICY} ON {table} IS '{mark}'")


_OWNER = (
    "SELECT r.rolname, r.rolsuper OR r.rolbypassrls AS powerful, d.datdba = r.oid AS owns "
    "FROM pg_roles r, pg_database d WHERE r.rolname = current_user AND d.datname = current_database()"
)

_TOO_MUCH = (
    "SELECT r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication AS powerful, "
    "EXISTS (SELECT 1 FROM pg_roles o WHERE o.oid <> r.oid AND pg_has_role(r.oid, o.oid, 'MEMBER')) AS belongs, "
    "EXISTS (SELECT 1 FROM pg_shdepend d WHERE d.refobjid = r.oid AND d.deptype = 'o') AS owns "
    "FROM pg_roles r WHERE r.rolname = :role"
)


def check_roles(db: Connection, gateway: str) -> None:
    """Demand two roles that are as they should be, before anything is made.

    Args:
        db: the connection of whoever migrates.
        gateway: the gateway's role.

    Raises:
        WorkstationError: code `db_owner` or `db_role`.
    """
    own = db.execute(text(_OWNER)).one()
    if own.powerful:
        raise WorkstationError(
            f"Migrations are run by the owner of the database, who is no superuser and has no BYPASSRLS; {own.rolname} "
            "is more. See docs/gateway/database.md.",
            code="db_owner",
        )
    if not own.owns:
        raise WorkstationError(
            f"Migrations are run by the owner of the database, and {own.rolname} is not. See docs/gateway/database.md.",
            code="db_owner",
        )
    if own.rolname == gateway:
        raise WorkstationError(f"Owner and gateway are two roles, and both are {gateway} here.", code="db_role")
    _check_role(db, gateway)


def _check_role(db: Connection, role: str) -> None:
    found = db.execute(text(_TOO_MUCH), {"role": role}).first()
    if found is None:
        raise WorkstationError(f"There is no role {role}. Make it as docs/gateway/database.md says.", code="db_role")
    faults = [
        said
        for holds, said in (
            (found.powerful, "is SUPERUSER, BYPASSRLS, CREATEROLE, CREATEDB or REPLICATION"),
            (found.belongs, "is a member of another role"),
            (found.owns, "owns something"),
        )
        if holds
    ]
    if faults:
        raise WorkstationError(
            f"The gateway's role {role} {', and '.join(faults)}; it must not. See docs/gateway/database.md.",
            code="db_role",
        )


def check_own_rights(db: Connection) -> None:
    """Demand, as the gateway, that this connection may do no more than it should; before anybody is served.

    Raises:
        WorkstationError: code `db_role`.
    """
    _check_role(db, str(db.execute(text("SELECT current_user")).scalar_one()))
    rewrites = text(
        "SELECT bool_or(has_table_privilege(t, 'DELETE, TRUNCATE') OR has_any_column_privilege(t, 'UPDATE')) "
        "OR has_schema_privilege('public', 'CREATE') OR has_database_privilege(current_database(), 'CREATE, TEMP') "
        "FROM unnest(CAST(:tables AS text[])) AS t"
    )
    shown = text("SELECT bool_and(row_security_active(t)) FROM unnest(CAST(:tables AS text[])) AS t")
    may_rewrite = db.execute(rewrites, {"tables": list(APPENDED_ONLY)}).scalar()
    if may_rewrite or not db.execute(shown, {"tables": list(POLICIES)}).scalar():
        raise WorkstationError(
            "The gateway's role may do more in the database than it should. Run: tirai gateway migrate", code="db_role"
        )


def _quoted(db: Connection, name: str) -> str:
    return db.dialect.identifier_preparer.quote_identifier(name)
