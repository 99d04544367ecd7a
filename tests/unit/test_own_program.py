"""A fresh Tirai is started by the words that fit how this one was installed."""

import sys

import pytest

from app.own_program import own_program


def test_that_a_checkout_starts_the_package_and_a_bundle_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert own_program() == [sys.executable, "-I", "-m", "app"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/usr/lib/tirai/tirai")
    assert own_program() == ["/usr/lib/tirai/tirai"]


def test_that_a_launcher_is_started_without_what_it_adds_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys._xoptions, "tirai_launcher", True)
    monkeypatch.setattr(sys, "executable", r"C:\Program Files\Tirai\tirai.exe")
    assert own_program() == [r"C:\Program Files\Tirai\tirai.exe"]
