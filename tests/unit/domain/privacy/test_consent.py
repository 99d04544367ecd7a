"""The ledger of consents: the newest word counts, withdrawal at the same instant wins, limits shut what they name."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.inventory_reader import load_inventory
from app.domain.privacy.consent import (
    ConsentEvent,
    Limit,
    Restriction,
    Said,
    Standing,
    asks_for_consent,
    fields_under_consent,
    judge,
    last_word,
)
from app.domain.privacy.purpose_state import PurposeState
from app.domain.privacy.say import CODES, SAY
from app.resource_files import resource_text

INVENTORY = load_inventory(resource_text("inventory", "customer.toml"))
GIVEN, WITHDRAWN = Said.GIVEN, Said.WITHDRAWN
HEALTH, PHONE, CARD = (INVENTORY.field(name) for name in ("health_note", "second_phone", "card_number"))


def events(*words: tuple[Said, int], purpose: str = "accessibility") -> tuple[ConsentEvent, ...]:
    return tuple(ConsentEvent(number, purpose, said, at) for number, (said, at) in enumerate(words, start=1))


def word(*words: tuple[Said, int]) -> Said | None:
    last = last_word(events(*words), "accessibility")
    return last.said if last is not None else None


def test_that_the_newest_word_counts() -> None:
    assert word() is None
    assert word((GIVEN, 1)) is GIVEN
    assert word((GIVEN, 1), (WITHDRAWN, 2)) is WITHDRAWN
    assert word((GIVEN, 1), (WITHDRAWN, 2), (GIVEN, 3)) is GIVEN
    assert last_word(events((GIVEN, 1)), "offers") is None, "another purpose is another question"


@pytest.mark.parametrize("order", list(itertools.permutations([GIVEN, WITHDRAWN])))
def test_that_withdrawal_wins_at_the_same_instant_in_whichever_order_they_are_written(order: tuple[Said, Said]) -> None:
    assert word(*((said, 5) for said in order)) is WITHDRAWN


@given(st.lists(st.tuples(st.sampled_from(list(Said)), st.integers(0, 5)), min_size=1, max_size=8))
def test_that_a_consent_counts_only_behind_every_withdrawal(words: list[tuple[Said, int]]) -> None:
    """By place in the ledger and by the clock, so that no clock and no second gateway takes a withdrawal back."""
    last = last_word(events(*words), "accessibility")
    assert last is not None
    told = events(*words)
    gone = [e for e in told if e.said is WITHDRAWN]
    counts = any(e.said is GIVEN and all(g.number < e.number and g.at_ms < e.at_ms for g in gone) for e in told)
    assert (last.said is GIVEN) is counts


def test_that_what_rests_on_another_ground_needs_no_consent() -> None:
    assert judge(INVENTORY, CARD, Standing(is_imported=False)).state is PurposeState.BASIS
    withdrawn = Standing(events((WITHDRAWN, 1), purpose="billing"))
    assert judge(INVENTORY, CARD, withdrawn).state is PurposeState.BASIS


def test_that_consent_is_missing_unless_a_source_answers_for_it() -> None:
    assert judge(INVENTORY, HEALTH, Standing()).state is PurposeState.SOURCES
    assert judge(INVENTORY, HEALTH, Standing(is_imported=False)).state is PurposeState.MISSING
    strict = load_inventory(
        resource_text("inventory", "customer.toml").replace(
            'en = "Serve special needs" }', 'en = "Serve special needs", consent = "receipt" }'
        )
    )
    assert judge(strict, strict.field("health_note"), Standing()).state is PurposeState.MISSING
    assert judge(strict, strict.field("health_note"), Standing(events((GIVEN, 1)))).state is PurposeState.GIVEN


def test_that_a_withdrawal_shuts_what_it_is_about_and_nothing_else() -> None:
    withdrawn = Standing(events((WITHDRAWN, 1)))
    assert judge(INVENTORY, HEALTH, withdrawn).state is PurposeState.WITHDRAWN
    assert judge(INVENTORY, PHONE, withdrawn).state.is_open


@pytest.mark.parametrize("limit", list(Limit))
def test_that_a_limit_shuts_every_ground(limit: Limit) -> None:
    one = Standing(restrictions=(Restriction("billing", limit),))
    assert judge(INVENTORY, CARD, one).state.value == limit.value
    assert judge(INVENTORY, HEALTH, one).state.is_open
    every = Standing(restrictions=tuple(Restriction(purpose.name, limit) for purpose in INVENTORY.purposes))
    assert not any(judge(INVENTORY, field, every).state.is_open for field in INVENTORY.fields)


def test_that_a_field_with_two_purposes_goes_on_for_the_open_one() -> None:
    limited = Standing(restrictions=(Restriction("service", Limit.RESTRICTED),))
    phone = INVENTORY.field("mobile_phone")
    verdict = judge(INVENTORY, phone, limited)
    assert (verdict.purpose.name, verdict.state) == ("delivery", PurposeState.BASIS)
    assert not judge(INVENTORY, phone, limited, wanted="service").state.is_open


def test_that_customers_are_asked_about_what_rests_on_consent_alone() -> None:
    asked = {purpose.name for purpose in asks_for_consent(INVENTORY)}
    assert {"offers", "accessibility"} <= asked
    assert "tax" not in asked
    special = INVENTORY.purpose("accessibility")
    assert [field.name for field in fields_under_consent(INVENTORY, special)] == ["health_note", "disability_need"]


def test_that_each_refusal_has_a_sentence_to_say_in_both_languages() -> None:
    assert set(CODES) == {state for state in PurposeState if not state.is_open}
    for code in CODES.values():
        indonesian, english = SAY[code]
        assert indonesian.endswith((".", "?"))
        assert english.endswith((".", "?"))
        assert indonesian != english
