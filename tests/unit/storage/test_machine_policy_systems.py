"""The machine policy on Windows and macOS, by fakes of their registry and preferences: neither system ran here."""

from collections.abc import Mapping, Sequence

import pytest

from app.domain.machine_policy.errors import CONTENT, PLACE, MachinePolicyError
from app.domain.machine_policy.judging import judge
from app.storage.machine_policy.preferences import read_preferences
from app.storage.machine_policy.registry import (
    POLICIES,
    REG_DWORD,
    REG_MULTI_SZ,
    REG_SZ,
    read_registry,
)

Values = Sequence[tuple[str, object, int]]
REG_QWORD, REG_EXPAND_SZ, REG_BINARY = 11, 2, 3


class FakeRegistry:
    """Keys by path; None as values: reading is refused."""

    def __init__(self, keys: Mapping[str, Values | None]) -> None:
        self._keys = keys

    def values(self, path: str) -> Values | None:
        if path not in self._keys:
            return None
        found = self._keys[path]
        if found is None:
            raise PermissionError(5, "Access is denied")
        return found

    def keys(self, path: str) -> Sequence[str]:
        below = [name.removeprefix(f"{path}\\") for name in self._keys if name.startswith(f"{path}\\")]
        return [name for name in below if "\\" not in name]


GOOD: Values = (
    ("gateway_url", "https://it.example", REG_SZ),
    ("gateway_pins", ["ab" * 32], REG_MULTI_SZ),
    ("idle_lock_s", 120, REG_DWORD),
    ("clipboard_allowed", 0, REG_DWORD),
)


def refused(keys: Mapping[str, Values | None]) -> MachinePolicyError:
    with pytest.raises(MachinePolicyError) as error:
        judge(read_registry(FakeRegistry(keys)))
    return error.value


def test_that_the_registry_is_read_with_recommendations() -> None:
    look: Values = (("theme", "dark", REG_SZ), ("text_percent", 125, REG_DWORD))
    policy = judge(read_registry(FakeRegistry({POLICIES: GOOD, rf"{POLICIES}\Recommended": look})))
    assert policy.text("gateway_url") == "https://it.example"
    assert policy.texts("gateway_pins") == ("ab" * 32,)
    assert policy.number("idle_lock_s") == 120
    assert not policy.allows("clipboard_allowed")
    assert (policy.suggested("theme"), policy.suggested("text_percent")) == ("dark", 125)
    assert policy.places == (r"HKLM\Software\Policies\Tirai",)


def test_that_no_key_and_an_empty_one_say_nothing() -> None:
    assert not read_registry(FakeRegistry({}))
    assert not read_registry(FakeRegistry({POLICIES: ()}))


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (("idle_lock_s", "120", REG_SZ), "REG_DWORD"),
        (("idle_lock_s", 120, REG_QWORD), "REG_DWORD"),
        (("theme", "dark", REG_EXPAND_SZ), "REG_SZ"),
        (("gateway_pins", "ab" * 32, REG_SZ), "REG_MULTI_SZ"),
        (("clipboard_allowed", "false", REG_SZ), "REG_DWORD"),
        (("clipboard_allowed", b"\0", REG_BINARY), "REG_DWORD"),
        (("clipboard_allowed", 2, REG_DWORD), "0 or 1"),
        (("idle_lock_s", 3000, REG_DWORD), "tightened"),
        (("no_such", 1, REG_DWORD), "no setting no_such"),
        (("", "default", REG_SZ), "no setting"),
        (("Idle_Lock_S", 60, REG_DWORD), "no setting"),
    ],
)
def test_that_a_value_of_another_type_or_name_is_refused(value: tuple[str, object, int], why: str) -> None:
    error = refused({POLICIES: (value,)})
    assert error.code == CONTENT
    assert error.source == r"HKLM\Software\Policies\Tirai"
    assert why in error.reason


def test_that_other_keys_below_it_are_refused() -> None:
    assert "no key Mandatory" in refused({POLICIES: (), rf"{POLICIES}\Mandatory": ()}).reason
    deep = {POLICIES: GOOD, rf"{POLICIES}\Recommended": (), rf"{POLICIES}\Recommended\Deep": ()}
    assert "no key Deep" in refused(deep).reason


@pytest.mark.parametrize("which", [POLICIES, rf"{POLICIES}\Recommended"])
def test_that_a_key_that_cannot_be_read_fails_closed(which: str) -> None:
    keys: dict[str, Values | None] = {POLICIES: GOOD, rf"{POLICIES}\Recommended": ()}
    assert refused(keys | {which: None}).code == PLACE


class FakePreferences:
    """What profiles force, and what a person wrote."""

    def __init__(self, forced: Mapping[str, object], listed: Sequence[str] = (), *, is_broken: bool = False) -> None:
        self._forced, self._listed, self._is_broken = forced, listed, is_broken

    def names(self) -> Sequence[str]:
        if self._is_broken:
            raise ValueError("no property list")
        return [*self._forced, *self._listed]

    def forced(self, name: str) -> object | None:
        return self._forced.get(name)


def test_that_forced_preferences_are_read_and_nothing_else() -> None:
    asked = FakePreferences(
        {"idle_lock_s": 120, "clipboard_allowed": False, "Recommended": {"language": "id"}}, ["PayloadUUID", "_extra"]
    )
    policy = judge(read_preferences(asked))
    assert policy.number("idle_lock_s") == 120
    assert not policy.allows("clipboard_allowed")
    assert policy.suggested("language") == "id"
    assert not read_preferences(FakePreferences({}))


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (FakePreferences({"idle_lock_s": "120"}), CONTENT),
        (FakePreferences({"clipboard_allowed": 0}), CONTENT),
        (FakePreferences({"no_such": 1}), CONTENT),
        (FakePreferences({"Recommended": ["theme"]}), CONTENT),
        (FakePreferences({"Recommended": {"idle_lock_s": 60}}), CONTENT),
        (FakePreferences({}, is_broken=True), PLACE),
    ],
)
def test_that_a_wrong_profile_fails_closed(asked: FakePreferences, code: str) -> None:
    with pytest.raises(MachinePolicyError) as error:
        judge(read_preferences(asked))
    assert error.value.code == code
