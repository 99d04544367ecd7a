"""The record of processing: all of it comes from the inventory, and what that does not say is a gap."""

import pytest

from app.domain.inventory import Inventory, InventoryError
from app.domain.inventory_reader import load_inventory
from app.domain.policy_reader import load_policy
from app.domain.privacy.processing_record import Gap, processing_record
from app.domain.privacy.record_words import RecordSaid
from app.resource_files import resource_text

TEXT = resource_text("inventory", "customer.toml")
POLICY = load_policy(resource_text("policy", "default.toml"))
INVENTORY = load_inventory(TEXT)
CONTROLLER = '[controller]\nname = "PT Uji"\ncontact = "privasi@uji.example"\nofficer = "R. Uji"\n'


def with_words(*changes: tuple[str, str]) -> Inventory:
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return load_inventory(text)


def said_of(inventory: Inventory, language: str = "en") -> RecordSaid:
    return RecordSaid(processing_record(inventory), inventory, POLICY, language)


def whole(said: RecordSaid) -> str:
    parts = [said.specific(), *said.gaps(), *said.opens()]
    return repr((parts, said.activities(), said.fields()))


@pytest.mark.parametrize("language", ["en", "id"])
def test_that_each_field_and_each_purpose_stands_in_it_with_its_ground_and_time(language: str) -> None:
    said = said_of(INVENTORY, language)
    assert [line.name for line in said.activities()] == [purpose.name for purpose in INVENTORY.purposes]
    assert [line.name for line in said.fields()] == [field.name for field in INVENTORY.fields]
    for line, field in zip(said.fields(), INVENTORY.fields, strict=True):
        assert line.label == field.label(language)
        assert line.bases
        assert str(field.retention.months) in line.kept
        for activity in said.activities():
            assert (field.label(language) in activity.data.split(", ")) is (activity.name in field.purposes)


def test_that_a_changed_class_changes_who_opens_it_and_whether_an_assessment_is_due() -> None:
    nothing_special = TEXT
    for field in processing_record(INVENTORY).specific:
        block = next(part for part in nothing_special.split("[[field]]") if f'name = "{field.name}"' in part)
        general = block.replace('"specific"', '"general"').replace('class = "special"', 'class = "identity"')
        nothing_special = nothing_special.replace(block, general)
    before = load_inventory(nothing_special)
    assert not processing_record(before).needs_impact_assessment
    street = next(part for part in nothing_special.split("[[field]]") if 'name = "street_address"' in part)
    special = street.replace('class = "contact"', 'class = "special"').replace('"general"', '"specific"')
    after = load_inventory(nothing_special.replace(street, special.replace('mask = "kind"', 'mask = "hidden"')))
    assert processing_record(after).needs_impact_assessment
    assert [field.name for field in processing_record(after).specific] == ["street_address"]
    assert "Address" in said_of(after).specific()
    assert dict(said_of(after).opens()).keys() - dict(said_of(before).opens()).keys() == {"special"}
    line = next(line for line in said_of(after).fields() if line.name == "street_address")
    assert (line.data_class, line.category) == ("special", "specific")


def test_that_nothing_is_said_of_recipients_or_controllers_that_the_inventory_does_not_say() -> None:
    record = processing_record(INVENTORY)
    assert {Gap("controller_name"), Gap("controller_contact"), Gap("controller_officer")} <= set(record.gaps)
    assert Gap("recipients", "delivery") in record.gaps
    assert all(line.recipients == "not said in the inventory" for line in said_of(INVENTORY).activities())
    courier = '[recipients]\ncourier = { id = "Kurir", en = "Courier" }\n'
    told = with_words(
        ("[purposes]", CONTROLLER + courier + "[purposes]"),
        ('en = "Deliver goods and documents" }', 'en = "Deliver goods and documents", recipients = ["courier"] }'),
        ('en = "Bill and refund" }', 'en = "Bill and refund", recipients = [] }'),
    )
    by_name = {line.name: line.recipients for line in said_of(told).activities()}
    assert by_name["delivery"] == "Courier"
    assert by_name["billing"] == "nobody"
    assert by_name["service"] == "not said in the inventory"
    gaps = processing_record(told).gaps
    assert not [gap for gap in gaps if gap.code.startswith("controller")]
    assert Gap("recipient_country", "courier") in gaps
    assert "Courier: in which country." in said_of(told).gaps()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('[controller]\nowner = "x"\n', "unknown key"),
        ('[controller]\nname = ""\n', "printable line"),
        ('[recipients]\ncourier = { id = "Kurir" }\n', "needs the labels"),
        ('[recipients]\ncourier = { id = "Kurir", en = "Courier", country = "id" }\n', "capital letters"),
        ('[recipients]\n"A B" = { id = "Kurir", en = "Courier" }\n', "snake_case"),
    ],
)
def test_that_what_nobody_could_read_is_refused(line: str, reason: str) -> None:
    with pytest.raises(InventoryError, match=reason):
        with_words(("[purposes]", line + "[purposes]"))


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ('recipients = ["nobody_known"]', "declared recipients"),
        ('basis = "habit"', "unknown basis"),
        ('consent = "assumed"', "unknown consent"),
        ('owner = "x"', "nothing else"),
    ],
)
def test_that_a_purpose_says_only_what_is_known(more: str, reason: str) -> None:
    with pytest.raises(InventoryError, match=reason):
        with_words(('en = "Bill and refund" }', f'en = "Bill and refund", {more} }}'))


def test_that_two_inventories_have_no_sentence_in_common_that_is_about_them() -> None:
    """What both say whole must be a word of the program and not a claim about a company."""
    other = with_words(
        ('id = "Menagih dan mengembalikan dana", en = "Bill and refund"', 'id = "Menagih", en = "Collect dues"'),
        ('label_en = "Bank account"', 'label_en = "Giro account"'),
    )
    text = whole(said_of(other))
    assert "Bill and refund" not in text
    assert "Bank account" not in text
    assert "Collect dues" in text
    assert "Giro account" in text
    assert whole(said_of(INVENTORY)) != text
