"""What a session keeps while its cache is made anew stands in the new file, in its last state."""

import threading
from collections.abc import Callable
from contextlib import nullcontext
from types import SimpleNamespace
from typing import cast

import pytest

from app.domain.inventory import Inventory
from app.session import open_cache
from app.session.open_cache import Announce, Half, OpenCache
from app.storage.keyring_store import KeyStore
from app.storage.places import Places
from app.storage.session_cache import SessionCache


class File:
    """A cache's file; tells when its first item is put."""

    generation = 1

    def __init__(self) -> None:
        self.items: dict[str, bytes] = {}
        self.on_first: Callable[[], None] = lambda: None

    def put(self, item: str, value: bytes) -> None:
        on_first, self.on_first = self.on_first, lambda: None
        on_first()
        self.items[item] = value

    def close(self) -> None:
        pass


@pytest.mark.parametrize("item", ["draft", "place"])
def test_that_an_item_which_is_kept_meanwhile_is_neither_lost_nor_in_the_way(
    monkeypatch: pytest.MonkeyPatch, item: str
) -> None:
    old, new = File(), File()
    monkeypatch.setattr(open_cache, "put_aside", lambda _folder: None)
    monkeypatch.setattr(SessionCache, "create", lambda *_rest: new)
    opened = OpenCache(
        cast(Places, SimpleNamespace(session_folder=lambda _session: None)),
        cast(KeyStore, SimpleNamespace(put_session=lambda _session, _half: None)),
        "5e" * 16,
        cast(Announce, SimpleNamespace(making=nullcontext)),
        cast(Inventory, SimpleNamespace(open_fields=(), searchable=(), record=SimpleNamespace(name="name"))),
        [],
        {"draft": b"before", "token": b"t"},
    )
    opened.go_on(cast(SessionCache, old), b"")
    keeping = threading.Thread(target=lambda: opened.keep(item, b"after"))

    def keep_meanwhile() -> None:
        keeping.start()
        keeping.join(0.5)  # one that waits for the making comes after it

    new.on_first = keep_meanwhile
    opened.rekey([Half(b"h", b"k")], b"wrapped")
    keeping.join()
    assert new.items == opened.items
    assert new.items[item] == b"after"
