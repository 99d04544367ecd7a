"""Names of the Credential Manager's entries: Tirai's own, and of those no content."""

import ctypes

import pytest

from app.storage import credential_names
from app.storage.credential_names import RealCredentials, names_below


class Manager:
    """Answers as Windows does, whose comparison knows no capitals."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def beginning_with(self, prefix: str) -> list[str]:
        return [name for name in self.names if name.lower().startswith(prefix.lower())]


def test_that_names_are_told_without_what_they_share() -> None:
    manager = Manager("tirai/session:b", "git:https://example", "tirai/session:a", "tirai/seat")
    assert names_below(manager, "tirai/") == ["seat", "session:a", "session:b"]


def test_that_a_name_in_other_letters_is_nobodys_here() -> None:
    assert names_below(Manager("TIRAI/session:b", "tirai/seat"), "tirai/") == ["seat"]


class Library:
    """`CredEnumerateW` over a table of ours, and `CredFree`."""

    def __init__(self, names: tuple[str, ...], error: int = 0) -> None:
        self.error, self.asked, self.freed = error, "", 0
        heads = [credential_names._Head(0, 1, name) for name in names]
        self._kept = heads, (ctypes.POINTER(credential_names._Head) * len(heads))(*map(ctypes.pointer, heads))

        def enumerate_(filter_: str, _flags: int, count: object, found: object) -> int:
            self.asked = filter_
            if self.error:
                return 0
            ctypes.cast(count, ctypes.POINTER(ctypes.c_uint32))[0] = len(names)  # type: ignore[arg-type]
            ctypes.cast(found, ctypes.POINTER(ctypes.c_void_p))[0] = ctypes.addressof(self._kept[1])  # type: ignore[arg-type]
            return 1

        def free(_memory: object) -> None:
            self.freed += 1

        self.CredEnumerateW, self.CredFree = enumerate_, free


def credentials(monkeypatch: pytest.MonkeyPatch, library: Library) -> RealCredentials:
    monkeypatch.setattr(ctypes, "WinDLL", lambda _name, use_last_error: library, raising=False)
    monkeypatch.setattr(ctypes, "get_last_error", lambda: library.error, raising=False)
    return RealCredentials()


def test_that_windows_is_asked_for_our_names_alone_and_gets_its_memory_back(monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library(("tirai/session:a", "tirai/seat"))
    assert credentials(monkeypatch, library).beginning_with("tirai/") == ["tirai/session:a", "tirai/seat"]
    assert (library.asked, library.freed) == ("tirai/*", 1)


def test_that_nothing_found_is_an_empty_list_and_any_other_refusal_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    assert credentials(monkeypatch, Library((), error=1168)).beginning_with("tirai/") == []
    with pytest.raises(OSError, match="no list"):
        credentials(monkeypatch, Library((), error=1312)).beginning_with("tirai/")
