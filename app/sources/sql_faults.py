"""What a database's refusal means, in a sentence of ours.

A driver's own words may repeat a value (`invalid input syntax for type integer: "..."`), so they are never shown once
rows may be under way; a refusal is known by its number alone (PostgreSQL: SQLSTATE, appendix A of its manual; MySQL
and MariaDB: error number).
"""

from collections.abc import Mapping

from app.sources.source import SourceError

_READ_ONLY = "The view or query writes, and is read in a transaction that only reads"
_TIMEOUT = "The database did not answer within statement_timeout_s. Has the key, or the column of change, an index?"
_NO_TABLE = "There is no such table or view"
_NO_COLUMN = "There is no such column"
_DENIED = "The account may not read this"
_SYNTAX = "The database does not understand the query"

_SENTENCES: Mapping[str, str] = {
    "25006": _READ_ONLY,
    "1792": _READ_ONLY,
    "57014": _TIMEOUT,
    "1969": _TIMEOUT,
    "3024": _TIMEOUT,
    "55P03": _TIMEOUT,
    "1205": _TIMEOUT,
    "42P01": _NO_TABLE,
    "3F000": _NO_TABLE,
    "1146": _NO_TABLE,
    "42703": _NO_COLUMN,
    "1054": _NO_COLUMN,
    "42501": _DENIED,
    "1142": _DENIED,
    "1143": _DENIED,
    "1370": _DENIED,
    "42601": _SYNTAX,
    "1064": _SYNTAX,
}
_LOST = frozenset({"57P01", "57P02", "57P03", "1053", "1927", "2006", "2013", "2014", "2055", "4031"})
"""The server goes, or is gone."""


class LineLostError(Exception):
    """The connection is gone; where reading stands is known, so another one goes on from there."""


def number_of(error: BaseException) -> str:
    """The driver's number of an error, or nothing."""
    first = error.args[0] if error.args else None
    if isinstance(first, int):  # MySQL's own number says more than the SQLSTATE that it goes under
        return str(first)
    state = getattr(error, "sqlstate", None)
    return state if isinstance(state, str) else ""


def is_lost(error: BaseException) -> bool:
    """Whether the error says that the server is gone."""
    number = number_of(error)
    return number in _LOST or number.startswith("08")


def fault_of(error: BaseException) -> SourceError:
    """A refusal for people."""
    number = number_of(error)
    sentence = _SENTENCES.get(number, "The database refused to answer")
    return SourceError(f"{sentence} ({number or type(error).__name__})", code="sql")
