"""Rules of retention: class x purpose x event, what they come to for a field, and what decides where they differ."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.field import RetentionStart
from app.domain.inventory import Inventory, InventoryError
from app.domain.inventory_reader import load_inventory
from app.domain.privacy.time_words import TimeWords
from app.domain.retention.engine import Kept, rules_of
from app.domain.retention.rules import MOST_RULES
from app.domain.retention.terms import Rule
from app.domain.retention.times import conflicts, conflicts_of, events_without_a_field, field_times, longest_of
from app.resource_files import resource_text

SHIPPED = resource_text("inventory", "customer.toml")
OLDER = SHIPPED[: SHIPPED.index("[[retention]]")] + SHIPPED[SHIPPED.index("[[field]]") :]
"""As an inventory was before there were rules: each field's own time, and nothing beside it."""


def with_rules(*rules: str, text: str = OLDER) -> Inventory:
    return load_inventory(text + "".join(f"\n[[retention]]\n{rule}\n" for rule in rules))


def rule(inventory: Inventory, name: str) -> Rule:
    return next(one for one in rules_of(inventory) if one.field == name)


def due(inventory: Inventory, name: str, **days: date) -> date | None:
    """When a field goes of a customer of whom these days are known; `service="..."` is a withdrawal."""
    events = {RetentionStart(one): day for one, day in days.items() if one in set(RetentionStart)}
    withdrawn = {one: day for one, day in days.items() if one not in set(RetentionStart)}
    return rule(inventory, name).due_on(Kept("r", frozenset({name}), events, {}, withdrawn=withdrawn).day_of(name))


def test_that_an_older_inventory_is_read_and_each_field_has_its_own_time() -> None:
    inventory = load_inventory(OLDER)
    for field, one in zip(inventory.fields, rules_of(inventory), strict=True):
        ((term,),) = one.ceilings
        assert (term.start, term.months, one.floors) == (field.retention.start, field.retention.months, ())
    assert conflicts(inventory) == ()


def test_that_the_older_minimum_is_read_and_refused_where_it_contradicts() -> None:
    minimum = "[minimum]\npurposes = { tax = 120 }\n[purposes]"
    older = load_inventory(OLDER.replace("[purposes]", minimum))
    (floor,) = rule(older, "npwp").floors
    assert (floor.start, floor.months) == (RetentionStart.CONTRACT_END, 120)
    assert not rule(older, "card_number").floors
    with pytest.raises(InventoryError, match="24 months at most and 60 at least"):
        load_inventory(OLDER.replace("[purposes]", "[minimum]\nclasses = { financial = 60 }\n[purposes]"))
    for wrong in ("purposes = { nothing = 5 }", "purposes = { tax = 0 }", "purposes = { tax = true }", "months = 5"):
        with pytest.raises(InventoryError):
            load_inventory(OLDER.replace("[purposes]", f"[minimum]\n{wrong}\n[purposes]"))


def test_that_the_shipped_inventory_says_times_for_every_class_and_names_each_contradiction() -> None:
    inventory = load_inventory(SHIPPED)
    for field in inventory.fields:
        assert all(time.least and time.most for time in field_times(inventory, field)), field.name
    assert [term.months for term in rule(inventory, "npwp").floors] == [120], "tax is a duty by law"
    torn = {one.field for one in conflicts(inventory)}
    assert {"card_number", "monthly_income", "last_contact"} <= torn
    assert "npwp" not in torn
    assert all(not one.wins and one.least.law.startswith("Permenkominfo") for one in conflicts(inventory))
    for language in ("en", "id"):
        said = TimeWords(language).contradictions(inventory)
        for name in torn:
            assert any(inventory.field(name).label(language) in line for line in said)
        assert any("43 (1) b" in line for line in said)


def test_that_the_longest_time_decides_unless_the_law_of_the_least_one_comes_first() -> None:
    least = 'class = "financial"\nfrom = "contract_end"\nleast = 60\nlaw = "UU X pasal 1"'
    began = date(2020, 1, 31)
    yields = with_rules(least)
    assert due(yields, "card_number", contract_end=began) == date(2022, 1, 31)
    (one,) = conflicts_of(yields, yields.field("card_number"))
    assert (one.is_certain, one.wins, one.decides.months) == (True, False, 24)
    first = with_rules(least + "\nwins = true")
    assert due(first, "card_number", contract_end=began) == date(2025, 1, 31)
    (one,) = conflicts_of(first, first.field("card_number"))
    assert (one.wins, one.decides.law) == (True, "UU X pasal 1")
    assert "its law comes first" in " ".join(TimeWords("en").contradictions(first))
    assert longest_of(first, first.field("card_number")).months == 60
    other = due(first, "monthly_income", collected=began)
    assert other is None, "a law that counts from an event that has not come keeps it"
    assert due(first, "monthly_income", collected=began, contract_end=date(2016, 5, 1)) == date(2022, 1, 31)


