"""A session's last word is kept for the office whenever nobody knows that it was heard."""

import logging
from typing import cast

import pytest

from app.api.client.errors import OfficeAwayError, SessionOverError
from app.auth.outbox_entry import EntryKind
from app.session.identity import Identity
from app.session.last_word import LastWord
from app.session.outbox import Outbox

SECRET = "3273996803870004"


class Refusing:
    """An identity whose office refuses; None: it hears."""

    def __init__(self, error: Exception | None) -> None:
        self._error = error

    def lock(self, _cause: str, _outbox: object) -> None:
        if self._error is not None:
            raise self._error

    def leave(self, _cause: str, _wipe: object, _outbox: object) -> int:
        self.lock("", None)
        return 7


class Kept:
    """An outbox, and what it was given."""

    mark = None

    def __init__(self) -> None:
        self.kinds: list[EntryKind] = []

    def keep(self, kind: EntryKind) -> None:
        self.kinds.append(kind)


def last_word(error: Exception | None) -> tuple[LastWord, Kept]:
    kept = Kept()
    return LastWord(cast(Identity, Refusing(error)), cast(Outbox, kept)), kept


@pytest.mark.parametrize("error", [OfficeAwayError("away"), RuntimeError(SECRET)], ids=["away", "unexpected"])
def test_that_a_lock_which_is_not_told_is_kept(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    word, kept = last_word(error)
    with caplog.at_level(logging.WARNING):
        word.lock("by_hand")
    assert kept.kinds == [EntryKind.LOCK]
    assert SECRET not in caplog.text
    assert ("RuntimeError" in caplog.text) is isinstance(error, RuntimeError)


@pytest.mark.parametrize("error", [OfficeAwayError("away"), RuntimeError(SECRET)], ids=["away", "unexpected"])
def test_that_an_end_which_is_not_told_is_kept_and_has_a_receipt(error: Exception) -> None:
    word, kept = last_word(error)
    entry, line = word.end("signed_out", ())
    assert (entry, line.what, line.detail) == (None, "session", "office_away")
    assert kept.kinds == [EntryKind.END]


def test_that_a_lock_of_a_session_that_is_over_says_so() -> None:
    word, kept = last_word(SessionOverError("over"))
    with pytest.raises(SessionOverError):
        word.lock("by_hand")
    assert kept.kinds == []


def test_that_what_the_office_has_heard_is_not_kept() -> None:
    word, kept = last_word(None)
    word.lock("by_hand")
    assert word.end("signed_out", ())[0] == 7
    assert kept.kinds == []
