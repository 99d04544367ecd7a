"""A session's cache as the desk uses it: filled from the office, and made anew when another program touched its file.

Invariants: nobody who uses the cache sees a damaged one: the use finds it out, the cache is replaced, the use goes on
with the new one, which is empty until it is filled again. The office hears of each replacement, at the latest with the
next beat. One thread fills at a time. Nothing here waits for the office but `fill` and `tell`.
"""

import threading
from collections.abc import Callable
from typing import TypeVar

from app.api.client.client import ApiClient
from app.domain.errors import WorkstationError
from app.session.filling import fill_cache
from app.session.followed import Followed
from app.session.following import follow
from app.session.open_cache import Half, OpenCache
from app.storage.cache_damage import Damage
from app.storage.session_cache import SessionCache
from app.storage.sqlcipher import EncryptedFileError

T = TypeVar("T")
REKEYED = "rekeyed"
"""What `on_replaced` is told after a change of password; anything else is a `Damage`."""


class KeptCache:
    """The cache behind one desk. Any thread may call."""

    def __init__(self, opened: OpenCache, client: ApiClient) -> None:
        """Use this cache, and this client to fill it and to tell what happened to it."""
        self._open, self._client = opened, client
        self._filling, self._telling = threading.Lock(), threading.Lock()
        self._untold: list[Damage] = []
        self.on_replaced: Callable[[str], object] = lambda _damage: None

    def use(self, what: Callable[[SessionCache], T]) -> T:
        """Use the cache; if it was touched, use the one that replaces it.

        Raises:
            CacheLostError: there is none any more.
        """
        while True:
            cache = self._open.cache
            try:
                return what(cache)
            except EncryptedFileError:
                self._replace(cache)

    def keep(self, item: str, value: bytes) -> None:
        """Keep an item of the session, in memory and in the cache; no replacement loses it.

        Raises:
            CacheLostError: there is no cache any more; the item stays in memory.
        """
        cache = self._open.cache
        try:
            self._open.keep(item, value)
        except EncryptedFileError:
            self._replace(cache)

    def rekey(self, halves: list[Half], wrapped_keys: bytes) -> None:
        """Go on with an empty cache under another password; it wants to be filled.

        Raises:
            CacheLostError: none can be made.
        """
        self._open.rekey(halves, wrapped_keys)
        self.on_replaced(REKEYED)

    def check(self) -> None:
        """Look whether the file is as it was left; if not, replace it.

        Raises:
            CacheLostError: it cannot be replaced.
        """
        self.use(lambda cache: cache.check_untouched())

    def _replace(self, cache: SessionCache) -> None:
        damage = self._open.replace(cache)
        if damage is not None:
            self._untold.append(damage)
            self.on_replaced(damage.value)

    def fill(self, on_progress: Callable[[int, int], None]) -> None:
        """Bring in what the cache lacks, from where an earlier fill stopped; a full one is left as it is.

        Args:
            on_progress: called with rows so far and total.

        Raises:
            OfficeAwayError: what came so far stays.
            CacheLostError: the cache is damaged and cannot be replaced.
        """
        with self._filling:
            self.tell()
            total = 0
            while True:
                cache = self._open.cache
                try:
                    if cache.filled:
                        break
                    total = fill_cache(cache, self._client, self._open.inventory, on_progress)
                except EncryptedFileError:
                    self._replace(cache)
            on_progress(cache.count(), max(total, cache.count()))

    def follow(self) -> Followed:
        """Take over what changed at the office since the last time; nothing while the cache is being filled.

        Raises:
            OfficeAwayError: what came so far stays, and the next call goes on there.
            WorkstationError: the office has other fields now (`inventory`).
            CacheLostError: the cache is damaged and cannot be replaced.
        """
        if not self._filling.acquire(blocking=False):
            return Followed()
        try:
            cache = self._open.cache
            try:
                return follow(cache, self._client, self._open.inventory)
            except EncryptedFileError:
                self._replace(cache)  # whoever hears of that fills it again
                return Followed()
        finally:
            self._filling.release()

    def need_filled(self) -> None:
        """Say that a row which is not here may still come.

        Raises:
            WorkstationError: the cache is being filled.
        """
        if not self.use(lambda cache: cache.filled):
            raise WorkstationError("The local copy is being fetched again. Try in a moment.", code="filling")

    def tell(self) -> None:
        """Tell the office of replacements that it has not heard of.

        Raises:
            OfficeAwayError: it does not answer; it hears of them later.
        """
        with self._telling:
            while self._untold:
                self._client.cache_replaced(self._untold[0].value)
                del self._untold[0]
