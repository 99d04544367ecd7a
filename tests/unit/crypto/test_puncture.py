"""A key of which single ones are cut out: they are gone, all others are what they were."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.errors import SealError
from app.crypto.puncture import BITS, PuncturedKey, path_of

ROOT = bytes(range(32))
ITEMS = st.lists(st.binary(min_size=16, max_size=16), min_size=1, max_size=12, unique=True)


@given(gone=ITEMS, stays=ITEMS)
def test_that_what_is_cut_out_is_gone_and_all_else_stays(gone: list[bytes], stays: list[bytes]) -> None:
    whole = PuncturedKey.of_root(ROOT)
    left = PuncturedKey.unpacked(whole.without(gone).packed())
    for item in gone:
        with pytest.raises(SealError):
            left.key_of(item)
    for item in set(stays) - set(gone):
        assert left.key_of(item) == whole.key_of(item)
    assert left.root is None
    assert whole.root == ROOT


@given(items=ITEMS)
def test_that_one_after_the_other_is_as_all_at_once(items: list[bytes]) -> None:
    one_by_one = PuncturedKey.of_root(ROOT)
    for item in items:
        one_by_one = one_by_one.without([item])
    assert one_by_one == PuncturedKey.of_root(ROOT).without(items) == one_by_one.without(items)


def test_that_nothing_of_a_cut_path_is_kept() -> None:
    item = secrets.token_bytes(16)
    whole = PuncturedKey.of_root(ROOT)
    left = whole.without([item])
    assert len(left.nodes) == BITS, "one beside each step of the path"
    assert ROOT not in left.packed()
    assert whole.key_of(item) not in left.packed()
    path = [node for node in left.nodes if node.first() <= path_of(item) < node.first() + node.width()]
    assert path == []


def test_that_another_form_is_refused() -> None:
    with pytest.raises(SealError):
        PuncturedKey.unpacked(b"short")
    assert PuncturedKey.unpacked(b"").nodes == ()
