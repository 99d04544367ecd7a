"""The data inventory: complete, or refused with line and reason."""

import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.data_class import DataClass
from app.domain.inventory import Inventory, InventoryError, MaskChoice, Search
from app.domain.inventory_reader import FIELDS_LIMIT, TEXT_LIMIT, load_inventory
from app.resource_files import resource_text

SHIPPED = resource_text("inventory", "customer.toml")

SMALL = """title = "Small"
[record]
number = "number"
name = "full_name"
[purposes]
service = { id = "Layanan", en = "Service" }
[[field]]
name = "number"
label_id = "Nomor"
label_en = "Customer no."
kind = "number"
class = "open"
category = "general"
mask = "none"
search = "text"
purposes = ["service"]
basis = "contract"
retention = { months = 60, from = "contract_end" }
required = true
[[field]]
name = "full_name"
label_id = "Nama"
label_en = "Full name"
kind = "name"
class = "open"
category = "general"
mask = "none"
search = "text"
purposes = ["service"]
basis = "contract"
retention = { months = 60, from = "contract_end" }
[[field]]
name = "nik"
label_id = "NIK"
label_en = "Identity number"
kind = "nik"
class = "identity"
category = "general"
mask = "kind"
search = "exact"
verify = true
purposes = ["service"]
basis = "legal_obligation"
retention = { months = 60, from = "contract_end" }
"""
NIK_LINE = SMALL.split("\n").index('name = "nik"')  # the index of that line is the number of its [[field]] line


def test_that_the_shipped_inventory_declares_enough_in_all_five_classes() -> None:
    inventory = load_inventory(SHIPPED)
    counts = Counter(field.data_class for field in inventory.fields)
    assert len(inventory.fields) >= 22
    assert set(counts) == {
        DataClass.OPEN,
        DataClass.CONTACT,
        DataClass.IDENTITY,
        DataClass.FINANCIAL,
        DataClass.SPECIAL,
    }
    assert all(field.label_id and field.label_en and field.purposes for field in inventory.fields)


def test_that_the_shipped_inventory_shows_nothing_of_special_data() -> None:
    assert all(f.mask is MaskChoice.HIDDEN for f in load_inventory(SHIPPED).in_class(DataClass.SPECIAL))


def test_that_every_declared_purpose_is_used() -> None:
    inventory = load_inventory(SHIPPED)
    used = {purpose for field in inventory.fields for purpose in field.purposes}
    assert used == {purpose.name for purpose in inventory.purposes}


def test_that_an_inventory_answers_for_its_fields() -> None:
    inventory = load_inventory(SMALL)
    assert [f.name for f in inventory.fields] == ["number", "full_name", "nik"]
    assert [f.name for f in inventory.open_fields] == ["number", "full_name"]
    assert [f.name for f in inventory.sealed_fields] == ["nik"]
    assert [f.name for f in inventory.searchable] == ["number", "full_name"]
    assert inventory.field("nik").label("id_ID") == "NIK"
    assert inventory.field("nik").label("en") == "Identity number"
    assert inventory.purpose("service").label("id") == "Layanan"
    assert inventory.record.city == inventory.record.queue == inventory.record.ticket == ""
    assert inventory.has("nik")
    assert not inventory.has("note")
    with pytest.raises(KeyError):
        inventory.field("note")


def test_that_the_digest_names_exactly_this_text() -> None:
    assert load_inventory(SMALL).digest == hashlib.sha256(SMALL.encode()).digest()
    assert load_inventory(SMALL + "# later\n").digest != load_inventory(SMALL).digest


