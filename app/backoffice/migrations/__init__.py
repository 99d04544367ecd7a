"""Migrations of the gateway's database (Alembic): each makes the tables of one schema version from those of the last.

Rules, because gateways of the release before go on working while a migration runs (docs/gateway/database.md):
1. *Expand*: a migration adds only what those gateways do without: tables, columns that are nullable or have a server's
   default, indexes. *Contract*: what nobody uses any more goes with a later release than the last that used it.
2. `SCHEMA` is the version that it makes (`schema.SCHEMA_VERSION` of its release), `OLDEST` that of the oldest gateway
   which the tables still serve. A contracting migration raises `OLDEST`.
3. Everything happens in one transaction; nothing that PostgreSQL cannot roll back.
4. A new table gets its rights, and its policy if it tells of customers, in `app/backoffice/rights.py`.

Until a release has carried it the first migration is written anew when tables change:
`python -m tests.gateway.first_version`.
"""
