"""JSON as the office takes it: what two parsers could read in two ways is refused, and refusing costs little."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.server.strict_json import JsonRefusedError, read_json

CANARY = "4111111111111111"
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('ab{["\\}]', max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(PLAIN, st.booleans())
def test_that_what_was_written_is_read(value: object, ascii_only: bool) -> None:
    assert read_json(json.dumps(value, ensure_ascii=ascii_only).encode(), 99) == value


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"a": 1,}',
        b"{'a': 1}",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": -Infinity}',
        b'{"a": 1} {"b": 2}',
        b"\xef\xbb\xbf{}",
        b'{"a": "\xff"}',
        '{"a": 1}'.encode("utf-16"),
        b'{"a": "line\nbreak"}',
        b'{"a": 1' + b"1" * 20 + b"}",
        b'{"a": 1' + b"1" * 5000 + b"}",
    ],
)
def test_that_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(JsonRefusedError):
        read_json(body, 16)


@pytest.mark.parametrize("body", ['{"a": 1, "a": 2}', '{"b": [{"a": 1, "\\u0061": 1}]}', '{"": 1, "": 1}'])
def test_that_a_name_twice_in_one_object_is_refused(body: str) -> None:
    with pytest.raises(JsonRefusedError):
        read_json(body.encode(), 16)
    assert read_json(b'{"a": {"a": 1}, "b": {"a": 1}}', 16), "the control"


@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ('{"a":', "}"), ('[{"a":', "}]")])
def test_that_depth_is_counted_whatever_the_brackets(opens: str, closes: str) -> None:
    layers = 16 // (opens.count("[") + opens.count("{"))
    assert read_json((opens * layers + "1" + closes * layers).encode(), 16)
    with pytest.raises(JsonRefusedError):
        read_json((opens * (layers + 1) + "1" + closes * (layers + 1)).encode(), 16)


def test_that_brackets_in_a_text_are_no_depth() -> None:
    text = "[{" * 40 + '"' + "\\" + "}]"
    assert read_json(json.dumps({"a": text}).encode(), 2) == {"a": text}


@pytest.mark.parametrize(
    "body",
    [b"[" * 4_000_000, b'\\"' * 2_000_000, b'"' + b'\\"' * 2_000_000, b"}{" * 2_000_000, b'{"a":' * 800_000],
)
def test_that_a_body_made_to_be_slow_is_refused(body: bytes) -> None:
    """Each would take minutes, or the whole stack, were it looked at from each of its places."""
    with pytest.raises(JsonRefusedError):
        read_json(body, 16)


def test_that_a_refusal_says_nothing_of_what_was_sent() -> None:
    for body in (f'{{"{CANARY}": 1, "{CANARY}": 1}}', f'{{"{CANARY}": {CANARY}{CANARY}}}', f"{{{CANARY}"):
        with pytest.raises(JsonRefusedError) as refusal:
            read_json(body.encode(), 16)
        assert CANARY not in repr(refusal.value) + str(refusal.value) + refusal.value.doc
