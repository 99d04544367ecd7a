"""The inventory check: estimates by kind and mask, and a warning where a field with tags falls by trying."""

import dataclasses

import pytest

from app.domain.field import MaskChoice
from app.domain.guessable import FEW_BITS, Guess, candidates_of, guesses
from app.domain.inventory import Inventory
from app.domain.inventory_reader import load_inventory
from app.domain.kinds import Kind
from app.resource_files import resource_text


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    return load_inventory(resource_text("inventory", "customer.toml"))


def test_that_each_sealed_field_has_its_estimate(inventory: Inventory) -> None:
    assert [guess.field for guess in guesses(inventory)] == list(inventory.sealed_fields)


def test_that_fields_which_fall_in_the_security_tests_are_told_so(inventory: Inventory) -> None:
    by_name = {guess.field.name: guess for guess in guesses(inventory)}
    assert (by_name["birth_date"].candidates, by_name["card_number"].candidates) == (366, 10**5)
    assert by_name["birth_date"].is_guessable
    assert by_name["card_number"].is_guessable


def test_that_a_field_without_tags_gives_nothing_to_compare_guesses_with(inventory: Inventory) -> None:
    address = next(guess for guess in guesses(inventory) if guess.field.name == "street_address")
    assert not address.has_tags
    assert not address.is_guessable


@pytest.mark.parametrize("kind", Kind)
def test_that_a_mask_never_adds_candidates(inventory: Inventory, kind: Kind) -> None:
    field = dataclasses.replace(inventory.field("nik"), kind=kind)
    shown, hidden = (candidates_of(dataclasses.replace(field, mask=m)) for m in (MaskChoice.KIND, MaskChoice.HIDDEN))
    if kind in {Kind.TEXT, Kind.LONG_TEXT}:
        assert shown is hidden is None
    else:
        assert shown is not None
        assert hidden is not None
        assert 1 < shown <= hidden


def test_that_the_limit_is_two_to_the_forty(inventory: Inventory) -> None:
    nik = inventory.field("nik")
    assert Guess(nik, 2**FEW_BITS - 1, has_tags=True).is_guessable
    assert not Guess(nik, 2**FEW_BITS, has_tags=True).is_guessable
    assert Guess(nik, None, has_tags=True).is_guessable, "free text with tags is not taken for safe"