WRONG = [
    ("syntax", 'mask = "kind"', "mask = kind", 7, "Invalid value"),
    ("unknown key", "verify = true", "verfy = true", 9, "unknown key 'verfy'"),
    ("unknown kind", 'kind = "nik"', 'kind = "ktp"', 4, "unknown kind 'ktp'"),
    ("unknown class", 'class = "identity"', 'class = "secret"', 5, "unknown class 'secret'"),
    ("class not a text", 'class = "identity"', "class = 3", 5, "unknown class of type int"),
    ("note declared", 'class = "identity"', 'class = "note"', 5, "notes"),
    ("unknown category", 'category = "general"\nmask = "kind"', 'category = "x"\nmask = "kind"', 6, "category"),
    ("unknown mask", 'mask = "kind"', 'mask = "all"', 7, "unknown mask"),
    ("sealed without mask", 'mask = "kind"', 'mask = "none"', 7, "sealed field has the mask"),
    ("unknown search", 'search = "exact"', 'search = "prefix"', 8, "unknown search"),
    ("sealed and searched by text", 'search = "exact"', 'search = "text"', 8, "cannot be searched by text"),
    ("switch", "verify = true", 'verify = "yes"', 9, "true or false"),
    ("missing label", 'label_id = "NIK"\n', "", 0, "label_id of the field 'nik' is missing"),
    ("empty label", 'label_id = "NIK"', 'label_id = " "', 2, "label_id must be a text"),
    ("label with a hidden sign", 'label_id = "NIK"', 'label_id = "NI\\u202eK"', 2, "printable"),
    ("long label", 'label_id = "NIK"', f'label_id = "{"N" * 61}"', 2, "at most 60"),
    ("duplicate name", 'name = "nik"', 'name = "number"', 1, "already names another field"),
    ("duplicate label", 'label_en = "Identity number"', 'label_en = "FULL NAME"', 3, "already names another field"),
    ("name", 'name = "nik"', 'name = "N I K"', 1, "snake_case"),
    ("no name", 'name = "nik"\n', "", 0, "snake_case"),
    ("unknown purpose", 'purposes = ["service"]\nbasis = "leg', 'purposes = ["ads"]\nbasis = "leg', 10, "'ads'"),
    ("no purpose", 'purposes = ["service"]\nbasis = "leg', 'purposes = []\nbasis = "leg', 10, "at least one"),
    ("purpose twice", '["service"]\nbasis = "leg', '["service", "service"]\nbasis = "leg', 10, "twice"),
    ("unknown basis", 'basis = "legal_obligation"', 'basis = "curiosity"', 11, "unknown basis"),
    ("special must be specific", 'class = "identity"', 'class = "special"', 6, "specific data"),
]


@pytest.mark.parametrize(("right", "wrong", "offset", "words"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_that_a_wrong_field_is_refused_with_line_and_reason(right: str, wrong: str, offset: int, words: str) -> None:
    head, tail = SMALL[: SMALL.index('[[field]]\nname = "nik"')], SMALL[SMALL.index('[[field]]\nname = "nik"') :]
    assert right in tail
    with pytest.raises(InventoryError) as refused:
        load_inventory(head + tail.replace(right, wrong, 1))
    assert words in refused.value.reason
    assert refused.value.line == NIK_LINE + offset
    assert f"line {refused.value.line}" in str(refused.value)
    assert refused.value.exit_code == 3


OTHERWISE_WRONG = [
    ("title", 'title = "Small"\n', "", 1, "title is missing"),
    ("no record", '[record]\nnumber = "number"\nname = "full_name"\n', "", 1, "[record] is missing"),
    ("role missing", 'name = "full_name"\n[purp', "[purp", 2, "the role 'name' is missing"),
    ("unknown role", "[purposes]", 'phone = "nik"\n[purposes]', 5, "unknown key 'phone'"),
    ("role to nothing", 'number = "number"', 'number = "no"', 3, "not declared"),
    ("role to a list", 'number = "number"', "number = []", 3, "not declared"),
    ("role to a sealed field", 'number = "number"', 'number = "nik"', 3, "sealed"),
    ("number may be empty", "required = true\n", "", 3, "must be required"),
    ("unknown table", "[purposes]", "[extra]\na = 1\n[purposes]", 5, "unknown table 'extra'"),
    ("no purposes", 'service = { id = "Layanan", en = "Service" }', "", 5, "no purpose"),
    ("purpose without label", ', en = "Service"', "", 6, "labels id and en"),
    ("purpose name", "service = {", '"Our Service" = {', 6, "snake_case"),
    ("open but masked", 'mask = "none"', 'mask = "kind"', 14, "open field 'none'"),
    ("open and specific", 'category = "general"', 'category = "specific"', 12, "cannot be open"),
    ("open and verified", "required = true", "verify = true\nrequired = true", 19, "proves nothing"),
    ("months", "months = 60", "months = 0", 18, "months from 1"),
    ("months as a switch", "months = 60", "months = true", 18, "months from 1"),
    ("event", 'from = "contract_end"', 'from = "never"', 18, "retention event"),
    ("retention", '{ months = 60, from = "contract_end" }', "60", 18, "retention must be"),
]


@pytest.mark.parametrize(
    ("right", "wrong", "line", "words"), [w[1:] for w in OTHERWISE_WRONG], ids=[w[0] for w in OTHERWISE_WRONG]
)
def test_that_a_wrong_inventory_is_refused_with_line_and_reason(right: str, wrong: str, line: int, words: str) -> None:
    assert right in SMALL
    with pytest.raises(InventoryError) as refused:
        load_inventory(SMALL.replace(right, wrong, 1))
    assert words in refused.value.reason
    assert refused.value.line == line


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("shows nothing", ('mask = "hidden"', 'mask = "kind"')),
        ("neither searched", ('search = "none"', 'search = "exact"')),
        ("no whole value", ('kind = "name"\nclass = "special"', 'kind = "long_text"\nclass = "identity"')),
    ],
)
def test_that_special_data_and_long_texts_stay_out_of_search(words: str, change: tuple[str, str]) -> None:
    start = SHIPPED.index('name = "guardian_name"')
    tail = SHIPPED[start:].replace(*change)
    if "whole value" in words:
        tail = tail.replace('search = "none"', 'search = "exact"')
    with pytest.raises(InventoryError, match=words):
        load_inventory(SHIPPED[:start] + tail)


