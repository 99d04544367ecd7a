"""Why a field is masked: what a screen is told follows policy and inventory."""

import pytest

from app.domain.data_class import DataClass
from app.domain.inventory_reader import load_inventory
from app.domain.policy_reader import load_policy
from app.domain.role import Role
from app.resource_files import resource_text
from app.session.why_masked import why_masked

INVENTORY = load_inventory(resource_text("inventory", "customer.toml"))
POLICY = load_policy(resource_text("policy", "default.toml"))


def test_that_it_tells_who_opens_who_asks_and_who_decides() -> None:
    why = why_masked(INVENTORY, POLICY, Role.AGENT, "nik", "en")
    assert why.data_class is DataClass.IDENTITY
    assert why.opens == (Role.SUPERVISOR, Role.PRIVACY_OFFICER)
    assert why.asks == (Role.AGENT,)
    assert Role.SUPERVISOR in why.decides
    assert Role.AGENT not in why.decides


def test_that_only_a_privacy_officer_decides_on_special_data() -> None:
    special = next(field.name for field in INVENTORY.fields if field.data_class is DataClass.SPECIAL)
    why = why_masked(INVENTORY, POLICY, Role.AGENT, special, "en")
    assert why.is_specific
    assert why.decides == (Role.PRIVACY_OFFICER,)
    assert Role.AGENT not in (*why.opens, *why.asks)


@pytest.mark.parametrize("language", ["en", "id"])
def test_that_every_sealed_field_has_a_purpose_in_words_a_ground_and_an_end(language: str) -> None:
    for field in INVENTORY.sealed_fields:
        why = why_masked(INVENTORY, POLICY, Role.SUPERVISOR, field.name, language)
        assert all(words.strip() and words not in field.purposes for words in why.purposes)
        assert why.basis
        assert why.months > 0


def test_that_the_person_is_told_of_the_code_that_their_role_needs() -> None:
    assert why_masked(INVENTORY, POLICY, Role.SUPERVISOR, "card_number", "en").needs_code
    assert not why_masked(INVENTORY, POLICY, Role.AGENT, "mobile_phone", "en").needs_code


def test_that_a_field_nobody_declared_is_refused() -> None:
    with pytest.raises(KeyError):
        why_masked(INVENTORY, POLICY, Role.AGENT, "shoe_size", "en")
