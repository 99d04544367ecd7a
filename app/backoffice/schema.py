"""The tables of the back office, on SQLCipher and on PostgreSQL alike.

Invariants: no table holds a sealed value, a data key or a class key in the open; authority (roles, keys, class
grants) is read from the book, whose entries lie here as bytes and are replayed, never from a row.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from app.backoffice import (  # noqa: F401 -- tables of this schema
    erasure_tables,
    incident_tables,
    page_tables,
    subject_tables,
    training_tables,
)
from app.backoffice import metadata as shared

SCHEMA_VERSION = "14"

metadata = shared.metadata

RowId = shared.RowId

settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    Column("master_version", Integer, ForeignKey("master_versions.version")),
)
"""Schema version, office name, root public key, inventory, and the keys that the master wraps, each with the version of
the master that wrapped it."""

master_versions = Table(
    "master_versions",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False),
    Column("proof", LargeBinary, nullable=False),
)
"""Which version of the master does what (`app/backoffice/master.py`); no key is here. A version stays as long as a row
anywhere names it: that is what the foreign keys are for."""

gateways = Table(
    "gateways",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("seen_ms", BigInteger, nullable=False),
    Column("masters", Text, nullable=False),
)
"""The gateways that are at work, by an id that each draws at its start: when it was last heard of, by the database's
clock, and the versions of the master that it has, with commas between (`app/backoffice/gateways.py`)."""

book = Table(
    "book",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("previous", LargeBinary, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("queues", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("kem", LargeBinary, nullable=False),
    Column("sign", LargeBinary, nullable=False),
    Column("activation", LargeBinary, nullable=False),
    Column("signatures", Text, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("display_name", Text, nullable=False),
    Column("verifier", LargeBinary, nullable=False),
    Column("wrapped_keys", LargeBinary, nullable=False),
    Column("totp", LargeBinary, nullable=False),
    Column("totp_master", Integer, ForeignKey("master_versions.version")),
    Column("last_step", Integer, nullable=False),
    Column("told_step", Integer, nullable=False, default=0),
    Column("totp_hash", Text, nullable=False, default="sha1"),
    Column("authenticator_ms", BigInteger, nullable=False, default=0),
    Column("code_failures", Integer, nullable=False, default=0),
    Column("password_ms", BigInteger, nullable=False, default=0),
    Column("next_verifier", LargeBinary),
    Column("next_keys", LargeBinary),
    Column("recovery_salt", LargeBinary, nullable=False, default=b""),
)
"""What belongs to a person besides authority. `totp` is wrapped under the master of version `totp_master`,
`wrapped_keys` under W.

`next_verifier` and `next_keys` belong to a change of password that the front door has not taken over yet
(`app/backoffice/own_password.py`); `code_failures` counts wrong codes in a row.
"""

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("account", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
)
"""Unused recovery codes, hashed under their account's `recovery_salt`; a used one's row is gone."""

wrong_codes = Table(
    "wrong_codes",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("account", Text, nullable=False, index=True),
    Column("seat", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("boot_s", BigInteger, nullable=False),
    Column("boot_id", Text, nullable=False),
)
"""Wrong codes beside a right password, of the last day (`app/auth/throttle.py`)."""

pending_factors = Table(
    "pending_factors",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("account", Text, nullable=False),
    Column("session", LargeBinary, nullable=False),
    Column("totp", LargeBinary, nullable=False),
    Column("totp_master", Integer, ForeignKey("master_versions.version"), nullable=False),
    Column("totp_hash", Text, nullable=False),
    Column("factor", Text, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
)
"""Authenticators of half-finished enrolments, and of changes by a session, that no code has proved yet
(`app/backoffice/pending_factors.py`)."""

class_grants = Table(
    "class_grants",
    metadata,
    Column("account", Text, primary_key=True),
    Column("data_class", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)

proposals = Table(
    "proposals",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("queues", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("kem", LargeBinary, nullable=False),
    Column("sign", LargeBinary, nullable=False),
    Column("activation", LargeBinary, nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("reason", Text, nullable=False),
    Column("slot", LargeBinary, nullable=False),
    Column("proposed_ms", BigInteger, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
    Column("status", Text, nullable=False, index=True),
    Column("decided_by", Text, nullable=False, default=""),
    Column("decided_ms", BigInteger),
)
"""Entries of the book that wait for their second person (ADR 0019), and what became of them. `slot` is the file key
under a reset's activation code; it goes to the front door with the confirmation, and from here with any decision."""