def test_that_an_inventory_without_fields_or_beyond_use_is_refused() -> None:
    head = SMALL[: SMALL.index("[[field]]")]
    for text in (head, head + "field = []\n", "field = 3\n" + head, head + "[[field]]\n" * (FIELDS_LIMIT + 1)):
        with pytest.raises(InventoryError):
            load_inventory(text)
    with pytest.raises(InventoryError, match="longer than"):
        load_inventory(SMALL + "#" * TEXT_LIMIT)
    with pytest.raises(InventoryError, match="nested"):
        load_inventory("a = " + "[" * 20_000)


def test_that_a_text_over_several_lines_does_not_move_the_line_of_an_error() -> None:
    text = "# a\n" + SMALL.replace('"Small"', '"""\\\n[[field]]\\\nname = 1"""') + "nonsense = 1\n"
    with pytest.raises(InventoryError) as refused:
        load_inventory(text)
    assert text.split("\n")[refused.value.line - 1] == "nonsense = 1"


@given(untrusted=st.text(max_size=300))
def test_that_any_text_is_an_inventory_or_a_refusal(untrusted: str) -> None:
    with pytest.raises(InventoryError):
        load_inventory(untrusted)


@given(
    key=st.sampled_from(sorted({line.split(" =")[0] for line in SMALL.split("\n") if " = " in line})), data=st.data()
)
def test_that_any_value_of_any_key_is_taken_or_refused(key: str, data: st.DataObject) -> None:
    value = data.draw(
        st.sampled_from(["1", "true", '""', '"x"', "[]", "{}", "[[1]]", "1979-05-27", "nan", '"é\\u0000"'])
    )
    lines = SMALL.split("\n")
    spots = [i for i, line in enumerate(lines) if line.startswith(f"{key} =")]
    lines[data.draw(st.sampled_from(spots))] = f"{key} = {value}"
    inventory, line = judged("\n".join(lines))
    assert 1 <= line <= len(lines)
    assert inventory is None or not any(f.is_sealed and f.search is Search.TEXT for f in inventory.fields)


def judged(text: str) -> tuple[Inventory | None, int]:
    """The inventory, or the line of its refusal."""
    try:
        return load_inventory(text), 1
    except InventoryError as refused:
        return None, refused.line
