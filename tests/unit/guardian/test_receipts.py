"""Receipts between processes, and the second look merged into them."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.guardian import receipts
from app.session.ends import Receipt, WipeLine

FIRST = Receipt(
    cause="signed_out",
    at=1.5,
    display_name="Ayu",
    lines=(WipeLine("keyring", "removed", count=1, ms=2.0), WipeLine("cache", "removed", count=4, size_bytes=9)),
    audit_entry=12,
    note="K-1",
    details=("x",),
)
OUTCOMES = st.sampled_from(sorted(receipts.OUTCOMES))


def test_that_a_receipt_comes_back_from_its_json() -> None:
    assert receipts.from_json(receipts.to_json(FIRST)) == FIRST


def changed(**parts: object) -> str:
    return json.dumps({k: v for k, v in (json.loads(receipts.to_json(FIRST)) | parts).items() if v is not ...})


@pytest.mark.parametrize(
    "untrusted",
    [
        "",
        "{",
        "[]",
        "[" * 5000,
        "x" * 70_000,
        changed(cause="party"),
        changed(cause=...),
        changed(more=1),
        changed(at="now"),
        changed(at=True),
        changed(audit_entry=True),
        changed(audit_entry="1"),
        changed(details=[1]),
        changed(lines={}),
        changed(lines=[{}]),
        changed(lines=[{"what": "cache", "outcome": "fine", "detail": "", "count": 0, "size_bytes": 0, "ms": 0}]),
        changed(lines=json.loads(receipts.to_json(FIRST))["lines"] * 40),
    ],
)
def test_that_anything_else_is_no_receipt(untrusted: str) -> None:
    with pytest.raises(receipts.ReceiptError):
        receipts.from_json(untrusted)


def test_that_a_clean_second_look_changes_nothing_but_says_it_looked() -> None:
    again = receipts.after_second_look(
        FIRST, [WipeLine("keyring", "was_not_there"), WipeLine("cache", "was_not_there")]
    )
    assert again == replace(FIRST, details=("x", "looked_again"))


def test_that_what_is_found_again_is_said() -> None:
    again = receipts.after_second_look(FIRST, [WipeLine("keyring", "removed", count=1)])
    assert again.lines[0].outcome == "removed"
    assert (again.lines[0].detail, again.lines[0].count) == ("found_again", 2)


def test_that_a_claim_which_the_second_look_could_not_confirm_becomes_failed() -> None:
    again = receipts.after_second_look(FIRST, [WipeLine("cache", "failed", "EBUSY")])
    assert again.lines[1] == WipeLine("cache", "failed", "EBUSY")
    assert not again.ok


def test_that_a_failure_which_is_gone_at_the_second_look_is_removed() -> None:
    failed = replace(FIRST, lines=(WipeLine("cache", "failed", "EBUSY"),))
    again = receipts.after_second_look(failed, [WipeLine("cache", "was_not_there")])
    assert (again.lines[0].outcome, again.lines[0].detail) == ("removed", "gone_at_second_look")


def test_that_what_only_the_second_look_saw_is_added() -> None:
    again = receipts.after_second_look(replace(FIRST, lines=()), [WipeLine("cache", "removed")])
    assert again.lines == (WipeLine("cache", "removed"),)


@given(OUTCOMES, OUTCOMES)
def test_that_a_failed_second_look_is_never_hidden(first: str, second: str) -> None:
    told = replace(FIRST, lines=(WipeLine("cache", first),))
    again = receipts.after_second_look(told, [WipeLine("cache", second)])
    assert again.ok == (second != "failed")


@given(st.lists(OUTCOMES, min_size=1, max_size=6))
def test_that_joining_keeps_the_worst_outcome(outcomes: list[str]) -> None:
    (line,) = receipts.joined(WipeLine("cache", outcome, count=1) for outcome in outcomes)
    assert line.count == len(outcomes)
    assert (line.outcome == "failed") == ("failed" in outcomes)


def test_that_joining_removed_and_not_there_is_removed() -> None:
    (line,) = receipts.joined([WipeLine("cache", "was_not_there"), WipeLine("cache", "removed", count=2)])
    assert line == WipeLine("cache", "removed", count=2)


def test_that_nothing_to_tell_is_nothing_to_tell() -> None:
    assert not receipts.found_something([WipeLine("cache", "was_not_there")])
    assert receipts.found_something([WipeLine("cache", "failed")])