proposed_grants = Table(
    "proposed_grants",
    metadata,
    Column("proposal", LargeBinary, ForeignKey("proposals.id"), primary_key=True),
    Column("account", Text, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)
"""A proposed class key, sealed to whom the book showed holding the class, until the proposal is decided."""

policy_versions = Table(
    "policy_versions",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("number", Integer, nullable=False, index=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("why", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("proposed_ms", BigInteger, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
    Column("status", Text, nullable=False, index=True),
    Column("decided_by", Text, nullable=False, default=""),
    Column("decided_ms", BigInteger),
)
"""Edits of the policy that wait for their second person, and what became of them (ADR 0034). No row is believed: the
book names the version in force and the mark of its text."""

sessions = Table(
    "sessions",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("account", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("seat", Text, nullable=False),
    Column("seat_id", LargeBinary, nullable=False, default=b""),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("end_token_hash", LargeBinary, nullable=False),
    Column("card_kem", LargeBinary),
    Column("card_sign", LargeBinary),
    Column("card_signature", LargeBinary),
    Column("started_ms", BigInteger, nullable=False),
    Column("ends_ms", BigInteger, nullable=False),
    Column("lease_ms", BigInteger, nullable=False),
    Column("step_up_ms", BigInteger, nullable=False),
    Column("ended_ms", BigInteger),
    Column("locked_ms", BigInteger),
    Column("cause", Text, nullable=False, default=""),
    Column("wiped_ms", BigInteger),
    Index(
        "ix_sessions_unwiped",
        "seat_id",
        sqlite_where=text("wiped_ms IS NULL"),
        postgresql_where=text("wiped_ms IS NULL"),
    ),
)
"""A locked session (`locked_ms`) has no card: it may do nothing but be resumed, or end. `wiped_ms`: when the office
learnt that its workstation has destroyed all that was left of it."""

seats = Table(
    "seats",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("name", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("first_seen_ms", BigInteger, nullable=False),
    Column("last_seen_ms", BigInteger, nullable=False),
    Column("version", Text, nullable=False, default=""),
    Column("policy", Integer, nullable=False, default=0),
    Column("machine", Text, nullable=False, default=""),
    Column("machine_from", Text, nullable=False, default=""),
    Column("check_ms", BigInteger),
    Column("check_failed", Text, nullable=False, default=""),
    Column("check_parts", Text, nullable=False, default=""),
    Column("state", Text, nullable=False, default="known"),
    Column("changed_by", Text, nullable=False, default=""),
    Column("changed_ms", BigInteger),
    Column("enrolled_ms", BigInteger),
    Column("enrolled_as", Text, nullable=False, default=""),
    Column("invited_by", Text, nullable=False, default=""),
    Column("proved_ms", BigInteger),
    Column("boot", Text, nullable=False, default=""),
    Column("boots", Text, nullable=False, default=""),
    Column("twice_ms", BigInteger),
)
"""Workstations, each an OS user of one (`app/backoffice/seat_rows.py`). `public_key` checks its receipts of wipes and
never changes; `policy` is the version that its consoles obey, `machine` the digest of what is settled for its machine;
`check_failed` the parts that its last self-check missed, `check_parts` how each stood (`name=state`, with spaces
between); `state` is known or revoked. `enrolled_ms`: since when the office knows it (`app/backoffice/known_seats.py`),
by whose code and under which name; `proved_ms`: when it last proved that it has its key; `boot`, `boots`, `twice_ms`:
in which boot it runs, in which it ran before, and when one of those came back (`app/backoffice/seat_boots.py`)."""

seat_codes = Table(
    "seat_codes",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("name", Text, nullable=False),
    Column("code_hash", LargeBinary, nullable=False, unique=True),
    Column("invited_by", Text, nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
    Column("used_ms", BigInteger),
    Column("seat", LargeBinary),
)
"""One-time codes by which workstations become known (`app/backoffice/seat_codes.py`), each kept as a keyed hash."""

wipe_orders = Table(
    "wipe_orders",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("seat", LargeBinary, ForeignKey("seats.id"), nullable=False, index=True),
    Column("ordered_by", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("confirmed_ms", BigInteger),
)
"""Orders to destroy what sessions have left at a workstation. Without receipts for each of its sessions an order is
never confirmed, however long ago it was."""

wipe_order_sessions = Table(
    "wipe_order_sessions",
    metadata,
    Column("order_id", LargeBinary, ForeignKey("wipe_orders.id"), primary_key=True),
    Column("session", LargeBinary, ForeignKey("sessions.id"), primary_key=True),
    Column("told_ms", BigInteger),
    Index("ix_wipe_order_sessions", "session"),
)
"""What an order is about. `told_ms`: when a call of this session was answered with it."""

wipe_receipts = Table(
    "wipe_receipts",
    metadata,
    Column("session", LargeBinary, ForeignKey("sessions.id"), primary_key=True),
    Column("seat", LargeBinary, ForeignKey("seats.id"), nullable=False),
    Column("subject", LargeBinary, nullable=False),
    Column("files", Integer, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("taken_ms", BigInteger, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)
"""Receipts of wipes, signed by their seat (`app/auth/wipe_receipt.py`): one per session, the first true one."""

imports = Table(
    "imports",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("account", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("committed", Boolean, nullable=False, default=False),
    Column("committed_ms", BigInteger),
    Column("change", BigInteger, nullable=False, default=0),
    Column("kind", Text, nullable=False, default="import"),
    Column("alive_ms", BigInteger, nullable=False, default=0),
    Column("masters", Text, nullable=False, default=""),
)
"""What brought values in: a file or a database (`kind` is `import`), a person who changed a field (`edit`), took its
value away (`emptied`) or typed a customer in (`new`). `change`: the number of the change by which its new customers
came in (`app/backoffice/customer_sync.py`); `alive_ms`: when its process last staged rows;
`masters`: the versions of the master that it has, with commas between."""


source_marks = Table(
    "source_marks",
    metadata,
    Column("name", Text, primary_key=True),
    Column("mark", Text, nullable=False),
    Column("import_id", LargeBinary, ForeignKey("imports.id"), nullable=False),
)
"""How far each database was read that customers come from, by the import that brought the rows in: highest change and
its row's key (`app/sources/sql_marks.py`). It moves in the transaction in which these rows become visible."""

import_sources = Table(
    "import_sources",
    metadata,
    Column("name", Text, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("set_up_by", Text, nullable=False),
    Column("set_up_ms", BigInteger, nullable=False),
)
"""Databases that the office reads by a schedule: the digest of the file that declares one, and who set it up, on whose
right its imports run (`app/backoffice/import_sources.py`)."""

jobs = Table(
    "jobs",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("due_ms", BigInteger, nullable=False),
    Column("taken_by", Text, nullable=False, default=""),
    Column("taken_until_ms", BigInteger, nullable=False, default=0),
    Column("progress", BigInteger, nullable=False, default=0),
    Column("total", BigInteger, nullable=False, default=0),
    Column("state", Text, nullable=False),
    Column("error", Text, nullable=False, default=""),
    Column("said", Text, nullable=False, default=""),
    Column("ended_ms", BigInteger),
    UniqueConstraint("kind", "key"),
    Index("ix_jobs_due", "state", "due_ms"),
)
"""Work that nobody waits for, a row for each (`app/backoffice/jobs.py`): when it is due, who has it and until when, how
far it is, and how its last run ended: `error` for programs, `said` for people. Times are the database's."""

customers = Table(
    "customers",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("record", LargeBinary, nullable=False, unique=True),
    Column("number", Text, nullable=False, index=True),
    Column("queue", Text, nullable=False, index=True),
    Column("open_fields", Text, nullable=False),
    Column("masks", Text, nullable=False),
    Column("master_version", Integer, ForeignKey("master_versions.version"), nullable=False),
    Column("record_key", LargeBinary, nullable=False),
    Column("import_id", LargeBinary, ForeignKey("imports.id"), nullable=False, index=True),
    Column("changed", BigInteger, nullable=False, default=0),
    Column("last_contact_ms", BigInteger),
    Index(
        "ix_customers_changed", "changed", "id", sqlite_where=text("changed > 0"), postgresql_where=text("changed > 0")
    ),
)
"""`changed`: the number of the newest change since the customer came in, or 0 (`app/backoffice/customer_sync.py`)."""

change_counters = Table(
    "change_counters",
    metadata,
    Column("name", Text, primary_key=True),
    Column("number", BigInteger, nullable=False),
)
"""How many changes of customers there were, `customers`: consoles ask for those behind the last one that they have; how
many of book, inventory and keys, `office`: gateways that share the database catch up; and how many of anything gateways
told their consoles, `told`."""

CUSTOMERS_COUNTER = "customers"
OFFICE_COUNTER = "office"
TOLD_COUNTER = "told"

departures = Table(
    "departures",
    metadata,
    Column("change", BigInteger, primary_key=True, autoincrement=False),
    Column("customer", BigInteger, primary_key=True, autoincrement=False),
    Column("queue", Text, nullable=False),
)
"""Customers, by the number of their row, that left a queue: moved to another one, or erased."""

customer_changes = Table(
    "customer_changes",
    metadata,
    Column("import_id", LargeBinary, ForeignKey("imports.id"), primary_key=True),
    Column("record", LargeBinary, primary_key=True),
    Column("queue", Text, nullable=False),
    Column("open_fields", Text, nullable=False),
    Column("masks", Text, nullable=False),
)
"""What a running import will change of known customers, until its commit."""

customer_imports = Table(
    "customer_imports",
    metadata,
    Column("record", LargeBinary, primary_key=True),
    Column("import_id", LargeBinary, ForeignKey("imports.id"), primary_key=True),
)
"""Which imports changed a customer that was known before: for the list of who saw it (`app/backoffice/who_saw.py`)."""

answered_reveals = Table(
    "answered_reveals",
    metadata,
    Column("request", LargeBinary, primary_key=True),
    Column("session", LargeBinary, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("field", Text, nullable=False),
    Column("unlock", LargeBinary),
    Column("salt", LargeBinary, nullable=False),
    Column("entry", BigInteger, nullable=False),
    Column("at_boot_ms", BigInteger, nullable=False),
    Column("mark", LargeBinary, nullable=False),
)
"""Which value was released to a request of the last 30 s, and its entry in the log, so that the same request counts
once; never what was released. `mark` is a keyed hash of the row, so that only the office writes one
(`app/backoffice/reveal.py`)."""

sealed_values = Table(
    "sealed_values",
    metadata,
    Column("record", LargeBinary, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("data_class", Text, nullable=False),
    Column("blob", LargeBinary, nullable=False),
    Column("verify_tag", LargeBinary),
    Column("lookup_tag", LargeBinary),
    Column("import_id", LargeBinary, nullable=False, index=True),
    Column("mask_before", Text),
    Index("ix_sealed_lookup", "lookup_tag"),
)
"""All versions of all sealed values; an empty `blob` says that there is none since. `mask_before` is the mask that the
version before this one had."""

edits = Table(
    "edits",
    metadata,
    Column("id", LargeBinary, ForeignKey("imports.id"), primary_key=True),
    Column("record", LargeBinary, nullable=False),
    Column("field", Text, nullable=False),
    Column("session", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("text_before", Text),
    Index("ix_edits_record", "record", "field"),
)
"""Fields that a person changed, by the request's id: a request that comes twice changes once. `digest` is of the value
as it came, sealed; `text_before` is what an open field said."""

collected = Table(
    "collected",
    metadata,
    Column("id", LargeBinary, ForeignKey("imports.id"), primary_key=True),
    Column("record", LargeBinary, nullable=False, unique=True),
    Column("session", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("inventory", LargeBinary, nullable=False),
    Column("notice", Text, nullable=False),
    Column("notice_digest", LargeBinary),
)
"""Customers that a person typed in, by the request's id: which privacy notice they were told of, with the digest of its
text where one is published, and the digest of the inventory, which has each field's legal basis."""

data_keys = Table(
    "data_keys",
    metadata,
    Column("batch", LargeBinary, primary_key=True),
    Column("data_class", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("box", LargeBinary, nullable=False),
    Column("check", LargeBinary, nullable=False),
    Column("import_id", LargeBinary, index=True),
    Column("next_version", Integer),
    Column("next_box", LargeBinary),
    Column("next_account", Text),
    Column("next_session", LargeBinary),
    Column("stuck_session", LargeBinary),
    Index("ix_data_keys_work", "data_class", "version", "next_version", "batch"),
)
"""Boxed data keys. During a rotation a holder's console puts `next_box` beside `box`, and it takes the place of `box`
when another session has opened it. `stuck_session` could not open `box`."""

notes = Table(
    "notes",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("record", LargeBinary, nullable=False, index=True),
    Column("author", Text, nullable=False),
    Column("session", LargeBinary, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("changed_ms", BigInteger, nullable=False),
    Column("logged_ms", BigInteger, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("stays", Text, nullable=False, default=""),
    Column("blob", LargeBinary, nullable=False),
)
"""`stays`: finds that the log has told of, `kind:reason` with spaces between, as often as each stays in the note."""

contacts = Table(
    "contacts",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("record", LargeBinary, nullable=False),
    Column("account", Text, nullable=False),
    Column("session", LargeBinary, nullable=False),
    Column("queue", Text, nullable=False),
    Column("started_ms", BigInteger, nullable=False),
    Column("ended_ms", BigInteger),
    Column("changed_ms", BigInteger, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("tags", Text, nullable=False),
    Column("call_back_day", Text, nullable=False),
    Column("call_back_at", Text, nullable=False),
    Column("call_back_ms", BigInteger),
    Column("note", LargeBinary),
    Column("call", Text, nullable=False),
    Column("is_last", Boolean, nullable=False),
    Index("ix_contacts_record", "record", "ended_ms"),
    Index("ix_contacts_account", "account", "ended_ms"),
    Index("ix_contacts_queue", "queue", "call_back_ms", sqlite_where=text("is_last"), postgresql_where=text("is_last")),
    Index("ix_contacts_due", "call_back_ms", sqlite_where=text("is_last"), postgresql_where=text("is_last")),
)
"""Visits to customers (`app/backoffice/contacts.py`): words of the policy, no text of anybody. Without `ended_ms` a
contact is not finished; `is_last` is the customer's newest finished one. `call` is a keyed hash, `note` an id."""

caller_checks = Table(
    "caller_checks",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("session", LargeBinary, nullable=False, index=True),
    Column("account", Text, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("started_ms", BigInteger, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
    Column("ended_ms", BigInteger),
)
"""Identity checks, each of one call: one customer in one session (`app/backoffice/caller_checks.py`)."""

caller_answers = Table(
    "caller_answers",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("check_id", LargeBinary, ForeignKey("caller_checks.id"), nullable=False, index=True),
    Column("record", LargeBinary, nullable=False),
    Column("field", Text, nullable=False),
    Column("how", Text, nullable=False),
    Column("matched", Boolean, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Index("ix_caller_answers_record", "record", "at_ms"),
)
"""Which field of a check was tried or ticked, and whether it matched; never what was said."""

calls = Table(
    "calls",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("session", LargeBinary, nullable=False, index=True),
    Column("reference", Text, nullable=False),
    Column("started_ms", BigInteger, nullable=False),
    Column("ended_ms", BigInteger),
)
"""Calls that a console told of (`app/backoffice/call_log.py`); `reference` is a keyed hash, no number stands here."""

fronts = Table(
    "fronts",
    metadata,
    Column("session", LargeBinary, primary_key=True),
    Column("record", LargeBinary, nullable=False, index=True),
    Column("editing", Text, nullable=False),
)
"""Which customer each console of a gateway has in front (`app/backoffice/presence.py`); a workstation keeps that in
memory."""

outboxes = Table(
    "outboxes",
    metadata,
    Column("session", LargeBinary, primary_key=True),
    Column("taken", BigInteger, nullable=False, default=0),
    Column("link", LargeBinary, nullable=False),
    Column("told", BigInteger, nullable=False, default=0),
    Column("ends_at", BigInteger),
    Column("is_closed", Boolean, nullable=False, default=False),
    Column("missed_ms", BigInteger),
    Column("shown_ms", BigInteger),
)
"""Per session of a console: how many entries of its outbox are here (`taken`, `link`), of how many it told, and its
last word. One that never said a last word is missed (in the log), then shown to its person."""

outbox_entries = Table(
    "outbox_entries",
    metadata,
    Column("session", LargeBinary, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("link", LargeBinary, nullable=False),
    Column("kind", Text, nullable=False),
    Column("id", LargeBinary, nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("sealed", LargeBinary),
)
"""Entries that were taken, each once. One whose wish was not allowed (`reason`) is kept as it came, sealed."""

outbox_keys = Table(
    "outbox_keys",
    metadata,
    Column("session", LargeBinary, ForeignKey("sessions.id"), primary_key=True),
    Column("nodes", LargeBinary, nullable=False),
    Column("change", BigInteger, nullable=False),
)
"""Per session of a console: the key under which its entries about customers are sealed, without those who were erased
up to a change (`app/backoffice/outbox_keys.py`). It opens nothing without the office's own key; it is in no backup."""

outbox_refused = Table(
    "outbox_refused",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
"""Digests of what was refused as an entry, so that each stands in the log once."""

unlocks = Table(
    "unlocks",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("agent", Text, nullable=False),
    Column("session", LargeBinary, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("field", Text, nullable=False),
    Column("data_class", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("words", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    Column("asked_ms", BigInteger, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
    Column("until_boot_ms", BigInteger),
    Column("decided_by", Text, nullable=False, default=""),
    Column("decided_ms", BigInteger),
    Column("why", LargeBinary),
    Column("salt", LargeBinary),
    Column("views_left", Integer, nullable=False, default=0),
    Column("views", Integer, nullable=False, default=0),
    Column("used_ms", BigInteger),
    Column("revoked_by", Text, nullable=False, default=""),
    Column("sealed_half", LargeBinary),
    Column("signature", LargeBinary),
)
"""Requests and the grants they became. `words` and `why` are wrapped under the customer's record key; `until_boot_ms`
is `until_ms` by the clock that nobody sets.
"""


USUAL_IN_AUDIT = {"outcome": ("ok",), "data_class": ("", "contact", "note"), "acting_with": ("",)}
"""What most entries have in these columns."""


def rare_in_audit(column: str) -> str:
    """The condition of the index over the entries whose column is not as usual; a query says it in the same words."""
    return " AND ".join(f"{column} <> '{word}'" for word in USUAL_IN_AUDIT[column])


def _rare_index(column: str) -> Index:
    rare = text(rare_in_audit(column))
    return Index(f"ix_audit_{column}", column, "at_ms", "number", sqlite_where=rare, postgresql_where=rare)


audit = Table(
    "audit",
    metadata,
    Column("number", RowId, primary_key=True, autoincrement=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("event", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("acting_with", Text, nullable=False),
    Column("session", Text, nullable=False),
    Column("seat", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("data_class", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index("ix_audit_actor", "actor", "event", "at_ms"),
    Index("ix_audit_record", "record", "number"),
    Index("ix_audit_time", "at_ms", "number"),
    Index("ix_audit_event", "event", "at_ms", "number"),
    *map(_rare_index, USUAL_IN_AUDIT),
)
"""The log (`app/backoffice/audit_log.py`), and an index for each word that people look for in it. What most entries
have is left out of an index, so a query names it again: `outcome = 'failed' AND outcome <> 'ok'`.
"""

view_ends = Table(
    "view_ends",
    metadata,
    Column("entry", RowId, primary_key=True, autoincrement=False),
    Column("shown_ms", BigInteger, nullable=False),
    Column("cause", Text, nullable=False),
)
"""When a shown value closed again, as its console told: by the number of the opening's entry. The log says the same
(`view.closed`); this is for joins."""

exposure_thresholds = Table(
    "exposure_thresholds",
    metadata,
    Column("rule", Text, primary_key=True),
    Column("value", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("changed_ms", BigInteger, nullable=False),
)
"""Thresholds of the exposure ledger's rules that somebody has changed; the others are as the rules say."""

exposure_answers = Table(
    "exposure_answers",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("rule", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("since_ms", BigInteger, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
    Column("value", Integer, nullable=False),
    Column("acknowledged_by", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("comment", LargeBinary),
    Index("ix_exposure_answers", "rule", "subject", "until_ms"),
)
"""Flags of the exposure ledger that somebody has acknowledged, up to which value, and what they wrote: wrapped, and
gone where it was erased (`app/backoffice/exposure_answers.py`)."""

doors = Table(
    "doors",
    metadata,
    Column("account", Text, primary_key=True),
    Column("door", Text, nullable=False),
)
"""What an account finds at the door of a gateway: Argon2id salt and parameters, and until when its activation code
opens (`app/backoffice/team_door.py`). On a workstation this is the front-door file."""

door_tries = Table(
    "door_tries",
    metadata,
    Column("account", Text, primary_key=True),
    Column("seat", LargeBinary, primary_key=True),
    Column("failed", Text, nullable=False),
    Column("failed_count", Integer, nullable=False),
    Column("last_ms", BigInteger, nullable=False),
    Column("wait_until_s", Float, nullable=False),
    Index("ix_door_tries_seat", "seat", "last_ms"),
)
"""Failed tries of an account at one workstation; at all those that it never signed in from, under an id of zeros."""

sign_in_places = Table(
    "sign_in_places",
    metadata,
    Column("account", Text, primary_key=True),
    Column("seat", LargeBinary, primary_key=True),
    Index("ix_sign_in_places_seat", "seat"),
)
"""From which workstations an account has signed in before."""

door_devices = Table(
    "door_devices",
    metadata,
    Column("seat", LargeBinary, primary_key=True),
    Column("level", Float, nullable=False),
    Column("at_s", Float, nullable=False),
    Column("wait_until_s", Float, nullable=False),
    Column("alarm_ms", BigInteger, nullable=False),
)
"""The tries over all accounts at one workstation."""

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("number", RowId, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

from app.backoffice import analytics_schema as _analytics  # noqa: E402, F401
from app.backoffice import posture_schema as _posture  # noqa: E402, F401
from app.backoffice import privacy_schema as _privacy  # noqa: E402, F401  (its tables are there whenever these are)
from app.backoffice import rates_schema as _rates  # noqa: E402, F401  (its tables are there whenever these are)
