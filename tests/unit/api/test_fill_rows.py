"""Rows of a stream: copied where they are kept in the inventory's form, judged before anything believes them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.messages.filling import NO_MASK, NotARowError, RowReader, StoredShape

OPEN, SEALED = ["name", "city", "plan"], ["phone", "mail"]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
MASK = st.tuples(TEXT, TEXT, st.integers(0, 999))
OPENED = st.dictionaries(st.sampled_from(OPEN), TEXT)
MASKS = st.dictionaries(st.sampled_from(SEALED), MASK)
ROW = '[7,"{record}","C-1","q",null,["a","b","c"],[["0","1",2],{no}]]'.format(record="0" * 32, no=NO_MASK)


def in_order(values: dict[str, object], names: list[str]) -> dict[str, object]:
    return {name: values[name] for name in names if name in values}


@given(OPENED, MASKS, st.booleans())
def test_that_what_an_import_keeps_is_copied_in_the_inventory_s_order(
    opened: dict[str, object], masks: dict[str, object], is_ascii: bool
) -> None:
    kept = json.dumps(in_order(opened, OPEN), ensure_ascii=is_ascii)
    copied = StoredShape.of_open(OPEN).list_of(kept)
    assert copied is not None
    assert json.loads(copied) == [opened.get(name, "") for name in OPEN]
    copied = StoredShape.of_masks(SEALED).list_of(json.dumps(in_order(masks, SEALED), ensure_ascii=is_ascii))
    assert copied is not None
    assert json.loads(copied) == [list(masks.get(name, ("", "", 0))) for name in SEALED]  # type: ignore[call-overload]


@given(OPENED, TEXT)
def test_that_a_field_that_the_inventory_has_no_more_is_never_copied(opened: dict[str, object], old: str) -> None:
    for kept in (opened | {"nik": old}, {"nik": old} | opened):
        assert StoredShape.of_open(OPEN).list_of(json.dumps(kept)) is None


@pytest.mark.parametrize(
    "kept",
    [
        "", "{", "[]", '{"name": 1}', '{"name": "a"', '{"name": "a\nb"}', '{"name": "a\\q"}', '{"name": "a"} ',
        '{"city": "b", "name": "a"}', '{"name": "a", "name": "b"}', '{"name": "a", "plan": ["x"]}', "null",
        '{"name": "a"}\n{"is_last":true}',
    ],
)  # fmt: skip
def test_that_what_has_another_form_is_read_value_by_value(kept: str) -> None:
    assert StoredShape.of_open(OPEN).list_of(kept) is None


@given(st.lists(TEXT, min_size=3, max_size=3), st.lists(MASK, min_size=2, max_size=2), TEXT, TEXT, st.booleans())
def test_that_a_row_is_read_as_it_was_written(
    opened: list[str], masks: list[tuple[str, str, int]], number: str, queue: str, is_ascii: bool
) -> None:
    fields = [2**40, "0f" * 16, number, queue, 1_700_000_000_000, opened, masks]
    line = json.dumps(fields, ensure_ascii=is_ascii, separators=(",", ":")).encode()
    (row,) = RowReader(3, 2).read([line], 0)
    assert [*row[:5], list(row.open)] == fields[:6]
    assert json.loads(row.open_text) == opened
    assert json.loads(row.masks_text) == [list(mask) for mask in masks]


def test_that_rows_rise_from_the_one_before() -> None:
    reader, lines = RowReader(3, 2), [ROW.replace("[7", f"[{n}").encode() for n in (7, 8, 100)]
    assert [row.id for row in reader.read(lines, 6)] == [7, 8, 100]
    for after, wrong in ((7, lines), (0, [lines[0], lines[0]]), (0, [lines[1], lines[0]])):
        with pytest.raises(NotARowError):
            reader.read(wrong, after)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[7", "[0"), ("[7", "[-7"), ("[7", "[7.0"), ("[7", "[07777777777777777"), ('"00', '"0G'), ('"000', '"00'),
        ("null", "true"), ("null", "-1"), ("null", '""'), ('"C-1"', "1"), ('"C-1"', '"C\n1"'), ('"a"', "null"),
        ('["a","b","c"]', '["a","b"]'), ('["a","b","c"]', '["a","b","c","d"]'), ('["0","1",2]', "null"),
        ('["0","1",2]', '["0","1"]'), ('["0","1",2]', '["0","1",-2]'), ('["0","1",2]', '["0",["1"],2]'),
        ('"a"', '"a\\ud800"'), ('"0","1"', '"\\udc00","1"'), ("]]]", "]]"), ("]]]", "]]]]"), ("[7", " [7"), ("[7", "7"),
        ('"b"', '{"b":1}'), ('"b"', '"b" '), ("]]]", "]],1]"),
    ],
)  # fmt: skip
def test_that_anything_else_is_no_row(old: str, new: str) -> None:
    assert RowReader(3, 2).read([ROW.encode()], 0)
    assert old in ROW
    with pytest.raises(NotARowError):
        RowReader(3, 2).read([ROW.replace(old, new, 1).encode()], 0)


@given(st.integers(0, len(ROW) - 1), st.integers(0, 255))
def test_that_a_changed_byte_is_refused_or_still_a_row_of_json(place: int, byte: int) -> None:
    line = bytearray(ROW.encode())
    line[place] = byte
    try:
        (row,) = RowReader(3, 2).read([bytes(line)], 0)
    except NotARowError:
        return
    said = json.loads(bytes(line))
    assert [*row[:5], list(row.open), json.loads(row.masks_text)] == said


@pytest.mark.parametrize("garbage", [b"", b"[]", b"\xff" * 40, b"[" * 50_000, b'["' + b"\\" * 100_000, b"9" * 100_000])
def test_that_garbage_is_refused_at_once(garbage: bytes) -> None:
    with pytest.raises(NotARowError):
        RowReader(3, 2).read([garbage], 0)


@pytest.mark.parametrize("wrong", ["{row}\n{row}", "{row}\n", "\n", "", "x{row}", "{row}x", "{row}\r", "[]"])
def test_that_one_line_that_is_no_row_refuses_all(wrong: str) -> None:
    lines = [ROW.replace("[7", f"[{n}") for n in (7, 8, 9)]
    assert len(RowReader(3, 2).read([line.encode() for line in lines], 0)) == len(lines)
    for place in range(len(lines)):
        changed = [*lines[:place], wrong.format(row=lines[place]), *lines[place + 1 :]]
        with pytest.raises(NotARowError):
            RowReader(3, 2).read([line.encode() for line in changed], 0)


@given(st.dictionaries(st.sampled_from(OPEN), TEXT, min_size=3), st.sampled_from(["\n", "\x7f", '", "x": "', "\\"]))
def test_that_a_text_that_breaks_its_line_is_never_copied(opened: dict[str, str], piece: str) -> None:
    kept = json.dumps(in_order(dict[str, object](opened), OPEN)).replace('"}', f'{piece}"}}')
    copied = StoredShape.of_open(OPEN).list_of(kept)
    assert copied is None or ("\n" not in copied and len(json.loads(copied)) == len(OPEN))


def test_that_an_inventory_without_sealed_fields_has_rows() -> None:
    line = '[7,"{}","C-1","q",null,["a"],[]]'.format("0" * 32).encode()
    assert RowReader(1, 0).read([line], 0)[0].masks_text == "[]"
