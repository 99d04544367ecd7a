"""Why a database lets nobody in, in words of ours: the server's own may show what it was given."""

from sqlalchemy.exc import DBAPIError

_WRONG_PASSWORD, _NO_DATABASE, _NO_ROLE = "28P01", "3D000", "28000"
_WHY = {
    _WRONG_PASSWORD: "the role's password is wrong",
    _NO_DATABASE: "there is no such database",
    _NO_ROLE: "the server does not let this role in: see pg_hba.conf",
}
_MARKS = (
    ("password authentication failed", _WHY[_WRONG_PASSWORD]),
    ("no password supplied", "the server wants a password, and none is named: password_file"),
    ("no pg_hba.conf entry", _WHY[_NO_ROLE]),
    ("peer authentication failed", "at a socket the role must be called as the account that runs this"),
    ("resolve host", "there is no host of this name"),
    ("translate host", "there is no host of this name"),
    ("permission denied for database", "the role has no right to connect: GRANT CONNECT ON DATABASE"),
    ("does not exist", "there is no such database or role"),
    ("certificate", "the server's certificate is not vouched for, or is another host's: see ca and the url's host"),
    ("ssl", "the server does not speak TLS as it must"),
    ("too many", "the server has no connection left"),
    ("no such file", "there is no server at this socket"),
)
"""Failures of a connection carry no SQLSTATE; libpq's English words tell them apart, and nothing of them is said."""


def why_refused(error: BaseException | None) -> str:
    """Why a connection was not made.

    Args:
        error: SQLAlchemy's.

    Returns:
        Half a sentence, without anything that the server said.
    """
    if not isinstance(error, DBAPIError):
        return "nothing answers there"
    state = str(getattr(error.orig, "sqlstate", "") or "")
    said = str(error.orig).lower()
    return _WHY.get(state) or next((why for mark, why in _MARKS if mark in said), "nothing answers there")
