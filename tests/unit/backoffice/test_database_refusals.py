"""Why a database lets nobody in: in words of ours, with nothing of the server's."""

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from app.backoffice.database_refusals import why_refused


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ('password authentication failed for user "hunter2"', "password is wrong"),
        ("failed to resolve host 'hunter2': Name or service not known", "no host of this name"),
        ('could not translate host name "hunter2" to address', "no host of this name"),
        ('FATAL:  database "hunter2" does not exist', "no such database or role"),
        ("connection to server at 127.0.0.1, port 1 failed: Connection refused hunter2", "nothing answers there"),
        ("fe_sendauth: no password supplied hunter2", "wants a password"),
    ],
)
def test_that_the_reason_is_said_without_the_servers_words(said: str, why: str) -> None:
    told = why_refused(OperationalError("", {}, psycopg.OperationalError(said)))
    assert why in told
    assert "hunter2" not in told
