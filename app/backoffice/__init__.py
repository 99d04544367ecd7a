"""The use cases of the authority, one module per capability, over SQLAlchemy Core."""
