"""The policy in force, as the book names it: its text is looked up by its mark; no row is believed."""

from sqlalchemy import Connection, select

from app.auth.book import Book
from app.auth.policy_version import PolicyForgedError, PolicyVersion
from app.backoffice import schema
from app.domain.policy import Policy
from app.domain.policy_edit import policy_in_force

TABLE = schema.policy_versions


def policy_of_book(db: Connection, book: Book, base: Policy) -> Policy:
    """The policy that the book names, over the base; the base where nobody has edited it.

    Raises:
        PolicyForgedError: no stored text has the mark that two people signed.
    """
    version = version_of_book(db, book)
    return base if version is None else policy_in_force(version.text, base)


def version_of_book(db: Connection, book: Book, number: int = 0) -> PolicyVersion | None:
    """A version as the book names it; 0: the newest. None where there is none.

    Raises:
        PolicyForgedError: no stored text has the mark that two people signed.
    """
    number = number or book.policy_version
    entries = book.policy_entries()
    if not 1 <= number <= len(entries):
        return None
    mark = entries[number - 1].activation
    for row in db.execute(select(TABLE).where(TABLE.c.number == number)):
        version = PolicyVersion(row.number, row.at_ms, row.why, row.text)
        if version.mark(book.office) == mark:
            return version
    raise PolicyForgedError("The office's policy is not the one that two people signed.", code="policy_forged")
