"""The console's own cycle collector: what it walks when."""

import gc
import sys

import pytest
from PySide6.QtCore import QObject

from app.ui.collector import Collector


def test_that_all_is_walked_once_memory_has_grown_and_not_each_time(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    collected, blocks, counts = list[int](), [1_000], [(0, 0, 99)]
    monkeypatch.setattr(gc, "get_threshold", lambda: (2_000, 10, 10))
    monkeypatch.setattr(gc, "get_count", lambda: counts[0])
    monkeypatch.setattr(gc, "collect", collected.append)
    monkeypatch.setattr(sys, "getallocatedblocks", lambda: blocks[0])
    owner = QObject()
    collector = Collector(owner)
    collector.collect()
    blocks[0] = 1_200
    collector.collect()
    assert collected == [], "nothing that is worth a look at everything"
    counts[0] = (0, 99, 99)
    collector.collect()
    assert collected == [1], "the younger ones are collected all the same"
    blocks[0] = 1_251
    collector.collect()
    assert collected == [1, 2]
    blocks[0] = 1_500
    collector.collect()
    assert collected == [1, 2, 1], "since the last time"
