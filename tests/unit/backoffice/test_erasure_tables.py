"""Every table that names a customer is erased with them, or says why not."""

from app.backoffice import schema
from app.backoffice.erasure.destroying import WHAT_GOES, WHAT_STAYS


def test_that_each_table_that_names_a_customer_goes_with_them_or_says_why_not() -> None:
    """Whoever adds a table puts it into `WHAT_GOES` or, with a reason, into `WHAT_STAYS` (backoffice/erasure)."""
    naming = {table.name for table in schema.metadata.tables.values() if "record" in table.c}
    goes = {table.name for table in WHAT_GOES}
    assert naming == goes | set(WHAT_STAYS)
    assert not goes & set(WHAT_STAYS)
    assert all(reason.endswith(".") for reason in WHAT_STAYS.values())