def test_that_a_law_that_comes_first_keeps_until_it_is_over_and_while_its_event_is_to_come() -> None:
    least = 'class = "financial"\nfrom = "contract_end"\nleast = 60\nlaw = "UU X pasal 1"'
    began, field = date(2020, 1, 31), "card_number"

    def kept(inventory: Inventory, today: date, ended: date | None) -> bool:
        return rule(inventory, field).is_kept_by_law(lambda _term: ended, today)

    first, yields = with_rules(least + "\nwins = true"), with_rules(least)
    assert kept(first, date(2025, 1, 30), began)
    assert not kept(first, date(2025, 1, 31), began)
    assert kept(first, date(2040, 1, 1), None), "nobody knows when it begins"
    assert not kept(yields, date(2020, 2, 1), began), "a least time that gives way keeps nothing"


def test_that_a_purpose_is_over_with_its_first_time_and_a_field_with_its_last_purpose() -> None:
    shorter = 'purpose = "delivery"\nfrom = "last_contact"\nmost = 3'
    inventory = with_rules(shorter)
    spoken, ended = date(2026, 1, 1), date(2026, 6, 1)
    assert due(inventory, "street_address", last_contact=spoken) == date(2026, 4, 1), "delivery alone needs it"
    assert due(inventory, "street_address", contract_end=ended) == date(2031, 6, 1)
    assert due(inventory, "city", last_contact=spoken) is None, "service needs it, too"
    assert due(inventory, "city", last_contact=spoken, contract_end=ended) == date(2031, 6, 1)
    times = {one.purposes: one.most for one in field_times(inventory, inventory.field("city"))}
    assert {purposes: len(most) for purposes, most in times.items()} == {("service",): 1, ("delivery",): 2}


def test_that_withdrawn_consent_ends_what_rests_on_consent_alone() -> None:
    inventory = with_rules('from = "consent_withdrawn"\nmost = 1')
    gone = date(2026, 3, 31)
    assert due(inventory, "health_note", accessibility=gone) == date(2026, 4, 30)
    assert due(inventory, "health_note", billing=gone) is None, "it was another purpose"
    assert due(inventory, "mobile_phone", service=gone) is None, "it rests on the contract"
    assert due(inventory, "offers_consent", offers=gone) is None, "what was said is kept by law"
    assert due(inventory, "second_phone", service=gone, last_contact=date(2020, 1, 1)) == date(2022, 1, 1)


def test_that_events_which_no_field_says_are_named() -> None:
    inventory = load_inventory(OLDER)
    assert events_without_a_field(inventory) == (RetentionStart.CONTRACT_END,)
    told = replace(inventory, record=replace(inventory.record, contract_end="customer_since"))
    assert events_without_a_field(told) == ()
    assert "names no field" in " ".join(TimeWords("en").contradictions(inventory))


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ('from = "contract_end"', "least, most or both"),
        ('from = "death"\nmost = 5', "from must be one of"),
        ("most = 5", "from must be one of"),
        ('class = "note"\nfrom = "collected"\nmost = 5', "class of fields"),
        ('purpose = "nothing"\nfrom = "collected"\nmost = 5', "declared purpose"),
        ('from = "collected"\nmost = 0', "months from 1"),
        ('from = "collected"\nmost = true', "months from 1"),
        ('from = "collected"\nleast = 1201', "months from 1"),
        ('from = "collected"\nleast = 6\nmost = 5', "contradict"),
        ('from = "collected"\nleast = 6\nwins = true', "law asks for"),
        ('from = "collected"\nmost = 6\nlaw = "x"\nwins = true', "law asks for"),
        ('from = "collected"\nmost = 6\nlaw = 5', "printable line"),
        (f'from = "collected"\nmost = 6\nlaw = "{"x" * 81}"', "printable line"),
        ('from = "consent_withdrawn"\nleast = 6', "for ever"),
        ('from = "collected"\nmost = 6\nmonths = 5', "unknown key"),
    ],
)
def test_that_a_rule_which_says_nothing_or_contradicts_itself_is_refused_at_its_line(wrong: str, reason: str) -> None:
    with pytest.raises(InventoryError, match=reason) as refused:
        with_rules('from = "collected"\nmost = 600', wrong)
    assert refused.value.line > OLDER.count("\n") + 5


def test_that_the_rules_are_bounded() -> None:
    with pytest.raises(InventoryError, match="more than"):
        with_rules(*['from = "collected"\nmost = 600'] * (MOST_RULES + 1))


def test_that_no_field_counts_its_own_time_from_a_withdrawal() -> None:
    with pytest.raises(InventoryError, match="unknown retention event"):
        load_inventory(OLDER.replace('months = 24, from = "collected"', 'months = 24, from = "consent_withdrawn"'))
