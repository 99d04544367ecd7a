"""The closed set of lines between guardian and children."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.guardian import wire
from app.guardian.limits import LINE_BYTES

MESSAGES: list[wire.Message] = [
    wire.SessionBegun("a1-_", "Ayu Lestari \n é", "token", "/run/x.sock"),
    wire.FolderHeld("a1"),
    wire.CacheWritten("a1", "4711"),
    wire.Locked("a1", "by_hand", "ratna", "agent", "SBY-0417", "0", "900", "idle"),
    wire.LockStands("a1"),
    wire.Trying("a1"),
    wire.Resumed("a1"),
    wire.SessionEnded("signed_out", '{"lines": []}'),
    wire.OpenApproval(),
    wire.NeedOffice(),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: type(m).__name__)
def test_that_a_message_comes_back_from_one_line(message: wire.Message) -> None:
    line = wire.encode(message)
    assert line.count(b"\n") == 1
    assert wire.decode(line[:-1], wire.CHILD_WORDS) == message


def test_that_each_side_has_its_own_words() -> None:
    line = wire.encode(wire.RaiseWindow())[:-1]
    assert wire.decode(line, wire.GUARDIAN_WORDS) == wire.RaiseWindow()
    with pytest.raises(wire.WireError):
        wire.decode(line, wire.CHILD_WORDS)


def locked(**changes: object) -> bytes:
    parts = {
        "say": "locked", "session": "a1", "cause": "idle", "account": "ratna", "role": "agent", "seat": "s",
        "unused": "300", "ends_in": "600", "over": "idle",
    }  # fmt: skip
    return json.dumps(parts | changes).encode()


def good(**changes: object) -> bytes:
    parts = {"say": "session", "session": "a1", "name": "n", "end_token": "t", "office": "/o"} | changes
    return json.dumps({k: v for k, v in parts.items() if v is not ...}).encode()


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[]",
        b"1",
        b'"session"',
        b"\xff\xfe",
        b"[" * 5000,
        good(say="sudo"),
        good(say=None),
        good(extra="x"),
        good(name=...),
        good(session="../etc"),
        good(session=""),
        good(session="a" * 65),
        good(session=7),
        good(name="n" * 257),
        good(end_token="t" * 4097),
        good(office=None),
        b'{"say":"ended","cause":"Signed Out","receipt":""}',
        b'{"say":"open_approval","session":"a1"}',
        locked(ends_in="-1"),
        locked(ends_in="9" * 7),
        locked(ends_in=600),
        locked(unused="5m"),
        locked(cause="Idle!"),
        locked(over=""),
        locked(role="agent; root"),
        locked(account="a" * 257),
        locked(password="S3NT"),
        b'{"say":"trying","session":"a1","password":"S3NT"}',
        b'{"say":"written","session":"a1","generation":4711}',
        b'{"say":"written","session":"a1","generation":"0"}',
        b'{"say":"written","session":"a1","generation":"-1"}',
        b'{"say":"written","session":"a1","generation":"1e9"}',
        b'{"say":"written","session":"a1","generation":"1234567890123456"}',
    ],
)
def test_that_anything_outside_the_set_is_refused(line: bytes) -> None:
    with pytest.raises(wire.WireError):
        wire.decode(line, wire.CHILD_WORDS)


@given(st.binary(max_size=300))
def test_that_no_bytes_do_more_than_be_refused(untrusted: bytes) -> None:
    reader = wire.LineReader(wire.CHILD_WORDS)
    with contextlib.suppress(wire.WireError):
        reader.feed(untrusted + b"\n")


@given(st.lists(st.integers(1, 50), min_size=1, max_size=30))
def test_that_messages_are_the_same_however_the_stream_is_cut(cuts: list[int]) -> None:
    stream = b"".join(wire.encode(m) for m in MESSAGES)
    reader = wire.LineReader(wire.CHILD_WORDS)
    heard: list[wire.Message] = []
    for cut in cuts:
        heard += reader.feed(stream[:cut])
        stream = stream[cut:]
    heard += reader.feed(stream)
    assert heard == MESSAGES


def test_that_a_line_without_end_is_refused_before_it_fills_the_memory() -> None:
    reader = wire.LineReader(wire.CHILD_WORDS)
    reader.feed(b"x" * LINE_BYTES)
    with pytest.raises(wire.WireError):
        reader.feed(b"x")


def test_that_a_message_too_long_for_a_line_is_not_sent() -> None:
    with pytest.raises(wire.WireError):
        wire.encode(wire.SessionEnded("signed_out", '"' * (LINE_BYTES // 2)))


def test_that_a_refusal_does_not_repeat_what_was_refused() -> None:
    with pytest.raises(wire.WireError) as refusal:
        wire.decode(good(session="S3NT-contact-1"), wire.GUARDIAN_WORDS)
    assert "S3NT" not in str(refusal.value)
