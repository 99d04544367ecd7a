"""Run by Alembic: migrates on the connection, and in the transaction, that `app/backoffice/migrating.py` hands over."""

from alembic import context

from app.backoffice import schema

context.configure(connection=context.config.attributes["connection"], target_metadata=schema.metadata)
with context.begin_transaction():
    context.run_migrations()
