"""Search in the session cache: ids of the rows some of whose words begin as typed, those by name first."""

import re
import unicodedata
from array import array
from collections.abc import Callable, Sequence
from typing import Final

from app.storage import sqlcipher
from app.storage.cache_orders import ids_from

QUERY_LIMIT: Final = 200
"""Characters of a query that are looked at; nobody types more to find a customer."""
TOKENIZER: Final = "unicode61 remove_diacritics 2"
_WORD_LIMIT: Final = 16
_PIECE: Final = 20_000
"""So many ids are read between two looks whether somebody still wants them."""
_ASCII_WORD: Final = re.compile("[a-z0-9]+")
_BEFORE_ALL: Final = -(2**63)
_AFTER_EVERY_CHARACTER: Final = "\U0010ffff"
_BY_NAME: Final = "SELECT id FROM customer WHERE name_key >= ? AND name_key < ? ORDER BY name_key, id"


class CacheSearch:
    """Searches by words.

    Args:
        has_names: whether rows have a display name.
    """

    def __init__(self, *, has_names: bool) -> None:
        self._words, self._has_names = _WordSplitter(), has_names

    def ids(
        self, db: sqlcipher.Connection, text: str, queue: str | None, is_stopped: Callable[[], bool]
    ) -> "array[int]":
        """All that match, in order; see `SessionCache.ids`."""
        words = self._words.split(text)[:_WORD_LIMIT]
        if not words:
            return array("q")
        matching = _in_queue(db, words, queue) if queue is not None else _matching(db, words, is_stopped)
        return array("q") if is_stopped() else self._names_first(db, name_key(text), matching)

    def first(self, db: sqlcipher.Connection, text: str, limit: int) -> "array[int]":
        """The first of these, of a text in ASCII: whose name begins with it has its words, so nobody need ask."""
        words, beginning = self._words.split(text)[:_WORD_LIMIT], name_key(text)
        if not words:
            return array("q")
        named = ids_beginning(db, beginning, limit) if self._has_names else array("q")
        if len(named) == limit:
            return named
        query = "SELECT rowid AS id FROM found WHERE found MATCH ? ORDER BY rowid LIMIT ?"
        there, others = set(named), ids_from(db, query, _expression(words), limit)
        return (named + array("q", (id_ for id_ in others if id_ not in there)))[:limit]

    def close(self) -> None:
        """Forget the last query."""
        self._words.close()

    def _names_first(self, db: sqlcipher.Connection, beginning: str, matching: "array[int]") -> "array[int]":
        if not self._has_names:
            return matching
        among = set(matching)
        first = array("q", filter(among.__contains__, ids_beginning(db, beginning)))
        if first:
            among.difference_update(first)
            first.extend(filter(among.__contains__, matching))
            return first
        return matching


class _WordSplitter:
    """Splits a query into words with the index's own tokenizer, in a small index in memory.

    Python's idea of a letter differs from SQLite's here and there; a word that SQLite would split again would
    be a phrase, which an index with `detail=none` cannot answer.
    """

    def __init__(self) -> None:
        self._connection = sqlcipher.memory()
        self._connection.execute(f"CREATE VIRTUAL TABLE typed USING fts5 (words, tokenize='{TOKENIZER}')")
        self._connection.execute("CREATE VIRTUAL TABLE split USING fts5vocab (typed, 'instance')")

    def split(self, text: str) -> list[str]:
        """The words in the order typed, folded as the index folds them.

        Of ASCII the tokenizer takes letters and digits alone, and folds them as Python does: nothing need be asked.
        """
        if text.isascii():
            return list(dict.fromkeys(_ASCII_WORD.findall(text.lower())))
        self._connection.execute("DELETE FROM typed")
        self._connection.execute("INSERT INTO typed (rowid, words) VALUES (1, ?)", (text.replace("\0", " "),))
        found = self._connection.execute('SELECT term FROM split ORDER BY "offset"')
        return list(dict.fromkeys(term for (term,) in found))

    def close(self) -> None:
        """Forget the last query."""
        self._connection.close()


def ids_beginning(db: sqlcipher.Connection, key: str, limit: int = -1) -> "array[int]":
    """Ids of the rows whose `name_key` begins with a key, by name; none for an empty one."""
    return ids_from(db, f"{_BY_NAME} LIMIT ?", key, key + _AFTER_EVERY_CHARACTER, limit) if key else array("q")


def all_ids(db: sqlcipher.Connection, queue: str | None, limit: int | None) -> "array[int]":
    """Ids of all rows, or of a queue's, in order."""
    if queue is not None:
        query = "SELECT id FROM customer WHERE queue = ? ORDER BY id LIMIT ?"
        return ids_from(db, query, queue, -1 if limit is None else limit)
    if limit is not None:
        return ids_from(db, "SELECT id FROM customer ORDER BY id LIMIT ?", limit)
    # The narrow index has all ids; reading them from the rows would read the whole file.
    return array("q", sorted(ids_from(db, "SELECT id FROM customer INDEXED BY customer_by_queue")))


def _expression(words: Sequence[str]) -> str:
    """Words hold token characters only, so no quotation mark can end the string; doubled all the same."""
    return " AND ".join('"' + word.replace('"', '""') + '"*' for word in words)


def _matching(db: sqlcipher.Connection, words: Sequence[str], is_stopped: Callable[[], bool]) -> "array[int]":
    """In pieces: whoever types on should not wait for the letter before."""
    query = "SELECT rowid AS id FROM found WHERE found MATCH ? AND rowid > ? ORDER BY rowid LIMIT ?"
    expression, found, last = _expression(words), array("q"), _BEFORE_ALL
    while not is_stopped():
        piece = ids_from(db, query, expression, last, _PIECE)
        found.extend(piece)
        if len(piece) < _PIECE:
            return found
        last = piece[-1]
    return array("q")


def _in_queue(db: sqlcipher.Connection, words: Sequence[str], queue: str) -> "array[int]":
    query = (
        "SELECT found.rowid AS id FROM found JOIN customer ON customer.id = found.rowid"
        " WHERE found MATCH ? AND customer.queue = ? ORDER BY found.rowid"
    )
    return ids_from(db, query, _expression(words), queue)


def name_key(name: str) -> str:
    """A name without case, accents and doubled spaces, for ordering and for `begins with`."""
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(name.casefold().split())
